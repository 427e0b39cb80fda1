/** What a row of a shape is on the wire (SH3): every value the text PostgreSQL would write, with its type in the header `electric-schema`. */
import type { Imagen } from '../rebanadas.ts'

/** `instante`: ms since the epoch, an int8 on the wire. `lista`: an array of one dimension. */
export interface Columna {
  tipo: 'text' | 'uuid' | 'bool' | 'int4' | 'int8' | 'float8' | 'jsonb' | 'instante'
  lista?: true
  nula?: true
}
export type Columnas = Record<string, Columna>
/** Text per column; null is null. */
export type Valores = Record<string, string | null>

export const columna = (tipo: Columna['tipo'], nula?: 'nula'): Columna => (nula ? { tipo, nula: true } : { tipo })
export const lista = (tipo: 'text' | 'uuid'): Columna => ({ tipo, lista: true })

/** The value of `electric-schema`. `dims`, not `dimensions`: the client reads no other name. */
export function esquemaDe(columnas: Columnas, llave: string): string {
  const entradas = Object.entries(columnas).map(([nombre, c]) => [
    nombre,
    {
      type: c.tipo === 'instante' ? 'int8' : c.tipo,
      ...(c.lista ? { dims: 1 } : {}),
      ...(c.nula ? {} : { not_null: true }),
      ...(nombre === llave ? { pk_index: 0 } : {}),
    },
  ])
  return JSON.stringify(Object.fromEntries(entradas))
}

const aColumna = (nombre: string): string => nombre.replace(/[A-Z]/g, (letra) => `_${letra.toLowerCase()}`)

/**
 * A row image as a document: images are documents of the wire (camelCase, ms) or rows of a table as PostgreSQL writes them in JSON (snake_case,
 * instants as text). A column that is missing is null. What is no column stays beside them for the predicate, and goes no further.
 */
export function leerImagen(columnas: Columnas, imagen: Record<string, unknown>): Imagen {
  const doc: Record<string, unknown> = { ...imagen }
  for (const [nombre, { tipo }] of Object.entries(columnas)) {
    const valor = imagen[nombre] ?? imagen[aColumna(nombre)] ?? null
    doc[nombre] = tipo === 'instante' && typeof valor === 'string' ? Date.parse(valor) : valor
  }
  return doc as Imagen
}

export function valoresDe(columnas: Columnas, doc: Record<string, unknown>): Valores {
  const valores: Valores = {}
  for (const [nombre, c] of Object.entries(columnas)) valores[nombre] = texto(c, doc[nombre])
  return valores
}

function texto({ tipo, lista: esLista }: Columna, valor: unknown): string | null {
  if (valor === null || valor === undefined) return null
  if (esLista) return `{${(valor as unknown[]).map(elemento).join(',')}}`
  return tipo === 'jsonb' ? JSON.stringify(valor) : String(valor)
}

/** An element of an array literal, quoted as PostgreSQL does. */
function elemento(valor: unknown): string {
  if (valor === null) return 'NULL'
  const suelto = String(valor)
  return suelto === '' || /[{},"\\\s]|^null$/i.test(suelto) ? `"${suelto.replace(/["\\]/g, '\\$&')}"` : suelto
}
