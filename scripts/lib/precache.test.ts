import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { APPS } from './apps.mjs'
import { addressOf, precacheOf } from './precache.mjs'
import { scriptsOf, staticImports } from './sizes.mjs'

const FILES = [
  'index.html',
  'sw.js',
  'assets/index-1.js',
  'assets/index-1.js.map',
  'manifest.cardya.json',
  'icons/anunciaya-192.png',
  'icons/cardya-192.png',
  'icons/cardya-512.png',
  'icons/cardya-maskable-512.png',
  'scanya-widget/index.html',
  'scanya-widget/sw.js',
  'scanya-widget/assets/worker-2.js',
  'scanya-widget/assets/zxing_reader-9.wasm',
  'cardya-widget/index.html',
  'cardya-widget/sw.js',
  'cardya-widget/assets/index-3.js',
  'cardya-widget/assets/worker-4.js',
  'cardya-widget/assets/zxing_reader-9.wasm',
]
const sourcesOf = (file: string) =>
  file.endsWith('worker-4.js') ? ['../workers/scanner/worker.ts', '../node_modules/zxing-wasm/dist/x.js'] : []
const of = (name: string) => precacheOf(FILES, APPS.find((app) => app.name === name)!, sourcesOf)

test('[PWA-21] each app keeps its own files, whole; the shell keeps none of the widgets’', () => {
  assert.equal(of('anunciaya').keep, ['assets/index-1.js', 'icons/anunciaya-192.png', 'index.html'])
  assert.equal(of('scanya').keep, [
    'scanya-widget/assets/worker-2.js',
    'scanya-widget/assets/zxing_reader-9.wasm',
    'scanya-widget/index.html',
  ])
})

test('[PWA-19] the card keeps its page and its icons; the reader of tickets comes when someone reads one', () => {
  assert.equal(of('cardya').keep, [
    'cardya-widget/assets/index-3.js',
    'cardya-widget/index.html',
    'icons/cardya-192.png',
    'icons/cardya-512.png',
  ])
  assert.equal(of('cardya').onDemand, ['cardya-widget/assets/worker-4.js', 'cardya-widget/assets/zxing_reader-9.wasm'])
})

test('a page is its folder, with the slash its scope has', () => {
  assert.equal(['index.html', 'cardya-widget/index.html', 'assets/index-1.js'].map(addressOf), [
    '/',
    '/cardya-widget/',
    '/assets/index-1.js',
  ])
})

test('what a page loads by itself: its scripts and their static imports, not what it asks for later', () => {
  const html =
    '<link rel="modulepreload" href="/w/a-1.js"><script type="module" crossorigin src="/w/b-2.js"></script><link rel="icon" href="/i.svg">'
  assert.equal(scriptsOf(html), ['w/a-1.js', 'w/b-2.js'])
  assert.equal(staticImports('import{a}from"./a.js";import"./b.js";const c=()=>import("./c.js");export{d}from"./d.js"'), [
    './a.js',
    './b.js',
    './d.js',
  ])
})

test.run()
