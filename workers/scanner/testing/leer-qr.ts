/** The worker's decoder with the worker's options, in Node: for tests that hold a picture in their hands. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, purgeZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Lectura } from '../api.ts'
import { aLectura, laMasGrande, OPCIONES } from '../opciones.ts'
import type { Imagen } from './gris.ts'
import { leerPng } from './png.ts'

let abierto: Promise<unknown> | undefined

function abrir(): Promise<unknown> {
  const archivo = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  abierto ??= prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(archivo)).buffer }, fireImmediately: true })
  return abierto
}

/** Forgets the compiled decoder: the next reading is a first one again. */
export function cerrarLector(): void {
  abierto = undefined
  purgeZXingModule()
}

/** Every code of a frame. */
export async function leerTodos(imagen: Imagen): Promise<Lectura[]> {
  await abrir()
  return (await readBarcodes(imagen as ImageData, OPCIONES)).map(aLectura)
}

/** The text of the largest QR of a picture (a PNG's bytes, or pixels). Null when there is none. */
export async function leerQrDeImagen(imagen: Uint8Array | Imagen): Promise<string | null> {
  const pixeles = imagen instanceof Uint8Array ? leerPng(imagen) : imagen
  return laMasGrande(await leerTodos(pixeles))?.texto ?? null
}
