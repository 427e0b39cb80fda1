/** The sheet of a cupón as a draft over its document (CUP-03): only what was changed is written (R7). Pure. */
import { diaLocal } from '../../../schema/core/tiempo.ts'
import { CUPON_NUEVO, type Cupon, FORMA_DE_CODIGO } from '../../../schema/domain/cupones/cupon.ts'
import { finDelDia, inicioDelDia, masDias } from './dias.ts'

export type CamposDeCupon = Omit<Cupon, 'id' | 'borrado' | 'sellos'>
export type FallaDeCupon =
  | 'faltaTitulo'
  | 'porcentaje'
  | 'monto'
  | 'compraMinima'
  | 'fechas'
  | 'faltaFecha'
  | 'limite'
  | 'codigo'
  | 'codigoOcupado'
  | 'faltaArticulo'

const DIAS_AL_EMPEZAR = 30

/** A percentage from today, in the days of `zona`, for thirty days. */
export function cuponNuevo(ahora: number, zona: string): CamposDeCupon {
  const hoy = diaLocal(ahora, zona)
  const vigencia = { desdeAt: inicioDelDia(hoy, zona), venceAt: finDelDia(masDias(hoy, DIAS_AL_EMPEZAR), zona) }
  return { titulo: '', tipo: 'porcentaje', valor: 10, codigo: '', ...vigencia, ...CUPON_NUEVO }
}

export const camposDeCupon = ({ id, borrado, sellos, ...campos }: Cupon): CamposDeCupon => campos

/** A field whose kind changed has another measure: 20 percent is not 20 centavos. */
export const conTipo = (campos: CamposDeCupon, tipo: Cupon['tipo']): Pick<CamposDeCupon, 'tipo' | 'valor'> =>
  tipo === campos.tipo ? { tipo, valor: campos.valor } : { tipo, valor: tipo === 'porcentaje' ? 10 : tipo === 'monto' ? 5_000 : 0 }

const PALABRAS_VACIAS = new Set(['DE', 'EN', 'LA', 'EL', 'TU', 'TUS', 'LOS', 'LAS', 'POR', 'CON', 'PARA', 'Y', 'A', 'OFF', 'DESCUENTO'])
const LARGO_DE_PROPUESTA = 12

/** A code of the title that nobody else uses: `PIZZA30`, `PIZZA30-2`. `ocupados`: those of the other cupones. */
export function proponerCodigo(titulo: string, ocupados: ReadonlySet<string>): string {
  const palabras = titulo
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((palabra) => palabra !== '' && !PALABRAS_VACIAS.has(palabra))
  let base = ''
  for (const palabra of palabras) if ((base + palabra).length <= LARGO_DE_PROPUESTA) base += palabra
  if (base.length < 3) base = `${base || (palabras[0] ?? '')}CUPON`.slice(0, LARGO_DE_PROPUESTA)
  for (let n = 1; ; n++) {
    const codigo = n === 1 ? base : `${base}-${n}`
    if (!ocupados.has(codigo)) return codigo
  }
}

/** As it is typed: capitals, no blanks. */
export const codigoTecleado = (texto: string): string => texto.toUpperCase().replace(/\s+/g, '').slice(0, 20)

/** What keeps it from being saved, by field. */
export function fallasDeCupon(c: CamposDeCupon, ocupados: ReadonlySet<string>): Partial<Record<keyof CamposDeCupon, FallaDeCupon>> {
  return {
    ...(c.titulo.trim() === '' ? { titulo: 'faltaTitulo' as const } : {}),
    ...fallaDeValor(c),
    ...(Number.isInteger(c.compraMinimaCentavos) ? {} : { compraMinimaCentavos: 'compraMinima' as const }),
    ...(Number.isFinite(c.desdeAt) ? {} : { desdeAt: 'faltaFecha' as const }),
    ...(Number.isFinite(c.venceAt) ? (c.venceAt > c.desdeAt ? {} : { venceAt: 'fechas' as const }) : { venceAt: 'faltaFecha' as const }),
    ...(entre(c.limitePorCliente, 1, 1_000) ? {} : { limitePorCliente: 'limite' as const }),
    ...(c.limiteTotal === null || entre(c.limiteTotal, 1, 10_000_000) ? {} : { limiteTotal: 'limite' as const }),
    ...(FORMA_DE_CODIGO.test(c.codigo) ? {} : { codigo: 'codigo' as const }),
    ...(ocupados.has(c.codigo) ? { codigo: 'codigoOcupado' as const } : {}),
    ...(c.tipo === 'regalo' && c.articulos.length === 0 ? { articulos: 'faltaArticulo' as const } : {}),
  }
}

const entre = (n: number, de: number, a: number): boolean => Number.isInteger(n) && n >= de && n <= a

function fallaDeValor({ tipo, valor }: CamposDeCupon): { valor?: FallaDeCupon } {
  if (tipo === 'porcentaje' && !entre(valor, 1, 100)) return { valor: 'porcentaje' }
  return tipo === 'monto' && !(Number.isInteger(valor) && valor > 0) ? { valor: 'monto' } : {}
}

/** Where it stands today (CUP-01). */
export type SituacionDeCupon = 'vigente' | 'por_empezar' | 'pausado' | 'terminado'

export function situacionDeCupon(c: Pick<Cupon, 'activo' | 'desdeAt' | 'venceAt'>, ahora: number): SituacionDeCupon {
  if (ahora > c.venceAt) return 'terminado'
  if (!c.activo) return 'pausado'
  return ahora < c.desdeAt ? 'por_empezar' : 'vigente'
}
