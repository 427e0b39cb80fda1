// @serial
// @timeout 1800
/** Many worlds, each with its own accidents: nothing acknowledged is lost, nothing counts twice, and every book says the same. FULL=1: 200 seeds. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DATOS_POR_TIPO } from '../../schema/domain/hechos/tipos.ts'
import { CLASES_DE_FALLO } from './clases-de-fallo.ts'
import { correrSemillas } from './flota.ts'
import { contarFalla, resumir } from './informe.ts'
import { semillasFijas } from './semillas.ts'

const SEMILLAS = process.env.FULL ? 200 : 20
const OPS = 200

test(`${SEMILLAS} seeds of ${OPS} operations: 0 lost, 0 doubled, 0 divergent`, async () => {
  const inicio = performance.now()
  const corridas = await correrSemillas({ semillas: semillasFijas(SEMILLAS), ops: OPS })
  const resumen = resumir(corridas, performance.now() - inicio)
  console.log(`${resumen.tabla}\n${resumen.linea}`)
  const fallas = corridas.filter((c) => c.hallazgos.length > 0)
  assert.is(fallas.map((c) => contarFalla(c)).join('\n'), '', resumen.linea)
  const vistas = new Set(corridas.flatMap(({ cuentas }) => cuentas.map(([clase]) => clase)))
  const clases = [...CLASES_DE_FALLO, ...Object.keys(DATOS_POR_TIPO).map((tipo) => `hecho: ${tipo}`)]
  assert.equal(
    clases.filter((clase) => !vistas.has(clase)),
    [],
    'every kind of fault and of hecho happened',
  )
})

test.run()
