/** What a cashier can do about something that needs a person. Pure. */
import type { Codigo } from '../../../schema/core/codigos.ts'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { falta as f } from './textos-de-lo-que-falta.ts'

const DINERO = f.hacer_dinero
const CANJE = f.hacer_canje
const POR_CODIGO: Partial<Record<Codigo, string>> = {
  reloj: f.hacer_reloj,
  sin_licencia: f.hacer_conectar,
  qr_repetido: f.hacer_qr,
  qr_invalido: f.hacer_qr,
  TARJETA_CLAVE: f.hacer_qr,
  ...{ reembolso_excedido: DINERO, cambio_excedido: DINERO, cupon_excedido: DINERO },
  ...{ en_espera: f.hacer_espera, huerfano: f.hacer_espera },
  ...{ canje_doble: CANJE, canje_tardio: CANJE, canje_vencido: CANJE, canje_otra_sucursal: CANJE },
  ...{ HECHO_INVALIDO: f.hacer_soporte, HECHO_DESCONOCIDO: f.hacer_soporte },
}

export const queHacer = ({ motivo }: Pick<Movimiento, 'motivo'>): string => (motivo ? POR_CODIGO[motivo] : undefined) ?? f.hacer_dueno
