import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sha256 } from '../../schema/core/ids.ts'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { DefinicionDeCupon } from '../../schema/domain/hechos/libro.ts'
import type { Checkpoint } from '../../schema/protocol/pull.ts'
import type { Sesion } from '../context.ts'
import { leerMigraciones } from '../db/migrate.ts'
import { avisarQrRepetidos, DIAS_DE_USOS, limpiarUsos } from '../jobs/avisar-qr.ts'
import { asentarLifetime } from '../jobs/settlement.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, crearShopper, createTestServer } from '../testing/servidor.ts'
import { iniciarProyector, proyectar, proyectarTodo } from './projector.ts'
import { asientaAt, documentoDeMiCupon } from './proyeccion.ts'
import { pull } from './pull.ts'

const servidor = await createTestServer()
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

async function unaCaja() {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  return { negocio, diario }
}
const mias = async (usuarioId: string) =>
  new Map((await sql`select id, doc from mias where usuario_id = ${usuarioId} order by id`).map((f) => [f.id as string, f.doc]))
const persona = async (id: string) => (await sql`select puntos_lifetime, nivel_cardya from usuarios where id = ${id}`)[0]

test('a sale reaches its shopper once, with names frozen in it', async () => {
  const { negocio, diario } = await unaCaja()
  const ana = await crearShopper(servidor)
  const venta = await diario.vender({ qr: await ana.qr() })
  await diario.subir()
  const oidos: number[] = []
  const quitar = deps.hub.suscribir(`usuario:${ana.usuarioId}`, ({ seq }) => oidos.push(seq))
  assert.is(await proyectar(deps, ana.usuarioId), 1)
  assert.is(await proyectar(deps, ana.usuarioId), 0)
  quitar()
  const docs = await mias(ana.usuarioId)
  const { negocioId } = negocio
  assert.equal([...docs.keys()], [`historial:${negocioId}:${venta.id}`, 'perfil', `puntos:${negocioId}`, `venta:${negocioId}:${venta.id}`])
  assert.equal(docs.get(`puntos:${negocio.negocioId}`), {
    id: `puntos:${negocio.negocioId}`,
    tipo: 'puntos',
    negocioId: negocio.negocioId,
    negocioNombre: 'Negocio de prueba',
    disponibles: 50,
    acumulados: 50,
    retenidos: 0,
  })
  const log = await sql`select seq, pk from cambios_usuario where usuario_id = ${ana.usuarioId} order by seq`
  assert.equal(
    log.map((c) => c.seq),
    [1, 2, 3, 4],
  )
  assert.equal(oidos, [4])
  assert.is((await persona(ana.usuarioId)).puntosLifetime, 0)
})

test('events of a negocio apply in order, of several negocios all', async () => {
  const a = await unaCaja()
  const b = await unaCaja()
  const [ana, luis] = [await crearShopper(servidor), await crearShopper(servidor)]
  for (let i = 0; i < 3; i++) {
    for (const { diario } of [a, b]) {
      for (const s of [ana, luis]) await diario.vender({ qr: await s.qr() })
      await diario.subir()
    }
  }
  assert.is(await proyectar(deps, ana.usuarioId), 6)
  assert.is(await proyectarTodo(deps), 6)
  for (const { usuarioId } of [ana, luis]) {
    const docs = await mias(usuarioId)
    for (const { negocio } of [a, b]) assert.is(docs.get(`puntos:${negocio.negocioId}`).disponibles, 150)
  }
})

test('lifetime settles 24 h after the sale and not before; the nivel rises, once, with a notice', async () => {
  const { diario } = await unaCaja()
  const ana = await crearShopper(servidor)
  await diario.vender({ qr: await ana.qr(), montoCentavos: 4_999_000 })
  await diario.vender({ qr: await ana.qr(), montoCentavos: 1_000 })
  await diario.subir()
  await proyectarTodo(deps)
  reloj.avanzar(DIA - MINUTO)
  await asentarLifetime(deps)
  assert.equal((await persona(ana.usuarioId)).puntosLifetime, 0)
  reloj.avanzar(MINUTO)
  assert.ok((await asentarLifetime(deps)) >= 2)
  assert.is(await asentarLifetime(deps), 0)
  assert.equal(await persona(ana.usuarioId), { puntosLifetime: 5_000, nivelCardya: 'plata' })
  const docs = await mias(ana.usuarioId)
  assert.equal(
    [docs.get('perfil').puntosLifetime, docs.get('perfil').nivel, docs.get('aviso:nivel:plata').nivel],
    [5_000, 'plata', 'plata'],
  )
})

test('a cancellation within 24 h takes the points out, whether settlement ran or not', async () => {
  const { diario } = await unaCaja()
  const ana = await crearShopper(servidor)
  const venta = await diario.vender({ qr: await ana.qr() })
  await diario.subir()
  await proyectarTodo(deps)
  reloj.avanzar(2 * HORA)
  await diario.escribir('anulacion', { transaccionId: venta.id, motivo: 'error' })
  await diario.subir()
  // Settlement gets ahead of the projector: it applies what is in the outbox first.
  reloj.avanzar(2 * DIA)
  await asentarLifetime(deps)
  assert.is((await persona(ana.usuarioId)).puntosLifetime, 0)
  assert.equal(
    (await sql`select estado from lifetime_pendiente where usuario_id = ${ana.usuarioId}`).map((f) => f.estado),
    ['anulado'],
  )
})

test('a cancellation that committed late is decided by its hours: the settled points come out, the nivel stays', async () => {
  const { diario } = await unaCaja()
  const ana = await crearShopper(servidor)
  const venta = await diario.vender({ qr: await ana.qr(), montoCentavos: 4_990_000 })
  const otra = await diario.vender({ qr: await ana.qr(), montoCentavos: 100_000 })
  await diario.subir()
  await proyectarTodo(deps)
  reloj.avanzar(2 * HORA)
  await diario.escribir('anulacion', { transaccionId: otra.id, motivo: 'error' })
  await diario.subir()
  const [evento] = await sql`select * from usuario_eventos where usuario_id = ${ana.usuarioId} and aplicado_at is null`
  // The outbox row becomes visible only after settlement, as in a transaction that was slow to commit.
  await sql`update usuario_eventos set aplicado_at = now() where hecho_id = ${evento.hechoId}`
  reloj.avanzar(2 * DIA)
  await asentarLifetime(deps)
  assert.equal(await persona(ana.usuarioId), { puntosLifetime: 5_090, nivelCardya: 'plata' })
  await sql`update usuario_eventos set aplicado_at = null where hecho_id = ${evento.hechoId}`
  await proyectarTodo(deps)
  assert.equal(await persona(ana.usuarioId), { puntosLifetime: 4_990, nivelCardya: 'plata' })
  assert.is((await mias(ana.usuarioId)).get('perfil').puntosLifetime, 4_990)
  assert.ok(venta.id)
})

test('[R6] neither a refund nor a cancellation after 24 h lowers lifetime', async () => {
  const { diario } = await unaCaja()
  const ana = await crearShopper(servidor)
  const [a, b] = [await diario.vender({ qr: await ana.qr() }), await diario.vender({ qr: await ana.qr() })]
  await diario.escribir('reembolso', { folio: 'C9-000009', transaccionId: a.id, montoCentavos: 50_000, motivo: 'x' })
  await diario.subir()
  reloj.avanzar(DIA + HORA)
  await diario.escribir('anulacion', { transaccionId: b.id, motivo: 'x' })
  await diario.subir()
  await proyectarTodo(deps)
  await asentarLifetime(deps)
  assert.is((await persona(ana.usuarioId)).puntosLifetime, 100)
})

test('points settle no earlier than an hour after receipt', () => {
  assert.is(asientaAt(0, 0), DIA)
  assert.is(asientaAt(0, 3 * DIA), 3 * DIA + HORA)
})

test('woken by the hub, it applies while others fail', async () => {
  const { diario, negocio } = await unaCaja()
  const [ana, luis] = [await crearShopper(servidor), await crearShopper(servidor)]
  for (const s of [ana, luis]) await diario.vender({ qr: await s.qr() })
  await diario.subir()
  const [evento] = await sql`select cuerpo from usuario_eventos where usuario_id = ${ana.usuarioId}`
  await sql`update usuario_eventos set cuerpo = '{}' where usuario_id = ${ana.usuarioId}`
  const parar = iniciarProyector(deps)
  const avisado = new Promise<void>((listo) => deps.hub.suscribir(`usuario:${luis.usuarioId}`, () => listo()))
  deps.hub.despertarProyector([ana.usuarioId, luis.usuarioId])
  await avisado
  await parar()
  assert.not((await mias(ana.usuarioId)).has(`puntos:${negocio.negocioId}`))
  assert.ok((await mias(luis.usuarioId)).has(`puntos:${negocio.negocioId}`))
  await sql`update usuario_eventos set cuerpo = ${JSON.stringify(evento.cuerpo)}::text::jsonb where usuario_id = ${ana.usuarioId}`
  assert.is(await proyectarTodo(deps), 1)
  assert.ok((await mias(ana.usuarioId)).has(`puntos:${negocio.negocioId}`))
})

test('shoppers that fail do not keep out who waits behind them, and are tried again later, longer each time', async () => {
  const { diario } = await unaCaja()
  const [luis, ...rotos] = await Promise.all(Array.from({ length: 4 }, () => crearShopper(servidor)))
  for (const s of [...rotos, luis!]) await diario.vender({ qr: await s.qr() })
  await diario.subir()
  for (const { usuarioId } of rotos) await sql`update usuario_eventos set cuerpo = '{}' where usuario_id = ${usuarioId}`
  assert.is(await proyectarTodo(deps, 1), 1)
  assert.ok((await mias(luis!.usuarioId)).has('perfil'))
  const fallan = async () => {
    const oidos: unknown[] = []
    const log = { ...deps.log, error: (...args: unknown[]) => oidos.push(args), warn: () => {} }
    await proyectarTodo({ ...deps, log: log as unknown as typeof deps.log })
    return oidos.length
  }
  assert.is(await fallan(), 0, 'they wait')
  reloj.avanzar(10 * SEGUNDO)
  assert.is(await fallan(), 3)
  reloj.avanzar(10 * SEGUNDO)
  assert.is(await fallan(), 0)
  reloj.avanzar(10 * SEGUNDO)
  assert.is(await fallan(), 3)
  await sql`delete from usuario_eventos where aplicado_at is null`
})

test('many shoppers at once: each with all of theirs, in order, whatever does not fit in one turn', async () => {
  const { diario, negocio } = await unaCaja()
  const shoppers = await Promise.all(Array.from({ length: 53 }, () => crearShopper(servidor)))
  for (const s of shoppers) await diario.vender({ qr: await s.qr() })
  const anulada = await diario.vender({ qr: await (shoppers[0] as (typeof shoppers)[0]).qr() })
  await diario.escribir('anulacion', { transaccionId: anulada.id, motivo: 'error' })
  await diario.subir()
  assert.is(await proyectarTodo(deps), 55)
  for (const { usuarioId } of shoppers) {
    const log = await sql`select seq, pk from cambios_usuario where usuario_id = ${usuarioId} order by seq`
    assert.equal(
      log.map((c) => c.seq),
      log.map((_, i) => i + 1),
    )
    assert.equal((await mias(usuarioId)).get(`puntos:${negocio.negocioId}`).disponibles, 50)
  }
  assert.is(await proyectarTodo(deps), 0)
})

const alertas = async (negocioId: string) =>
  sql`select id, datos from avisos where negocio_id = ${negocioId} and tipo = 'alerta' and regla = 'R2'`
const usosDe = async (usuarioId: string) =>
  (await sql`select estado from usos_de_tarjeta where usuario_id = ${usuarioId} order by uso, estado`).map((f) => f.estado)

for (const [como, aplicar] of [
  ['one by one', (ids: string[]) => Promise.all(ids.map((id) => proyectar(deps, id)))],
  ['together', () => proyectarTodo(deps)],
] as const)
  test(`[R2] one QR in two negocios, applied ${como}: each dueño hears of their own sale once, and the points stay`, async () => {
    const [a, b] = [await unaCaja(), await unaCaja()]
    const [ana, luis] = [await crearShopper(servidor), await crearShopper(servidor)]
    const ids = [ana.usuarioId, luis.usuarioId]
    const [qrDeAna, qrDeLuis] = [await ana.qr(), await luis.qr()]
    const primera = await a.diario.vender({ qr: qrDeAna })
    await a.diario.vender({ qr: qrDeLuis })
    await a.diario.subir()
    await aplicar(ids)
    assert.is(await avisarQrRepetidos(deps), 0)
    reloj.avanzar(MINUTO)
    const segunda = await b.diario.vender({ qr: qrDeAna })
    await b.diario.vender({ qr: await luis.qr() })
    await b.diario.subir()
    await aplicar(ids)
    assert.equal(
      [await usosDe(ana.usuarioId), await usosDe(luis.usuarioId)],
      [
        ['repetido', 'repetido'],
        ['visto', 'visto'],
      ],
    )
    assert.is(await avisarQrRepetidos(deps), 2)
    for (const [{ negocio }, venta] of [
      [a, primera],
      [b, segunda],
    ] as const) {
      const [fila] = await sql`select folio, eff_at from transacciones where id = ${venta.id}`
      const datos = { transaccionId: venta.id, folio: fila.folio, effAt: fila.effAt, otroNegocio: true }
      assert.equal([...(await alertas(negocio.negocioId))], [{ id: `${venta.id}:qr_repetido:otro`, datos }])
      const [puntos] = await sql`select puntos_disponibles, puntos_retenidos from puntos_por_negocio
        where negocio_id = ${negocio.negocioId} and usuario_id = ${ana.usuarioId}`
      assert.equal({ ...puntos }, { puntosDisponibles: 50, puntosRetenidos: 0 })
    }
    // The whole outbox again: nobody is told anything new.
    await sql`update usuario_eventos set aplicado_at = null where usuario_id = any(${ids}::uuid[])`
    await aplicar(ids)
    assert.equal([await usosDe(ana.usuarioId), await avisarQrRepetidos(deps)], [['avisado', 'avisado'], 0])
  })

test('[R2] a QR seen by two negocios before either was applied is told to both, by a crash too; uses are forgotten after 40 days', async () => {
  const [a, b] = [await unaCaja(), await unaCaja()]
  const ana = await crearShopper(servidor)
  const qr = await ana.qr()
  for (const { diario } of [a, b]) {
    await diario.vender({ qr })
    await diario.vender({ qr })
    await diario.subir()
  }
  await proyectarTodo(deps)
  reloj.avanzar((DIAS_DE_USOS + 1) * DIA)
  await limpiarUsos(deps)
  assert.is(await avisarQrRepetidos(deps), 2)
  await sql`update usos_de_tarjeta set estado = 'repetido' where usuario_id = ${ana.usuarioId}`
  assert.is(await avisarQrRepetidos(deps), 0)
  await limpiarUsos(deps)
  assert.equal([await usosDe(ana.usuarioId), (await alertas(a.negocio.negocioId)).length], [[], 1])
})

test('what a negocio says of a sale that has the id of a sale of another moves nothing of the other, nor how it looks', async () => {
  const [a, b] = [await unaCaja(), await unaCaja()]
  const ana = await crearShopper(servidor)
  const venta = await a.diario.vender({ qr: await ana.qr() })
  await a.diario.subir()
  await proyectarTodo(deps)
  const nombres = ({ negocio: { negocioId } }: typeof a) => [`historial:${negocioId}:${venta.id}`, `venta:${negocioId}:${venta.id}`]
  const suyos = async (caja: typeof a) => {
    const docs = await mias(ana.usuarioId)
    return nombres(caja).map((id) => docs.get(id))
  }
  const antes = await suyos(a)
  await b.diario.vender({ qr: await ana.qr(), montoCentavos: 90_000 }, { id: venta.id })
  await b.diario.escribir('cambio_monto', { transaccionId: venta.id, montoCentavos: 80_000, motivo: 'error' })
  await b.diario.subir()
  await proyectarTodo(deps)
  const vidas = () => sql`
    select de_negocio, puntos, estado from lifetime_pendiente where usuario_id = ${ana.usuarioId} order by de_negocio = ${a.negocio.negocioId} desc`
  const [deA, deB] = [a.negocio.negocioId, b.negocio.negocioId]
  assert.equal(
    [...(await vidas())],
    [
      { deNegocio: deA, puntos: 50, estado: 'pendiente' },
      { deNegocio: deB, puntos: 80, estado: 'pendiente' },
    ],
  )
  await b.diario.escribir('anulacion', { transaccionId: venta.id, motivo: 'error' })
  await b.diario.subir()
  await proyectarTodo(deps)
  assert.equal(
    (await vidas()).map((v) => v.estado),
    ['pendiente', 'anulado'],
  )
  assert.equal(await suyos(a), antes)
  const [, ventaDeB] = await suyos(b)
  assert.equal([ventaDeB.estado, ventaDeB.montoCentavos], ['anulada', 80_000])
})

/** A statement whose text is not known beforehand. */
const suelta = (texto: string) => sql(Object.assign([texto], { raw: [texto] }))
const MIGRACION = leerMigraciones().find((m) => m.nombre.startsWith('0030'))!

test('[PU4] documents of before get their negocio into their names; a phone of yesterday begins again and ends with one row of each', async () => {
  const { diario, negocio } = await unaCaja()
  const ana = await crearShopper(servidor)
  const venta = await diario.vender({ qr: await ana.qr() })
  await diario.subir()
  await proyectarTodo(deps)
  const { negocioId } = negocio
  const cuponId = crypto.randomUUID()
  const leer = async (pedido: Checkpoint | null) =>
    pull(deps, { clase: 'cuenta', usuarioId: ana.usuarioId } as Sesion, { coleccion: 'mias', checkpoint: pedido, limite: 500 })
  const hoy = (await leer(null)).documents.map(({ id }) => id).sort()
  // As the release before wrote them, in its rows and in its log.
  for (const [tabla, columna, nombre] of [
    ['mias', 'doc', 'id'],
    ['cambios_usuario', 'despues', 'pk'],
  ] as const)
    await suelta(
      `update ${tabla} set ${nombre} = replace(${nombre}, ':${negocioId}:', ':'),
        ${columna} = jsonb_set(${columna}, '{id}', to_jsonb(replace(${nombre}, ':${negocioId}:', ':'))) where usuario_id = '${ana.usuarioId}'`,
    )
  const viejos = [`cupon:${cuponId}`, `aviso:cupon_nuevo:${cuponId}`, `aviso:cupon_por_vencer:${cuponId}:2:mabc`, 'aviso:leidas']
  for (const id of viejos) {
    const doc = { id, tipo: id.split(':')[0], ...(id === 'aviso:leidas' ? {} : { negocioId }) }
    await sql`insert into mias (usuario_id, id, tipo, doc) values (${ana.usuarioId}, ${id}, ${doc.tipo!}, ${JSON.stringify(doc)}::text::jsonb)`
  }
  assert.ok((await mias(ana.usuarioId)).has(`venta:${venta.id}`))
  for (let vez = 0; vez < 2; vez++) for (const una of MIGRACION.texto.split(/;\n/).filter((parte) => parte.trim())) await suelta(una)
  const cola = negocioId.slice(-12)
  const esperados = [
    ...hoy,
    `cupon:${negocioId}:${cuponId}`,
    ...[`aviso:cupon_nuevo:${cuponId}:${cola}`, `aviso:cupon_por_vencer:${cuponId}:${cola}:2:mabc`, 'aviso:leidas'],
  ].sort()
  const docs = await mias(ana.usuarioId)
  assert.equal([...docs.keys()].sort(), esperados)
  for (const [id, doc] of docs) assert.is(doc.id, id)
  const log = await sql`select pk, despues ->> 'id' as id from cambios_usuario where usuario_id = ${ana.usuarioId} order by pk`
  assert.equal([log.map((f) => f.pk), log.map((f) => f.id)], [hoy, hoy])
  // What the release before called this slice.
  const rebanada = (await sha256(JSON.stringify([2, 'mias', 'cuenta', null, null, null, null]))).slice(0, 16)
  const { epoca, seq } = (await leer(null)).checkpoint
  const deAyer = await leer({ epoca, seq, rebanada })
  assert.equal([deAyer.reiniciar, deAyer.documents], [true, []])
  // The replica then takes the whole and drops what is not in it (workers/replica/bajada.ts).
  assert.equal((await leer(null)).documents.map(({ id }) => id).sort(), esperados)
})

test('a cupón of a negocio that has the id of a cupón of another is a document of its own', () => {
  const definicion = { id: 'c', titulo: '2x1' } as unknown as DefinicionDeCupon
  const cupon = { definicion, usados: 0, codigoUnico: null, guardadoAt: 1, usadoAt: null }
  const de = (negocioId: string) => documentoDeMiCupon({ negocioId, negocioNombre: negocioId }, cupon, 1).id
  assert.equal([de('a'), de('b')], ['cupon:a:c', 'cupon:b:c'])
})

test.run()
