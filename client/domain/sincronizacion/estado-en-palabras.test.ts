import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HORA } from '../../../schema/core/tiempo.ts'
import type { EstadoSync, Turno } from '../../../workers/replica/api.ts'
import { almacenCasiLleno, chipDe, resumenDePendientes } from './estado-en-palabras.ts'
import { faltaPoco, limitesDe } from './limites.ts'

const ZONA = 'America/Mexico_City'
const AHORA = Date.UTC(2026, 10, 21, 20, 2)
const estado = (mas: Partial<EstadoSync>): EstadoSync => ({
  fase: 'al_dia',
  lider: true,
  pendientes: 0,
  masAntiguoAt: null,
  ultimoIntercambioAt: AHORA,
  atencion: 0,
  almacen: null,
  offsetMs: 0,
  relojSospechoso: false,
  licenciaVenceAt: null,
  edicionesSinEntregar: 0,
  entendidos: [],
  ...mas,
})

test('five states, each its own words and its own shape', () => {
  const chips = [
    estado({}),
    estado({ fase: 'enviando', pendientes: 3 }),
    estado({ fase: 'sin_conexion', pendientes: 14 }),
    estado({ fase: 'atencion', atencion: 2 }),
    estado({ fase: 'sin_sesion' }),
  ].map((e) => chipDe(e, ZONA))
  assert.equal(
    chips.map((c) => [c.texto, c.detalle].filter(Boolean).join(' ')),
    ['Al día 14:02', 'Enviando 3', 'Sin conexión, 14 por enviar', 'Necesita tu atención 2', 'Vuelve a entrar'],
  )
  assert.is(new Set(chips.map((c) => c.forma)).size, 5)
  assert.is(new Set(chips.map((c) => c.icono)).size, 5)
})

test('what waits is counted, with the age of the oldest', () => {
  const e = estado({ fase: 'sin_conexion', pendientes: 1, masAntiguoAt: AHORA - 2 * 3_600_000 })
  assert.is(resumenDePendientes(e, AHORA), '1 registro guardado en este equipo. El más antiguo, hace 2 h. Saldrán solos y en orden.')
  assert.match(resumenDePendientes(estado({}), AHORA), /ya lo tiene el servidor/)
})

test('a device nearly out of room says so before it refuses a sale', () => {
  assert.ok(almacenCasiLleno(estado({ almacen: { usadoBytes: 95, cuotaBytes: 100 } })))
  for (const almacen of [null, { usadoBytes: 0, cuotaBytes: 0 }, { usadoBytes: 80, cuotaBytes: 100 }])
    assert.not(almacenCasiLleno(estado({ almacen })))
})

test('[R15] what a till may do without the server is told at four fifths of it, before it ends', () => {
  const venceAt = AHORA + 72 * HORA
  const turno = { venceAt: AHORA + 72 * HORA } as Turno
  const dicho = (mas: Partial<EstadoSync>, ahora = AHORA) => limitesDe(estado({ licenciaVenceAt: venceAt, ...mas }), turno, ahora)
  assert.equal(
    dicho({ almacen: { usadoBytes: 1, cuotaBytes: 10 } }).map(({ cual, como }) => `${cual} ${como}`),
    ['licencia bien', 'ventas bien', 'turno bien', 'almacen bien'],
  )
  const cerca = (mas: Partial<EstadoSync>, ahora?: number) =>
    dicho(mas, ahora)
      .filter(({ como }) => como === 'cerca')
      .map(({ cual }) => cual)
  assert.equal(cerca({}, AHORA + 58 * HORA), ['licencia', 'turno'])
  assert.equal(cerca({ pendientes: 1_200 }), ['ventas'])
  assert.equal(cerca({ almacen: { usadoBytes: 8, cuotaBytes: 10 } }), ['almacen'])
  assert.is(dicho({ pendientes: 1_500 })[1]?.como, 'pasado')
  assert.is(faltaPoco(estado({ licenciaVenceAt: venceAt }), turno, AHORA + 57 * HORA), false)
  assert.is(faltaPoco(estado({ licenciaVenceAt: venceAt }), turno, AHORA + 58 * HORA), true)
  assert.is(faltaPoco(estado({ licenciaVenceAt: venceAt }), turno, AHORA + 73 * HORA), false, 'that has its own notice')
})

test.run()
