// npm run dev: the server restarts on a change, the client is served by vite, which hands everything that is the server's on.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './lib/files.mjs'

const start = (script, ...args) =>
  spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] })

const children = [start('tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'sync-server/main.ts'), start('vite/bin/vite.js')]

let ending = false
function end(code) {
  if (ending) return
  ending = true
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(0))
for (const child of children) child.on('exit', (code) => end(code ?? 1))
