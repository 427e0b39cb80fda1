import { type FormEvent, useEffect, useId, useState } from 'react'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { leerTicket, type Ticket } from '../../../schema/domain/tickets/ticket.ts'
import { useVentaDeTicket } from '../../domain/transacciones/use-movimientos.ts'
import { fechaYHora, pesos } from '../../lib/formato.ts'
import { sonar } from '../../lib/sonido.ts'
import { useVivo } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { useIr } from './ir.ts'
import { Marco } from './marco.tsx'
import { ReembolsoHoja } from './reembolso.tsx'
import { correccion as c } from './textos-de-correccion.ts'
import { venta as v } from './textos-de-venta.ts'
import { SoloSiPuede } from './venta/solo-si-puede.tsx'
import './venta/escanear.css'
import './venta-detalle.css'

const Lector = perezosa(async () => (await import('../../domain/escaneo/lector.tsx')).Lector)

/** SCAN-40: a sale found by the QR of its ticket, of this till or of another of the negocio, and given back with or without a network. */
export function TicketPantalla() {
  return (
    <SoloSiPuede accion="reembolsos">
      <ConTicket />
    </SoloSiPuede>
  )
}

function ConTicket() {
  const [ticket, setTicket] = useState<Ticket | null>(null)
  return ticket ? <DelTicket ticket={ticket} alSoltar={() => setTicket(null)} /> : <Leer alLeer={setTicket} />
}

function Leer({ alLeer }: { alLeer: (ticket: Ticket) => void }) {
  const ir = useIr()
  const { config } = useVivo()
  const [problema, setProblema] = useState<string | null>(null)
  const negocio = config.find((doc) => doc.id === 'negocio')
  const mirar = (texto: string) => {
    const ticket = ticketDe(texto)
    if (ticket && (!negocio || !('numero' in negocio) || ticket.negocioNumero === negocio.numero)) return alLeer(ticket)
    sonar('error')
    setProblema(ticket ? c.ticketAjeno : c.ticketNoEs)
  }
  return (
    <div className="app escanear-ticket">
      <main>
        <Lector titulo={c.ticketTitulo} onCode={mirar} alCerrar={() => ir('/historial')}>
          <p className="escanear-ticket__nota" role={problema ? 'alert' : undefined}>
            {problema && <Icono de="atencion" />}
            {problema ?? c.ticketApunta}
          </p>
        </Lector>
        <section className="escanear__abajo">
          <Pegado alLeer={mirar} />
        </section>
      </main>
    </div>
  )
}

/** For a reader that types what it reads, and where there is no camera. */
function Pegado({ alLeer }: { alLeer: (texto: string) => void }) {
  const id = useId()
  const enviar = (evento: FormEvent<HTMLFormElement>) => {
    evento.preventDefault()
    // As it is: a space may be the first of its letters, or the last.
    alLeer(String(new FormData(evento.currentTarget).get('ticket') ?? ''))
  }
  return (
    <form className="ticket-pegado" onSubmit={enviar}>
      <div className="field grow">
        <label htmlFor={id}>{c.ticketPegar}</label>
        <input
          id={id}
          name="ticket"
          className="input"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={400}
          required
        />
      </div>
      <button type="submit" className="btn btn--secondary">
        {c.ticketUsar}
      </button>
    </form>
  )
}

/** A card, a canje or any other code is no ticket. */
function ticketDe(texto: string): Ticket | null {
  try {
    return leerTicket(texto)
  } catch (error) {
    if (error instanceof Rechazo) return null
    throw error
  }
}

function DelTicket({ ticket, alSoltar }: { ticket: Ticket; alSoltar: () => void }) {
  const ir = useIr()
  const { zona } = useVivo()
  const leida = useVentaDeTicket(ticket)
  const [devolviendo, setDevolviendo] = useState(false)
  const conocida = leida?.conocida ?? false
  useEffect(() => {
    if (conocida) ir(`/venta/${ticket.hechoId}`, { reemplazar: true })
  }, [conocida, ticket, ir])
  if (leida === null || conocida) return null
  const { venta } = leida
  const queda = venta.reembolsableCentavos
  return (
    <Marco titulo={c.ticketTitulo} atras="/historial" etiquetaAtras={c.historial} clase="detalle">
      <div className="ticket-wrap">
        <section className="ticket" aria-label={c.ticketTitulo} data-folio={ticket.folio}>
          <p className="sm soft num">{fechaYHora(ticket.effAt, zona)}</p>
          <p className="big num">{pesos(ticket.montoCentavos)}</p>
          <p className="sm soft num">{v.titulo(ticket.folio)}</p>
          <hr className="perf" />
          <p className="sm soft">{c.ticketOtraCaja}</p>
          {venta.devueltoCentavos > 0 && (
            <>
              <p className="line">
                <span>{v.devuelto}</span>
                <span className="num">−{pesos(venta.devueltoCentavos)}</span>
              </p>
              <p className="line">
                <span>{v.queda}</span>
                <span className="num">{pesos(queda)}</span>
              </p>
            </>
          )}
        </section>
      </div>
      <div className="dock">
        {queda === 0 && (
          <p className="sm soft" role="status">
            {c.ticketDevuelta}
          </p>
        )}
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg" onClick={alSoltar}>
            <Icono de="qr" />
            {c.otroTicket}
          </button>
          {queda > 0 && (
            <button type="button" className="btn btn--secondary btn--lg anular" onClick={() => setDevolviendo(true)}>
              <Icono de="volver" />
              {v.reembolsar}
            </button>
          )}
        </div>
      </div>
      {devolviendo && <ReembolsoHoja venta={venta} alCerrar={() => setDevolviendo(false)} />}
    </Marco>
  )
}
