/**
 * EMP-10, 11, SCAN-49. What of `/api/scanya/*` each permission guards. A route that an empleado may ask is in this table or among those that need no permission;
 * a permission without a line does not compile.
 */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ACCIONES_SCANYA, type AccionScanYA, type PermisosScanYA, puede, SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import { operacionesDe } from '../../testing/rutas.ts'
import { crearNegocioDePrueba, createTestServer, type NegocioDePrueba, pedir, type ServidorDePrueba } from '../../testing/servidor.ts'
import { crearEmpleado } from './crear.ts'

const ALGUNA = '018f0000-0000-7000-8000-0000000000aa'
const GENTE = '018f0000-0000-7000-8000-0000000000bb'
const HASH = 'ab'.repeat(32)
const venta = { monto: 10, metodoPago: 'efectivo' }

interface Guardada {
  /** As the OpenAPI document has it, with ids in place. */
  rutas: [metodo: 'get' | 'post', camino: string, cuerpo?: object][]
  /** Others that are missing too: one of them alone would do. */
  tambienSin?: AccionScanYA[]
}

/** Null: guards what an answer tells, or what a screen draws, and no route by itself. */
const RUTAS: Record<AccionScanYA, Guardada | null> = {
  escanearQR: { rutas: [['post', '/api/scanya/identificar-cliente', { qrPayload: 'X' }]] },
  registrarVentas: { rutas: [['post', '/api/scanya/venta', venta]] },
  verInfoCliente: null,
  validarCupones: {
    rutas: [['post', '/api/scanya/validar-cupon', { codigo: 'PIZZA30', total: 250 }]],
  },
  validarCanjes: {
    rutas: [
      ['post', '/api/scanya/validar-canje', { codigo: 'CANJE-7X9K2M' }],
      ['post', '/api/scanya/confirmar-canje', { canjeId: ALGUNA }],
      ['get', '/api/scanya/arriendo-canjes'],
      ['post', '/api/scanya/arriendo-canjes', { accion: 'pedir' }],
    ],
  },
  reembolsos: { rutas: [['post', `/api/scanya/reembolso/${ALGUNA}`, { motivo: 'x' }]] },
  cancelaciones: { rutas: [['post', `/api/scanya/anulacion/${ALGUNA}`, { motivo: 'x' }]] },
  modificarMontos: { rutas: [['post', `/api/scanya/cambio-monto/${ALGUNA}`, { monto: 10, motivo: 'x' }]] },
  verHistorialPropio: {
    rutas: [
      ['get', '/api/scanya/historial'],
      ['get', `/api/scanya/evidencias/${HASH}`],
    ],
    tambienSin: ['verHistorialCompleto'],
  },
  verHistorialCompleto: { rutas: [['get', `/api/scanya/historial?empleadoId=${GENTE}`]] },
  // What an empleado is answered are own figures; the till adds up everybody's for this one (client/domain/transacciones/movimientos.ts).
  verEstadisticas: null,
}
/** A sale with a cupón is both; the QR of a cupón says whose card it is too. */
const DE_DOS: { acciones: [AccionScanYA, AccionScanYA]; rutas: Guardada['rutas'] }[] = [
  {
    acciones: ['registrarVentas', 'validarCupones'],
    rutas: [
      ['post', '/api/scanya/aplicar-cupon', { codigo: 'PIZZA30', ...venta }],
      ['post', '/api/scanya/venta', { codigo: 'PIZZA30', ...venta }],
      ['post', '/api/scanya/venta', { cuponId: ALGUNA, ...venta }],
    ],
  },
  { acciones: ['escanearQR', 'validarCupones'], rutas: [['post', '/api/scanya/validar-cupon', { qr: 'X' }]] },
]
/** Of whoever is at the till. */
const SIN_PERMISO = ['get /api/scanya/mi-resumen', 'post /api/scanya/mi-pin']

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
})
test.after(() => servidor.cerrar())

/** Everything but these. */
function todoMenos(...acciones: AccionScanYA[]): PermisosScanYA {
  const grupos = Object.entries(SUPERVISOR).map(([grupo, suyas]) => [
    grupo,
    Object.fromEntries(Object.keys(suyas).map((una) => [una, !acciones.includes(una as AccionScanYA)])),
  ])
  return Object.fromEntries(grupos) as PermisosScanYA
}

let cuantos = 0
async function entrarCon(permisosScanYA: PermisosScanYA): Promise<string> {
  const nick = `tabla_${++cuantos}`
  await crearEmpleado(servidor.deps, negocio.negocioId, { nombre: 'Ana', nick, pin: '482913', permisosScanYA })
  return (await loginEmpleado(servidor, negocio.cajas[0]!, nick, '482913')).cuerpo.data.token
}
const probar = async (token: string, [metodo, camino, cuerpo]: Guardada['rutas'][number]) => {
  const cabeceras = { 'idempotency-key': `llave-${crypto.randomUUID()}` }
  const r = await pedir(servidor, camino, { token, metodo: metodo.toUpperCase(), cabeceras, ...(cuerpo ? { cuerpo } : {}) })
  return [r.estado, r.cuerpo.code]
}

for (const accion of ACCIONES_SCANYA) {
  const guardada = RUTAS[accion]
  if (!guardada) continue
  test(`EMP-11, SCAN-49: without ${accion}, 403 on what it guards; with it, whatever else may be missing, that door opens`, async () => {
    const sin = await entrarCon(todoMenos(accion, ...(guardada.tambienSin ?? [])))
    const con = await entrarCon(todoMenos(...ACCIONES_SCANYA.filter((otra) => otra !== accion)))
    for (const ruta of guardada.rutas) {
      assert.equal(await probar(sin, ruta), [403, 'SIN_PERMISO'], ruta.join(' '))
      assert.is.not((await probar(con, ruta))[1], 'SIN_PERMISO', ruta.join(' '))
    }
  })
}

const negadas = async () =>
  (await servidor.db.superusuario`select from actividad_empleado where negocio_id = ${negocio.negocioId} and resultado = 'SIN_PERMISO'`)
    .length

test('EMP-11, 17, SCAN-49: what asks for two permissions opens with the two and with neither of them alone, and whoever was refused is noted', async () => {
  for (const { acciones, rutas } of DE_DOS) {
    const solo = (...suyas: AccionScanYA[]) => entrarCon(todoMenos(...ACCIONES_SCANYA.filter((otra) => !suyas.includes(otra))))
    const [una, otra, ambas] = [await solo(acciones[0]), await solo(acciones[1]), await solo(...acciones)]
    for (const ruta of rutas) {
      const antes = await negadas()
      for (const token of [una, otra]) assert.equal(await probar(token, ruta), [403, 'SIN_PERMISO'], ruta.join(' '))
      assert.is(await negadas(), antes + 2, ruta.join(' '))
      assert.is.not((await probar(ambas, ruta))[1], 'SIN_PERMISO', ruta.join(' '))
    }
  }
})

test('SCAN-49: every route of the counter that an empleado may ask is guarded by a permission of the table, or says why not', async () => {
  const guardadas = [...Object.values(RUTAS), ...DE_DOS].flatMap((g) => g?.rutas ?? [])
  const conocidas = new Set([
    ...SIN_PERMISO,
    ...guardadas.map(([metodo, camino]) => `${metodo} ${camino.split('?')[0]!.replace(ALGUNA, '{transaccionId}').replace(HASH, '{hash}')}`),
  ])
  const operaciones = await operacionesDe(servidor)
  const suyas = operaciones.filter((op) => op.camino.startsWith('/api/scanya/') && op.paraQuien.includes('empleado')).map((op) => op.nombre)
  assert.equal(
    suyas.filter((nombre) => !conocidas.has(nombre)),
    [],
  )
  assert.equal(
    [...conocidas].filter((nombre) => !suyas.includes(nombre)),
    [],
  )
  assert.ok(ACCIONES_SCANYA.every((accion) => puede(todoMenos(), accion)))
})

test('EMP-11: no empleado and no till is answered statistics of the negocio: sums of sales, shifts and what is sold most are for the dueño and gerentes', async () => {
  const estadisticas = /resumen|turnos|metricas|estadisticas|vistas|actividad|usos$/
  const operaciones = await operacionesDe(servidor)
  const abiertas = operaciones.filter(
    (op) => op.metodo === 'GET' && estadisticas.test(op.camino) && op.paraQuien.some((quien) => quien === 'empleado' || quien === 'caja'),
  )
  assert.equal(
    abiertas.map((op) => op.nombre),
    ['get /api/scanya/mi-resumen'],
  )
  // Own figures, with or without it: those of somebody else's sale are not in them.
  const sin = await entrarCon(todoMenos('verEstadisticas'))
  const con = await entrarCon(todoMenos())
  await probar(con, ['post', '/api/scanya/venta', venta])
  const ventas = async (token: string) =>
    (await pedir<{ ventas: number }>(servidor, '/api/scanya/mi-resumen', { token })).cuerpo.data.ventas
  assert.equal([await ventas(sin), await ventas(con)], [0, 1])
})

test.run()
