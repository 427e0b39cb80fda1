/** Why a sale needs a person, in three words: for a line of a list. The whole sentence is the code's own text. */
import type { Codigo } from '../../../schema/core/codigos.ts'
import { catalogo, textoDe } from '../../lib/i18n.ts'

const TITULOS = catalogo({
  es: {
    duplicado: 'Ya se había recibido',
    qr_repetido: 'QR repetido',
    qr_invalido: 'QR inválido',
    TARJETA_CLAVE: 'Clave que no coincide',
    cajero_baja: 'Cajero dado de baja',
    dispositivo_revocado: 'Equipo dado de baja',
    reloj: 'Reloj que no coincide',
    sin_licencia: 'Sin licencia vigente',
    limite: 'Fuera de lo normal',
    reembolso_excedido: 'Reembolso de más',
    ya_anulada: 'Ya estaba anulada',
    en_espera: 'Espera a otra venta',
    huerfano: 'Su venta no llegó',
    articulo_no_disponible: 'Artículo no disponible',
    sobregiro: 'Saldo que no alcanzó',
    HECHO_INVALIDO: 'No se pudo leer',
    HECHO_DESCONOCIDO: 'Tipo desconocido',
  },
  en: {
    duplicado: 'Already received',
    qr_repetido: 'QR used twice',
    qr_invalido: 'Invalid QR',
    TARJETA_CLAVE: 'Code that does not match',
    cajero_baja: 'Deactivated cashier',
    dispositivo_revocado: 'Revoked device',
    reloj: 'Clocks that disagree',
    sin_licencia: 'No valid lease',
    limite: 'Unusual',
    reembolso_excedido: 'Refunded too much',
    ya_anulada: 'Already cancelled',
    en_espera: 'Waits for another sale',
    huerfano: 'Its sale never came',
    articulo_no_disponible: 'Item not available',
    sobregiro: 'Balance too low',
    HECHO_INVALIDO: 'Could not be read',
    HECHO_DESCONOCIDO: 'Unknown kind',
  },
})

export const tituloDeMotivo = (codigo: Codigo): string =>
  Object.hasOwn(TITULOS, codigo) ? TITULOS[codigo as keyof typeof TITULOS] : textoDe(codigo)
