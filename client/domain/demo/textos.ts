import { catalogo } from '../../lib/idioma.ts'

export const t = catalogo({
  es: {
    tarjetas: 'Tarjetas de la demo',
    tarjetaDe: (nombre: string) => `Tarjeta de ${nombre}`,
    sinConexion: 'Sin conexión: las tarjetas de demostración viven en el servidor.',
    noSeLeyo: 'Esa tarjeta no se pudo leer.',
    redDeLaDemo: 'Red de la demostración',
    redEncendida: 'Red encendida',
    redApagada: 'Red apagada',
    vuelveSola: (hora: string) => `Cajas, tarjetas y Business Studio no reciben respuesta. Vuelve sola a las ${hora}.`,
  },
  en: {
    tarjetas: 'Demo cards',
    tarjetaDe: (nombre) => `${nombre}’s card`,
    sinConexion: 'Offline: the demo cards live on the server.',
    noSeLeyo: 'That card could not be read.',
    redDeLaDemo: 'Network of the demo',
    redEncendida: 'Network on',
    redApagada: 'Network off',
    vuelveSola: (hora) => `Tills, cards and Business Studio get no answer. It comes back by itself at ${hora}.`,
  },
})
