/** What CardYA asks of the server about canjes (CARD-36, 37), and what went wrong in words a shopper can act on. */
import type { Codigo } from '../../schema/core/codigos.ts'
import type { MiCanje } from '../../schema/protocol/canjes.ts'
import { textoDe } from '../lib/texto-de-codigo.ts'
import type { CanjeEnFoto } from './mis-canjes.ts'
import { t } from './textos-de-canjes.ts'

/** `lugar`: name of the sucursal it was asked for. */
export const comoCanje = (c: MiCanje, lugar: string | null): CanjeEnFoto => ({
  ...{ id: c.canjeId, negocioId: c.negocioId, negocioNombre: c.negocioNombre, nombre: c.nombre, puntos: c.puntos, codigo: c.codigo },
  ...{ qr: c.qr, lugar, venceAt: c.venceAt, estado: c.estado, apartado: c.apartado, creadoAt: c.creadoAt, cerradoAt: c.cerradoAt },
})

export function enPalabras({ codigo, campo }: { codigo: Codigo; campo?: string }): string {
  if (codigo === 'DATO_INVALIDO' && campo === 'puntos') return t.cambioPrecio
  if (codigo === 'SIN_CONEXION') return t.necesitaRed
  if (codigo === 'DEMASIADAS_PETICIONES') return t.muchos
  return codigo === 'HECHO_EN_PROCESO' ? t.enProceso : textoDe(codigo)
}
