/** The log of the people at the tills: what they did is read from the ledger and the journal, what they tried from its own rows (EMP-08, 14, 16, 17). */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { z } from 'zod'
import { HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import { darCuentaDeGerente } from '../../testing/gerente.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearRecompensas } from '../recompensas/crear.ts'
import type { paginaDeActividad } from './consultar-actividad.ts'
import { crearEmpleado } from './crear.ts'
import type { ResumenDeEmpleado } from './resumir-actividad.ts'

const PIN = '482913'
type Pagina = z.infer<typeof paginaDeActividad>

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let caja: CajaDePrueba
let dueno: string
let carlos: string
let lucia: string

const por = (id: string) => ({ operador: { tipo: 'empleado', id } as const })

/** A day at two tills: Carlos sells three times, gives one back, tries to cancel; Lucía sells in Norte. */
test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor, { sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const norte = negocio.sucursales[1]!.id
  caja = await altaDeCaja(servidor, negocio)
  const cajaNorte = await altaDeCaja(servidor, negocio, { sucursalId: norte })
  const nuevo = async (nombre: string, nick: string, sucursalId: string) =>
    (await crearEmpleado(servidor.deps, negocio.negocioId, { nombre, nick, pin: PIN, sucursalId, puesto: 'Cajero' })).id
  carlos = await nuevo('Carlos Ruiz', 'carlos', negocio.sucursalId)
  lucia = await nuevo('=Lucía Mora', 'lucia', norte)
  await loginEmpleado(servidor, caja, 'carlos', '739154')
  servidor.reloj.avanzar(MINUTO)
  const { token } = (await loginEmpleado(servidor, caja, 'carlos', PIN)).cuerpo.data
  const ana = await crearShopper(servidor)
  const diario = new DiarioDePrueba(servidor, caja)
  await diario.abrir()
  servidor.reloj.avanzar(MINUTO)
  const { id: transaccionId } = await diario.vender({ qr: await ana.qr(), montoCentavos: 30_000 }, por(carlos))
  servidor.reloj.avanzar(MINUTO)
  await diario.vender({ montoCentavos: 20_000 }, por(carlos))
  await diario.vender({ montoCentavos: 10_000 }, por(carlos))
  servidor.reloj.avanzar(MINUTO)
  await diario.escribir('reembolso', { folio: 'C1-000004', transaccionId, montoCentavos: 5_000, motivo: 'Salió frío' }, por(carlos))
  await diario.subir()
  servidor.reloj.avanzar(MINUTO)
  await pedir(servidor, `/api/scanya/reembolso/${transaccionId}`, { token, cuerpo: { motivo: 'x' } })
  const deLucia = new DiarioDePrueba(servidor, cajaNorte)
  await deLucia.abrir()
  await deLucia.vender({ montoCentavos: 70_000 }, por(lucia))
  await deLucia.subir()
  servidor.reloj.avanzar(HORA)
  const { token: deCaja } = await sesionDeDispositivo(servidor, caja)
  const salida = { id: crypto.randomUUID(), empleadoId: carlos, tipo: 'logout', resultado: 'ok', at: servidor.reloj.ahora() }
  await pedir(servidor, '/api/scanya/actividad', { token: deCaja, cuerpo: { actividad: [salida] } })
  dueno = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
})
test.after(() => servidor.cerrar())

const enActividad = <T>(camino = '', token = dueno) =>
  pedir<T>(servidor, `/api/negocios/${negocio.negocioId}/actividad${camino}`, { token })
const pagina = async (consulta = '') => {
  const r = await enActividad<Pagina>(consulta)
  assert.is(r.estado, 200, r.cuerpo.code)
  return r.cuerpo.data
}
const dichos = (renglones: Pagina['renglones']) =>
  renglones.map((r) => `${r.tipo} ${r.resultado === 'ok' ? (r.folio ?? r.resultado) : r.resultado}`)

test('EMP-08, 16: the day of an empleado, newest first: entering, sales, what was given back, what was refused, leaving', async () => {
  const { renglones, zona, siguiente } = await pagina(`?empleadoId=${carlos}`)
  assert.equal(dichos(renglones).slice(0, 3), ['logout ok', 'reembolso SIN_PERMISO', 'reembolso C1-000001'])
  assert.equal(dichos(renglones).slice(3, 5).sort(), ['venta C1-000002', 'venta C1-000003'])
  assert.equal(dichos(renglones).slice(5), ['venta C1-000001', 'login ok', 'login CREDENCIALES_PIN'])
  assert.equal([zona, siguiente], ['America/Mexico_City', null])
  const [salida, , reembolso] = renglones
  assert.equal([salida?.offline, salida?.equipo], [true, 'Equipo de prueba'])
  assert.equal([reembolso?.monto, reembolso?.detalle, reembolso?.empleadoId], [50, 'Salió frío', carlos])
  const venta = renglones.find((r) => r.folio === 'C1-000001' && r.tipo === 'venta')
  assert.equal([venta?.monto, venta?.puntos, venta?.cliente, venta?.offline], [300, 30, 'Ana L.', false])
})

test('EMP-16: by page, without losing or repeating a row, also where several are of one instant; by kind and by result', async () => {
  const todos = (await pagina('')).renglones
  assert.is(todos.length, 9)
  const hallados: string[] = []
  for (let siguiente: string | null = '', vueltas = 0; siguiente !== null && vueltas < 20; vueltas++) {
    const una: Pagina = await pagina(`?limit=3${siguiente ? `&antesDe=${encodeURIComponent(siguiente)}` : ''}`)
    hallados.push(...una.renglones.map((r) => r.id))
    siguiente = una.siguiente
  }
  assert.equal(
    hallados,
    todos.map((r) => r.id),
  )
  assert.equal(dichos((await pagina(`?tipo=venta&limit=2`)).renglones).length, 2)
  assert.equal(new Set((await pagina('?tipo=venta')).renglones.map((r) => r.tipo)), new Set(['venta']))
  assert.equal(dichos((await pagina('?resultado=rechazado')).renglones), ['reembolso SIN_PERMISO', 'login CREDENCIALES_PIN'])
})

test('EMP-14, 16: the sums of each empleado: sales, total, clients, points, refunds, refusals, time at the till', async () => {
  const r = await enActividad<ResumenDeEmpleado[]>('/resumen')
  const [primera, segundo] = r.cuerpo.data
  assert.equal([primera?.nombre, primera?.ventas, primera?.total], ['=Lucía Mora', 1, 700])
  const { sesionMs, ...resto } = segundo!
  assert.equal(resto, {
    ...{ empleadoId: carlos, nombre: 'Carlos Ruiz', nick: 'carlos', ventas: 3, total: 550, clientes: 1 },
    ...{ puntosOtorgados: 25, cupones: 0, canjes: 0, reembolsos: 1, rechazados: 2 },
  })
  assert.is(sesionMs, HORA + 4 * MINUTO)
  const suyo = await enActividad<ResumenDeEmpleado[]>(`/resumen?empleadoId=${carlos}`)
  assert.equal(suyo.cuerpo.data, [segundo])
})

test('EMP-16: other days are empty; days that are none, or too many, are refused on their field', async () => {
  assert.equal((await pagina('?desde=2026-11-19&hasta=2026-11-20')).renglones, [])
  assert.is((await pagina('?desde=2026-11-15&hasta=2026-11-21')).renglones.length, 9)
  for (const [consulta, campo] of [
    ['?desde=2026-11-21&hasta=2026-11-20', 'hasta'],
    ['?desde=2026-01-01&hasta=2026-11-20', 'hasta'],
    ['?desde=ayer', 'desde'],
    ['?antesDe=x', 'antesDe'],
  ] as const) {
    const r = await enActividad(consulta)
    assert.equal([r.estado, r.cuerpo.code, r.cuerpo.campo], [400, 'DATO_INVALIDO', campo])
  }
})

test('EMP-16, 38: the file is for the dueño and holds no formula; a gerente reads the own sucursal and exports nothing', async () => {
  const { csv } = (await enActividad<{ csv: string }>('/exportar')).cuerpo.data
  assert.ok(csv.startsWith('\ufeff'))
  const lineas = csv.trim().split('\r\n')
  assert.match(lineas[0]!, /^dia,hora,empleado,nick,tipo,/)
  assert.is(lineas.length, 10)
  assert.ok(
    lineas.some((l) => l.startsWith("2026-11-21,12:05:00,'=Lucía Mora,lucia,venta,ok,")),
    csv,
  )
  const gerente = await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, negocio.sucursales[1]!.id))
  const suya = (await enActividad<Pagina>('', gerente)).cuerpo.data.renglones
  assert.equal(
    dichos(suya).map((d) => d.split(' ')[0]),
    ['venta'],
  )
  assert.is((await enActividad(`?sucursalId=${negocio.sucursalId}`, gerente)).cuerpo.code, 'SIN_PERMISO')
  assert.equal((await enActividad<Pagina>(`?empleadoId=${carlos}`, gerente)).cuerpo.data.renglones, [])
  assert.is((await enActividad('/exportar', gerente)).cuerpo.code, 'SIN_PERMISO')
})

test('EMP-17: permissions of a supervisor are asked too: what is allowed leaves no refusal', async () => {
  const suya = `/api/negocios/${negocio.negocioId}/empleados/${carlos}`
  await pedir(servidor, suya, { metodo: 'PATCH', token: dueno, cuerpo: { permisosScanYA: SUPERVISOR } })
  const antes = (await pagina('?resultado=rechazado')).renglones.length
  const { token } = (await loginEmpleado(servidor, caja, 'carlos', PIN)).cuerpo.data
  const r = await pedir(servidor, `/api/scanya/reembolso/${crypto.randomUUID()}`, {
    token,
    cuerpo: { motivo: 'x' },
    cabeceras: { 'idempotency-key': 'una-llave-1' },
  })
  assert.is(r.cuerpo.code, 'NO_ENCONTRADO')
  assert.is((await pagina('?resultado=rechazado')).renglones.length, antes)
})

test('EMP-16: a canje is of the sucursal where it was given, confirmed over HTTP or by the till, also one that is good anywhere', async () => {
  const suyo = await crearNegocioDePrueba(servidor, { cajas: 1, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const [centro, norte] = suyo.sucursales.map((s) => s.id)
  const deCentro = suyo.cajas[0]!
  const deNorte = await altaDeCaja(servidor, suyo, { sucursalId: norte! })
  const [cafe] = await crearRecompensas(servidor.deps, suyo.negocioId, suyo.dueno.usuarioId, [{ nombre: 'Café', puntos: 10 }])
  const ana = await crearShopper(servidor)
  const diario = new DiarioDePrueba(servidor, deCentro)
  await diario.abrir()
  await diario.vender({ qr: await ana.qr(), montoCentavos: 60_000 })
  await diario.subir()
  const deAna = await tokenDeCuenta(servidor, ana.usuarioId)
  const canjear = async (sucursalId?: string) => {
    const cuerpo = { negocioId: suyo.negocioId, recompensaId: cafe!.id, puntos: 10, ...(sucursalId ? { sucursalId } : {}) }
    const r = await pedir<{ canjeId: string }>(servidor, '/api/cardya/canjear', { token: deAna, cuerpo })
    assert.is(r.estado, 200, r.cuerpo.code)
    return r.cuerpo.data.canjeId
  }
  const permisosScanYA = SUPERVISOR
  const eva = (
    await crearEmpleado(servidor.deps, suyo.negocioId, { nombre: 'Eva', nick: 'eva', pin: PIN, todasLasSucursales: true, permisosScanYA })
  ).id
  const enNorte = (await loginEmpleado(servidor, deNorte, 'eva', PIN)).cuerpo.data.token
  for (const canjeId of [await canjear(), await canjear(norte)]) {
    servidor.reloj.avanzar(MINUTO)
    const cabeceras = { 'idempotency-key': `entrega-${canjeId}` }
    const r = await pedir(servidor, '/api/scanya/confirmar-canje', { token: enNorte, cuerpo: { canjeId }, cabeceras })
    assert.is(r.estado, 200, r.cuerpo.code)
  }
  const enCaja = { canjeId: await canjear(), numero: 1, qr: null }
  servidor.reloj.avanzar(MINUTO)
  await diario.escribir('canje_confirmado', enCaja, por(eva))
  await diario.subir()
  const token = await tokenDeCuenta(servidor, suyo.dueno.usuarioId)
  const de = async (sucursalId: string) => {
    const consulta = `?sucursalId=${sucursalId}`
    const lista = await pedir<Pagina>(servidor, `/api/negocios/${suyo.negocioId}/actividad${consulta}&tipo=canje`, { token })
    const suma = await pedir<ResumenDeEmpleado[]>(servidor, `/api/negocios/${suyo.negocioId}/actividad/resumen${consulta}`, { token })
    return [lista.cuerpo.data.renglones.length, suma.cuerpo.data[0]?.canjes]
  }
  assert.equal(
    [await de(centro!), await de(norte!)],
    [
      [1, 1],
      [2, 2],
    ],
  )
})

test.run()
