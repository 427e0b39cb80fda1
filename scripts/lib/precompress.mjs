// Text of a build, squeezed once and as hard as it goes, beside each file: the server sends `x.js.br` or `x.js.gz` as it lies (http/estaticos.ts) and
// squeezes nothing while somebody waits for a page.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { filesOf } from './precache.mjs'

/** Fonts and pictures are squeezed already; nobody waits for a source map. */
const TEXT = /\.(js|css|html|json|wasm|svg)$/
/** Below it an answer goes as it is (http/compresion.ts). */
const FROM_BYTES = 1_024
const brotliOf = promisify(brotliCompress)
const gzipOf = promisify(gzip)

/**
 * @param {string} out the build's folder, whole
 * @returns {Promise<number>} files that have their squeezed copies now
 */
export async function precompress(out) {
  const files = filesOf(out).filter((file) => TEXT.test(file))
  const done = await Promise.all(files.map((file) => squeeze(join(out, file))))
  return done.filter(Boolean).length
}

/** A copy that is no smaller is not kept. */
async function squeeze(path) {
  const whole = readFileSync(path)
  if (whole.length < FROM_BYTES) return false
  const [br, gz] = await Promise.all([
    brotliOf(whole, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length },
    }),
    gzipOf(whole, { level: constants.Z_BEST_COMPRESSION }),
  ])
  if (br.length < whole.length) writeFileSync(`${path}.br`, br)
  if (gz.length < whole.length) writeFileSync(`${path}.gz`, gz)
  return true
}
