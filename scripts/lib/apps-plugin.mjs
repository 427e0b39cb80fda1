// Vite plugin of the build: after the shell, each widget is built by itself into its own folder, then every app gets its service worker, and
// every text its squeezed copies.
//
// Apart, because a worker's script is asked of the service worker whose scope holds its ADDRESS, not of the one that controls the page: the
// replica of /scanya-widget/ must lie below /scanya-widget/, or the till does not start without a network. No file is shared, so an app's
// folder is its precache list, and the shopper's card never carries a line of the till.
import { mkdtempSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build as bundle } from 'esbuild'
import { build as viteBuild } from 'vite'
import { injectManifest } from 'workbox-build'
import { APPS, widgets } from './apps.mjs'
import { ROOT } from './files.mjs'
import { addressOf, integrityOf, precacheIn } from './precache.mjs'
import { precompress } from './precompress.mjs'

/** The largest file an app keeps: the barcode reader's wasm is 1 MB. */
const LARGEST_BYTES = 8 * 1024 * 1024

/**
 * @param {(widget: import('./apps.mjs').App) => import('vite').InlineConfig} configOf a widget's own configuration (plugins, target)
 * @returns {import('vite').Plugin}
 */
export function appsPlugin(configOf) {
  let out = ''
  let failed = false
  return {
    name: 'anunciaya-apps',
    apply: 'build',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir)
    },
    buildEnd(error) {
      failed = error !== undefined
    },
    async closeBundle() {
      if (failed) return
      for (const widget of widgets()) await buildWidget(widget, out, configOf(widget))
      // The shell's worker is the last file written of those that must be there: a build that broke half-way has none.
      for (const app of [...widgets(), ...APPS.filter(({ folder }) => folder === '')]) await buildServiceWorker(app, out)
      await precompress(out)
    },
  }
}

async function buildWidget({ folder, scope }, out, config) {
  const outDir = join(out, folder)
  await viteBuild({
    ...config,
    configFile: false,
    root: join(ROOT, 'client'),
    base: scope,
    logLevel: 'warn',
    // client/public is there already, at the root.
    experimental: { renderBuiltUrl: (file, { type }) => (type === 'public' ? `/${file}` : undefined) },
    build: {
      ...config.build,
      outDir,
      copyPublicDir: false,
      rollupOptions: { ...config.build?.rollupOptions, input: join(ROOT, 'client', folder, 'index.html') },
    },
  })
  // Vite writes a page where its source lies: dist/scanya-widget/scanya-widget/index.html.
  renameSync(join(outDir, folder, 'index.html'), join(outDir, 'index.html'))
  rmdirSync(join(outDir, folder))
}

/**
 * Writes `sw.js` of one app: workers/service/sw.ts as a classic script, with the list of what it keeps.
 * @param {import('./apps.mjs').App} app
 * @param {string} out the build's folder
 */
export async function buildServiceWorker(app, out) {
  const { keep, onDemand } = precacheIn(out, app)
  const work = mkdtempSync(join(tmpdir(), 'aya-sw-'))
  try {
    const swSrc = join(work, 'sw.js')
    await bundle({
      entryPoints: [join(ROOT, 'workers/service/sw.ts')],
      outfile: swSrc,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      define: {
        'process.env.NODE_ENV': '"production"',
        __APP__: JSON.stringify(app.name),
        __A_DEMANDA__: JSON.stringify(onDemand.map(addressOf)),
      },
      logLevel: 'warning',
    })
    const { warnings, count } = await injectManifest({
      swSrc,
      swDest: join(out, app.folder, 'sw.js'),
      globDirectory: out,
      globPatterns: keep,
      globIgnores: [],
      maximumFileSizeToCacheInBytes: LARGEST_BYTES,
      dontCacheBustURLsMatching: /(^|\/)assets\//,
      manifestTransforms: [
        (entries) => ({
          manifest: entries.map((entry) => ({ ...entry, url: addressOf(entry.url), integrity: integrityOf(join(out, entry.url)) })),
          warnings: [],
        }),
      ],
    })
    if (warnings.length > 0 || count !== keep.length)
      throw new Error(`the service worker of ${app.name} keeps ${count} of ${keep.length} files: ${warnings.join('; ')}`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
