/**
 * What this device knows about time (design 04 §3). The wall clock may be wrong and may jump; what is learned is the difference to the server's:
 *
 *     offset = server hour + rtt/2 − wall at the answer      the sample with the least rtt of the last 5, none above 5 s
 *
 * Within one run the monotonic clock is a witness: a wall clock that falls more than 5 s behind it was set back, and the offset follows at once.
 * One that runs ahead proves nothing (most platforms stop the monotonic clock while asleep).
 */
import type { Marca } from '../../schema/core/tiempo.ts'
import type { Notas, Reloj } from './puertos.ts'

const MUESTRAS = 5
const RTT_MAXIMO_MS = 5_000
const SALTO_MS = 5_000

interface NotaDeReloj {
  offset: number
  offsetAt: number
  /** The latest server hour seen: corrected time never falls below it. */
  horaServidor: number
  /** When the server last answered anything else, in corrected time. Not there in notes of earlier versions. */
  vozAt?: number
}
interface Muestra {
  rtt: number
  offset: number
  /** Server hour at the monotonic instant `mono` of this run. */
  hora: number
  mono: number
}
export interface RelojLocal {
  cargar(): Promise<void>
  /** Keeps an exchange's sample. `antes`: from leer() when the request left. */
  aprender(horaServidor: number, antes: Lectura): void
  leer(): Lectura
  marca(): Marca
  /** Corrected time, ms; never below the latest server hour seen. */
  ahora(): number
  /** The same, but null while this run has not heard from the server. */
  horaCierta(): number | null
  offset(): number
  /** Server hour of the last exchange, also of earlier runs. */
  ultimoIntercambioAt(): number | null
  /** The server answered something that tells no hour. */
  oir(): void
  /** When the server last answered, with its hour or without it; also of earlier runs. */
  ultimaVozAt(): number | null
}
export interface Lectura {
  wall: number
  mono: number
}

export function crearRelojLocal(reloj: Reloj, notas: Notas, arranque: string): RelojLocal {
  let nota: NotaDeReloj = { offset: 0, offsetAt: 0, horaServidor: 0 }
  let muestras: Muestra[] = []
  /** The best sample of this run. */
  let ancla: Muestra | null = null
  let previa: Lectura | null = null
  const leer = () => ({ wall: Math.floor(reloj.now()), mono: reloj.mono() })

  function vigilarSaltos(ahora: Lectura): void {
    if (previa && Math.abs(ahora.wall - previa.wall - (ahora.mono - previa.mono)) > SALTO_MS) muestras = []
    previa = ahora
  }
  function offsetDe(lectura: Lectura): number {
    if (!ancla) return nota.offset
    const segunMono = ancla.hora + (lectura.mono - ancla.mono)
    return lectura.wall + nota.offset < segunMono - SALTO_MS ? Math.round(segunMono - lectura.wall) : nota.offset
  }
  const corregida = (lectura: Lectura) => Math.max(lectura.wall + offsetDe(lectura), nota.horaServidor)

  return {
    async cargar() {
      const guardada = await notas.leer<NotaDeReloj>('reloj')
      if (guardada) nota = guardada
    },
    aprender(horaServidor, antes) {
      const ahora = leer()
      vigilarSaltos(ahora)
      const rtt = ahora.mono - antes.mono
      nota = { ...nota, horaServidor: Math.max(nota.horaServidor, horaServidor) }
      if (rtt <= RTT_MAXIMO_MS && Math.abs(ahora.wall - antes.wall - rtt) <= SALTO_MS) {
        const nueva = { rtt, offset: Math.round(horaServidor + rtt / 2 - ahora.wall), hora: horaServidor + rtt / 2, mono: ahora.mono }
        // Half an rtt is at most 2.5 s: samples further apart than two of those speak of different clocks.
        muestras = [...muestras.filter(({ offset }) => Math.abs(offset - nueva.offset) <= RTT_MAXIMO_MS), nueva].slice(-MUESTRAS)
        ancla = muestras.reduce((a, b) => (b.rtt < a.rtt ? b : a))
        nota = { ...nota, offset: ancla.offset, offsetAt: ahora.wall }
      }
      // A note that is lost costs nothing but a less exact hour until the next exchange.
      notas.escribir('reloj', nota).catch(() => {})
    },
    leer,
    marca() {
      const lectura = leer()
      vigilarSaltos(lectura)
      return {
        wall: Math.max(0, lectura.wall),
        offset: offsetDe(lectura),
        offsetAt: Math.max(0, nota.offsetAt),
        mono: Math.max(0, lectura.mono),
        arranque,
      }
    },
    ahora: () => corregida(leer()),
    horaCierta: () => (ancla ? corregida(leer()) : null),
    offset: () => offsetDe(leer()),
    ultimoIntercambioAt: () => nota.horaServidor || null,
    oir() {
      nota = { ...nota, vozAt: corregida(leer()) }
      notas.escribir('reloj', nota).catch(() => {})
    },
    ultimaVozAt: () => Math.max(nota.horaServidor, nota.vozAt ?? 0) || null,
  }
}
