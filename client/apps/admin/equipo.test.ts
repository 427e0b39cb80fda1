import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { contar, desfase, EN_LINEA_MS, type Equipo, situacionDe } from './equipo.ts'

const AHORA = Date.UTC(2026, 10, 21, 18)
const unEquipo = (cambios: Partial<Equipo> = {}): Equipo => ({
  id: 'a',
  negocioId: 'n',
  negocio: 'Pizzería Roma',
  sucursal: 'Centro',
  nombre: 'Caja 1',
  tipo: 'caja',
  serie: 'C1',
  bajaAt: null,
  ultimoContactoAt: AHORA,
  pendientes: 0,
  masAntiguoAt: null,
  offsetMs: 200,
  versionApp: '0.1.0',
  recibidos: 10,
  sinProcesar: 0,
  ...cambios,
})

test('what must be known first wins', () => {
  const de = (cambios: Partial<Equipo>) => situacionDe(unEquipo(cambios), AHORA)
  assert.is(de({}), 'al_dia')
  assert.is(de({ pendientes: 3 }), 'enviando')
  assert.is(de({ pendientes: 3, ultimoContactoAt: AHORA - EN_LINEA_MS - 1 }), 'sin_senal')
  assert.is(de({ offsetMs: -61_000, ultimoContactoAt: 0 }), 'reloj')
  assert.is(de({ sinProcesar: 1, offsetMs: -61_000 }), 'errores')
  assert.is(de({ ultimoContactoAt: null }), 'sin_estrenar')
  assert.is(de({ ultimoContactoAt: null, bajaAt: AHORA }), 'baja')
})

test('the head counts the living, and everything that was received', () => {
  const cuenta = contar(
    [
      unEquipo({ pendientes: 14, masAntiguoAt: AHORA - 5_000, nombre: 'Caja vieja', ultimoContactoAt: AHORA - EN_LINEA_MS }),
      unEquipo({ pendientes: 1, masAntiguoAt: AHORA - 1_000 }),
      unEquipo({ ultimoContactoAt: null, pendientes: null }),
      unEquipo({ bajaAt: AHORA, pendientes: 100, masAntiguoAt: 1, sinProcesar: 2 }),
    ],
    AHORA,
  )
  assert.equal(cuenta, {
    vivos: 3,
    enLinea: 2,
    porEnviar: 15,
    masViejoAt: AHORA - 5_000,
    masViejoDe: 'Caja vieja',
    recibidos: 40,
    sinProcesar: 2,
  })
})

test('a clock in words', () => {
  assert.is(desfase(400), '+0.4 s')
  assert.is(desfase(-680_000), '−11 min 20 s')
})

test.run()
