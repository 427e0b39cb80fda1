/** Rows and changes as messages of the wire (SH3). */
import type { Imagen } from '../rebanadas.ts'
import { type Valores, valoresDe } from './columnas.ts'
import type { Forma } from './forma.ts'

/** `completa`: updates carry the whole row and the old values of what changed (`replica=full`); otherwise what changed and the key. */
export type Replica = 'completa' | 'cambios'

export interface Mensaje {
  key?: string
  value?: Valores
  old_value?: Valores
  headers: Record<string, string | number | string[]>
}

export interface RenglonDeForma {
  seq: number
  pk: string
  antes: Record<string, unknown> | null
  despues: Record<string, unknown> | null
}

export const ESQUEMA = 'public'
const entreComillas = (texto: string) => `"${texto.replaceAll('"', '""').replaceAll('/', '//')}"`
const llaveDe = ({ tabla }: Forma, pk: string) => `${entreComillas(ESQUEMA)}.${entreComillas(tabla)}/${entreComillas(pk)}`
const pkDe = (forma: Forma, fila: Imagen) => String(fila[forma.llave])

export const alDia = (seq: number): Mensaje => ({ headers: { control: 'up-to-date', global_last_seen_lsn: String(seq) } })
export const VUELVE_A_EMPEZAR: Mensaje = { headers: { control: 'must-refetch' } }

/** A row of the snapshot. */
export const comoInsercion = (forma: Forma, fila: Imagen): Mensaje => ({
  key: llaveDe(forma, pkDe(forma, fila)),
  value: valoresDe(forma.columnas, fila),
  headers: { operation: 'insert', relation: [ESQUEMA, forma.tabla] },
})

/**
 * A row of the log as this shape sees it; undefined: it is none of its business. A change whose earlier image is not kept comes as an insert of the whole
 * row, which readers take for what it is; a row that is gone and whose earlier image is not kept is a delete for everybody.
 */
export function comoCambio(
  forma: Forma,
  { seq, pk, antes, despues }: { seq: number; pk: string; antes: Imagen | null; despues: Imagen | null },
  replica: Replica,
): Mensaje | undefined {
  const headers = { relation: [ESQUEMA, forma.tabla], lsn: String(seq), op_position: 0 }
  const key = llaveDe(forma, pk)
  const estaba = antes !== null && forma.incluye(antes)
  if (despues === null || !forma.incluye(despues)) {
    if (!estaba && !(antes === null && despues === null)) return undefined
    return { key, value: { [forma.llave]: pk }, headers: { operation: 'delete', ...headers } }
  }
  const nuevos = valoresDe(forma.columnas, despues)
  if (!estaba) return { key, value: nuevos, headers: { operation: 'insert', ...headers } }
  const viejos = valoresDe(forma.columnas, antes)
  const distintas = Object.keys(nuevos).filter((nombre) => nuevos[nombre] !== viejos[nombre])
  if (distintas.length === 0) return undefined
  const solo = (valores: Valores): Valores => Object.fromEntries(distintas.map((nombre) => [nombre, valores[nombre] ?? null]))
  const operacion = { operation: 'update', ...headers }
  return replica === 'completa'
    ? { key, value: nuevos, old_value: solo(viejos), headers: operacion }
    : { key, value: { [forma.llave]: nuevos[forma.llave] ?? null, ...solo(nuevos) }, headers: operacion }
}
