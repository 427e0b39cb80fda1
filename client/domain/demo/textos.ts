import { catalogo } from '../../lib/i18n.ts'

export const t = catalogo({
  es: {
    cuentas: 'Cuentas de demostración',
    mundo: 'Mundo de demostración',
    cliente: 'Cliente',
    sinCliente: 'Sin cliente',
    tarjetaDe: (nombre: string) => `Tarjeta de ${nombre}`,
    sinConexion: 'Sin conexión: las tarjetas de demostración viven en el servidor.',
    noSeLeyo: 'Esa tarjeta no se pudo leer.',
  },
  en: {
    cuentas: 'Demo accounts',
    mundo: 'Demo world',
    cliente: 'Customer',
    sinCliente: 'No customer',
    tarjetaDe: (nombre) => `${nombre}’s card`,
    sinConexion: 'Offline: the demo cards live on the server.',
    noSeLeyo: 'That card could not be read.',
  },
})
