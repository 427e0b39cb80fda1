// Recompensas and canjes over HTTP, from the points of a shopper to the counter, and what time does to them (decision 0035).
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { CODIGOS_DE_CANJE, idDeCanje } from '../../../schema/domain/canjes/codigo.ts'
import { firmarQrDeCanje, numeroTecleado, verificarQrDeCanje } from '../../../schema/domain/canjes/qr-canje.ts'
import { CAJERO_AVANZADO, CAJERO_BASICO, type PermisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
import { numeroDeRecompensa, type Recompensa } from '../../../schema/domain/recompensas/recompensa.ts'
import type { CanjeEnMostrador, MiCanje, MisCanjes, PedidoDeCanje, RecompensasDeNegocio } from '../../../schema/protocol/canjes.ts'
import { ataduraDeEquipo, hechoDeLlave, llaveDeEntrega } from '../../../schema/protocol/repetible.ts'
import { barrerVencidos } from '../../jobs/sweep.ts'
import { proyectarTodo } from '../../sync/projector.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import { darCuentaDeGerente } from '../../testing/gerente.ts'
import {
  type CajaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ShopperDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import { crearRecompensas, type RecompensaNueva } from '../recompensas/crear.ts'
import { leerCanjesVencidos } from './vencidos.sql.ts'

const servidor = await createTestServer()
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

interface Tienda {
  negocio: NegocioDePrueba
  diario: DiarioDePrueba
  recompensas: Recompensa[]
  dueno: string
}

const CAFE: RecompensaNueva = { nombre: 'Café gratis', puntos: 80, valorCentavos: 3_800 }

async function tienda(nuevas: readonly RecompensaNueva[] = [CAFE], sucursales = ['Centro']): Promise<Tienda> {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1, sucursales: sucursales.map((nombre) => ({ nombre })) })
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  const recompensas = await crearRecompensas(deps, negocio.negocioId, negocio.dueno.usuarioId, nuevas)
  return { negocio, diario, recompensas, dueno: await tokenDeCuenta(servidor, negocio.dueno.usuarioId) }
}

/** Somebody who bought there for so many points, ten pesos each. */
async function cliente({ diario }: Tienda, puntos: number, quien?: ShopperDePrueba): Promise<ShopperDePrueba> {
  const ana = quien ?? (await crearShopper(servidor))
  await diario.vender({ qr: await ana.qr(), montoCentavos: puntos * 1_000 })
  await diario.subir()
  return ana
}

const canjear = async (ana: ShopperDePrueba, t: Tienda, mas: Partial<PedidoDeCanje> = {}, llave?: string) => {
  const cuerpo = { negocioId: t.negocio.negocioId, recompensaId: t.recompensas[0]!.id, puntos: t.recompensas[0]!.puntos, ...mas }
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  return pedir<MiCanje>(servidor, '/api/cardya/canjear', { token, cuerpo, ...(llave ? { cabeceras: { 'idempotency-key': llave } } : {}) })
}
const cancelar = async (ana: ShopperDePrueba, canjeId: string) =>
  pedir<MiCanje>(servidor, `/api/cardya/canjes/${canjeId}/cancelar`, {
    metodo: 'POST',
    token: await tokenDeCuenta(servidor, ana.usuarioId),
  })
const validar = (token: string, cuerpo: object, donde = '') =>
  pedir<CanjeEnMostrador>(servidor, `/api/scanya/validar-canje${donde}`, { token, cuerpo })
const confirmar = (token: string, canjeId: string, llave: string = crypto.randomUUID(), donde = '') =>
  pedir<CanjeEnMostrador>(servidor, `/api/scanya/confirmar-canje${donde}`, {
    token,
    cuerpo: { canjeId },
    cabeceras: { 'idempotency-key': llave },
  })

/** Sweeps; gives how many canjes of this negocio were ended, or given back. */
async function barrer({ negocio }: Tienda): Promise<number> {
  const contar = async () =>
    (await sql`select from hechos_recibidos where negocio_id = ${negocio.negocioId} and tipo = 'canje.vencido'`).length
  const antes = await contar()
  await barrerVencidos(deps)
  return (await contar()) - antes
}

/** [available, apart, overdraft], and what the history sums. */
async function saldo({ negocio }: Tienda, { usuarioId }: ShopperDePrueba) {
  const [s] = await sql`select puntos_disponibles, puntos_apartados, sobregiro from puntos_por_negocio
    where negocio_id = ${negocio.negocioId} and usuario_id = ${usuarioId}`
  const [h] =
    await sql`select sum(puntos)::int as suma from historial_puntos where negocio_id = ${negocio.negocioId} and usuario_id = ${usuarioId}`
  const { puntosDisponibles, puntosApartados, sobregiro } = s as Record<string, number>
  assert.is(h!.suma, puntosDisponibles! + puntosApartados! - sobregiro!, 'the history is what there is')
  return [puntosDisponibles, puntosApartados, sobregiro]
}

let nicks = 0
async function empleado({ negocio }: Tienda, permisosScanYA: PermisosScanYA, caja: CajaDePrueba = negocio.cajas[0]!) {
  const nick = `cajero${++nicks}`
  const nuevo = { nombre: 'Carlos', nick, pin: '482913', puesto: 'Cajero', sucursalId: caja.sucursalId, permisosScanYA }
  await crearEmpleado(deps, negocio.negocioId, nuevo as Parameters<typeof crearEmpleado>[2])
  return (await loginEmpleado(servidor, caja, nick, '482913')).cuerpo.data.token
}

test('CARD-31, CARD-37: the recompensas of a negocio, the cheapest first, with what my points reach; asked again with its ETag, nothing', async () => {
  const t = await tienda([{ nombre: 'Pizza', puntos: 500 }, CAFE, { nombre: 'Oculta', puntos: 1, activa: false }])
  const ana = await cliente(t, 100)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const camino = `/api/cardya/recompensas/${t.negocio.negocioId}`
  const { cuerpo, cabeceras } = await pedir<RecompensasDeNegocio>(servidor, camino, { token })
  assert.equal(
    cuerpo.data.recompensas.map((r) => [r.nombre, r.puntos, r.alcanza]),
    [
      ['Café gratis', 80, true],
      ['Pizza', 500, false],
    ],
  )
  assert.equal([cuerpo.data.puntosDisponibles, cuerpo.data.puntosApartados, cuerpo.data.sucursales.length], [100, 0, 1])
  const headers = { authorization: `Bearer ${token}`, 'if-none-match': cabeceras.get('etag') ?? '' }
  assert.is((await servidor.fetch(`http://localhost:8080${camino}`, { headers })).status, 304)
  assert.is((await pedir(servidor, `/api/cardya/recompensas/${crypto.randomUUID()}`, { token })).cuerpo.code, 'NO_ENCONTRADO')
  const [pizza] = t.recompensas
  await sql`update recompensas set borrado = true, sellos = jsonb_set(sellos, '{borrado}', jsonb_build_array(${reloj.ahora() + 1}::bigint, 'x')) where id = ${pizza!.id}`
  const otra = await pedir<RecompensasDeNegocio>(servidor, camino, { token, cabeceras: { 'if-none-match': headers['if-none-match'] } })
  assert.is(otra.cuerpo.data.recompensas.length, 1, 'a deleted one is not offered')
})

test('CARD-36, SCAN-30, SCAN-32: canjear sets the points apart and gives a code of fifteen minutes and a signed QR that says the same', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  const { cuerpo } = await canjear(ana, t)
  const canje = cuerpo.data
  assert.match(canje.codigo, /^CANJE-[0-9A-HJKMNP-TV-Z]{6}$/)
  assert.equal([canje.puntos, canje.nombre, canje.estado, canje.apartado], [80, 'Café gratis', 'pendiente', true])
  assert.is(canje.venceAt, reloj.ahora() + 15 * MINUTO)
  assert.is(canje.sucursalId, t.negocio.sucursalId, 'the only one there is')
  const leido = await verificarQrDeCanje(canje.qr, deps.llaves.porKid)
  assert.equal(
    [leido?.puntos, leido?.valorCentavos, leido?.sucursalNumero, leido?.recompensaNumero, leido?.cardId, leido?.venceAt],
    [80, 3_800, 1, numeroDeRecompensa(t.recompensas[0]!.id), ana.tarjeta.cardId, canje.venceAt],
  )
  assert.is(await idDeCanje(t.negocio.negocioId, leido!.canjeNumero), canje.canjeId)
  assert.equal(await saldo(t, ana), [20, 80, 0])
  await proyectarTodo(deps)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const mios = (await pedir<MisCanjes>(servidor, '/api/cardya/canjes', { token })).cuerpo.data
  assert.equal([mios.total, mios.canjes[0]], [1, canje], 'the phone and the answer say one thing')
  const otros = await pedir<MisCanjes>(servidor, `/api/cardya/canjes?negocioId=${crypto.randomUUID()}`, { token })
  assert.is(otros.cuerpo.data.total, 0)
})

test('CARD-38: refused when the points are not there: never bought, held, apart already, overdrawn; and when the price changed', async () => {
  const t = await tienda()
  assert.is((await canjear(await crearShopper(servidor), t)).cuerpo.code, 'PUNTOS_INSUFICIENTES')
  const ana = await cliente(t, 100)
  const [cara, falsa] = await Promise.all([canjear(ana, t, { puntos: 79 }), canjear(ana, t, { recompensaId: crypto.randomUUID() })])
  assert.equal([cara.cuerpo.code, cara.cuerpo.campo, falsa.cuerpo.code], ['DATO_INVALIDO', 'puntos', 'RECOMPENSA_NO_DISPONIBLE'])
  assert.is((await canjear(ana, t, { negocioId: crypto.randomUUID() })).cuerpo.code, 'RECOMPENSA_NO_DISPONIBLE')
  const lejos = await canjear(ana, t, { sucursalId: crypto.randomUUID() })
  assert.equal([lejos.cuerpo.code, lejos.cuerpo.campo], ['DATO_INVALIDO', 'sucursalId'])
  assert.is((await canjear(ana, t)).estado, 200)
  assert.equal([(await canjear(ana, t)).estado, (await canjear(ana, t)).cuerpo.code], [409, 'PUNTOS_INSUFICIENTES'])
  // The QR of one sale twice: the points of the second wait (R2), and do not count.
  const beto = await cliente(t, 50)
  const qr = await beto.qr()
  for (let i = 0; i < 2; i++) await t.diario.vender({ qr, montoCentavos: 25_000 })
  await t.diario.subir()
  assert.equal(await saldo(t, beto), [75, 0, 0])
  assert.is((await canjear(beto, t)).cuerpo.code, 'PUNTOS_INSUFICIENTES')
})

test('[R6] after a refund of points that are being spent the overdraft is paid first, and nothing is spent until it is', async () => {
  const t = await tienda()
  const ana = await crearShopper(servidor)
  const venta = await t.diario.vender({ qr: await ana.qr(), montoCentavos: 80_000 })
  await t.diario.subir()
  assert.is((await canjear(ana, t)).estado, 200)
  await t.diario.escribir('reembolso', { folio: 'C1-000900', transaccionId: venta.id, montoCentavos: 80_000, motivo: 'Frío' })
  await t.diario.subir()
  assert.equal(await saldo(t, ana), [0, 80, 80])
  await cliente(t, 90, ana)
  assert.equal(await saldo(t, ana), [10, 80, 0])
  assert.is((await canjear(ana, t)).cuerpo.code, 'PUNTOS_INSUFICIENTES')
})

test('[R1] a request that comes twice with its Idempotency-Key is one canje; the key of another request is refused', async () => {
  const t = await tienda()
  const ana = await cliente(t, 200)
  const [uno, dos] = await Promise.all([canjear(ana, t, {}, 'llave-de-ana-1'), canjear(ana, t, {}, 'llave-de-ana-1')])
  assert.equal([uno.estado, dos.estado, uno.cuerpo.data.canjeId], [200, 200, dos.cuerpo.data.canjeId])
  assert.equal((await canjear(ana, t, {}, 'llave-de-ana-1')).cuerpo.data, uno.cuerpo.data)
  assert.is((await canjear(ana, t, { puntos: 81 }, 'llave-de-ana-1')).cuerpo.code, 'IDEMPOTENCIA_DISTINTA')
  assert.equal(await saldo(t, ana), [120, 80, 0])
})

test('five canjes an hour for a card; a code is tried five times a minute', async () => {
  const t = await tienda()
  const { limites } = deps.env
  const env = { ...deps.env, limites: { ...limites, canjesPorHora: 1, canjesTecleadosPorMinuto: 2 } }
  const { createApp } = await import('../../app.ts')
  const app = createApp({ ...deps, env })
  const fetch: typeof globalThis.fetch = async (entrada, opciones) => app.fetch(new Request(entrada, opciones))
  const ana = await cliente(t, 200)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const cuerpo = { negocioId: t.negocio.negocioId, recompensaId: t.recompensas[0]!.id, puntos: 80 }
  const dos = [
    await pedir({ fetch }, '/api/cardya/canjear', { token, cuerpo }),
    await pedir({ fetch }, '/api/cardya/canjear', { token, cuerpo }),
  ]
  assert.equal(
    dos.map((r) => r.estado),
    [200, 429],
  )
  const intentos: number[] = []
  for (const codigo of ['AAAAAA', 'AAAAAB', 'AAAAAC'])
    intentos.push((await pedir({ fetch }, '/api/scanya/validar-canje', { token: t.dueno, cuerpo: { codigo } })).estado)
  assert.equal(intentos, [404, 404, 429])
  const qr = (dos[0]!.cuerpo.data as MiCanje).qr
  assert.is(
    (await pedir({ fetch }, '/api/scanya/validar-canje', { token: t.dueno, cuerpo: { qr } })).estado,
    200,
    'nobody guesses a signature',
  )
})

test('SCAN-31, SCAN-43: by code as people type it or by QR, the counter sees client and nivel, recompensa, points and the time left', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  const canje = (await canjear(ana, t)).cuerpo.data
  reloj.avanzar(28 * SEGUNDO)
  const token = await empleado(t, CAJERO_AVANZADO)
  const porCodigo = await validar(token, { codigo: ` ${canje.codigo.toLowerCase().replace('-', ' ')} ` })
  const porQr = await validar(t.dueno, { qr: canje.qr })
  assert.equal(porCodigo.cuerpo.data, porQr.cuerpo.data)
  const { cliente: quien, recompensa, restanteMs, estado, puntos } = porCodigo.cuerpo.data
  assert.equal([quien.clienteId, quien.nombre, quien.nivel], [ana.usuarioId, 'Ana L.', 'bronce'])
  assert.equal(
    [recompensa.nombre, recompensa.valor, puntos, estado, restanteMs],
    ['Café gratis', 38, 80, 'pendiente', 14 * MINUTO + 32 * SEGUNDO],
  )
  assert.is((await validar(await empleado(t, CAJERO_BASICO), { codigo: canje.codigo })).cuerpo.code, 'SIN_PERMISO', 'EMP-12')
})

test('SCAN-33, SCAN-44, CARD-39: confirmed once: the points leave this negocio only, the history says canjeado, nivel and lifetime stay', async () => {
  const t = await tienda()
  const otra = await tienda()
  const ana = await cliente(t, 100)
  await cliente(otra, 90, ana)
  await proyectarTodo(deps)
  const lifetime = async () => (await sql`select puntos_lifetime, nivel_cardya from usuarios where id = ${ana.usuarioId}`)[0]
  const antes = await lifetime()
  const canje = (await canjear(ana, t)).cuerpo.data
  const token = await empleado(t, CAJERO_AVANZADO)
  const llave = crypto.randomUUID()
  const { cuerpo } = await confirmar(token, canje.canjeId, llave)
  assert.equal([cuerpo.data.estado, cuerpo.data.entregadoAt, cuerpo.data.restanteMs], ['confirmado', reloj.ahora(), 0])
  assert.equal((await confirmar(token, canje.canjeId, llave)).cuerpo.data, cuerpo.data, 'the same request again')
  assert.equal(
    [(await confirmar(token, canje.canjeId)).cuerpo.code, (await validar(token, { qr: canje.qr })).cuerpo.code],
    ['CANJE_YA_ENTREGADO', 'CANJE_YA_ENTREGADO'],
  )
  assert.equal(
    [await saldo(t, ana), await saldo(otra, ana)],
    [
      [20, 0, 0],
      [90, 0, 0],
    ],
  )
  await proyectarTodo(deps)
  assert.equal(await lifetime(), antes)
  const yo = await tokenDeCuenta(servidor, ana.usuarioId)
  const { movimientos } = (
    await pedir<{ movimientos: { tipo: string; puntos: number; descripcion: string }[] }>(servidor, '/api/cardya/historial', { token: yo })
  ).cuerpo.data
  assert.equal(
    movimientos.filter((m) => m.tipo === 'canjeado').map((m) => [m.puntos, m.descripcion]),
    [[-80, 'Café gratis']],
    'CARD-40',
  )
  const { notificaciones } = (await pedir<{ notificaciones: { tipo: string }[] }>(servidor, '/api/cardya/notificaciones', { token: yo }))
    .cuerpo.data
  assert.is(notificaciones.filter((n) => n.tipo === 'canje').length, 1)
  // SCAN-37: the canje is of a sucursal, by whom is known.
  const [fila] = await sql`select sucursal_id, empleado_id, estado from canjes where id = ${canje.canjeId}`
  assert.equal([fila!.sucursalId, fila!.estado, fila!.empleadoId === null], [t.negocio.sucursalId, 'confirmado', false])
})

test('SCAN-44, SCAN-49: a till asks as itself and says who is at it: the server looks whether that person may', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  const canje = (await canjear(ana, t)).cuerpo.data
  const { token } = await sesionDeDispositivo(servidor, t.negocio.cajas[0]!)
  await Promise.all([empleado(t, CAJERO_BASICO), empleado(t, CAJERO_AVANZADO)])
  const gente =
    await sql`select id, (permisos_scan_ya -> 'cupones' ->> 'validarCanjes')::boolean as puede from empleados where negocio_id = ${t.negocio.negocioId}`
  const [basico, avanzado] = [false, true].map((puede) => gente.find((e) => e.puede === puede)!.id as string)
  const dar = (operador: object | null, quien = token) =>
    pedir<CanjeEnMostrador>(servidor, '/api/scanya/confirmar-canje', {
      token: quien,
      cuerpo: { canjeId: canje.canjeId, qr: canje.qr, operador },
      cabeceras: { 'idempotency-key': `canje-${canje.canjeId}` },
    })
  assert.is((await validar(token, { codigo: canje.codigo })).cuerpo.data.canjeId, canje.canjeId)
  for (const operador of [
    { tipo: 'empleado', id: basico },
    { tipo: 'empleado', id: crypto.randomUUID() },
    { tipo: 'usuario', id: ana.usuarioId },
  ])
    assert.is((await dar(operador)).cuerpo.code, 'SIN_PERMISO', operador.tipo)
  const suplantado = await dar({ tipo: 'empleado', id: avanzado }, t.dueno)
  assert.equal([suplantado.cuerpo.code, suplantado.cuerpo.campo], ['DATO_INVALIDO', 'operador'])
  const dado = await dar({ tipo: 'empleado', id: avanzado })
  assert.equal([dado.cuerpo.data.estado, (await dar({ tipo: 'empleado', id: avanzado })).cuerpo.data], ['confirmado', dado.cuerpo.data])
  const [fila] = await sql`select empleado_id from canjes where id = ${canje.canjeId}`
  assert.is(fila!.empleadoId, avanzado)
  const gerente = await darCuentaDeGerente(servidor, t.negocio.negocioId, t.negocio.sucursalId)
  await sql`update negocio_cuentas set permisos_scan_ya = ${JSON.stringify(CAJERO_BASICO)}::text::jsonb where usuario_id = ${gerente}`
  const otro = (await canjear(await cliente(t, 80), t)).cuerpo.data
  const deGerente = {
    token,
    cuerpo: { canjeId: otro.canjeId, operador: { tipo: 'usuario', id: gerente } },
    cabeceras: { 'idempotency-key': 'del-gerente' },
  }
  assert.is((await pedir(servidor, '/api/scanya/confirmar-canje', deGerente)).cuerpo.code, 'SIN_PERMISO')
  await sql`update negocio_cuentas set permisos_scan_ya = null where usuario_id = ${gerente}`
  assert.is((await pedir(servidor, '/api/scanya/confirmar-canje', deGerente)).estado, 200)
  await cliente(t, 160, ana)
  for (const operador of [{ tipo: 'usuario', id: t.negocio.dueno.usuarioId }, null]) {
    const { canjeId } = (await canjear(ana, t)).cuerpo.data
    const cuerpo = { canjeId, operador }
    assert.is(
      (await pedir(servidor, '/api/scanya/confirmar-canje', { token, cuerpo, cabeceras: { 'idempotency-key': `canje-${canjeId}` } }))
        .estado,
      200,
    )
  }
})

test('a canje is given where it is bound to, or anywhere its recompensa is', async () => {
  const t = await tienda([CAFE], ['Centro', 'Norte', 'Sur'])
  const [centro, norte, sur] = t.negocio.sucursales.map((s) => s.id) as [string, string, string]
  const en = (id: string) => `?sucursalId=${id}`
  const [enDos] = await crearRecompensas(deps, t.negocio.negocioId, t.negocio.dueno.usuarioId, [{ ...CAFE, sucursales: [centro, norte] }])
  const ana = await cliente(t, 400)
  const deNorte = (await canjear(ana, t, { sucursalId: norte })).cuerpo.data
  assert.is((await validar(t.dueno, { codigo: deNorte.codigo }, en(centro))).cuerpo.code, 'CANJE_OTRA_SUCURSAL')
  assert.is((await confirmar(t.dueno, deNorte.canjeId, 'llave-de-otra-1', en(centro))).cuerpo.code, 'CANJE_OTRA_SUCURSAL')
  assert.is((await confirmar(t.dueno, deNorte.canjeId, 'llave-de-norte', en(norte))).estado, 200)
  const deDos = (await canjear(ana, t, { recompensaId: enDos!.id })).cuerpo.data
  assert.is(deDos.sucursalId, null)
  assert.is((await verificarQrDeCanje(deDos.qr, deps.llaves.porKid))?.sucursalNumero, 0)
  assert.is((await canjear(ana, t, { recompensaId: enDos!.id, sucursalId: sur })).cuerpo.campo, 'sucursalId')
  assert.is((await validar(t.dueno, { qr: deDos.qr }, en(sur))).cuerpo.code, 'CANJE_OTRA_SUCURSAL')
  assert.is((await validar(t.dueno, { qr: deDos.qr }, en(centro))).estado, 200)
})

test('hostile: another negocio’s canje, another shopper’s, a QR signed by nobody, SQL and noise as a code', async () => {
  const [t, ajena] = [await tienda(), await tienda()]
  const ana = await cliente(t, 100)
  const eva = await crearShopper(servidor)
  const canje = (await canjear(ana, t)).cuerpo.data
  const leido = (await verificarQrDeCanje(canje.qr, deps.llaves.porKid))!
  for (const cuerpo of [{ codigo: canje.codigo }, { qr: canje.qr }]) {
    const { estado, cuerpo: dicho } = await validar(ajena.dueno, cuerpo)
    assert.equal([estado, dicho.code], [404, 'CANJE_INVALIDO'])
  }
  assert.is((await confirmar(ajena.dueno, canje.canjeId)).cuerpo.code, 'CANJE_INVALIDO')
  assert.is((await cancelar(eva, canje.canjeId)).cuerpo.code, 'NO_ENCONTRADO')
  assert.is((await cancelar(eva, crypto.randomUUID())).cuerpo.code, 'NO_ENCONTRADO')
  const par = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const falso = await firmarQrDeCanje((par as CryptoKeyPair).privateKey, { ...leido, canjeNumero: leido.canjeNumero + 1 })
  const propioPeroNunca = await firmarQrDeCanje(deps.llaves.actual.privada, {
    ...leido,
    canjeNumero: (leido.canjeNumero + 1) % CODIGOS_DE_CANJE,
  })
  for (const qr of [falso, propioPeroNunca, 'x', "'; drop table canjes; --", await ana.qr()])
    assert.is((await validar(t.dueno, { qr })).cuerpo.code, qr.length > 200 ? 'DATO_INVALIDO' : 'CANJE_INVALIDO', qr)
  for (const codigo of ["' or 1=1--", '7X9K2', '%', '________', '\u00f1\u00f1\u00f1\u00f1\u00f1\u00f1', 'CANJE-', '-1'])
    assert.is((await validar(t.dueno, { codigo })).cuerpo.code, 'CANJE_INVALIDO', codigo)
  for (const cuerpo of [
    {},
    { codigo: canje.codigo, qr: canje.qr },
    { codigo: 7 },
    { codigo: 'x'.repeat(41) },
    { codigo: canje.codigo, otro: 1 },
  ])
    assert.is((await validar(t.dueno, cuerpo)).cuerpo.code, 'DATO_INVALIDO', JSON.stringify(cuerpo))
  for (const mas of [{ puntos: -80 }, { puntos: 0 }, { puntos: 1.5 }, { usuarioId: ana.usuarioId }, { recompensaId: 'x' }])
    assert.is((await canjear(eva, t, mas as object)).cuerpo.code, 'DATO_INVALIDO', JSON.stringify(mas))
  assert.equal(await saldo(t, ana), [20, 80, 0])
  assert.is(
    (await pedir(servidor, '/api/cardya/canjear', { token: await empleado(t, CAJERO_AVANZADO), cuerpo: {} })).cuerpo.code,
    'SIN_PERMISO',
  )
})

test('SCAN-33: cancelled by its shopper: where no till may have given it the points are back at once, and the code is dead', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  const canje = (await canjear(ana, t)).cuerpo.data
  await sql`delete from arriendos_canje where negocio_id = ${t.negocio.negocioId}`
  const { cuerpo } = await cancelar(ana, canje.canjeId)
  assert.equal([cuerpo.data.estado, cuerpo.data.apartado], ['cancelado', false])
  assert.equal(await saldo(t, ana), [100, 0, 0])
  assert.is((await cancelar(ana, canje.canjeId)).cuerpo.data.estado, 'cancelado', 'twice is once')
  assert.equal(
    [(await validar(t.dueno, { codigo: canje.codigo })).cuerpo.code, (await confirmar(t.dueno, canje.canjeId)).cuerpo.code],
    ['CANJE_CANCELADO', 'CANJE_CANCELADO'],
  )
  const dado = (await canjear(ana, t)).cuerpo.data
  await confirmar(t.dueno, dado.canjeId)
  assert.is((await cancelar(ana, dado.canjeId)).cuerpo.code, 'CANJE_YA_ENTREGADO')
})

test('[R5] nobody gave it: thirty seconds past its end it expires and, where no till is without network, its points go back; two nodes say it once', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  const canje = (await canjear(ana, t)).cuerpo.data
  await sql`delete from arriendos_canje where negocio_id = ${t.negocio.negocioId}`
  reloj.avanzar(15 * MINUTO + 30 * SEGUNDO)
  assert.is(await barrer(t), 0)
  t.dueno = await tokenDeCuenta(servidor, t.negocio.dueno.usuarioId)
  assert.is((await validar(t.dueno, { codigo: canje.codigo })).estado, 200, 'in time to the last second')
  reloj.avanzar(1)
  assert.equal(
    [(await validar(t.dueno, { qr: canje.qr })).cuerpo.code, (await cancelar(ana, canje.canjeId)).cuerpo.code],
    ['CANJE_VENCIDO', 'CANJE_VENCIDO'],
  )
  await Promise.all([barrerVencidos(deps), barrerVencidos(deps)])
  const escritos = await sql`select from hechos_recibidos where negocio_id = ${t.negocio.negocioId} and tipo = 'canje.vencido'`
  assert.is(escritos.length, 1)
  assert.equal(await saldo(t, ana), [100, 0, 0])
  await proyectarTodo(deps)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const [mio] = (await pedir<MisCanjes>(servidor, '/api/cardya/canjes', { token })).cuerpo.data.canjes
  assert.equal([mio!.estado, mio!.apartado], ['expirado', false])
  assert.is((await confirmar(t.dueno, canje.canjeId)).cuerpo.code, 'CANJE_VENCIDO')
  reloj.avanzar(DIA)
  t.dueno = await tokenDeCuenta(servidor, t.negocio.dueno.usuarioId)
  assert.is((await validar(t.dueno, { codigo: canje.codigo })).cuerpo.code, 'CANJE_INVALIDO', 'after a day it is no code')
})

/** The till with the lease, offline: writes the delivery in its journal. */
async function entregar(t: Tienda, canje: MiCanje): Promise<void> {
  const { canjeNumero: numero } = (await verificarQrDeCanje(canje.qr, deps.llaves.porKid))!
  await t.diario.escribir('canje_confirmado', { canjeId: canje.canjeId, numero, qr: canje.qr })
}
const alDia = { pendientes: 0, masAntiguoAt: null, offset: 0, almacenBytes: null, versionApp: '1', alDia: true }
const saludar = async ({ diario }: Tienda) => diario.enviar(await diario.pedido(diario.renglones.length, undefined, { estado: alDia }))

test('[R5] the till with the lease is away: the points wait for it; once it synced past the end they go back', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  await saludar(t)
  await canjear(ana, t)
  reloj.avanzar(15 * MINUTO + 31 * SEGUNDO)
  assert.is(await barrer(t), 1)
  assert.equal([await saldo(t, ana), await barrer(t)], [[20, 80, 0], 0])
  // It says something, not everything.
  await t.diario.vender()
  await t.diario.subir()
  assert.is(await barrer(t), 0)
  await t.diario.vender()
  await t.diario.enviar(await t.diario.pedido(t.diario.renglones.length - 1, undefined, { estado: alDia }))
  assert.equal([await barrer(t), await saldo(t, ana)], [1, [100, 0, 0]])
})

test('[R5] points that wait for a till that is away do not keep those of others from going back, however many they are', async () => {
  const [lejos, cerca] = [await tienda(), await tienda()]
  await saludar(lejos)
  await canjear(await cliente(lejos, 100), lejos)
  reloj.avanzar(MINUTO)
  const { canjeId } = (await canjear(await cliente(cerca, 100), cerca)).cuerpo.data
  reloj.avanzar(14 * MINUTO + 31 * SEGUNDO)
  assert.is(await barrer(lejos), 1)
  reloj.avanzar(MINUTO + SEGUNDO)
  await saludar(cerca)
  const hallados = await deps.db.plataforma((tx) =>
    leerCanjesVencidos(tx, deps.now(), tx`negocio_id in (${lejos.negocio.negocioId}, ${cerca.negocio.negocioId})`, 1),
  )
  assert.equal(hallados, [{ negocioId: cerca.negocio.negocioId, datos: { canjeId, devolver: true } }])
  assert.is(await barrer(cerca), 1)
})

test('[R5] the till never came back: after 24 hours the points go back; what it gave in time is honoured, and what is missing is named', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  await saludar(t)
  const canje = (await canjear(ana, t)).cuerpo.data
  reloj.avanzar(10 * MINUTO)
  await entregar(t, canje)
  reloj.avanzar(24 * HORA)
  await barrerVencidos(deps)
  assert.equal(await saldo(t, ana), [20, 80, 0])
  reloj.avanzar(6 * MINUTO)
  await barrerVencidos(deps)
  assert.equal(await saldo(t, ana), [100, 0, 0])
  assert.is((await canjear(ana, t)).estado, 200)
  await t.diario.subir()
  assert.equal(await saldo(t, ana), [0, 80, 60], 'spent late: what is missing is an overdraft')
  const avisos = await sql`select codigo, regla from avisos where negocio_id = ${t.negocio.negocioId}`
  assert.ok(avisos.some((a) => a.codigo === 'canje_tardio' && a.regla === 'R5'))
})

test('[R5] cancelled while a till may have given it: dead at once, the points follow when it is known that it was not', async () => {
  const t = await tienda()
  const ana = await cliente(t, 100)
  await saludar(t)
  const canje = (await canjear(ana, t)).cuerpo.data
  const { cuerpo } = await cancelar(ana, canje.canjeId)
  assert.equal([cuerpo.data.estado, cuerpo.data.apartado, await saldo(t, ana)], ['cancelado', true, [20, 80, 0]])
  reloj.avanzar(15 * MINUTO + 31 * SEGUNDO)
  assert.is(await barrer(t), 0)
  await saludar(t)
  assert.equal([await barrer(t), await saldo(t, ana)], [1, [100, 0, 0]])
  const [fila] = await sql`select estado from canjes where id = ${canje.canjeId}`
  assert.is(fila!.estado, 'cancelado')
})

test('[R4] given at the counter over HTTP and by a till with no network: one debit, the second is the merchant’s cost', async () => {
  const t = await tienda()
  const ana = await cliente(t, 200)
  await saludar(t)
  const canje = (await canjear(ana, t)).cuerpo.data
  await confirmar(t.dueno, canje.canjeId)
  await entregar(t, canje)
  await entregar(t, canje)
  await t.diario.subir()
  assert.equal(await saldo(t, ana), [120, 0, 0])
  const avisos = await sql`select codigo, costo_centavos from avisos where negocio_id = ${t.negocio.negocioId} and regla = 'R4'`
  assert.ok(avisos.length >= 1 && avisos.every((a) => a.codigo === 'canje_doble' && a.costoCentavos === 3_800))
})

test('[R4] asked of the server by a till that heard no answer, and given by its journal later: one hecho, one debit, nothing for the dueño to see', async () => {
  const t = await tienda()
  const ana = await cliente(t, 200)
  await saludar(t)
  const { token, dispositivoId } = { ...(await sesionDeDispositivo(servidor, t.negocio.cajas[0]!)), ...t.negocio.cajas[0]! }
  for (const llegaPrimero of ['la petición', 'el diario']) {
    const canje = (await canjear(ana, t)).cuerpo.data
    const numero = (await verificarQrDeCanje(canje.qr, deps.llaves.porKid))!.canjeNumero
    const id = await hechoDeLlave(t.negocio.negocioId, ataduraDeEquipo(dispositivoId), llaveDeEntrega(canje.canjeId))
    const pedirla = () => confirmar(token, canje.canjeId, llaveDeEntrega(canje.canjeId))
    if (llegaPrimero === 'la petición') assert.is((await pedirla()).estado, 200)
    await t.diario.escribir('canje_confirmado', { canjeId: canje.canjeId, numero, qr: canje.qr }, { id })
    await t.diario.subir()
    if (llegaPrimero === 'el diario') assert.is((await pedirla()).cuerpo.code, 'IDEMPOTENCIA_DISTINTA')
  }
  assert.equal(await saldo(t, ana), [40, 0, 0])
  const avisos = await sql`select codigo from avisos where negocio_id = ${t.negocio.negocioId} and codigo like 'canje%'`
  assert.is(avisos.length, 0)
})

test('two living canjes never share the code people type', async () => {
  const t = await tienda()
  const ana = await cliente(t, 400)
  const bytes = [
    [0, 0, 0, 0, 0, 7],
    [0, 1, 0, 0, 0, 7],
    [1, 0, 0, 0, 0, 7],
    [0, 0, 0, 0, 0, 9],
  ].map((b) => Uint8Array.from(b))
  const azar = (n: number) => (n === 6 ? (bytes.shift() ?? deps.azar(6)) : deps.azar(n))
  const { canjear: crear } = await import('./crear.ts')
  const pedido = { negocioId: t.negocio.negocioId, recompensaId: t.recompensas[0]!.id, puntos: 80 }
  const repetible = { hechoId: '', llave: null, huella: '' }
  const uno = await crear({ ...deps, azar }, ana.usuarioId, pedido, repetible)
  const dos = await crear({ ...deps, azar }, ana.usuarioId, pedido, repetible)
  const numeros = await Promise.all([uno, dos].map(async (c) => numeroTecleado((await verificarQrDeCanje(c.qr, deps.llaves.porKid))!)))
  assert.equal([...numeros, uno.codigo], [7, 9, 'CANJE-000007'])
})

test.run()
