// The three installable apps (PWA-02) as the build sees them: one page, one scope, one service worker, one folder of files each.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './files.mjs'

/**
 * @typedef {object} App
 * @property {'anunciaya' | 'scanya' | 'cardya'} name
 * @property {string} folder below client/ and below client/dist; '' for the shell, which has the rest
 * @property {string} scope its page and its service worker's scope, with the final slash
 * @property {string[]} shared files of client/public it keeps on the device
 * @property {RegExp} onDemand what it may need some day and does not keep beforehand: names of files, or of the sources they were made of
 */

const iconsOf = (name) => [192, 512].map((size) => `icons/${name}-${size}.png`)
const NONE = /$^/

/** @type {App[]} */
export const APPS = [
  { name: 'anunciaya', folder: '', scope: '/', shared: iconsOf('anunciaya'), onDemand: NONE },
  { name: 'scanya', folder: 'scanya-widget', scope: '/scanya-widget/', shared: iconsOf('scanya'), onDemand: NONE },
  // A shopper's card is small (PWA-04). The reader of a ticket's QR is fetched by the first who reads one, and kept from then on.
  {
    name: 'cardya',
    folder: 'cardya-widget',
    scope: '/cardya-widget/',
    shared: iconsOf('cardya'),
    onDemand: /\.(wasm|woff2)$|node_modules\/(zxing-wasm|barcode-detector|qr-scanner)\//,
  },
]

/** The widgets whose page exists. */
export const widgets = () => APPS.filter(({ folder }) => folder !== '' && existsSync(join(ROOT, 'client', folder, 'index.html')))
