import { deflateSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { leerPng } from './png.ts'

const trozo = (tipo: string, datos: Uint8Array): Buffer => {
  const largo = Buffer.alloc(4)
  largo.writeUInt32BE(datos.length)
  return Buffer.concat([largo, Buffer.from(tipo, 'latin1'), datos, Buffer.alloc(4)])
}

/** `filas`: each with its filter byte first. */
function png(ancho: number, alto: number, color: number, filas: number[]): Buffer {
  const cabeza = Buffer.alloc(13)
  cabeza.writeUInt32BE(ancho, 0)
  cabeza.writeUInt32BE(alto, 4)
  cabeza.set([8, color, 0, 0, 0], 8)
  const firma = Buffer.from('89504e470d0a1a0a', 'hex')
  const crudo = deflateSync(Buffer.from(filas))
  return Buffer.concat([firma, trozo('IHDR', cabeza), trozo('IDAT', crudo.subarray(0, 5)), trozo('IDAT', crudo.subarray(5))])
}

test('every filter, in RGB', () => {
  const filas = [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 10, 20, 30, 5, 5, 5],
    [2, 1, 1, 1, 1, 1, 1],
    [3, 5, 5, 5, 5, 5, 5],
    [4, 1, 1, 1, 1, 1, 1],
  ].flat()
  const { width, height, data } = leerPng(png(2, 5, 2, filas))
  assert.equal([width, height], [2, 5])
  const fila = (y: number) => [...data.subarray(y * 8, y * 8 + 8)].filter((_, i) => i % 4 !== 3)
  assert.equal(fila(0), [10, 20, 30, 40, 50, 60])
  assert.equal(fila(1), [10, 20, 30, 15, 25, 35])
  assert.equal(fila(2), [11, 21, 31, 16, 26, 36])
  assert.equal(fila(3), [10, 15, 20, 18, 25, 33])
  assert.equal(fila(4), [11, 16, 21, 19, 26, 34])
})

test('RGBA keeps its alpha, grey fills the three colours', () => {
  assert.equal([...leerPng(png(1, 1, 6, [0, 1, 2, 3, 4])).data], [1, 2, 3, 4])
  assert.equal([...leerPng(png(1, 1, 0, [0, 9])).data], [9, 9, 9, 255])
})

test('what is not such a PNG throws', () => {
  assert.throws(() => leerPng(new Uint8Array(40)), /not a PNG/)
  assert.throws(() => leerPng(png(1, 1, 3, [0, 0])), /another kind/)
})

test.run()
