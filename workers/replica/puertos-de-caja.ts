/** What a till alone takes from the browser: a store for the photos of its sales, and the means to make them small (SCAN-17). */
import { FOTO_LADO_MAXIMO, FOTO_MAXIMA_BYTES } from '../../schema/protocol/evidencias.ts'
import { crearNotas } from './notas-navegador.ts'
import type { Puertos } from './puertos.ts'

/** Tried in this order until it is small enough: a ticket stays readable in the last. */
const INTENTOS = [
  { lado: FOTO_LADO_MAXIMO, calidad: 0.72 },
  { lado: FOTO_LADO_MAXIMO, calidad: 0.5 },
  { lado: 1_200, calidad: 0.5 },
  { lado: 900, calidad: 0.45 },
]

export const puertosDeCaja = (nombre: string): Pick<Puertos, 'imagenes' | 'prepararImagen'> => ({
  imagenes: crearNotas(`${nombre}-fotos`),
  async prepararImagen(archivo) {
    const { dibujarEnWebp } = await import('./dibujar.ts')
    let foto = archivo
    for (const { lado, calidad } of INTENTOS) {
      foto = await dibujarEnWebp(archivo, lado, calidad)
      if (foto.size <= FOTO_MAXIMA_BYTES) break
    }
    return foto
  },
})
