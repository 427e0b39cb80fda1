// @full
// @timeout 420
/**
 * Every screen in its normal and in its worst state: accessible, and never wider than what it is on. Of the till, on a phone and the smallest one. FULL=1:
 * of every app, also in English, on a desk and in the other theme; their journeys ask the same of each screen they pass.
 */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { PARTES } from './fotos/partes.ts'
import { enCadaVista, type Mirada, quieta, type Tema } from './fotos/vistas.ts'
import { esAccesible } from './lib/accesible.ts'
import { Mundo } from './lib/mundo.ts'

const COMPLETO = process.env.FULL === '1'
/** It has the elements of the phone: what changes is whether they fit. */
const SOLO_CABE = /-320$/

const mundo = new Mundo()
// Twelve weeks make a card oro; a till has nothing of them to show.
mundo.entorno = { DEMO_DIAS: COMPLETO ? '84' : '2' }

test.before(async () => {
  await mundo.levantarServidor()
})
test.after(() => mundo.cerrar())

/** Notes what is wrong and goes on: one run tells of every screen. */
class Revision implements Mirada {
  readonly hallazgos: string[] = []
  vistas = 0

  retrato(pagina: Page, nombre: string, tambien?: Tema): Promise<void> {
    return enCadaVista(pagina, nombre, tambien, (cual) => this.revisar(pagina, cual), !COMPLETO)
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

const EN_SUS_VIAJES = new Set(['escritorio', 'studio', 'panel', 'cardya', 'mostrador'])

for (const [parte, recorrer] of Object.entries(PARTES).filter(([nombre]) => COMPLETO || !EN_SUS_VIAJES.has(nombre)))
  test(`every screen of ${parte}`, async () => {
    if (!mundo.servidor) await mundo.levantarServidor()
    const revision = new Revision()
    await recorrer(mundo, revision)
    assert.equal(revision.hallazgos, [])
    assert.ok(revision.vistas > 10, `${revision.vistas} looks`)
  })

test.run()
