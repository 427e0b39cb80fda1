// Draws the apps' icons (PWA-18) from the shapes below: an SVG for the tab, and PNGs by the system's Chromium. Run it after changing a shape;
// the PNGs are committed.
//
//   any         the mark on its ground, rounded, with the corners left clear
//   maskable    the ground to the edges, the mark inside the middle 80 %
//   monochrome  the mark alone, in white: the system colours it
//   apple       180 px, square: iOS rounds it
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from './lib/chromium.mjs'
import { ROOT } from './lib/files.mjs'
import { palettePng } from './lib/palette-png.mjs'

const OUT = join(ROOT, 'client/public/icons')

/** Marks are drawn in a square of 100; `ink` is the colour of their lines. */
const APPS = {
  scanya: {
    ground: '<rect width="100" height="100" fill="#10b981"/>',
    ink: '#04231a',
    mark: (ink) => `<g fill="none" stroke="${ink}" stroke-linecap="round" stroke-linejoin="round">
      <path stroke-width="6" d="M14 32V24a10 10 0 0 1 10-10h8M68 14h8a10 10 0 0 1 10 10v8M86 68v8a10 10 0 0 1-10 10h-8M32 86h-8a10 10 0 0 1-10-10v-8"/>
      <g stroke-width="5.5"><rect x="31" y="31" width="15" height="15" rx="3"/><rect x="54" y="31" width="15" height="15" rx="3"/>
      <rect x="31" y="54" width="15" height="15" rx="3"/><path d="M54.500 54.500h6v6M69 54.500v.1M69 61.500v7.500h-8"/></g></g>`,
  },
  cardya: {
    // Flat: a gradient makes a PNG of 100 KB, and the card keeps its icon on the phone.
    ground: '<rect width="100" height="100" fill="#4f46e5"/>',
    ink: '#ffffff',
    // A card with the three lozenges of a nivel, one of them still to win.
    mark: (ink) => `<g fill="none" stroke="${ink}" stroke-linecap="round" stroke-linejoin="round">
      <rect x="12" y="25" width="76" height="50" rx="10" stroke-width="6"/><path stroke-width="6" d="M12 41h76"/></g>
      <g fill="${ink}" stroke="${ink}" stroke-width="3" stroke-linejoin="round"><path d="M31 52l7 7-7 7-7-7z"/><path d="M50 52l7 7-7 7-7-7z"/>
      <path fill="none" d="M69 52l7 7-7 7-7-7z"/></g>`,
  },
  anunciaya: {
    ground: '<rect width="100" height="100" fill="#be1866"/>',
    ink: '#ffffff',
    // A shop's awning over its door.
    mark: (ink) => `<g fill="none" stroke="${ink}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">
      <path d="M22 16h56l9 24H13zM13 40c0 7 5 12 12.300 12S37 47 37 40c0 7 5.500 12 13 12s13-5 13-12c0 7 4.500 12 11.700 12S87 47 87 40"/>
      <path d="M21 52v26a7 7 0 0 0 7 7h44a7 7 0 0 0 7-7V52M40 85V69a5 5 0 0 1 5-5h10a5 5 0 0 1 5 5v16"/></g>`,
  },
}

const inside = (mark, scale) => `<g transform="translate(50 50) scale(${scale}) translate(-50 -50)">${mark}</g>`
const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${body}</svg>\n`
const rounded = (body) =>
  `<defs><clipPath id="r"><rect width="100" height="100" rx="23"/></clipPath></defs><g clip-path="url(#r)">${body}</g>`

/** The variants of one app, file name → drawing and sizes. */
function variantsOf(name, { ground, ink, mark }) {
  const any = svg(rounded(`${ground}${inside(mark(ink), 0.82)}`))
  const square = svg(`${ground}${inside(mark(ink), 0.68)}`)
  return [
    { file: name, drawing: any, sizes: [192, 512] },
    { file: `${name}-maskable`, drawing: square, sizes: [192, 512] },
    { file: `${name}-monochrome`, drawing: svg(inside(mark('#ffffff'), 0.82)), sizes: [192, 512] },
    { file: `${name}-apple`, drawing: svg(`${ground}${inside(mark(ink), 0.74)}`), sizes: [180] },
  ]
}

/** A drawing as the browser paints it, RGBA. */
async function pixelsOf(page, drawing, size) {
  const url = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`
  const base64 = await page.evaluate(`(async () => {
    const image = new Image(${size}, ${size})
    image.src = '${url}'
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: ${size}, height: ${size} })
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0, ${size}, ${size})
    const bytes = context.getImageData(0, 0, ${size}, ${size}).data
    let text = ''
    for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096))
    return btoa(text)
  })()`)
  return new Uint8Array(Buffer.from(String(base64), 'base64'))
}

mkdirSync(OUT, { recursive: true })
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS })
try {
  const page = await browser.newPage()
  for (const [name, app] of Object.entries(APPS)) {
    const variants = variantsOf(name, app)
    writeFileSync(join(OUT, `${name}.svg`), variants[0]?.drawing ?? '')
    for (const { file, drawing, sizes } of variants)
      for (const size of sizes) {
        const path = join(OUT, file.endsWith('-apple') ? `${file}.png` : `${file}-${size}.png`)
        writeFileSync(path, palettePng(await pixelsOf(page, drawing, size), size))
      }
  }
} finally {
  await browser.close()
}
console.log(`icons are in ${OUT}`)
