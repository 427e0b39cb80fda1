/** What a rule looked at, as names and values people read. A name this release does not know keeps the server's: evidence is never left out. */
import type { Revision } from '../../../../schema/protocol/revision.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { catalogo } from '../../../lib/i18n.ts'
import { desfase, edad, numero, ZONA } from '../palabras.ts'

const t = catalogo({
  es: {
    si: 'Sí',
    no: 'No',
    tarjeta: 'Tarjeta',
    contador: 'Contador del QR',
    escrita: 'Tarjeta escrita a mano',
    ventaFolio: 'Venta',
    ventaCentavos: 'Monto de la venta',
    ventaEstado: 'Estado de la venta',
    reembolsosAntes: 'Reembolsos anteriores',
    reembolsadoAntesCentavos: 'Devuelto antes',
    excesoCentavos: 'Devuelto de más',
    bajaDe: 'Quién estaba de baja',
    quien: 'Nombre',
    bajaAt: 'De baja desde',
    bajaMotivo: 'Motivo de la baja',
    cajaAt: 'Reloj de la caja',
    cajaCorregidaAt: 'Corregido',
    cajaOffsetMs: 'Desfase de la caja',
    tarjetaAt: 'Reloj de la tarjeta',
    edadMs: 'Edad del QR al leerlo',
    edadMinimaMs: 'Edad mínima',
    edadMaximaMs: 'Edad máxima',
    esperaDe: 'Espera a',
    esperaVenceAt: 'Espera hasta',
    licenciaEmitidaAt: 'Licencia desde',
    licenciaVenceAt: 'Licencia hasta',
    licenciaVentas: 'Ventas con ella',
    licenciaMaxVentas: 'Ventas permitidas',
    licenciaVencida: 'Ya había vencido',
    montoCentavos: 'Monto',
    medianaCentavos: 'Mediana del negocio',
    muestra: 'Ventas comparadas',
    vecesLaMediana: 'Veces la mediana',
    vecesPermitidas: 'Veces permitidas',
    ventasDelDia: 'Ventas de la tarjeta ese día',
    ventasPermitidas: 'Ventas al día permitidas',
    cajero: 'Cajero',
    dispositivo: 'Equipo',
  },
  en: {
    si: 'Yes',
    no: 'No',
    tarjeta: 'Card',
    contador: 'QR counter',
    escrita: 'Card typed by hand',
    ventaFolio: 'Sale',
    ventaCentavos: 'Amount of the sale',
    ventaEstado: 'State of the sale',
    reembolsosAntes: 'Earlier refunds',
    reembolsadoAntesCentavos: 'Refunded before',
    excesoCentavos: 'Refunded in excess',
    bajaDe: 'Who was revoked',
    quien: 'Name',
    bajaAt: 'Revoked since',
    bajaMotivo: 'Reason',
    cajaAt: 'Till’s clock',
    cajaCorregidaAt: 'Corrected',
    cajaOffsetMs: 'Till’s offset',
    tarjetaAt: 'Card’s clock',
    edadMs: 'Age of the QR when read',
    edadMinimaMs: 'Lowest age',
    edadMaximaMs: 'Highest age',
    esperaDe: 'Waits for',
    esperaVenceAt: 'Waits until',
    licenciaEmitidaAt: 'Lease since',
    licenciaVenceAt: 'Lease until',
    licenciaVentas: 'Sales with it',
    licenciaMaxVentas: 'Sales allowed',
    licenciaVencida: 'It had ended',
    montoCentavos: 'Amount',
    medianaCentavos: 'Median of the business',
    muestra: 'Sales compared',
    vecesLaMediana: 'Times the median',
    vecesPermitidas: 'Times allowed',
    ventasDelDia: 'Sales of the card that day',
    ventasPermitidas: 'Sales a day allowed',
    cajero: 'Cashier',
    dispositivo: 'Device',
  },
})

/** Null values are not known, and not shown. */
export function datosEnPalabras(datos: Revision['datos'], zona = ZONA): { nombre: string; valor: string }[] {
  return Object.entries(datos).flatMap(([llave, valor]) =>
    valor === null || valor === '' ? [] : [{ nombre: nombreDe(llave), valor: escribir(llave, valor, zona) }],
  )
}

const nombreDe = (llave: string): string => (Object.hasOwn(t, llave) ? t[llave as keyof typeof t] : llave)

/** The unit is in the name: centavos, an instant, milliseconds. */
function escribir(llave: string, valor: string | number | boolean, zona: string): string {
  if (typeof valor === 'boolean') return valor ? t.si : t.no
  if (typeof valor === 'string') return llave === 'bajaDe' ? nombreDe(valor) : valor
  if (llave.endsWith('Centavos')) return pesos(valor)
  if (llave.endsWith('At')) return fechaYHora(valor, zona)
  if (/offset.*Ms$/i.test(llave)) return desfase(valor)
  if (llave.endsWith('Ms')) return `${valor < 0 ? '−' : ''}${edad(Math.abs(valor))}`
  return numero(valor)
}
