import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { leerMensaje, oirAvisos } from './avisos.ts'

const MENSAJE = { id: 'historial:x', titulo: '+50 puntos', cuerpo: 'Ganaste 50 puntos en Pizzería Roma.', ir: '#puntos' }
const NEGOCIO = '018f0000-0000-7000-8000-000000000001'

test('a message is read as it came; one that nobody understands is still shown', () => {
  assert.equal(leerMensaje(JSON.stringify(MENSAJE)), MENSAJE)
  for (const malo of [
    null,
    '',
    'hola',
    '[]',
    'null',
    '{}',
    JSON.stringify({ ...MENSAJE, titulo: 3 }),
    JSON.stringify({ ...MENSAJE, id: '' }),
  ])
    assert.is(leerMensaje(malo).titulo, 'CardYA', String(malo))
})

test('it leads to a screen of the card and nowhere else', () => {
  const lugar = (ir: unknown) => leerMensaje(JSON.stringify({ ...MENSAJE, ir })).ir
  assert.is(lugar(`#historial=${NEGOCIO}`), `#historial=${NEGOCIO}`)
  for (const ajeno of ['https://otro.example/', '//otro.example', 'javascript:alert(1)', '../', 7, undefined])
    assert.is(lugar(ajeno), '#avisos')
})

/** A service worker's world: what it showed and opened. */
function mundo(ventanas: { url: string; visibilityState?: string }[]) {
  const oidos: Record<string, (evento: never) => void> = {}
  const hechos: unknown[] = []
  const clientes = ventanas.map((ventana) => ({
    ...ventana,
    navigate: async (url: string) => void hechos.push(['navigate', url]),
    focus: async () => void hechos.push('focus'),
  }))
  const sw = {
    addEventListener: (nombre: string, fn: (evento: never) => void) => {
      oidos[nombre] = fn
    },
    location: { origin: 'https://x.example' },
    navigator: { setAppBadge: async () => void hechos.push('badge') },
    clients: { matchAll: async () => clientes, openWindow: async (url: string) => void hechos.push(['open', url]) },
    registration: { showNotification: async (titulo: string, mas: object) => void hechos.push([titulo, mas]) },
  }
  oirAvisos(sw as never, '/cardya-widget/')
  const suceder = async (nombre: string, evento: object) => {
    let fin: Promise<unknown> = Promise.resolve()
    oidos[nombre]?.({ ...evento, waitUntil: (una: Promise<unknown>) => (fin = una) } as never)
    await fin
    return hechos.splice(0)
  }
  return suceder
}
const empujar = { data: { text: () => JSON.stringify(MENSAJE) } }

test('a push is shown with its own name, so that again takes its place; quietly when the card is on the screen', async () => {
  const [mostrado, insignia] = await mundo([])('push', empujar)
  const icono = '/icons/cardya-192.png'
  const opciones = { body: MENSAJE.cuerpo, tag: MENSAJE.id, icon: icono, badge: icono, data: { ir: '#puntos' }, silent: false }
  assert.equal([mostrado, insignia], [['+50 puntos', opciones], 'badge'])
  const [callado] = await mundo([{ url: 'https://x.example/cardya-widget/', visibilityState: 'visible' }])('push', empujar)
  assert.ok((callado as [string, { silent: boolean }])[1].silent)
})

test('a tap brings the open card to the front at that screen, or opens one; pages of other apps are left alone', async () => {
  const toque = { notification: { close: () => {}, data: { ir: '#puntos' } } }
  const alli = 'https://x.example/cardya-widget/#puntos'
  assert.equal(await mundo([{ url: 'https://x.example/cardya-widget/' }])('notificationclick', toque), [['navigate', alli], 'focus'])
  assert.equal(await mundo([{ url: 'https://x.example/scanya-widget/' }])('notificationclick', toque), [['open', alli]])
})

test.run()
