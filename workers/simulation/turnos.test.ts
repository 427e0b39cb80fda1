/** Who is at the till: a real replica against the real server, through the doors an installed app uses. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HORA, MINUTO } from '../../schema/core/tiempo.ts'
import { CAJERO_AVANZADO } from '../../schema/domain/empleados/permisos.ts'
import { crearEmpleado } from '../../sync-server/domain/empleados/crear.ts'
import type { DbDePrueba } from '../../sync-server/testing/db.ts'
import { darCuentaDeGerente } from '../../sync-server/testing/gerente.ts'
import {
  AHORA_DE_PRUEBA,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  enlaceDePrueba,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  type ShopperDePrueba,
  tokenDeCuenta,
} from '../../sync-server/testing/servidor.ts'
import type { NuevaVenta, ReplicaApi, Respuesta } from '../replica/api.ts'
import { crearReplica } from '../replica/replica.ts'
import { puertosDePrueba, unDisco, unReloj } from '../replica/testing/puertos-de-prueba.ts'

const PIN = '482913'
const reloj = unReloj(AHORA_DE_PRUEBA)
let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba
let ana: ShopperDePrueba
let replica: Required<ReplicaApi>
let hayRed = true
let nicks = 0

test.before(async () => {
  servidor = await createTestServer({ reloj: { ahora: () => reloj.wall, avanzar: (ms) => reloj.avanzar(ms) } })
  negocio = await crearNegocioDePrueba(servidor, { sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  ana = await crearShopper(servidor)
})
test.after(() => servidor.cerrar())
test.before.each(async () => {
  hayRed = true
  const red: typeof globalThis.fetch = (ruta, init) => (hayRed ? servidor.fetch(ruta, init) : Promise.reject(new TypeError('no network')))
  replica = crearReplica(puertosDePrueba(unDisco(), red, reloj)) as Required<ReplicaApi>
  valor(await replica.darDeAlta(await enlaceDePrueba(servidor, negocio), 'prueba'))
  await contacto()
})
test.after.each(() => replica.cerrar())

function valor<T>(respuesta: Respuesta<T>): T {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : respuesta.codigo)
const turno = async () => valor(await replica.turno())
/** One whole exchange that goes well: the first after an outage may find the machine waiting. */
async function contacto(): Promise<void> {
  for (let i = 0; i < 20; i++) if ((await replica.sincronizarAhora()).ok) return
  throw new Error('the till does not reach the server')
}
/** Changes of `config` are taken in behind the exchange. */
async function hastaQue(listo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 100 && !(await listo()); i++) await new Promise((otraVez) => setTimeout(otraVez, 10))
  assert.ok(await listo())
}
const nuevo = () =>
  crearEmpleado(servidor.deps, negocio.negocioId, {
    ...{ nombre: 'Carlos Ruiz', nick: `carlos_${++nicks}`, pin: PIN, puesto: 'Cajero', sucursalId: negocio.sucursalId },
    permisosScanYA: CAJERO_AVANZADO,
  })
const venta = (qr: string | null = null): NuevaVenta => ({
  ...{ montoCentavos: 10_000, metodoPago: 'efectivo', descripcion: null, lineas: [], operador: null },
  qr,
})
const delDueno = () => tokenDeCuenta(servidor, negocio.dueno.usuarioId)
const ordenar = async (camino: string, cuerpo: unknown) =>
  pedir(servidor, `/api/negocios/${negocio.negocioId}/empleados/${camino}`, { token: await delDueno(), cuerpo })
async function enElLibro(hechoId: string) {
  const [fila] = await servidor.db.superusuario`
    select t.empleado_id, t.acreditada, array(select codigo from retenciones r where r.negocio_id = t.negocio_id and r.transaccion_id = t.id) as frenos
    from transacciones t where t.id = ${hechoId}`
  return [fila.empleadoId, fila.acreditada, fila.frenos]
}

test('SCAN-04: the tiles, the PIN, a sale in the own name; then the same with no network at all', async () => {
  const { id, nick } = await nuevo()
  await contacto()
  const ficha = valor(await replica.personas()).find((p) => p.empleadoId === id)!
  assert.equal([ficha.nick, ficha.nombre, ficha.puesto, ficha.entraSinRed], [nick, 'Carlos Ruiz', 'Cajero', false])
  assert.is(codigo(await replica.entrarEmpleado(nick, '739154')), 'CREDENCIALES_PIN')
  const dentro = valor(await replica.entrarEmpleado(nick, PIN))
  assert.equal([dentro.permisos, dentro.venceAt], [CAJERO_AVANZADO, reloj.wall + 72 * HORA])
  const enLinea = valor(await replica.registrarVenta(venta(await ana.qr())))
  await contacto()
  valor(await replica.salirDelTurno())
  hayRed = false
  reloj.avanzar(HORA)
  assert.is(codigo(await replica.entrarEmpleado(nick, '739154')), 'CREDENCIALES_PIN')
  assert.is(valor(await replica.entrarEmpleado(nick, PIN)).operador.id, id)
  const sinRed = valor(await replica.registrarVenta(venta(await ana.qr())))
  assert.is(valor(await replica.personas()).find((p) => p.empleadoId === id)?.porEnviar, 1)
  hayRed = true
  await contacto()
  for (const { hechoId } of [enLinea, sinRed]) assert.equal(await enElLibro(hechoId), [id, true, []])
})

test('[TU6] R10: deactivated while the till is away: its later sales are received and held, seal and shift go', async () => {
  const { id, nick } = await nuevo()
  await contacto()
  valor(await replica.entrarEmpleado(nick, PIN))
  hayRed = false
  const antes = valor(await replica.registrarVenta(venta(await ana.qr())))
  reloj.avanzar(MINUTO)
  assert.is((await ordenar(`${id}/baja`, {})).estado, 200)
  reloj.avanzar(MINUTO)
  const despues = valor(await replica.registrarVenta(venta(await ana.qr())))
  hayRed = true
  await contacto()
  await hastaQue(async () => (await turno()) === null)
  assert.equal(await enElLibro(antes.hechoId), [id, true, []])
  assert.equal(await enElLibro(despues.hechoId), [id, false, ['cajero_baja']])
  assert.not.ok(valor(await replica.personas()).some((p) => p.empleadoId === id))
  assert.is(codigo(await replica.entrarEmpleado(nick, PIN)), 'EMPLEADO_INACTIVO')
  hayRed = false
  assert.is(codigo(await replica.entrarEmpleado(nick, PIN)), 'PIN_NECESITA_RED')
})

test('[TU6] EMP-14: a new PIN ends what the old one sealed', async () => {
  const { id, nick } = await nuevo()
  await contacto()
  valor(await replica.entrarEmpleado(nick, PIN))
  reloj.avanzar(MINUTO)
  assert.is((await ordenar(`${id}/pin`, { pin: '615243' })).estado, 200)
  await contacto()
  await hastaQue(async () => (await turno()) === null)
  hayRed = false
  assert.is(codigo(await replica.entrarEmpleado(nick, PIN)), 'PIN_NECESITA_RED')
  hayRed = true
  assert.is(codigo(await replica.entrarEmpleado(nick, PIN)), 'CREDENCIALES_PIN')
  valor(await replica.entrarEmpleado(nick, '615243'))
  await contacto()
  assert.is((await turno())?.nick, nick)
})

test('[TU3] locked on the server: the wait is told, and the seal is not asked', async () => {
  const { nick } = await nuevo()
  valor(await replica.entrarEmpleado(nick, PIN))
  for (let i = 0; i < 5; i++) assert.is(codigo(await replica.entrarEmpleado(nick, '739154')), 'CREDENCIALES_PIN')
  assert.equal(await replica.entrarEmpleado(nick, PIN), { ok: false, codigo: 'PIN_BLOQUEADO', esperaMs: 15 * MINUTO })
})

test('[TU4] two days on: the lease of the shift was renewed by contacts alone', async () => {
  const { nick } = await nuevo()
  valor(await replica.entrarEmpleado(nick, PIN))
  for (let hora = 0; hora < 48; hora += 8) {
    reloj.avanzar(8 * HORA)
    valor(await replica.registrarVenta(venta()))
    await contacto()
  }
  const venceAt = (await turno())!.venceAt
  assert.ok(venceAt >= reloj.wall + 60 * HORA, `${(venceAt - reloj.wall) / HORA} h left`)
})

test('SCAN-54: a logout with 50 sales that wait and another cashier in: all arrive, each under the name of who made it', async () => {
  const [primera, segundo] = [await nuevo(), await nuevo()]
  await contacto()
  for (const { nick } of [segundo, primera]) valor(await replica.entrarEmpleado(nick, PIN))
  hayRed = false
  const deLaPrimera: string[] = []
  for (let i = 0; i < 50; i++) {
    reloj.avanzar(MINUTO)
    deLaPrimera.push(valor(await replica.registrarVenta(venta(i % 10 === 0 ? await ana.qr() : null))).hechoId)
  }
  valor(await replica.salirDelTurno())
  assert.is(valor(await replica.personas()).find((p) => p.empleadoId === primera.id)?.porEnviar, 50)
  valor(await replica.entrarEmpleado(segundo.nick, PIN))
  const delSegundo = valor(await replica.registrarVenta(venta())).hechoId
  hayRed = true
  await contacto()
  const [cuenta] = await servidor.db.superusuario`
    select count(*)::int as n, count(distinct folio)::int as folios, sum(monto_centavos)::int as suma from transacciones
    where id = any(${deLaPrimera}) and empleado_id = ${primera.id}`
  assert.equal({ ...cuenta }, { n: 50, folios: 50, suma: 500_000 })
  assert.equal((await enElLibro(delSegundo)).slice(0, 1), [segundo.id])
  assert.is((await replica.estado()).pendientes, 0)
})

test('SCAN-05, 07: the dueño, or the gerente of this sucursal, sells with an account; nobody else enters', async () => {
  const entrar = (correo: string, contrasena: string) => replica.entrarCuenta(correo, contrasena)
  const { correo, contrasena, usuarioId } = negocio.dueno
  assert.is(codigo(await entrar(correo, 'no es esta')), 'CREDENCIALES')
  const dueno = valor(await entrar(correo, contrasena))
  assert.equal([dueno.operador, dueno.permisos, dueno.puesto], [{ tipo: 'usuario', id: usuarioId }, null, 'Dueño'])
  const vendida = valor(await replica.registrarVenta(venta(await ana.qr())))
  await contacto()
  assert.equal(await enElLibro(vendida.hechoId), [null, true, []])
  valor(await replica.salirDelTurno())
  const deNorte = await darCuentaDeGerente(servidor, negocio.negocioId, negocio.sucursales[1]!.id)
  const [fila] = await servidor.db.superusuario`select correo from usuarios where id = ${deNorte}`
  for (const cuenta of [await crearCuentaDePrueba(servidor), { correo: fila.correo as string, contrasena: 'contrasena de prueba' }])
    assert.is(codigo(await entrar(cuenta.correo, cuenta.contrasena)), 'SIN_PERMISO')
  assert.is(await turno(), null)
})

test.run()
