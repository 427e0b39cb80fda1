import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { z } from 'zod'
import { textoCanonico } from '../core/canonico.ts'
import { sha256 } from '../core/ids.ts'
import { sobre } from '../domain/hechos/sobre.ts'
import { DATOS_POR_TIPO } from '../domain/hechos/tipos.ts'
import * as archivo from './archivo.ts'
import * as diario from './diario.ts'
import * as dispositivos from './dispositivos.ts'
import * as pull from './pull.ts'
import * as push from './push.ts'
import * as stream from './stream.ts'
import * as turnos from './turnos.ts'
import { VERSION, VERSION_MINIMA } from './version.ts'

/** Every message of the wire, by file and name. */
function mensajes(): Record<string, unknown> {
  const formas: Record<string, unknown> = {}
  for (const [nombre, modulo] of Object.entries({ archivo, diario, dispositivos, pull, push, stream, turnos })) {
    for (const [clave, valor] of Object.entries(modulo)) {
      if (valor instanceof z.ZodType) formas[`${nombre}.${clave}`] = z.toJSONSchema(valor, { io: 'input' })
    }
  }
  formas['hechos.sobre'] = z.toJSONSchema(sobre, { io: 'input' })
  for (const [tipo, forma] of Object.entries(DATOS_POR_TIPO)) formas[`hechos.${tipo}`] = z.toJSONSchema(forma, { io: 'input' })
  return formas
}

/** One line per VERSION. A new line, a history line in version.ts and a golden journal come with every change of a message. */
const HUELLAS: Record<number, string> = {
  1: '32c018dccdaa4838755b9e616712bb804510c831ec0904c0abd0352d524050a9',
  2: '92a850507a2827f2e37725ca638b3d19f0b80f9b505c18c430da1cbcbc21bf62',
  3: '319e395c3ffc1b0699f737b94e3571a8111333964f04d8d9cc12ad615131e445',
  4: 'fcfd883d485c17e00844c4d1fde611cdf0343c721ec3a0b6e97dcd16f5f2e879',
  5: '6b47992af603f4b62c5f2a9f92ec39f5ea3b62031a6939a0b2c7c51b320625b1',
  6: 'a9b6e3b11a0a078e908c3199e92c48ac87ef4e802d4fbe89e48cbf0047d16fd0',
  7: 'd605426174fb95ca8e0a036cd99d74ca4c05a4fa16bd316c9cdafbd0f99cbb3f',
  8: 'f2b17cf73abc26b9820651b32ae3e97fa67d5aede3b25f6846710dc9b7c8c49e',
}

test('the messages of the wire are those of this VERSION', async () => {
  const huella = await sha256(textoCanonico(mensajes()))
  assert.is(huella, HUELLAS[VERSION], 'a message changed: raise VERSION, write its history line, and pin the new hash here')
})

test('versions only grow', () => {
  assert.equal(
    Object.keys(HUELLAS).map(Number),
    Array.from({ length: VERSION }, (_, i) => i + 1),
  )
  assert.ok(VERSION_MINIMA <= VERSION)
})

test.run()
