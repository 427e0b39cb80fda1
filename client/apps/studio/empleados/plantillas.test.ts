import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ACCIONES_SCANYA, CAJERO_AVANZADO, CAJERO_BASICO, puede, SUPERVISOR } from '../../../../schema/domain/empleados/permisos.ts'
import { conOtro, GRUPOS, plantillaDe, plantillasQuePuedeDar } from './plantillas.ts'

test('EMP-12: permissions are told by the name of their template, or as changed by hand', () => {
  assert.equal([CAJERO_BASICO, CAJERO_AVANZADO, SUPERVISOR].map(plantillaDe), ['Cajero Básico', 'Cajero Avanzado', 'Supervisor'])
  assert.is(plantillaDe(conOtro(SUPERVISOR, 'ajustes', 'modificarMontos')), null)
})

test('EMP-10: every permission is in one group of the screen, and one switch changes it alone', () => {
  assert.equal(GRUPOS.flatMap((g) => [...g.acciones]).sort(), [...ACCIONES_SCANYA].sort())
  for (const { grupo, acciones } of GRUPOS)
    for (const accion of acciones) {
      const otro = conOtro(CAJERO_BASICO, grupo, accion)
      assert.equal(
        ACCIONES_SCANYA.filter((a) => puede(otro, a) !== puede(CAJERO_BASICO, a)),
        [accion],
      )
    }
})

test('SCAN-05: whoever lacks something gives no template that has it', () => {
  assert.is(plantillasQuePuedeDar(null).length, 3)
  const sinCancelar = { ...SUPERVISOR, ajustes: { ...SUPERVISOR.ajustes, cancelaciones: false } }
  assert.equal(plantillasQuePuedeDar(sinCancelar), ['Cajero Básico', 'Cajero Avanzado'])
})

test.run()
