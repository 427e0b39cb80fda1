/**
 * TE2. Phones that were taken away from their card, as far as this till was told: it refuses them with no network. Kept in Notas; what is forgotten is of
 * certificates that ended by themselves.
 */
import { DIA, MINUTO } from '../../schema/core/tiempo.ts'
import { respuestaDeBajas } from '../../schema/protocol/bajas-de-tarjetas.ts'
import { FalloDeRed, pedir } from './http.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'
import type { Sesion } from './sesion.ts'

const NOTA = 'bajasDeTarjetas'
/** A certificate lives 14 days; one more for clocks. */
const SE_RECUERDA_MS = 15 * DIA
const CADA_MS = MINUTO
/** Of 2,000 keys each; what is beyond comes with the next exchange. */
const PREGUNTAS = 20

interface Nota {
  /** To ask from, server ms. */
  hasta: number
  /** `${cardId}|${llave}` and when it was taken away, ms. */
  bajas: [string, number][]
}

export interface BajasDeTarjetas {
  /** Reads its note. */
  cargar(): Promise<void>
  /** Asks what is new, at most once a minute. @throws what is no failure of the network; one of those waits for the next exchange */
  traer(): Promise<void>
  /** Whether this phone of this card was taken away. */
  tiene(qr: { cardId: string; llave: string }): boolean
}

export function crearBajasDeTarjetas({ puertos, sesion, reloj }: { puertos: Puertos; sesion: Sesion; reloj: RelojLocal }): BajasDeTarjetas {
  let hasta = 0
  let bajas = new Map<string, number>()
  let preguntadoAt: number | null = null

  async function preguntar(): Promise<boolean> {
    const dicho = await sesion.con((token) => pedir(puertos, `/sync/tarjetas/bajas?desde=${hasta}`, respuestaDeBajas, { token }))
    const limite = reloj.ahora() - SE_RECUERDA_MS
    const nuevas = dicho.bajas.filter(({ cardId, llave }) => !bajas.has(`${cardId}|${llave}`))
    const vigentes = new Map([...bajas].filter(([, at]) => at > limite))
    for (const { cardId, llave, bajaAt } of nuevas) vigentes.set(`${cardId}|${llave}`, bajaAt)
    if (nuevas.length > 0 || vigentes.size !== bajas.size || dicho.mas)
      await puertos.notas.escribir(NOTA, { hasta: dicho.hasta, bajas: [...vigentes] } satisfies Nota)
    hasta = dicho.hasta
    bajas = vigentes
    return dicho.mas
  }

  return {
    async cargar() {
      const nota = await puertos.notas.leer<Nota>(NOTA)
      hasta = nota?.hasta ?? 0
      bajas = new Map(nota?.bajas ?? [])
    },
    async traer() {
      const ahora = puertos.reloj.mono()
      if (preguntadoAt !== null && ahora - preguntadoAt < CADA_MS) return
      try {
        for (let i = 0; i < PREGUNTAS && (await preguntar()); i++);
        preguntadoAt = ahora
      } catch (error) {
        if (!(error instanceof FalloDeRed)) throw error
      }
    },
    tiene: ({ cardId, llave }) => bajas.has(`${cardId}|${llave}`),
  }
}
