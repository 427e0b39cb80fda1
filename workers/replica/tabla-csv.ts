/** CSV text into cells and back; papaparse is loaded by whoever first imports or exports. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { columnasDe, desproteger, type Encabezado, FILAS_MAXIMAS, proteger } from '../../schema/domain/articulos/csv.ts'

/** Longest text that is read, in UTF-16 units: far more than 20,000 rows need. */
const LARGO_MAXIMO = 40_000_000
const DELIMITADORES = [',', ';', '\t']
const SALTO = '\r\n'
/** So that spreadsheets read the file as UTF-8. */
const MARCA = '\ufeff'

export interface Tabla {
  titulos: string[]
  encabezado: Encabezado
  /** `renglon` counts from 1 below the heading; blank lines count and are left out. */
  filas: { renglon: number; celdas: string[] }[]
}

const cargar = async () => (await import('papaparse')).default

/** The delimiter is the one that gives most known columns. @throws Rechazo ARCHIVO_ILEGIBLE, ARCHIVO_GRANDE, COLUMNA_FALTA */
export async function leerTabla(crudo: string): Promise<Tabla> {
  if (crudo.length > LARGO_MAXIMO) throw new Rechazo('ARCHIVO_GRANDE')
  const papa = await cargar()
  const texto = crudo.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '')
  if (texto.includes('\0')) throw new Rechazo('ARCHIVO_ILEGIBLE')
  const conocidas = (delimiter: string) => columnasDe(papa.parse<string[]>(texto, { delimiter, preview: 1 }).data[0] ?? []).size
  const delimiter = DELIMITADORES.reduce((mejor, uno) => (conocidas(uno) > conocidas(mejor) ? uno : mejor))
  const { data, errors } = papa.parse<string[]>(texto, { delimiter })
  if (errors.some(({ type }) => type === 'Quotes')) throw new Rechazo('ARCHIVO_ILEGIBLE')
  const [titulos, ...resto] = data
  const encabezado = columnasDe(titulos ?? [])
  if (!titulos || encabezado.size === 0) throw new Rechazo('ARCHIVO_ILEGIBLE')
  if (!encabezado.has('nombre') && !encabezado.has('id')) throw new Rechazo('COLUMNA_FALTA', 'nombre')
  const filas = resto.map((celdas, i) => ({ renglon: i + 1, celdas })).filter(({ celdas }) => celdas.some((celda) => celda.trim()))
  if (filas.length > FILAS_MAXIMAS) throw new Rechazo('ARCHIVO_GRANDE')
  return { titulos, encabezado, filas }
}

export async function escribirTabla(filas: string[][]): Promise<string> {
  const papa = await cargar()
  return `${MARCA}${papa.unparse(filas, { newline: SALTO })}${SALTO}`
}

/** Cells as somebody's file had them, safe to open again. */
export const celdasAjenas = (celdas: readonly string[]): string[] =>
  celdas.map((celda) => (desproteger(celda) === celda ? proteger(celda) : celda))
