/** @jsxImportSource preact */
/**
 * "+75 por confirmar" from a ticket's QR: by camera, pasted, or in a link; and the claim of a purchase that was rung up without a card. The reader is loaded when
 * this opens, never before.
 */
import type { TargetedSubmitEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { leerTicket, type Ticket } from '../../schema/domain/tickets/ticket.ts'
import type { Camara, EstadoDeCamara } from '../lib/camara.ts'
import { textoDe } from '../lib/texto-de-codigo.ts'
import { diaDe } from './cuando.ts'
import { Icono } from './iconos.tsx'
import { numero, pesos } from './numeros.ts'
import { t } from './textos-de-ticket.ts'
import { admitir, type TicketGuardado } from './tickets.ts'

interface Propiedades {
  cardId: string
  tickets: TicketGuardado[]
  conocidas: ReadonlySet<string>
  ahora: () => number
  alGuardar: (ticket: TicketGuardado) => Promise<void>
  /** Hands in what waits, where there is a network. */
  alEnviar: () => Promise<void>
  alTerminar: () => void
  /** Of a link. */
  texto: string | undefined
}

export function SumarTicket({ cardId, tickets, conocidas, ahora, alGuardar, alEnviar, alTerminar, texto }: Propiedades) {
  const [dicho, setDicho] = useState<string | null>(null)
  const [guardado, setGuardado] = useState<TicketGuardado | null>(null)
  const [pregunta, setPregunta] = useState<{ ticket: TicketGuardado; texto: string } | null>(null)
  const [reclamado, setReclamado] = useState<TicketGuardado | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is read once
  useEffect(() => {
    if (texto) void alLeer(texto)
  }, [texto])
  async function alLeer(texto: string): Promise<void> {
    const ticket = leer(texto)
    if (typeof ticket === 'string') return setDicho(t[ticket])
    const visto = admitir(ticket, { cardId, ahora: ahora(), guardados: tickets, conocidas })
    if ('motivo' in visto) return setDicho(t[visto.motivo])
    setDicho(null)
    if ('guardado' in visto) return visto.guardado.reclamo ? setReclamado(visto.guardado) : setGuardado(visto.guardado)
    if ('preguntar' in visto) return setPregunta({ ticket: visto.preguntar, texto: textoLeido(texto) })
    await alGuardar(visto.guardar)
    setGuardado(visto.guardar)
  }
  async function reclamar({ ticket, texto }: { ticket: TicketGuardado; texto: string }): Promise<void> {
    const suyo: TicketGuardado = { ...ticket, reclamo: { texto, estado: 'por_enviar' } }
    await alGuardar(suyo)
    setReclamado(suyo)
    setPregunta(null)
    await alEnviar()
  }
  if (reclamado) return <Reclamado ticket={reclamado} tickets={tickets} conocidas={conocidas} alTerminar={alTerminar} />
  if (pregunta)
    return <Pregunta ticket={pregunta.ticket} ahora={ahora()} alReclamar={() => reclamar(pregunta)} alDejar={() => setPregunta(null)} />
  if (guardado)
    return (
      <section class="empty panel" role="status">
        <Icono de="reloj" />
        <b class="num unsettled">≈ {numero(guardado.puntos)}</b>
        <p>{t.guardado(numero(guardado.puntos), guardado.negocioNombre)}</p>
        <button type="button" class="btn btn--primary" onClick={alTerminar}>
          {t.verPuntos}
        </button>
      </section>
    )
  return (
    <>
      <p class="soft sm">{t.explicacion}</p>
      <Visor alLeer={(texto) => void alLeer(texto)} />
      {dicho && (
        <p class="aviso" role="alert">
          <Icono de="atencion" />
          <span>{dicho}</span>
        </p>
      )}
      <Pegado alLeer={(texto) => void alLeer(texto)} />
    </>
  )
}

interface DePregunta {
  ticket: TicketGuardado
  ahora: number
  alReclamar: () => Promise<void>
  alDejar: () => void
}

function Pregunta({ ticket, ahora, alReclamar, alDejar }: DePregunta) {
  const [haciendo, setHaciendo] = useState(false)
  return (
    <section class="empty panel" aria-labelledby="es-tuya">
      <Icono de="tienda" />
      <h2 id="es-tuya">{t.esTuya}</h2>
      <p>
        <b>{t.deNegocio(pesos(ticket.montoCentavos), ticket.negocioNombre)}</b>
        <br />
        <span class="sm soft">{t.folio(ticket.folio, diaDe(ticket.effAt, ahora).toLowerCase())}</span>
      </p>
      <p class="sm soft">{t.seHizoSinTarjeta}</p>
      <div class="actions">
        <button type="button" class="btn btn--quiet" disabled={haciendo} onClick={alDejar}>
          {t.noMia}
        </button>
        <button
          type="button"
          class="btn btn--primary"
          disabled={haciendo}
          onClick={() => {
            setHaciendo(true)
            void alReclamar()
          }}
        >
          {haciendo ? t.reclamando : t.siMia}
        </button>
      </div>
    </section>
  )
}

/** What became of the claim, as it is heard. One that is kept no more arrived with its sale. */
function Reclamado({
  ticket,
  tickets,
  conocidas,
  alTerminar,
}: Pick<Propiedades, 'tickets' | 'conocidas' | 'alTerminar'> & { ticket: TicketGuardado }) {
  const reclamo = tickets.find(({ hechoId }) => hechoId === ticket.hechoId)?.reclamo
  const llego = conocidas.has(ticket.hechoId)
  const enVano = !llego && (reclamo?.estado === 'rechazado' || reclamo?.estado === 'sin_puntos')
  return (
    <section class="empty panel" role="status" data-reclamo={llego ? 'listo' : reclamo?.estado}>
      <Icono de={llego ? 'palomita' : enVano ? 'atencion' : 'reloj'} />
      <b>{t.deNegocio(pesos(ticket.montoCentavos), ticket.negocioNombre)}</b>
      <p>{llego ? t.listo : loDicho(reclamo)}</p>
      <button type="button" class="btn btn--primary" onClick={alTerminar}>
        {t.verPuntos}
      </button>
    </section>
  )
}

function loDicho(reclamo: TicketGuardado['reclamo']): string {
  if (reclamo?.estado === 'rechazado' && reclamo.codigo) return textoDe(reclamo.codigo)
  if (reclamo?.estado === 'sin_puntos') return t.sinPuntosYa
  return reclamo?.estado === 'en_espera' ? t.enEspera : t.porEnviar
}

/** A ticket's text begins with a space, which whoever copies it easily leaves behind; line ends are nobody's. */
function leer(texto: string): Ticket | 'no_es_ticket' | 'es_tarjeta' {
  const bueno = textoLeido(texto)
  return siEsTicket(bueno) ?? (bueno.trim().length === LARGO_DE_TARJETA ? 'es_tarjeta' : 'no_es_ticket')
}

/** The text as the till wrote it, where it is a ticket's. */
function textoLeido(texto: string): string {
  const llano = texto.replace(/[\r\n\t]/g, '')
  return [llano, ` ${llano.trimStart()}`, ` ${llano.trim()}`].find((intento) => siEsTicket(intento)) ?? llano
}

function siEsTicket(texto: string): Ticket | null {
  try {
    return leerTicket(texto)
  } catch {
    return null
  }
}
/** A card's QR is that long, a ticket's at most 246. */
const LARGO_DE_TARJETA = 279

const NO_CARGO: EstadoDeCamara = { fase: 'sin_camara', motivo: 'escaner_no_abre', luz: null, camaras: [], camaraId: null, espejo: false }

function Visor({ alLeer }: { alLeer: (texto: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const camara = useRef<Camara | null>(null)
  const [estado, setEstado] = useState<EstadoDeCamara | null>(null)
  const leido = useRef(alLeer)
  leido.current = alLeer
  useEffect(() => {
    let vivo = true
    void import('../lib/camara.ts').then(
      ({ crearCamara }) => {
        if (!vivo || !video.current) return
        camara.current = crearCamara(video.current, { alLeer: ({ texto }) => leido.current(texto), alCambiar: setEstado })
        void camara.current.encender()
      },
      () => setEstado(NO_CARGO),
    )
    return () => {
      vivo = false
      camara.current?.apagar()
    }
  }, [])
  const motivo = estado?.fase === 'sin_camara' ? estado.motivo : null
  return (
    <section class="visor" aria-label={t.apunta}>
      <video ref={video} class="visor__imagen" muted playsInline hidden={motivo !== null} />
      {motivo ? (
        <div class="visor__motivo" role="alert">
          <Icono de="atencion" />
          <p>{t[motivo]}</p>
          <button type="button" class="btn btn--sm btn--secondary" onClick={() => void camara.current?.encender()}>
            {t.otraVez}
          </button>
        </div>
      ) : (
        <p class="visor__pie sm" role="status">
          {estado?.fase === 'viendo' ? t.apunta : t.abriendoCamara}
        </p>
      )}
      {estado?.luz != null && (
        <button
          type="button"
          class="btn btn--sm btn--secondary visor__luz"
          aria-pressed={estado.luz}
          onClick={() => void camara.current?.ponerLuz(!estado.luz)}
        >
          {t.luz}
        </button>
      )}
    </section>
  )
}

function Pegado({ alLeer }: { alLeer: (texto: string) => void }) {
  const alEnviar = (evento: TargetedSubmitEvent<HTMLFormElement>) => {
    evento.preventDefault()
    alLeer(String(new FormData(evento.currentTarget).get('ticket') ?? ''))
  }
  return (
    <form class="pegado" onSubmit={alEnviar}>
      <label class="field grow">
        <span>{t.pegar}</span>
        <input class="input" name="ticket" autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={400} required />
      </label>
      <button type="submit" class="btn btn--sm btn--tint">
        {t.usar}
      </button>
    </form>
  )
}
