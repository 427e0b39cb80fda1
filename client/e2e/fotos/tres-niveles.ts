/** CARD-22: the three cards side by side, in one small picture. */
import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { Mundo } from '../lib/mundo.ts'
import { QUIENES } from './cardya.ts'

const ANCHO_DE_UNA = 300
const HUECO = 16
/** Of a card on a phone, in its own pixels. */
const ESQUINA = 24

/** Takes them as they are on a phone, bronce first, and writes a WebP to `destino`. @throws when a card does not come */
export async function tresNiveles(mundo: Mundo, destino: string): Promise<void> {
  const caras: string[] = []
  for (const { clave, nivel } of QUIENES.toReversed()) {
    const aparato = mundo.otroAparato(`tres-${clave}`)
    const pagina = await aparato.abrirNavegador()
    await pagina.goto(`${mundo.origen}/cardya-widget/?demo=${clave}`)
    await pagina.locator(`.tarjeta--${nivel} .codigo`).waitFor()
    caras.push((await pagina.locator('.tarjeta').screenshot({ animations: 'disabled' })).toString('base64'))
    if (caras.length === QUIENES.length) writeFileSync(destino, await juntar(pagina, caras))
    await aparato.cerrarNavegador()
  }
}

/** The browser that drew them also puts them together. */
async function juntar(pagina: Page, caras: readonly string[]): Promise<Buffer> {
  await pagina.goto('about:blank')
  const url = await pagina.evaluate(
    async ({ caras, ancho, hueco, esquina }) => {
      const imagenes = await Promise.all(
        caras.map(async (cara) => {
          const imagen = new Image()
          imagen.src = `data:image/png;base64,${cara}`
          await imagen.decode()
          return imagen
        }),
      )
      const altos = imagenes.map((i) => Math.round((i.height * ancho) / i.width))
      const lienzo = document.createElement('canvas')
      lienzo.width = imagenes.length * ancho + (imagenes.length + 1) * hueco
      lienzo.height = Math.max(...altos) + 2 * hueco
      const pincel = lienzo.getContext('2d')
      if (!pincel) throw new Error('this browser draws nothing')
      pincel.fillStyle = '#f4f5f9'
      pincel.fillRect(0, 0, lienzo.width, lienzo.height)
      for (const [i, imagen] of imagenes.entries()) {
        const [x, alto] = [hueco + i * (ancho + hueco), altos[i] ?? 0]
        pincel.save()
        pincel.beginPath()
        pincel.roundRect(x, hueco, ancho, alto, (esquina * ancho) / imagen.width)
        pincel.clip()
        pincel.drawImage(imagen, x, hueco, ancho, alto)
        pincel.restore()
      }
      return lienzo.toDataURL('image/webp', 0.72)
    },
    { caras, ancho: ANCHO_DE_UNA, hueco: HUECO, esquina: ESQUINA },
  )
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}
