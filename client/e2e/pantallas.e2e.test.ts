// @timeout 420
// @serial
/** Every screen in its normal and in its worst state, on a phone, the smallest one and a desk, in both themes: accessible, and never wider than it is. */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { PARTES } from './fotos/partes.ts'
import { enCadaVista, type Mirada, quieta, type Tema } from './fotos/vistas.ts'
import { esAccesible } from './lib/accesible.ts'
import { Mundo } from './lib/mundo.ts'

/** These have the elements of the phone: what changes is whether they fit. The desk's own order is looked at in the long run. */
const SOLO_CABE = process.env.FULL === '1' ? /-320$/ : /-(320|1280)$/

const mundo = new Mundo()
mundo.entorno = { DEMO_DIAS: '84' }

test.before(async () => {
  await mundo.levantarServidor()
})
test.after(() => mundo.cerrar())

/** Notes what is wrong and goes on: one run tells of every screen. */
class Revision implements Mirada {
  readonly hallazgos: string[] = []
  vistas = 0

  retrato(pagina: Page, nombre: string, tambien?: Tema): Promise<void> {
    return enCadaVista(pagina, nombre, tambien, (cual) => this.revisar(pagina, cual))
  }

  async deTelefono(pagina: Page, nombre: string): Promise<void> {
    await quieta(pagina)
    await this.revisar(pagina, nombre)
  }

  private async revisar(pagina: Page, nombre: string): Promise<void> {
    this.vistas++
    if (!SOLO_CABE.test(nombre))
      await esAccesible(pagina, nombre).catch((error: Error) =>
        this.hallazgos.push(`${error.message}\n${String((error as { details?: string }).details ?? '')}`),
      )
    const [ancho, cabe] = await pagina.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    if ((ancho ?? 0) > (cabe ?? 0)) this.hallazgos.push(`${nombre} is ${ancho} px wide at ${cabe}`)
  }
}

for (const [parte, recorrer] of Object.entries(PARTES))
  test(`every screen of ${parte}`, async () => {
    if (!mundo.servidor) await mundo.levantarServidor()
    const revision = new Revision()
    await recorrer(mundo, revision)
    assert.equal(revision.hallazgos, [])
    assert.ok(revision.vistas > 10, `${revision.vistas} looks`)
  })

test.run()
