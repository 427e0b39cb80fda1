import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { puntosPorDevolver } from '../../../schema/domain/puntos/puntos.ts'
import type { ConfigDoc, TransaccionDoc } from '../../../schema/protocol/documentos.ts'
import { nombreCorto } from '../../domain/clientes/cliente-en-palabras.ts'
import { desgloseDe } from '../../domain/puntos/desglose.ts'
import { nombreDe } from '../../domain/transacciones/fila-de-venta.tsx'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { Rastro } from '../../domain/transacciones/rastro.tsx'
import { nombreDeMetodo } from '../../domain/transacciones/textos.ts'
import { useMovimiento } from '../../domain/transacciones/use-movimientos.ts'
import { fechaYHora, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja, usePuede, useVivo } from '../../replica/contexto.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { Icono } from '../../ui/iconos.tsx'
import { Nivel } from '../../ui/nivel.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { compartir } from './compartir.ts'
import { useIr } from './ir.ts'
import { Marco } from './marco.tsx'
import { t } from './textos.ts'
import { venta as v } from './textos-de-venta.ts'
import { registroDeVenta } from './venta/registro-de-venta.ts'
import './venta-detalle.css'

const TicketHoja = perezosa(async () => (await import('../../domain/transacciones/ticket-hoja.tsx')).TicketHoja)

/** One sale on paper: what was charged, how its points came about, and where it is (design 05). */
export function VentaPantalla() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const venta = useMovimiento(id)
  if (venta === null) return <Marco titulo={v.desconocida} atras="/historial" etiquetaAtras={t.volverAlHistorial} />
  if (venta === undefined || venta.tipo !== 'venta') return <NoEsta />
  return (
    <Marco
      titulo={
        <>
          {v.desconocida} <span className="num">{venta.folio}</span>
        </>
      }
      atras="/historial"
      etiquetaAtras={t.volverAlHistorial}
      clase="detalle"
    >
      <Papel venta={venta} />
      <Acciones venta={venta} />
    </Marco>
  )
}

function NoEsta() {
  return (
    <Marco titulo={v.desconocida} atras="/historial" etiquetaAtras={t.volverAlHistorial}>
      <section className="empty">
        <Icono de="buscar" />
        <h2>{v.noEsta}</h2>
        <p>{v.noEstaTexto}</p>
      </section>
    </Marco>
  )
}

function Papel({ venta }: { venta: Movimiento }) {
  const { alta } = useCaja()
  const { zona, config } = useVivo()
  const registro = useRegistro(venta)
  const quitados = puntosPorDevolver(venta.puntos, venta.devueltoCentavos, venta.montoCentavos)
  const quien = operadorDe(config, venta.operadorId)
  const lugar = [quien, venta.propio ? alta.serie && t.caja(alta.serie) : v.otraCaja].filter(Boolean).join(', ')
  return (
    <div className="ticket-wrap">
      <section className="ticket" aria-label={v.detalle} data-folio={venta.folio} data-aspecto={venta.aspecto}>
        <div className="row cabeza">
          <div>
            <b className="quien-compro">{nombreDe(venta)}</b>
            <br />
            <span className="sm soft num">{fechaYHora(venta.at, zona)}</span>
          </div>
          {venta.nivel && <Nivel de={venta.nivel} />}
        </div>
        <p className={`big num ${venta.estado === 'completada' ? '' : 'struck'}`}>{pesos(venta.montoCentavos)}</p>
        <p className="sm soft">
          {[venta.metodoPago && nombreDeMetodo(venta.metodoPago), venta.descripcion, lugar].filter(Boolean).join(' · ')}
        </p>
        <hr className="perf" />
        {venta.descuentoCentavos > 0 && (
          <p className="line">
            <span>{v.cupon}</span>
            <span className="num">−{pesos(venta.descuentoCentavos)}</span>
          </p>
        )}
        <Puntos venta={venta} />
        {venta.devueltoCentavos > 0 && (
          <>
            <p className="line">
              <span>{v.devuelto}</span>
              <span className="num">−{pesos(venta.devueltoCentavos)}</span>
            </p>
            <p className="line">
              <span>{v.queda}</span>
              <span className="num">{pesos(venta.montoCentavos - venta.devueltoCentavos)}</span>
            </p>
            {venta.conCliente && (
              <p className="line">
                <span>{v.puntosQueSeQuitan}</span>
                <span className="num">−{quitados.toLocaleString('es-MX')}</span>
              </p>
            )}
          </>
        )}
        {venta.aspecto === 'atencion' && (
          <p className="motivo">
            <Icono de="atencion" />
            <span>{venta.motivo ? textoDe(venta.motivo) : v.enRevision}</span>
          </p>
        )}
        <hr className="perf" />
        <Rastro
          guardadoAt={venta.at}
          recibido={venta.recibido}
          recibidoAt={venta.recibidoAt}
          aviso={venta.conCliente ? { quien: nombreCorto(venta.clienteNombre), hecho: registro?.avisado ?? false } : null}
          zona={zona}
        />
      </section>
    </div>
  )
}

/** Line by line, by the version of the rules the sale was computed with (R12); settled points stand bare, promised ones wear dashes. */
function Puntos({ venta }: { venta: Movimiento }) {
  const { config } = useVivo()
  if (!venta.conCliente) return <p className="sm soft">{v.sinPuntos}</p>
  const version = config.find((doc) => doc.id === `version:${venta.configVersion}`)
  const d = version && 'participa' in version && venta.nivel ? desgloseDe(version, venta.montoCentavos, venta.nivel) : null
  const cuenta = d?.participa && d.puntos === venta.puntos
  return (
    <>
      {cuenta && (
        <p className="line">
          <span>{v.calculo}</span>
          <span className="num">
            {d.base.cuenta.replace(/ =$/, '')} × {d.conMultiplicador.cuenta.split(' × ')[1]} {d.conMultiplicador.resultado}
          </span>
        </p>
      )}
      <p className="line">
        <span>{venta.puntosFirmes ? v.haciaAbajo : venta.aspecto === 'atencion' ? v.puntosRetenidos : v.puntosPrometidos}</span>
        <span className="num">
          {venta.puntosFirmes ? (
            <b>{venta.puntos.toLocaleString('es-MX')}</b>
          ) : (
            <b className="unsettled">≈ {venta.puntos.toLocaleString('es-MX')}</b>
          )}
        </span>
      </p>
    </>
  )
}

function Acciones({ venta }: { venta: Movimiento }) {
  const { alta } = useCaja()
  const { zona } = useVivo()
  const puede = usePuede()
  const ir = useIr()
  const registro = useRegistro(venta)
  const [conTicket, setConTicket] = useState(false)
  const [copiado, setCopiado] = useState(false)
  const mandar = async () => {
    const texto = v.textoCompartido(alta.negocioNombre, venta.folio, pesos(venta.montoCentavos), fechaYHora(venta.at, zona))
    setCopiado((await compartir(v.titulo(venta.folio), texto)) === 'copiado')
  }
  return (
    <div className="dock">
      <div className="actions">
        {venta.propio && registro && (
          <button type="button" className="btn btn--secondary" onClick={() => setConTicket(true)}>
            <Icono de="imprimir" />
            {v.ticket}
          </button>
        )}
        <button type="button" className="btn btn--secondary" onClick={() => void mandar()}>
          <Icono de="compartir" />
          <span role="status">{copiado ? v.copiado : v.compartir}</span>
        </button>
      </div>
      {puede('reembolsos') && venta.reembolsableCentavos > 0 && (
        <button type="button" className="btn btn--secondary devolver" onClick={() => ir(`/reembolso/${venta.id}`)}>
          <Icono de="volver" />
          {v.reembolsar}
        </button>
      )}
      {conTicket && registro && (
        <TicketHoja venta={{ ...registro, hechoId: venta.id, at: registro.guardadoAt }} alCerrar={() => setConTicket(false)} />
      )}
    </div>
  )
}

function useRegistro(venta: Movimiento) {
  const { replica } = useCaja()
  const transaccion = useColeccion<TransaccionDoc>(replica, 'transacciones', { selector: { id: venta.id } })?.[0]
  return registroDeVenta(null, venta, transaccion)
}

/** `@carlos`, while this till still knows that empleado. */
function operadorDe(config: readonly ConfigDoc[], id: string | null): string | null {
  const empleado = config.find((doc) => doc.id === `empleado:${id}`)
  return empleado && 'nick' in empleado ? `@${empleado.nick}` : null
}
