import { createHmac } from 'node:crypto'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { azar } from '../../testing/azar.ts'
import { claveDeAhora, claveDePaso, importarSecreto, PASO_MS, pasoDe, pasoDeClave } from './totp.ts'

const suerte = azar(14)
const secreto = await importarSecreto(suerte.bytes(32))
const AHORA = Date.UTC(2026, 10, 21, 18, 0, 30)

/** RFC 6238, appendix B, for SHA-256: the same HMAC with steps of 30 s and 8 digits; our 6 are the last 6 of them. */
test('the codes are those of RFC 6238 with HMAC-SHA256', async () => {
  const delRfc = await importarSecreto(new TextEncoder().encode('12345678901234567890123456789012'))
  const casos: [segundos: number, ocho: string][] = [
    [59, '46119246'],
    [1_111_111_109, '68084774'],
    [1_111_111_111, '67062674'],
    [1_234_567_890, '91819424'],
    [2_000_000_000, '90698825'],
    [20_000_000_000, '77737706'],
  ]
  for (const [segundos, ocho] of casos) assert.is(await claveDePaso(delRfc, Math.floor(segundos / 30)), ocho.slice(2), ocho)
})

test("a second reading with Node's own HMAC gives the same digits for random secrets and steps", async () => {
  for (let i = 0; i < 200; i++) {
    const bytes = suerte.bytes(32)
    const paso = suerte.entero(0, 2 ** 40)
    const contador = Buffer.alloc(8)
    contador.writeBigUInt64BE(BigInt(paso))
    const mac = createHmac('sha256', bytes).update(contador).digest()
    const esperada = String((mac.readUInt32BE((mac[31] ?? 0) & 15) & 0x7fffffff) % 1e6).padStart(6, '0')
    assert.is(await claveDePaso(await importarSecreto(bytes), paso), esperada)
  }
})

test('a code lives until the minute ends', async () => {
  const { clave, quedanMs } = await claveDeAhora(secreto, AHORA)
  assert.is(quedanMs, 30_000)
  assert.is((await claveDeAhora(secreto, AHORA + quedanMs - 1)).clave, clave)
  assert.is.not((await claveDeAhora(secreto, AHORA + quedanMs)).clave, clave)
  assert.match(clave, /^\d{6}$/)
})

test('a code is found two steps to each side of the sale, and no further', async () => {
  const centro = pasoDe(AHORA)
  for (const lejos of [-2, -1, 0, 1, 2])
    assert.is(await pasoDeClave(secreto, await claveDePaso(secreto, centro + lejos), AHORA), centro + lejos)
  for (const lejos of [-3, 3, 60]) assert.is(await pasoDeClave(secreto, await claveDePaso(secreto, centro + lejos), AHORA), null)
  assert.is(await pasoDeClave(secreto, await claveDePaso(secreto, 0), PASO_MS), 0)
})

test('the secret cannot be taken out of the key', async () => {
  assert.not(secreto.extractable)
})

test.run()
