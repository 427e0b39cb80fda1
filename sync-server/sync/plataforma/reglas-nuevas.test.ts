import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { NotaDeVeredicto } from './notas.ts'
import { reglasNuevas } from './veredictos.sql.ts'

const at = Date.UTC(2026, 10, 21, 18)
const nota = (id: string, ...reglas: (string | null)[]): NotaDeVeredicto => ({
  id,
  negocioId: 'n',
  at,
  veredicto: { motivos: reglas.map((regla) => ({ regla, codigo: 'x' })) } as unknown as NotaDeVeredicto['veredicto'],
})
const previas = (...filas: [string, string | null][]) => new Map(filas.map(([id, regla]) => [id, { regla }]))

test('each rule of a verdict counts once for its hecho, whatever is written of it later', () => {
  assert.equal(
    [...reglasNuevas([nota('a', 'R2', 'R10', 'R10'), nota('b', 'R2'), nota('c', null)], new Map())],
    [
      ['2026-11-21|R2', 2],
      ['2026-11-21|R10', 1],
    ],
  )
  assert.is(reglasNuevas([nota('a', 'R2', 'R10'), nota('b', 'R14')], previas(['a', 'R2'], ['b', 'R14'])).size, 0)
})

test('a hecho that waited is counted under what it turned out to be, and not again under what it waited for', () => {
  assert.equal([...reglasNuevas([nota('a', 'R6', 'R14')], previas(['a', 'R14']))], [['2026-11-21|R6', 1]])
  assert.equal([...reglasNuevas([nota('a', 'R2')], previas(['a', null]))], [['2026-11-21|R2', 1]])
})

test.run()
