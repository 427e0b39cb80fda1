import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { AvisoDoc } from '../../../../schema/protocol/documentos.ts'
import type { EstadoSync } from '../../../../workers/replica/api.ts'
import { chipDeStudio } from './chip.ts'
import { cuentasDe } from './cuentas.ts'

const ZONA = 'America/Mexico_City'
const estado = (mas: Partial<EstadoSync>): EstadoSync =>
  ({ fase: 'al_dia', lider: true, pendientes: 0, atencion: 0, ultimoIntercambioAt: Date.UTC(2026, 10, 21, 20, 2), ...mas }) as EstadoSync
const rechazada = { coleccion: 'articulos', id: 'a', nombre: 'Pizza', campos: ['nombre'], desdeAt: 0, codigo: 'EDICION_INVALIDA' as const }
const aviso = (mas: Partial<AvisoDoc>): AvisoDoc =>
  ({ id: 'x', tipo: 'conflicto', datos: {}, resueltoAt: null, resolucion: null, ...mas }) as AvisoDoc

test('the chip is of this device: what waits for others has its counter in the menu', () => {
  assert.is(chipDeStudio(estado({}), [], ZONA).texto, 'Al día (14:02)')
  assert.is(chipDeStudio(estado({ fase: 'atencion', atencion: 5 }), [], ZONA).fase, 'al_dia', 'held points of the whole negocio')
  assert.is(chipDeStudio(estado({}), [rechazada], ZONA).texto, 'Necesita tu atención 1')
  assert.is(chipDeStudio(estado({ fase: 'sin_conexion', pendientes: 4 }), [rechazada], ZONA).texto, 'Sin conexión, 4 por enviar')
})

test('[R7] a conflict counts once per document, and no more once somebody decided it here', () => {
  const campos = [aviso({ datos: { documentoId: 'p' } }), aviso({ datos: { documentoId: 'p' } })]
  assert.is(cuentasDe([...campos, aviso({ datos: { documentoId: 'q' } })], null).conflictos, 2)
  assert.is(
    cuentasDe(
      campos.map((a) => ({ ...a, resolucion: 'queda' as const })),
      null,
    ).conflictos,
    0,
  )
  assert.is(cuentasDe(null, null).conflictos, 0)
})

test.run()
