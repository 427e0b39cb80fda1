import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { ArchivoDePendientes } from '../../../../schema/protocol/archivo.ts'
import { leerArchivo, resultadoDe } from '../cajas/archivo.ts'
import { cuadreDe, juntar, porDia, type TurnoDeCaja } from './forma.ts'

const ZONA = 'America/Mexico_City'
const turno = (id: string, abiertoAt: number, cambios: Partial<TurnoDeCaja> = {}): TurnoDeCaja => ({
  ...{ id, sucursalId: 's', dispositivoId: 'd', caja: 'Caja 1', abiertoPor: null, cerradoPor: null, abiertoAt, cerradoAt: abiertoAt + 1 },
  ...{ fondo: 500, esperado: 1_200.1, contado: 1_200.1, ventas: 3, total: 700.1, reembolsado: 0, descuento: 0, puntos: 70, cupones: 0 },
  ...{ canjes: 0, anuladas: 0, nota: null, ...cambios },
})

test('what was counted beside what the drawer should hold, to the centavo; shifts by the day of their sucursal, newest first', () => {
  assert.equal(
    [{}, { contado: 1_200 }, { contado: 1_200.35 }, { contado: null }, { cerradoAt: null, esperado: null }].map((c) =>
      cuadreDe(turno('a', 0, c)),
    ),
    [{ en: 'exacto' }, { en: 'falta', centavos: 10 }, { en: 'sobra', centavos: 25 }, { en: 'sin_contar' }, { en: 'abierto' }],
  )
  const noche = Date.UTC(2026, 10, 22, 5)
  const dias = porDia([turno('ayer', noche), turno('hoy', noche + 7_200_000), turno('hoy2', noche + 9_000_000)], () => ZONA)
  assert.equal(
    dias.map((d) => [d.dia, d.turnos.map((x) => x.id)]),
    [
      ['2026-11-22', ['hoy2', 'hoy']],
      ['2026-11-21', ['ayer']],
    ],
  )
  const nuevo = turno('b', 2, { nota: 'nuevo' })
  assert.equal(
    juntar([nuevo], [turno('b', 2), turno('c', 1)]).map((x) => [x.id, x.nota]),
    [
      ['b', 'nuevo'],
      ['c', null],
    ],
  )
})

test('[DI12] a file of a till is told from any other, and what became of each of its entries is counted', () => {
  const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
  const pedido = (cadenaId: string, desde: number, seqs: number[]) => ({
    ...{ dispositivoId: id(1), cadenaId, desde, cuerpos: seqs.map((seq) => JSON.stringify({ seq })), perdidos: [] },
    ...{ cabeza: { seq: seqs.at(-1) ?? -1, hash: seqs.length > 0 ? 'a'.repeat(64) : '' }, enviadoAt: 1, estado: null, firma: 'AA' },
  })
  const archivo = {
    ...{ formato: 'anunciaya-pendientes', v: 1, dispositivoId: id(1), firma: 'AA' },
    pedidos: [pedido(id(2), 0, [0, 1, 2]), pedido(id(3), 7, [7, 8])],
  } satisfies ArchivoDePendientes
  const leido = leerArchivo(JSON.stringify(archivo), 900)
  assert.ok('archivo' in leido && leido.renglones === 5)
  const cadenas = [
    { cadenaId: id(2), recibidoHasta: 2, completa: true },
    { cadenaId: id(3), recibidoHasta: 4, completa: false },
  ]
  assert.equal(resultadoDe(leido, { nuevos: 2, cadenas }), { nuevos: 2, yaEstaban: 1, incompletas: 2 })
  assert.equal(
    [
      leerArchivo('{}', 2),
      leerArchivo('no', 2),
      leerArchivo('{}', 32_000_001),
      leerArchivo(JSON.stringify({ ...archivo, pedidos: [] }), 9),
    ],
    [{ falla: 'ilegible' }, { falla: 'ilegible' }, { falla: 'grande' }, { falla: 'vacio' }],
  )
})

test.run()
