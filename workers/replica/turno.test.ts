/** Who is at the till, as the replica sees it, against a scripted server: what the real one answers is tested in workers/simulation. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import {
  type AccionScanYA,
  CAJERO_AVANZADO,
  CAJERO_BASICO,
  type PermisosScanYA,
  SUPERVISOR,
} from '../../schema/domain/empleados/permisos.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { NuevaVenta, ReplicaApi, Respuesta, Turno } from './api.ts'
import { crearBovedas, esperaDePin } from './boveda.ts'
import { ESPERA_DE_LOGIN_MS } from './entrada.ts'
import { crearIdentidad } from './identidad.ts'
import { crearRelojLocal } from './reloj-local.ts'
import { crearReplica } from './replica.ts'
import { type Disco, puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { type Servidor, unServidor } from './testing/servidor-guion.ts'
import type { CuentaDeGuion } from './testing/turnos-guion.ts'
import { motivoPorTurno } from './turno.ts'

const CARLOS = '01900000-0000-7000-8000-0000000000c1'
const LUCIA = '01900000-0000-7000-8000-0000000000c2'
const SUCURSAL = '01900000-0000-7000-8000-000000000003'
const PIN = '482913'
const OTRO_PIN = '739154'
const OPERADOR_CARLOS = { tipo: 'empleado', id: CARLOS } as const

const abiertas: Required<ReplicaApi>[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})

const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : respuesta.codigo)
const venta: NuevaVenta = { montoCentavos: 100, metodoPago: 'efectivo', descripcion: null, lineas: [], qr: null, operador: null }

const documento = (id: string, nick: string, mas: object = {}) => ({
  id: `empleado:${id}`,
  ...{ empleadoId: id, nombre: nick === 'carlos' ? 'Carlos Ruiz' : 'Ana Mora', nick, puesto: 'Cajero', activo: true },
  ...{ permisosScanYA: CAJERO_AVANZADO, sucursalId: SUCURSAL, todasLasSucursales: false, accesoAt: 0, ...mas },
})

interface Mundo {
  reloj: ReturnType<typeof unReloj>
  disco: Disco
  servidor: Servidor
  replica: Required<ReplicaApi>
  abrir(): Required<ReplicaApi>
  /** Every time limit that was set, ms. A login's is over at once while the server hangs. */
  plazos: number[]
}
/** A till whose server knows @carlos and @lucia; both have a document in `config`. */
async function mundo(): Promise<Mundo> {
  const reloj = unReloj()
  const disco = unDisco()
  const servidor = unServidor(() => reloj.wall)
  servidor.turnos.personas.set('carlos', { id: CARLOS, nombre: 'Carlos Ruiz', pin: PIN, puesto: 'Cajero', permisos: CAJERO_AVANZADO })
  servidor.turnos.personas.set('lucia', { id: LUCIA, nombre: 'Ana Mora', pin: OTRO_PIN, puesto: 'Cajera', permisos: CAJERO_BASICO })
  servidor.poner('config', documento(CARLOS, 'carlos'))
  servidor.poner('config', documento(LUCIA, 'lucia'))
  const plazos: number[] = []
  const abrir = () => {
    const puertos = puertosDePrueba(disco, (ruta, init) => servidor.fetch(ruta, init), reloj)
    const poner = puertos.reloj.setTimeout
    puertos.reloj.setTimeout = (fn, ms) => {
      plazos.push(ms)
      return poner(fn, servidor.colgada && ms === ESPERA_DE_LOGIN_MS ? 1 : ms)
    }
    const replica = crearReplica(puertos) as Required<ReplicaApi>
    abiertas.push(replica)
    return replica
  }
  const replica = abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  valor(await replica.sincronizarAhora())
  return { reloj, disco, servidor, replica, abrir, plazos }
}
const cortar = ({ servidor }: Mundo) => {
  servidor.sinRed = true
}
const turno = async (replica: Required<ReplicaApi>) => valor(await replica.turno())
const operadores = ({ servidor }: Mundo) =>
  [...servidor.cadenas.values()].flat().map((texto) => (JSON.parse(texto ?? 'null') as Sobre).operador)

test('[TU5] the first time needs the network; after it the PIN opens without, and only the right one', async () => {
  const m = await mundo()
  cortar(m)
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'PIN_NECESITA_RED')
  m.servidor.sinRed = false
  const online = valor(await m.replica.entrarEmpleado(' @Carlos ', PIN))
  assert.equal([online.operador, online.nick, online.nombre, online.puesto], [OPERADOR_CARLOS, 'carlos', 'Carlos Ruiz', 'Cajero'])
  assert.is(online.venceAt, m.reloj.wall + 72 * HORA)
  valor(await m.replica.salirDelTurno())
  cortar(m)
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', OTRO_PIN)), 'CREDENCIALES_PIN')
  assert.is(await turno(m.replica), null)
  const offline = valor(await m.replica.entrarEmpleado('carlos', PIN))
  assert.equal({ ...offline, desdeAt: 0 }, { ...online, desdeAt: 0 })
  assert.is(codigo(await m.replica.entrarEmpleado('lucia', OTRO_PIN)), 'PIN_NECESITA_RED', 'she never entered here')
})

test('[TU5] nothing on the till tells the PIN or its key, and what is sealed opens on no other till', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  const notas = JSON.stringify([...m.disco.notas.values()])
  for (const secreto of [PIN, m.servidor.turnos.llavesDadas.at(-1)!]) assert.not.ok(notas.includes(secreto))
  const { llave } = m.disco.notas.get('llaveDePin') as { llave: CryptoKey }
  assert.is(llave.extractable, false)
  // The seal carried to a till of another key, and to another lease. One at a time: RxDB opens the collections of one till in a process, not of two.
  await m.replica.cerrar()
  const otra = await mundo()
  valor(await otra.replica.entrarEmpleado('carlos', PIN))
  otra.disco.notas.set('bovedas', m.disco.notas.get('bovedas'))
  cortar(otra)
  assert.is(codigo(await otra.replica.entrarEmpleado('carlos', PIN)), 'CREDENCIALES_PIN')
  await otra.replica.cerrar()
  const propias = m.disco.notas.get('bovedas') as { licenciaId: string }[]
  m.disco.notas.set('bovedas', [{ ...propias[0]!, licenciaId: LUCIA }])
  cortar(m)
  assert.is(codigo(await m.abrir().entrarEmpleado('carlos', PIN)), 'CREDENCIALES_PIN')
})

test('[TU5] wrong PINs wait longer and longer, also after a restart; the tenth destroys the seal', async () => {
  assert.equal([1, 4, 5, 6, 7, 8, 9].map(esperaDePin), [0, 0, 30 * SEGUNDO, MINUTO, 5 * MINUTO, 15 * MINUTO, 15 * MINUTO])
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  cortar(m)
  let replica = m.replica
  const probar = (pin: string) => replica.entrarEmpleado('carlos', pin)
  for (let i = 1; i <= 4; i++) assert.equal(await probar(OTRO_PIN), { ok: false, codigo: 'CREDENCIALES_PIN' })
  assert.equal(await probar(OTRO_PIN), { ok: false, codigo: 'CREDENCIALES_PIN', esperaMs: 30 * SEGUNDO })
  assert.equal(await probar(PIN), { ok: false, codigo: 'PIN_BLOQUEADO', esperaMs: 30 * SEGUNDO })
  await replica.cerrar()
  replica = m.abrir()
  m.reloj.avanzar(29 * SEGUNDO)
  assert.equal(await probar(PIN), { ok: false, codigo: 'PIN_BLOQUEADO', esperaMs: SEGUNDO })
  assert.is(valor(await replica.personas())[0]?.bloqueadaHasta, m.reloj.wall + SEGUNDO)
  m.reloj.avanzar(SEGUNDO)
  valor(await probar(PIN))
  for (let i = 1; i <= 9; i++) {
    assert.is(codigo(await probar(OTRO_PIN)), 'CREDENCIALES_PIN', String(i))
    m.reloj.avanzar(15 * MINUTO)
  }
  assert.is(codigo(await probar(OTRO_PIN)), 'PIN_NECESITA_RED')
  assert.is(codigo(await probar(PIN)), 'PIN_NECESITA_RED')
  assert.is(valor(await replica.personas()).find((p) => p.nick === 'carlos')?.entraSinRed, false)
})

test('[TU5] a try is written before the PIN is tried: one that was cut short counts', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  cortar(m)
  const nueve = (m.disco.notas.get('bovedas') as object[]).map((b) => ({ ...b, intentos: 9 }))
  m.disco.notas.set('bovedas', nueve)
  const escritos: number[] = []
  const poner = m.disco.notas.set.bind(m.disco.notas)
  m.disco.notas.set = (llave, dado) => {
    if (llave === 'bovedas') escritos.push(...(dado as { intentos: number }[]).map((b) => b.intentos))
    return poner(llave, dado)
  }
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', OTRO_PIN)), 'PIN_NECESITA_RED')
  assert.equal(escritos, [10])
  assert.not.ok(m.disco.notas.has('bovedas'))
})

test('[TU5] many tries at once, in two tabs, count one by one', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  const puertos = puertosDePrueba(m.disco, m.servidor.fetch, m.reloj)
  const identidad = crearIdentidad(puertos)
  await identidad.cargar()
  const reloj = crearRelojLocal(puertos.reloj, puertos.notas, CARLOS)
  const [una, otra] = [crearBovedas({ puertos, identidad, reloj }), crearBovedas({ puertos, identidad, reloj })]
  const probar = (tab: typeof una) => tab.abrir('carlos', OTRO_PIN).catch((error: Rechazo) => error.codigo)
  const codigos = await Promise.all([una, otra, una, otra, una, otra].map(probar))
  assert.equal(codigos.sort(), [...Array(5).fill('CREDENCIALES_PIN'), 'PIN_BLOQUEADO'])
})

test('[TU5] past the lease the PIN alone opens nothing: LEASE_VENCIDA, until one login online', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  valor(await m.replica.salirDelTurno())
  cortar(m)
  m.reloj.avanzar(72 * HORA)
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.reloj.avanzar(1)
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'LEASE_VENCIDA')
  m.servidor.sinRed = false
  assert.is(valor(await m.replica.entrarEmpleado('carlos', PIN)).venceAt, m.reloj.wall + 72 * HORA)
})

test('[TU5] a clock set back before a restart brings no lease and no shift back', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  cortar(m)
  m.reloj.avanzar(71 * HORA)
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.reloj.avanzar(2 * HORA)
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'LEASE_VENCIDA')
  assert.is((await turno(m.replica))?.nick, 'carlos')
  await m.replica.cerrar()
  m.reloj.wall -= 60 * HORA
  const otra = m.abrir()
  assert.is(await turno(otra), null)
  assert.is(codigo(await otra.entrarEmpleado('carlos', PIN)), 'LEASE_VENCIDA')
})

test('[TU5] when the server answers, its answer counts; when it only says it is tired, the seal does', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.servidor.turnos.personas.get('carlos')!.pin = '615243'
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'CREDENCIALES_PIN', 'the seal would open')
  m.servidor.fallar('/api/scanya/login-empleado', { status: 429, code: 'PIN_BLOQUEADO', esperaMs: 900_000 })
  assert.equal(await m.replica.entrarEmpleado('carlos', PIN), { ok: false, codigo: 'PIN_BLOQUEADO', esperaMs: 900_000 })
  for (const fallo of [{ status: 429, code: 'DEMASIADAS_PETICIONES' }, { status: 500, code: 'INTERNAL' }, { status: 502 }]) {
    m.servidor.fallar('/api/scanya/login-empleado', fallo)
    valor(await m.replica.entrarEmpleado('carlos', PIN))
  }
  m.servidor.fallar('/api/scanya/login-empleado', { status: 429, code: 'DEMASIADAS_PETICIONES' })
  assert.is(codigo(await m.replica.entrarEmpleado('lucia', OTRO_PIN)), 'DEMASIADAS_PETICIONES', 'no seal of hers to ask')
})

test('[TU5] a network that never answers is left after five seconds for all of the login', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.servidor.colgada = true
  const antes = m.plazos.length
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  assert.equal(m.servidor.abandonadas, ['/api/dispositivos/reto'])
  assert.ok(m.plazos.slice(antes).includes(ESPERA_DE_LOGIN_MS))
})

test('PWA-12: the shift outlives a restart; twelve hours without work ask for the PIN again', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  await m.replica.cerrar()
  const otra = m.abrir()
  assert.is((await turno(otra))?.nick, 'carlos')
  m.reloj.avanzar(11 * HORA)
  valor(await otra.registrarVenta(venta))
  m.reloj.avanzar(12 * HORA)
  assert.is((await turno(otra))?.nick, 'carlos')
  assert.is(valor(await otra.finDeTurno()), null)
  m.reloj.avanzar(1)
  assert.is(await turno(otra), null)
  assert.equal(valor(await otra.finDeTurno())?.motivo, 'inactividad')
  valor(await otra.entrarEmpleado('carlos', PIN))
  assert.is(valor(await otra.finDeTurno()), null)
  valor(await otra.salirDelTurno())
  assert.is(valor(await otra.finDeTurno()), null)
})

test('a hecho is by who is at the till, unless it says otherwise; after leaving, by nobody', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  valor(await m.replica.registrarVenta(venta))
  valor(await m.replica.registrarVenta({ ...venta, operador: { tipo: 'empleado', id: LUCIA } }))
  valor(await m.replica.salirDelTurno())
  valor(await m.replica.registrarVenta(venta))
  valor(await m.replica.sincronizarAhora())
  assert.equal(operadores(m), [null, OPERADOR_CARLOS, { tipo: 'empleado', id: LUCIA }, null])
})

test('a change of cashier with sales on the till is allowed: they leave under the name of who made them', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  valor(await m.replica.entrarEmpleado('lucia', OTRO_PIN))
  cortar(m)
  valor(await m.replica.registrarVenta(venta))
  valor(await m.replica.registrarVenta(venta))
  valor(await m.replica.salirDelTurno())
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  valor(await m.replica.registrarVenta(venta))
  assert.equal(
    valor(await m.replica.personas()).map((p) => [p.nick, p.porEnviar, p.entraSinRed]),
    [
      ['lucia', 2, true],
      ['carlos', 1, true],
    ],
  )
  m.servidor.sinRed = false
  while (codigo(await m.replica.sincronizarAhora()) !== null);
  assert.equal(
    operadores(m).map((o) => o?.id),
    [undefined, LUCIA, LUCIA, CARLOS],
  )
})

test('SCAN-54: after a reload with another cashier inside and the clock set back, what waits still leaves under the name of who made it, in order', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('lucia', OTRO_PIN))
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  cortar(m)
  const folios: (string | null)[] = []
  for (let i = 0; i < 3; i++) folios.push(valor(await m.replica.registrarVenta(venta)).folio)
  valor(await m.replica.salirDelTurno())
  await m.replica.cerrar()
  m.reloj.wall -= 2 * HORA
  const recargada = m.abrir()
  assert.equal(await turno(recargada), null)
  valor(await recargada.entrarEmpleado('lucia', OTRO_PIN))
  await recargada.cerrar()
  const otra = m.abrir()
  assert.is((await turno(otra))?.nick, 'lucia')
  folios.push(valor(await otra.registrarVenta(venta)).folio)
  assert.equal(
    valor(await otra.personas()).map((p) => [p.nick, p.porEnviar]),
    [
      ['lucia', 1],
      ['carlos', 3],
    ],
  )
  m.servidor.sinRed = false
  for (let i = 0; codigo(await otra.sincronizarAhora()) !== null && i < 10; i++);
  assert.equal(
    operadores(m).map((o) => o?.id),
    [undefined, CARLOS, CARLOS, CARLOS, LUCIA],
  )
  assert.equal(folios, ['C1-000001', 'C1-000002', 'C1-000003', 'C1-000004'])
})

test('personas: who works at this sucursal and is active, those who entered here before first', async () => {
  const m = await mundo()
  const otra = '01900000-0000-7000-8000-0000000000ff'
  m.servidor.poner('config', documento('01900000-0000-7000-8000-0000000000c3', 'norte', { sucursalId: otra }))
  m.servidor.poner('config', documento('01900000-0000-7000-8000-0000000000c4', 'todas', { sucursalId: otra, todasLasSucursales: true }))
  m.servidor.poner('config', documento('01900000-0000-7000-8000-0000000000c5', 'inactivo', { activo: false }))
  valor(await m.replica.sincronizarAhora())
  const nicks = async () => valor(await m.replica.personas()).map((p) => p.nick)
  assert.equal(await nicks(), ['lucia', 'todas', 'carlos'])
  const { venceAt } = valor(await m.replica.entrarEmpleado('carlos', PIN))
  assert.equal(await nicks(), ['carlos', 'lucia', 'todas'])
  const carlos = valor(await m.replica.personas())[0]!
  assert.equal([carlos.entraSinRed, carlos.venceAt, carlos.bloqueadaHasta, carlos.permisos], [true, venceAt, null, CAJERO_AVANZADO])
})

test('[TU4] a living lease is renewed in silence at each contact, for the seal and for the shift', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.reloj.avanzar(11 * HORA)
  valor(await m.replica.registrarVenta(venta))
  m.reloj.avanzar(11 * HORA)
  valor(await m.replica.sincronizarAhora())
  assert.is((await turno(m.replica))?.venceAt, m.reloj.wall + 72 * HORA)
  assert.is(valor(await m.replica.personas())[0]?.venceAt, m.reloj.wall + 72 * HORA)
})

const MOTIVOS = { config: 'baja', licencias: 'sesion', 'otra sucursal': 'baja', 'PIN nuevo': 'pin_nuevo' } as const
for (const [como, motivo] of Object.entries(MOTIVOS))
  test(`[TU6] an empleado who left (${como}) loses seal and shift at the next contact; what was sold stays and is handed in`, async () => {
    const m = await mundo()
    valor(await m.replica.entrarEmpleado('carlos', PIN))
    valor(await m.replica.sincronizarAhora())
    const vistos: (string | null)[] = []
    await m.replica.observarTurno((t) => vistos.push(t?.nick ?? null))
    cortar(m)
    valor(await m.replica.registrarVenta(venta))
    m.servidor.sinRed = false
    m.reloj.avanzar(MINUTO)
    if (como === 'config') m.servidor.poner('config', documento(CARLOS, 'carlos', { activo: false }))
    if (como === 'otra sucursal') m.servidor.quitar('config', `empleado:${CARLOS}`)
    if (como === 'PIN nuevo') m.servidor.poner('config', documento(CARLOS, 'carlos', { accesoAt: m.reloj.wall - 1 }))
    if (como === 'licencias') m.servidor.turnos.terminadas.add(CARLOS)
    while (codigo(await m.replica.sincronizarAhora()) !== null);
    for (let i = 0; i < 50 && (await turno(m.replica)); i++) await new Promise((listo) => setTimeout(listo, 10))
    assert.is(await turno(m.replica), null, como)
    assert.equal(vistos, ['carlos', null], como)
    assert.not.ok(m.disco.notas.has('bovedas'), como)
    assert.equal(operadores(m), [null, OPERADOR_CARLOS], como)
    const fin = valor(await m.replica.finDeTurno())
    assert.equal([fin?.nick, fin?.motivo, fin?.porEnviar], ['carlos', motivo, 0], como)
    cortar(m)
    assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'PIN_NECESITA_RED', como)
  })

test('[TU6] a login refused because the account left takes the seal along', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.servidor.fallar('/api/scanya/login-empleado', { status: 403, code: 'EMPLEADO_INACTIVO' })
  m.servidor.fallar('/sync/diario', ...Array<'sin-red'>(50).fill('sin-red'))
  valor(await m.replica.registrarVenta(venta))
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'EMPLEADO_INACTIVO')
  assert.is(await turno(m.replica), null)
  const fin = valor(await m.replica.finDeTurno())
  assert.equal([fin?.nombre, fin?.motivo, fin?.porEnviar], ['Carlos Ruiz', 'baja', 1])
  cortar(m)
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'PIN_NECESITA_RED')
})

test('who logs in before `config` came down keeps the seal', async () => {
  const m = await mundo()
  const nueva = '01900000-0000-7000-8000-0000000000c9'
  m.servidor.turnos.personas.set('nueva', { id: nueva, nombre: 'Eva', pin: PIN, puesto: '', permisos: CAJERO_BASICO })
  valor(await m.replica.entrarEmpleado('nueva', PIN))
  m.servidor.poner('config', documento(LUCIA, 'lucia', { puesto: 'Encargada' }))
  valor(await m.replica.sincronizarAhora())
  assert.is((await turno(m.replica))?.nick, 'nueva')
  m.servidor.poner('config', documento(nueva, 'nueva', { permisosScanYA: SUPERVISOR }))
  valor(await m.replica.sincronizarAhora())
  for (let i = 0; i < 50 && (await turno(m.replica))?.permisos?.ajustes.cancelaciones !== true; i++)
    await new Promise((r) => setTimeout(r, 10))
  assert.equal((await turno(m.replica))?.permisos, SUPERVISOR, 'permissions are those of now')
})

test('SCAN-49: what the permissions of the shift do not include is refused before there is a hecho', async () => {
  const m = await mundo()
  const nada = structuredClone(CAJERO_BASICO) as PermisosScanYA
  nada.operaciones.registrarVentas = false
  m.servidor.turnos.personas.get('lucia')!.permisos = nada
  valor(await m.replica.entrarEmpleado('lucia', OTRO_PIN))
  const transaccionId = CARLOS
  assert.is(codigo(await m.replica.registrarVenta(venta)), 'SIN_PERMISO')
  const reembolso = { transaccionId, montoCentavos: 100, motivo: 'x', operador: null }
  assert.is(codigo(await m.replica.registrarReembolso(reembolso)), 'SIN_PERMISO')
  assert.is(codigo(await m.replica.registrarReembolso({ ...reembolso, operador: { tipo: 'empleado', id: LUCIA } })), 'SIN_PERMISO')
  assert.is(codigo(await m.replica.registrarAnulacion({ transaccionId, motivo: 'x', operador: null })), 'SIN_PERMISO')
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  valor(await m.replica.registrarReembolso(reembolso))
})

test('[R15] past the lease of the shift ventas go on for seven days, nothing else does', () => {
  const turnoDe = (permisos: PermisosScanYA | null): Pick<Turno, 'permisos' | 'venceAt'> => ({ permisos, venceAt: 1_000 })
  const dias7 = 7 * DIA
  for (const permisos of [SUPERVISOR, null]) {
    assert.is(motivoPorTurno(turnoDe(permisos), 1_000, 'reembolso'), null)
    assert.is(motivoPorTurno(turnoDe(permisos), 1_001, 'reembolso'), 'LEASE_VENCIDA')
    assert.is(motivoPorTurno(turnoDe(permisos), 1_001, 'anulacion'), 'LEASE_VENCIDA')
    assert.is(motivoPorTurno(turnoDe(permisos), 1_000 + dias7, 'venta'), null)
    assert.is(motivoPorTurno(turnoDe(permisos), 1_001 + dias7, 'venta'), 'LEASE_VENCIDA')
  }
  assert.is(motivoPorTurno(turnoDe(CAJERO_BASICO), 0, 'anulacion'), 'SIN_PERMISO')
  assert.is(motivoPorTurno(turnoDe(null), 0, 'anulacion'), null, 'SCAN-07')
})

test('SCAN-05: a dueño, and the gerente of this sucursal, enter with their account; nobody else', async () => {
  const m = await mundo()
  const negocioId = '01900000-0000-7000-8000-000000000001'
  const entrar = () => m.replica.entrarCuenta('rosa@example.mx', 'una frase larga')
  m.servidor.turnos.cuenta = { id: LUCIA, nombre: 'Rosa', apellidos: 'Romano', negocios: [{ negocioId, papel: 'dueno', sucursalId: null }] }
  const dueno = valor(await entrar())
  assert.equal(
    [dueno.operador, dueno.nombre, dueno.nick, dueno.puesto, dueno.permisos],
    [{ tipo: 'usuario', id: LUCIA }, 'Rosa Romano', null, 'Dueño', null],
  )
  m.servidor.turnos.cuenta.negocios = [{ negocioId, papel: 'gerente', sucursalId: SUCURSAL }]
  const gerente = valor(await entrar())
  assert.equal([gerente.puesto, gerente.permisos], ['Gerente', null])
  // What the dueño lets a gerente do (SCAN-05) is asked here too.
  m.servidor.turnos.cuenta.negocios = [{ negocioId, papel: 'gerente', sucursalId: SUCURSAL, permisosScanYA: CAJERO_BASICO }]
  assert.equal(valor(await entrar()).permisos, CAJERO_BASICO)
  assert.is(codigo(await m.replica.registrarAnulacion({ transaccionId: CARLOS, motivo: 'x', operador: null })), 'SIN_PERMISO')
  for (const negocios of [
    [],
    [{ negocioId: CARLOS, papel: 'dueno', sucursalId: null }],
    [{ negocioId, papel: 'gerente', sucursalId: CARLOS }],
  ]) {
    valor(await m.replica.salirDelTurno())
    m.servidor.turnos.cuenta.negocios = negocios as CuentaDeGuion['negocios']
    assert.is(codigo(await entrar()), 'SIN_PERMISO')
    assert.is(await turno(m.replica), null)
  }
  m.servidor.fallar('/api/auth/login', { status: 401, code: 'CREDENCIALES' })
  assert.is(codigo(await entrar()), 'CREDENCIALES')
  cortar(m)
  assert.is(codigo(await entrar()), 'SIN_CONEXION')
})

test('an account that is nobody here any more loses the shift within the hour it is asked about', async () => {
  const m = await mundo()
  const negocioId = '01900000-0000-7000-8000-000000000001'
  m.servidor.turnos.cuenta = { id: LUCIA, nombre: 'Rosa', apellidos: '', negocios: [{ negocioId, papel: 'dueno', sucursalId: null }] }
  const entro = valor(await m.replica.entrarCuenta('rosa@example.mx', 'una frase larga'))
  m.reloj.avanzar(HORA)
  valor(await m.replica.sincronizarAhora())
  assert.is((await turno(m.replica))?.venceAt, entro.venceAt + HORA)
  m.reloj.avanzar(HORA)
  m.servidor.turnos.cuenta.negocios = []
  valor(await m.replica.sincronizarAhora())
  assert.is(await turno(m.replica), null)
})

test('a revoked till forgets seals, key and shift', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.servidor.revocado = true
  await m.replica.sincronizarAhora()
  assert.equal(
    ['bovedas', 'llaveDePin', 'turno'].filter((nota) => m.disco.notas.has(nota)),
    [],
  )
})

test('a PIN that is none, and a device that is no till, are refused without asking anybody', async () => {
  const m = await mundo()
  const antes = m.servidor.rutas.length
  for (const pin of ['123', '1234567', 'abcd', '']) assert.is(codigo(await m.replica.entrarEmpleado('carlos', pin)), 'DATO_INVALIDO')
  assert.is(codigo(await m.replica.entrarEmpleado(' @ ', PIN)), 'DATO_INVALIDO')
  assert.is(m.servidor.rutas.length, antes)
  await m.replica.cerrar()
  const sinAlta = crearReplica(puertosDePrueba(unDisco(), m.servidor.fetch, m.reloj)) as Required<ReplicaApi>
  abiertas.push(sinAlta)
  assert.is(codigo(await sinAlta.entrarEmpleado('carlos', PIN)), 'REPLICA_SIN_ALTA')
  assert.equal(valor(await sinAlta.personas()), [])
})

const NUEVO_PIN = '730182'

test('[TU5] EMP-15: the own PIN is changed online; the shift goes on, and only the new one opens without network', async () => {
  const m = await mundo()
  assert.is(codigo(await m.replica.cambiarMiPin(PIN, NUEVO_PIN)), 'SIN_PERMISO', 'nobody is here')
  const antes = valor(await m.replica.entrarEmpleado('carlos', PIN))
  valor(await m.replica.sincronizarAhora())
  m.reloj.avanzar(MINUTO)
  valor(await m.replica.cambiarMiPin(PIN, NUEVO_PIN))
  m.servidor.poner('config', documento(CARLOS, 'carlos', { accesoAt: m.reloj.wall }))
  valor(await m.replica.sincronizarAhora())
  for (let i = 0; i < 5; i++) await new Promise((listo) => setTimeout(listo, 10))
  const ahora = await turno(m.replica)
  assert.equal([ahora?.nick, ahora?.desdeAt, ahora?.venceAt], ['carlos', antes.desdeAt, m.reloj.wall + 72 * HORA])
  valor(await m.replica.salirDelTurno())
  cortar(m)
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', PIN)), 'CREDENCIALES_PIN')
  valor(await m.replica.entrarEmpleado('carlos', NUEVO_PIN))
})

test('EMP-05, 15: what is refused of a new PIN says its field, and the seal stays as it was', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  const bovedas = JSON.stringify(m.disco.notas.get('bovedas'))
  const rutas = m.servidor.rutas.length
  for (const [actual, nuevo, esperado, campo] of [
    ['12', NUEVO_PIN, 'DATO_INVALIDO', 'pinActual'],
    [PIN, '12a4', 'DATO_INVALIDO', 'pin'],
    [PIN, '123456', 'PIN_TRIVIAL', 'pin'],
    [PIN, PIN, 'PIN_IGUAL', 'pin'],
  ] as const)
    assert.equal(await m.replica.cambiarMiPin(actual, nuevo), { ok: false, codigo: esperado, campo })
  assert.is(m.servidor.rutas.length, rutas, 'nothing of this was asked')
  assert.equal(await m.replica.cambiarMiPin(OTRO_PIN, NUEVO_PIN), { ok: false, codigo: 'CREDENCIALES_PIN', campo: 'pinActual' })
  cortar(m)
  assert.is(codigo(await m.replica.cambiarMiPin(PIN, NUEVO_PIN)), 'SIN_CONEXION')
  assert.is(JSON.stringify(m.disco.notas.get('bovedas')), bovedas)
  assert.is((await turno(m.replica))?.nick, 'carlos')
})

test('EMP-08, 17: what is tried without network is told once at the next exchange: entering, wrong PINs, what was refused, leaving', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  cortar(m)
  valor(await m.replica.salirDelTurno())
  assert.is(codigo(await m.replica.entrarEmpleado('carlos', OTRO_PIN)), 'CREDENCIALES_PIN')
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  assert.is(codigo(await m.replica.registrarAnulacion({ transaccionId: CARLOS, motivo: 'x', operador: null })), 'SIN_PERMISO')
  m.reloj.avanzar(12 * HORA + 1)
  assert.is(await turno(m.replica), null)
  m.servidor.sinRed = false
  m.servidor.fallar('/api/scanya/actividad', 'respuesta-perdida')
  for (let i = 0; i < 2; i++) while (codigo(await m.replica.sincronizarAhora()) !== null);
  const { actividad } = m.servidor.turnos
  const porId = [...new Map(actividad.map((a) => [a.id, a])).values()]
  assert.equal(
    porId.map((a) => [a.tipo, a.resultado, a.motivo]),
    [
      ['logout', 'ok', undefined],
      ['login', 'CREDENCIALES_PIN', undefined],
      ['login', 'ok', undefined],
      ['reembolso', 'SIN_PERMISO', undefined],
      ['logout', 'ok', 'inactividad'],
    ],
  )
  assert.ok(actividad.length > porId.length, 'told again after an answer that was lost, with the same ids')
  assert.ok(porId.every((a) => a.empleadoId === CARLOS))
  assert.not.ok(m.disco.notas.has('actividad'))
})

test('EMP-08: leaving is told at once while connected; cut off at that moment, as soon as the network returns', async () => {
  const m = await mundo()
  const dichos = () => m.servidor.turnos.actividad.map((a) => [a.tipo, a.resultado])
  const salir = async () => {
    valor(await m.replica.entrarEmpleado('carlos', PIN))
    valor(await m.replica.sincronizarAhora())
    valor(await m.replica.salirDelTurno())
  }
  const oirlos = async (cuantos: number) => {
    for (let i = 0; i < 100 && m.servidor.turnos.actividad.length < cuantos; i++) await new Promise((listo) => setTimeout(listo, 10))
  }
  await salir()
  await oirlos(1)
  assert.equal(dichos(), [['logout', 'ok']])
  const cortado = salir()
  await cortado.then(() => cortar(m))
  m.servidor.sinRed = false
  await m.replica.alVolverLaRed()
  await oirlos(2)
  assert.equal(dichos(), [
    ['logout', 'ok'],
    ['logout', 'ok'],
  ])
})

test('EMP-14: name, nick and permissions that changed are those of the next login without network', async () => {
  const m = await mundo()
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  m.servidor.poner('config', documento(CARLOS, 'carlitos', { permisosScanYA: SUPERVISOR }))
  valor(await m.replica.sincronizarAhora())
  for (let i = 0; i < 50 && (await turno(m.replica))?.nick !== 'carlitos'; i++) await new Promise((listo) => setTimeout(listo, 10))
  valor(await m.replica.salirDelTurno())
  cortar(m)
  const dentro = valor(await m.replica.entrarEmpleado('carlitos', PIN))
  assert.equal([dentro.nick, dentro.permisos], ['carlitos', SUPERVISOR])
})

test('PWA-14: the till of an installation link waits with its four digits, asks again, and then its empleado is at it', async () => {
  const reloj = unReloj()
  const servidor = unServidor(() => reloj.wall)
  servidor.turnos.personas.set('carlos', { id: CARLOS, nombre: 'Carlos Ruiz', pin: PIN, puesto: 'Cajero', permisos: CAJERO_AVANZADO })
  servidor.turnos.deEnlace = 'carlos'
  const replica = crearReplica(puertosDePrueba(unDisco(), servidor.fetch, reloj)) as Required<ReplicaApi>
  abiertas.push(replica)
  const token = '0123456789abcdef0123456789'
  servidor.fallar('/api/dispositivos/alta', { status: 503, code: 'ALTA_POR_APROBAR', esperaMs: 3_000 })
  assert.equal(await replica.darDeAlta(token, 'Moto G34'), { ok: false, codigo: 'ALTA_POR_APROBAR', esperaMs: 3_000 })
  const cotejo = valor(await replica.cotejoDeAlta(token))
  assert.match(cotejo, /^\d{4}$/)
  assert.is(await turno(replica), null)
  const alta = valor(await replica.darDeAlta(token, 'Moto G34'))
  assert.is(alta.nick, 'carlos')
  assert.equal([(await turno(replica))?.operador, (await turno(replica))?.nick], [OPERADOR_CARLOS, 'carlos'])
  assert.is(valor(await replica.cotejoDeAlta(token)), cotejo, 'one key, one link: the same digits')
})

test('PWA-14: a device that is somebody’s takes no other link, and does not pretend; the one it was enrolled with is answered again', async () => {
  const m = await mundo()
  const [suyo, otro] = ['0123456789abcdef0123456789', 'fedcba98765432109876543210']
  const pedidas = () => m.servidor.rutas.filter((ruta) => ruta === '/api/dispositivos/alta').length
  const antes = pedidas()
  assert.is(codigo(await m.replica.darDeAlta(otro, 'Moto G34')), 'EQUIPO_CON_ALTA')
  const { dispositivoId } = valor(await m.replica.darDeAlta(suyo, 'Moto G34'))
  await m.replica.cerrar()
  const otra = m.abrir()
  assert.is(codigo(await otra.darDeAlta(otro, 'Moto G34')), 'EQUIPO_CON_ALTA')
  assert.is(valor(await otra.darDeAlta(suyo, 'Moto G34')).dispositivoId, dispositivoId, 'also after a restart')
  assert.is(pedidas(), antes, 'nobody was asked, so the other link is not spent')
  assert.not.ok(JSON.stringify([...m.disco.notas.values()]).includes(suyo), 'the link itself is not kept')
})

test('PWA-14: a device that was revoked is enrolled with another link once all was handed in; not before', async () => {
  const m = await mundo()
  const otro = 'fedcba98765432109876543210'
  valor(await m.replica.entrarEmpleado('carlos', PIN))
  cortar(m)
  valor(await m.replica.registrarVenta(venta))
  await m.replica.cerrar()
  m.disco.notas.set('revocadoAt', 1)
  const replica = m.abrir()
  assert.is(codigo(await replica.darDeAlta(otro, 'Tableta')), 'DISPOSITIVO_REVOCADO')
  m.servidor.sinRed = false
  m.servidor.revocado = true
  for (let i = 0; i < 5 && valor(await replica.abrir()).alta; i++) await replica.sincronizarAhora()
  assert.is(valor(await replica.abrir()).alta, null)
  m.servidor.revocado = false
  valor(await replica.darDeAlta(otro, 'Tableta'))
  assert.is(codigo(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta')), 'EQUIPO_CON_ALTA')
})

type Verbo = (replica: Required<ReplicaApi>) => Promise<Respuesta<unknown>>
const DE_UNA_VENTA = { transaccionId: CARLOS, motivo: 'x', operador: null }
/**
 * What of this till each permission guards; a new permission, or a verb that a permission comes to guard, is a line. Null: nothing is written by it here
 * (screens do not draw it; what they would show of others is not pulled for a person, or is asked of the server, which refuses).
 */
const VERBOS: Record<AccionScanYA, Verbo | null> = {
  escanearQR: (r) => r.leerTarjeta('QR'),
  registrarVentas: (r) => r.registrarVenta(venta),
  verInfoCliente: null,
  validarCupones: (r) => r.cuponPorCodigo('PIZZA30', { cardId: null, nivel: null }),
  validarCanjes: (r) => r.confirmarCanje('CANJE-7X9K2M'),
  reembolsos: (r) => r.registrarReembolso({ ...DE_UNA_VENTA, montoCentavos: 100 }),
  cancelaciones: (r) => r.registrarAnulacion(DE_UNA_VENTA),
  modificarMontos: null,
  verHistorialPropio: null,
  verHistorialCompleto: null,
  verEstadisticas: null,
}

/** Everything but one. */
const todoMenos = (accion: AccionScanYA): PermisosScanYA => {
  const grupos = Object.entries(SUPERVISOR).map(([grupo, suyas]) => [
    grupo,
    Object.fromEntries(Object.keys(suyas).map((una) => [una, una !== accion])),
  ])
  return Object.fromEntries(grupos) as PermisosScanYA
}

test('EMP-11, SCAN-49: each permission that is missing refuses its own verb at the till, with no network too', async () => {
  for (const [accion, verbo] of Object.entries(VERBOS) as [AccionScanYA, Verbo | null][]) {
    if (!verbo) continue
    const m = await mundo()
    m.servidor.turnos.personas.get('carlos')!.permisos = todoMenos(accion)
    m.servidor.quitar('config', `empleado:${CARLOS}`)
    valor(await m.replica.entrarEmpleado('carlos', PIN))
    cortar(m)
    assert.is(codigo(await verbo(m.replica)), 'SIN_PERMISO', accion)
    for (const [otra, suyo] of Object.entries(VERBOS))
      if (suyo && otra !== accion) assert.is.not(codigo(await suyo(m.replica)), 'SIN_PERMISO', `${otra} without ${accion}`)
    await m.replica.cerrar()
  }
})

test.run()
