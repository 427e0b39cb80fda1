/** @jsxImportSource preact */
/** "+75 por confirmar" from a ticket's QR: by camera, or pasted. The reader is loaded when this opens, never before. */
import type { TargetedSubmitEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { leerTicket, type Ticket } from '../../schema/domain/tickets/ticket.ts'
import type { Camara, EstadoDeCamara } from '../lib/camara.ts'
import { Icono } from './iconos.tsx'
import { numero } from './numeros.ts'
import { t } from './textos-de-ticket.ts'
import { admitir, type TicketGuardado } from './tickets.ts'

interface Propiedades {
  cardId: string
  tickets: TicketGuardado[]
  conocidas: ReadonlySet<string>
  ahora: () => number
  alGuardar: (ticket: TicketGuardado) => Promise<void>
  alTerminar: () => void
}

export function SumarTicket({ cardId, tickets, conocidas, ahora, alGuardar, alTerminar }: Propiedades) {
  const [dicho, setDicho] = useState<string | null>(null)
  const [guardado, setGuardado] = useState<TicketGuardado | null>(null)
  async function alLeer(texto: string): Promise<void> {
    const ticket = leer(texto)
    if (typeof ticket === 'string') return setDicho(t[ticket])
    const visto = admitir(ticket, { cardId, ahora: ahora(), guardados: tickets, conocidas })
    if ('motivo' in visto) return setDicho(t[visto.motivo])
    await alGuardar(visto.guardar)
    setDicho(null)
    setGuardado(visto.guardar)
  }
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

/** A ticket's text begins with a space, which whoever copies it easily leaves behind; line ends are nobody's. */
function leer(texto: string): Ticket | 'no_es_ticket' | 'es_tarjeta' {
  const llano = texto.replace(/[\r\n\t]/g, '')
  for (const intento of [llano, ` ${llano.trimStart()}`, ` ${llano.trim()}`]) {
    try {
      return leerTicket(intento)
    } catch {
      // Not as it stands.
    }
  }
  return llano.trim().length === LARGO_DE_TARJETA ? 'es_tarjeta' : 'no_es_ticket'
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
