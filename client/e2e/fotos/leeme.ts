/** The best pictures of the album, small, for the README. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mundo } from '../lib/mundo.ts'

/** Where each goes, by its name in the album. */
export const DEL_LEEME: Record<string, string> = {
  'scanya-20-confirmar-sin-red': 'docs/scanya.webp',
  'cardya-02-oro': 'docs/cardya.webp',
  'scanya-03-inicio-1280': 'docs/inicio.webp',
  'studio-10-catalogo-1280': 'docs/studio.webp',
}
/** Letters stay sharp, and each picture is below 120 KB. */
const CALIDAD = 0.9

/** Writes them as WebP, which the browser at hand can. @throws when one of them was not taken */
export async function escribirLasDelLeeme(mundo: Mundo, album: string): Promise<void> {
  const aparato = mundo.otroAparato('leeme')
  const pagina = await aparato.abrirNavegador()
  await pagina.goto('about:blank')
  for (const [nombre, destino] of Object.entries(DEL_LEEME)) {
    const png = readFileSync(join(album, `${nombre}.png`)).toString('base64')
    const url = await pagina.evaluate(
      async ({ png, calidad }) => {
        const imagen = new Image()
        imagen.src = `data:image/png;base64,${png}`
        await imagen.decode()
        const lienzo = document.createElement('canvas')
        lienzo.width = imagen.width
        lienzo.height = imagen.height
        lienzo.getContext('2d')?.drawImage(imagen, 0, 0)
        return lienzo.toDataURL('image/webp', calidad)
      },
      { png, calidad: CALIDAD },
    )
    writeFileSync(destino, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
  }
  await aparato.cerrarNavegador()
}
