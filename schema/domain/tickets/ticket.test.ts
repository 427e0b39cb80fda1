import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { firmarBytes, generarParDeLlaves } from '../../core/firma.ts'
import { aHex, uuidv7 } from '../../core/ids.ts'
import { Rechazo } from '../../core/rechazo.ts'
import { azar } from '../../testing/azar.ts'
import { aBase45, deBase45 } from '../tarjetas/base45.ts'
import { firmarTicket, leerTicket, type Ticket, verificarTicket } from './ticket.ts'

const caja = await generarParDeLlaves()
const otra = await generarParDeLlaves()
const firmar = (cuerpo: Uint8Array) => firmarBytes(caja.privateKey, 'CYA1|ticket', cuerpo)
const base: Ticket = {
  hechoId: '01990000-0000-7000-8000-0000000000aa',
  negocioNumero: 4_071,
  negocioNombre: 'Pizzería Roma',
  folio: 'C1-000123',
  montoCentavos: 50_000,
  puntos: 75,
  effAt: Date.UTC(2026, 10, 21, 18, 5, 7),
  cardId: '8c1f00a2b3d4e5f6',
}
const codigo = (texto: string) => {
  try {
    leerTicket(texto)
    return null
  } catch (error) {
    return error instanceof Rechazo ? error.codigo : String(error)
  }
}

test('there and back: any ticket keeps its fields, and its till proves it', async () => {
  const suerte = azar(3)
  for (let i = 0; i < 300; i++) {
    const serie = Array.from({ length: suerte.entero(2, 12) }, () => suerte.elegir([...'ABCXYZ0189'])).join('')
    const numero = suerte.elegir([1, 123, 999_999, 1_000_000, suerte.entero(1, 9_999_999_999)])
    const ticket: Ticket = {
      hechoId: uuidv7(suerte.entero(0, 2 ** 47), suerte.bytes),
      negocioNumero: suerte.entero(0, 2 ** 24 - 1),
      negocioNombre: suerte.elegir(['', 'Café Ñandú 🍕', 'Gym', 'x'.repeat(40), 'é'.repeat(20)]),
      folio: `${serie}-${String(numero).padStart(6, '0')}`,
      montoCentavos: suerte.elegir([1, 9_999_999_999, suerte.entero(1, 9_999_999_999)]),
      puntos: suerte.elegir([0, 1_000_000_000, suerte.entero(0, 2 ** 31)]),
      effAt: suerte.entero(0, 4_294_967_295) * 1_000,
      cardId: suerte.elegir([null, aHex(suerte.bytes(8))]),
    }
    const texto = await firmarTicket(ticket, firmar)
    assert.equal(leerTicket(texto), ticket)
    assert.equal(await verificarTicket(texto, caja.publicKey), ticket)
    assert.is(await verificarTicket(texto, otra.publicKey), null)
  }
})

test('the largest ticket is 164 bytes and alphanumeric', async () => {
  const texto = await firmarTicket({ ...base, negocioNombre: 'é'.repeat(60), folio: 'C1C1C1C1C1C1-9999999999' }, firmar)
  assert.is(deBase45(texto)?.length, 164)
  assert.is(texto.length, 246)
  assert.match(texto, /^[0-9A-Z $%*+\-./:]+$/)
})

test('a long name is cut at a whole character', async () => {
  assert.is(leerTicket(await firmarTicket({ ...base, negocioNombre: `${'x'.repeat(38)}🍕` }, firmar)).negocioNombre, 'x'.repeat(38))
})

test('the hour is kept in seconds, and a card in review or none is no card', async () => {
  assert.is(leerTicket(await firmarTicket({ ...base, effAt: base.effAt + 999 }, firmar)).effAt, base.effAt)
  assert.is(leerTicket(await firmarTicket({ ...base, cardId: null }, firmar)).cardId, null)
})

test('every single bit is guarded by the signature or by the shape', async () => {
  const bytes = deBase45(await firmarTicket(base, firmar)) ?? new Uint8Array()
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const roto = bytes.slice()
    roto[bit >> 3] = (roto[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.is(await verificarTicket(aBase45(roto), caja.publicKey), null, `bit ${bit}`)
  }
})

test('rubbish is no ticket', async () => {
  const texto = await firmarTicket(base, firmar)
  const bytes = deBase45(texto) ?? new Uint8Array()
  const sinUtf8 = bytes.slice()
  sinUtf8[bytes.length - 70] = 0xff
  const minusculas = bytes.slice()
  minusculas[21] = 'c'.charCodeAt(0)
  const casos = ['', 'HOLA', 'hola', texto.slice(0, -3), `${texto}000`, `5${texto.slice(1)}`, 'https://example.mx/i#abc']
  for (const caso of [...casos, aBase45(sinUtf8), aBase45(minusculas), aBase45(new Uint8Array(186).fill(0x11))])
    assert.is(codigo(caso), 'TICKET_INVALIDO', caso)
  const suerte = azar(5)
  for (let i = 0; i < 2_000; i++) {
    const ruido = suerte.bytes(suerte.entero(0, 230))
    ruido[0] = 0x14
    assert.ok([null, 'TICKET_INVALIDO'].includes(codigo(aBase45(ruido))))
  }
})

test('what no till writes is not written', async () => {
  const malos: Partial<Ticket>[] = [
    { folio: 'C1-12' },
    { folio: 'C1-0000123' },
    { folio: 'c1-000123' },
    { montoCentavos: -1 },
    { montoCentavos: 1.5 },
    { negocioNumero: 2 ** 24 },
    { puntos: 2 ** 32 },
    { cardId: '0000000000000000' },
    { hechoId: 'x' },
  ]
  for (const malo of malos) {
    const fallo = await firmarTicket({ ...base, ...malo }, firmar).catch((error: Error) => error.message)
    assert.match(fallo, /^assert: /, JSON.stringify(malo))
  }
})

test.run()
