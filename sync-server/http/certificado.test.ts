import { createPrivateKey, X509Certificate } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../schema/core/tiempo.ts'
import { autoridadDe, certificadoDeLan } from './certificado.ts'
import { direccionesDeLan, nombresDeLan } from './red.ts'

const carpeta = fs.mkdtempSync(path.join(os.tmpdir(), 'tls-'))
const AHORA = Date.UTC(2026, 10, 21)
test.after(() => fs.rmSync(carpeta, { recursive: true, force: true }))

test('made once, for the addresses phones reach, and only its owner reads it', async () => {
  const uno = await certificadoDeLan(carpeta, AHORA, ['192.168.1.7'])
  const x509 = new X509Certificate(uno.certificado)
  for (const ip of ['192.168.1.7', '127.0.0.1']) assert.ok(x509.checkIP(ip), ip)
  assert.ok(x509.checkHost('localhost'))
  const autoridad = autoridadDe(uno.certificado)
  assert.ok(autoridad.ca, 'a phone installs only certificates of an authority')
  assert.not(x509.ca, 'and some browsers refuse a server that is one')
  assert.ok(x509.checkIssued(autoridad) && x509.verify(autoridad.publicKey) && autoridad.verify(autoridad.publicKey))
  assert.not(autoridad.checkPrivateKey(createPrivateKey(uno.llave)), 'the authority’s key is kept nowhere')
  assert.equal(fs.readdirSync(path.join(carpeta, 'tls')).sort(), ['certificado.pem', 'llave.pem'])
  for (const nombre of ['llave.pem', 'certificado.pem']) assert.is(fs.statSync(path.join(carpeta, 'tls', nombre)).mode & 0o777, 0o600)
  assert.equal(await certificadoDeLan(carpeta, AHORA + DIA, ['192.168.1.7']), uno, 'phones trust this one already')
})

test('made again for a new address, before it ends, and when the files do not belong together', async () => {
  const uno = await certificadoDeLan(carpeta, AHORA, ['192.168.1.7'])
  const dos = await certificadoDeLan(carpeta, AHORA, ['10.0.0.4'])
  assert.is.not(dos.certificado, uno.certificado)
  const tres = await certificadoDeLan(carpeta, AHORA + 380 * DIA, ['10.0.0.4'])
  assert.is.not(tres.certificado, dos.certificado)
  fs.writeFileSync(path.join(carpeta, 'tls', 'llave.pem'), dos.llave)
  const cuatro = await certificadoDeLan(carpeta, AHORA + 380 * DIA, ['10.0.0.4'])
  assert.is.not(cuatro.certificado, tres.certificado)
})

test('the card of the house comes before containers; loopback and addresses nobody gave are left out', () => {
  const una = (address: string, internal = false) => [{ address, family: 'IPv4', internal } as os.NetworkInterfaceInfoIPv4]
  const interfaces = { lo: una('127.0.0.1', true), docker0: una('172.17.0.1'), wlan0: una('192.168.1.7'), eth1: una('169.254.3.3') }
  assert.equal(direccionesDeLan(interfaces), ['192.168.1.7', '172.17.0.1'])
  assert.equal(direccionesDeLan({}), [])
  assert.equal(nombresDeLan('caja.local'), ['localhost', 'caja', 'caja.local'])
})

test.run()
