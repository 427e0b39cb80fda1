import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EquipoDePlataforma } from '../../../schema/protocol/plataforma.ts'
import { barra, esGrave, ocupado, porEnviar, porSucursal, situacionDe } from './equipo.ts'

const AHORA = Date.UTC(2026, 10, 21, 18)
const unEquipo = (cambios: Partial<EquipoDePlataforma> = {}): EquipoDePlataforma => ({
  id: 'a',
  negocioId: 'n',
  negocio: 'Pizzería Roma',
  sucursalId: 's',
  sucursal: 'Centro',
  nombre: 'Caja 1',
  tipo: 'caja',
  serie: 'C1',
  bajaAt: null,
  ultimoContactoAt: AHORA,
  enLinea: true,
  pendientes: 0,
  masAntiguoAt: null,
  offsetMs: 200,
  almacenBytes: 100,
  cuotaBytes: 1_000,
  persistente: true,
  versionApp: '0.1.0',
  protocolo: 2,
  recibidos: 10,
  sinProcesar: 0,
  retrasoP50: null,
  retrasoP95: null,
  atencion: [],
  ...cambios,
})

test('what must be known first wins', () => {
  const de = (cambios: Partial<EquipoDePlataforma>) => situacionDe(unEquipo(cambios))
  assert.is(de({}), 'al_dia')
  assert.is(de({ pendientes: 3 }), 'enviando')
  assert.is(de({ pendientes: 3, enLinea: false }), 'sin_senal')
  assert.is(de({ atencion: ['reloj'], enLinea: false }), 'atencion')
  assert.is(de({ ultimoContactoAt: null }), 'sin_estrenar')
  assert.is(de({ ultimoContactoAt: null, bajaAt: AHORA }), 'baja')
})

test('what is pending is the last word of a device that is away, and nothing is said of one that never spoke', () => {
  assert.is(porEnviar(unEquipo({ pendientes: 14 })), '14')
  assert.is(porEnviar(unEquipo({ pendientes: 14, enLinea: false })), '≥ 14')
  assert.is(porEnviar(unEquipo({ enLinea: false })), '≥ 0', 'it may have sold since')
  assert.is(porEnviar(unEquipo()), '0')
  assert.is(porEnviar(unEquipo({ pendientes: null, enLinea: false })), null)
})

test('a journal that lost or doubled something is graver than a clock', () => {
  assert.is(esGrave({ atencion: ['reloj', 'hueco'] }), false)
  assert.is(esGrave({ atencion: ['reloj', 'bifurcada'] }), true)
})

test('bars grow with the count, and the room that is left is a share', () => {
  assert.equal([barra(0, 46), barra(1, 46), barra(46, 46), barra(1, 1)], [0, 4, 44, 4])
  assert.is(ocupado(unEquipo()), 0.1)
  assert.is(ocupado(unEquipo({ cuotaBytes: null })), null)
})

test('devices stand under their sucursal; those that see all of them come last', () => {
  const grupos = porSucursal([
    unEquipo({ id: '1', sucursal: null }),
    unEquipo({ id: '2', sucursal: 'Norte' }),
    unEquipo({ id: '3' }),
    unEquipo({ id: '4', sucursal: 'Norte' }),
  ])
  assert.equal(
    grupos.map((g) => [g.sucursal, g.equipos.map((e) => e.id).join()]),
    [
      ['Norte', '2,4'],
      ['Centro', '3'],
      [null, '1'],
    ],
  )
})

test.run()
