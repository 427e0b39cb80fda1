/** Pictures of screens, at the sizes and in the themes people see them, and one page that shows them all. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const TELEFONO = { width: 390, height: 844 }
const TAMANOS = [
  { sufijo: '', ...TELEFONO },
  { sufijo: '-320', width: 320, height: 640 },
  { sufijo: '-1280', width: 1280, height: 800 },
]
type Tema = 'claro' | 'oscuro'

export class Album {
  readonly carpeta: string
  private readonly nombres: string[] = []

  /** `carpeta`: made when it is not there; pictures of the same name are written over. */
  constructor(carpeta: string) {
    this.carpeta = carpeta
    mkdirSync(carpeta, { recursive: true })
  }

  /** As it stands now: on a phone, on the smallest one, on a desk; and on a phone in `tambien`. */
  async retrato(pagina: Page, nombre: string, tambien?: Tema): Promise<void> {
    for (const { sufijo, ...tamano } of TAMANOS) {
      await pagina.setViewportSize(tamano)
      await this.guardar(pagina, `${nombre}${sufijo}`)
    }
    await pagina.setViewportSize(TELEFONO)
    if (tambien === undefined) return
    const volver = await conTema(pagina, tambien)
    await this.guardar(pagina, `${nombre}-${tambien}`)
    await volver()
  }

  /** On a phone only. */
  async deTelefono(pagina: Page, nombre: string): Promise<void> {
    await pagina.setViewportSize(TELEFONO)
    await this.guardar(pagina, nombre)
  }

  private async guardar(pagina: Page, nombre: string): Promise<void> {
    await quieta(pagina)
    await pagina.screenshot({ path: join(this.carpeta, `${nombre}.png`) })
    this.nombres.push(nombre)
    console.log(`  ${nombre}`)
  }

  /** index.html beside the pictures: every one, small, in the order they were taken. */
  escribirHoja(): void {
    const figuras = this.nombres.map(
      (n) => `<figure><a href="${n}.png"><img loading="lazy" src="${n}.png" alt=""></a><figcaption>${n}</figcaption></figure>`,
    )
    const estilo =
      'body{display:flex;flex-wrap:wrap;gap:16px;margin:16px;background:#777;font:12px sans-serif}figure{margin:0}img{height:420px;display:block}figcaption{padding:4px 0}'
    writeFileSync(
      join(this.carpeta, 'index.html'),
      `<!doctype html><meta charset="utf-8"><title>AnunciaYA</title><style>${estilo}</style>\n${figuras.join('\n')}\n`,
    )
  }
}

/** As a page that opened in that theme: each app says at its start which one it wears. */
async function conTema(pagina: Page, tema: Tema): Promise<() => Promise<void>> {
  const colorScheme = tema === 'claro' ? 'light' : 'dark'
  const antes = await pagina.evaluate(() => document.documentElement.dataset.theme ?? null)
  const poner = (cual: string | null) =>
    pagina.evaluate((t) => {
      if (t === null) delete document.documentElement.dataset.theme
      else document.documentElement.dataset.theme = t
    }, cual)
  await pagina.emulateMedia({ colorScheme })
  await poner(colorScheme)
  return async () => {
    await pagina.emulateMedia({ colorScheme: null })
    await poner(antes)
  }
}

/** Screens rise, sheets slide, the seal springs: what is half way is not how they look. */
async function quieta(pagina: Page): Promise<void> {
  await pagina.evaluate(async () => {
    await document.fonts.ready
    const pasajeras = document.getAnimations().filter((a) => a.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.all(pasajeras.map((a) => a.finished.catch(() => {})))
  })
}
