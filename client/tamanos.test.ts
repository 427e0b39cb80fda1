// @build
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../scripts/lib/files.mjs'
import { beforeFirstUse, entryGraph, type Size, sizesOf, sizesTable } from '../scripts/lib/sizes.mjs'

const KB = 1024
/** The card's JavaScript before the first QR, and all it keeps (PWA-04). */
const TARJETA = { entrada: 50 * KB, todo: 200 * KB }
/** A till's JavaScript before its first sale, page and replica. */
const CAJA = 250 * KB
/** Libraries that have no business on a shopper's phone, by a word of theirs that a build does not rename. */
const AJENO = /leaflet|zxing|react-dom/i

const dist = process.env.CLIENT_DIR ?? join(ROOT, 'client/dist')
const tamanos = sizesOf(dist)
const de = (nombre: string): Size => {
  const uno = tamanos.find(({ name }) => name === nombre)
  if (!uno) throw new Error(`${nombre} was not built`)
  return uno
}
/** What a script was made of, by its map; vite's own few lines have none. */
const fuentesDe = (archivo: string): string[] => {
  const mapa = join(dist, `${archivo}.map`)
  return existsSync(mapa) ? JSON.parse(readFileSync(mapa, 'utf8')).sources : []
}
console.log(sizesTable(tamanos))

test('[PWA-02] [PWA-21] three apps, each with its own page and service worker', () => {
  assert.equal(
    tamanos.map(({ name }) => name),
    ['anunciaya', 'scanya', 'cardya'],
  )
})

test('[PWA-04] the card draws its first QR with at most 50 KB of JavaScript', () => {
  const { entry } = de('cardya')
  assert.ok(entry <= TARJETA.entrada, `${entry} bytes`)
})

test('[PWA-04] everything the card keeps on a phone is at most 200 KB', () => {
  const { precache, files } = de('cardya')
  assert.ok(precache <= TARJETA.todo, `${precache} bytes: ${files.map(({ file, bytes }) => `${file} ${bytes}`).join(', ')}`)
})

test('[PWA-19] the card keeps its page and its icons, nothing of the till, and never its own worker', () => {
  const archivos = de('cardya').files.map(({ file }) => file)
  for (const suyo of ['cardya-widget/index.html', 'icons/cardya-192.png', 'icons/cardya-512.png']) assert.ok(archivos.includes(suyo), suyo)
  assert.equal(
    archivos.filter((archivo) => AJENO.test(archivo) || archivo.startsWith('scanya-widget/') || archivo.endsWith('.map')),
    [],
  )
})

test('[PWA-04] the card downloads nothing that only a till runs, neither beforehand nor later', () => {
  const { files, onDemand } = de('cardya')
  const scripts = [...files.map(({ file }) => file), ...onDemand].filter((archivo) => archivo.endsWith('.js'))
  const fuentes = scripts.flatMap(fuentesDe)
  assert.ok(fuentes.some((fuente) => fuente.endsWith('workers/replica/nucleo.ts')))
  assert.equal(
    fuentes.filter((fuente) => /workers\/replica\/(aparato|diario|uploader|boveda|entrada)\.ts$|hash-wasm/.test(fuente)),
    [],
  )
})

test('a till sells with at most 250 KB of JavaScript, its replica included', () => {
  const archivos = beforeFirstUse(dist, { folder: 'scanya-widget' })
  assert.ok(archivos.some((archivo) => /\/caja-/.test(archivo)) && archivos.some((archivo) => /\/worker-/.test(archivo)))
  const bytes = archivos.reduce((suma, archivo) => suma + gzipSync(readFileSync(join(dist, archivo))).length, 0)
  assert.ok(bytes <= CAJA, `${bytes} bytes: ${archivos.join(', ')}`)
})

test('the first screen of the till waits for no schema, camera, QR writer or screen that is seldom opened; all of them are kept', () => {
  const primeros = entryGraph(dist, 'scanya-widget/index.html')
  const fuentes = primeros.flatMap(fuentesDe)
  assert.ok(fuentes.some((fuente) => fuente.endsWith('apps/scanya/inicio.tsx')))
  assert.equal(
    fuentes.filter((fuente) =>
      /\/zod\/|\/qrcode\/|\/qr-scanner\/|textos-de-codigo\.ts$|scanya\/(historial|venta-detalle|reembolso|alta)\.tsx$/.test(fuente),
    ),
    [],
  )
  const guardados = de('scanya').files.map(({ file }) => file)
  const deDespues = readdirSync(join(dist, 'scanya-widget/assets')).filter((archivo) => archivo.endsWith('.js'))
  assert.equal(
    deDespues.filter((archivo) => !guardados.includes(`scanya-widget/assets/${archivo}`)),
    [],
  )
})

test.run()
