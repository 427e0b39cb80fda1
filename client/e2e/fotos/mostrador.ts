/** The counter beside its sales: a shift, a canje and a cupón, a line that comes back, the sum of the day; then some of it in English. */
import { SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import { CajaEnPantalla } from '../lib/caja.ts'
import { darPermisosA } from '../lib/ledger.ts'
import type { Mundo } from '../lib/mundo.ts'
import { Shopper } from '../lib/shopper.ts'
import type { Mirada } from './vistas.ts'

export async function escenasDelMostrador(mundo: Mundo, mirada: Mirada): Promise<void> {
  const aparato = mundo.otroAparato('fotos-mostrador')
  const pagina = await aparato.abrirNavegador()
  const caja = new CajaEnPantalla(pagina)
  const boton = (nombre: string | RegExp) => pagina.getByRole('button', { name: nombre, exact: typeof nombre === 'string' })
  const enHoja = pagina.getByRole('dialog')
  const retrato = (nombre: string, clara = false) => mirada.retrato(pagina, `scanya-${nombre}`, clara ? 'claro' : undefined)
  const juan = await Shopper.entrar(mundo.origen, 'juan@example.mx')

  await darPermisosA(mundo.origen, 'carlos', SUPERVISOR)
  await caja.darDeAlta(mundo.origen)
  await caja.hastaLaFase('al_dia')
  await boton(/Abrir turno/).click()
  await pagina.locator('#abrir-turno').waitFor()
  await pagina.keyboard.type('50000')
  await retrato('40-abrir-turno')
  await boton('Abrir turno').click()
  await boton('Cerrar turno').waitFor()
  await caja.aInicio()
  await caja.vender('600', { cliente: 'Juan' })

  const { codigo } = await juan.canjear('Café gratis')
  await caja.aInicio()
  await boton('Validar canje').click()
  await pagina.getByLabel('Código del canje').fill(codigo)
  await retrato('41-canje')
  await pagina.keyboard.press('Enter')
  await boton('Confirmar entrega').waitFor()
  await retrato('41-canje-valido', true)
  await boton('Confirmar entrega').click()
  await pagina.getByRole('heading', { name: '¡Canje entregado!' }).waitFor()
  await retrato('41-canje-entregado')

  await caja.aInicio()
  await boton('Validar cupón').click()
  await pagina.getByLabel('Código del cupón').fill('ROMA10')
  await pagina.keyboard.press('Enter')
  await pagina.getByText('Cupón válido').waitFor()
  await retrato('42-cupon-valido', true)
  await boton('Aplicar cupón').click()
  await caja.escribirMonto('450')
  await retrato('42-cobrar-con-cupon')
  await caja.revisar()
  await boton('Confirmar venta').waitFor()
  await retrato('42-confirmar-con-cupon')
  await caja.confirmar()
  await caja.folioDelRecibo()

  await caja.abrirHistorial()
  const ayer = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Mexico_City' }).format(Date.now() - 86_400_000)
  await pagina.locator('.fecha').fill(ayer)
  await pagina.locator('.sales [data-tipo=venta][data-propio=false] button').first().click()
  await boton('Reembolsar').click()
  await enHoja.getByRole('radio', { name: 'Por artículo', exact: true }).click()
  await boton(/^Una de .* más$/)
    .first()
    .click()
  await retrato('43-reembolso-por-articulo', true)
  await boton('Cancelar').click()

  await caja.aInicio()
  await boton(/Ver turno/).click()
  await retrato('44-turno')
  await boton('Cerrar turno').click()
  await pagina.keyboard.type('140000')
  await retrato('44-cerrar-turno')
  await enHoja.getByRole('button', { name: 'Cerrar turno', exact: true }).click()
  await pagina.getByRole('dialog', { name: 'Turno cerrado' }).waitFor()
  await retrato('44-turno-cerrado')
  await aparato.cerrarNavegador()
  await enIngles(mundo, mirada)
}

async function enIngles(mundo: Mundo, mirada: Mirada): Promise<void> {
  const aparato = mundo.otroAparato('fotos-counter')
  aparato.idioma = 'en'
  const pagina = await aparato.abrirNavegador()
  const boton = (nombre: string | RegExp) => pagina.getByRole('button', { name: nombre, exact: typeof nombre === 'string' })
  await pagina.goto(`${mundo.origen}/scanya-widget/demo?como=lucia`)
  await boton('Sign out').waitFor()
  for (const camino of ['canje', 'cupon', 'turno'] as const) {
    await pagina.goto(`${mundo.origen}/scanya-widget/${camino}`)
    await pagina.getByRole('heading').first().waitFor()
    await mirada.deTelefono(pagina, `scanya-en-${camino}`)
  }
  await aparato.cerrarNavegador()
}
