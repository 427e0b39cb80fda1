import { test } from 'uvu'
import * as assert from 'uvu/assert'

/** What a tab keeps over a reload: the page's memory is a module, so each "reload" imports it anew. */
const guardado = new Map<string, string>()
Object.defineProperty(globalThis, 'sessionStorage', {
  configurable: true,
  value: {
    getItem: (llave: string) => guardado.get(llave) ?? null,
    setItem: (llave: string, valor: string) => void guardado.set(llave, valor),
    removeItem: (llave: string) => void guardado.delete(llave),
  },
})
let paginas = 0
const abrirPagina = () => import(`./venta-en-curso.ts?pagina=${paginas++}`) as Promise<typeof import('./venta-en-curso.ts')>

test.before.each(() => guardado.clear())

test('a reload goes on with the same sale, under the same id', async () => {
  const antes = await abrirPagina()
  antes.cambiarVenta('carlos', { montoCentavos: 50_000, metodoPago: 'tarjeta' })
  const { id } = antes.ventaDe('carlos')
  const despues = await abrirPagina()
  assert.is(despues.hayVentaAbierta(), true)
  assert.is(despues.ventaDe('carlos').id, id)
  assert.is(antes.fueRecuperada(antes.ventaDe('carlos')), false)
  assert.is(despues.fueRecuperada(despues.ventaDe('carlos')), true)
  assert.is(despues.ventaDe('carlos').montoCentavos, 50_000)
  assert.is(despues.ventaDe('carlos').metodoPago, 'tarjeta')
})

test('a finished sale leaves nothing to the next one', async () => {
  const pagina = await abrirPagina()
  pagina.cambiarVenta('carlos', { montoCentavos: 50_000, descripcion: '2 pizzas' })
  const { id } = pagina.ventaDe('carlos')
  pagina.olvidarVenta()
  assert.is(pagina.hayVentaAbierta(), false)
  assert.is(guardado.size, 0)
  assert.is.not(pagina.ventaDe('carlos').id, id)
  assert.is(pagina.ventaDe('carlos').montoCentavos, 0)
  assert.is(pagina.ventaDe('carlos').descripcion, '')
})

test('another operator never inherits an open sale', async () => {
  const pagina = await abrirPagina()
  pagina.cambiarVenta('carlos', { montoCentavos: 50_000 })
  const { id } = pagina.ventaDe('carlos')
  assert.is(pagina.ventaDe('lucia').montoCentavos, 0)
  assert.is.not(pagina.ventaDe('lucia').id, id)
})

test('before anybody is known to be at the till, what a reload kept is not touched', async () => {
  const antes = await abrirPagina()
  antes.cambiarVenta('carlos', { montoCentavos: 50_000 })
  const pagina = await abrirPagina()
  assert.is(pagina.ventaDe('').montoCentavos, 0)
  assert.is(pagina.ventaDe('carlos').montoCentavos, 50_000)
})

test('what cannot be read is no sale', async () => {
  guardado.set('scanya.venta', '{"id":')
  assert.is((await abrirPagina()).hayVentaAbierta(), false)
  guardado.set('scanya.venta', '{"id":"x","montoCentavos":1.5}')
  assert.is((await abrirPagina()).hayVentaAbierta(), false)
})

test('a tab that may not keep anything still sells', async () => {
  const pagina = await abrirPagina()
  const negado = () => {
    throw new Error('denied')
  }
  const real = globalThis.sessionStorage
  Object.defineProperty(globalThis, 'sessionStorage', {
    configurable: true,
    value: { getItem: negado, setItem: negado, removeItem: negado },
  })
  pagina.cambiarVenta('carlos', { montoCentavos: 100 })
  assert.is(pagina.ventaDe('carlos').montoCentavos, 100)
  Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, value: real })
})

test.run()
