// @serial
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { freePort, startServer } from '../scripts/lib/server-process.mjs'
import { toRun } from '../scripts/lib/transpile.mjs'
import { respaldar } from './backup/make.ts'

let carpeta: string
test.before(() => {
  carpeta = fs.mkdtempSync(path.join(os.tmpdir(), 'main-'))
})
test.after(() => fs.rmSync(carpeta, { recursive: true, force: true }))

/** A start that must fail: its code and everything it printed. */
function arranqueFallido(
  env: Record<string, string>,
  main = toRun('sync-server/main.ts'),
): Promise<{ codigo: number | null; texto: string }> {
  const base = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATA_DIR: path.join(carpeta, 'datos') }
  const hijo = spawn(process.execPath, main, { env: { ...base, ...env } })
  let texto = ''
  for (const flujo of [hijo.stdout, hijo.stderr]) flujo.setEncoding('utf8').on('data', (t: string) => (texto += t))
  return new Promise((listo) => hijo.once('exit', (codigo) => listo({ codigo, texto: texto.trim() })))
}

test('a wrong environment is one sentence and exit code 1', async () => {
  const comoSeInstala = toRun('sync-server/main.ts', '')
  const sinClave = await arranqueFallido({ DATABASE_URL: 'postgres://u:contrasena@127.0.0.1:1/db' }, comoSeInstala)
  assert.is(sinClave.codigo, 1)
  assert.match(sinClave.texto, /^SECRET_KEY is required with DATABASE_URL/)
  assert.is(sinClave.texto.split('\n').length, 1)
  const sinBase = await arranqueFallido({ DATABASE_URL: 'postgres://u:contrasena@127.0.0.1:1/db', SECRET_KEY: 'una clave bien larga' })
  assert.is(sinBase.codigo, 1)
  assert.is(sinBase.texto.split('\n').length, 1)
  assert.not.match(sinBase.texto, 'contrasena')
})

test('starts with a demo world, ends on SIGTERM with 0 as pid 1 too, starts again; its folder and its port are its own', async () => {
  const port = await freePort()
  const dataDir = path.join(carpeta, 'datos')
  const servidor = await startServer({ dataDir, port })
  const demo = (await (await fetch(`${servidor.url}/api/demo`)).json()) as { success: boolean }
  assert.ok(demo.success)
  assert.match(servidor.output(), 'dueno@pizzeriaroma.mx')
  const segundo = await arranqueFallido({ PORT: String(await freePort()), HOST: '127.0.0.1' })
  assert.is(segundo.codigo, 1)
  assert.match(segundo.texto, /^DATOS_EN_USO/)
  const mismoPuerto = await arranqueFallido({ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: path.join(carpeta, 'otros'), DEMO: '0' })
  assert.is(mismoPuerto.codigo, 1)
  assert.match(mismoPuerto.texto, /^The port is in use/)
  const respaldo = (nombre: string) =>
    respaldar({ dataDir, imagenesDir: path.join(dataDir, 'imagenes'), archivo: path.join(carpeta, nombre), ahora: Date.now() })
  assert.ok((await respaldo('uno.tar.gz')).ficha.enMarcha, 'the running server gives its backup')
  const cortado = respaldo('dos.tar.gz').then(
    () => 'whole',
    (error) => error.code,
  )
  assert.equal(await servidor.terminate(), { code: 0, signal: null })
  assert.ok(['whole', 'RESPALDO_CORTADO'].includes(await cortado), await cortado)
  assert.is(fs.existsSync(path.join(carpeta, 'dos.tar.gz')), (await cortado) === 'whole')
  const otraClave = await arranqueFallido({ SECRET_KEY: 'otra clave distinta' })
  assert.is(otraClave.codigo, 1)
  assert.match(otraClave.texto, /^SECRET_KEY is not the one/)
  const reiniciado = await startServer({ dataDir, port, asPid1: true })
  assert.is((await fetch(`${reiniciado.url}/ready`)).status, 200)
  assert.is((await reiniciado.terminate()).code, 0)
})

/** A server with a certificate of its own, until it says where it is. */
async function arrancarConHttps(port: number, dataDir: string) {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DEMO: '0',
  }
  const hijo = spawn(process.execPath, [...toRun('sync-server/main.ts'), '--https'], { env })
  const acabo = new Promise<number | null>((fin) => hijo.once('exit', fin))
  let texto = ''
  await new Promise<void>((listo, fallo) => {
    for (const flujo of [hijo.stdout, hijo.stderr])
      flujo.setEncoding('utf8').on('data', (t: string) => {
        texto += t
        if (texto.includes('certificado.crt')) listo()
      })
    void acabo.then(() => fallo(new Error(texto)))
  })
  return {
    texto,
    terminar: () => {
      hijo.kill('SIGTERM')
      return acabo
    },
  }
}

/** One request that believes the given certificates and no other. */
const pedirPorHttps = (url: string, ca: string) =>
  new Promise<{ estado: number; cabeceras: Record<string, unknown> }>((listo, fallo) => {
    https
      .get(url, { ca, agent: false }, (r) => {
        r.resume()
        r.once('end', () => listo({ estado: r.statusCode ?? 0, cabeceras: r.headers }))
      })
      .once('error', fallo)
  })

test('--https serves with a kept certificate of its own, says where, and is not remembered as https for ever', async () => {
  const port = await freePort()
  const dataDir = path.join(carpeta, 'con-https')
  const servidor = await arrancarConHttps(port, dataDir)
  assert.match(servidor.texto, new RegExp(`AnunciaYA   https://[\\w.]+:${port}`))
  assert.match(servidor.texto, '▄', 'the address as a QR')
  const ca = fs.readFileSync(path.join(dataDir, 'tls', 'certificado.pem'), 'utf8')
  const lista = await pedirPorHttps(`https://127.0.0.1:${port}/ready`, ca)
  assert.is(lista.estado, 200)
  assert.is(lista.cabeceras['strict-transport-security'], undefined)
  const descarga = await pedirPorHttps(`https://127.0.0.1:${port}/certificado.crt`, ca)
  assert.is(descarga.cabeceras['content-type'], 'application/x-x509-ca-cert')
  assert.is(await servidor.terminar(), 0)
})

test.run()
