// @timeout 120
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import { verificarQr } from '../../../schema/domain/tarjetas/qr.ts'
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

test('every entry was judged and accepted; nobody is owed a review; each shopper has points in the three negocios', async () => {
  const estados = await sql()`select distinct estado from veredictos`
  assert.equal(
    estados.map((e) => e.estado),
    ['aceptado'],
  )
  const [{ ventas, reembolsos, avisos, saldos }] = (await sql()`
    select (select count(*)::int from veredictos where tipo = 'venta') as ventas, (select count(*)::int from veredictos where tipo = 'reembolso') as reembolsos,
      (select count(*)::int from avisos) as avisos, (select count(*)::int from puntos_por_negocio where puntos_disponibles > 0) as saldos`) as unknown as [
    Record<string, number>,
  ]
  assert.ok(ventas! > 1_000 && ventas! < avisadas && reembolsos! > 5, `${ventas} sales, ${reembolsos} refunds`)
  assert.equal([avisos, saldos], [0, 9])
})

test('points settle a day after they arrived: those of the last stretch wait', async () => {
  const [fila] = await sql()`
    select count(*) filter (where estado = 'pendiente' and eff_at < ${new Date(servidor.reloj.ahora() - 4 * DIA)})::int as viejos,
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
    select cadena_id, array_agg((cuerpo::json -> 'datos' ->> 'folio') order by seq) as folios from hechos_recibidos where seq > 0 group by 1`
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
