/** What a frame of the till's camera costs, with the decoder and the options of the scanner's worker. A slow phone takes four times as long. */
import { aBase45 } from '../schema/domain/tarjetas/base45.ts'
import { azar } from '../schema/testing/azar.ts'
import { platoDe } from '../workers/scanner/testing/dibujar-qr.ts'
import { cuadroDe, ESCENAS } from '../workers/scanner/testing/escenas.ts'
import { aImagen, granular, type Imagen, nuevoGris } from '../workers/scanner/testing/gris.ts'
import { cerrarLector, leerTodos } from '../workers/scanner/testing/leer-qr.ts'
import type { Measure } from './measure.ts'

const CARD_BYTES = 186
const VARIANTES = 8

export async function measures(): Promise<Measure[]> {
  const card = aImagen(cuadroDe({ nombre: 'clean' }, platoDe(tarjeta(1)), 1))
  const primero = () => {
    cerrarLector()
    return leerTodos(card)
  }
  return [
    { name: 'open the decoder and read a first card', unit: 'times', unitsPerTurn: 1, turn: primero },
    ...ESCENAS.filter(({ nombre }) => ['clean', 'mixed', 'whole 720p frame'].includes(nombre)).map((escena, i) =>
      lectura(
        `read a card, ${escena.nombre}`,
        cuadros((n) => aImagen(cuadroDe(escena, platoDe(tarjeta(n)), 100 * i + n))),
      ),
    ),
    lectura(
      'look at an empty 720p frame',
      cuadros((n) => vacio(1280, 720, n)),
    ),
  ]
}

const tarjeta = (n: number): string => aBase45(azar(n).bytes(CARD_BYTES))
const cuadros = (hacer: (n: number) => Imagen): Imagen[] => Array.from({ length: VARIANTES }, (_, n) => hacer(n + 1))

function vacio(ancho: number, alto: number, semilla: number): Imagen {
  const gris = nuevoGris(ancho, alto)
  gris.datos.fill(120)
  return aImagen(granular(gris, 12, azar(semilla)))
}

function lectura(name: string, imagenes: Imagen[]): Measure {
  let n = 0
  const siguiente = () => imagenes[n++ % imagenes.length]
  return { name, unit: 'frames', unitsPerTurn: 1, turn: () => leerTodos(siguiente() ?? vacio(480, 480, 1)) }
}
