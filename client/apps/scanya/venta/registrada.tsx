import { useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { ClienteDoc, TransaccionDoc } from '../../../../schema/protocol/documentos.ts'
import { nombreCorto } from '../../../domain/clientes/cliente-en-palabras.ts'
import { t as tc } from '../../../domain/clientes/textos.ts'
import { Rastro } from '../../../domain/transacciones/rastro.tsx'
import { nombreDeMetodo } from '../../../domain/transacciones/textos.ts'
import { useMovimiento } from '../../../domain/transacciones/use-movimientos.ts'
import { pesos } from '../../../lib/formato.ts'
import { useCaja, usePuede, useVivo } from '../../../replica/contexto.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { perezosa } from '../../../ui/perezosa.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { PuntosDelRecibo } from './puntos-del-recibo.tsx'
import { reciboDe } from './recibo.ts'
import { type RegistroDeVenta, registroDeVenta } from './registro-de-venta.ts'
import { t } from './textos.ts'
import { useEnter } from './use-enter.ts'
import './registrada.css'

const TicketHoja = perezosa(async () => (await import('../../../domain/transacciones/ticket-hoja.tsx')).TicketHoja)

/** SCAN-19: the sale is safe. What the server has not said yet stays dashed, and becomes solid in place when it does. */
export function Registrada() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { registro, saldo, buscando } = useRegistro(id)
  return registro ? <Recibida id={id} registro={registro} saldo={saldo} /> : buscando ? <Buscando /> : <NoEstaAqui />
}

function Recibida({ id, registro, saldo }: { id: string; registro: RegistroDeVenta; saldo: number | null }) {
  const ir = useIr()
  const puede = usePuede()
  const otraVenta = () => ir(puede('escanearQR') ? '/escanear' : '/cobrar')
  const [conTicket, setConTicket] = useState(false)
  useEnter(otraVenta)
  return (
    <Marco clase="registrada">
      <Papel registro={registro} saldo={saldo} />
      {registro.folio && <p className="sm dim num folio">{t.registro(registro.folio)}</p>}
      <div className="dock">
        <div className="actions">
          <button type="button" className="btn btn--primary btn--lg" onClick={otraVenta}>
            <Icono de="qr" />
            {t.nuevaVenta}
          </button>
          <div className="otras">
            <button type="button" className="btn btn--quiet" onClick={() => ir(`/venta/${id}`)}>
              {t.verDetalles}
            </button>
            <button type="button" className="btn btn--quiet" onClick={() => setConTicket(true)}>
              {t.ticket}
            </button>
          </div>
        </div>
      </div>
      {conTicket && (
        <TicketHoja
          venta={{ ...registro, hechoId: id, at: registro.guardadoAt }}
          conCliente={registro.cliente !== null}
          alCerrar={() => setConTicket(false)}
        />
      )}
    </Marco>
  )
}

/** From the receipt of a moment ago, the journal and the server's rows, live. `saldo`: what the client has here now. */
function useRegistro(id: string): { registro: RegistroDeVenta | null; saldo: number | null; buscando: boolean } {
  const { replica } = useCaja()
  const puede = usePuede()
  const movimiento = useMovimiento(id)
  const transaccion = useColeccion<TransaccionDoc>(replica, 'transacciones', { selector: { id } })?.[0]
  const cliente = useColeccion<ClienteDoc>(replica, 'clientes', { selector: { id: transaccion?.clienteId ?? '' } })?.[0]
  const registro = registroDeVenta(reciboDe(id), movimiento, transaccion)
  const veSaldo = puede('verInfoCliente') && cliente !== undefined && cliente.id === transaccion?.clienteId
  return { registro, saldo: veSaldo ? cliente.puntosDisponibles : null, buscando: movimiento === null }
}

function Papel({ registro, saldo }: { registro: RegistroDeVenta; saldo: number | null }) {
  const { zona } = useVivo()
  const { cliente, guardadoAt, recibido, recibidoAt, puntosSon } = registro
  const titulo = useRef<HTMLHeadingElement>(null)
  // A screen reader hears first what matters most.
  useEffect(() => titulo.current?.focus(), [])
  const quien = nombreCorto(cliente?.nombre ?? null)
  const hayAviso = cliente !== null && (registro.avisado || !(recibido && puntosSon === 'ninguno'))
  return (
    <>
      <div className="seal">
        <Icono de="palomita" />
      </div>
      <div className="ticket-wrap">
        <section className="ticket" aria-labelledby="registrada">
          <h1 id="registrada" ref={titulo} tabIndex={-1}>
            {t.registrada}
          </h1>
          <p className="soft">
            {cliente ? (cliente.nombre ?? tc.clienteNuevo) : t.sinClienteTitulo} ·{' '}
            <span className="num importe">{pesos(registro.montoCentavos)}</span> · {nombreDeMetodo(registro.metodoPago)}
          </p>
          {registro.descuentoCentavos > 0 && <p className="sm soft num">{t.conCupon(pesos(registro.descuentoCentavos))}</p>}
          <div role="status">
            <PuntosDelRecibo registro={registro} saldo={saldo} />
          </div>
          <hr className="perf" />
          <Rastro
            guardadoAt={guardadoAt}
            recibido={recibido}
            recibidoAt={recibidoAt}
            aviso={hayAviso ? { quien, hecho: registro.avisado } : null}
            zona={zona}
          />
        </section>
      </div>
    </>
  )
}

const Buscando = () => (
  <Marco titulo={t.venta} atras="/inicio">
    <p className="soft" role="status">
      {t.buscando}
    </p>
  </Marco>
)

function NoEstaAqui() {
  const ir = useIr()
  return (
    <Marco titulo={t.venta} atras="/inicio">
      <section className="empty">
        <Icono de="buscar" />
        <h2>{t.noEstaAqui}</h2>
        <p>{t.noEstaAquiTexto}</p>
        <button type="button" className="btn btn--secondary" onClick={() => ir('/historial')}>
          {t.verHistorial}
        </button>
      </section>
    </Marco>
  )
}
