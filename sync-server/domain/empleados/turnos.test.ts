/** Who is at the till, as the server sees it (TU1-TU6). */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { firmarTexto } from '../../../schema/core/firma.ts'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { CAJERO_BASICO, type PermisosScanYA, SUPERVISOR } from '../../../schema/domain/empleados/permisos.ts'
import type { RespuestaLicencias } from '../../../schema/protocol/turnos.ts'
import { bloqueoDePin } from '../../auth/bloqueos-pin.ts'
import { limpiarAccesos } from '../../auth/limpiar.ts'
import { requiereSesion } from '../../auth/middleware.ts'
import type { Db } from '../../db/db.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { loginEmpleado, pedidoDeLogin } from '../../testing/empleado.ts'
import { darCuentaDeGerente } from '../../testing/gerente.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { darDeBajaEmpleado } from './baja.ts'
import { cambiarPin } from './cambiar-pin.ts'
import { crearEmpleado } from './crear.ts'
import { entrarEmpleado } from './entrar.ts'

const PIN = '482913'
let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let caja: CajaDePrueba
let nicks = 0

test.before(async () => {
  servidor = await createTestServer({
    montar: (app, deps) => app.get('/api/prueba/sesion', requiereSesion(deps), (c) => c.json(c.get('sesion'))),
  })
  negocio = await crearNegocioDePrueba(servidor, { cajas: 1, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  caja = negocio.cajas[0]!
})
test.after(() => servidor.cerrar())

const nuevo = async (mas: { sucursalId?: string | null; permisosScanYA?: PermisosScanYA; pin?: string | null } = {}) =>
  crearEmpleado(servidor.deps, negocio.negocioId, { nombre: 'Carlos Ruiz', nick: `cajero_${++nicks}`, puesto: 'Cajero', pin: PIN, ...mas })
const entrar = (nick: string, pin = PIN, equipo = caja) => loginEmpleado(servidor, equipo, nick, pin)
const codigo = async (nick: string, pin = PIN, equipo = caja) => (await entrar(nick, pin, equipo)).cuerpo.code
const sesion = async (portador: string) => {
  const respuesta = await servidor.fetch('http://localhost:8080/api/prueba/sesion', { headers: { authorization: `Bearer ${portador}` } })
  return (await respuesta.json()) as Record<string, unknown>
}
/** A session lasts 10 minutes, and the clock here jumps. */
const delDueno = () => tokenDeCuenta(servidor, negocio.dueno.usuarioId)
const ponerPin = async (id: string, pin: string, con?: string) =>
  pedir<{ accesoAt: number; corto: boolean }>(servidor, `/api/negocios/${negocio.negocioId}/empleados/${id}/pin`, {
    token: con ?? (await delDueno()),
    cuerpo: { pin },
  })
const licencias = async (ids: string[], equipo = caja) => {
  const { token: suyo } = await sesionDeDispositivo(servidor, equipo)
  return (await pedir<RespuestaLicencias>(servidor, '/api/scanya/licencias', { token: suyo, cuerpo: { ids } })).cuerpo.data.licencias
}

test('SCAN-46: nick in any case and PIN give a session of 10 minutes, the permisos, and a lease of 72 h', async () => {
  const { id, nick } = await nuevo({ permisosScanYA: SUPERVISOR })
  const r = await entrar(nick.toUpperCase())
  assert.is(r.estado, 200)
  const ahora = servidor.reloj.ahora()
  const { empleado, licencia, venceAt, llave } = r.cuerpo.data
  assert.equal(empleado, { id, nombre: 'Carlos Ruiz', nick, puesto: 'Cajero', permisos: SUPERVISOR })
  assert.is(venceAt, ahora + 10 * MINUTO)
  // How many ventas is for the device's lease to say: one bound that nobody asks would only look like one.
  assert.equal(licencia, { id: licencia.id, emitidaAt: ahora, venceAt: ahora + 72 * HORA })
  assert.is(Buffer.from(llave, 'base64').length, 32)
  const { sesionId, ...quien } = await sesion(r.cuerpo.data.token)
  assert.equal(quien, {
    ...{ clase: 'empleado', empleadoId: id, dispositivoId: caja.dispositivoId, negocioId: negocio.negocioId },
    ...{ sucursalId: negocio.sucursalId, permisos: SUPERVISOR },
  })
  servidor.reloj.avanzar(10 * MINUTO)
  assert.is((await sesion(r.cuerpo.data.token)).code, 'SESION_VENCIDA')
})

test('what the PIN seals on a till is new each time and kept nowhere on the server', async () => {
  const { nick } = await nuevo()
  const [una, otra] = [(await entrar(nick)).cuerpo.data, (await entrar(nick)).cuerpo.data]
  assert.is.not(una.llave, otra.llave)
  assert.is.not(una.licencia.id, otra.licencia.id)
  const guardado = JSON.stringify([
    await servidor.db.superusuario`select * from licencias_empleado`,
    await servidor.db.superusuario`select * from sesiones`,
    await servidor.db.superusuario`select * from actividad_empleado`,
  ])
  for (const secreto of [una.llave, otra.llave, una.token, PIN]) assert.not.ok(guardado.includes(secreto))
  const estados = await licencias([una.licencia.id, otra.licencia.id])
  assert.equal(
    estados.map((l) => l.estado),
    ['viva', 'viva'],
    'who lost the second answer still holds the first',
  )
})

test('[TU1] without the signature of a till: 401 DISPOSITIVO_REQUERIDO, whatever the PIN', async () => {
  const { nick } = await nuevo()
  const completo = await pedidoDeLogin(servidor, caja, nick, PIN)
  for (const falta of ['dispositivoId', 'reto', 'firma'] as const) {
    const cuerpo = { ...(await pedidoDeLogin(servidor, caja, nick, PIN)), [falta]: undefined }
    const r = await pedir(servidor, '/api/scanya/login-empleado', { cuerpo })
    assert.equal([r.estado, r.cuerpo.code], [401, 'DISPOSITIVO_REQUERIDO'], falta)
  }
  const otroNegocio = { ...completo, codigoCaja: 'otra-caja' }
  assert.is((await pedir(servidor, '/api/scanya/login-empleado', { cuerpo: otroNegocio })).cuerpo.code, 'DISPOSITIVO_REQUERIDO')
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  assert.is(await codigo(nick, PIN, studio), 'DISPOSITIVO_REQUERIDO')
})

test('[TU1] a signature of another key, for another nick, for a session, or shown twice: 401 FIRMA_INVALIDA', async () => {
  const { nick } = await nuevo()
  const otra = await altaDeCaja(servidor, negocio)
  const probar = (cuerpo: object) => pedir(servidor, '/api/scanya/login-empleado', { cuerpo }).then((r) => r.cuerpo.code)
  assert.is(await codigo(nick, PIN, { ...caja, par: otra.par }), 'FIRMA_INVALIDA')
  assert.is(await probar({ ...(await pedidoDeLogin(servidor, caja, 'otro_nick', PIN)), nick }), 'FIRMA_INVALIDA')
  const mio = await pedidoDeLogin(servidor, caja, nick, PIN)
  const deSesion = await firmarTexto(caja.par.privateKey, 'CYA1|sesion', `${caja.dispositivoId}|${mio.reto}`)
  assert.is(await probar({ ...mio, firma: deSesion }), 'FIRMA_INVALIDA')
  assert.is(await probar({ ...mio, negocioId: negocio.negocioId }), undefined)
  assert.is(await probar(mio), 'FIRMA_INVALIDA', 'the challenge was used')
  const nadie = { ...caja, dispositivoId: '018f0000-0000-7000-8000-00000000dead' }
  assert.is(await codigo(nick, PIN, nadie), 'FIRMA_INVALIDA')
})

test('[TU1] a revoked till logs nobody in, and its empleado sessions are over', async () => {
  const { nick } = await nuevo()
  const robada = await altaDeCaja(servidor, negocio)
  const abierta = (await entrar(nick, PIN, robada)).cuerpo.data.token
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/dispositivos/${robada.dispositivoId}/baja`, {
    token: await delDueno(),
    cuerpo: { motivo: 'robo' },
  })
  assert.is(await codigo(nick, PIN, robada), 'DISPOSITIVO_REVOCADO')
  assert.is((await sesion(abierta)).code, 'DISPOSITIVO_REVOCADO')
})

test('[TU2] a wrong PIN, an unknown nick, a nick without PIN, one of another negocio: one answer, 401 CREDENCIALES_PIN', async () => {
  const { nick } = await nuevo()
  const sinPin = await nuevo({ pin: null })
  const ajeno = await crearNegocioDePrueba(servidor)
  await crearEmpleado(servidor.deps, ajeno.negocioId, { nombre: 'Otra', nick: 'de_otro', pin: PIN })
  const respuestas = []
  for (const [quien, pin] of [
    [nick, '739154'],
    ['nadie_aqui', PIN],
    [sinPin.nick, PIN],
    ['de_otro', PIN],
    ["' or 1=1 --", PIN],
  ] as const) {
    const { estado, cuerpo } = await entrar(quien, pin)
    respuestas.push(JSON.stringify([estado, cuerpo.code, cuerpo.message, cuerpo.data, cuerpo.campo]))
  }
  assert.is(new Set(respuestas).size, 1, respuestas.join('\n'))
  assert.match(respuestas[0]!, /401,"CREDENCIALES_PIN"/)
})

test('[TU2] SCAN-59: inactive, without permissions, of another sucursal: told only to who knows the PIN', async () => {
  const nada = structuredClone(CAJERO_BASICO)
  for (const grupo of Object.values(nada)) for (const accion of Object.keys(grupo)) (grupo as Record<string, boolean>)[accion] = false
  const inactivo = await nuevo()
  await darDeBajaEmpleado(servidor.deps, negocio.negocioId, inactivo.id)
  const casos: [string, string][] = [
    [inactivo.nick, 'EMPLEADO_INACTIVO'],
    [(await nuevo({ permisosScanYA: nada })).nick, 'SIN_PERMISO'],
    [(await nuevo({ sucursalId: negocio.sucursales[1]!.id })).nick, 'SIN_PERMISO'],
  ]
  for (const [nick, esperado] of casos) {
    assert.is(await codigo(nick, '739154'), 'CREDENCIALES_PIN')
    const r = await entrar(nick)
    assert.equal([r.estado, r.cuerpo.code], [403, esperado])
  }
})

test('[TU3] the fifth wrong PIN in a row locks for 15 minutes, each further one twice as long; a right one ends the count', async () => {
  assert.equal([1, 4, 5, 6, 9, 30].map(bloqueoDePin), [0, 0, 15 * MINUTO, 30 * MINUTO, 4 * HORA, DIA])
  const { nick } = await nuevo()
  for (const quien of [nick, 'tampoco_esta']) {
    for (let i = 0; i < 5; i++) assert.is(await codigo(quien, '739154'), 'CREDENCIALES_PIN')
    const r = await entrar(quien)
    assert.equal([r.estado, r.cuerpo.code, r.cabeceras.get('retry-after')], [429, 'PIN_BLOQUEADO', String((15 * MINUTO) / SEGUNDO)])
    assert.is((r.cuerpo as { esperaMs?: number }).esperaMs, 15 * MINUTO)
  }
  servidor.reloj.avanzar(15 * MINUTO)
  assert.is(await codigo(nick, '739154'), 'CREDENCIALES_PIN')
  servidor.reloj.avanzar(29 * MINUTO)
  assert.is(await codigo(nick), 'PIN_BLOQUEADO')
  servidor.reloj.avanzar(MINUTO)
  assert.is((await entrar(nick)).estado, 200)
  for (let i = 0; i < 4; i++) assert.is(await codigo(nick, '739154'), 'CREDENCIALES_PIN')
  assert.is((await entrar(nick)).estado, 200)
})

test('[TU3] many tries at once count one by one', async () => {
  const { nick } = await nuevo()
  const codigos = await Promise.all(Array.from({ length: 9 }, () => codigo(nick, '739154')))
  assert.is(codigos.filter((c) => c === 'CREDENCIALES_PIN').length, 5)
  assert.is(codigos.filter((c) => c === 'PIN_BLOQUEADO').length, 4)
})

test('[TU3] after ten without a right one only a new PIN by the dueño lets the empleado in', async () => {
  const { id, nick } = await nuevo()
  for (let i = 0; i < 10; i++) {
    assert.is(await codigo(nick, '739154'), 'CREDENCIALES_PIN', String(i))
    servidor.reloj.avanzar(DIA)
    if (i === 8) await limpiarAccesos(servidor.deps)
  }
  servidor.reloj.avanzar(400 * DIA)
  await limpiarAccesos(servidor.deps)
  const r = await entrar(nick)
  assert.equal([r.cuerpo.code, r.cabeceras.get('retry-after')], ['PIN_BLOQUEADO', String(DIA / SEGUNDO)])
  assert.is((await ponerPin(id, '615243')).estado, 200)
  assert.is(await codigo(nick), 'CREDENCIALES_PIN')
  assert.is((await entrar(nick, '615243')).estado, 200)
})

test('[TU3] 20 logins an hour on one till, 60 from one address: 429 DEMASIADAS_PETICIONES', async () => {
  const { limites } = servidor.deps.env
  const corto = await createTestServer({ env: { limites: { ...limites, pinPorHora: 2, pinPorHoraIp: 4 } } })
  const { cajas } = await crearNegocioDePrueba(corto, { cajas: 2 })
  const tocar = async (equipo: CajaDePrueba) => (await loginEmpleado(corto, equipo, 'nadie', PIN)).cuerpo.code
  assert.equal(
    [await tocar(cajas[0]!), await tocar(cajas[0]!), await tocar(cajas[0]!), await tocar(cajas[1]!), await tocar(cajas[1]!)],
    ['CREDENCIALES_PIN', 'CREDENCIALES_PIN', 'DEMASIADAS_PETICIONES', 'CREDENCIALES_PIN', 'DEMASIADAS_PETICIONES'],
  )
  await corto.cerrar()
})

test('[TU4] a living lease gets its 72 h again; one that ended needs the PIN; one of another till is of nobody', async () => {
  const { nick } = await nuevo()
  const { licencia } = (await entrar(nick)).cuerpo.data
  servidor.reloj.avanzar(HORA)
  assert.equal(
    await licencias([licencia.id, licencia.id]),
    [{ id: licencia.id, estado: 'viva', venceAt: licencia.venceAt }],
    'no hurry yet',
  )
  servidor.reloj.avanzar(20 * HORA)
  const venceAt = servidor.reloj.ahora() + 72 * HORA
  assert.equal(await licencias([licencia.id]), [{ id: licencia.id, estado: 'viva', venceAt }])
  const otra = await altaDeCaja(servidor, negocio)
  assert.equal(await licencias([licencia.id], otra), [{ id: licencia.id, estado: 'terminada', venceAt: 0 }])
  servidor.reloj.avanzar(72 * HORA)
  await limpiarAccesos(servidor.deps)
  assert.equal(await licencias([licencia.id]), [{ id: licencia.id, estado: 'vencida', venceAt }])
  servidor.reloj.avanzar(36 * DIA)
  await limpiarAccesos(servidor.deps)
  assert.equal(await licencias([licencia.id]), [{ id: licencia.id, estado: 'terminada', venceAt: 0 }], 'forgotten')
})

test('[TU6] EMP-19: a deactivated empleado loses open sessions and leases at once, and cannot log in', async () => {
  const { id, nick } = await nuevo()
  const { token: abierta, licencia } = (await entrar(nick)).cuerpo.data
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/empleados/${id}/baja`, { token: await delDueno(), metodo: 'POST' })
  assert.is((await sesion(abierta)).code, 'SESION_VENCIDA')
  assert.is(await codigo(nick), 'EMPLEADO_INACTIVO')
  assert.equal(await licencias([licencia.id]), [{ id: licencia.id, estado: 'terminada', venceAt: 0 }])
})

test('[TU6] EMP-14: a new PIN ends sessions and leases of the old one, and tills hear of it without seeing it', async () => {
  const { id, nick } = await nuevo()
  const { token: abierta, licencia } = (await entrar(nick)).cuerpo.data
  servidor.reloj.avanzar(1)
  const r = await ponerPin(id, '7391')
  assert.equal(r.cuerpo.data, { accesoAt: servidor.reloj.ahora(), corto: true })
  assert.is((await sesion(abierta)).code, 'SESION_VENCIDA')
  assert.is((await licencias([licencia.id]))[0]?.estado, 'terminada')
  const [cambio] = await servidor.db.superusuario`
    select despues from cambios_negocio where negocio_id = ${negocio.negocioId} and pk = ${`empleado:${id}`} order by seq desc limit 1`
  assert.is(cambio.despues.accesoAt, servidor.reloj.ahora())
  assert.not.match(JSON.stringify(cambio.despues), /pin|hash|7391/i)
  const nueva = (await entrar(nick, '7391')).cuerpo.data
  assert.is((await sesion(nueva.token)).clase, 'empleado')
  assert.is((await licencias([nueva.licencia.id]))[0]?.estado, 'viva')
})

test('[TU6] a PIN or a baja that changes while the login is being looked at ends that login too', async () => {
  const cambios = [
    (id: string) => cambiarPin(servidor.deps, negocio.negocioId, id, '615243'),
    (id: string) => darDeBajaEmpleado(servidor.deps, negocio.negocioId, id),
  ]
  for (const cambiar of cambios) {
    const { id, nick } = await nuevo()
    const pedido = await pedidoDeLogin(servidor, caja, nick, PIN)
    const frenos = { admitir: async () => {}, alFallar: async () => {} }
    const retos = { crear: () => '', usar: () => {} }
    let cambiado = false
    const negocioLento: Db['negocio'] = async (...de) => {
      const leido = await servidor.deps.db.negocio(...de)
      if (!cambiado) {
        cambiado = true // after the empleado was read, before the session is opened
        await cambiar(id)
      }
      return leido
    }
    const deps = { ...servidor.deps, db: { ...servidor.deps.db, negocio: negocioLento } }
    const codigoDeEntrada = await entrarEmpleado(deps, retos, frenos, pedido).then(
      () => 'ok',
      (error: { codigo: string }) => error.codigo,
    )
    assert.is(codigoDeEntrada, 'CREDENCIALES_PIN')
  }
})

test('[TU6] a lease handed out by a node whose clock is ahead ends with the PIN all the same', async () => {
  const { id, nick } = await nuevo()
  const { licencia, token: abierta } = (await entrar(nick)).cuerpo.data
  await servidor.db.superusuario`update licencias_empleado set emitida_at = emitida_at + interval '5 seconds' where id = ${licencia.id}`
  await servidor.db.superusuario`update sesiones set created_at = created_at + interval '5 seconds' where empleado_id = ${id}`
  await ponerPin(id, '615243')
  assert.is((await licencias([licencia.id]))[0]?.estado, 'terminada')
  assert.is((await sesion(abierta)).code, 'SESION_VENCIDA')
})

test('a gerente gives PINs in the own sucursal only; trivial ones are refused to everybody', async () => {
  const norte = negocio.sucursales[1]!.id
  const gerente = await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, norte))
  const [mio, deTodas, deCentro] = [await nuevo({ sucursalId: norte }), await nuevo(), await nuevo({ sucursalId: negocio.sucursalId })]
  assert.is((await ponerPin(mio.id, '905172', gerente)).cuerpo.data.corto, false)
  for (const { id } of [deTodas, deCentro]) assert.is((await ponerPin(id, '905172', gerente)).cuerpo.code, 'NO_ENCONTRADO')
  for (const pin of ['1234', '111111', '654321']) {
    const r = await ponerPin(mio.id, pin)
    assert.equal([r.estado, r.cuerpo.code, r.cuerpo.campo], [400, 'PIN_TRIVIAL', 'pin'], pin)
    const alta = { nombre: 'X', nick: `facil_${pin}`, pin }
    assert.is(
      (await pedir(servidor, `/api/negocios/${negocio.negocioId}/empleados`, { token: await delDueno(), cuerpo: alta })).cuerpo.code,
      'PIN_TRIVIAL',
    )
  }
})

test('EMP-17: every attempt is logged with its result', async () => {
  const { id, nick } = await nuevo()
  const intentos: [string, string][] = [
    [nick, '739154'],
    [nick, PIN],
    ['desconocido_x', PIN],
  ]
  for (const [quien, pin] of intentos) {
    servidor.reloj.avanzar(1)
    await entrar(quien, pin)
  }
  const filas = await servidor.db.superusuario`
    select empleado_id, tipo, resultado from actividad_empleado
    where negocio_id = ${negocio.negocioId} and dispositivo_id = ${caja.dispositivoId} order by created_at desc limit 3`
  assert.equal(filas.map((f) => [f.empleadoId, f.tipo, f.resultado]).reverse(), [
    [id, 'login', 'CREDENCIALES_PIN'],
    [id, 'login', 'ok'],
    [null, 'login', 'CREDENCIALES_PIN'],
  ])
})

test('EMP-17, SCAN-49: what the permissions do not include is refused with 403 and logged', async () => {
  const { id, nick } = await nuevo({ permisosScanYA: CAJERO_BASICO })
  const { token } = (await entrar(nick)).cuerpo.data
  const r = await pedir(servidor, `/api/scanya/reembolso/${id}`, { token, cuerpo: { motivo: 'x' } })
  assert.equal([r.estado, r.cuerpo.code], [403, 'SIN_PERMISO'])
  const [fila] = await servidor.db.superusuario`
    select tipo, resultado, metadata from actividad_empleado where empleado_id = ${id} and tipo <> 'login'`
  assert.equal({ ...fila }, { tipo: 'reembolso', resultado: 'SIN_PERMISO', metadata: { accion: 'reembolsos' } })
})

test('EMP-03: an empleado session pulls nothing and opens no room of the dueño', async () => {
  const { nick } = await nuevo({ permisosScanYA: SUPERVISOR })
  const suyo = (await entrar(nick)).cuerpo.data.token
  assert.is((await pedir(servidor, '/sync/pull/config', { token: suyo })).cuerpo.code, 'SIN_PERMISO')
  assert.is((await pedir(servidor, '/sync/stream', { token: suyo })).cuerpo.code, 'SIN_PERMISO')
  assert.is((await pedir(servidor, '/api/auth/yo', { token: suyo })).cuerpo.code, 'SIN_PERMISO')
  for (const sala of ['empleados', 'dispositivos', 'resumen'])
    assert.is((await pedir(servidor, `/api/negocios/${negocio.negocioId}/${sala}`, { token: suyo })).cuerpo.code, 'SIN_PERMISO', sala)
  assert.is((await pedir(servidor, '/api/scanya/licencias', { token: suyo, cuerpo: { ids: [] } })).cuerpo.code, 'DISPOSITIVO_REQUERIDO')
})

test.run()
