import { puntosEnPalabras } from '../../../schema/domain/puntos/palabras.ts'
import { catalogo } from '../../lib/i18n.ts'

const es = (puntos: number) => puntosEnPalabras(puntos, 'es')
const en = (puntos: number) => puntosEnPalabras(puntos, 'en')

const de = (cliente: string, preposicion: string) => (cliente ? ` ${preposicion} ${cliente}` : '')

export const t = catalogo({
  es: {
    aprobaste: (n: number) => `Aprobaste ${es(n)}`,
    negaste: (n: number) => `Negaste ${es(n)}`,
    aprobasteDe: (n: number, cliente: string) => `Aprobaste ${es(n)}${de(cliente, 'de')}`,
    negasteDe: (n: number, cliente: string) => `Negaste ${es(n)}${de(cliente, 'de')}`,
    qr_repetido: 'QR repetido',
    cajero_baja: 'Cajero dado de baja',
    dispositivo_revocado: 'Equipo dado de baja',
    reloj: 'Reloj del equipo',
    sin_licencia: 'Sin licencia vigente',
    limite: 'Fuera de lo normal',
    manual: 'Tarjetas escritas a mano',
    otraRegla: 'Por revisar',
    titulo_qr_repetido: 'Mismo QR en dos ventas',
    titulo_cajero_baja: 'Vendió alguien dado de baja',
    titulo_dispositivo_revocado: 'La mandó un equipo dado de baja',
    titulo_reloj: 'Los relojes no coinciden',
    titulo_sin_licencia: 'La caja vendió sin licencia vigente',
    titulo_limite: 'Una venta fuera de lo normal',
    titulo_manual: 'Muchas tarjetas escritas a mano',
    por_qr_repetido: (quien: string) =>
      `La tarjeta de ${quien} mostró el mismo código en dos ventas. La primera ya sumó sus puntos; los de esta esperan tu visto bueno.`,
    por_cajero_baja: (quien: string) =>
      `La venta a ${quien} se registró con el PIN de alguien que ya no trabajaba aquí. La venta cuenta; sus puntos esperan.`,
    por_dispositivo_revocado: (quien: string) =>
      `La venta a ${quien} llegó de un equipo que ya habías dado de baja. La venta cuenta; sus puntos esperan.`,
    por_reloj: (quien: string) => `La hora de la caja y la del teléfono de ${quien} no coinciden. La venta cuenta; sus puntos esperan.`,
    por_sin_licencia: (quien: string) =>
      `La caja llevaba demasiado sin conectarse cuando le vendió a ${quien}. La venta cuenta; sus puntos esperan.`,
    por_limite: (quien: string) => `Esta venta a ${quien} se sale de lo que acostumbra el negocio. La venta cuenta; sus puntos esperan.`,
    por_manual: (quien: string) =>
      `Hoy esta caja escribió a mano muchas tarjetas, también la de ${quien}. La venta cuenta; sus puntos esperan.`,
    por_otra: (quien: string) => `Los puntos de esta venta a ${quien} esperan tu visto bueno.`,
    elCliente: 'el cliente',
    seAcreditan: (fecha: string) => `Se acreditan solos el ${fecha}`,
    caducan: (fecha: string) => `Caducan el ${fecha}`,
  },
  en: {
    aprobaste: (n) => `You approved ${en(n)}`,
    negaste: (n) => `You refused ${en(n)}`,
    aprobasteDe: (n, cliente) => `You approved ${en(n)}${de(cliente, 'of')}`,
    negasteDe: (n, cliente) => `You refused ${en(n)}${de(cliente, 'of')}`,
    qr_repetido: 'Repeated QR',
    cajero_baja: 'Deactivated cashier',
    dispositivo_revocado: 'Revoked device',
    reloj: 'Clock of the device',
    sin_licencia: 'No valid lease',
    limite: 'Out of the ordinary',
    manual: 'Cards typed by hand',
    otraRegla: 'To review',
    titulo_qr_repetido: 'Same QR in two sales',
    titulo_cajero_baja: 'Sold by somebody deactivated',
    titulo_dispositivo_revocado: 'Sent by a revoked device',
    titulo_reloj: 'The clocks disagree',
    titulo_sin_licencia: 'The till sold without a valid lease',
    titulo_limite: 'A sale out of the ordinary',
    titulo_manual: 'Many cards typed by hand',
    por_qr_repetido: (quien) =>
      `The card of ${quien} showed the same code in two sales. The first one earned its points; these wait for you.`,
    por_cajero_baja: (quien) =>
      `The sale to ${quien} was made with the PIN of somebody who no longer worked here. The sale counts; its points wait.`,
    por_dispositivo_revocado: (quien) => `The sale to ${quien} came from a device you had revoked. The sale counts; its points wait.`,
    por_reloj: (quien) => `The hour of the till and that of the phone of ${quien} disagree. The sale counts; its points wait.`,
    por_sin_licencia: (quien) => `The till had been offline for too long when it sold to ${quien}. The sale counts; its points wait.`,
    por_limite: (quien) => `This sale to ${quien} is unlike what the business is used to. The sale counts; its points wait.`,
    por_manual: (quien) => `Today this till typed many cards by hand, also that of ${quien}. The sale counts; its points wait.`,
    por_otra: (quien) => `The points of this sale to ${quien} wait for you.`,
    elCliente: 'the customer',
    seAcreditan: (fecha) => `Credited by themselves on ${fecha}`,
    caducan: (fecha) => `They lapse on ${fecha}`,
  },
})
