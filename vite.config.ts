import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type InlineConfig, type PluginOption } from 'vite'
import { DEL_SERVIDOR } from './schema/core/caminos.ts'
import type { App } from './scripts/lib/apps.mjs'
import { appsPlugin } from './scripts/lib/apps-plugin.mjs'

const server = `http://localhost:${process.env.PORT ?? 8080}`

/** The card's widget is preact, by the pragma of its files: React's plugin leaves them alone. */
const PREACT = /\/client\/cardya-widget\//

const plugins = (): PluginOption[] => [react({ exclude: [/\/node_modules\//, PREACT] }), tailwindcss()]
const build = { emptyOutDir: true, target: 'es2022', sourcemap: true } as const

/** Each widget is built apart (scripts/lib/apps-plugin.mjs says why). */
const widget = ({ name }: App): InlineConfig => ({
  plugins: name === 'cardya' ? [tailwindcss()] : plugins(),
  worker: { format: 'es' },
  build,
})

export default defineConfig({
  root: 'client',
  plugins: [...plugins(), appsPlugin(widget)],
  worker: { format: 'es' },
  build: { ...build, outDir: 'dist', rollupOptions: { input: 'client/index.html' } },
  server: {
    // The workers and the schema live beside the client, not below it.
    fs: { allow: ['..'] },
    proxy: Object.fromEntries(DEL_SERVIDOR.map((path) => [`/${path}`, { target: server, changeOrigin: false }])),
  },
})
