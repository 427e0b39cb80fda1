import { createHash } from 'node:crypto'
import type { Deps } from '../../context.ts'
import { subirImagen } from '../../domain/imagenes/subir.ts'
import type { ArticuloDemo } from './articulos.ts'
import { ALTO, ANCHO, type Dibujo, dibujar } from './dibujos.ts'

/** Pixels for each unit of a drawing: sharp on a screen of twice the density. */
const ESCALA = 3

/** Draws and hands in the pictures of some articulos through the door every picture takes. Gives hashes by nombre; one without a drawing has none. */
export async function subirDibujos(deps: Deps, negocioId: string, articulos: readonly ArticuloDemo[]): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  // Drawn side by side, handed in one after the other: each is a transaction.
  const dibujados = await Promise.all(
    articulos.map(async ({ nombre, dibujo }) => ({ nombre, bytes: dibujo ? await pintar(nombre, dibujo) : null })),
  )
  for (const { nombre, bytes } of dibujados) {
    if (!bytes) continue
    const hash = createHash('sha256').update(bytes).digest('hex')
    await subirImagen(deps, negocioId, hash, bytes)
    hashes.set(nombre, hash)
  }
  return hashes
}

async function pintar(nombre: string, dibujo: Dibujo): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(dibujar(nombre, dibujo)), { density: 72 * ESCALA })
    .resize(ANCHO * ESCALA, ALTO * ESCALA)
    .webp({ quality: 82 })
    .toBuffer()
}
