/** The card of an empleado as the dueño keeps it, and what becomes of it at the till (EMP-02, 05, 06, 07, 10, 14). */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { DIA, MINUTO } from '../../../schema/core/tiempo.ts'
import { ACCIONES_SCANYA, CAJERO_BASICO, puede, SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import { darCuentaDeGerente } from '../../testing/gerente.ts'
import {
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearEmpleado } from './crear.ts'
import type { FichaDeEmpleado } from './documento.ts'

const PIN = '482913'

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let dueno: string
let norte: string

test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor, { cajas: 1, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  dueno = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  norte = negocio.sucursales[1]!.id
})
test.after(() => servidor.cerrar())

const enEmpleados = <T>(camino: string, opciones: Parameters<typeof pedir>[2] = {}) =>
  pedir<T>(servidor, `/api/negocios/${negocio.negocioId}/empleados${camino}`, { token: dueno, ...opciones })
const crear = async (datos: object) => {
  const r = await enEmpleados<FichaDeEmpleado>('', { cuerpo: { sucursalId: negocio.sucursalId, pin: PIN, ...datos } })
  assert.is(r.estado, 200, r.cuerpo.code)
  return r.cuerpo.data
}
const editar = (id: string, cuerpo: object, token = dueno) => enEmpleados<FichaDeEmpleado>(`/${id}`, { metodo: 'PATCH', cuerpo, token })
const lista = async () => (await enEmpleados<FichaDeEmpleado[]>('')).cuerpo.data
const documentos = (id: string) =>
  servidor.db
    .superusuario`select despues from cambios_negocio where negocio_id = ${negocio.negocioId} and pk = ${`empleado:${id}`} order by seq`
const entrar = (nick: string) => loginEmpleado(servidor, negocio.cajas[0]!, nick, PIN)

test('EMP-06, 14: name, nick, phone, puesto, sucursal or all of them and permissions are edited; what is not named stays; tills hear of it', async () => {
  const { id } = await crear({ nombre: 'Diego Salas', nick: 'diego', telefono: '4151112233' })
  const r = await editar(id, { nombre: 'Diego Salas Ortiz', nick: 'Diego_S', puesto: 'Repartidor', permisosScanYA: SUPERVISOR })
  assert.equal(
    [r.estado, r.cuerpo.data.nombre, r.cuerpo.data.nick, r.cuerpo.data.puesto, r.cuerpo.data.telefono],
    [200, 'Diego Salas Ortiz', 'diego_s', 'Repartidor', '4151112233'],
  )
  const todas = await editar(id, { todasLasSucursales: true, sucursalId: null, telefono: null })
  assert.equal([todas.cuerpo.data.todasLasSucursales, todas.cuerpo.data.sucursalId, todas.cuerpo.data.telefono], [true, null, null])
  assert.equal(
    todas.cuerpo.data,
    (await lista()).find((e) => e.id === id),
  )
  const { despues } = (await documentos(id)).at(-1)!
  assert.equal([despues.nick, despues.todasLasSucursales, despues.permisosScanYA], ['diego_s', true, SUPERVISOR])
  assert.not.match(JSON.stringify(despues), /telefono|415|pin/i)
})

test('EMP-14: what is refused says its field, and leaves everything as it was', async () => {
  const uno = await crear({ nombre: 'Uno', nick: 'el_uno' })
  const { id } = await crear({ nombre: 'Dos', nick: 'el_dos' })
  const casos: [object, string, string][] = [
    [{ nick: 'EL_UNO' }, 'NICK_EN_USO', 'nick'],
    [{ nick: 'con espacio' }, 'DATO_INVALIDO', 'nick'],
    [{ nombre: '' }, 'DATO_INVALIDO', 'nombre'],
    [{ telefono: '1'.repeat(31) }, 'DATO_INVALIDO', 'telefono'],
    [{ puesto: 'x'.repeat(101) }, 'DATO_INVALIDO', 'puesto'],
    [{ sucursalId: uno.id }, 'NO_ENCONTRADO', 'sucursalId'],
    [{ permisosScanYA: { ...SUPERVISOR, ajustes: { reembolsos: true } } }, 'DATO_INVALIDO', 'permisosScanYA.ajustes.cancelaciones'],
  ]
  for (const [cuerpo, codigo, campo] of casos) {
    const r = await editar(id, { ...cuerpo })
    assert.equal([r.cuerpo.code, r.cuerpo.campo], [codigo, campo])
  }
  assert.is((await documentos(id)).length, 1)
})

test('EMP-10, 11: permissions that change count at the next request of a session that is open, and at the next login', async () => {
  const { id, nick } = await crear({ nombre: 'Paola', nick: 'paola', permisosScanYA: CAJERO_BASICO })
  const { token } = (await entrar(nick)).cuerpo.data
  const historialDeOtro = () => pedir(servidor, `/api/scanya/historial?empleadoId=${negocio.negocioId}`, { token })
  assert.is((await historialDeOtro()).cuerpo.code, 'SIN_PERMISO')
  await editar(id, { permisosScanYA: SUPERVISOR })
  assert.is((await historialDeOtro()).estado, 200)
  const { permisos } = (await entrar(nick)).cuerpo.data.empleado
  assert.equal(
    ACCIONES_SCANYA.filter((a) => puede(permisos, a)),
    ACCIONES_SCANYA.filter((a) => puede(SUPERVISOR, a)),
  )
})

test('EMP-14: sent to another sucursal, this till lets them in no more and takes their lease; the new nick is the one that enters', async () => {
  const { id } = await crear({ nombre: 'Raúl', nick: 'raul' })
  assert.is((await entrar('raul')).estado, 200)
  await editar(id, { nick: 'raul_n', sucursalId: norte })
  assert.is((await entrar('raul')).cuerpo.code, 'CREDENCIALES_PIN')
  assert.is((await entrar('raul_n')).cuerpo.code, 'SIN_PERMISO')
  await editar(id, { sucursalId: negocio.sucursalId })
  assert.is((await entrar('raul_n')).estado, 200)
})

test('EMP-02, 07: the card tells the last session and the till it was at; before the first, neither', async () => {
  const { id, nick, ultimaSesionAt } = await crear({ nombre: 'Irma', nick: 'irma' })
  assert.is(ultimaSesionAt, null)
  const suya = async () => (await lista()).find((e) => e.id === id)!
  assert.equal([(await suya()).ultimaSesionAt, (await suya()).ultimoEquipo], [null, null])
  servidor.reloj.avanzar(MINUTO)
  await entrar(nick)
  assert.equal([(await suya()).ultimaSesionAt, (await suya()).ultimoEquipo], [servidor.reloj.ahora(), 'Equipo de prueba'])
})

test('EMP-14: let go and taken back, an empleado enters with the PIN they had', async () => {
  const { id, nick } = await crear({ nombre: 'Olga', nick: 'olga' })
  await enEmpleados(`/${id}/baja`, { metodo: 'POST' })
  assert.is((await entrar(nick)).cuerpo.code, 'EMPLEADO_INACTIVO')
  const r = await enEmpleados<FichaDeEmpleado>(`/${id}/reactivar`, { metodo: 'POST' })
  assert.equal([r.cuerpo.data.activo, r.cuerpo.data.bajaAt], [true, null])
  assert.is((await entrar(nick)).estado, 200)
  assert.equal(
    (await documentos(id)).map((d) => d.despues.activo),
    [true, false, true],
  )
})

test('EMP-14: deleted, an empleado is on no list and cannot be changed; the ledger keeps the name, the nick goes to nobody, phone and PIN are gone', async () => {
  const { id, nick } = await crear({ nombre: 'Hugo', nick: 'hugo', telefono: '4159998877' })
  const { token } = (await entrar(nick)).cuerpo.data
  assert.is((await enEmpleados(`/${id}`, { metodo: 'DELETE' })).estado, 200)
  assert.not.ok((await lista()).some((e) => e.id === id))
  assert.is((await pedir(servidor, '/api/scanya/mi-resumen', { token })).cuerpo.code, 'SESION_VENCIDA')
  assert.is((await entrar(nick)).cuerpo.code, 'CREDENCIALES_PIN')
  for (const [camino, opciones] of [
    ['', { metodo: 'PATCH', cuerpo: { nombre: 'X' } }],
    ['', { metodo: 'DELETE' }],
    ['/reactivar', { metodo: 'POST' }],
    ['/pin', { cuerpo: { pin: '905172' } }],
  ] as const)
    assert.is((await enEmpleados(`/${id}${camino}`, opciones)).cuerpo.code, 'NO_ENCONTRADO', camino)
  assert.is((await enEmpleados('', { cuerpo: { nombre: 'Otro Hugo', nick } })).cuerpo.code, 'NICK_EN_USO')
  const [fila] = await servidor.db.superusuario`select nombre, telefono, pin_hash from empleados where id = ${id}`
  assert.equal({ ...fila }, { nombre: 'Hugo', telefono: null, pinHash: null })
  assert.equal([(await documentos(id)).at(-1)!.despues.activo, (await documentos(id)).at(-1)!.despues.nombre], [false, 'Hugo'])
})

test('EMP-38: a gerente edits the people of the own sucursal, keeps them there, and is told of no others', async () => {
  const token = await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, norte))
  const mio = await crear({ nombre: 'Norteña', nick: 'nortena', sucursalId: norte })
  const ajeno = await crear({ nombre: 'Céntrica', nick: 'centrica' })
  assert.is((await editar(mio.id, { puesto: 'Cajera' }, token)).estado, 200)
  assert.is((await editar(mio.id, { sucursalId: negocio.sucursalId }, token)).cuerpo.code, 'SIN_PERMISO')
  assert.is((await editar(mio.id, { todasLasSucursales: true }, token)).cuerpo.code, 'SIN_PERMISO')
  assert.is((await editar(ajeno.id, { puesto: 'x' }, token)).cuerpo.code, 'NO_ENCONTRADO')
  for (const [camino, metodo] of [
    ['', 'DELETE'],
    ['/reactivar', 'POST'],
  ] as const) {
    assert.is((await enEmpleados(`/${ajeno.id}${camino}`, { metodo, token })).cuerpo.code, 'NO_ENCONTRADO')
    assert.is((await enEmpleados(`/${mio.id}${camino}`, { metodo, token })).estado, camino === '' ? 200 : 404)
  }
})

const miPin = (token: string, pinActual: string, pin: string) =>
  pedir<{ token: string; licencia: { id: string }; llave: string }>(servidor, '/api/scanya/mi-pin', { token, cuerpo: { pinActual, pin } })
const actividadDe = (id: string) =>
  servidor.db.superusuario`select tipo, resultado from actividad_empleado where empleado_id = ${id} order by created_at, id`

test('[TU6] EMP-15: the own PIN is changed with the old one; what the old one opened is over, this till gets a session, a lease and a key anew', async () => {
  const { id, nick } = await crear({ nombre: 'Eva', nick: 'eva' })
  const antes = (await entrar(nick)).cuerpo.data
  servidor.reloj.avanzar(1)
  const r = await miPin(antes.token, PIN, '730182')
  assert.is(r.estado, 200, r.cuerpo.code)
  assert.not.equal(r.cuerpo.data.llave, antes.llave)
  assert.is((await miPin(antes.token, '730182', '905172')).cuerpo.code, 'SESION_VENCIDA')
  const licencias = await servidor.db.superusuario`select id from licencias_empleado where empleado_id = ${id}`
  assert.equal(
    licencias.map((l) => l.id),
    [r.cuerpo.data.licencia.id],
  )
  assert.is((await pedir(servidor, '/api/scanya/mi-resumen', { token: r.cuerpo.data.token })).estado, 200)
  assert.is((await entrar(nick)).cuerpo.code, 'CREDENCIALES_PIN')
  assert.is((await loginEmpleado(servidor, negocio.cajas[0]!, nick, '730182')).estado, 200)
  assert.is((await documentos(id)).at(-1)!.despues.accesoAt, servidor.reloj.ahora(), 'other tills hear of it')
})

test('[TU3] EMP-05, 15: trivial and equal PINs are refused on their field; a wrong old PIN is logged and counts as an attempt to enter', async () => {
  const { id, nick } = await crear({ nombre: 'Ema', nick: 'ema' })
  const { token } = (await entrar(nick)).cuerpo.data
  for (const [pin, codigo] of [
    ['123456', 'PIN_TRIVIAL'],
    ['0000', 'PIN_TRIVIAL'],
    [PIN, 'PIN_IGUAL'],
    ['12', 'DATO_INVALIDO'],
  ] as const) {
    const r = await miPin(token, PIN, pin)
    assert.equal([r.cuerpo.code, r.cuerpo.campo], [codigo, 'pin'])
  }
  for (let i = 0; i < 5; i++) {
    servidor.reloj.avanzar(1)
    const r = await miPin(token, '739154', '905172')
    assert.equal([r.cuerpo.code, r.cuerpo.campo], ['CREDENCIALES_PIN', 'pinActual'])
  }
  servidor.reloj.avanzar(1)
  assert.is((await miPin(token, PIN, '905172')).cuerpo.code, 'PIN_BLOQUEADO')
  servidor.reloj.avanzar(1)
  assert.is((await entrar(nick)).cuerpo.code, 'PIN_BLOQUEADO')
  const hechas = (await actividadDe(id)).map((a) => `${a.tipo} ${a.resultado}`)
  assert.equal(hechas, ['login ok', ...Array(5).fill('pin CREDENCIALES_PIN'), 'pin PIN_BLOQUEADO', 'login PIN_BLOQUEADO'])
})

test('EMP-08, 17: a till tells what was tried while no server saw it: once each, of its own people, never of the future', async () => {
  const { id } = await crear({ nombre: 'Ulises', nick: 'ulises' })
  const caja = negocio.cajas[0]!
  const { token } = await sesionDeDispositivo(servidor, caja)
  const ajeno = await crearNegocioDePrueba(servidor)
  const otro = await crearEmpleado(servidor.deps, ajeno.negocioId, { nombre: 'Otro', nick: 'otro' })
  const ahora = servidor.reloj.ahora()
  const una = (n: number, resto: object) => ({
    id: uuidv7(ahora + n),
    empleadoId: id,
    tipo: 'login',
    resultado: 'ok',
    at: ahora,
    ...resto,
  })
  const actividad = [
    una(1, { resultado: 'CREDENCIALES_PIN', at: ahora - MINUTO }),
    una(2, { tipo: 'logout', motivo: 'inactividad', at: ahora + DIA }),
    una(3, { empleadoId: otro.id }),
    una(4, { at: ahora - 61 * DIA }),
  ]
  const contar = () => pedir<{ recibidas: number }>(servidor, '/api/scanya/actividad', { token, cuerpo: { actividad } })
  assert.equal([(await contar()).cuerpo.data.recibidas, (await contar()).cuerpo.data.recibidas], [2, 0])
  const filas = await servidor.db.superusuario`
    select tipo, resultado, metadata, created_at, offline, dispositivo_id from actividad_empleado where empleado_id = ${id} order by created_at`
  assert.equal(
    filas.map((f) => ({ ...f })),
    [
      {
        tipo: 'login',
        resultado: 'CREDENCIALES_PIN',
        metadata: {},
        createdAt: ahora - MINUTO,
        offline: true,
        dispositivoId: caja.dispositivoId,
      },
      {
        tipo: 'logout',
        resultado: 'ok',
        metadata: { motivo: 'inactividad' },
        createdAt: ahora,
        offline: true,
        dispositivoId: caja.dispositivoId,
      },
    ],
  )
  const mal = await pedir(servidor, '/api/scanya/actividad', { token: dueno, cuerpo: { actividad } })
  assert.is(mal.cuerpo.code, 'DISPOSITIVO_REQUERIDO')
})

test('SCAN-05, EMP-38: the dueño says what a gerente may do at the counter; the gerente does not, and knows it', async () => {
  const usuarioId = await darCuentaDeGerente(servidor, negocio.negocioId, norte)
  const suyo = await tokenDeCuenta(servidor, usuarioId)
  const enGerentes = <T>(camino: string, token: string, cuerpo?: object) =>
    pedir<T>(servidor, `/api/negocios/${negocio.negocioId}/gerentes${camino}`, { token, ...(cuerpo ? { metodo: 'PATCH', cuerpo } : {}) })
  const anular = () => pedir(servidor, `/api/scanya/anulacion/${usuarioId}`, { token: suyo, cuerpo: { motivo: 'x' } })
  assert.is((await anular()).cuerpo.code, 'NO_ENCONTRADO', 'everything, until something is said')
  const r = await enGerentes<{ permisosScanYA: object }>(`/${usuarioId}`, dueno, { permisosScanYA: CAJERO_BASICO })
  assert.equal([r.estado, r.cuerpo.data.permisosScanYA], [200, CAJERO_BASICO])
  assert.is((await anular()).cuerpo.code, 'SIN_PERMISO')
  const yo = await pedir<{ negocios: { permisosScanYA: object }[] }>(servidor, '/api/auth/yo', { token: suyo })
  assert.equal(yo.cuerpo.data.negocios[0]?.permisosScanYA, CAJERO_BASICO)
  const lista = await enGerentes<{ usuarioId: string; sucursalId: string }[]>('', dueno)
  assert.is(lista.cuerpo.data.find((g) => g.usuarioId === usuarioId)?.sucursalId, norte)
  assert.is((await enGerentes(`/${usuarioId}`, suyo, { permisosScanYA: null })).cuerpo.code, 'SIN_PERMISO')
  assert.is((await enGerentes(`/${negocio.dueno.usuarioId}`, dueno, { permisosScanYA: CAJERO_BASICO })).cuerpo.code, 'NO_ENCONTRADO')
  await enGerentes(`/${usuarioId}`, dueno, { permisosScanYA: null })
  assert.is((await anular()).cuerpo.code, 'NO_ENCONTRADO')
})

test('SCAN-05, EMP-14: a gerente gives nobody what the dueño took from them: not a new empleado, not an old one, nor by a PIN', async () => {
  const usuarioId = await darCuentaDeGerente(servidor, negocio.negocioId, norte)
  const token = await tokenDeCuenta(servidor, usuarioId)
  const permisosScanYA = { ...SUPERVISOR, ajustes: { reembolsos: false, cancelaciones: true, modificarMontos: false } }
  const pedirPin = (id: string) => enEmpleados(`/${id}/pin`, { token, cuerpo: { pin: '615243' } })
  const jefa = await crear({ nombre: 'Jefa', nick: 'jefa', sucursalId: norte, permisosScanYA: SUPERVISOR })
  const caja = await crear({ nombre: 'Caja', nick: 'caja', sucursalId: norte })
  assert.is((await pedirPin(jefa.id)).estado, 200, 'everything, until something is said')
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/gerentes/${usuarioId}`, {
    ...{ token: dueno, metodo: 'PATCH', cuerpo: { permisosScanYA } },
  })
  const nueva = (mas: object) => enEmpleados('', { token, cuerpo: { nombre: 'Otra', sucursalId: norte, pin: PIN, ...mas } })
  const negadas = [
    await nueva({ nick: 'otra_1', permisosScanYA: SUPERVISOR }),
    await nueva({ nick: 'otra_1', plantilla: 'Supervisor' }),
    await editar(caja.id, { permisosScanYA: SUPERVISOR }, token),
  ]
  for (const { cuerpo } of negadas) assert.equal([cuerpo.code, cuerpo.campo], ['SIN_PERMISO', 'permisosScanYA'])
  assert.is((await pedirPin(jefa.id)).cuerpo.code, 'SIN_PERMISO', 'or would go in as her')
  assert.is(
    (await editar(jefa.id, { puesto: 'Turno de tarde', permisosScanYA: SUPERVISOR }, token)).estado,
    200,
    'what the dueño gave stays',
  )
  assert.is((await nueva({ nick: 'otra_1', permisosScanYA })).estado, 200)
  assert.is((await pedirPin(caja.id)).estado, 200)
})

test.run()
