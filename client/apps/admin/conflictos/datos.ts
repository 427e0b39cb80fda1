/** What a rule looked at, as names and values people read. A name this release does not know keeps the server's: evidence is never left out. */
import type { Revision } from '../../../../schema/protocol/revision.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { catalogo } from '../../../lib/i18n.ts'
import { edad, numero, ZONA } from '../palabras.ts'

const t = catalogo({
  es: {
    si: 'Sí',
    no: 'No',
    medianaCentavos: 'Mediana del negocio',
    montoCentavos: 'Monto',
    excesoCentavos: 'Devuelto de más',
    ventasDelDia: 'Ventas de la tarjeta ese día',
    bajaAt: 'De baja desde',
    bajaMotivo: 'Motivo de la baja',
    empleado: 'Cajero',
    dispositivo: 'Equipo',
    venceAt: 'Licencia hasta',
    emitidaAt: 'Licencia desde',
    licenciaVenceAt: 'Licencia hasta',
    cajaAt: 'Reloj de la caja',
    tarjetaAt: 'Reloj de la tarjeta',
    qrAt: 'QR firmado',
    wallAt: 'Reloj de la caja',
    diferenciaMs: 'Diferencia',
    offsetMs: 'Desfase de la caja',
    puntos: 'Puntos',
    ventas: 'Ventas',
    maxVentas: 'Ventas permitidas',
    muestra: 'Ventas comparadas',
  },
  en: {
    si: 'Yes',
    no: 'No',
    medianaCentavos: 'Median of the business',
    montoCentavos: 'Amount',
    excesoCentavos: 'Refunded in excess',
    ventasDelDia: 'Sales of the card that day',
    bajaAt: 'Revoked since',
    bajaMotivo: 'Reason',
    empleado: 'Cashier',
    dispositivo: 'Device',
    venceAt: 'Lease until',
    emitidaAt: 'Lease since',
    licenciaVenceAt: 'Lease until',
    cajaAt: 'Till’s clock',
    tarjetaAt: 'Card’s clock',
    qrAt: 'QR signed',
    wallAt: 'Till’s clock',
    diferenciaMs: 'Difference',
    offsetMs: 'Till’s offset',
    puntos: 'Points',
    ventas: 'Sales',
    maxVentas: 'Sales allowed',
    muestra: 'Sales compared',
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
  if (typeof valor === 'string') return valor
  if (llave.endsWith('Centavos')) return pesos(valor)
  if (llave.endsWith('At')) return fechaYHora(valor, zona)
  if (llave.endsWith('Ms')) return edad(Math.abs(valor))
  return numero(valor)
}
