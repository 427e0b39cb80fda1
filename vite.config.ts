import { readFileSync } from 'node:fs'
import { resolve as resolvePath } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig, type InlineConfig, type PluginOption, type UserConfig } from 'vite'
import { DEL_SERVIDOR } from './schema/core/caminos.ts'
import type { App } from './scripts/lib/apps.mjs'
import { appsPlugin } from './scripts/lib/apps-plugin.mjs'
import { devPagesPlugin } from './scripts/lib/dev-pages-plugin.mjs'
import { firstScreen } from './scripts/lib/first-screen.mjs'
import { lightPlugins } from './scripts/lib/light-plugins.mjs'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }
/** What a till tells the server of itself. */
const VERSION = { 'import.meta.env.VERSION_APP': JSON.stringify(version) }

const server = `http://localhost:${process.env.PORT ?? 8080}`

/** The card's widget is preact, by the pragma of its files: React's plugin leaves them alone. */
const PREACT = /\/client\/cardya-widget\//

/** What the card opens with a tap is one file: kept together it is a quarter smaller than kept apart, and the card keeps all of it. */
const SUS_VISTAS = {
  name: 'vistas',
  test: /\/client\/cardya-widget\/(?:\w+-)*(?:recompensas|canjes?|cupon(?:es)?|negocio|palabras|esperando|ticket|telefonos|notificaciones|preferencias)\.(?:tsx?)$/,
}

const plugins = (): PluginOption[] => [react({ exclude: [/\/node_modules\//, PREACT] }), tailwindcss(), lightPlugins()]
/** rxjs offers classes and generators under this name; otherwise their imitations for browsers of 2014, and a library for those. */
const resolve = { conditions: ['es2015', ...defaultClientConditions] }
// client/tamanos.test.ts watches the sizes that matter.
const build = { emptyOutDir: true, target: 'es2022', sourcemap: true, chunkSizeWarningLimit: 1_000 } as const

const worker: UserConfig['worker'] = { format: 'es', plugins: () => [lightPlugins()] }

/** Each widget is built apart (scripts/lib/apps-plugin.mjs says why). */
const widget = ({ name, folder }: App): InlineConfig => ({
  // No till in the card's replica, and no Studio in the till's (workers/replica/worker.ts).
  define: {
    ...VERSION,
    'import.meta.env.SIN_ESTUDIO': 'true',
    ...(name === 'cardya' ? { 'import.meta.env.SIN_APARATO': 'true' } : {}),
  },
  plugins: name === 'cardya' ? [tailwindcss(), lightPlugins()] : plugins(),
  worker,
  resolve,
  // The card's few files are watched one by one (client/tamanos.test.ts).
  build:
    name === 'cardya'
      ? {
          ...build,
          rollupOptions: { output: { codeSplitting: { groups: [firstScreen(resolvePath('client', folder, 'main.tsx')), SUS_VISTAS] } } },
        }
      : { ...build, rollupOptions: { output: { codeSplitting: { groups: [firstScreen(resolvePath('client', folder, 'main.tsx'))] } } } },
})

export default defineConfig({
  root: 'client',
  define: VERSION,
  plugins: [...plugins(), appsPlugin(widget), devPagesPlugin()],
  worker,
  resolve,
  build: { ...build, outDir: 'dist', rollupOptions: { input: 'client/index.html' } },
  server: {
    // The workers and the schema live beside the client, not below it.
    fs: { allow: ['..'] },
    proxy: Object.fromEntries(DEL_SERVIDOR.map((path) => [`/${path}`, { target: server, changeOrigin: false }])),
  },
})
