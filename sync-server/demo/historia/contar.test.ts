// @timeout 120
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import { verificarQr } from '../../../schema/domain/tarjetas/qr.ts'
import { metricasDe } from '../../domain/articulos/metricas.ts'
import { ventasDelDia as ventasDelServidor } from '../../domain/transacciones/consultar.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { createTestServer, type ServidorDePrueba } from '../../testing/servidor.ts'
import { crearMundoDemo, negocioDemo } from '../crear.ts'
import { crearTelefonos } from '../telefonos.ts'

const DIAS = 84
let servidor: ServidorDePrueba<DbDePrueba>
let avisadas = 0

test.before(async () => {
  servidor = await createTestServer({ env: { demo: true, demoDias: DIAS } })
  await crearMundoDemo(servidor.deps, (ventas) => {
    avisadas = ventas
  })
})
test.after(() => servidor.cerrar())

const sql = () => servidor.db.superusuario
const cuenta = async () => {
  const [fila] = await sql()`
    select (select count(*)::int from hechos_recibidos) as hechos, (select count(*)::int from dispositivos) as cajas,
      (select count(*)::int from tarjeta_llaves) as llaves, (select coalesce(sum(puntos_disponibles), 0)::int from puntos_por_negocio) as puntos`
  return fila as { hechos: number; cajas: number; llaves: number; puntos: number }
}

test('Juan is oro, Ana plata and María bronce on the way, by points their sales earned and that have settled', async () => {
  const filas = await sql()`
    select split_part(correo, '@', 1) as quien, nivel_cardya, puntos_lifetime from usuarios where correo like '%@example.mx' order by puntos_lifetime`
  assert.equal(
    filas.map((f) => [f.quien, f.nivelCardya]),
    [
      ['maria', 'bronce'],
      ['ana', 'plata'],
      ['juan', 'oro'],
    ],
  )
  const [maria, ana, juan] = filas.map((f) => Number(f.puntosLifetime))
  assert.ok(maria! > 500 && maria! < 5_000, `María ${maria}`)
  assert.ok(ana! >= 5_000 && ana! < 15_000, `Ana ${ana}`)
  assert.ok(juan! >= 15_000, `Juan ${juan}`)
  const qr = await verificarQr(await crearTelefonos(servidor.deps).qr('juan'), servidor.deps.llaves.porKid)
  assert.is(qr?.nivel, 'oro')
})

test('every entry was judged; what was odd waits for the dueño, with its rule, and what waited for 14 days ended by itself', async () => {
  const estados = await sql()`select distinct estado from veredictos order by 1`
  assert.equal(
    estados.map((e) => e.estado),
    ['aceptado', 'retenido'],
  )
  const [{ ventas, reembolsos, saldos }] = (await sql()`
    select (select count(*)::int from veredictos where tipo = 'venta') as ventas, (select count(*)::int from veredictos where tipo = 'reembolso') as reembolsos,
      (select count(*)::int from puntos_por_negocio where puntos_disponibles > 0) as saldos`) as unknown as [Record<string, number>]
  assert.ok(ventas! > 1_000 && ventas! < avisadas && reembolsos! > 5, `${ventas} sales, ${reembolsos} refunds`)
  assert.is(saldos, 9)
  const retenidas = await sql()`
    select regla, codigo, count(*) filter (where estado = 'activa')::int as esperan, count(*) filter (where estado <> 'activa')::int as terminaron
    from retenciones group by 1, 2 order by substr(regla, 2)::int`
  assert.equal(
    retenidas.map((r) => [r.regla, r.codigo]),
    [
      ['R2', 'qr_repetido'],
      ['R11', 'reloj'],
      ['R15', 'sin_licencia'],
    ],
  )
  assert.ok(retenidas.every((r) => r.esperan >= 1 && r.esperan <= 3 && r.terminaron > 5))
})

test('two laptops edited the catálogo, one of them away for a day: what could not be merged is in the inbox, told by name', async () => {
  const conflictos = await sql()`select regla, datos from avisos where resuelto_at is null order by regla`
  assert.equal(
    conflictos.map(({ regla, datos: d }) => [
      regla,
      d.nombre,
      d.base,
      d.valor,
      d.quien,
      d.equipo,
      d.valorGanador,
      d.quienGanador,
      d.equipoGanador,
    ]),
    [
      ['R7', 'Especial de la casa', 23_900, 24_900, 'Pablo Nava', 'Laptop Norte', 25_900, 'Rosa Romano', 'Laptop Centro'],
      ['R9', 'Agua natural 600 ml', false, true, 'Rosa Romano', 'Laptop Centro', 2_500, 'Pablo Nava', 'Laptop Norte'],
    ],
  )
  const [caprese] = await sql()`select precio_centavos from articulos where nombre = 'Pizza caprese'`
  assert.is(caprese!.precioCentavos, 20_900)
})

test('CAT-08: articulos have pictures, looks and sales of the month', async () => {
  const { negocioId } = (await negocioDemo('pizzeria-roma'))!
  const { articulos } = await metricasDe(servidor.deps, negocioId, null)
  assert.ok(articulos.filter((a) => a.ventas > 0).length >= 20 && articulos.filter((a) => a.vistas > 0).length >= 30)
  const [fila] = await sql()`
    select count(*)::int as con, (select count(*)::int from imagenes) as guardadas from articulos where imagenes <> '[]'`
  assert.equal([fila!.con, fila!.guardadas], [49, 49])
})

test('CUP-02, 06: each negocio has three cupones; regulars used theirs, nothing beyond what it allows; shoppers keep some', async () => {
  const cupones = await sql()`select n.codigo_caja, c.tipo, c.usados from cupones c join negocios n using (negocio_id)`
  assert.is(cupones.length, 9)
  assert.equal([...new Set(cupones.map((c) => c.tipo))].sort(), ['dos_por_uno', 'monto', 'porcentaje', 'regalo'])
  const usos = await sql()`select estado, descuento_centavos, costo_centavos from cupon_usos`
  assert.ok(
    usos.length >= 3 && usos.every((u) => u.estado === 'usado' && u.descuentoCentavos > 0 && u.costoCentavos === 0),
    `${usos.length} uses`,
  )
  const guardados = await sql()`select 1 from cupon_usuarios where origen = 'guardado'`
  assert.is(guardados.length, 5)
  const [sinDecir] = await sql()`select count(*)::int as cuantos from mias where tipo = 'cupon'`
  assert.ok(sinDecir!.cuantos >= 2)
  const [porVencer] = await sql()`select count(*)::int as cuantos from mias where tipo = 'aviso' and doc ->> 'codigo' = 'cupon_por_vencer'`
  assert.is(porVencer!.cuantos, 2, 'of the one that ends in two days')
  const viejos = await sql()`select (doc ->> 'at')::bigint as at from mias where tipo = 'aviso' and doc ->> 'codigo' = 'cupon_usado'`
  assert.ok(
    viejos.length >= 2 && viejos.some((a) => servidor.reloj.ahora() - a.at > 5 * DIA),
    'told at its time, not when the world was made',
  )
})

test('CARD-31: points were spent in the last two weeks: asked for on the phone, given at the counter by whoever works there', async () => {
  const canjes = await sql()`
    select n.codigo_caja, c.nombre, c.estado, c.apartado, c.empleado_id, c.creado_at, c.cerrado_at from canjes c join negocios n using (negocio_id)`
  assert.ok(canjes.length >= 5 && canjes.every((c) => c.estado === 'confirmado' && !c.apartado), `${canjes.length} canjes`)
  const hace = (at: number) => servidor.reloj.ahora() - at
  assert.ok(canjes.every((c) => hace(c.creadoAt) < 15 * DIA && hace(c.cerradoAt) > 0 && c.cerradoAt - c.creadoAt < HORA / 2))
  assert.ok(canjes.some((c) => c.codigoCaja === 'pizzeria-roma' && c.empleadoId !== null))
  const [recompensas] = await sql()`select count(*)::int as todas, count(imagen)::int as con_foto from recompensas`
  assert.equal([recompensas!.todas, recompensas!.conFoto], [10, 9])
})

test('points settle a day after they arrived: those of the last stretch wait', async () => {
  const [fila] = await sql()`
    select count(*) filter (where estado = 'pendiente' and asienta_at < ${new Date(servidor.reloj.ahora() - 4 * DIA)})::int as viejos,
      count(*) filter (where estado = 'pendiente')::int as por_asentar from lifetime_pendiente`
  assert.is(fila!.viejos, 0)
  assert.ok(fila!.porAsentar > 0)
})

test('there are sales of today, by @carlos', async () => {
  const { negocioId } = (await negocioDemo('pizzeria-roma'))!
  const hoy = await ventasDelServidor(servidor.deps, negocioId, undefined, null)
  assert.ok(hoy.length >= 2)
  const [carlos] = await sql()`select id from empleados where nick = 'carlos'`
  assert.ok(hoy.some((v) => v.empleadoId === carlos!.id))
  assert.ok(hoy.every((v) => v.effAt <= servidor.reloj.ahora()))
})

test('a second start tells nothing again; a later one goes on from there; folios have no holes', async () => {
  const antes = await cuenta()
  await crearMundoDemo(servidor.deps)
  assert.equal(await cuenta(), antes)
  servidor.reloj.avanzar(2 * DIA + 5 * HORA)
  await crearMundoDemo(servidor.deps)
  const despues = await cuenta()
  assert.ok(despues.hechos > antes.hechos + 10 && despues.puntos > antes.puntos)
  assert.equal([despues.cajas, despues.llaves], [antes.cajas, antes.llaves], 'the same tills and phones')
  const folios = await sql()`
    select cadena_id, array_agg((cuerpo::json -> 'datos' ->> 'folio') order by seq) as folios from hechos_recibidos where tipo in ('venta', 'reembolso') group by 1`
  for (const { folios: suyos } of folios as unknown as { folios: string[] }[])
    assert.equal(
      suyos.map((f) => Number(f.split('-')[1])),
      suyos.map((_, i) => i + 1),
    )
})

test('a start that was killed in the middle is finished by the next, as if nothing had happened', async () => {
  const env = { demo: true, demoDias: 10 }
  const entero = await createTestServer({ env })
  let llamadas = 0
  const contado: typeof entero.deps.db.negocio = (id, fn, o) => {
    llamadas++
    return entero.db.negocio(id, fn, o)
  }
  await crearMundoDemo({ ...entero.deps, db: { ...entero.deps.db, negocio: contado } })
  const roto = await createTestServer({ env })
  let quedan = llamadas - 7
  const cortado: typeof roto.deps.db.negocio = (id, fn, o) =>
    quedan-- > 0 ? roto.db.negocio(id, fn, o) : Promise.reject(new Error('killed'))
  const caida = await crearMundoDemo({ ...roto.deps, db: { ...roto.deps.db, negocio: cortado } }).catch((e: Error) => e.message)
  assert.is(caida, 'killed')
  await crearMundoDemo(roto.deps)
  const ver = (s: typeof roto) => s.db.superusuario`
    select n.codigo_caja, t.folio, t.monto_centavos, t.estado, t.eff_at, t.puntos_otorgados from transacciones t join negocios n using (negocio_id)
    order by 1, 2`
  assert.equal([...(await ver(roto))], [...(await ver(entero))])
  await Promise.all([entero.cerrar(), roto.cerrar()])
})

test.run()
