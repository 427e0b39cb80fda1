// Vite plugin: bundles workers/service/sw.ts into one classic script beside index.html, with the list of the files of this build.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { build } from 'esbuild'
import { ROOT } from './files.mjs'

/** Never kept on a device: source maps, and the worker's own file (a worker that keeps itself is never replaced). */
const NOT_KEPT = /\.map$|^\/sw\.js$/

/** @returns {import('vite').Plugin} */
export function serviceWorkerPlugin() {
  let out = ''
  return {
    name: 'anunciaya-service-worker',
    apply: 'build',
    configResolved(config) {
      out = join(config.root, config.build.outDir)
    },
    async closeBundle() {
      const files = precacheList(out)
      const version = hash(JSON.stringify(files))
      await build({
        entryPoints: [join(ROOT, 'workers/service/sw.ts')],
        outfile: join(out, 'sw.js'),
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        define: { __ARCHIVOS__: JSON.stringify(files), __VERSION__: JSON.stringify(version) },
        logLevel: 'warning',
      })
    },
  }
}

/** Every file of the build as the browser asks for it, index.html as `/`, in a stable order. */
export function precacheList(folder) {
  return filesOf(folder)
    .map((file) => ({ file, ruta: `/${relative(folder, file).split(sep).join('/')}` }))
    .filter(({ ruta }) => !NOT_KEPT.test(ruta))
    .map(({ file, ruta }) => ({ ruta: ruta === '/index.html' ? '/' : ruta, revision: hash(readFileSync(file)) }))
    .sort((a, b) => (a.ruta < b.ruta ? -1 : 1))
}

const filesOf = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesOf(path) : [path]
  })

const hash = (content) => createHash('sha256').update(content).digest('hex').slice(0, 16)
