/** Reads the PNGs that browsers write: 8 bits, grey, RGB or RGBA, not interlaced. For screenshots in tests; not a general reader. */
import { inflateSync } from 'node:zlib'
import type { Imagen } from './gris.ts'

const FIRMA = '89504e470d0a1a0a'
/** Channels by colour type. */
const CANALES = new Map([
  [0, 1],
  [2, 3],
  [6, 4],
])

/** @throws Error when it is not such a PNG */
export function leerPng(archivo: Uint8Array): Imagen {
  const bytes = Buffer.from(archivo)
  if (bytes.subarray(0, 8).toString('hex') !== FIRMA) throw new Error('not a PNG')
  const ancho = bytes.readUInt32BE(16)
  const alto = bytes.readUInt32BE(20)
  const [profundidad, color, , , entrelazado] = bytes.subarray(24, 29)
  const canales = CANALES.get(color ?? -1)
  if (profundidad !== 8 || !canales || entrelazado) throw new Error(`a PNG of another kind: depth ${profundidad}, colour ${color}`)
  const crudo = inflateSync(Buffer.concat([...trozos(bytes)].filter(({ tipo }) => tipo === 'IDAT').map(({ datos }) => datos)))
  return aRgba(sinFiltros(crudo, ancho * canales, alto, canales), ancho, alto, canales)
}

function* trozos(bytes: Buffer): Generator<{ tipo: string; datos: Buffer }> {
  for (let i = 8; i + 8 <= bytes.length; ) {
    const largo = bytes.readUInt32BE(i)
    yield { tipo: bytes.subarray(i + 4, i + 8).toString('latin1'), datos: bytes.subarray(i + 8, i + 8 + largo) }
    i += 12 + largo
  }
}

/** Each row says how it was predicted from its neighbours: left, above, and above left. */
function sinFiltros(crudo: Buffer, porFila: number, alto: number, canales: number): Uint8Array {
  const salida = new Uint8Array(porFila * alto)
  for (let y = 0; y < alto; y++) {
    const filtro = crudo[y * (porFila + 1)] ?? 0
    for (let x = 0; x < porFila; x++) {
      const izquierda = x >= canales ? (salida[y * porFila + x - canales] ?? 0) : 0
      const arriba = y > 0 ? (salida[(y - 1) * porFila + x] ?? 0) : 0
      const esquina = x >= canales && y > 0 ? (salida[(y - 1) * porFila + x - canales] ?? 0) : 0
      salida[y * porFila + x] = (crudo[y * (porFila + 1) + 1 + x] ?? 0) + prediccion(filtro, izquierda, arriba, esquina)
    }
  }
  return salida
}

function prediccion(filtro: number, a: number, b: number, c: number): number {
  if (filtro === 1) return a
  if (filtro === 2) return b
  if (filtro === 3) return (a + b) >> 1
  if (filtro !== 4) return 0
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  if (da <= db && da <= dc) return a
  return db <= dc ? b : c
}

function aRgba(pixeles: Uint8Array, width: number, height: number, canales: number): Imagen {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < 4; c++) {
      const esAlfa = c === 3
      data[i * 4 + c] = esAlfa && canales < 4 ? 255 : (pixeles[i * canales + (canales === 1 ? 0 : c)] ?? 255)
    }
  return { width, height, data, colorSpace: 'srgb' }
}
