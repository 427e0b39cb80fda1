import { useParams } from '@tanstack/react-router'
import type { ConfigDoc } from '../../../schema/protocol/documentos.ts'
import { nombreCorto } from '../../domain/clientes/cliente-en-palabras.ts'
import { desgloseDe } from '../../domain/puntos/desglose.ts'
import { puntosDevueltosDe } from '../../domain/transacciones/efecto-de-reembolso.ts'
import type { HistoriaDeVenta } from '../../domain/transacciones/historia-de-venta.ts'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { nombreDe } from '../../domain/transacciones/partes-de-venta.tsx'
import { Rastro } from '../../domain/transacciones/rastro.tsx'
import { nombreDeMetodo } from '../../domain/transacciones/textos.ts'
import { useVentaConHistoria } from '../../domain/transacciones/use-movimientos.ts'
import { fechaYHora, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { Nivel } from '../../ui/nivel.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { Marco } from './marco.tsx'
import { t } from './textos.ts'
import { correccion as c } from './textos-de-correccion.ts'
import { venta as v } from './textos-de-venta.ts'
import { Acciones, useRegistro } from './venta-acciones.tsx'
import { Historia } from './venta-historia.tsx'
import './venta-detalle.css'

const Evidencia = perezosa(async () => (await import('./venta-foto.tsx')).Evidencia)

/** One sale on paper: what was charged, how its points came about, and where it is (design 05). */
export function VentaPantalla() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const historia = useVentaConHistoria(id)
  if (historia === null) return <Marco titulo={v.desconocida} atras="/historial" etiquetaAtras={t.volverAlHistorial} />
  if (historia === undefined) return <NoEsta />
  const { venta } = historia
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
      <Papel historia={historia} />
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

function Papel({ historia }: { historia: HistoriaDeVenta }) {
  const { venta } = historia
  const { alta } = useCaja()
  const { zona, config } = useVivo()
  const registro = useRegistro(venta)
  const quitados = puntosDevueltosDe(venta, venta.devueltoCentavos)
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
        {venta.estado !== 'completada' && <p className="sello-de-estado">{c[venta.estado]}</p>}
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
        <Lineas venta={venta} />
        <Puntos venta={venta} />
        {venta.montoOriginalCentavos !== null && (
          <p className="line">
            <span>{c.cobradoAntes}</span>
            <span className="num struck">{pesos(venta.montoOriginalCentavos)}</span>
          </p>
        )}
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
        <Historia historia={historia} zona={zona} />
        {venta.foto && <Evidencia hash={venta.foto} />}
      </section>
    </div>
  )
}

/** SCAN-40: what was sold, and what of it came back. */
function Lineas({ venta: { lineas } }: { venta: Movimiento }) {
  if (lineas.length === 0) return null
  return (
    <>
      <h2 className="sr">{c.articulos}</h2>
      {lineas.map(({ articuloId, nombre, cantidad, precioCentavos = 0, devueltas = 0 }) => (
        <p key={articuloId} className="line">
          <span>
            <span className="num">{cantidad}</span> {nombre}
            {devueltas > 0 && <span className="sm soft">, {c.volvieron(devueltas)}</span>}
          </span>
          <span className="num">{pesos(precioCentavos * cantidad)}</span>
        </p>
      ))}
      <hr className="perf" />
    </>
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

/** `@carlos`, while this till still knows that empleado. */
function operadorDe(config: readonly ConfigDoc[], id: string | null): string | null {
  const empleado = config.find((doc) => doc.id === `empleado:${id}`)
  return empleado && 'nick' in empleado ? `@${empleado.nick}` : null
}
