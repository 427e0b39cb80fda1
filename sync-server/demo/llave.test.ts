import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { firmarTexto, importarPublica, verificarTexto } from '../../schema/core/firma.ts'
import { derivar } from '../secreto.ts'
import { llaveDemo } from './llave.ts'

const SECRETO = 'una clave de prueba'

test('a key that begins with a zero byte, as one in 256 does, is a key like any other', async () => {
  const con = (ceros: number) => Array.from({ length: 4_000 }, (_, i) => `equipo ${i}`).find((de) => derivar(SECRETO, de)[0] === ceros)
  for (const de of [con(0), con(1), con(255)]) {
    assert.ok(de)
    const { privada, publica } = await llaveDemo(SECRETO, de!)
    const firma = await firmarTexto(privada, 'CYA1|alta', 'texto')
    assert.ok(await verificarTexto(await importarPublica(publica), 'CYA1|alta', 'texto', firma), de)
  }
})

test.run()
