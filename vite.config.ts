import { existsSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { serviceWorkerPlugin } from './scripts/lib/service-worker-plugin.mjs'

/** Three apps, three entries, three manifests. */
const ENTRIES = ['index.html', 'scanya-widget/index.html', 'cardya-widget/index.html']

/** What the server answers, whatever the page; the rest is the client's. */
const SERVER_PATHS = ['/api', '/sync', '/v1', '/health', '/ready', '/metrics']

const server = `http://localhost:${process.env.PORT ?? 8080}`

export default defineConfig({
  root: 'client',
  plugins: [react(), tailwindcss(), serviceWorkerPlugin()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    rollupOptions: { input: ENTRIES.map((entry) => `client/${entry}`).filter((path) => existsSync(path)) },
  },
  server: {
    // The workers and the schema live beside the client, not below it.
    fs: { allow: ['..'] },
    proxy: Object.fromEntries(SERVER_PATHS.map((path) => [path, { target: server, changeOrigin: false }])),
  },
})
