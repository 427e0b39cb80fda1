import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ErrorDeArranque, leerEnv } from './env.ts'
import { derivar } from './secreto.ts'

const carpeta = fs.mkdtempSync(path.join(os.tmpdir(), 'env-'))
test.after(() => fs.rmSync(carpeta, { recursive: true, force: true }))

const falla = (fuente: Record<string, string>, nombre: string) =>
  assert.throws(
    () => leerEnv({ DATA_DIR: carpeta, ...fuente }),
    (error: Error) => error instanceof ErrorDeArranque && error.message.startsWith(nombre),
  )

test('an empty environment is a working one: embedded, port 8080, a key of its own', () => {
  const env = leerEnv({ DATA_DIR: path.join(carpeta, 'uno'), PORT: '', DEMO: '' })
  assert.is(env.port, 8080)
  assert.is(env.databaseUrl, undefined)
  assert.is(env.demo, undefined)
  assert.is(env.publicUrl, 'http://localhost:8080')
  assert.is(env.scanyaUrl, env.publicUrl)
  assert.is(fs.statSync(path.join(carpeta, 'uno', 'secret.key')).mode & 0o777, 0o600)
})

test('the key of an embedded installation is made once', () => {
  const dos = path.join(carpeta, 'dos')
  const primera = leerEnv({ DATA_DIR: dos }).secretKey
  assert.ok(primera.length >= 43)
  assert.is(leerEnv({ DATA_DIR: dos }).secretKey, primera)
  assert.is.not(leerEnv({ DATA_DIR: path.join(carpeta, 'tres') }).secretKey, primera)
  assert.equal(fs.readdirSync(dos), ['secret.key'])
})

test('with DATABASE_URL a SECRET_KEY is required', () => {
  falla({ DATABASE_URL: 'postgres://u:p@h/db' }, 'SECRET_KEY is required')
  const env = leerEnv({ DATABASE_URL: 'postgresql://u:p@h/db', SECRET_KEY: '0123456789abcdef', DATA_DIR: path.join(carpeta, 'nada') })
  assert.is(env.secretKey, '0123456789abcdef')
  assert.not.ok(fs.existsSync(path.join(carpeta, 'nada')), 'no folder is made when it is not needed')
})

test('a wrong variable is named, and its value is not repeated', () => {
  falla({ PORT: '80a' }, 'PORT must be')
  falla({ PORT: '70000' }, 'PORT must be')
  falla({ DATABASE_URL: 'mysql://u:p@h/db' }, 'DATABASE_URL must be')
  falla({ SECRET_KEY: 'short' }, 'SECRET_KEY must be')
  falla({ DEMO: 'maybe' }, 'DEMO must be')
  falla({ DEMO_DIAS: '-1' }, 'DEMO_DIAS must be')
  falla({ PUBLIC_URL: 'anunciaya.mx' }, 'PUBLIC_URL must be')
  falla({ PANEL_URL: 'javascript:alert(1)' }, 'PANEL_URL must be')
})

test('base URLs lose their final slash; apps without one of their own use the first', () => {
  const env = leerEnv({ DATA_DIR: carpeta, PUBLIC_URL: 'https://anunciaya.mx/', SCANYA_URL: 'https://caja.anunciaya.mx//' })
  assert.is(env.publicUrl, 'https://anunciaya.mx')
  assert.is(env.scanyaUrl, 'https://caja.anunciaya.mx')
  assert.is(env.cardyaUrl, 'https://anunciaya.mx')
})

test('with https of its own, what people open is https, at an address a phone reaches', () => {
  const env = leerEnv({ DATA_DIR: carpeta, HTTPS: '1', PORT: '9443' })
  assert.ok(env.https)
  assert.match(env.publicUrl, /^https:\/\/(localhost|\d+(\.\d+){3}):9443$/)
  assert.is(env.scanyaUrl, env.publicUrl)
  assert.not(leerEnv({ DATA_DIR: carpeta }).https)
  falla({ HTTPS: 'maybe' }, 'HTTPS must be')
})

test('whom push services may write to, and where else notifications may go', () => {
  const env = leerEnv({ DATA_DIR: carpeta, PUBLIC_URL: 'https://anunciaya.mx/' })
  assert.equal([env.pushSubject, env.pushExtra], ['https://anunciaya.mx', []])
  assert.is(leerEnv({ DATA_DIR: carpeta }).pushSubject, undefined)
  const puesto = leerEnv({
    DATA_DIR: carpeta,
    PUSH_SUBJECT: 'mailto:a@b.mx',
    PUSH_ENDPOINTS_EXTRA: 'http://10.0.0.5:9000/, https://push.example.mx',
  })
  assert.equal([puesto.pushSubject, puesto.pushExtra], ['mailto:a@b.mx', ['http://10.0.0.5:9000', 'https://push.example.mx']])
  falla({ PUSH_SUBJECT: 'javascript:alert(1)' }, 'PUSH_SUBJECT must be')
  falla({ PUSH_ENDPOINTS_EXTRA: 'push.example.mx' }, 'PUSH_ENDPOINTS_EXTRA must be')
})

test('keys derived for two purposes are different', () => {
  assert.not.equal(derivar('una clave', 'a'), derivar('una clave', 'b'))
  assert.equal(derivar('una clave', 'a'), derivar('una clave', 'a'))
})

test.run()
