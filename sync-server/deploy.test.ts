/** What is written for whoever runs the server agrees with the server. */
import fs from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { VARIABLES } from './env.ts'

const leer = (archivo: string) => fs.readFileSync(new URL(`../${archivo}`, import.meta.url), 'utf8')
const compose = leer('compose.yaml')
const dockerfile = leer('Dockerfile')
/** `NAME=` or `NAME:` at the beginning of a line. */
const nombresEn = (texto: string, forma: RegExp) => new Set([...texto.matchAll(forma)].map(([, nombre]) => nombre!))
/** `${NAME:-…}` */
const pedidas = nombresEn(compose, /\$\{([A-Z_]+)/g)

test('every variable the server reads is in the README’s table, and no other', () => {
  const tabla = leer('README.md')
    .split('\n')
    .filter((linea) => /^\| `[A-Z_]+`/.test(linea))
  const escritas = nombresEn(tabla.map((linea) => linea.split('|')[1]).join(), /`([A-Z_]+)`/g)
  for (const una of VARIABLES) assert.ok(escritas.has(una), `${una} is read by sync-server/env.ts and is not in the table of README.md`)
  for (const una of escritas) assert.ok(VARIABLES.includes(una), `${una} is in the table of README.md and nobody reads it`)
})

test('compose gives the server what it reads, and asks of .env only what .env.example explains', () => {
  const delServidor = compose.slice(compose.indexOf('  server:'))
  const dadas = nombresEn(delServidor, /^ {6}([A-Z_]+): /gm)
  assert.ok(dadas.has('DATABASE_URL') && dadas.has('SECRET_KEY'))
  for (const una of dadas) assert.ok(VARIABLES.includes(una), `compose.yaml gives ${una}, which nobody reads`)
  const explicadas = nombresEn(leer('.env.example'), /^([A-Z_]+)=/gm)
  for (const una of pedidas) assert.ok(explicadas.has(una), `${una} is missing from .env.example`)
  for (const una of explicadas) assert.ok(pedidas.has(una), `${una} of .env.example is used by nobody`)
})

test('the image copies what exists, runs as nobody in particular, and starts what npm start starts', () => {
  const copiadas = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, ruta]) => ruta!)
  assert.ok(copiadas.length >= 5)
  // client/dist is built by the step before.
  for (const ruta of copiadas.filter((una) => una !== 'client/dist')) assert.ok(fs.existsSync(new URL(`../${ruta}`, import.meta.url)), ruta)
  assert.match(dockerfile, /^USER node$/m)
  assert.match(dockerfile, 'CMD ["node", "--import", "tsx", "sync-server/main.ts"]')
  const { dependencies } = JSON.parse(leer('package.json')) as { dependencies: Record<string, string> }
  assert.ok(dependencies.tsx, 'what runs the server is no tool of its development')
  const [mayor] = /^FROM node:(\d+)/m.exec(dockerfile)?.slice(1) ?? []
  assert.ok(Number(mayor) >= 20)
})

test.run()
