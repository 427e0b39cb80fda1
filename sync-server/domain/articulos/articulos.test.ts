import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import { type Doc, sellar } from '../../../schema/merge/campos.ts'
import type { EdicionDeCampo, RespuestaMetricas } from '../../../schema/protocol/catalogo.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { darCuentaDeGerente } from '../../testing/gerente.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import type { PerfilPublico } from '../negocios/publico.ts'
import { limpiarMostrador } from '../scanya/repetible.ts'
import { crearArticulos } from './crear.ts'
import type { FichaDeArticulo } from './forma.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let roma: NegocioDePrueba
let cafe: NegocioDePrueba
let gerenteId: string

test.before(async () => {
  servidor = await createTestServer()
  roma = await crearNegocioDePrueba(servidor, { nombre: 'Roma', cajas: 1, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  cafe = await crearNegocioDePrueba(servidor, { nombre: 'Café' })
  gerenteId = await darCuentaDeGerente(servidor, roma.negocioId, roma.sucursales[1]!.id)
})
test.after(() => servidor.cerrar())

type Opciones = { cuerpo?: unknown; metodo?: string; cabeceras?: Record<string, string>; de?: string }
async function api<T = FichaDeArticulo>(camino: string, { de = roma.dueno.usuarioId, ...opciones }: Opciones = {}) {
  const r = await pedir<T>(servidor, `/api/articulos${camino}`, { ...opciones, token: await tokenDeCuenta(servidor, de) })
  return { estado: r.estado, codigo: r.cuerpo.code, campo: r.cuerpo.campo, datos: r.cuerpo.data }
}
const PIZZA = { nombre: 'Pizza margarita', precio: 165.5, categoria: 'Pizzas' }
const crear = async (cambios: object = {}) => (await api('', { cuerpo: { ...PIZZA, ...cambios } })).datos
const avisos = async () => (await servidor.db.superusuario`select count(*)::int as n from avisos`)[0].n

test('CAT-14: created in pesos with its defaults, read, edited, deleted; a deleted one is not found again', async () => {
  const nueva = await crear()
  assert.equal(
    [nueva.precio, nueva.tipo, nueva.visible, nueva.destacado, nueva.desde, nueva.agotado, nueva.sucursales, nueva.imagenes],
    [165.5, 'producto', true, false, false, false, [], []],
  )
  assert.equal((await api(`/${nueva.id}`)).datos, nueva)
  servidor.reloj.avanzar(1_000)
  const editada = (await api(`/${nueva.id}`, { metodo: 'PUT', cuerpo: { precio: 0, descripcion: 'Al horno' } })).datos
  assert.equal([editada.precio, editada.descripcion, editada.nombre], [0, 'Al horno', PIZZA.nombre])
  assert.equal((await api(`/${nueva.id}`, { metodo: 'DELETE' })).datos as object, { id: nueva.id })
  for (const metodo of ['GET', 'DELETE']) assert.is((await api(`/${nueva.id}`, { metodo })).codigo, 'NO_ENCONTRADO')
  assert.is((await api(`/${nueva.id}`, { metodo: 'PUT', cuerpo: { precio: 1 } })).codigo, 'NO_ENCONTRADO')
})

test('CAT-14: of two edits in one instant, or after the clock went back, the later one stays', async () => {
  const una = await crear()
  const poner = async (precio: number) => (await api(`/${una.id}`, { metodo: 'PUT', cuerpo: { precio } })).datos.precio
  for (const precio of [500, 300, 400, 200]) assert.is(await poner(precio), precio)
  servidor.reloj.avanzar(-60_000)
  assert.is(await poner(100), 100)
  assert.equal((await api(`/${una.id}`, { metodo: 'DELETE' })).estado, 200)
  assert.is((await api(`/${una.id}`)).codigo, 'NO_ENCONTRADO')
  servidor.reloj.avanzar(60_000)
})

test('CAT-06: visible and destacado are switched without touching the rest, and stamped by the account', async () => {
  const una = await crear({ descripcion: 'x' })
  servidor.reloj.avanzar(1_000)
  const otra = (await api(`/${una.id}/estado`, { metodo: 'PATCH', cuerpo: { visible: false, destacado: true } })).datos
  assert.equal([otra.visible, otra.destacado, otra.descripcion], [false, true, 'x'])
  const [fila] = await servidor.db.superusuario`select sellos from articulos where id = ${una.id}`
  assert.equal(fila.sellos.visible[1], roma.dueno.usuarioId)
  assert.ok(fila.sellos.visible[0] > fila.sellos.descripcion[0])
})

test('CAT-04: a request to create that comes twice makes one; the same key for something else is refused', async () => {
  const cabeceras = { 'idempotency-key': 'llave-de-prueba-1' }
  const [a, b] = [await api('', { cuerpo: PIZZA, cabeceras }), await api('', { cuerpo: PIZZA, cabeceras })]
  assert.is(a.datos.id, b.datos.id)
  assert.is((await api('', { cuerpo: { ...PIZZA, precio: 1 }, cabeceras })).codigo, 'IDEMPOTENCIA_DISTINTA')
  servidor.reloj.avanzar(31 * DIA)
  await limpiarMostrador(servidor.deps)
  assert.is(
    (await api('', { cuerpo: { ...PIZZA, nombre: 'Otra' }, cabeceras })).codigo,
    'IDEMPOTENCIA_DISTINTA',
    'not written over the first',
  )
  assert.is((await api(`/${a.datos.id}`)).datos.nombre, PIZZA.nombre)
  const doble = { 'idempotency-key': 'llave-de-prueba-2' }
  const a2 = await api(`/${a.datos.id}/duplicar`, { cuerpo: {}, cabeceras: doble })
  const b2 = await api(`/${a.datos.id}/duplicar`, { cuerpo: {}, cabeceras: doble })
  assert.equal([a2.datos.nombre, a2.datos.precio, a2.datos.id === b2.datos.id], ['Pizza margarita (copia)', 165.5, true])
  assert.is.not(a2.datos.id, a.datos.id)
})

test('CAT-07: a page of the list, found without accents, by categoría and tipo', async () => {
  await crear({ nombre: 'Lasaña boloñesa', categoria: 'Pastas' })
  await crear({ nombre: 'LASAÑA de espinaca 100%', categoria: 'Pastas', tipo: 'servicio' })
  const lista = async (consulta: string) => (await api<{ articulos: FichaDeArticulo[]; total: number }>(`?${consulta}`)).datos
  assert.is((await lista('buscar=lasana')).total, 2)
  assert.is((await lista('buscar=100%25')).total, 1, '% is what it looks like')
  assert.is((await lista('buscar=lasana&tipo=servicio')).total, 1)
  const pagina = await lista('categoria=Pastas&limit=1&page=2')
  assert.equal([pagina.total, pagina.articulos.map((a) => a.nombre)], [2, ['Lasaña boloñesa']])
  assert.is((await api('?limit=9999')).campo, 'limit')
})

test('what is wrong is said with its field, and nothing is written', async () => {
  for (const [cuerpo, campo] of [
    [{ ...PIZZA, precio: 1.234 }, 'precio'],
    [{ ...PIZZA, nombre: '' }, 'nombre'],
    [{ nombre: 'Sin categoría', precio: 1 }, 'categoria'],
    [{ ...PIZZA, imagenes: ['ab'.repeat(32)] }, 'imagenes'],
    [{ ...PIZZA, sucursales: [cafe.sucursalId] }, 'sucursales'],
    [{ ...PIZZA, inventado: 1 }, 'inventado'],
    [{ ...PIZZA, imagenes: Array.from({ length: 6 }, (_, i) => `${i}`.repeat(64)) }, 'imagenes'],
  ] as const) {
    const r = await api('', { cuerpo })
    assert.equal([r.estado, r.campo], [400, campo])
  }
})

test('the negocio is named when an account has several; one in which it is nobody does not exist', async () => {
  const una = await crear()
  assert.is((await api(`/${una.id}`, { de: cafe.dueno.usuarioId })).codigo, 'NO_ENCONTRADO')
  assert.is((await api(`/${una.id}?negocioId=${roma.negocioId}`, { de: cafe.dueno.usuarioId })).codigo, 'NO_ENCONTRADO')
  const nadie = await crearCuentaDePrueba(servidor)
  assert.is((await api('', { de: nadie.usuarioId })).codigo, 'SIN_PERMISO')
  const dos = { negocio_id: cafe.negocioId, usuario_id: roma.dueno.usuarioId, papel: 'dueno' }
  await servidor.db.plataforma((sql) => sql`insert into negocio_cuentas ${sql(dos)}`)
  assert.equal(await api('').then((r) => [r.codigo, r.campo]), ['DATO_INVALIDO', 'negocioId'])
  const alla = await api('', { cuerpo: { ...PIZZA, negocioId: cafe.negocioId } })
  assert.is(alla.datos.negocioId, cafe.negocioId)
  assert.is((await api(`/${alla.datos.id}?negocioId=${cafe.negocioId}`)).estado, 200)
  await servidor.db.plataforma(
    (sql) => sql`delete from negocio_cuentas where negocio_id = ${cafe.negocioId} and usuario_id = ${roma.dueno.usuarioId}`,
  )
})

test('EMP-38: a gerente changes what is sold everywhere or where they work, and takes nothing away from there', async () => {
  const [centro, norte] = roma.sucursales.map((s) => s.id) as [string, string]
  const [deTodas, deNorte, deCentro] = [await crear(), await crear({ sucursales: [norte] }), await crear({ sucursales: [centro] })]
  servidor.reloj.avanzar(1_000)
  const pide = (metodo: string, camino: string, cuerpo?: object) =>
    api(camino, { metodo, de: gerenteId, ...(cuerpo ? { cuerpo } : {}) }).then((r) => [r.estado, r.codigo])
  const [va, no] = [
    [200, undefined],
    [403, 'SIN_PERMISO'],
  ]
  assert.equal(await pide('PUT', `/${deTodas.id}`, { precio: 170, sucursales: [centro, norte] }), va)
  assert.equal(await pide('PATCH', `/${deNorte.id}/estado`, { visible: false }), va)
  assert.equal(await pide('PUT', `/${deNorte.id}`, { sucursales: [centro] }), no, 'taken away')
  assert.equal(await pide('POST', `/${deNorte.id}/duplicar`, {}), va)
  assert.equal(await pide('DELETE', `/${deNorte.id}`), va)
  assert.equal(await pide('POST', '', { ...PIZZA, sucursales: [centro] }), no, 'made for another one')
  for (const [metodo, camino, cuerpo] of [
    ['PUT', '', { precio: 1 }],
    ['PUT', '', { sucursales: [norte] }],
    ['PATCH', '/estado', { visible: false }],
    ['POST', '/duplicar', {}],
    ['DELETE', '', undefined],
  ] as const)
    assert.equal(await pide(metodo, `/${deCentro.id}${camino}`, cuerpo), no, `${metodo} ${camino}`)
  assert.equal((await api(`/${deCentro.id}`)).datos, deCentro)
})

test('R7: the history of a price says who and where, whether it came over HTTP or from a Studio, and which one is in force', async () => {
  const una = await crear()
  const equipo = await altaDeCaja(servidor, roma, { tipo: 'studio', nombre: 'Laptop Centro', sucursalId: null })
  const { token } = await sesionDeDispositivo(servidor, equipo)
  servidor.reloj.avanzar(1_000)
  const [fila] = await servidor.db.superusuario`select * from articulos where id = ${una.id}`
  const doc = aDocumento(fila)
  const nuevo = sellar(doc, { precioCentavos: 18_000 }, servidor.reloj.ahora(), equipo.dispositivoId)
  await pedir(servidor, '/sync/push/articulos', { token, cuerpo: { filas: [{ nuevo, asumido: doc }] } })
  servidor.reloj.avanzar(1_000)
  await api(`/${una.id}`, { metodo: 'PUT', cuerpo: { precio: 199 } })
  const { ediciones } = (await api<{ ediciones: EdicionDeCampo[] }>(`/${una.id}/historia?campo=precioCentavos`)).datos
  assert.equal(
    ediciones.map((e) => [e.valor, e.quien, e.equipo, e.vigente]),
    [
      [19_900, 'Dueño 1', '', true],
      [18_000, 'Dueño 1', 'Laptop Centro', false],
      [16_550, 'Dueño 1', '', false],
    ],
  )
  const r = await pedir<{ ediciones: EdicionDeCampo[] }>(servidor, `/api/articulos/${una.id}/historia`, { token })
  assert.is(r.cuerpo.data.ediciones.length, 13, 'a Studio may read it; every field begins at birth')
  assert.is(await avisos(), 0, 'an edit that knew what it changed loses nothing')
})

/** A row as the document of the wire. */
function aDocumento({ negocioId: _n, createdAt: _c, updatedAt: _u, ...doc }: Record<string, unknown>): Doc {
  return doc as unknown as Doc
}

test('CAT-08: a negocio that gives its articulo the id of another one takes no looks away from it', async () => {
  const id = uuidv7(servidor.reloj.ahora())
  for (const { negocioId, dueno } of [cafe, roma])
    await crearArticulos(servidor.deps, negocioId, dueno.usuarioId, [{ id, nombre: 'Mismo id', precioCentavos: 1 }])
  await pedir(servidor, `/api/articulos/${id}/vista`, { metodo: 'POST' })
  const vistas = await servidor.db.superusuario`select vistas from articulo_vistas where articulo_id = ${id}`
  assert.equal(
    vistas.map((v) => v.vistas),
    [1, 1],
  )
})

test('CAT-08: pieces sold in 30 days, without what was cancelled, of the own sucursal for a gerente; looks once a day for each who looks', async () => {
  const [a, b] = [await crear({ nombre: 'A' }), await crear({ nombre: 'B' })]
  const diario = new DiarioDePrueba(servidor, roma.cajas[0]!)
  const linea = (articulo: FichaDeArticulo, cantidad: number) => ({
    ...{ articuloId: articulo.id, nombre: articulo.nombre, cantidad, precioCentavos: 16_550 },
  })
  await diario.abrir()
  await diario.vender({ lineas: [linea(a, 2), linea(b, 1)] })
  await diario.vender({ lineas: [linea(a, 1)] })
  const { id } = await diario.vender({ lineas: [linea(a, 7)] })
  await diario.escribir('anulacion', { transaccionId: id, motivo: 'x' })
  await diario.subir()
  const mirar = (id: string) => pedir<{ contada: boolean }>(servidor, `/api/articulos/${id}/vista`, { metodo: 'POST' })
  assert.equal([(await mirar(a.id)).cuerpo.data.contada, (await mirar(a.id)).cuerpo.data.contada], [true, false])
  servidor.reloj.avanzar(DIA)
  await mirar(a.id)
  const metricas = async (de?: string) => (await api<RespuestaMetricas>('/metricas', de ? { de } : {})).datos.articulos
  const de = (lista: RespuestaMetricas['articulos'], id: string) => lista.find((m) => m.id === id)
  assert.equal(de(await metricas(), a.id), { id: a.id, vistas: 2, ventas: 3, vendidoCentavos: 49_650 })
  assert.equal(de(await metricas(), b.id), { id: b.id, vistas: 0, ventas: 1, vendidoCentavos: 16_550 })
  assert.equal(de(await metricas(gerenteId), a.id)?.ventas, 0, 'Norte sold none')
  await api(`/${b.id}/estado`, { metodo: 'PATCH', cuerpo: { visible: false } })
  for (const id of [b.id, uuidv7(1)]) assert.is((await mirar(id)).cuerpo.code, 'NO_ENCONTRADO', 'a hidden one is as none')
  servidor.reloj.avanzar(31 * DIA)
  assert.equal(await metricas(), [])
})

test('CAT-15: anybody sees what a negocio shows, and nothing else of it', async () => {
  const visible = await crear({ nombre: 'Se ve', destacado: true, sucursales: [roma.sucursales[1]!.id] })
  const oculta = await crear({ nombre: 'No se ve', visible: false })
  const borrada = await crear({ nombre: 'Ya no' })
  await api(`/${borrada.id}`, { metodo: 'DELETE' })
  const [fila] = await servidor.db.superusuario`select codigo_caja from negocios where negocio_id = ${roma.negocioId}`
  const r = await pedir<PerfilPublico>(servidor, `/api/negocios/publico/${fila.codigoCaja}`)
  assert.equal([r.estado, r.cuerpo.data.nombre, r.cuerpo.data.sucursales.length], [200, 'Roma', 2])
  assert.equal([r.cuerpo.data.articulos[0]?.id, r.cuerpo.data.articulos[0]?.sucursales], [visible.id, [roma.sucursales[1]!.id]])
  const texto = JSON.stringify(r.cuerpo.data)
  for (const privado of [oculta.id, borrada.id, 'sellos', 'correo', roma.dueno.usuarioId, 'visible'])
    assert.not.ok(texto.includes(privado), privado)
  assert.is((await pedir(servidor, '/api/negocios/publico/no-hay')).cuerpo.code, 'NO_ENCONTRADO')
})

test.run()
