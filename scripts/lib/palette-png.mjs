// A PNG of few colours: a tenth of what a browser writes for a flat drawing, and edges as smooth to the eye.
import { crc32, deflateSync } from 'node:zlib'

/** A mark, its ground, and the steps between them at the edges. */
const COLOURS = 32
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/**
 * @param {Uint8Array} rgba four bytes a pixel, rows from the top
 * @param {number} width
 * @returns {Buffer}
 */
export function palettePng(rgba, width) {
  const height = rgba.length / 4 / width
  const { palette, indexes } = quantize(rgba)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8) // 8 bits, by palette
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => colour.slice(0, 3)))),
    chunk('tRNS', Buffer.from(palette.map((colour) => colour[3] ?? 255))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The commonest colours, and for each pixel the nearest of them. */
function quantize(rgba) {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4)
  const counts = new Map()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const commonest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, COLOURS)
  const palette = commonest.map(([pixel]) => bytesOf(pixel))
  const places = new Map([...counts.keys()].map((pixel) => [pixel, nearest(palette, bytesOf(pixel))]))
  return { palette, indexes: Uint8Array.from(pixels, (pixel) => places.get(pixel) ?? 0) }
}

const bytesOf = (pixel) => [...new Uint8Array(Uint32Array.of(pixel).buffer)]

function nearest(palette, colour) {
  const far = palette.map((each) => each.reduce((sum, value, i) => sum + (value - (colour[i] ?? 0)) ** 2, 0))
  return far.indexOf(Math.min(...far))
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
