// @timeout 420
/** The front page of a new demo world: every tap enters as who it says, the switch really silences the server, and each room is looked at. */
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { Mundo } from './lib/mundo.ts'

const mundo = new Mundo()
mundo.entorno = { DEMO_DIAS: '84' }
/** Of the empleado who is hired. */
const telefono = mundo.otroAparato('telefono')
const PIN_DE_DIEGO = '918273'
let pagina: Page

test.before(async () => {
  await mundo.levantarServidor()
  pagina = await mundo.abrirNavegador()
})
test.after(() => mundo.cerrar())

async function revisar(nombre: string, cual = pagina): Promise<void> {
  await esAccesible(cual, nombre)
  await cabeEnAngosto(cual, nombre)
  await mundo.fotos2(cual, nombre)
}

/** From the front page, one tap. */
async function tocar(nombre: string | RegExp): Promise<void> {
  await pagina.goto(mundo.origen)
  await pagina.getByRole('link', { name: nombre }).click()
}

test('the front page tells the story', async () => {
  await pagina.goto(mundo.origen)
  await pagina.getByRole('heading', { name: /^Apaga la red y\svende\.$/ }).waitFor()
  await revisar('40-inicio')
  await pagina.getByText('Ver usuarios y contraseñas de prueba').click()
  await pagina.getByText('@carlos 482913, @lucia 739154').waitFor()
  await revisar('40-inicio-claves')
  await pagina.goto(`${mundo.origen}/no-existe`)
  await pagina.getByRole('heading', { level: 1 }).waitFor()
  await revisar('40-no-existe')
})

for (const nick of ['carlos', 'lucia'])
  test(`one tap enters the till as @${nick}`, async () => {
    await tocar(nick === 'carlos' ? 'Entrar como @carlos' : `@${nick}`)
    const caja = new CajaEnPantalla(pagina)
    await caja.enInicio()
    await pagina.getByText(`@${nick}`).first().waitFor()
    await revisar(`41-${nick}`)
    // Also a minute after midnight there is something in Business Studio's "today".
    await caja.vender('85')
    await caja.hastaLaFase('al_dia')
  })

/** CARD-09..11: the word that is seen, and the colour behind it. */
const insignia = (donde: string) =>
  pagina
    .locator(donde)
    .first()
    .evaluate((e) => [(e as HTMLElement).innerText.trim(), getComputedStyle(e).backgroundColor])

for (const { quien, nivel, color } of [
  { quien: 'Juan', nivel: 'oro', color: 'rgb(255, 215, 0)' },
  { quien: 'Ana', nivel: 'plata', color: 'rgb(192, 192, 192)' },
  { quien: 'María', nivel: 'bronce', color: 'rgb(205, 127, 50)' },
])
  test(`one tap shows the card of ${quien}, ${nivel}, also on the phone that showed another one`, async () => {
    await tocar(`${quien} ${nivel}`)
    await pagina.locator(`.tarjeta--${nivel}`).waitFor()
    await pagina.getByText(quien, { exact: false }).first().waitFor()
    assert.equal(await insignia('.rank'), [nivel.toUpperCase(), color])
    await pagina.locator('.chip').click()
    assert.equal(await insignia('dialog .nivel'), [nivel.toUpperCase(), color])
    await revisar(`42-hoja-${nivel}`)
    await pagina.keyboard.press('Escape')
    await revisar(`42-${quien.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()}`)
  })

test('one tap enters Business Studio as the dueño: today, tills with a real link, employees', async () => {
  await tocar('Dueño')
  await pagina.getByRole('heading', { name: 'Hoy', exact: true }).waitFor()
  await pagina.getByText('Todas las sucursales').waitFor()
  assert.is(new URL(pagina.url()).search, '', 'the one tap does not stay in the address')
  await hasta(async () => (await pagina.locator('.studio-ventas tbody tr').count()) >= 2, 'the sales of today')
  await revisar('43-studio-hoy')
  await enLoOscuroYEnTableta('43-studio-hoy')
  await irA('Cajas')
  await pagina.getByText('Caja 1', { exact: true }).waitFor()
  await pagina.getByRole('button', { name: 'Dar de alta una caja' }).click()
  await pagina.getByLabel('Nombre de la caja').fill('Caja 2')
  await pagina.getByRole('button', { name: 'Crear la liga' }).click()
  const liga = (await pagina.locator('.studio-enlace output').innerText()).trim()
  assert.match(liga, /^http:\/\/127\.0\.0\.1:\d+\/i#[\w-]{22}$/)
  await revisar('43-studio-cajas')
  await irA('Empleados')
  await pagina.getByRole('heading', { name: 'Carlos Ruiz' }).waitFor()
  await revisar('43-studio-empleados')
})

test('SCAN-05: the dueño says what the gerente of a sucursal may do at its till', async () => {
  await pagina.getByRole('button', { name: 'Gerentes' }).click()
  const gerente = pagina.getByRole('form', { name: 'Pablo Nava' })
  const reembolsa = gerente.getByRole('switch', { name: 'Hacer reembolsos' })
  await gerente.getByRole('switch', { name: 'Puede hacer todo en la caja' }).click()
  await reembolsa.click()
  await gerente.getByRole('button', { name: 'Guardar permisos' }).click()
  await gerente.getByText('Permisos de Pablo Nava guardados').waitFor()
  await revisar('43-studio-gerentes')
  for (const _ of ['closed', 'read again']) await pagina.getByRole('button', { name: 'Gerentes' }).click()
  assert.is(await reembolsa.getAttribute('aria-checked'), 'false')
  await gerente.getByRole('switch', { name: 'Puede hacer todo en la caja' }).click()
  await gerente.getByRole('button', { name: 'Guardar permisos' }).click()
  await gerente.getByText('Permisos de Pablo Nava guardados').waitFor()
  await pagina.getByRole('button', { name: 'Gerentes' }).click()
})

test('an empleado is hired, gets another PIN and is let go', async () => {
  await pagina.getByRole('button', { name: 'Agregar empleado' }).click()
  await pagina.getByLabel('Nombre').fill('Diego Salas')
  await pagina.getByLabel('Nick').fill('carlos')
  await pagina.getByLabel('PIN', { exact: true }).fill('730182')
  await pagina.getByLabel('Confirma el PIN').fill('730183')
  await pagina.getByRole('button', { name: 'Guardar empleado' }).click()
  await pagina.getByText('Los dos PIN no son iguales.').waitFor()
  await pagina.getByLabel('Confirma el PIN').fill('730182')
  await pagina.getByRole('button', { name: 'Guardar empleado' }).click()
  await pagina.locator('.field.err').first().waitFor()
  await revisar('43-studio-nick-en-uso')
  await pagina.getByLabel('Nick').fill('diego_s')
  await pagina.getByRole('button', { name: 'Guardar empleado' }).click()
  const tarjeta = pagina.getByRole('region', { name: 'Diego Salas', exact: true })
  const cuantos = (lista: string) => pagina.getByRole('group', { name: 'Estado' }).getByRole('button', { name: lista, exact: true })
  await cuantos('Activos 3').waitFor()
  await tarjeta.getByRole('button', { name: 'PIN nuevo' }).click()
  const ficha = pagina.getByRole('region', { name: 'Ficha de Diego Salas' })
  await ficha.getByLabel('PIN nuevo').fill(PIN_DE_DIEGO)
  await ficha.getByLabel('Confirma el PIN').fill(PIN_DE_DIEGO)
  await ficha.getByRole('button', { name: 'Guardar PIN' }).click()
  await ficha.getByText('PIN de @diego_s cambiado').waitFor()
  await tarjeta.getByRole('button', { name: 'Desactivar' }).click()
  await tarjeta.getByRole('button', { name: 'Desactivar ahora' }).click()
  await cuantos('Activos 2').waitFor()
  await cuantos('Inactivos 1').click()
  await tarjeta.getByText('Inactivo').waitFor()
})

test('EMP-02, 10, 14: taken back, given permissions by hand, and another phone; the card and the till hear of it', async () => {
  const tarjeta = pagina.getByRole('region', { name: 'Diego Salas', exact: true })
  await tarjeta.getByRole('button', { name: 'Reactivar' }).click()
  await pagina.getByRole('button', { name: /^Activos/ }).click()
  await tarjeta.getByText('Cajero Básico:').waitFor()
  await tarjeta.getByRole('button', { name: 'Permisos' }).click()
  const ficha = pagina.getByRole('region', { name: 'Ficha de Diego Salas' })
  await ficha.getByRole('button', { name: 'Avanzado' }).click()
  await ficha.getByRole('switch', { name: 'Modificar montos' }).click()
  await ficha.getByText('Personalizado').waitFor()
  await revisar('43-studio-permisos')
  await ficha.getByRole('button', { name: 'Guardar permisos' }).click()
  await ficha.getByText('Permisos de @diego_s guardados').waitFor()
  await tarjeta.getByText('cambiar montos').waitFor()
  await ficha.getByRole('button', { name: 'Datos' }).click()
  await ficha.getByLabel('Teléfono').fill('415 111 2233')
  await ficha.getByRole('button', { name: 'Guardar cambios' }).click()
  await tarjeta.getByText('415 111 2233').waitFor()
})

test('PWA-14, 15: the QR installs ScanYA on the phone of one person: four digits, the dueño says yes, and they are inside under their name', async () => {
  const ficha = pagina.getByRole('region', { name: 'Ficha de Diego Salas' })
  await ficha.getByRole('button', { name: 'Instalar' }).click()
  await ficha.getByRole('button', { name: 'Generar QR de instalación' }).click()
  const liga = (await ficha.locator('output').innerText()).trim()
  await revisar('43-studio-instalar')
  await telefono.abrirNavegador()
  const suya = telefono.contexto.pages()[0]!
  await suya.goto(liga)
  await suya.getByRole('button', { name: 'Dar de alta esta caja' }).click()
  const cotejo = (await suya.locator('.alta__digitos').innerText()).trim()
  assert.match(cotejo, /^\d{4}$/)
  await revisar('47-cotejo', suya)
  await ficha.getByText(`¿Su pantalla dice ${cotejo}?`).waitFor()
  await revisar('43-studio-cotejo')
  await ficha.getByRole('button', { name: `Sí, es ${cotejo}` }).click()
  await new CajaEnPantalla(suya).enInicio()
  await suya.getByText('@diego_s').first().waitFor()
  const manifiesto = await suya.locator('link[rel=manifest]').getAttribute('href')
  assert.is(((await (await fetch(new URL(manifiesto ?? '', mundo.origen))).json()) as { name: string }).name, 'ScanYA @diego_s')
  await ficha.getByText('Listo: ese equipo ya es ScanYA de @diego_s.').waitFor()
})

test('PWA-14: another link, opened on the phone of one person, says whose the phone is and goes in as nobody else', async () => {
  const suya = telefono.contexto.pages()[0]!
  await suya.goto(`${mundo.origen}/i#${'otro'.repeat(6)}`)
  await suya.getByRole('heading', { name: 'Este equipo ya es de @diego_s' }).waitFor()
  await suya.getByText(/^Pizzería Roma · Sucursal Centro · Caja \d+$/).waitFor()
  await suya.getByText('Si este es para otro equipo, ábrelo allá.', { exact: false }).waitFor()
  assert.is(await suya.getByRole('button', { name: 'Dar de alta esta caja' }).count(), 0)
  await revisar('47-ya-es-de', suya)
  await suya.getByRole('button', { name: 'Entrar', exact: true }).click()
  await new CajaEnPantalla(suya).enInicio()
  await suya.getByText('@diego_s').first().waitFor()
})

test('EMP-15: an empleado changes the own PIN at the till; the new one opens it also with no network', async () => {
  const suya = telefono.contexto.pages()[0]!
  const caja = new CajaEnPantalla(suya)
  await suya.getByRole('button', { name: 'Ajustes de esta caja' }).click()
  await suya.getByRole('button', { name: 'Cambiar mi PIN' }).click()
  const hoja = suya.getByRole('dialog', { name: 'Cambiar mi PIN' })
  const cambiar = async (actual: string, nuevo: string) => {
    await hoja.getByLabel('PIN de ahora').fill(actual)
    await hoja.getByLabel('PIN nuevo', { exact: true }).fill(nuevo)
    await hoja.getByLabel('PIN nuevo, otra vez').fill(nuevo)
    await hoja.getByRole('button', { name: 'Cambiar PIN' }).click()
  }
  await cambiar('111223', '730182')
  await hoja.getByText('Ese no es tu PIN de ahora.').waitFor()
  await cambiar(PIN_DE_DIEGO, '123456')
  await hoja.getByText('Ese PIN es demasiado fácil de adivinar.').waitFor()
  await revisar('48-mi-pin', suya)
  await cambiar(PIN_DE_DIEGO, '730182')
  await hoja.getByText('Tu PIN ya cambió.', { exact: false }).waitFor()
  await caja.cerrarHoja()
  await caja.salir()
  await telefono.contexto.setOffline(true)
  await caja.entrar('diego_s', '730182')
  await caja.enInicio()
  await telefono.contexto.setOffline(false)
})

test('EMP-16, 17: the dueño reads what was done and tried, and its sums', async () => {
  const ficha = pagina.getByRole('region', { name: 'Ficha de Diego Salas' })
  const cambio = ficha.getByRole('cell', { name: 'Cambio de PIN' })
  await ficha.getByRole('button', { name: 'Actividad' }).click()
  await cambio.first().waitFor()
  await ficha
    .getByRole('cell', { name: /Intento: entrada/ })
    .first()
    .waitFor()
  await revisar('43-studio-actividad')
  await ficha.getByLabel('Resultado').selectOption('rechazado')
  await cambio.first().waitFor({ state: 'detached' })
  await pagina.getByRole('button', { name: 'Actividad del equipo' }).click()
  await pagina
    .getByRole('region', { name: 'Actividad del equipo' })
    .getByRole('row', { name: /Diego Salas/ })
    .waitFor()
  await revisar('43-studio-equipo')
  await telefono.cerrarNavegador()
})

test('PTS-01, 02, 03, 07, 24: the dueño sees what a purchase gives, changes what a point costs and when points expire, and is told from when', async () => {
  const punto = pagina.getByLabel('1 punto =')
  const gana = (nivel: string) => pagina.locator(`[data-nivel=${nivel}] b`).innerText()
  await irA('Puntos')
  await pagina.getByText('Sin cambios').waitFor()
  assert.equal(await Promise.all(['bronce', 'plata', 'oro'].map(gana)), ['50 puntos', '62 puntos', '75 puntos'])
  await revisar('43-studio-puntos')
  await punto.fill('0.50')
  await pagina.getByText('Escribe un monto entre $1 y $1,000').waitFor()
  await pagina.getByRole('button', { name: '$20: 1 punto por cada $20' }).click()
  await pagina.getByRole('switch', { name: 'Los puntos vencen' }).click()
  assert.is(await gana('oro'), '37 puntos')
  await pagina.getByRole('button', { name: 'Revisar cambios' }).click()
  const hoja = pagina.getByRole('dialog', { name: '¿Cambiar las reglas?' })
  await hoja.getByText('Un punto: $10.00 → $20.00').waitFor()
  await hoja.getByText('Vencen: nunca → a los 12 meses').waitFor()
  await revisar('43-studio-puntos-confirmar')
  await hoja.getByRole('button', { name: 'Guardar cambios' }).click()
  await pagina.getByText('Reglas guardadas').waitFor()
  await pagina.reload()
  await pagina.getByText('Sin cambios').waitFor()
  assert.equal([await punto.inputValue(), await pagina.getByLabel('Después de').inputValue()], ['20.00', '12'])
})

test('the session of Studio outlives the page; logging out shows the login, and a wrong password says so', async () => {
  await pagina.goto(`${mundo.origen}/business-studio`)
  await pagina.getByRole('heading', { name: 'Hoy', exact: true }).waitFor()
  await pagina.locator('.tabbar').getByRole('button', { name: 'Más' }).click()
  await pagina.getByRole('button', { name: 'Cerrar sesión' }).click()
  await pagina.getByLabel('Correo').fill('dueno@pizzeriaroma.mx')
  await pagina.getByLabel('Contraseña').fill('otra cosa')
  await pagina.getByRole('button', { name: 'Entrar' }).click()
  await pagina.getByText('Correo o contraseña incorrectos.').waitFor()
  await revisar('44-studio-entrar')
})

test('one tap enters as the gerente, who sees the own sucursal only', async () => {
  await tocar('Gerente')
  await pagina.getByRole('heading', { name: 'Hoy', exact: true }).waitFor()
  await pagina.getByText('Sucursal Norte').waitFor()
  await irA('Cajas')
  await pagina.getByText('Caja Norte').waitFor()
  assert.is(await pagina.getByText('Caja 1', { exact: true }).count(), 0)
})

test('one tap enters the Panel: every till of every negocio, live', async () => {
  await tocar('Administrador')
  await pagina.getByRole('heading', { name: 'Servidor de sincronización' }).waitFor()
  for (const negocio of ['Pizzería Roma', 'Café Central', 'Gym Fitness']) await pagina.getByRole('rowheader', { name: negocio }).waitFor()
  await hasta(async () => (await pagina.locator('tr[data-serie]').count()) >= 5, 'the four of the story, and this browser')
  await revisar('45-panel')
  await enLoOscuroYEnTableta('45-panel')
})

test('the switch silences the server for the till, and brings it back', async () => {
  await tocar(/^@lucia$/)
  const caja = new CajaEnPantalla(pagina)
  await caja.enInicio()
  await caja.hastaLaFase('al_dia')
  const inicio = await mundo.otraPestana()
  await inicio.goto(mundo.origen)
  const red = inicio.getByRole('switch', { name: 'Red de la demostración' })
  await red.click()
  await inicio.getByText('Red apagada').waitFor()
  await revisar('46-inicio-red-apagada', inicio)
  await pagina.bringToFront()
  await caja.hastaLaFase('sin_conexion')
  await inicio.bringToFront()
  await red.click()
  await inicio.getByText('Red encendida').waitFor()
  await pagina.bringToFront()
  await hasta(async () => (await pagina.locator('.chip').first().getAttribute('data-fase')) === 'al_dia', 'the till is up to date again')
})

/** The desk follows the system's theme; between phone and desk the rail has only icons. */
async function enLoOscuroYEnTableta(nombre: string): Promise<void> {
  const antes = pagina.viewportSize()
  await pagina.emulateMedia({ colorScheme: 'dark' })
  await pagina.reload()
  await pagina.locator('table').first().waitFor()
  await esAccesible(pagina, `${nombre} in the dark`)
  await pagina.setViewportSize({ width: 900, height: 800 })
  await esAccesible(pagina, `${nombre} on a tablet`)
  await mundo.foto(pagina, `${nombre}-tableta`)
  await pagina.emulateMedia({ colorScheme: 'light' })
  await pagina.reload()
  if (antes) await pagina.setViewportSize(antes)
  await pagina.locator('table').first().waitFor()
}

/** On a phone the sections that are not at the foot are behind "Más". */
async function irA(seccion: string): Promise<void> {
  await pagina.locator('.tabbar').getByRole('button', { name: 'Más' }).click()
  await pagina.getByRole('dialog', { name: 'Secciones' }).getByRole('link', { name: seccion }).click()
}

test.run()
