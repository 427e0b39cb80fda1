/** A real day through real replicas, on the embedded database. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { abrirDbDePrueba, type DbDePrueba } from '../../../sync-server/testing/db.ts'
import { leerDia } from './archivo.ts'
import { elSabadoCuadra, laManianaEnLineaCuadra, loMaloSeRechaza, PIZZERIA } from './replay.ts'
import { sumar } from './sumas.ts'
import { cuadrar } from './tabla.ts'

let db: DbDePrueba
test.before(async () => {
  db = await abrirDbDePrueba()
})
test.after(() => db.close())

// The ordinary suite has it on PostgreSQL (replay.pg.test.ts).
if (process.env.FULL) test('the pizzeria Saturday, offline until closing time: the ledger equals the file', () => elSabadoCuadra(db))
test('the first fifty sales of that Saturday, online: the ledger equals the file', () => laManianaEnLineaCuadra(db))
test('wrong lines are refused with number, code and reason; the rest goes on', () => loMaloSeRechaza(db))

test('a file without the expected heading is refused as a whole', () => {
  assert.throws(() => leerDia('fecha,importe\n2026-11-14,10'), /heading/)
})

test('books that differ are not called equal', () => {
  const sumas = sumar([{ cliente: 'Ana', montoCentavos: 10_000, tipo: 'venta', referencia: 'T1' }], 1_000n)
  const libro = { ventas: 1, totalCentavos: 10_000, reembolsadoCentavos: 0, clientes: new Map([['Ana', { ventas: 1, puntos: 9 }]]) }
  const { iguales, texto } = cuadrar(libro, sumas)
  assert.is(iguales, false)
  assert.match(texto, /distinto/)
})

test('the example is a Saturday of 220 sales with refunds, whole and partial, and sales without a client', () => {
  const { lineas, rechazadas } = leerDia(PIZZERIA)
  const ventas = lineas.filter((l) => l.tipo === 'venta')
  const montos = new Map(ventas.map((v) => [v.referencia, v.montoCentavos]))
  const reembolsos = lineas.filter((l) => l.tipo === 'reembolso')
  assert.is(rechazadas.length, 0)
  assert.is(ventas.length, 220)
  assert.ok(reembolsos.some((r) => r.montoCentavos === montos.get(r.referencia)))
  assert.ok(reembolsos.some((r) => r.montoCentavos < (montos.get(r.referencia) ?? 0)))
  assert.ok(ventas.some((v) => v.cliente === ''))
})

test.run()
