/** Pictures of screens, at the sizes and in the themes people see them, and one page that shows them all. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { enCadaVista, type Mirada, quieta, TELEFONO, type Tema } from './vistas.ts'

export class Album implements Mirada {
  readonly carpeta: string
  private readonly nombres: string[] = []

  /** `carpeta`: made when it is not there; pictures of the same name are written over. */
  constructor(carpeta: string) {
    this.carpeta = carpeta
    mkdirSync(carpeta, { recursive: true })
  }

  retrato(pagina: Page, nombre: string, tambien?: Tema): Promise<void> {
    return enCadaVista(pagina, nombre, tambien, (cual) => this.guardar(pagina, cual))
  }

  async deTelefono(pagina: Page, nombre: string): Promise<void> {
    await pagina.setViewportSize(TELEFONO)
    await quieta(pagina)
    await this.guardar(pagina, nombre)
  }

  private async guardar(pagina: Page, nombre: string): Promise<void> {
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
