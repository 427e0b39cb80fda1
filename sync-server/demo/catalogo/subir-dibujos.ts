import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { Deps } from '../../context.ts'
import { subirImagen } from '../../domain/imagenes/subir.ts'
import type { ArticuloDemo } from './articulos.ts'
import { ALTO, ANCHO, dibujar } from './dibujos.ts'

/** Pixels for each unit of a drawing: sharp on a screen of twice the density. */
const ESCALA = 3

/** Draws and hands in the pictures of some articulos through the door every picture takes. Gives hashes by nombre; one without a drawing has none. */
export async function subirDibujos(deps: Deps, negocioId: string, articulos: readonly ArticuloDemo[]): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for (const { nombre, dibujo } of articulos) {
    if (!dibujo) continue
    const bytes = await sharp(Buffer.from(dibujar(nombre, dibujo)), { density: 72 * ESCALA })
      .resize(ANCHO * ESCALA, ALTO * ESCALA)
      .webp({ quality: 82 })
      .toBuffer()
    const hash = createHash('sha256').update(bytes).digest('hex')
    await subirImagen(deps, negocioId, hash, bytes)
    hashes.set(nombre, hash)
  }
  return hashes
}
