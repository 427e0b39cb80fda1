/** What each app says of itself to the browser that installs it (PWA-16, 17, 18), as the files that are served. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

interface Icono {
  src: string
  sizes: string
  purpose: string
}
interface Manifiesto {
  [campo: string]: unknown
  scope: string
  start_url: string
  icons: Icono[]
}

const archivo = (camino: string) => readFileSync(new URL(`./public${camino}`, import.meta.url))
const leer = (app: string) => JSON.parse(archivo(`/manifest.${app}.json`).toString('utf8')) as Manifiesto
const dice = (m: Manifiesto, ...campos: string[]) => campos.map((campo) => m[campo])

test('[PWA-16] the card: name, address, upright and in its colours', () => {
  const m = leer('cardya')
  assert.equal(dice(m, 'name', 'short_name', 'description'), ['CardYA - Tu Tarjeta de Puntos', 'CardYA', 'Tu tarjeta de lealtad digital'])
  assert.equal(dice(m, 'display', 'orientation', 'background_color', 'theme_color'), ['standalone', 'portrait', '#ffffff', '#4F46E5'])
  assert.equal([m.scope, new URL(m.start_url, 'https://a.mx').pathname], ['/cardya-widget/', '/cardya-widget/'])
})

test('[PWA-17] the till: name, address, upright and in its colours', () => {
  const m = leer('scanya')
  assert.equal(dice(m, 'name', 'short_name', 'description'), ['ScanYA - Punto de Venta', 'ScanYA', 'Registra ventas y otorga puntos'])
  assert.equal(dice(m, 'display', 'orientation', 'background_color', 'theme_color'), ['standalone', 'portrait', '#1F2937', '#10B981'])
  assert.equal([m.scope, new URL(m.start_url, 'https://a.mx').pathname], ['/scanya-widget/', '/scanya-widget/'])
})

test('[PWA-18] each of the three has a manifest of its own, and icons of each size and use that are what they say', () => {
  for (const app of ['anunciaya', 'cardya', 'scanya']) {
    const { icons } = leer(app)
    assert.equal(
      icons.map(({ sizes, purpose }) => `${purpose} ${sizes}`),
      ['any', 'maskable', 'monochrome'].flatMap((uso) => [`${uso} 192x192`, `${uso} 512x512`]),
      app,
    )
    for (const { src, sizes } of icons) {
      const png = archivo(src)
      assert.ok(src.startsWith(`/icons/${app}-`), src)
      assert.is(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes, src)
    }
  }
})

test.run()
