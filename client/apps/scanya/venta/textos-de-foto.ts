import { catalogo } from '../../../lib/idioma.ts'

export const foto = catalogo({
  es: {
    titulo: 'Foto de evidencia',
    tomar: 'Tomar foto de evidencia',
    guardando: 'Guardando la foto…',
    ver: 'Ver la foto de evidencia',
    quitar: 'Quitar foto',
    dejar: 'Dejarla',
    noQuedo: 'La foto no quedó guardada. Tómala otra vez, o cobra sin ella.',
  },
  en: {
    titulo: 'Evidence photo',
    tomar: 'Take an evidence photo',
    guardando: 'Saving the photo…',
    ver: 'See the evidence photo',
    quitar: 'Remove photo',
    dejar: 'Keep it',
    noQuedo: 'The photo was not saved. Take it again, or charge without it.',
  },
})
