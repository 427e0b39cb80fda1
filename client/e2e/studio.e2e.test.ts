// @timeout 420
/**
 * Business Studio as two merchants use it: they edit the same fifty artículos with no network, meet again, and decide; a list of five thousand rows comes
 * and goes as a file; a picture waits for the network; points that were held are approved with one tap.
 */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cabeEnAngosto, esAccesible } from './lib/accesible.ts'
import { ESCRITORIO } from './lib/aparato.ts'
import { CajaEnPantalla, hasta } from './lib/caja.ts'
import { leerLedger } from './lib/ledger.ts'
import { Mundo } from './lib/mundo.ts'
import { Shopper } from './lib/shopper.ts'
import { StudioEnPantalla } from './lib/studio.ts'

const TACOS = 50
/** $90,000 at $10 a point, bronce. */
const PUNTOS = 9_000
const BORRADOS = ['Taco 49', 'Taco 50']

const mundo = new Mundo()
const otro = mundo.otroAparato('laptop-norte')
/** The dueño, and the gerente of Norte on a laptop of their own. */
let rosa: StudioEnPantalla
let pablo: StudioEnPantalla
/** The till of Centro, in a tab of Rosa's. */
let caja: CajaEnPantalla
/** Of a sale with a photo, to Juan. */
let conFoto = ''

const taco = (n: number) => `Taco ${String(n).padStart(2, '0')}`
const CSV_DE_TACOS = [
  'nombre,precio,categoria,descripcion',
  ...Array.from({ length: TACOS }, (_, i) => `${taco(i + 1)},${20 + i}.00,Tacos,Al pastor`),
  '',
].join('\r\n')

/** What a shopper may spend in the negocio, as their own account reads it. */
async function puntosDe(correo: string): Promise<() => Promise<number>> {
  const pedir = async <T>(camino: string, opciones: RequestInit): Promise<T> => {
    const respuesta = await fetch(`${mundo.origen}${camino}`, opciones)
    return ((await respuesta.json()) as { data: T }).data
  }
  const { token } = await pedir<{ token: string }>('/api/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ correo, contrasena: 'Puntos-2026-demo' }),
  })
  return async () => {
    const tarjeta = await pedir<{ negocios: { nombre: string; puntosDisponibles: number }[] }>('/api/cardya/mi-tarjeta', {
      headers: { authorization: `Bearer ${token}` },
    })
    return tarjeta.negocios.find(({ nombre }) => nombre === 'Pizzería Roma')?.puntosDisponibles ?? 0
  }
}

const FILAS = process.env.FULL ? 5_000 : 2_000
/** Every 135th. */
const MALAS = Math.floor(FILAS / 135)
const CSV_GRANDE = [
  'nombre,precio,categoria',
  ...Array.from({ length: FILAS }, (_, i) => {
    const mala = (i + 1) % 135 === 0
    return `Producto ${String(i).padStart(4, '0')},${mala ? 'gratis' : `${i % 900}.50`},Lote ${i % 7}`
  }),
  '',
].join('\r\n')

test.before(async () => {
  await mundo.levantarServidor()
  const paginas = await Promise.all([mundo.abrirNavegador(), otro.abrirNavegador()])
  for (const pagina of paginas) await pagina.setViewportSize(ESCRITORIO)
  ;[rosa, pablo] = paginas.map((pagina) => new StudioEnPantalla(pagina)) as [StudioEnPantalla, StudioEnPantalla]
  await rosa.entrar(mundo.origen, 'dueno')
  await pablo.entrar(mundo.origen, 'gerente')
})
test.after(() => mundo.cerrar())

/** On the desk, and on the narrowest phone. */
async function bien(pagina: Page, estado: string): Promise<void> {
  await esAccesible(pagina, estado)
  await cabeEnAngosto(pagina, estado)
}
test('fifty artículos come in as a file and are on the other device too', async () => {
  await rosa.ir('importar')
  await bien(rosa.pagina, 'import')
  assert.equal(await rosa.ensayar(CSV_DE_TACOS), { todas: TACOS, nuevo: TACOS, cambia: 0, igual: 0, malo: 0 })
  await bien(rosa.pagina, 'a dry run')
  await rosa.importar()
  await rosa.pagina.getByRole('heading', { name: `${TACOS} artículos importados` }).waitFor()
  await rosa.hastaLaFase('al_dia')
  await pablo.categoria('Tacos', TACOS).waitFor()
})

test('two merchants edit the same fifty with no network; once it is back both screens agree and every lost value is in the inbox', async () => {
  await mundo.quitarServidor()
  // Pablo first, so that Rosa's prices are the later ones.
  await pablo.elegirTodo('Tacos', TACOS)
  await pablo.ponerPrecio('99')
  await pablo.enBarra('Ocultar')
  await pablo.dice(`Ocultaste ${TACOS} artículos`)
  await pablo.soltar()
  await pablo.editar(taco(1), 'Descripción', 'Al pastor con piña asada')

  await rosa.elegirTodo('Tacos', TACOS)
  await rosa.ponerPrecio('15')
  await rosa.enBarra('Destacar')
  await rosa.dice(`Destacaste ${TACOS} artículos`)
  await rosa.soltar()
  await rosa.editar(taco(1), 'Descripción', 'Al pastor en tortilla azul')
  for (const nombre of BORRADOS) {
    await rosa.pagina.getByLabel('Buscar por nombre').fill(nombre)
    await rosa.elegir(nombre)
  }
  await rosa.enBarra('Eliminar')
  await rosa.dice('Eliminaste 2 artículos')
  await rosa.pagina.getByLabel('Buscar por nombre').fill('')
  await rosa.hastaLaFase('sin_conexion')
  await rosa.ir('conflictos')
  await rosa.pagina.getByText('Nada por decidir').waitFor()
  await bien(rosa.pagina, 'no conflicts, offline')
  await mundo.foto(rosa.pagina, 'studio-20-sin-red')

  await mundo.levantarServidor()
  for (const studio of [rosa, pablo]) {
    await studio.intentarAhora()
    await studio.hastaLaFase('al_dia')
  }
  for (const studio of [rosa, pablo])
    await hasta(async () => (await studio.cuenta('conflictos')) === TACOS, `${TACOS} documents in the inbox of both`)
  const tacosDe = async (studio: StudioEnPantalla) => (await studio.exportar()).split('\r\n').filter((fila) => fila.includes('Tacos'))
  const tacos = await tacosDe(rosa)
  assert.equal(tacos, await tacosDe(pablo), 'both hold the same catálogo')
  assert.is(tacos.length, TACOS - BORRADOS.length, 'what was deleted later is deleted')
  assert.ok(
    tacos.every((fila) => fila.includes('15.00')),
    'the later price stands, with the other fields of both',
  )
})

test('a case shows what was there before, mine and theirs; a restored value reaches the other screen, and undoing it too', async () => {
  const { pagina } = rosa
  await rosa.ir('conflictos')
  await pagina.getByRole('button', { name: new RegExp(taco(1)) }).click()
  const caso = pagina.getByRole('region', { name: taco(1) })
  await caso.getByRole('group', { name: 'Precio' }).getByText('$20.00').waitFor()
  await caso.getByText('Se combinó solo').first().waitFor()
  assert.equal(
    await caso
      .locator('ins')
      .allInnerTexts()
      .then((t) => t.map((uno) => uno.trim())),
    ['en tortilla azul', 'con piña asada'],
  )
  await bien(pagina, 'a conflict')
  await mundo.foto(pagina, 'studio-21-conflicto')

  const precio = caso.getByRole('group', { name: 'Precio' })
  await precio.getByRole('radio').first().focus()
  await pagina.keyboard.press('e')
  await pagina.keyboard.type('17.50')
  assert.is(await precio.getByRole('textbox').inputValue(), '17.50', 'what is typed takes the place of what was there')
  await pagina.getByRole('button', { name: 'Todo lo suyo' }).click()
  await caso.getByText('$99.00').first().waitFor()
  await pagina.keyboard.press('Control+Enter')
  await rosa.dice(`${taco(1)}: decidido`)
  const precioEn = async (studio: StudioEnPantalla, pesos: string) => {
    await studio.ir('catalogo')
    await studio.pagina.getByLabel('Buscar por nombre').fill(taco(1))
    await studio.fila(taco(1)).getByText(pesos).waitFor()
  }
  await precioEn(pablo, '$99.00')
  await hasta(async () => (await pablo.cuenta('conflictos')) === TACOS - 1, 'the other inbox has one less')
  await pablo.ir('conflictos')
  await pablo.pagina.getByRole('tab', { name: /^Resueltos/ }).click()
  await pablo.pagina.getByText(/Decidió Rosa/).waitFor()
  await bien(pablo.pagina, 'what was resolved')

  await rosa.pagina.getByRole('button', { name: `Deshacer ${taco(1)}` }).click()
  await rosa.dice(`${taco(1)}: vuelve a esperar`)
  await precioEn(pablo, '$15.00')
  await hasta(async () => (await pablo.cuenta('conflictos')) === TACOS, 'it waits for both again')
})

test('what one deleted and the other edited is kept with its edits, or left deleted', async () => {
  const { pagina } = rosa
  const [uno, dos] = BORRADOS as [string, string]
  await rosa.ir('conflictos')
  await pagina.getByRole('button', { name: new RegExp(uno) }).click()
  assert.ok(await pagina.getByRole('radio', { name: /Dejarlo eliminado/ }).isChecked(), 'what is in force is marked')
  await pagina.getByRole('button', { name: 'Todo lo suyo' }).click()
  assert.ok(await pagina.getByRole('radio', { name: /Recuperarlo/ }).isChecked())
  await bien(pagina, 'edited and deleted')
  await mundo.foto(pagina, 'studio-22-eliminado')
  await pagina.getByRole('button', { name: /^Guardar y seguir/ }).click()
  await rosa.dice(`${uno}: decidido`)
  await pagina.getByRole('button', { name: new RegExp(dos) }).click()
  await pagina.getByRole('button', { name: /^Guardar y seguir/ }).click()
  await rosa.dice(`${dos}: decidido`)
  await pablo.ir('catalogo')
  await pablo.pagina.getByLabel('Buscar por nombre').fill(uno)
  await pablo.fila(uno).getByText('$99.00').waitFor()
  await pablo.pagina.getByLabel('Buscar por nombre').fill(dos)
  await pablo.pagina.getByText('Nada con esos filtros').waitFor()
})

test('points that a rule held are approved with one tap, and they move', async () => {
  const { pagina } = rosa
  const caja = new CajaEnPantalla(await otro.otraPestana())
  await caja.darDeAlta(mundo.origen, 'lucia')
  const folio = await caja.vender('90000', { cliente: 'María' })
  await caja.pagina.close()
  const puntosDeMaria = await puntosDe('maria@example.mx')
  const antes = await puntosDeMaria()
  await hasta(async () => (await rosa.cuenta('por-revisar')) === 1, 'one sale waits for the dueño')
  assert.not((await leerLedger(mundo.origen)).find((v) => v.folio === folio)?.acreditada)
  await pablo.ir('por-revisar')
  await pablo.pagina.getByText('Solo el dueño aprueba').first().waitFor()
  assert.is(await pablo.pagina.getByRole('button', { name: /^Aprobar/ }).count(), 0)
  await rosa.ir('por-revisar')
  await pagina.getByText('Fuera de lo normal').first().waitFor()
  await pagina.getByText('Lo que sabemos').waitFor()
  await bien(pagina, 'held points')
  await mundo.foto(pagina, 'studio-23-por-revisar')
  await pagina.getByRole('button', { name: /^Aprobar/ }).click()
  await rosa.deshacer(/^Aprobaste/)
  await pagina.getByRole('button', { name: /^Aprobar/ }).click()
  await hasta(async () => (await rosa.cuenta('por-revisar')) === 0, 'nothing waits for a word')
  await pagina.getByText('Nada por revisar').waitFor()
  assert.ok((await leerLedger(mundo.origen)).find((v) => v.folio === folio)?.acreditada)
  await hasta(async () => (await puntosDeMaria()) === antes + PUNTOS, 'the points are the client’s')
  await pagina.getByRole('button', { name: 'Ya decididas' }).click()
  await pagina.getByText('Aprobada').waitFor()
})

test('with no network from the start Studio opens whole; a picture added meanwhile arrives later', async () => {
  await mundo.quitarServidor()
  await mundo.matarNavegador()
  const pagina = await mundo.abrirNavegador()
  await pagina.setViewportSize(ESCRITORIO)
  rosa = new StudioEnPantalla(pagina)
  await pagina.goto(`${mundo.origen}/business-studio/catalogo`)
  await rosa.enCatalogo()
  await pagina.getByLabel('Buscar por nombre').fill(taco(2))
  await rosa
    .fila(taco(2))
    .getByRole('button', { name: taco(2) })
    .first()
    .click()
  const hoja = pagina.getByRole('dialog')
  await hoja.locator('input[type=file]').first().setInputFiles('client/public/icons/anunciaya-512.png')
  await hoja.locator('img').first().waitFor()
  await pagina.keyboard.press('Control+Enter')
  await hoja.waitFor({ state: 'detached' })
  await bien(pagina, 'the catálogo, offline')
  await mundo.foto(pagina, 'studio-24-sin-red')
  await mundo.levantarServidor()
  await rosa.intentarAhora()
  await rosa.hastaLaFase('al_dia')
  const foto = pablo.fila(taco(2)).locator('img')
  await pablo.ir('catalogo')
  await pablo.pagina.getByLabel('Buscar por nombre').fill(taco(2))
  await foto.waitFor()
  const respuesta = await fetch(new URL((await foto.getAttribute('src')) ?? '', mundo.origen))
  assert.is(respuesta.headers.get('content-type'), 'image/webp')
  assert.is(
    Buffer.from(await respuesta.arrayBuffer())
      .subarray(8, 12)
      .toString(),
    'WEBP',
  )
})

test('CUP-03, CARD-31: a cupón and a recompensa made with no network are at the till and on the card once it is back', async () => {
  const { pagina } = rosa
  const boton = (nombre: string | RegExp) => pagina.getByRole('button', { name: nombre })
  const hoja = pagina.getByRole('dialog')
  caja = new CajaEnPantalla(await mundo.otraPestana())
  await caja.darDeAlta(mundo.origen)
  await caja.leerTarjetaDe('Juan')
  await caja.pagina.locator('.foto input[type=file]').setInputFiles('client/public/icons/anunciaya-512.png')
  await caja.pagina.getByRole('button', { name: 'Ver la foto de evidencia' }).waitFor()
  await caja.escribirMonto('600')
  await caja.registrar()
  conFoto = await caja.folioDelRecibo()
  await caja.hastaQueTodo('servidor', 1)
  await mundo.ponerRed(false)
  await pagina.bringToFront()
  await rosa.ir('cupones')
  await boton('Crear cupón').first().click()
  await hoja.getByLabel('Título').fill('25% en tu comida')
  await hoja.getByLabel('Porcentaje de descuento').fill('25')
  await bien(pagina, 'the sheet of a cupón')
  await mundo.foto(pagina, 'studio-30-cupon')
  await pagina.keyboard.press('Control+Enter')
  const cupon = pagina.locator('[data-cupon]').filter({ hasText: '25% en tu comida' })
  await cupon.getByText('En este equipo').waitFor()
  await rosa.ir('recompensas')
  await boton('Crear recompensa').first().click()
  await hoja.getByLabel('Nombre').fill('Postre gratis')
  await hoja.getByLabel('Puntos que pide').fill('50')
  await hoja.getByLabel('Lo que te cuesta darla').fill('35')
  await bien(pagina, 'the sheet of a recompensa')
  await mundo.foto(pagina, 'studio-31-recompensa')
  await pagina.keyboard.press('Control+Enter')
  await pagina.locator('[data-recompensa]').filter({ hasText: 'Postre gratis' }).getByText('En este equipo').waitFor()
  await mundo.ponerRed(true)
  await rosa.intentarAhora()
  await rosa.hastaLaFase('al_dia')
  // On the card: it is asked for. At the till: its code is known.
  const juan = await Shopper.entrar(mundo.origen, 'juan@example.mx')
  await juan.canjear('Postre gratis')
  await caja.pagina.bringToFront()
  await caja.hastaLaFase('al_dia')
  await caja.aInicio()
  await caja.pagina.getByRole('button', { name: 'Validar cupón' }).click()
  await caja.pagina.getByLabel('Código del cupón').fill('25comida')
  await caja.pagina.keyboard.press('Enter')
  await caja.pagina.getByText('Cupón válido').waitFor()
  await pagina.bringToFront()
  await pagina.getByRole('tab', { name: /^Canjes/ }).click()
  await pagina.locator('[data-canje]').filter({ hasText: 'Postre gratis' }).getByText('Por entregar').waitFor()
  await bien(pagina, 'canjes')
  await mundo.foto(pagina, 'studio-32-canjes')
  await rosa.ir('cupones')
  await cupon.getByRole('button', { name: 'Enviar a…' }).click()
  await hoja.getByRole('button', { name: 'Enviar', exact: true }).click()
  await hoja.getByText('Terminado').first().waitFor()
  await bien(pagina, 'a sending')
  await mundo.foto(pagina, 'studio-33-envio')
  await pagina.keyboard.press('Escape')
  await bien(pagina, 'cupones')
  await mundo.foto(pagina, 'studio-34-cupones')
})

test('CUP-01, 02, 05: a cupón is used, told again, counted, copied, edited, deleted and ended from its card', async () => {
  const { pagina } = rosa
  const hoja = pagina.getByRole('dialog')
  const tarjeta = (titulo: string) =>
    pagina.locator('[data-cupon]').filter({ has: pagina.getByRole('button', { name: titulo, exact: true }) })
  const cupon = tarjeta('25% en tu comida')
  const elegir = async (titulo: string, accion: string) => {
    await pagina.getByRole('button', { name: `Más acciones de ${titulo}`, exact: true }).click()
    await pagina.getByRole('menuitem', { name: accion, exact: true }).click()
  }
  await caja.pagina.bringToFront()
  await caja.aInicio()
  await caja.pagina.getByRole('button', { name: /^Escanear QR/ }).click()
  await caja.pagina.getByRole('button', { name: 'Tarjeta de Juan' }).click()
  await caja.pagina.getByRole('radio', { name: /25% en tu comida/ }).click()
  await caja.pagina.getByRole('button', { name: 'Aplicar cupón y cobrar' }).click()
  await caja.pagina.getByRole('button', { name: /^Revisar/ }).waitFor()
  await caja.escribirMonto('100')
  await caja.registrar()
  const folio = await caja.folioDelRecibo()
  await caja.hastaQueTodo('servidor', 2)
  await caja.aInicio()
  await caja.pagina.close()
  await pagina.bringToFront()
  await cupon.getByRole('button', { name: 'Enviar a…' }).click()
  await hoja.getByRole('button', { name: 'Recordar a quienes lo tienen' }).click()
  await hoja.getByRole('listitem').filter({ hasText: 'A quienes ya lo tienen' }).getByText('Terminado').waitFor()
  await pagina.keyboard.press('Escape')
  // Sent to who has bought here, Juan and María; used by one of them, who took $25 off.
  const cuentas = async () => (await cupon.locator('dl').innerText()).replace(/\s+/g, ' ')
  await hasta(async () => (await cuentas()) === 'Enviados 2 Canjeados 1 Tasa 50% Te costó $25.00', 'the counts of the cupón')
  await elegir('25% en tu comida', 'Quién lo usó')
  const uso = hoja.getByRole('row').filter({ hasText: folio })
  await uso.waitFor()
  for (const dicho of ['Juan', 'Centro', '$25.00', '$75.00']) assert.ok((await uso.innerText()).includes(dicho), dicho)
  await bien(pagina, 'who used a cupón')
  await mundo.foto(pagina, 'studio-38-quien-lo-uso')
  await pagina.keyboard.press('Escape')
  await elegir('25% en tu comida', 'Duplicar')
  await rosa.dice(/^Duplicaste 25% en tu comida/)
  await pagina.getByRole('tab', { name: /^Sin activar/ }).click()
  await tarjeta('25% en tu comida (copia)').getByRole('button', { name: 'Editar' }).click()
  await hoja.getByLabel('Título').fill('30% en tu cena')
  await hoja.getByLabel('Porcentaje de descuento').fill('30')
  await pagina.keyboard.press('Control+Enter')
  await rosa.dice('Cambios guardados')
  await tarjeta('30% en tu cena').getByText('−30%').waitFor()
  await elegir('30% en tu cena', 'Eliminar')
  await rosa.dice('Eliminaste 30% en tu cena')
  await tarjeta('30% en tu cena').waitFor({ state: 'detached' })
  await pagina.getByRole('tab', { name: /^Vigentes/ }).click()
  await elegir('25% en tu comida', 'Terminar ahora')
  await rosa.dice('Terminaste 25% en tu comida')
  await pagina.getByRole('tab', { name: /^Terminados/ }).click()
  await cupon.waitFor()
  assert.is(await cupon.getAttribute('data-situacion'), 'terminado')
  assert.match(await cuentas(), /Canjeados 1 Tasa 50%/)
  await bien(pagina, 'cupones that ended')
  await mundo.foto(pagina, 'studio-39-terminados')
})

test('PTS-14, PTS-22, EMP-38: the search opens a client with what is known of them, and a sale with its photo, which the gerente of another sucursal does not find', async () => {
  const { pagina } = rosa
  const hoja = pagina.getByRole('dialog')
  const buscar = (de: Page, texto: string) => de.getByRole('combobox', { name: 'Buscar ventas, clientes, artículos' }).fill(texto)
  const datos = async () => ((await hoja.locator('dl').textContent()) ?? '').replace(/\s+/g, ' ')
  const puntos = await (await puntosDe('juan@example.mx'))()
  await buscar(pagina, 'juan')
  await pagina.getByRole('option', { name: /Juan/ }).first().click()
  await hasta(async () => /Visitas2Ha gastado\$675\.00/.test(await datos()), 'both purchases of Juan')
  for (const dicho of ['NivelOro', `Puntos disponibles${puntos}`]) assert.ok((await datos()).includes(dicho), dicho)
  await bien(pagina, 'a client')
  await mundo.foto(pagina, 'studio-40-cliente')
  await pagina.keyboard.press('Escape')
  await buscar(pagina, conFoto)
  await pagina.getByRole('option', { name: new RegExp(conFoto) }).click()
  const foto = hoja.getByRole('img', { name: 'Foto de evidencia' })
  await foto.waitFor()
  assert.ok(await foto.evaluate((img) => (img as HTMLImageElement).decode().then(() => (img as HTMLImageElement).naturalWidth > 0)))
  for (const dicho of ['$600.00', 'Juan', 'Centro', '+90']) assert.ok((await datos()).includes(dicho), dicho)
  await bien(pagina, 'a sale with its photo')
  await mundo.foto(pagina, 'studio-41-venta-con-foto')
  await pagina.keyboard.press('Escape')
  await buscar(pablo.pagina, conFoto)
  await pablo.pagina.getByText(`Nada con «${conFoto}» en este equipo`).waitFor()
  await pablo.pagina.keyboard.press('Escape')
})

test('what a till without network saved as a file is received here, and its shift is seen', async () => {
  const { pagina } = rosa
  const caja = new CajaEnPantalla(await mundo.otraPestana())
  await caja.abrir(mundo.origen)
  await mundo.ponerRed(false)
  await caja.pagina.getByRole('button', { name: /Abrir turno/ }).click()
  await caja.pagina.locator('#abrir-turno').waitFor()
  await caja.pagina.keyboard.type('50000')
  await caja.pagina.locator('output.monto').filter({ hasText: '500.00' }).waitFor()
  await caja.pagina.getByRole('button', { name: 'Abrir turno' }).click()
  await caja.pagina.getByRole('button', { name: 'Cerrar turno' }).waitFor()
  const folio = await caja.vender('40')
  await caja.aInicio()
  await caja.abrirLoQueFalta()
  const [bajada] = await Promise.all([
    caja.pagina.waitForEvent('download'),
    caja.pagina.getByRole('button', { name: 'Exportar', exact: true }).click(),
  ])
  const archivo = await bajada.path()
  const pendientes = { name: 'pendientes.json', mimeType: 'application/json', buffer: await readFile(archivo) }
  await caja.pagina.close()
  await mundo.ponerRed(true)
  await pagina.bringToFront()
  await rosa.ir('cajas')
  await pagina.getByRole('button', { name: 'Subir archivo de una caja' }).click()
  const entrada = pagina.locator('input[data-pendientes]')
  await entrada.setInputFiles({ ...pendientes, buffer: Buffer.from('{}') })
  await pagina.getByText('Este archivo no es de pendientes de una caja.').waitFor()
  await entrada.setInputFiles(pendientes)
  await pagina.getByText('2 renglones nuevos').waitFor()
  await bien(pagina, 'a file that was received')
  await mundo.foto(pagina, 'studio-35-archivo')
  await entrada.setInputFiles(pendientes)
  await pagina.getByText('0 renglones nuevos').waitFor()
  assert.is((await leerLedger(mundo.origen)).filter((v) => v.folio === folio).length, 1)
  await rosa.ir('turnos')
  await pagina.getByText('Abierto').first().waitFor()
  await bien(pagina, 'shifts')
  await mundo.foto(pagina, 'studio-36-turnos')
  await pagina.locator('.tu').first().click()
  const hoja = pagina.getByRole('dialog')
  await hoja.getByText('Se sabe cuando el turno se cierre').waitFor()
  await bien(pagina, 'a shift')
  await mundo.foto(pagina, 'studio-37-turno')
  await pagina.keyboard.press('Escape')
  await hoja.waitFor({ state: 'detached' })
  await rosa.intentarAhora()
  await rosa.hastaLaFase('al_dia')
})

test('a file of thousands of rows: the dry run, a cancelled import that changes nothing, the import, again, and back out equal', async () => {
  const { pagina } = rosa
  await mundo.quitarServidor() // also this works with no network
  const resumen = async () => {
    await rosa.ir('catalogo')
    await pagina.getByLabel('Buscar por nombre').fill('')
    await pagina.getByText(/^\d\d artículos/).waitFor()
    return pagina.locator('.phead p').first().innerText()
  }
  const antes = await resumen()
  await rosa.ir('importar')
  assert.equal(await rosa.ensayar(CSV_GRANDE), { todas: FILAS, nuevo: FILAS - MALAS, cambia: 0, igual: 0, malo: MALAS })
  await pagina.getByText('precio: «gratis»').first().waitFor()
  await bien(pagina, 'bad rows')
  await mundo.foto(pagina, 'studio-25-ensayo')
  await rosa.importarYCancelar()
  await pagina.getByText('Cancelado. Nada cambió.').waitFor()
  assert.is(await resumen(), antes)

  await rosa.ir('importar')
  await rosa.ensayar(CSV_GRANDE)
  await rosa.importar()
  await pagina
    .getByRole('heading', { name: `${(FILAS - MALAS).toLocaleString('es-MX')} artículos importados` })
    .waitFor({ timeout: 60_000 })
  await pagina.getByRole('button', { name: 'Otro archivo' }).click()
  const otraVez = await rosa.ensayar(CSV_GRANDE)
  assert.equal(otraVez, { todas: FILAS, nuevo: 0, cambia: 0, igual: FILAS - MALAS, malo: MALAS })
  const csv = await rosa.exportar()
  const { igual, malo, todas } = await rosa.ensayar(csv)
  assert.equal([igual, malo], [todas, 0], 'what comes out goes in equal')
  assert.is(csv.split('\r\n').filter((fila) => /,Producto \d{4},/.test(fila)).length, FILAS - MALAS)
})

test('the pages never asked for anything that their own policy forbids', () => {
  const csp = [...mundo.errores, ...otro.errores].filter((texto) => /Content Security Policy|TrustedScript|Trusted Type/.test(texto))
  assert.equal(csp, [])
})

test.run()
