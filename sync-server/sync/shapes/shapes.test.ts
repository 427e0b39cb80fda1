/** `GET /v1/shape` of a negocio, read by ElectricSQL's own client over a socket. */
import type { Row } from '@electric-sql/client'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, MINUTO } from '../../../schema/core/tiempo.ts'
import { azar } from '../../../schema/testing/azar.ts'
import { cambiarEpocas } from '../../db/epoca.ts'
import { crearArticulos } from '../../domain/articulos/crear.ts'
import { borrarArticulo, editarArticulo } from '../../domain/articulos/editar.ts'
import { despedir } from '../../http/despedida.ts'
import { compactar, DIAS_DE_BITACORA } from '../../jobs/compact.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { darCuentaDeGerente } from '../../testing/gerente.ts'
import {
  type CuentaDePrueba,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { Lector, type Puerto, ponerEnPuerto } from '../../testing/shapes.ts'
import { FILAS_POR_PAGINA } from './servir.ts'

const ESPERA_MS = 300
let servidor: ServidorDePrueba<DbDePrueba>
let puerto: Puerto
/** Another node, whose live requests end when something happens and not before. */
let paciente: { servidor: ServidorDePrueba; puerto: Puerto }
let dueno: CuentaDePrueba
let negocio: NegocioDePrueba
let token: string
const lectores: Lector[] = []

test.before(async () => {
  servidor = await createTestServer()
  puerto = await ponerEnPuerto(servidor, { esperaMs: ESPERA_MS, revisionMs: 50 })
  const nodo = await createTestServer({ db: servidor.db, reloj: servidor.reloj })
  paciente = { servidor: nodo, puerto: await ponerEnPuerto(nodo, { esperaMs: 60_000, revisionMs: 20 }) }
  dueno = await crearCuentaDePrueba(servidor)
})
test.before.each(async () => {
  negocio = await crearNegocioDePrueba(servidor, { dueno, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  token = await tokenDeCuenta(servidor, dueno.usuarioId)
})
test.after.each(() => {
  for (const lector of lectores.splice(0)) lector.cerrar()
})
test.after(async () => {
  await puerto.cerrar()
  await paciente.puerto.cerrar()
  await servidor.cerrar()
})

function leer(tabla: string, mas: Partial<ConstructorParameters<typeof Lector>[2]> = {}, quien = token): Lector {
  const lector = new Lector(puerto.url, quien, { ...mas, params: { table: tabla, negocio: negocio.negocioId, ...mas.params } })
  lectores.push(lector)
  return lector
}
const editor = () => ({
  negocioId: negocio.negocioId,
  editor: { id: dueno.usuarioId, sucursalId: null, quien: 'Rosa', equipo: '' },
  sucursalId: null,
  clase: 'cuenta' as const,
  atadura: '',
})
/** Writes once the clock moved, so that each edit is later than the one before. */
async function crear(...nombres: string[]): Promise<string[]> {
  servidor.reloj.avanzar(1_000)
  const nuevos = nombres.map((nombre) => ({ nombre, precioCentavos: 1_000 }))
  return (await crearArticulos(servidor.deps, negocio.negocioId, dueno.usuarioId, nuevos)).map((a) => a.id)
}
function editar(id: string, cambios: object): Promise<unknown> {
  servidor.reloj.avanzar(1_000)
  return editarArticulo(servidor.deps, editor(), id, cambios)
}
function borrar(id: string): Promise<unknown> {
  servidor.reloj.avanzar(1_000)
  return borrarArticulo(servidor.deps, editor(), id)
}
const nombres = (lector: Lector) =>
  lector
    .filas<{ nombre: string }>()
    .map((f) => f.nombre)
    .sort()

test('[SH1] [SH2] rows first, with types, then live: an insert, an update with what changed, a delete', async () => {
  const [agua] = await crear('Agua', 'Pizza')
  const lector = leer('articulos')
  await lector.conFilas(2)
  const fila = lector.filas<Row>().find((f) => f.id === agua)
  assert.equal([fila?.nombre, fila?.precioCentavos, fila?.visible, fila?.imagenes], ['Agua', 1_000, true, []])
  assert.equal(lector.operaciones(), ['insert', 'insert'])

  await crear('Café')
  await lector.hasta(() => nombres(lector).includes('Café'))
  await editar(agua!, { precioCentavos: 2_500, sucursales: [negocio.sucursalId] })
  await lector.hasta(() => lector.filas<Row>().some((f) => f.precioCentavos === 2_500))
  await borrar(agua!)
  await lector.conFilas(2)
  assert.equal(nombres(lector), ['Café', 'Pizza'])
  const cambio = lector.mensajes.find((m) => 'operation' in m.headers && m.headers.operation === 'update') as unknown as { value: object }
  assert.equal(cambio.value, { id: agua, precioCentavos: 2_500, sucursales: [negocio.sucursalId] })
  assert.equal(lector.operaciones().slice(2), ['insert', 'update', 'delete'])
})

test('[SH2] many rows come in pages; what is written while they go by is missed by nobody', async () => {
  const muchos = Array.from({ length: FILAS_POR_PAGINA + 5 }, (_, i) => `Artículo ${i}`)
  const ids = await crear(...muchos)
  const pedir = async (offset: string, handle = '') => {
    const q = new URLSearchParams({ table: 'articulos', negocio: negocio.negocioId, offset, ...(handle ? { handle } : {}) })
    const r = await fetch(`${puerto.url}/v1/shape?${q}`, { headers: { authorization: `Bearer ${token}` } })
    return { r, mensajes: (await r.json()) as { key?: string; value?: { id: string; nombre: string } }[] }
  }
  const una = await pedir('-1')
  assert.equal([una.mensajes.length, una.r.headers.has('electric-up-to-date')], [FILAS_POR_PAGINA, false])
  const vistos = new Set(una.mensajes.map((m) => m.value?.id))
  const [yaPaso, falta] = [ids.find((id) => vistos.has(id))!, ids.filter((id) => !vistos.has(id))]
  await borrar(yaPaso)
  await editar(falta[0]!, { nombre: 'Cambiado' })
  await borrar(falta[1]!)

  const estado = new Map(una.mensajes.map((m) => [m.key, m.value]))
  const handle = una.r.headers.get('electric-handle')!
  for (let offset = una.r.headers.get('electric-offset')!, fin = false; !fin; ) {
    const { r, mensajes } = await pedir(offset, handle)
    for (const m of mensajes as { key?: string; value?: { id: string; nombre: string }; headers: { operation?: string } }[]) {
      if (m.headers.operation === 'delete') estado.delete(m.key)
      else if (m.key) estado.set(m.key, { ...estado.get(m.key), ...m.value } as never)
    }
    offset = r.headers.get('electric-offset')!
    fin = r.headers.has('electric-up-to-date')
  }
  assert.is(estado.size, FILAS_POR_PAGINA + 3)
  assert.ok([...estado.values()].some((v) => v?.nombre === 'Cambiado'))
  const lector = leer('articulos')
  await lector.conFilas(FILAS_POR_PAGINA + 3)
})

test('[SH4] a live request with nothing to tell is answered after a while, and again, at the same place', async () => {
  await crear('Agua')
  const lector = leer('articulos')
  await lector.conFilas(1)
  const { offset } = lector.punto()
  const antes = lector.controles().length
  await lector.hasta(() => lector.controles().length >= antes + 2)
  assert.is(lector.punto().offset, offset)
  // What is of another collection moves the place, and says nothing.
  await new DiarioDePrueba(servidor, (await crearCaja()).caja).abrir()
  assert.equal(lector.operaciones(), ['insert'])
})

async function crearCaja() {
  const otro = await crearNegocioDePrueba(servidor, { cajas: 1, dueno })
  return { caja: otro.cajas[0]! }
}

test('[SH4] a client that asks for events gets the same in their framing, misses nothing, and ends up polling', async () => {
  const avisos: unknown[] = []
  const { warn } = console
  console.warn = (texto: unknown) => avisos.push(texto)
  try {
    const lector = leer('articulos', { liveSse: true })
    await lector.conFilas(0)
    for (let i = 1; i <= 5; i++) {
      await crear(`A${i}`)
      await lector.hasta(() => lector.filas().length === i)
    }
    assert.equal(nombres(lector), ['A1', 'A2', 'A3', 'A4', 'A5'])
  } finally {
    console.warn = warn
  }
})

test('[SH2] from now on: no rows, then whole changes with what they were', async () => {
  const [agua] = await crear('Agua')
  for (const mas of [{ offset: 'now' as const }, { log: 'changes_only' as const }]) {
    const lector = leer('articulos', { ...mas, params: { replica: 'full' } })
    await lector.hasta(() => lector.stream.isUpToDate)
    assert.equal(lector.operaciones(), [])
    await editar(agua!, { sucursales: [negocio.sucursalId], precioCentavos: 1_000 })
    await editar(agua!, { sucursales: [] })
    await lector.hasta(() => lector.operaciones().length >= 2)
    const ultimo = lector.mensajes.filter((m) => 'key' in m).at(-1) as unknown as { value: Row; old_value: Row }
    assert.equal([ultimo.value.nombre, ultimo.old_value], ['Agua', { sucursales: [negocio.sucursalId] }])
    lector.cerrar()
  }
})

test('[SH6] a gerente sees what is sold at the own sucursal: rows move in and out as they change', async () => {
  const [centro, norte] = negocio.sucursales.map((s) => s.id) as [string, string]
  const gerente = await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, norte))
  const [agua, pizza] = await crear('Agua', 'Pizza')
  await editar(pizza!, { sucursales: [centro] })
  const lector = leer('articulos', {}, gerente)
  await lector.conFilas(1)
  await editar(pizza!, { sucursales: [centro, norte] })
  await lector.conFilas(2)
  await editar(agua!, { sucursales: [centro] })
  await lector.conFilas(1)
  await editar(pizza!, { nombre: 'Pizza grande' })
  await lector.hasta(() => nombres(lector).join() === 'Pizza grande')
  servidor.reloj.avanzar(1_000)
  const deCentro = [{ nombre: 'Solo Centro', precioCentavos: 100, sucursales: [centro] }]
  await crearArticulos(servidor.deps, negocio.negocioId, dueno.usuarioId, deCentro)
  await borrar(pizza!)
  await lector.conFilas(0)
  assert.not.ok(JSON.stringify(lector.mensajes).includes('Solo Centro'))
  assert.is(lector.operaciones().filter((o) => o === 'delete').length, 2)
})

test('[SH6] sales: a dueño narrows by sucursal and by a constant instant, a gerente has the own one; a sale arrives live', async () => {
  const sucursales = [{ nombre: 'Centro' }, { nombre: 'Norte' }]
  negocio = await crearNegocioDePrueba(servidor, { cajas: 1, dueno, sucursales })
  const norte = negocio.sucursales[1]!.id
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  await diario.vender()
  await diario.subir()
  servidor.reloj.avanzar(MINUTO)
  const pagina = () => tokenDeCuenta(servidor, dueno.usuarioId)
  const [todas, deHoy, deNorte, delGerente] = [
    leer('transacciones', {}, await pagina()),
    leer('transacciones', { params: { desde: String(servidor.reloj.ahora()) } }, await pagina()),
    leer('transacciones', { params: { sucursal: norte } }, await pagina()),
    leer('transacciones', {}, await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, norte))),
  ]
  await Promise.all([todas.conFilas(1), deHoy.conFilas(0), deNorte.conFilas(0), delGerente.conFilas(0)])
  await diario.vender({ montoCentavos: 12_345 })
  await diario.subir()
  await Promise.all([todas.conFilas(2), deHoy.conFilas(1)])
  assert.is(deHoy.filas<Row>()[0]?.montoCentavos, 12_345)
  const { offset } = todas.punto()
  await Promise.all([deNorte, delGerente].map((l) => l.hasta(() => l.punto().offset === offset)))
  assert.equal([...deNorte.operaciones(), ...delGerente.operaciones()], [])
})

test('[SH5] a reader resumes where it was after the server was started again', async () => {
  await crear('Agua')
  const antes = leer('articulos')
  await antes.conFilas(1)
  const desde = antes.punto()
  antes.cerrar()
  await crear('Pizza')
  // Another process of the same database: another hub, another room, nothing in memory.
  const otro = await createTestServer({ db: servidor.db, reloj: servidor.reloj })
  const suPuerto = await ponerEnPuerto(otro, { esperaMs: ESPERA_MS })
  const lector = new Lector(suPuerto.url, token, { params: { table: 'articulos', negocio: negocio.negocioId }, desde })
  lectores.push(lector)
  await lector.conFilas(1)
  assert.equal([nombres(lector), lector.controles().includes('must-refetch')], [['Pizza'], false])
  assert.is(lector.punto().handle, desde.handle)
  lector.cerrar()
  await suPuerto.cerrar()
})

test('[SH5] the server goes away under a live reader, and comes back at the same address', async () => {
  const propio = await createTestServer({ db: servidor.db, reloj: servidor.reloj })
  let suPuerto = await ponerEnPuerto(propio, { esperaMs: 10_000 })
  const lector = new Lector(suPuerto.url, token, { params: { table: 'articulos', negocio: negocio.negocioId } })
  lectores.push(lector)
  await lector.conFilas(0)
  const port = Number(new URL(suPuerto.url).port)
  await suPuerto.cerrar()
  await crear('Agua')
  suPuerto = await ponerEnPuerto(propio, {}, port)
  await lector.conFilas(1)
  lector.cerrar()
  await suPuerto.cerrar()
})

test('[SH5] a database put back to an earlier moment: must-refetch, with another handle, and the rows that there are', async () => {
  await crear('Agua')
  const lector = leer('articulos')
  await lector.conFilas(1)
  const { handle } = lector.punto()
  await cambiarEpocas(servidor.db)
  await crear('Pizza')
  await lector.hasta(() => lector.controles().includes('must-refetch'))
  await lector.conFilas(2)
  assert.is.not(lector.punto().handle, handle)
})

test('[SH5] below the horizon of a compacted log, and beyond the head: must-refetch, never a hole', async () => {
  const [agua] = await crear('Agua')
  const primero = leer('articulos')
  await primero.conFilas(1)
  const desde = primero.punto()
  primero.cerrar()
  await borrar(agua!)
  servidor.reloj.avanzar((DIAS_DE_BITACORA + 1) * DIA)
  await compactar(servidor.deps)
  token = await tokenDeCuenta(servidor, dueno.usuarioId)
  await crear('Pizza')
  for (const offset of [desde.offset, '999999_0' as const]) {
    const lector = leer('articulos', { desde: { ...desde, offset } })
    await lector.hasta(() => lector.controles().includes('must-refetch'))
    await lector.conFilas(1)
    assert.equal(nombres(lector), ['Pizza'])
    assert.is.not(lector.punto().handle, desde.handle)
  }
})

test('[SH5] a handle of another shape, or made up, begins anew', async () => {
  await crear('Agua')
  const avisos = leer('avisos')
  await avisos.conFilas(0)
  for (const handle of [avisos.punto().handle, 'inventado', `${avisos.punto().handle.slice(0, 24)}`]) {
    const lector = leer('articulos', { desde: { offset: avisos.punto().offset, handle } })
    await lector.hasta(() => lector.controles().includes('must-refetch'))
    await lector.conFilas(1)
  }
})

const crudo = (consulta: Record<string, string> | string, quien: string | null = token, cabeceras = {}) =>
  fetch(`${puerto.url}/v1/shape?${new URLSearchParams(consulta)}`, {
    headers: { ...(quien ? { authorization: `Bearer ${quien}` } : {}), ...cabeceras },
  })
const codigo = async (r: Response) => {
  const { code, campo } = (await r.json()) as { code?: string; campo?: string }
  return [r.status, code, ...(campo ? [campo] : [])].join(' ')
}

test('[SH6] without a session 401; a shape of others, of another tenant and one that does not exist are answered alike', async () => {
  const ajeno = await crearNegocioDePrueba(servidor, { cajas: 1 })
  await crearArticulos(servidor.deps, ajeno.negocioId, 'x', [{ nombre: 'Ajeno', precioCentavos: 1 }])
  const shopper = await tokenDeCuenta(servidor, (await crearCuentaDePrueba(servidor)).usuarioId)
  const caja = (await sesionDeDispositivo(servidor, ajeno.cajas[0]!)).token
  assert.is(await codigo(await crudo({ table: 'articulos', offset: '-1', negocio: negocio.negocioId }, null)), '401 SESION_REQUERIDA')
  assert.is(await codigo(await crudo({ table: 'x', where: '1=1' }, null)), '401 SESION_REQUERIDA', 'before anything else')
  const nada = '404 SHAPE_DESCONOCIDA'
  for (const quien of [token, shopper, caja])
    for (const table of [
      'dispositivos',
      'negocios',
      'veredictos',
      'nodos',
      'pulso',
      'usuarios',
      'sesiones',
      'constructor',
      '__proto__',
      'articulos; drop',
    ])
      assert.is(await codigo(await crudo({ table, offset: '-1' }, quien)), nada, table)
  for (const quien of [token, shopper, caja])
    for (const table of ['articulos', 'transacciones', 'avisos'])
      for (const negocioId of [ajeno.negocioId, '018f0000-0000-7000-8000-000000000001'])
        assert.is(await codigo(await crudo({ table, offset: '-1', negocio: negocioId }, quien)), nada)
})

test('[SH6] what a reader may not say is refused with its field and never passed on', async () => {
  const base = { table: 'articulos', offset: '-1', negocio: negocio.negocioId }
  const { offset: _, ...sinOffset } = base
  const { table: __, ...sinTabla } = base
  const casos: [consulta: Record<string, string>, campo: string][] = [
    [{ ...base, where: 'true' }, 'where'],
    [{ ...base, columns: 'id' }, 'columns'],
    [{ ...base, params: '{"1":"x"}' }, 'params'],
    [{ ...base, 'params[1]': 'x' }, 'params[1]'],
    [{ ...base, subset__where: 'true' }, 'subset__where'],
    [{ ...base, subset__limit: '1' }, 'subset__limit'],
    [{ ...base, sucursal: negocio.sucursalId }, 'sucursal'],
    [{ ...base, negocio: "' or 1=1 --" }, 'negocio'],
    [{ table: 'articulos', offset: '-1' }, 'negocio'],
    [{ ...base, table: 'transacciones', desde: 'ayer' }, 'desde'],
    [{ ...base, table: 'transacciones', desde: '1e300' }, 'desde'],
    [{ ...base, live: 'yes' }, 'live'],
    [{ ...base, replica: 'half' }, 'replica'],
    [{ ...base, log: 'none' }, 'log'],
    [{ ...base, handle: 'x'.repeat(101) }, 'handle'],
    [{ ...base, offset: '5_0' }, 'handle'],
    [{ ...base, offset: '0x10_0', handle: 'x' }, 'offset'],
    [sinOffset, 'offset'],
    [sinTabla, 'table'],
  ]
  for (const [consulta, campo] of casos)
    assert.is(await codigo(await crudo(consulta)), `400 DATO_INVALIDO ${campo}`, JSON.stringify(consulta))
  const dosVeces = await crudo(`${new URLSearchParams(base)}&table=transacciones`)
  assert.is(await codigo(dosVeces), '400 DATO_INVALIDO table')
})

test('[SH2] a key of a page that its reader does not know is refused, whatever it says', async () => {
  const primera = await crudo({ table: 'articulos', offset: '-1', negocio: negocio.negocioId })
  const handle = primera.headers.get('electric-handle')!
  const seq = primera.headers.get('electric-offset')!.split('_')[0]
  for (const table of ['articulos', 'transacciones', 'avisos'])
    for (const llave of ["'; drop table articulos; --", '1', 'x|y', `99999999999999999|${negocio.negocioId}`]) {
      const numero = BigInt(`0x01${Buffer.from(llave).toString('hex')}`)
      const { status } = await crudo({ table, offset: `${seq}_${numero}`, negocio: negocio.negocioId, handle })
      assert.ok(status === 400 || status === 409 || (status === 200 && table === 'avisos'), `${table} ${llave} ${status}`)
    }
})

/** A live request of the catálogo at the patient node, from its head. */
async function viva(quien = token): Promise<(corte?: AbortSignal, otro?: string) => Promise<Response>> {
  const { headers } = await crudo({ table: 'articulos', offset: '-1', negocio: negocio.negocioId }, quien)
  const lugar = { offset: headers.get('electric-offset')!, handle: headers.get('electric-handle')! }
  const consulta = new URLSearchParams({ table: 'articulos', negocio: negocio.negocioId, live: 'true', ...lugar })
  return (corte, otro = quien) =>
    fetch(`${paciente.puerto.url}/v1/shape?${consulta}`, { headers: { authorization: `Bearer ${otro}` }, signal: corte ?? null })
}
/** Waits until this many live requests are held, by the metric that says so. */
async function enEspera(cuantas: number): Promise<void> {
  for (;;) {
    const texto = await (await paciente.servidor.fetch('http://localhost:8080/metrics')).text()
    if (new RegExp(`^anunciaya_shapes_en_vivo ${cuantas}$`, 'm').test(texto)) return
    await new Promise((sigue) => setTimeout(sigue, 5))
  }
}

test('[SH7] three live requests of a session; the fourth is told when to come back; another page has places of its own', async () => {
  const pedir = await viva()
  const tres = [pedir(), pedir(), pedir()]
  await enEspera(3)
  const cuarta = await pedir()
  assert.is(cuarta.headers.get('retry-after'), '1')
  assert.is(await codigo(cuarta), '429 DEMASIADAS_EN_VIVO')
  const otraPagina = pedir(undefined, await tokenDeCuenta(servidor, dueno.usuarioId))
  await enEspera(4)
  await crear('Llega')
  assert.equal(
    (await Promise.all([...tres, otraPagina])).map((r) => r.status),
    [200, 200, 200, 200],
  )
  assert.is((await pedir()).status, 200)
})

test('[SH7] a client that goes away frees its place; one whose session ended is told, and gets nothing that came after', async () => {
  const pedir = await viva()
  const corte = new AbortController()
  const ida = pedir(corte.signal)
  await enEspera(1)
  corte.abort()
  await ida.catch(() => {})
  await enEspera(0)
  const colgada = pedir()
  await enEspera(1)
  await servidor.db.superusuario`update sesiones set revocada_at = now() where cuenta_id = ${dueno.usuarioId}`
  await crear('Después')
  assert.is(await codigo(await colgada), '401 SESION_VENCIDA')
})

test('[SH7] who logs out ends what waits in their name, at once', async () => {
  const nodo = await createTestServer({ db: servidor.db, reloj: servidor.reloj })
  const suPuerto = await ponerEnPuerto(nodo, { esperaMs: 60_000, revisionMs: 60_000 })
  const lector = new Lector(suPuerto.url, token, { params: { table: 'articulos', negocio: negocio.negocioId } })
  lectores.push(lector)
  await lector.conFilas(0)
  await nodo.fetch('http://localhost:8080/api/auth/logout', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{}',
  })
  const error = await lector.hasta(() => false).catch((e) => e)
  assert.match(String(error), 'SESION_VENCIDA')
  await suPuerto.cerrar()
})

test('[SH7] whoever lost their place in the negocio while they waited gets nothing either', async () => {
  const gerente = await darCuentaDeGerente(servidor, negocio.negocioId, negocio.sucursalId)
  const colgada = (await viva(await tokenDeCuenta(servidor, gerente)))()
  await enEspera(1)
  await servidor.db.superusuario`delete from negocio_cuentas where usuario_id = ${gerente}`
  await crear('Después')
  assert.is(await codigo(await colgada), '404 SHAPE_DESCONOCIDA')
})

test('[SH7] a server that stops answers whoever waits, and holds nobody any more', async () => {
  const nodo = await createTestServer({ db: servidor.db, reloj: servidor.reloj })
  const suPuerto = await ponerEnPuerto(nodo, { esperaMs: 60_000, revisionMs: 60_000 })
  const lector = new Lector(suPuerto.url, token, { params: { table: 'articulos', negocio: negocio.negocioId } })
  lectores.push(lector)
  await lector.conFilas(0)
  const antes = lector.controles().length
  despedir(nodo.deps)
  await lector.hasta(() => lector.controles().length > antes)
  lector.cerrar()
  await suPuerto.cerrar()
})

test('[SH7] HEAD never waits', async () => {
  const { headers } = await crudo({ table: 'articulos', offset: '-1', negocio: negocio.negocioId })
  const q = {
    table: 'articulos',
    negocio: negocio.negocioId,
    live: 'true',
    offset: headers.get('electric-offset')!,
    handle: headers.get('electric-handle')!,
  }
  const r = await fetch(`${paciente.puerto.url}/v1/shape?${new URLSearchParams(q)}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${token}` },
  })
  assert.equal([r.status, await r.text()], [200, ''])
})

test('[SH1] every answer has a cursor of its own, and a handle that can be gone on with whatever was brought', async () => {
  const q = { table: 'articulos', offset: '-1', negocio: negocio.negocioId }
  const respuestas = [
    await crudo(q),
    await crudo(q),
    await crudo({ ...q, handle: 'inventado', expired_handle: 'inventado', 'cache-buster': '1' }),
  ]
  const de = (nombre: string) => respuestas.map((r) => r.headers.get(nombre) ?? '')
  assert.is(new Set(de('electric-cursor')).size, 3)
  for (const cursor of de('electric-cursor')) assert.match(cursor, /^\d+$/)
  for (const [i, handle] of de('electric-handle').entries())
    assert.is((await crudo({ ...q, offset: de('electric-offset')[i]!, handle })).status, 200)
  assert.is(new Set(de('electric-handle')).size, 3)
})

test('[SH8] the same question under the same head is 304; after a change it is not; nothing is kept by a cache', async () => {
  await crear('Agua')
  const q = { table: 'articulos', offset: '-1', negocio: negocio.negocioId }
  const una = await crudo(q)
  assert.is(una.headers.get('cache-control'), 'no-store')
  const etag = una.headers.get('etag')!
  assert.is((await crudo(q, token, { 'if-none-match': etag })).status, 304)
  const otra = { ...q, table: 'avisos' }
  assert.is((await crudo(otra, token, { 'if-none-match': etag })).status, 200)
  await crear('Pizza')
  const despues = await crudo(q, token, { 'if-none-match': etag })
  assert.is(despues.status, 200)
  assert.is.not(despues.headers.get('etag'), etag)
})

for (const semilla of [1, 2])
  test(`[SH2] [SH3] after any writes, cuts and returns, what readers hold is what the database has, seed ${semilla}`, async () => {
    const suerte = azar(semilla)
    const [centro, norte] = negocio.sucursales.map((s) => s.id) as [string, string]
    const cuentas = [dueno.usuarioId, await darCuentaDeGerente(servidor, negocio.negocioId, norte)]
    const vivos = await crear('A', 'B', 'C', 'D')
    const abrir = async (cual: number) => leer('articulos', {}, await tokenDeCuenta(servidor, cuentas[cual]!))
    const leyendo = [await abrir(0), await abrir(1)]
    for (let paso = 0; paso < 40; paso++) {
      const id = vivos.length > 0 ? suerte.elegir(vivos) : undefined
      const que = suerte.entero(0, 9)
      if (que < 2 || id === undefined) vivos.push(...(await crear(`N${paso}`)))
      else if (que < 4) await editar(id, { sucursales: suerte.elegir([[], [centro], [norte], [centro, norte]]) })
      else if (que < 7) await editar(id, { nombre: `E${paso}`, precioCentavos: suerte.entero(0, 9_999) })
      else if (que === 7) await borrar(vivos.splice(vivos.indexOf(id), 1)[0]!)
      else if (que === 8) await leyendo[suerte.entero(0, 1)]!.hasta((lector) => lector.stream.isUpToDate)
      else {
        const cual = suerte.entero(0, 1)
        leyendo[cual]!.cerrar()
        leyendo[cual] = await abrir(cual)
      }
    }
    const hay = await servidor.db.superusuario`
      select id, nombre, precio_centavos, sucursales from articulos where negocio_id = ${negocio.negocioId} and not borrado order by id`
    const esperadas = [hay, hay.filter((a) => a.sucursales.length === 0 || a.sucursales.includes(norte))]
    const [{ seq }] = (await servidor.db.superusuario`select seq from contadores_negocio where negocio_id = ${negocio.negocioId}`) as [
      { seq: number },
    ]
    for (const [i, lector] of leyendo.entries()) {
      await lector.hasta(() => lector.stream.isUpToDate && Number(lector.punto().offset.split('_')[0]) >= seq)
      const tiene = lector.filas<Row>().map(({ id, nombre, precioCentavos, sucursales }) => ({ id, nombre, precioCentavos, sucursales }))
      assert.equal(
        tiene.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
        esperadas[i]?.map((fila) => ({ ...fila })),
      )
    }
  })

test.run()
