/** The largest sales there may be, one after another: no sum of points leaves its column or loses a unit. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MONTO_MAXIMO_CENTAVOS } from '../../schema/core/dinero.ts'
import { deBase64 } from '../../schema/core/ids.ts'
import { DIA, MINUTO } from '../../schema/core/tiempo.ts'
import { firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import { emitirTarjeta } from '../domain/tarjetas/emitir.ts'
import { darUnaVuelta } from '../jobs/index.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, crearShopper, createTestServer, type NegocioDePrueba } from '../testing/servidor.ts'

const servidor = await createTestServer()
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

/** 99,999,999.99 at $1 a point, tenfold. */
const PUNTOS = 999_999_999
const BASE = 99_999_999

/** A shopper whose card says oro: one sale does not cross a nivel, so only the count a day holds (R16). */
async function shopperDeOro() {
  const persona = await crearShopper(servidor)
  await sql`update usuarios set nivel_cardya = 'oro' where id = ${persona.usuarioId}`
  const { certificado } = await emitirTarjeta(deps, persona.usuarioId, persona.clavePublica)
  let ctr = 1_000
  const qr = () => firmarQr(persona.privada, deBase64(certificado), { tsSegundos: Math.floor(reloj.ahora() / 1_000), ctr: ctr++, flags: 0 })
  return { usuarioId: persona.usuarioId, qr }
}

async function negocioGeneroso(): Promise<{ negocio: NegocioDePrueba; diario: DiarioDePrueba }> {
  const configuracion = { valorPuntoCentavos: 100, multiplicadoresPct: { bronce: 100, plata: 100, oro: 1_000 } }
  const negocio = await crearNegocioDePrueba(servidor, { configuracion })
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  return { negocio, diario }
}

async function saldo(negocio: NegocioDePrueba, usuarioId: string) {
  const [s] = await sql`select * from puntos_por_negocio where negocio_id = ${negocio.negocioId} and usuario_id = ${usuarioId}`
  return [s.puntosDisponibles, s.puntosAcumulados, s.puntosRetenidos, s.sobregiro]
}
const lifetime = async (usuarioId: string) => (await sql`select puntos_lifetime from usuarios where id = ${usuarioId}`)[0].puntosLifetime
const estados = async (d: DiarioDePrueba) =>
  (await sql`select estado from veredictos where cadena_id = ${d.cadenaId} order by seq`).map((v) => v.estado)

test('[R16] twenty of the largest sales in a day: six credited, fourteen held, each sum exact; the dueño approves them all', async () => {
  const { negocio, diario } = await negocioGeneroso()
  const ana = await shopperDeOro()
  const ventas = []
  for (let i = 0; i < 20; i++) ventas.push(await diario.vender({ montoCentavos: MONTO_MAXIMO_CENTAVOS, qr: await ana.qr() }))
  await diario.subir()
  assert.equal(await estados(diario), ['aceptado', ...Array(6).fill('aceptado'), ...Array(14).fill('retenido')])
  assert.equal(await saldo(negocio, ana.usuarioId), [6 * PUNTOS, 6 * PUNTOS, 14 * PUNTOS, 0])
  const [t] = await sql`select puntos_base, puntos_otorgados from transacciones where id = ${ventas[0]!.id}`
  assert.equal([t.puntosBase, t.puntosOtorgados], [BASE, PUNTOS])
  const studio = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio, { tipo: 'studio' }))
  await studio.abrir()
  const operador = { tipo: 'usuario' as const, id: negocio.dueno.usuarioId }
  for (const { id } of ventas.slice(6))
    await studio.escribir('ajuste_puntos', { transaccionId: id, regla: 'R16', decision: 'aprobar', motivo: '' }, { operador })
  await studio.subir()
  assert.equal(await saldo(negocio, ana.usuarioId), [20 * PUNTOS, 20 * PUNTOS, 0, 0])
  reloj.avanzar(DIA + MINUTO)
  await darUnaVuelta(deps)
  assert.is(await lifetime(ana.usuarioId), 20 * PUNTOS)
  const [mia] = await sql`select doc from mias where usuario_id = ${ana.usuarioId} and id = ${`puntos:${negocio.negocioId}`}`
  assert.equal([mia.doc.disponibles, mia.doc.acumulados], [20 * PUNTOS, 20 * PUNTOS])
})

test('[R6] twenty of them over four days are credited; taken back after the balance is gone they are an exact sobregiro', async () => {
  const { negocio, diario } = await negocioGeneroso()
  const ana = await shopperDeOro()
  const ventas = []
  for (let i = 0; i < 20; i++) {
    if (i > 0 && i % 5 === 0) reloj.avanzar(DIA)
    ventas.push(await diario.vender({ montoCentavos: MONTO_MAXIMO_CENTAVOS, qr: await ana.qr() }))
    await diario.subir()
  }
  assert.equal(await estados(diario), Array(21).fill('aceptado'))
  assert.equal(await saldo(negocio, ana.usuarioId), [20 * PUNTOS, 20 * PUNTOS, 0, 0])
  reloj.avanzar(2 * DIA)
  await darUnaVuelta(deps)
  assert.is(await lifetime(ana.usuarioId), 20 * PUNTOS)
  // As if spent: refunds of all of them then take back what is no longer there.
  await sql`update puntos_por_negocio set puntos_disponibles = 0 where negocio_id = ${negocio.negocioId} and usuario_id = ${ana.usuarioId}`
  for (const [i, { id }] of ventas.entries())
    await diario.escribir('reembolso', {
      folio: `C1-${String(900_000 + i)}`,
      transaccionId: id,
      montoCentavos: MONTO_MAXIMO_CENTAVOS,
      motivo: 'prueba',
    })
  await diario.subir()
  assert.equal(await saldo(negocio, ana.usuarioId), [0, 20 * PUNTOS, 0, 20 * PUNTOS])
  assert.is(await lifetime(ana.usuarioId), 20 * PUNTOS, 'a refund takes nothing from lifetime')
  const [suma] =
    await sql`select sum(puntos)::bigint as puntos from historial_puntos where negocio_id = ${negocio.negocioId} and tipo = 'ganado'`
  assert.is(suma.puntos, 20 * PUNTOS)
})

test.run()
