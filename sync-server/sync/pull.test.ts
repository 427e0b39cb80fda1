import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sha256 } from '../../schema/core/ids.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import { type Checkpoint, COLECCIONES, type Documento, type RespuestaPull } from '../../schema/protocol/pull.ts'
import { leerMigraciones } from '../db/migrate.ts'
import { crearArticulos } from '../domain/articulos/crear.ts'
import { cambiarConfiguracion } from '../domain/configuraciones/cambiar.ts'
import { compactar } from '../jobs/compact.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../testing/servidor.ts'
import { proyectarTodo } from './projector.ts'

const servidor = await createTestServer()
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

async function traer(token: string, coleccion: string, checkpoint: Checkpoint | null = null, limite = 500, hermanas?: number) {
  const consulta = new URLSearchParams({ limite: String(limite), ...(checkpoint ? { checkpoint: JSON.stringify(checkpoint) } : {}) })
  if (hermanas !== undefined) consulta.set('hermanas', String(hermanas))
  return pedir<RespuestaPull>(servidor, `/sync/pull/${coleccion}?${consulta}`, { token })
}

/** A replica of one collection, as SPEC says one behaves. */
class Copia {
  readonly docs = new Map<string, Documento>()
  checkpoint: Checkpoint | null = null
  reinicios = 0
  readonly #caja: Pick<CajaDePrueba, 'dispositivoId' | 'par'>
  readonly coleccion: string
  readonly limite: number
  constructor(caja: Pick<CajaDePrueba, 'dispositivoId' | 'par'>, coleccion: string, limite = 500) {
    this.#caja = caja
    this.coleccion = coleccion
    this.limite = limite
  }
  async poner(): Promise<void> {
    const { token } = await sesionDeDispositivo(servidor, this.#caja)
    for (let vueltas = 0; vueltas < 200; vueltas++) {
      const { cuerpo } = await traer(token, this.coleccion, this.checkpoint, this.limite)
      const { documents, checkpoint, hayMas, reiniciar } = cuerpo.data
      if (reiniciar) {
        this.reinicios++
        this.docs.clear()
        this.checkpoint = null
        continue
      }
      for (const doc of documents) {
        if (doc._deleted) this.docs.delete(doc.id)
        else this.docs.set(doc.id, doc)
      }
      this.checkpoint = checkpoint
      if (!hayMas) return
    }
    throw new Error('a pull that never ends')
  }
  ids = () => [...this.docs.keys()].sort()
}

async function unMundo(cajas = 1) {
  const negocio = await crearNegocioDePrueba(servidor, { sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const altas = []
  for (let i = 0; i < cajas; i++) altas.push(await altaDeCaja(servidor, negocio))
  const diarios = []
  for (const caja of altas) {
    const diario = new DiarioDePrueba(servidor, caja)
    await diario.abrir()
    diarios.push(diario)
  }
  return { negocio, cajas: altas, diarios, caja: altas[0]!, diario: diarios[0]! }
}

test('[PU1] the snapshot comes in pages, and what was written meanwhile comes by the log', async () => {
  const { caja, diario } = await unMundo()
  for (let i = 0; i < 25; i++) await diario.vender()
  await diario.subir()
  const { token } = await sesionDeDispositivo(servidor, caja)
  const uno = (await traer(token, 'transacciones', null, 10)).cuerpo.data
  assert.is(uno.documents.length, 10)
  assert.ok(uno.hayMas && uno.checkpoint.pagina)
  const nueva = await diario.vender()
  // One that was already sent: ids of one millisecond come in any order.
  const enviadas = new Set(uno.documents.map((d) => d.id))
  const venta = diario.renglones.find((r) => enviadas.has(r.id))!
  await diario.escribir('anulacion', { transaccionId: venta.id, motivo: 'x' })
  await diario.subir()
  const docs = new Map(uno.documents.map((d) => [d.id, d]))
  let pagina = uno
  while (pagina.hayMas) {
    pagina = (await traer(token, 'transacciones', pagina.checkpoint, 10)).cuerpo.data
    for (const d of pagina.documents) docs.set(d.id, d)
  }
  assert.is(docs.size, 26)
  assert.ok(docs.has(nueva.id))
  assert.is(docs.get(venta.id)?.estado, 'anulada')
  assert.is(pagina.checkpoint.pagina, undefined)
  const vacia = (await traer(token, 'transacciones', pagina.checkpoint)).cuerpo.data
  assert.equal([vacia.documents, vacia.hayMas], [[], false])
})

test('[PU1] a log row is the same bytes as the snapshot row', async () => {
  const { caja, diario } = await unMundo()
  const ana = await crearShopper(servidor)
  const copias = ['transacciones', 'clientes', 'veredictos', 'config'].map((c) => new Copia(caja, c))
  for (const copia of copias) await copia.poner()
  const qr = await ana.qr()
  const venta = await diario.vender({ qr })
  await diario.vender({ qr }) // held
  await diario.escribir('reembolso', { folio: 'C9-000001', transaccionId: venta.id, montoCentavos: 10_000, motivo: 'x' })
  await diario.subir()
  for (const copia of copias) {
    await copia.poner()
    const nueva = new Copia(caja, copia.coleccion)
    await nueva.poner()
    assert.equal(copia.docs, nueva.docs, copia.coleccion)
    assert.ok(nueva.docs.size > 0)
  }
})

test('[PU1] a page that the database writes says of an articulo what the log and a page read row by row say', async () => {
  const { negocio, caja } = await unMundo()
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  const [deStudio, deCaja] = [new Copia(studio, 'articulos'), new Copia(caja, 'articulos')]
  await Promise.all([deStudio.poner(), deCaja.poner()])
  await crearArticulos(deps, negocio.negocioId, 'dueno', [
    { nombre: 'Café "de olla" \\ ñ 🍵', precioCentavos: 9_007_199_254, desde: true, categoria: 'Bebidas', descripcion: 'a\nb' },
    { nombre: 'Sólo aquí', precioCentavos: 0, sucursales: [negocio.sucursalId], agotado: true, destacado: true },
  ])
  await Promise.all([deStudio.poner(), deCaja.poner()])
  assert.is(deStudio.docs.size, 2)
  assert.equal(deCaja.docs, deStudio.docs)
  for (const quien of [studio, caja]) {
    const entera = new Copia(quien, 'articulos', 1)
    await entera.poner()
    assert.equal(entera.docs, deStudio.docs)
  }
})

test('[PU1] pages of every size give the same set', async () => {
  const { negocio, caja, diario } = await unMundo()
  await crearArticulos(
    deps,
    negocio.negocioId,
    'dueno',
    Array.from({ length: 11 }, (_, i) => ({ nombre: `A${i}`, precioCentavos: 100 })),
  )
  for (let i = 0; i < 9; i++) {
    await diario.vender({ qr: await (await crearShopper(servidor)).qr() })
    if (i === 4) await diario.subir()
  }
  await diario.subir()
  for (const coleccion of ['transacciones', 'clientes', 'veredictos', 'articulos', 'config']) {
    const entera = new Copia(caja, coleccion)
    await entera.poner()
    for (const limite of [1, 3, 9]) {
      const copia = new Copia(caja, coleccion, limite)
      await copia.poner()
      assert.equal(copia.ids(), entera.ids(), `${coleccion} by ${limite}`)
    }
  }
})

test('[PU2] a reader of the log sees every seq, in order, while tills write', async () => {
  const { caja, diarios, cajas } = await unMundo(3)
  const copia = new Copia(caja, 'transacciones', 7)
  await copia.poner()
  for (let ronda = 0; ronda < 4; ronda++) {
    for (const diario of diarios) for (let i = 0; i < 5; i++) await diario.vender()
    await Promise.all([...diarios.map((d) => d.subir()), copia.poner()])
  }
  await copia.poner()
  assert.is(copia.docs.size, 60)
  assert.is(cajas.length, 3)
})

test('[PU3] a till sees its sucursal and its own verdicts; nothing of another sucursal or negocio is ever sent', async () => {
  const { negocio, caja, diario } = await unMundo()
  const norte = await altaDeCaja(servidor, negocio, { sucursalId: negocio.sucursales[1]!.id })
  const otro = new DiarioDePrueba(servidor, norte)
  await otro.abrir()
  const ajeno = await unMundo()
  const transacciones = new Copia(caja, 'transacciones')
  const veredictos = new Copia(caja, 'veredictos')
  await transacciones.poner()
  await veredictos.poner()
  const mia = await diario.vender()
  await otro.vender()
  await ajeno.diario.vender()
  for (const d of [diario, otro, ajeno.diario]) await d.subir()
  await transacciones.poner()
  await veredictos.poner()
  assert.equal(transacciones.ids(), [mia.id])
  assert.equal(
    [...veredictos.docs.values()].map((v) => v.dispositivoId),
    [caja.dispositivoId, caja.dispositivoId],
  )
  const desdeCero = new Copia(caja, 'transacciones')
  await desdeCero.poner()
  assert.equal(desdeCero.ids(), [mia.id])
  const { token } = await sesionDeDispositivo(servidor, caja)
  const { cuerpo } = await traer(token, 'config')
  assert.equal(
    cuerpo.data.documents.filter((d) => d.id.startsWith('sucursal:')).map((d) => d.nombre),
    ['Centro'],
  )
})

test('[PU3] a row that leaves the slice by time or deletion is sent as deleted', async () => {
  const { negocio, caja, diario } = await unMundo()
  const venta = await diario.vender()
  await diario.subir()
  const [pizza] = await crearArticulos(deps, negocio.negocioId, 'dueno', [{ nombre: 'Pizza', precioCentavos: 9_900 }])
  const transacciones = new Copia(caja, 'transacciones')
  const articulos = new Copia(caja, 'articulos')
  await transacciones.poner()
  await articulos.poner()
  assert.equal([transacciones.ids(), articulos.ids()], [[venta.id], [pizza!.id]])
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  const { token } = await sesionDeDispositivo(servidor, studio)
  reloj.avanzar(5)
  const borrada = { ...pizza!, borrado: true, sellos: { ...pizza!.sellos, borrado: [reloj.ahora(), studio.dispositivoId] } }
  const push = await pedir(servidor, '/sync/push/articulos', { token, cuerpo: { filas: [{ nuevo: borrada, asumido: pizza }] } })
  assert.is(push.estado, 200)
  reloj.avanzar(40 * DIA)
  await diario.escribir('anulacion', { transaccionId: venta.id, motivo: 'x' })
  await diario.subir()
  await transacciones.poner()
  await articulos.poner()
  assert.equal([transacciones.ids(), articulos.ids()], [[], []])
  const deStudio = new Copia(studio, 'articulos')
  await deStudio.poner()
  assert.equal(deStudio.ids(), [pizza!.id])
})

test('[PU4] another epoca, another slice, below the horizon or above the head: reiniciar', async () => {
  const { negocio, caja, diario } = await unMundo()
  await diario.vender()
  await diario.subir()
  const copia = new Copia(caja, 'transacciones')
  await copia.poner()
  const { token } = await sesionDeDispositivo(servidor, caja)
  const c = copia.checkpoint!
  for (const otro of [
    { ...c, epoca: crypto.randomUUID() },
    { ...c, rebanada: 'otra' },
    { ...c, seq: c.seq + 1_000 },
  ]) {
    const { cuerpo } = await traer(token, 'transacciones', otro)
    assert.equal([cuerpo.data.reiniciar, cuerpo.data.documents], [true, []])
    assert.equal([cuerpo.data.checkpoint.epoca, cuerpo.data.checkpoint.pagina], [c.epoca, undefined])
  }
  // A restored tenant: the same rows under another epoca.
  await sql`update contadores_negocio set epoca = gen_random_uuid() where negocio_id = ${negocio.negocioId}`
  await copia.poner()
  assert.equal([copia.reinicios, copia.docs.size], [1, 1])
})

/** A statement whose text is not known beforehand. */
const suelta = (texto: string) => sql(Object.assign([texto], { raw: [texto] }))

test('[PU4] PTS-15: what clients spent is counted anew, of the sales that stand; a till that has the sums of before begins again', async () => {
  const { negocio, caja, diario } = await unMundo()
  const [ana, luis] = [await crearShopper(servidor), await crearShopper(servidor)]
  const ventas = []
  for (const quien of [ana, ana, ana, luis]) ventas.push((await diario.vender({ qr: await quien.qr(), montoCentavos: 50_000 })).id)
  await diario.vender()
  await diario.escribir('reembolso', { folio: 'C9-000001', transaccionId: ventas[0], montoCentavos: 20_000, motivo: 'x' })
  for (const transaccionId of [ventas[1], ventas[3]]) await diario.escribir('anulacion', { transaccionId, motivo: 'x' })
  await diario.subir()
  const copia = new Copia(caja, 'clientes')
  const cuentas = async () => {
    await copia.poner()
    return [ana, luis].map(({ usuarioId }) => [copia.docs.get(usuarioId)?.visitas, copia.docs.get(usuarioId)?.gastadoCentavos])
  }
  const bien = [
    [2, 80_000],
    [0, 0],
  ]
  assert.equal(await cuentas(), bien)
  // As the release before had them.
  await sql`update clientes set visitas = visitas + 1, gastado_centavos = gastado_centavos + 70000 where negocio_id = ${negocio.negocioId}`
  const definicion = [2, 'clientes', 'caja', negocio.sucursalId, null, 180 * DIA, 5_000]
  copia.checkpoint = { ...copia.checkpoint!, rebanada: (await sha256(JSON.stringify(definicion))).slice(0, 16) }
  const migracion = leerMigraciones().find((m) => m.nombre.startsWith('0032'))!
  for (const una of migracion.texto.split(/;\n/).filter((parte) => parte.trim())) await suelta(una)
  assert.equal([await cuentas(), copia.reinicios], [bien, 1])
})

test('[PU4] compacting raises the horizon; who was away longer starts again and misses nothing', async () => {
  const { negocio, caja, diario } = await unMundo()
  await diario.vender()
  await diario.subir()
  const copia = new Copia(caja, 'transacciones')
  const alDia = new Copia(caja, 'transacciones')
  await copia.poner()
  await diario.vender()
  await diario.subir()
  reloj.avanzar(30 * DIA)
  await diario.vender()
  await diario.subir()
  await alDia.poner()
  reloj.avanzar(10 * DIA)
  assert.ok((await compactar(deps)) >= 1)
  const [contador] = await sql`select seq, horizonte from contadores_negocio where negocio_id = ${negocio.negocioId}`
  assert.ok(contador.horizonte > 0 && contador.horizonte < contador.seq)
  assert.is((await sql`select min(seq) from cambios_negocio where negocio_id = ${negocio.negocioId}`)[0].min, contador.horizonte + 1)
  await copia.poner()
  await alDia.poner()
  assert.equal([copia.reinicios, alDia.reinicios], [1, 0])
  assert.is(copia.docs.size, 1)
})

test("[PU5] a shopper has their own rows and nobody else's; tills have no shopper's collection", async () => {
  const { diario, caja } = await unMundo()
  const [ana, luis] = [await crearShopper(servidor), await crearShopper(servidor)]
  for (const s of [ana, luis]) await diario.vender({ qr: await s.qr() })
  await diario.subir()
  await proyectarTodo(deps)
  for (const s of [ana, luis]) {
    const token = await tokenDeCuenta(servidor, s.usuarioId)
    const { cuerpo } = await traer(token, 'mias', null, 2)
    assert.ok(cuerpo.data.hayMas)
    const resto = (await traer(token, 'mias', cuerpo.data.checkpoint)).cuerpo.data
    const ids = [...cuerpo.data.documents, ...resto.documents].map((d) => d.tipo)
    assert.equal(ids.sort(), ['historial', 'perfil', 'puntos', 'venta'])
    await diario.vender({ qr: await s.qr() })
    await diario.subir()
    await proyectarTodo(deps)
    const log = (await traer(token, 'mias', resto.checkpoint)).cuerpo.data
    assert.equal(log.documents.map((d) => d.tipo).sort(), ['historial', 'puntos', 'venta'])
    assert.is((await traer(token, 'transacciones')).cuerpo.code, 'COLECCION_DESCONOCIDA')
    assert.equal((await traer(token, 'config')).cuerpo.data.documents, [])
  }
  const { token } = await sesionDeDispositivo(servidor, caja)
  assert.is((await traer(token, 'mias')).estado, 404)
})

test('[PU6] unknown collections, an old protocol, no session and bad queries have their own codes', async () => {
  const { caja } = await unMundo()
  const { token } = await sesionDeDispositivo(servidor, caja)
  for (const coleccion of ['nada', 'diario', 'avisos', '__proto__', 'constructor']) {
    const r = await traer(token, coleccion)
    assert.equal([r.estado, r.cuerpo.code], [404, 'COLECCION_DESCONOCIDA'], coleccion)
  }
  const viejo = await pedir(servidor, '/sync/pull/config', { token, cabeceras: { 'x-anunciaya-protocolo': '0' } })
  assert.equal([viejo.estado, viejo.cuerpo.code], [426, 'PROTOCOLO_ANTERIOR'])
  assert.is((await pedir(servidor, '/sync/pull/config')).cuerpo.code, 'SESION_REQUERIDA')
  for (const consulta of ['limite=0', 'limite=x', 'hermanas=-1', 'hermanas=1.5', 'checkpoint=%7B', 'checkpoint=%7B%22seq%22%3A-1%7D']) {
    const r = await pedir(servidor, `/sync/pull/config?${consulta}`, { token })
    assert.equal([r.estado, r.cuerpo.code], [400, 'DATO_INVALIDO'], consulta)
  }
  const { cuerpo } = await traer(token, 'transacciones')
  const torcida = await traer(token, 'transacciones', { ...cuerpo.data.checkpoint, pagina: "'; drop table" })
  assert.equal([torcida.estado, torcida.cuerpo.code], [400, 'DATO_INVALIDO'])
})

test('[PU7] what reaches the head says when each other collection last changed, and the slice of it', async () => {
  const { negocio, caja, diario } = await unMundo()
  const { token } = await sesionDeDispositivo(servidor, caja)
  const alFrente = async (coleccion: string) => (await traer(token, coleccion)).cuerpo.data.checkpoint
  const antes = await alFrente('veredictos')
  await diario.vender()
  await diario.subir()
  const { checkpoint, hermanas = {} } = (await traer(token, 'veredictos', antes, 500, antes.seq)).cuerpo.data
  assert.equal(Object.keys(hermanas).sort(), [...COLECCIONES.scanya.slice(2)].sort())
  for (const [nombre, dicha] of Object.entries(hermanas)) assert.is(dicha.rebanada, (await alFrente(nombre)).rebanada, nombre)
  const [ultimo] =
    await sql`select max(seq) as seq from cambios_negocio where negocio_id = ${negocio.negocioId} and coleccion = 'transacciones'`
  assert.equal([hermanas.transacciones?.cambio, hermanas.articulos?.cambio], [ultimo.seq, antes.seq])
  assert.ok(ultimo.seq > antes.seq && ultimo.seq <= checkpoint.seq)
  const deNuevo = (await traer(token, 'veredictos', checkpoint, 500, checkpoint.seq)).cuerpo.data
  assert.ok(Object.values(deNuevo.hermanas ?? {}).every(({ cambio }) => cambio === checkpoint.seq))
  assert.ok((await traer(token, 'veredictos', null, 500, 0)).cuerpo.data.hermanas, 'a snapshot that ends at the head says it too')
})

test('[PU7] nothing is said before the head, to one that starts again, beyond the log, or of more of it than is looked through', async () => {
  const { negocio, caja, diario } = await unMundo()
  const { token } = await sesionDeDispositivo(servidor, caja)
  const inicio = (await traer(token, 'veredictos')).cuerpo.data.checkpoint
  for (let i = 0; i < 2; i++) await diario.vender()
  await diario.subir()
  const hermanas = async (checkpoint: Checkpoint | null, desde: number, limite = 500) =>
    (await traer(token, 'veredictos', checkpoint, limite, desde)).cuerpo.data.hermanas
  assert.is(await hermanas(inicio, inicio.seq, 1), undefined)
  assert.is(await hermanas({ ...inicio, epoca: crypto.randomUUID() }, inicio.seq), undefined)
  assert.is(await hermanas(inicio, inicio.seq + 1_000), undefined)
  const despues = { ...inicio, seq: inicio.seq + 1 }
  await sql`update contadores_negocio set horizonte = ${despues.seq} where negocio_id = ${negocio.negocioId}`
  assert.is(await hermanas(despues, inicio.seq), undefined)
  assert.ok(await hermanas(despues, despues.seq))
  await sql`update contadores_negocio set seq = seq + 10000 where negocio_id = ${negocio.negocioId}`
  assert.is(await hermanas(despues, despues.seq), undefined)
})

test('[PU7] a shopper hears of the config that phones share', async () => {
  const ana = await crearShopper(servidor)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const { checkpoint, hermanas } = (await traer(token, 'mias', null, 500, 0)).cuerpo.data
  const { rebanada } = (await traer(token, 'config')).cuerpo.data.checkpoint
  const [ultimo] =
    await sql`select coalesce(max(seq), 0) as seq from cambios_usuario where usuario_id = ${ana.usuarioId} and coleccion = 'config'`
  assert.equal(hermanas, { config: { rebanada, cambio: ultimo.seq } })
  assert.ok(checkpoint.seq >= ultimo.seq)
})

test('a till holds the rules it may still need (R12) and learns new ones by the log', async () => {
  const { negocio, caja } = await unMundo()
  reloj.avanzar(DIA)
  const copia = new Copia(caja, 'config')
  await copia.poner()
  await cambiarConfiguracion(deps, negocio.negocioId, negocio.dueno.usuarioId, { valorPuntoCentavos: 2_000 })
  await copia.poner()
  assert.equal(
    copia.ids().filter((id) => id.startsWith('version:')),
    ['version:1', 'version:2'],
  )
  reloj.avanzar(5 * DIA)
  const nueva = new Copia(caja, 'config')
  await nueva.poner()
  assert.equal(
    nueva.ids().filter((id) => id.startsWith('version:')),
    ['version:2'],
  )
})

test.run()
