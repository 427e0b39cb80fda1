/**
 * CAT-11. The catálogo as a table of texts, and back. A file written here and read again says the same articulos, and one in this form is written again
 * byte by byte. Pure: whoever calls splits the text into cells and joins them.
 */
import type { Codigo } from '../../core/codigos.ts'
import { centavosDesdePesos, pesosDesdeCentavos } from '../../core/dinero.ts'
import { plegar } from '../../core/plegar.ts'
import { Rechazo } from '../../core/rechazo.ts'
import { esTextoGuardable } from '../../core/textos.ts'
import { type Articulo, articulo } from './articulo.ts'

export const COLUMNAS = [
  ...(['id', 'nombre', 'descripcion', 'precio', 'categoria', 'tipo', 'visible', 'destacado', 'desde', 'agotado', 'sucursales'] as const),
] as const
export type Columna = (typeof COLUMNAS)[number]
/** Of a file, without its heading. */
export const FILAS_MAXIMAS = 20_000

/** What a row says of an articulo: the fields of its columns alone. */
export type Campos = Partial<
  Pick<
    Articulo,
    'nombre' | 'descripcion' | 'precioCentavos' | 'categoria' | 'tipo' | 'visible' | 'destacado' | 'desde' | 'agotado' | 'sucursales'
  >
>
export interface Sucursales {
  /** By id. */
  nombres: ReadonlyMap<string, string>
  /** By folded name; only names that one sucursal alone has. */
  ids: ReadonlyMap<string, string>
}
export type Encabezado = ReadonlyMap<Columna, number>
export type FilaLeida = { ok: true; id: string | null; campos: Campos } | { ok: false; columna: Columna; valor: string; codigo: Codigo }

/** Which field each column fills. */
export const CAMPO_DE: Record<Exclude<Columna, 'id'>, keyof Campos> = {
  nombre: 'nombre',
  descripcion: 'descripcion',
  precio: 'precioCentavos',
  categoria: 'categoria',
  tipo: 'tipo',
  visible: 'visible',
  destacado: 'destacado',
  desde: 'desde',
  agotado: 'agotado',
  sucursales: 'sucursales',
}
const EN_INGLES: Record<string, Columna> = {
  name: 'nombre',
  description: 'descripcion',
  price: 'precio',
  category: 'categoria',
  type: 'tipo',
  featured: 'destacado',
  from: 'desde',
  'sold out': 'agotado',
  branches: 'sucursales',
}
const ES_COLUMNA: ReadonlySet<string> = new Set(COLUMNAS)
const VERDADERO: ReadonlySet<string> = new Set(['si', 's', 'yes', 'y', 'true', 'verdadero', '1', 'x'])
const FALSO: ReadonlySet<string> = new Set(['no', 'n', 'false', 'falso', '0'])
const TIPOS: Record<string, Articulo['tipo']> = { producto: 'producto', product: 'producto', servicio: 'servicio', service: 'servicio' }
const SEPARADOR = '|'

/** Sucursales of a negocio, to be named in a file. */
export function sucursalesDe(lista: readonly { id: string; nombre: string }[]): Sucursales {
  const cuantas = new Map<string, number>()
  for (const { nombre } of lista) cuantas.set(plegar(nombre), (cuantas.get(plegar(nombre)) ?? 0) + 1)
  const unicas = lista.filter(({ nombre }) => cuantas.get(plegar(nombre)) === 1 && !nombre.includes(SEPARADOR))
  return {
    nombres: new Map(unicas.map(({ id, nombre }) => [id, nombre.trim()])),
    ids: new Map(unicas.map(({ id, nombre }) => [plegar(nombre), id])),
  }
}

/** The columns of a heading, in any order and case, in Spanish or English; those nobody knows are left out. */
export function columnasDe(celdas: readonly string[]): Encabezado {
  const encabezado = new Map<Columna, number>()
  for (const [i, celda] of celdas.entries()) {
    const palabra = plegar(desproteger(celda)).replaceAll('_', ' ')
    const columna = ES_COLUMNA.has(palabra) ? (palabra as Columna) : EN_INGLES[palabra]
    if (columna && !encabezado.has(columna)) encabezado.set(columna, i)
  }
  return encabezado
}

/**
 * One row. An empty cell of `tipo` or of a sí/no says nothing; an empty description or categoría is an empty one; empty `sucursales`: everywhere.
 * The first cell at fault is answered with its code.
 */
export function leerFila(celdas: readonly string[], encabezado: Encabezado, sucursales: Sucursales): FilaLeida {
  const campos: Record<string, unknown> = {}
  for (const columna of COLUMNAS) {
    const lugar = encabezado.get(columna)
    if (columna === 'id' || lugar === undefined) continue
    const valor = limpiar(celdas[lugar] ?? '')
    try {
      const leido = leerCelda(columna, valor, sucursales)
      const campo = CAMPO_DE[columna]
      if (leido === undefined) continue
      if (!articulo.shape[campo].safeParse(leido).success) throw new Rechazo('DATO_INVALIDO')
      campos[campo] = leido
    } catch (error) {
      if (error instanceof Rechazo) return { ok: false, columna, valor, codigo: error.codigo }
      throw error
    }
  }
  const lugarDeId = encabezado.get('id')
  const id = lugarDeId === undefined ? '' : limpiar(celdas[lugarDeId] ?? '').toLowerCase()
  return { ok: true, id: id || null, campos: campos as Campos }
}

/** The cells of an articulo, in the order of COLUMNAS. */
export function celdasDe(a: Articulo, sucursales: Sucursales): string[] {
  const siONo = (si: boolean) => (si ? 'sí' : 'no')
  const donde = [...a.sucursales].map((id) => sucursales.nombres.get(id) ?? id).sort()
  return [
    ...[a.id, a.nombre, a.descripcion, pesosDesdeCentavos(a.precioCentavos), a.categoria, a.tipo],
    ...[siONo(a.visible), siONo(a.destacado), siONo(a.desde), siONo(a.agotado), donde.join(SEPARADOR)],
  ].map((celda) => proteger(celda.replaceAll(/\r\n?/g, '\n').trim()))
}

/** Columns whose value a row changes. Spaces around a text and the order of sucursales are no change. */
export function columnasQueCambian(actual: Articulo, campos: Campos): Exclude<Columna, 'id'>[] {
  const igual = (x: unknown, y: unknown) => textoDeValor(x) === textoDeValor(y)
  return (Object.keys(CAMPO_DE) as Exclude<Columna, 'id'>[]).filter((columna) => {
    const campo = CAMPO_DE[columna]
    return campos[campo] !== undefined && !igual(actual[campo], campos[campo])
  })
}
/** For comparing. */
const textoDeValor = (valor: unknown): string =>
  typeof valor === 'string' ? limpiarTexto(valor) : JSON.stringify(Array.isArray(valor) ? [...valor].sort() : valor)

/**
 * A cell that a spreadsheet would take for a formula begins with an apostrophe; so does one that began like such a cell already, so that `desproteger`
 * gives every text back.
 */
export const proteger = (celda: string): string => (/^'*[=+\-@\t\r]/.test(celda) ? `'${celda}` : celda)
export const desproteger = (celda: string): string => (/^'+[=+\-@\t\r]/.test(celda) ? celda.slice(1) : celda)

const limpiarTexto = (texto: string): string => texto.replaceAll(/\r\n?/g, '\n').trim()
const limpiar = (celda: string): string => limpiarTexto(desproteger(limpiarTexto(celda)))

/** undefined: the cell says nothing. @throws Rechazo */
function leerCelda(columna: Exclude<Columna, 'id'>, valor: string, sucursales: Sucursales): unknown {
  // A file read in another alphabet than its own shows it by this sign.
  if (valor.includes('\ufffd') || !esTextoGuardable(valor)) throw new Rechazo('DATO_INVALIDO')
  switch (columna) {
    case 'nombre':
    case 'descripcion':
    case 'categoria':
      return valor
    case 'precio':
      return leerPrecio(valor)
    case 'sucursales':
      return leerSucursales(valor, sucursales)
    case 'tipo':
      return valor === '' ? undefined : (TIPOS[plegar(valor)] ?? invalido())
    default:
      return valor === '' ? undefined : leerSiONo(plegar(valor))
  }
}
function invalido(): never {
  throw new Rechazo('DATO_INVALIDO')
}
function leerSiONo(palabra: string): boolean {
  if (VERDADERO.has(palabra)) return true
  return FALSO.has(palabra) ? false : invalido()
}
/** `$1,250.00`, `1250`, `1,250.5 MXN`: pesos, a comma only between thousands. 0 is a price. */
function leerPrecio(valor: string): number {
  const texto = valor.replace(/^\$\s*/, '').replace(/\s*(mxn|m\.n\.)$/i, '')
  if (/,/.test(texto) && !/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(texto)) throw new Rechazo('MONTO_INVALIDO')
  const pesos = texto.replaceAll(',', '')
  if (/^0+(\.0{1,2})?$/.test(pesos)) return 0
  return centavosDesdePesos(pesos)
}
function leerSucursales(valor: string, { nombres, ids }: Sucursales): string[] {
  const partes = valor.split(SEPARADOR).map((parte) => parte.trim())
  return [...new Set(partes.filter(Boolean).map((parte) => ids.get(plegar(parte)) ?? (esId(parte, nombres) ? parte : invalido())))]
}
/** A sucursal that has no name of its own is named by its id. */
const esId = (parte: string, nombres: ReadonlyMap<string, string>): boolean =>
  nombres.has(parte) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(parte)
