/** The shell: the front page, the merchant's and the platform's rooms. */
import type { Mundo } from '../lib/mundo.ts'
import type { Mirada } from './vistas.ts'

export async function escenasDeEscritorio(mundo: Mundo, mirada: Mirada): Promise<void> {
  const aparato = mundo.otroAparato('fotos-escritorio')
  const pagina = await aparato.abrirNavegador()
  const en = (camino: string) => pagina.goto(mundo.origen + camino)
  const retrato = (nombre: string) => mirada.retrato(pagina, nombre, 'oscuro')

  await en('/')
  await pagina.getByRole('heading', { level: 1 }).waitFor()
  await retrato('inicio-01')
  await pagina.getByRole('switch').click()
  await pagina.getByText('Red apagada').waitFor()
  await retrato('inicio-02-red-apagada')
  await pagina.getByRole('switch').click()
  await pagina.getByText('Red encendida').waitFor()
  await en('/no-existe')
  await pagina.getByRole('heading', { level: 1 }).waitFor()
  await retrato('inicio-03-no-existe')

  for (const [camino, nombre] of [
    ['PIZZA2X1', 'publico-01-cupon'],
    ['NO-HAY', 'publico-01-cupon-no-esta'],
  ] as const) {
    await en(`/p/cupon/pizzeria-roma/${camino}`)
    await pagina.getByRole('heading', { level: 1 }).waitFor()
    await mirada.retrato(pagina, nombre)
  }

  await en('/business-studio')
  await pagina.getByLabel('Correo').fill('dueno@pizzeriaroma.mx')
  await pagina.getByLabel('Contraseña').fill('otra cosa')
  await pagina.getByRole('button', { name: 'Entrar' }).click()
  await pagina.getByText('Correo o contraseña incorrectos.').waitFor()
  await retrato('studio-01-entrar')
  await pagina.getByLabel('Contraseña').fill('Roma-2026-demo')
  await pagina.getByRole('button', { name: 'Entrar' }).click()
  await pagina.getByRole('heading', { name: 'Hoy', exact: true }).waitFor()
  for (const seccion of ['', '/cajas', '/empleados']) {
    await en(`/business-studio${seccion}`)
    await pagina.getByRole('heading', { level: 1 }).waitFor()
    await pagina.locator('.tabbar').waitFor()
    await pagina.waitForTimeout(1_000)
    await retrato(`studio-02${seccion.replace('/', '-') || '-hoy'}`)
  }
  await aparato.cerrarNavegador()

  const ingles = mundo.otroAparato('fotos-desk')
  ingles.idioma = 'en'
  const suya = await ingles.abrirNavegador()
  await suya.goto(mundo.origen)
  await suya.getByRole('heading', { level: 1 }).waitFor()
  await mirada.retrato(suya, 'inicio-en')
  await ingles.cerrarNavegador()
}
