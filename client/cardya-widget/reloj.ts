/**
 * What the phone knows about time (design 04 §3). A QR is signed with the server's hour, whatever the phone's clock says:
 *
 *     hour = wall + offset, never below the last one used      offset: the sample with the least rtt of the last 5, none above 5 s
 *
 * Within one run the monotonic clock is a witness: a wall clock that falls 5 s behind it was set back. One that runs ahead proves nothing (most phones
 * stop the monotonic clock while they sleep). Before this run the witness is the last hour used: one that lies ahead of now was set back, too.
 */
export interface NotaDeReloj {
  /** server − wall, ms */
  offset: number
  /** Server hour of the last exchange, ms; 0: never. */
  sincronizadoAt: number
  /** The latest hour a QR was signed with, ms. */
  ultimaHora: number
}
export interface Lectura {
  wall: number
  mono: number
}
export interface Reloj {
  /** Corrected hour, ms. */
  ahora(): number
  leer(): Lectura
  /** Keeps a sample. `antes`: from leer() when the request left. Gives what to store. */
  aprender(hora: number, antes: Lectura): NotaDeReloj
  sincronizadoAt(): number
  /** The phone's clock was set back and the server has not been heard since: the hour may be wrong. */
  sospechoso(): boolean
}

const MUESTRAS = 5
const RTT_MAXIMO_MS = 5_000
const SALTO_MS = 5_000
/** The last hour used comes from the disk, a little later than it was signed: this much behind it is nothing. */
const ATRASO_ENTRE_ARRANQUES_MS = 60_000

export const SIN_RELOJ: NotaDeReloj = { offset: 0, sincronizadoAt: 0, ultimaHora: 0 }
const delSistema = (): Lectura => ({ wall: Date.now(), mono: performance.now() })

export function crearReloj(nota: NotaDeReloj, leer: () => Lectura = delSistema): Reloj {
  let { offset, sincronizadoAt } = nota
  let muestras: { rtt: number; offset: number }[] = []
  const alAbrir = leer()
  const segunWall = alAbrir.wall + offset
  let ancla = { hora: Math.max(segunWall, sincronizadoAt, nota.ultimaHora), mono: alAbrir.mono }
  let atrasado = ancla.hora - segunWall > ATRASO_ENTRE_ARRANQUES_MS

  function ahora(): number {
    const { wall, mono } = leer()
    const segunMono = ancla.hora + (mono - ancla.mono)
    if (wall + offset < segunMono - SALTO_MS) {
      atrasado = true
      return Math.round(segunMono)
    }
    return Math.round(Math.max(wall + offset, segunMono - SALTO_MS, sincronizadoAt))
  }

  return {
    ahora,
    leer,
    aprender(hora, antes) {
      const lectura = leer()
      const rtt = lectura.mono - antes.mono
      sincronizadoAt = Math.max(sincronizadoAt, hora)
      // A sample taken while the clock was being changed says nothing.
      if (rtt <= RTT_MAXIMO_MS && Math.abs(lectura.wall - antes.wall - rtt) <= SALTO_MS) {
        const nueva = { rtt, offset: Math.round(hora + rtt / 2 - lectura.wall) }
        muestras = [...muestras.filter((m) => Math.abs(m.offset - nueva.offset) <= RTT_MAXIMO_MS), nueva].slice(-MUESTRAS)
        offset = muestras.reduce((a, b) => (b.rtt < a.rtt ? b : a)).offset
        ancla = { hora: lectura.wall + offset, mono: lectura.mono }
        atrasado = false
      }
      return { offset, sincronizadoAt, ultimaHora: ancla.hora }
    },
    sincronizadoAt: () => sincronizadoAt,
    sospechoso: () => {
      ahora()
      return atrasado
    },
  }
}

const DIA = 86_400_000
const SALTO = 0b0010
const EXTRAIBLE = 0b0001

/** The 4 bits of a QR (design 04 §2): time since the last sync (< 24 h, < 7 d, < 30 d, more or never), clock set back, key that can be exported. */
export function banderas(ahora: number, sincronizadoAt: number, sospechoso: boolean, extraible: boolean): number {
  const dias = sincronizadoAt === 0 ? Number.POSITIVE_INFINITY : (ahora - sincronizadoAt) / DIA
  const desde = dias < 1 ? 0 : dias < 7 ? 1 : dias < 30 ? 2 : 3
  return desde * 4 + (sospechoso ? SALTO : 0) + (extraible ? EXTRAIBLE : 0)
}
