/** CUP-28. What anybody may see of a cupón, in words. Pure but for the language. */
import type { TipoDeCupon } from '../../../schema/domain/cupones/cupon.ts'
import type { Nivel } from '../../../schema/domain/niveles/nivel.ts'
import { nombreDeNivel } from '../../domain/clientes/cliente-en-palabras.ts'
import { fecha, fechaYHora, pesos } from '../../lib/formato.ts'
import { t } from './textos-de-cupon.ts'

export interface CuponPublico {
  negocioId: string
  negocioNombre: string
  ciudad: string
  cupon: {
    cuponId: string
    titulo: string
    descripcion: string
    tipo: TipoDeCupon
    /** A percentage, or pesos. */
    valor: number
    /** Pesos; 0: any. */
    compraMinima: number
    desdeAt: number
    venceAt: number
    limitePorCliente: number
    codigo: string
    nivelRequerido: Nivel | null
    soloConConexion: boolean
    /** Path of its picture. */
    imagen: string | null
  }
  /** Names of where it counts; empty: everywhere. */
  sucursales: string[]
  /** As the server said it. */
  estado: EstadoPublico
}
export type EstadoPublico = 'vigente' | 'no_empieza' | 'vencido' | 'agotado'

/** More uses than these are as good as no limit. */
const POCOS_USOS = 20
const DIA = 86_400_000

const enPesos = (monto: number): string => pesos(Math.round(monto * 100)).replace(/\.00$/, '')

/** A copy outlives what it says: what began or ended since is told by the hour, ms. What is used up stays so. */
export function estadoAhora({ estado, cupon }: Pick<CuponPublico, 'estado' | 'cupon'>, ahora: number): EstadoPublico {
  if (ahora > cupon.venceAt) return 'vencido'
  return estado === 'no_empieza' && ahora >= cupon.desdeAt ? 'vigente' : estado
}

/** CUP-16, 26. Whether to offer keeping it: plata and oro keep it before it begins, by as much as their card says. */
export const seOfreceGuardar = (estado: EstadoPublico): boolean => estado === 'vigente' || estado === 'no_empieza'

/** In the space of a stub: `30%` and under it `menos`. */
export function talonDe({ tipo, valor }: Pick<CuponPublico['cupon'], 'tipo' | 'valor'>): [string, string] {
  if (tipo === 'porcentaje') return [`${valor}%`, t.menos]
  if (tipo === 'monto') return [enPesos(valor), t.menos]
  return tipo === 'dos_por_uno' ? ['2x1', t.porUno] : [t.regalo, t.gratis]
}

/** In which sentence its state is said; `pronto`: it ends within a day. */
export function fraseDe(c: Pick<CuponPublico, 'estado' | 'cupon'>, ahora: number, zona: string): { texto: string; pronto: boolean } {
  const estado = estadoAhora(c, ahora)
  const { desdeAt, venceAt } = c.cupon
  if (estado === 'vencido') return { texto: t.vencido(fecha(venceAt, zona)), pronto: false }
  if (estado === 'agotado') return { texto: t.agotado, pronto: false }
  if (estado === 'no_empieza') return { texto: t.empieza(fechaYHora(desdeAt, zona)), pronto: false }
  return { texto: t.hasta(fechaYHora(venceAt, zona)), pronto: venceAt - ahora < DIA }
}

/** CUP-15. Each on its own. */
export function condicionesDe({ cupon: c, sucursales }: Pick<CuponPublico, 'cupon' | 'sucursales'>, zona: string): string[] {
  return [
    t.delAl(fecha(c.desdeAt, zona), fechaYHora(c.venceAt, zona)),
    c.compraMinima > 0 ? t.compraMinima(enPesos(c.compraMinima)) : '',
    sucursales.length > 0 ? t.enSucursales(sucursales.join(', ')) : '',
    c.nivelRequerido ? t.pideNivel(nombreDeNivel(c.nivelRequerido)) : '',
    c.limitePorCliente === 1 ? t.unaVez : c.limitePorCliente <= POCOS_USOS ? t.variasVeces(c.limitePorCliente) : '',
    c.soloConConexion ? t.conConexion : '',
    t.conTarjeta,
  ].filter(Boolean)
}

/** Where the card keeps it: one's own card, at its own address (the server sends it on when the card has a hostname). */
export const enMiTarjeta = ({ negocioId, cupon }: Pick<CuponPublico, 'negocioId' | 'cupon'>): string =>
  `/cardya-widget/#guardar=${negocioId}.${cupon.cuponId}`
