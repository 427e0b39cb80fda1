// @full
// @timeout 240
/** A client's balance at the till while what was sold there cannot leave it, and once it has. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { Mundo } from './lib/mundo.ts'

const mundo = new Mundo()
test.after(() => mundo.cerrar())

test('points of a sale that has not left the till count as to be confirmed; once they are, the number is the same', async () => {
  await mundo.levantarServidor()
  const pagina = await mundo.abrirNavegador()
  const caja = new CajaEnPantalla(pagina)
  await caja.darDeAlta(mundo.origen)
  const puntosDeJuan = async () => {
    await caja.aInicio()
    await pagina.getByRole('button', { name: /^Escanear QR/ }).click()
    await pagina.getByRole('button', { name: 'Tarjeta de Juan' }).click()
    const puntos = pagina.locator('.stats dd').first()
    await puntos.waitFor()
    return (await puntos.innerText()).split('\n')[0]?.trim() ?? ''
  }
  await caja.vender('20', { cliente: 'Juan' })
  await caja.hastaLaFase('al_dia')
  await hasta(async () => /^[\d,]+$/.test(await puntosDeJuan()), 'a balance that was pulled')

  await mundo.contexto.route('**/sync/diario', (peticion) => peticion.abort())
  await caja.vender('500', { cliente: 'Juan' })
  const dicho = await puntosDeJuan()
  assert.match(dicho, /^≈ [\d,]+/)
  await mundo.fotos2(pagina, '70-puntos-por-confirmar')
  await esAccesible(pagina, 'points to be confirmed')
  await cabeEnAngosto(pagina, 'points to be confirmed')

  await mundo.contexto.unroute('**/sync/diario')
  await caja.abrirLoQueFalta()
  await pagina.getByRole('button', { name: 'Intentar ahora' }).click()
  await caja.hastaLaFase('al_dia')
  await caja.cerrarHoja()
  await hasta(async () => dicho.startsWith(`≈ ${await puntosDeJuan()}`), 'the pulled balance is what was said')
})

test.run()
