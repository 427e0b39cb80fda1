/** R14. A hecho whose sale (or canje) is not here yet waits for it, 14 days; then it is an orphan for the dueño to see. */
import { DIA } from '../../core/tiempo.ts'
import { avisar, lugar, motivar, veredictoDe } from './dictamen.ts'
import type { Cambios, EntradaEnEspera, Libro, Transaccion } from './libro.ts'
import type { Entrada } from './sobre.ts'

export const PLAZO_DE_ESPERA_MS = 14 * DIA

/** The sale an entry depends on; when it is not here the entry is left waiting and the answer is undefined. */
export function padreOEspera(libro: Libro, cambios: Cambios, entrada: Entrada, transaccionId: string): Transaccion | undefined {
  const t = libro.transacciones.get(transaccionId)
  if (!t) esperar(libro, cambios, entrada, transaccionId)
  return t
}

/** Leaves an entry waiting for the hecho it depends on. */
export function esperar(libro: Libro, cambios: Cambios, entrada: Entrada, esperaDe: string): void {
  const veredicto = veredictoDe(cambios, entrada)
  const espera: EntradaEnEspera = {
    entrada: { ...entrada, effAt: veredicto.effAt },
    esperaDe,
    venceAt: entrada.recibidoAt + PLAZO_DE_ESPERA_MS,
  }
  libro.enEspera.set(esperaDe, [...(libro.enEspera.get(esperaDe) ?? []), espera])
  cambios.esperas.set(lugar(entrada), espera)
  motivar(veredicto, 'R14', 'en_espera', 'en_espera')
}

/** Takes out, in acceptance order, every entry that waited for a hecho. */
export function llamarAEspera(libro: Libro, cambios: Cambios, hechoId: string): Entrada[] {
  const esperas = libro.enEspera.get(hechoId) ?? []
  libro.enEspera.delete(hechoId)
  for (const { entrada } of esperas) cambios.esperas.set(lugar(entrada), null)
  return esperas.map((espera) => espera.entrada).sort((a, b) => a.n - b.n)
}

/** Takes one entry out, or undefined when it waits no more. */
export function sacarDeEspera(libro: Libro, cambios: Cambios, donde: { cadenaId: string; seq: number }): Entrada | undefined {
  for (const [esperaDe, esperas] of libro.enEspera) {
    const encontrada = esperas.find((espera) => lugar(espera.entrada) === lugar(donde))
    if (!encontrada) continue
    libro.enEspera.set(
      esperaDe,
      esperas.filter((espera) => espera !== encontrada),
    )
    cambios.esperas.set(lugar(donde), null)
    return encontrada.entrada
  }
  return undefined
}

/** The verdict of an entry whose sale never arrived. Its verdict was opened again by the caller. */
export function declararHuerfano(cambios: Cambios, huerfano: Entrada, ahora: number): void {
  motivar(veredictoDe(cambios, huerfano), 'R14', 'huerfano', 'huerfano')
  const datos = { cadenaId: huerfano.cadenaId, seq: huerfano.seq, tipo: huerfano.sobre.tipo }
  avisar(cambios, { ...huerfano, recibidoAt: ahora }, { tipo: 'revision', regla: 'R14', codigo: 'huerfano', datos })
}
