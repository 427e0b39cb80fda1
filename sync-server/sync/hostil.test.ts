/** What a hostile till may put in its journal: it is received, it is seen, and it stops nobody. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Codigo } from '../../schema/core/codigos.ts'
import { uuidv7 } from '../../schema/core/ids.ts'
import { textoDeCodigo } from '../../schema/core/textos-de-codigo.ts'
import type { Juez } from '../../schema/domain/hechos/libro.ts'
import { JUECES } from '../../schema/registry.ts'
import { darUnaVuelta } from '../jobs/index.ts'
import type { DbDePrueba } from '../testing/db.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, createTestServer, type NegocioDePrueba, type ServidorDePrueba } from '../testing/servidor.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba

test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor, { cajas: 2 })
})
test.after(() => servidor.cerrar())

const estados = async (diario: DiarioDePrueba) =>
  (
    await servidor.db.superusuario`
      select seq, estado from hechos_recibidos where negocio_id = ${negocio.negocioId} and cadena_id = ${diario.cadenaId} order by seq`
  ).map((f) => f.estado)

/** A sale whose text has these characters in place of its description, escaped as JSON allows. */
async function ventaCon(diario: DiarioDePrueba, escapado: string) {
  const { cuerpo, id } = await diario.vender({ descripcion: 'AQUI' })
  diario.renglones.pop()
  await diario.escribirTexto(cuerpo.replace('"AQUI"', escapado), id)
}

test('[DI8] a sale with a NUL or half a character is kept and seen, and the ones after it are judged', async () => {
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  await ventaCon(diario, String.raw`"a\u0000b"`)
  await ventaCon(diario, String.raw`"a\ud800b"`)
  await diario.vender()
  await diario.subir()
  assert.equal(await estados(diario), ['juzgado', 'sin_procesar', 'sin_procesar', 'juzgado'])
  const vistos = await servidor.db.superusuario`
    select v.estado, a.id is not null as avisado from veredictos v
    left join avisos a on a.negocio_id = v.negocio_id and a.id like v.hecho_id || ':%'
    where v.negocio_id = ${negocio.negocioId} and v.cadena_id = ${diario.cadenaId} and v.estado = 'sin_procesar'`
  assert.equal(
    vistos.map((v) => v.avisado),
    [true, true],
  )
})

test('[DI8] entries of any shape are received, never left unjudged, and judged apart from good ones', async () => {
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  const arranque = diario.cadenaId
  await diario.abrir('diario_perdido')
  await diario.vender({ qr: '\u0000' })
  for (const tipo of ['constructor', 'toString', 'hasOwnProperty', 've\u0000nta', '__proto__']) await diario.escribir(tipo, { x: '\u0000' })
  await diario.escribir('venta', null)
  await diario.vender({}, { tiempo: { wall: 8.64e15, offset: Number.MAX_SAFE_INTEGER, offsetAt: 0, mono: 1e300, arranque } })
  await diario.vender({}, { tiempo: { wall: 0, offset: -Number.MAX_SAFE_INTEGER, offsetAt: 8.64e15, mono: 0, arranque } })
  await diario.escribirTexto('['.repeat(30_000))
  await diario.escribirTexto(`{"datos":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)
  await diario.escribirTexto('')
  await diario.escribirTexto('null')
  await diario.escribir('espera.vencida', { cadenaId: diario.cadenaId, seq: -1 })
  await diario.escribir('reproceso', { cadenaId: diario.cadenaId, seq: Number.MAX_SAFE_INTEGER })
  await diario.escribir('reembolso', { folio: 'C1-000001', transaccionId: uuidv7(0), montoCentavos: 1, motivo: '\u0000' })
  await diario.vender()
  await diario.subir()
  const todos = await estados(diario)
  assert.is(todos.length, diario.renglones.length)
  assert.not.ok(todos.includes('recibido'))
  assert.is(todos.at(-1), 'juzgado')
  await darUnaVuelta(servidor.deps)
})

test('[DI8] each wrong amount, and a wrong payment method, has its own code, in the verdict and in Spanish', async () => {
  const diario = new DiarioDePrueba(servidor, negocio.cajas[1]!)
  await diario.abrir()
  const montos: [unknown, Codigo][] = [
    [0, 'MONTO_CERO'],
    [-100, 'MONTO_NEGATIVO'],
    [1_000.5, 'MONTO_DECIMALES'],
    [10_000_000_000, 'MONTO_EXCEDIDO'],
    ['500', 'HECHO_INVALIDO'],
    [null, 'HECHO_INVALIDO'],
  ]
  for (const [montoCentavos] of montos) await diario.vender({ montoCentavos: montoCentavos as number })
  await diario.vender({ metodoPago: 'bitcoin' as never })
  await diario.vender()
  await diario.subir()
  const vistos = await servidor.db.superusuario`
    select estado, motivos from veredictos where negocio_id = ${negocio.negocioId} and cadena_id = ${diario.cadenaId} order by seq`
  assert.equal(
    vistos.slice(1).map((v) => [v.estado, v.motivos[0]?.codigo]),
    [...montos.map(([, codigo]) => ['sin_procesar', codigo]), ['sin_procesar', 'METODO_INVALIDO'], ['aceptado', undefined]],
  )
  for (const [, codigo] of montos) assert.match(textoDeCodigo(codigo), /^El (monto|registro) .+\.$/)
})

test('[DI7] a judge whose result cannot be written sets its entry apart; the others of the batch are written', async () => {
  const venta: Juez = (libro, cambios, entrada) => {
    JUECES.venta?.(libro, cambios, entrada)
    const hecha = libro.transacciones.get(entrada.sobre.id)
    if (hecha?.descripcion === 'rota') hecha.descripcion = '\u0000'
  }
  const otro = await createTestServer({ jueces: { ...JUECES, venta } })
  const casa = await crearNegocioDePrueba(otro, { cajas: 1 })
  const diario = new DiarioDePrueba(otro, casa.cajas[0]!)
  await diario.abrir()
  await diario.vender()
  await diario.vender({ descripcion: 'rota' })
  await diario.vender()
  await diario.subir()
  const vistos = await otro.db.superusuario`select estado, motivos from veredictos where negocio_id = ${casa.negocioId} order by seq`
  assert.equal(
    vistos.map((v) => v.motivos[0]?.codigo ?? v.estado),
    ['aceptado', 'aceptado', 'INTERNAL', 'aceptado'],
  )
  assert.is((await otro.db.superusuario`select from transacciones where negocio_id = ${casa.negocioId}`).length, 2)
  await otro.cerrar()
})

test('a till that signs as the dueño lifts no hold; the same words from a Studio are judged', async () => {
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  const operador = { tipo: 'usuario' as const, id: negocio.dueno.usuarioId }
  const motivos: string[] = []
  for (const equipo of [negocio.cajas[0]!, studio]) {
    const diario = new DiarioDePrueba(servidor, equipo)
    await diario.abrir()
    const venta = await diario.vender()
    const decision = { transaccionId: venta.id, regla: 'R11', decision: 'aprobar', motivo: 'soy yo' }
    const { id } = await diario.escribir('ajuste_puntos', decision, { operador })
    await diario.subir()
    const [v] = await servidor.db.superusuario`select estado, motivos from veredictos where hecho_id = ${id}`
    motivos.push(`${v.estado} ${v.motivos[0].codigo}`)
  }
  assert.equal(motivos, ['sin_procesar SIN_PERMISO', 'en_revision regla_no_retenida'])
})

test('what a till says of itself cannot stop the notes of the others', async () => {
  const [una, otra] = negocio.cajas.map((caja) => new DiarioDePrueba(servidor, caja))
  const base = { pendientes: 3, masAntiguoAt: null, offset: 0, almacenBytes: 0, versionApp: '1' }
  const extremo = { masAntiguoAt: 8.64e15, offset: -Number.MAX_SAFE_INTEGER, almacenBytes: Number.MAX_SAFE_INTEGER }
  await una!.enviar(await una!.pedido(0, 0, { estado: { ...base, ...extremo, pendientes: Number.MAX_SAFE_INTEGER } }))
  await otra!.enviar(await otra!.pedido(0, 0, { estado: base }))
  await darUnaVuelta(servidor.deps)
  const filas = await servidor.db.superusuario`select pendientes from estado_dispositivos where pendientes > 0 order by pendientes`
  assert.equal(
    filas.map((f) => f.pendientes),
    [3, 2_147_483_647],
  )
})

test.run()
