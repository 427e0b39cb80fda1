/**
 * Where in the journal a day begins. Its schema has no index by time and never changes (esquemas.ts), but its key ends in the seq, and corrected time
 * does not fall along a chain: a few probes by key find the seq, and a question about a day reads that day and not the months before it.
 *
 *     seq     0   1   2   4   8 …  2^k ........ 2^(k+1)        doubling until a probe is not older, then halving
 *             older  older  older   older ──┐
 *                                           └─ first of the day − MARGEN
 */
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { Almacen } from './almacen.ts'
import type { Consulta } from './api.ts'
import { cadenasDelDiario, leerTramo } from './cadena.ts'
import { horaDe, type Renglon } from './renglon.ts'

/** Entries before the one found that are read too: a clock that jumped about leaves small disorder. */
const MARGEN = 64

/** The same question, with a range of hours of the journal as a range of its keys. It stays good while it is being followed. */
export async function acotarDiario(almacen: Almacen, consulta: Consulta): Promise<Consulta> {
  const { coleccion, selector } = consulta
  const desde = (selector?.wall as { $gte?: unknown } | undefined)?.$gte
  if (coleccion !== 'diario' || typeof desde !== 'number' || desde <= 0 || selector?.id !== undefined) return consulta
  const inicio = await inicioDelDiario(almacen, desde)
  return inicio === null ? consulta : { ...consulta, selector: { ...selector, id: { $gte: inicio } } }
}

/** Key at or after which every entry from `desde` on (ms, by wall or corrected time) is and will be; null: an empty journal. */
export async function inicioDelDiario(almacen: Almacen, desde: number): Promise<string | null> {
  let inicio: string | null = null
  for (const cadenaId of await cadenasDelDiario(almacen)) {
    const { llave, hay } = await inicioDeCadena(almacen, cadenaId, desde)
    if (hay) return llave // later chains have larger keys (cadena.ts)
    inicio = llave
  }
  return inicio
}

/** `hay` false: all of it is older, and `llave` is its end, where it may go on. */
async function inicioDeCadena(almacen: Almacen, cadenaId: string, desde: number): Promise<{ llave: string; hay: boolean }> {
  const en = async (seq: number) => (await leerTramo(almacen, cadenaId, seq, 1))[0]
  const primero = await en(0)
  if (!primero || !esAnterior(primero, desde)) return { llave: llaveDeRenglon(cadenaId, 0), hay: primero !== undefined }
  let anterior = primero.seq
  let posterior = primero.seq + 1
  for (let sonda = await en(posterior); sonda && esAnterior(sonda, desde); sonda = await en(posterior)) {
    anterior = sonda.seq
    posterior = primero.seq + 2 * (sonda.seq - primero.seq)
  }
  while (posterior - anterior > 1) {
    const medio = Math.floor((anterior + posterior) / 2)
    const sonda = await en(medio)
    if (sonda && esAnterior(sonda, desde)) anterior = Math.min(sonda.seq, posterior - 1)
    else posterior = medio
  }
  const hay = (await en(posterior)) !== undefined
  return { llave: llaveDeRenglon(cadenaId, Math.max(primero.seq, posterior - MARGEN)), hay }
}

/** By both of its hours. */
const esAnterior = (renglon: Renglon, desde: number): boolean => renglon.wall < desde && horaDe(renglon) < desde
