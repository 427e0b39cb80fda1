/** Cupones over HTTP: at the counter, in a shopper's hands, sent by the merchant, told in time. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { deBase64, uuidv7 } from '../../../schema/core/ids.ts'
import { DIA, diaLocal, HORA, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { CAJERO_AVANZADO } from '../../../schema/domain/empleados/permisos.ts'
import { notificacionesDe } from '../../../schema/domain/notificaciones/notificacion.ts'
import { textoDeNotificacion } from '../../../schema/domain/notificaciones/textos.ts'
import { firmarQrDeCupon } from '../../../schema/domain/tarjetas/qr-cupon.ts'
import type { MiaDoc } from '../../../schema/protocol/documentos.ts'
import { leerMigraciones } from '../../db/migrate.ts'
import { asignarCupones } from '../../jobs/asignar-cupones.ts'
import { avisarDeCupones } from '../../jobs/avisar-cupones.ts'
import { difundirCupones } from '../../jobs/difundir-cupones.ts'
import { proyectarTodo } from '../../sync/projector.ts'
import { asentarHechoDelServidor } from '../../sync/server-chain.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import {
  AHORA_DE_PRUEBA,
  altaDeCaja,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  type ShopperDePrueba,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import { type CuponNuevo, crearCupones } from './crear.ts'
import { guardarCupon } from './guardar.ts'

let servidor: ServidorDePrueba<DbDePrueba>
test.before(async () => {
  servidor = await createTestServer()
})
test.after(() => servidor.cerrar())
const ZONA = 'America/Mexico_City'
const ID_DE_NADIE = '018f0000-0000-7000-8000-0000000000ff'
let cuantos = 0
const nuevo = (datos: Partial<CuponNuevo> = {}): CuponNuevo => ({
  ...{
    titulo: '30 % en tu pizza',
    tipo: 'porcentaje',
    valor: 30,
    desdeAt: AHORA_DE_PRUEBA - DIA,
    venceAt: servidor.reloj.ahora() + 365 * DIA,
  },
  ...{ codigo: `PIZZA${++cuantos}`, compraMinimaCentavos: 20_000 },
  ...datos,
})

interface Local {
  negocio: NegocioDePrueba
  token: () => Promise<string>
  post: <T>(camino: string, cuerpo: unknown, llave?: string) => ReturnType<typeof pedir<T>>
  cupon: (datos?: Partial<CuponNuevo>) => Promise<{ id: string; codigo: string }>
}

async function local(nombre = 'Pizzería Roma'): Promise<Local> {
  const negocio = await crearNegocioDePrueba(servidor, { nombre })
  const token = () => tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  return {
    negocio,
    token,
    post: async <T>(camino: string, cuerpo: unknown, llave?: string) =>
      pedir<T>(servidor, camino, { token: await token(), cuerpo, ...(llave ? { cabeceras: { 'idempotency-key': llave } } : {}) }),
    cupon: async (datos) => {
      const [hecho] = await crearCupones(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [nuevo(datos)])
      return hecho!
    },
  }
}

let ctr = 1_000
const qrDeCupon = (ana: ShopperDePrueba, cuponId: string) =>
  firmarQrDeCupon(
    ana.privada,
    deBase64(ana.tarjeta.certificado),
    { tsSegundos: Math.floor(servidor.reloj.ahora() / 1_000), ctr: ctr++, flags: 0 },
    cuponId,
  )

const suyo = async (ana: ShopperDePrueba, camino: string, cuerpo?: unknown) =>
  pedir<never>(servidor, camino, { token: await tokenDeCuenta(servidor, ana.usuarioId), ...(cuerpo === undefined ? {} : { cuerpo }) })

async function miasDe<T extends MiaDoc['tipo']>(usuarioId: string, tipo: T): Promise<Extract<MiaDoc, { tipo: T }>[]> {
  const filas = await servidor.db.superusuario`select doc from mias where usuario_id = ${usuarioId} and tipo = ${tipo} order by id`
  return filas.map(({ doc }: { doc: never }) => doc)
}

test('SCAN-16, 26, 27, 41; CUP-11: the QR of a cupón says which one and whose it is, and what it takes off', async () => {
  const { negocio, post, cupon } = await local()
  const ana = await crearShopper(servidor)
  const c = await cupon()
  const otro = await cupon({ publico: false })
  await suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const r = await post<Record<string, unknown>>('/api/scanya/validar-cupon', { qr: await qrDeCupon(ana, c.id), total: 250 })
  const { titulo, descuento, aPagar, usosQueQuedan, compraMinima, cliente, identificacionId } = r.cuerpo.data
  assert.equal([r.estado, titulo, descuento, aPagar, usosQueQuedan, compraMinima], [200, '30 % en tu pizza', 75, 175, 1, 200])
  assert.is((cliente as { clienteId: string }).clienteId, ana.usuarioId)
  const venta = await post<Record<string, unknown>>('/api/scanya/aplicar-cupon', {
    cuponId: c.id,
    identificacionId,
    monto: 250,
    metodoPago: 'efectivo',
  })
  assert.equal([venta.cuerpo.data.monto, venta.cuerpo.data.descuento, venta.cuerpo.data.cuponId], [175, 75, c.id])
  assert.is(venta.cuerpo.data.puntosOtorgados, 17, 'of what was paid')
  const [{ medio }] = await servidor.db.superusuario`
    select cuerpo::jsonb -> 'datos' -> 'cupon' ->> 'medio' as medio from hechos_recibidos where hecho_id = ${venta.cuerpo.data.id as string}`
  assert.is(medio, 'qr')
  const deOtra = await post('/api/scanya/validar-cupon', { qr: await qrDeCupon(ana, otro.id), total: 250 })
  assert.is(deOtra.cuerpo.code, 'CUPON_AJENO', 'it was not given to her')
  type Identificada = { cupones: { cuponId: string }[]; cuponEscaneado: string | null }
  const identificar = async (qrPayload: string) => (await post<Identificada>('/api/scanya/identificar-cliente', { qrPayload })).cuerpo.data
  const dos = await cupon({ soloConConexion: true })
  const lista = await identificar(await qrDeCupon(ana, dos.id))
  assert.equal([lista.cupones.map((x) => x.cuponId), lista.cuponEscaneado], [[dos.id], dos.id], 'what she used up is not offered')
  assert.is((await identificar(await ana.qr())).cuponEscaneado, null)
  const resumen = await pedir<{ cupones: number; descuento: number }>(servidor, '/api/scanya/mi-resumen', {
    token: await tokenDeCuenta(servidor, negocio.dueno.usuarioId),
  })
  assert.equal([resumen.cuerpo.data.cupones, resumen.cuerpo.data.descuento], [1, 75], 'SCAN-47')
})

test('CUP-13, 16, 17, 24: kept once, shown in its list, used, and told to the shopper; the use never goes back by keeping it again', async () => {
  const { negocio, post, cupon } = await local()
  const ana = await crearShopper(servidor)
  const c = await cupon()
  const guardar = () => suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const [uno, dos] = [(await guardar()).cuerpo.data as { codigoUnico: string }, (await guardar()).cuerpo.data as { codigoUnico: string }]
  assert.match(uno.codigoUnico, new RegExp(`^${c.codigo}-[0-9A-HJKMNP-TV-Z]{7}$`))
  assert.equal(uno, dos)
  await proyectarTodo(servidor.deps)
  const cuenta = async () =>
    (await suyo(ana, '/api/cardya/cupones')).cuerpo.data as { vigentes: unknown[]; usados: unknown[]; ahorroTotal: number }
  assert.is((await cuenta()).vigentes.length, 1)
  // Read out at the counter, without a card.
  const venta = await post<Record<string, unknown>>('/api/scanya/aplicar-cupon', {
    codigo: uno.codigoUnico.toLowerCase(),
    monto: 250,
    metodoPago: 'efectivo',
  })
  assert.equal([venta.cuerpo.data.monto, venta.cuerpo.data.clienteId], [175, null])
  await guardar()
  await proyectarTodo(servidor.deps)
  const [doc] = await miasDe(ana.usuarioId, 'cupon')
  assert.equal([doc?.usados, doc?.codigoUnico], [1, uno.codigoUnico])
  assert.equal([(await cuenta()).vigentes.length, (await cuenta()).usados.length], [0, 1])
  assert.is(
    (await post('/api/scanya/aplicar-cupon', { codigo: uno.codigoUnico, monto: 250, metodoPago: 'efectivo' })).cuerpo.code,
    'cupon_repetido',
  )
})

test('SCAN-29, CUP-07, 11, 27: each reason why a cupón does not count is the code of its refusal, and nothing is sold', async () => {
  const { negocio, post, cupon } = await local()
  const otro = await local('Otra pizzería')
  const ana = await crearShopper(servidor)
  const ajeno = await otro.cupon()
  const ahora = servidor.reloj.ahora()
  const casos: [Partial<CuponNuevo>, string][] = [
    [{ activo: false }, 'cupon_inactivo'],
    [{ desdeAt: ahora + DIA }, 'cupon_no_empieza'],
    [{ venceAt: ahora - 1 }, 'cupon_vencido'],
    [{ sucursales: [ID_DE_NADIE] }, 'cupon_otra_sucursal'],
    [{ nivelRequerido: 'plata' }, 'cupon_nivel'],
    [{ compraMinimaCentavos: 25_001 }, 'cupon_minimo'],
    [{ publico: false }, 'CUPON_AJENO'],
  ]
  const id = async () =>
    (await post<{ identificacionId: string }>('/api/scanya/identificar-cliente', { qrPayload: await ana.qr() })).cuerpo.data
  const { identificacionId } = await id()
  const vender = (codigo: string) => post('/api/scanya/aplicar-cupon', { codigo, identificacionId, monto: 250, metodoPago: 'efectivo' })
  for (const [datos, motivo] of casos) {
    const { codigo, id: cuponId } = await cupon(datos)
    assert.is((await post('/api/scanya/validar-cupon', { cuponId, identificacionId, total: 250 })).cuerpo.code, motivo)
    assert.is((await vender(codigo)).cuerpo.code, motivo)
  }
  assert.is((await vender(ajeno.codigo)).cuerpo.code, 'CUPON_INVALIDO', 'of another negocio')
  assert.is((await post('/api/scanya/validar-cupon', { qr: await qrDeCupon(ana, ajeno.id) })).cuerpo.code, 'CUPON_INVALIDO')
  assert.is((await post('/api/scanya/validar-cupon', { qr: await ana.qr() })).cuerpo.code, 'CUPON_INVALIDO', 'a card shows none')
  assert.is((await post('/api/scanya/validar-cupon', {})).cuerpo.campo, 'codigo')
  const ventas = await servidor.db.superusuario`select 1 from transacciones where negocio_id = ${negocio.negocioId}`
  assert.is(ventas.length, 0)
  const bueno = await cupon()
  assert.is((await vender(bueno.codigo)).estado, 200, 'the identification was not spent by the refusals')
})

test('CARD-12..14, CUP-26, 27: each nivel is offered its own and the lower ones; plata sees it a day before, oro three', async () => {
  const { negocio, cupon } = await local()
  const ana = await crearShopper(servidor)
  const ahora = servidor.reloj.ahora()
  for (const nivelRequerido of [null, 'plata', 'oro'] as const) await cupon({ titulo: nivelRequerido ?? 'todos', nivelRequerido })
  await cupon({ titulo: 'mañana', desdeAt: ahora + DIA })
  const enTres = await cupon({ titulo: 'en tres días', desdeAt: ahora + 3 * DIA })
  await cupon({ titulo: 'escondido', publico: false })
  await cupon({ titulo: 'vencido', venceAt: ahora - 1 })
  const ve = async (nivel: string) => {
    await servidor.db.superusuario`update usuarios set nivel_cardya = ${nivel} where id = ${ana.usuarioId}`
    const r = await suyo(ana, `/api/cardya/cupones/disponibles/${negocio.negocioId}`)
    return (r.cuerpo.data as { cupones: { titulo: string }[] }).cupones.map((c) => c.titulo).sort()
  }
  assert.equal(await ve('bronce'), ['todos'])
  const guardar = () => suyo(ana, `/api/cardya/cupones/${enTres.id}/guardar`, { negocioId: negocio.negocioId })
  assert.is((await guardar()).cuerpo.code, 'cupon_no_empieza')
  assert.equal(await ve('plata'), ['mañana', 'plata', 'todos'])
  assert.equal(await ve('oro'), ['en tres días', 'mañana', 'oro', 'plata', 'todos'])
  assert.is((await guardar()).estado, 200)
  assert.is((await suyo(ana, `/api/cardya/cupones/${ID_DE_NADIE}/guardar`, { negocioId: negocio.negocioId })).cuerpo.code, 'NO_ENCONTRADO')
})

test('CUP-28: the page of a public cupón, without a session, and not again while it is the same', async () => {
  const { negocio, cupon } = await local()
  const c = await cupon()
  const oculto = await cupon({ publico: false })
  const [casa] = await servidor.db.superusuario`select codigo_caja from negocios where negocio_id = ${negocio.negocioId}`
  const url = (codigo: string) => `http://localhost:8080/api/negocios/publico/${casa.codigoCaja}/cupones/${codigo}`
  const primera = await servidor.fetch(url(c.codigo))
  const { data } = (await primera.json()) as { data: { vigente: boolean; cupon: { titulo: string } } }
  assert.equal([data.vigente, data.cupon.titulo], [true, '30 % en tu pizza'])
  const etag = primera.headers.get('etag') ?? ''
  assert.is((await servidor.fetch(url(c.codigo), { headers: { 'if-none-match': etag } })).status, 304)
  for (const codigo of [oculto.codigo, 'NO-HAY', 'minusculas']) assert.is((await servidor.fetch(url(codigo))).status, 404, codigo)
})

test('CUP-28: the page says where a cupón counts, and whether it is over, has not begun or has none left', async () => {
  const { negocio, cupon } = await local()
  const [casa] = await servidor.db.superusuario`select codigo_caja from negocios where negocio_id = ${negocio.negocioId}`
  const leer = async (datos: Partial<CuponNuevo>, usados = 0) => {
    const { id, codigo } = await cupon(datos)
    await servidor.db.superusuario`update cupones set usados = ${usados} where id = ${id}`
    const r = await pedir<{ estado: string; vigente: boolean; sucursales: string[] }>(
      servidor,
      `/api/negocios/publico/${casa.codigoCaja}/cupones/${codigo}`,
    )
    return [r.cuerpo.data.estado, r.cuerpo.data.vigente, r.cuerpo.data.sucursales]
  }
  const ahora = servidor.reloj.ahora()
  assert.equal(await leer({ sucursales: [negocio.sucursalId], limiteTotal: 2 }, 1), ['vigente', true, ['Centro']])
  assert.equal(await leer({ limiteTotal: 2 }, 2), ['agotado', false, []])
  assert.equal(await leer({ desdeAt: ahora + DIA }), ['no_empieza', false, []])
  assert.equal(await leer({ desdeAt: ahora - 3 * DIA, venceAt: ahora - 1, limiteTotal: 1 }, 1), ['vencido', false, []])
})

/** People who bought here once, without cards nor keys. */
async function clientela(negocioId: string, cuantos: number, { nivel = 'bronce', haceDias = 1 } = {}): Promise<string[]> {
  const ids = Array.from({ length: cuantos }, () => uuidv7(servidor.reloj.ahora()))
  const visita = new Date(servidor.reloj.ahora() - haceDias * DIA)
  for (const [i, id] of ids.entries()) {
    await servidor.db
      .superusuario`insert into usuarios (id, correo, contrasena_hash, nombre) values (${id}, ${`${id}@example.mx`}, '-', 'Luz')`
    await servidor.db.superusuario`
      insert into clientes (negocio_id, usuario_id, card_id, alias, nivel_ultima_visita, visitas, gastado_centavos, primera_visita_at, ultima_visita_at)
      values (${negocioId}, ${id}, ${id.replaceAll('-', '').slice(16)}, ${`Luz ${i}`}, ${nivel}, 1, 100, ${visita}, ${visita})`
  }
  return ids
}

const avisosDe = async (usuarioId: string) => (await miasDe(usuarioId, 'aviso')).map((a) => a.codigo)
interface Envio {
  total: number
  hechos: number
  nuevos: number
  estado: string
}

test('CUP-04, 18, 24: sent to all, by nivel, to chosen ones and to the inactive; each is told once; the same key is one sending', async () => {
  const { negocio, post, cupon, token } = await local()
  const { negocioId } = negocio
  const [viejos, oros, nuevos] = [
    await clientela(negocioId, 2, { haceDias: 90 }),
    await clientela(negocioId, 2, { nivel: 'oro' }),
    await clientela(negocioId, 1),
  ]
  const c = await cupon({ publico: false })
  const asignar = (cuerpo: object, llave?: string, id = c.id) => {
    servidor.reloj.avanzar(SEGUNDO)
    return post<Envio>(`/api/cupones/${id}/asignar`, cuerpo, llave)
  }
  const tienen = async (id = c.id) => {
    await asignarCupones(servidor.deps)
    const filas = await servidor.db.superusuario`select usuario_id from cupon_usuarios where negocio_id = ${negocioId} and cupon_id = ${id}`
    return filas.map((f) => f.usuarioId).sort()
  }
  assert.equal((await asignar({ a: 'inactivos', dias: 60 })).cuerpo.data.total, 2)
  assert.equal(await tienen(), [...viejos].sort())
  await asignar({ a: 'nivel', niveles: ['plata', 'oro'] }, 'solo-una-vez')
  await asignar({ a: 'nivel', niveles: ['plata', 'oro'] }, 'solo-una-vez')
  assert.equal(await tienen(), [...viejos, ...oros].sort())
  await asignar({ a: 'elegidos', clientes: [nuevos[0], ID_DE_NADIE] })
  assert.equal(await tienen(), [...viejos, ...oros, ...nuevos].sort(), 'only clients of this negocio')
  await asignar({ a: 'todos' })
  await tienen()
  const envios = (await pedir<{ envios: Envio[] }>(servidor, `/api/cupones/${c.id}/envios`, { token: await token() })).cuerpo.data.envios
  assert.equal(
    envios.map((e) => [e.total, e.hechos, e.nuevos, e.estado]),
    [
      [5, 5, 0, 'terminado'],
      [1, 1, 1, 'terminado'],
      [2, 2, 2, 'terminado'],
      [2, 2, 2, 'terminado'],
    ],
  )
  await proyectarTodo(servidor.deps)
  for (const id of [...viejos, ...oros, ...nuevos]) {
    assert.equal(await avisosDe(id), ['cupon_nuevo'])
    assert.is((await miasDe(id, 'cupon'))[0]?.titulo, '30 % en tu pizza')
  }
  await post(`/api/cupones/${c.id}/reenviar`, {})
  await asignarCupones(servidor.deps)
  assert.equal(await avisosDe(nuevos[0]!), ['cupon_nuevo', 'cupon_nuevo'], 'sent again')
  assert.is((await post(`/api/cupones/${c.id}/reenviar`, {})).cuerpo.code, 'DEMASIADAS_PETICIONES', 'once a day')

  const publico = await cupon()
  await asignar({ a: 'todos' }, undefined, publico.id)
  assert.equal(await tienen(publico.id), [], 'what is for everybody makes no rows until somebody keeps it')
  assert.is((await avisosDe(viejos[0]!)).length, 3)
  const viejo = await cupon({ venceAt: servidor.reloj.ahora() - 1 })
  assert.is((await asignar({ a: 'todos' }, undefined, viejo.id)).cuerpo.code, 'cupon_vencido')
  assert.is((await asignar({ a: 'todos' }, undefined, ID_DE_NADIE)).cuerpo.code, 'NO_ENCONTRADO')
})

/** The same server, whose database is cut at its nth transaction: before it begins, or when it is done and nobody hears. */
function cortado(n: number, despues: boolean) {
  let van = 0
  const cortar =
    <A extends unknown[]>(fn: (...args: A) => Promise<unknown>) =>
    async (...args: A) => {
      if (++van === n && !despues) throw Object.assign(new Error('cut'), { code: '57P01' })
      const hecho = await fn(...args)
      if (van === n && despues) throw Object.assign(new Error('cut'), { code: '57P01' })
      return hecho
    }
  const { db } = servidor
  const cortada = {
    ...db,
    negocio: cortar(db.negocio as never),
    usuario: cortar(db.usuario as never),
    plataforma: cortar(db.plataforma as never),
  }
  return { deps: { ...servidor.deps, db: cortada as never }, llego: () => van >= n }
}

test('a sending cut at any of its transactions ends with each client given it once and told once', async () => {
  const { negocio, post, cupon } = await local()
  const ids = await clientela(negocio.negocioId, 5)
  let cortes = 0
  for (const despues of [false, true])
    for (let n = 2; ; n++) {
      const c = await cupon({ publico: false })
      await post(`/api/cupones/${c.id}/asignar`, { a: 'todos' })
      const { deps, llego } = cortado(n, despues)
      await asignarCupones(deps, 2).catch(() => {})
      await asignarCupones(servidor.deps, 2)
      const [e] = await servidor.db.superusuario`select hechos, nuevos, estado from cupon_envios where cupon_id = ${c.id}`
      assert.equal([e.hechos, e.nuevos, e.estado], [5, 5, 'terminado'], `cut at ${n}${despues ? ', unheard' : ''}`)
      const eventos = await servidor.db.superusuario`
        select usuario_id from usuario_eventos where cuerpo -> 'cupon' -> 'definicion' ->> 'id' = ${c.id}`
      assert.equal(eventos.map((x) => x.usuarioId).sort(), [...ids].sort())
      for (const id of ids)
        assert.is(
          (await miasDe(id, 'aviso')).filter((a) => a.id.includes(c.id)).length,
          1,
          `told once, cut at ${n}${despues ? ', unheard' : ''}`,
        )
      if (!llego()) break
      cortes++
    }
  assert.ok(cortes > 20, `${cortes} places were tried`)
})

test('sendings and edits that fail do not keep out those behind them, and wait', async () => {
  const [roma, luna] = [await local(), await local('Luna')]
  const cupones: { negocioId: string; id: string }[] = []
  for (const { negocio, post, cupon } of [roma, luna]) {
    await clientela(negocio.negocioId, 1)
    const c = await cupon({ publico: false })
    await post(`/api/cupones/${c.id}/asignar`, { a: 'todos' })
    servidor.reloj.avanzar(SEGUNDO)
    cupones.push({ negocioId: negocio.negocioId, ...c })
  }
  const { db } = servidor
  const negocio: typeof db.negocio = (id, ...args) =>
    id === roma.negocio.negocioId ? Promise.reject(new Error('a bug')) : db.negocio(id, ...args)
  const deps = { ...servidor.deps, db: { ...db, negocio } }
  const estados = async () =>
    (
      await servidor.db
        .superusuario`select estado from cupon_envios where negocio_id = any(${cupones.map((c) => c.negocioId)}::uuid[]) order by created_at`
    ).map((e) => e.estado)
  await asignarCupones(deps, 10, 1)
  assert.equal(await estados(), ['pendiente', 'terminado'])
  const porDecir = async () => {
    const filas = await servidor.db.superusuario`select negocio_id from cupones where difundido_at is distinct from updated_at`
    return cupones.map(({ negocioId }) => filas.some((f) => f.negocioId === negocioId))
  }
  await difundirCupones(deps, 1)
  assert.equal(await porDecir(), [true, false])
  // Where nothing is wrong any more they are done, once their wait is over.
  Object.assign(deps.db, { negocio: db.negocio })
  await asignarCupones(deps)
  assert.equal(await estados(), ['pendiente', 'terminado'])
  servidor.reloj.avanzar(10 * SEGUNDO)
  await asignarCupones(deps)
  await difundirCupones(deps)
  assert.equal(
    [await estados(), await porDecir()],
    [
      ['terminado', 'terminado'],
      [false, false],
    ],
  )
})

test('CUP-05: an edit reaches whoever holds it, with what they used; what is deleted is taken back from the list', async () => {
  const { negocio, post, cupon } = await local()
  const ana = await crearShopper(servidor)
  const c = await cupon({ limitePorCliente: 2 })
  const { codigoUnico } = (await suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })).cuerpo.data as {
    codigoUnico: string
  }
  await post('/api/scanya/aplicar-cupon', { codigo: codigoUnico, monto: 250, metodoPago: 'efectivo' })
  const documento = async () => {
    await difundirCupones(servidor.deps)
    await proyectarTodo(servidor.deps)
    const [doc] = await miasDe(ana.usuarioId, 'cupon')
    return [doc?.titulo, doc?.usados, doc?.activo]
  }
  assert.equal(await documento(), ['30 % en tu pizza', 1, true])
  const editar = async (campos: object) => {
    servidor.reloj.avanzar(SEGUNDO)
    await crearCupones(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [
      nuevo({ ...campos, id: c.id, codigo: c.codigo, limitePorCliente: 2 }),
    ])
  }
  await editar({ titulo: '40 % en tu pizza' })
  assert.equal(await documento(), ['40 % en tu pizza', 1, true])
  await editar({ titulo: '40 % en tu pizza', activo: false })
  assert.equal(await documento(), ['40 % en tu pizza', 1, false])
  assert.is(await difundirCupones(servidor.deps), 0, 'nothing is left to tell')
})

test('CUP-05: two edits in one instant, or one while a cupón is being kept, reach whoever holds it', async () => {
  const { negocio, cupon } = await local()
  const [ana, eva] = [await crearShopper(servidor), await crearShopper(servidor)]
  const c = await cupon()
  const editar = async (titulo: string, quien = negocio.dueno.usuarioId) => {
    await crearCupones(servidor.deps, negocio.negocioId, quien, [nuevo({ titulo, id: c.id, codigo: c.codigo })])
    await difundirCupones(servidor.deps)
  }
  const titulo = async ({ usuarioId }: ShopperDePrueba) => {
    await proyectarTodo(servidor.deps)
    return (await miasDe(usuarioId, 'cupon'))[0]?.titulo
  }
  await suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  servidor.reloj.avanzar(SEGUNDO)
  await editar('uno')
  await editar('dos', 'ffffffff-ffff-7fff-bfff-ffffffffffff')
  assert.is(await titulo(ana), 'dos')
  const { deps } = servidor
  let veces = 0
  const negocioCon: typeof deps.db.negocio = async (...args) => {
    if (++veces === 2) {
      servidor.reloj.avanzar(SEGUNDO)
      await editar('tres')
    }
    return deps.db.negocio(...args)
  }
  await guardarCupon({ ...deps, db: { ...deps.db, negocio: negocioCon } }, eva.usuarioId, negocio.negocioId, c.id)
  assert.is(await titulo(eva), 'tres')
})

test('CUP-19..22: told three days before, on the last day, when it is over and when it was used; each once, and only who could still use it', async () => {
  const { negocio, post, cupon } = await local()
  const [ana, eva] = [await crearShopper(servidor), await crearShopper(servidor)]
  const venceAt = servidor.reloj.ahora() + 10 * DIA
  const c = await cupon({ venceAt })
  for (const quien of [ana, eva]) await suyo(quien, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const { codigo_unico: _u, ...fila } = (
    await servidor.db.superusuario`
    select codigo_unico as codigo from cupon_usuarios where cupon_id = ${c.id} and usuario_id = ${eva.usuarioId}`
  )[0]
  const usarlo = async () =>
    (await post<{ id: string }>('/api/scanya/aplicar-cupon', { codigo: fila.codigo, monto: 250, metodoPago: 'efectivo' })).cuerpo.data.id
  const primera = await usarlo()
  const dicen = async (quien: ShopperDePrueba) => {
    for (let i = 0; i < 2; i++) await avisarDeCupones(servidor.deps)
    return (await notificaciones(quien.usuarioId)).map((a) => a.titulo)
  }
  assert.equal([await dicen(ana), await dicen(eva)], [[], ['Usaste un cupón']])
  // The sale never was, and she uses it again: that is another use, also when both came in between two looks.
  servidor.reloj.avanzar(SEGUNDO)
  assert.is((await post(`/api/scanya/anulacion/${primera}`, { motivo: 'error' })).estado, 200)
  await usarlo()
  assert.equal(await dicen(eva), ['Usaste un cupón', 'Usaste un cupón'])
  servidor.reloj.avanzar(venceAt - servidor.reloj.ahora() - 3 * DIA)
  assert.equal(await dicen(ana), ['Tu cupón está por vencer'])
  servidor.reloj.avanzar(2 * DIA)
  assert.equal(await dicen(ana), ['Tu cupón está por vencer', '¡Último día de tu cupón!'])
  servidor.reloj.avanzar(DIA + 1)
  assert.equal(await dicen(ana), ['Tu cupón está por vencer', '¡Último día de tu cupón!', 'Un cupón venció'])
  assert.equal(await dicen(eva), ['Usaste un cupón', 'Usaste un cupón'])
  // The merchant gives it a week more: its end is told again.
  servidor.reloj.avanzar(SEGUNDO)
  await crearCupones(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [
    nuevo({ id: c.id, codigo: c.codigo, venceAt: venceAt + 7 * DIA }),
  ])
  await difundirCupones(servidor.deps)
  servidor.reloj.avanzar(5 * DIA)
  assert.is((await dicen(ana)).length, 4)
})

test('CUP-16, 19, 26: one whose uses in all are spent is offered, kept and sent no more, and its end is told to nobody; what was kept stays', async () => {
  const { negocio, post, cupon } = await local()
  const [ana, bea, eva] = [await crearShopper(servidor), await crearShopper(servidor), await crearShopper(servidor)]
  const [cliente] = await clientela(negocio.negocioId, 1)
  const venceAt = servidor.reloj.ahora() + 10 * DIA
  const c = await cupon({ venceAt, limiteTotal: 1 })
  const guardar = (quien: ShopperDePrueba) => suyo(quien, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const leVen = async (quien: ShopperDePrueba) => {
    const { data } = (await suyo(quien, `/api/cardya/cupones/disponibles/${negocio.negocioId}`)).cuerpo as { data: { cupones: unknown[] } }
    return data.cupones.length
  }
  const { codigoUnico: codigo } = (await guardar(ana)).cuerpo.data as { codigoUnico: string }
  await guardar(bea)
  assert.is(await leVen(eva), 1)
  const elegidos = { a: 'elegidos', clientes: [cliente] }
  const { envioId } = (await post<{ envioId: string }>(`/api/cupones/${c.id}/asignar`, elegidos)).cuerpo.data
  assert.is((await post('/api/scanya/aplicar-cupon', { codigo, monto: 250, metodoPago: 'efectivo' })).estado, 200)

  assert.is(await leVen(eva), 0)
  assert.is((await guardar(eva)).cuerpo.code, 'cupon_repetido')
  assert.is((await guardar(bea)).estado, 200)
  assert.is((await post(`/api/cupones/${c.id}/asignar`, elegidos)).cuerpo.code, 'cupon_repetido')
  assert.is((await post(`/api/cupones/${c.id}/reenviar`, {})).cuerpo.code, 'cupon_repetido')
  await asignarCupones(servidor.deps)
  const [envio] = await servidor.db.superusuario`select hechos, estado from cupon_envios where id = ${envioId}`
  assert.equal([envio.hechos, envio.estado], [0, 'terminado'], 'asked for before the last use')

  const dicen = async () => {
    await avisarDeCupones(servidor.deps)
    return (await notificaciones(bea.usuarioId)).map((a) => a.titulo)
  }
  servidor.reloj.avanzar(venceAt - servidor.reloj.ahora() - 3 * DIA)
  assert.equal(await dicen(), [])
  // Its only use was given back.
  await servidor.db.superusuario`update cupones set usados = 0 where id = ${c.id}`
  assert.is(await leVen(eva), 1)
  servidor.reloj.avanzar(2 * DIA)
  assert.equal(await dicen(), ['¡Último día de tu cupón!'])
})

test('CUP-19..22: of a cupón for Tijuana that ends with its day nobody hears at night, and its day is that of there', async () => {
  const TIJUANA = 'America/Tijuana'
  const sucursales = [{ nombre: 'Centro' }, { nombre: 'Playas', zonaHoraria: TIJUANA }]
  const { negocioId, dueno, sucursales: hechas } = await crearNegocioDePrueba(servidor, { nombre: 'Café Baja', sucursales })
  const ana = await crearShopper(servidor)
  const dia = diaLocal(servidor.reloj.ahora() + 10 * DIA, TIJUANA)
  const venceAt = Date.parse(`${dia}T23:59:59.999-08:00`)
  const [c] = await crearCupones(servidor.deps, negocioId, dueno.usuarioId, [nuevo({ venceAt, sucursales: [hechas[1]!.id] })])
  await suyo(ana, `/api/cardya/cupones/${c!.id}/guardar`, { negocioId })
  const dicen = async (at: number) => {
    servidor.reloj.avanzar(at - servidor.reloj.ahora())
    await avisarDeCupones(servidor.deps)
    const { data } = (await suyo(ana, '/api/cardya/notificaciones')).cuerpo as {
      data: { notificaciones: { titulo: string; cuerpo: string }[] }
    }
    return data.notificaciones.map(({ titulo, cuerpo }) => `${titulo} ${cuerpo.replace(/^.*Café Baja/, '')}`)
  }
  const medianoche = venceAt + 1
  const ultimo = new RegExp(`^¡Último día de tu cupón! : hasta el ${Number(dia.slice(8))} `)
  assert.is((await dicen(medianoche - 3 * DIA)).length, 0)
  assert.is((await dicen(medianoche - 3 * DIA + 9 * HORA)).length, 1)
  assert.is((await dicen(medianoche - DIA + 9 * HORA - 1)).length, 1)
  assert.match((await dicen(medianoche - DIA + 9 * HORA))[0]!, ultimo)
  assert.is((await dicen(medianoche)).length, 2)
  assert.is((await dicen(medianoche + 9 * HORA))[0], 'Un cupón venció .')
})

async function notificaciones(usuarioId: string) {
  const { notificaciones } = notificacionesDe(await miasDe(usuarioId, 'aviso'))
  return notificaciones.reverse().map((n) => textoDeNotificacion(n, 'es', ZONA))
}

test('[R3] a use that was given back and counts no more is kept with what it cost', async () => {
  const { negocio, post, cupon } = await local()
  const c = await cupon({ limiteTotal: 1 })
  const vender = async () =>
    (await post<{ id: string; total: number }>('/api/scanya/aplicar-cupon', { codigo: c.codigo, monto: 250, metodoPago: 'efectivo' }))
      .cuerpo.data.id
  const primera = await vender()
  await post(`/api/scanya/reembolso/${primera}`, { monto: 175, motivo: 'Fría' })
  await vender()
  const r = await post(`/api/scanya/cambio-monto/${primera}`, { monto: 200, motivo: 'Faltaba una' })
  assert.is(r.estado, 200, r.cuerpo.code)
  const [uso] = await servidor.db.superusuario`
    select estado, motivo, costo_centavos from cupon_usos where negocio_id = ${negocio.negocioId} and transaccion_id = ${primera}`
  assert.equal({ ...uso }, { estado: 'excedido', motivo: 'cupon_repetido', costoCentavos: 7_500 })
})

test('CUP-02, 05: sent, redeemed, rate and cost; who used it; a copy with a code of its own', async () => {
  const { negocio, post, cupon, token } = await local()
  await clientela(negocio.negocioId, 3)
  const c = await cupon({ publico: false, limiteTotal: 1 })
  await post(`/api/cupones/${c.id}/asignar`, { a: 'todos' })
  await asignarCupones(servidor.deps)
  const codigos = await servidor.db.superusuario`select codigo_unico from cupon_usuarios where cupon_id = ${c.id}`
  await post('/api/scanya/aplicar-cupon', { codigo: codigos[0].codigoUnico, monto: 250, metodoPago: 'efectivo' })
  const leer = async <T>(camino: string) => (await pedir<T>(servidor, camino, { token: await token() })).cuerpo.data
  type Uso = { cliente: string; descuento: number; pagado: number; estado: string }
  const e = await leer<{ enviados: number; canjeados: number; tasa: number; costo: number; usos: Uso[] }>(
    `/api/cupones/${c.id}/estadisticas`,
  )
  assert.equal([e.enviados, e.canjeados, e.tasa, e.costo, e.usos.length], [3, 1, 33.3, 75, 1])
  const [uso] = e.usos
  assert.ok(uso?.cliente.startsWith('Luz'))
  assert.equal([uso?.descuento, uso?.pagado, uso?.estado], [75, 175, 'usado'])
  const { cuponId } = (await post<{ cuponId: string }>(`/api/cupones/${c.id}/duplicar`, {}, 'copia-una-vez')).cuerpo.data
  assert.is((await post<{ cuponId: string }>(`/api/cupones/${c.id}/duplicar`, {}, 'copia-una-vez')).cuerpo.data.cuponId, cuponId)
  const [copia] = await servidor.db.superusuario`select titulo, codigo, activo, usados from cupones where id = ${cuponId}`
  assert.equal({ ...copia }, { titulo: '30 % en tu pizza (copia)', codigo: `${c.codigo}-2`, activo: false, usados: 0 })
  const todas = await leer<{ cupones: { cuponId: string; tasa: number | null }[] }>('/api/cupones/metricas')
  assert.equal(todas.cupones.map((x) => x.tasa).sort(), [33.3, null])
})

test('SCAN-38: a client who was only named uses what they hold by their own code; what they do not hold asks for the card', async () => {
  const { negocio, post, cupon } = await local()
  const ana = await crearShopper(servidor)
  const { identificacionId } = (await post<{ identificacionId: string }>('/api/scanya/identificar-cliente', { qrPayload: await ana.qr() }))
    .cuerpo.data
  await post('/api/scanya/venta', { identificacionId, monto: 10, metodoPago: 'efectivo' })
  const c = await cupon()
  const pedido = { cuponId: c.id, clienteId: ana.usuarioId, monto: 250, metodoPago: 'efectivo' }
  assert.is((await post('/api/scanya/venta', pedido)).cuerpo.code, 'IDENTIFICACION_INVALIDA')
  await suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const r = await post<Record<string, unknown>>('/api/scanya/venta', pedido)
  assert.equal([r.cuerpo.data.monto, r.cuerpo.data.origen, r.cuerpo.data.clienteId], [175, 'sin_qr', ana.usuarioId])
  const [fila] = await servidor.db.superusuario`select usados from cupon_usuarios where cupon_id = ${c.id}`
  assert.is(fila.usados, 1)
  await proyectarTodo(servidor.deps)
  assert.is(((await suyo(ana, '/api/cardya/cupones')).cuerpo.data as { ahorroTotal: number }).ahorroTotal, 75, 'CUP-17')
})

/** A statement whose text is not known beforehand. */
const suelta = (texto: string) => servidor.db.superusuario(Object.assign([texto], { raw: [texto] }))

test('CUP-17: a cupón used by its code without the card counts as saved, until its purchase is cancelled; claimed by its ticket, once', async () => {
  const { negocio, post, cupon } = await local()
  const ana = await crearShopper(servidor)
  const c = await cupon({ limitePorCliente: 3 })
  const guardado = await suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const { codigoUnico: codigo } = guardado.cuerpo.data as { codigoUnico: string }
  const usar = async () =>
    (await post<{ id: string }>('/api/scanya/aplicar-cupon', { codigo, monto: 250, metodoPago: 'efectivo' })).cuerpo.data.id
  const ahorro = async () => {
    await proyectarTodo(servidor.deps)
    return ((await suyo(ana, '/api/cardya/cupones')).cuerpo.data as { ahorroTotal: number }).ahorroTotal
  }
  const [primera, segunda] = [await usar(), await usar()]
  assert.is(await ahorro(), 150)
  // An edit writes the whole cupón anew.
  servidor.reloj.avanzar(SEGUNDO)
  const editado = nuevo({ id: c.id, codigo: c.codigo, limitePorCliente: 3, titulo: 'Otro' })
  await crearCupones(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [editado])
  await difundirCupones(servidor.deps)
  await post(`/api/scanya/anulacion/${primera}`, { motivo: 'error' })
  assert.is(await ahorro(), 75)
  const [tarjeta] = await servidor.db.superusuario`select card_id from tarjetas where usuario_id = ${ana.usuarioId}`
  const datos = { transaccionId: segunda, usuarioId: ana.usuarioId, cardId: tarjeta.cardId, alias: 'Ana L.', nivel: 'bronce' as const }
  assert.ok(await asentarHechoDelServidor(servidor.deps, negocio.negocioId, 'venta.reclamada', datos))
  assert.equal([await ahorro(), (await miasDe(ana.usuarioId, 'venta')).map((v) => v.descuentoCentavos)], [75, [7_500]])

  // Those of before are written by a migration, and phones begin again.
  const tercera = await usar()
  assert.is(await ahorro(), 150)
  const antes = await miasDe(ana.usuarioId, 'ahorro')
  await servidor.db.superusuario`delete from mias where usuario_id = ${ana.usuarioId} and tipo = 'ahorro'`
  assert.is(await ahorro(), 75)
  const migracion = leerMigraciones().find((m) => m.nombre.startsWith('0033'))!
  for (let vez = 0; vez < 2; vez++) for (const una of migracion.texto.split(/;\n/).filter((parte) => parte.trim())) await suelta(una)
  const deCuales = (docs: typeof antes) => docs.map(({ at: _, ...doc }) => doc)
  const sinReclamar = antes.filter(({ id }) => !id.endsWith(segunda))
  assert.equal(deCuales(await miasDe(ana.usuarioId, 'ahorro')), deCuales(sinReclamar))
  assert.ok(sinReclamar.some(({ id }) => id === `ahorro:${negocio.negocioId}:${tercera}`))
  assert.is(await ahorro(), 150)
})

test('EMP-11, SCAN-06: without validarCupones there are none: not in the list of a client, not in a sale, not by their code', async () => {
  const { negocio, post, cupon } = await local()
  const c = await cupon()
  const ficha = { nombre: 'Eva', nick: 'eva', pin: '739154', sucursalId: negocio.sucursalId }
  const permisosScanYA = { ...CAJERO_AVANZADO, cupones: { validarCupones: false, validarCanjes: false } }
  await crearEmpleado(servidor.deps, negocio.negocioId, { ...ficha, permisosScanYA })
  const { token } = (await loginEmpleado(servidor, await altaDeCaja(servidor, negocio), 'eva', '739154')).cuerpo.data
  const conElla = <T>(camino: string, cuerpo: unknown) =>
    pedir<T>(servidor, camino, { token, cuerpo, cabeceras: { 'idempotency-key': `eva-${++cuantos}-eva` } })
  const ana = await crearShopper(servidor)
  const quien = await conElla<{ cupones: unknown[] }>('/api/scanya/identificar-cliente', { qrPayload: await ana.qr() })
  assert.equal(quien.cuerpo.data.cupones, [])
  const venta = { monto: 250, metodoPago: 'efectivo' }
  for (const [camino, cuerpo] of [
    ['/api/scanya/validar-cupon', { codigo: c.codigo }],
    ['/api/scanya/aplicar-cupon', { ...venta, codigo: c.codigo }],
    ['/api/scanya/venta', { ...venta, codigo: c.codigo }],
  ] as const)
    assert.is((await conElla(camino, cuerpo)).cuerpo.code, 'SIN_PERMISO', camino)
  const dueno = await post<{ cupones: unknown[] }>('/api/scanya/identificar-cliente', { qrPayload: await ana.qr() })
  assert.is(dueno.cuerpo.data.cupones.length, 1)
})

test('codes typed in vain are few a minute; those that are good are not counted', async () => {
  const { negocio, cupon } = await local()
  const c = await cupon()
  const limites = { ...servidor.deps.env.limites, cuponesEnVanoPorMinuto: 2 }
  const estricto = await createTestServer({ db: servidor.db, env: { limites }, reloj: servidor.reloj })
  const token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const decir = async (codigo: string) =>
    (await pedir(estricto, '/api/scanya/validar-cupon', { token, cuerpo: { codigo } })).cuerpo.code ?? 'ok'
  assert.equal(
    [await decir(c.codigo), await decir(c.codigo), await decir('NO-HAY-1'), await decir('NO-HAY-2'), await decir('NO-HAY-3')],
    ['ok', 'ok', 'CUPON_INVALIDO', 'CUPON_INVALIDO', 'DEMASIADAS_PETICIONES'],
  )
})

test('CUP-06: over HTTP each kind takes off what it gives; two for one and a gift by the price that is said', async () => {
  const { post, cupon } = await local()
  const de = async (datos: Partial<CuponNuevo>, regalado?: number) => {
    const { codigo } = await cupon({ compraMinimaCentavos: 0, ...datos })
    const r = await post<{ descuento: number; aPagar: number }>('/api/scanya/validar-cupon', {
      codigo,
      total: '100.10',
      ...(regalado ? { regalado } : {}),
    })
    return [r.cuerpo.data.descuento, r.cuerpo.data.aPagar]
  }
  assert.equal(await de({ tipo: 'porcentaje', valor: 15 }), [15.02, 85.08])
  assert.equal(await de({ tipo: 'monto', valor: 20_000 }), [100.1, 0])
  assert.equal(await de({ tipo: 'dos_por_uno', valor: 0 }, 40), [40, 60.1])
  assert.equal(await de({ tipo: 'regalo', valor: 0 }), [0, 100.1], 'nothing was given free in this sale')
})

test.run()
