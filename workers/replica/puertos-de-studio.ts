/** What Business Studio alone takes from the browser: a store for pictures, and the means to make them small. */
import { dibujarEnWebp } from './dibujar.ts'
import { IMAGEN_LADO_MAXIMO } from './imagenes.ts'
import { crearNotas } from './notas-navegador.ts'
import type { Puertos } from './puertos.ts'

const CALIDAD = 0.82

export const puertosDeStudio = (nombre: string): Pick<Puertos, 'imagenes' | 'prepararImagen'> => ({
  imagenes: crearNotas(`${nombre}-imagenes`),
  // A browser that cannot write webp gives a PNG, and the server makes the webp.
  prepararImagen: (archivo) => dibujarEnWebp(archivo, IMAGEN_LADO_MAXIMO, CALIDAD),
})
