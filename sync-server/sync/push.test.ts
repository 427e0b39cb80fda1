import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { uuidv7 } from '../../schema/core/ids.ts'
import type { Doc } from '../../schema/merge/campos.ts'
import { sellar } from '../../schema/merge/campos.ts'
import type { RespuestaPush } from '../../schema/protocol/push.ts'
import { crearArticulos } from '../domain/articulos/crear.ts'
import { type CuponNuevo, nacer } from '../domain/cupones/crear.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  sesionDeDispositivo,
} from '../testing/servidor.ts'

const servidor = await createTestServer()
test.after(() => servidor.cerrar())

const DIA = 86_400_000
interface Mesa {
  negocio: NegocioDePrueba
  /** Two Studios: their device ids and tokens. */
  a: { id: string; token: string }
  b: { id: string; token: string }
  base: Doc
}

async function unaMesa(): Promise<Mesa> {
  const negocio = await crearNegocioDePrueba(servidor)
  const [a, b] = await Promise.all([unStudio(negocio), unStudio(negocio)])
  const [base] = await crearArticulos(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [
    { nombre: 'Pizza', precioCentavos: 10_000 },
  ])
  servidor.reloj.avanzar(1_000)
  return { negocio, a, b, base: base as unknown as Doc }
}

async function unStudio(negocio: NegocioDePrueba, sucursalId: string | null = null) {
  const alta = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId })
  return { id: alta.dispositivoId, token: (await sesionDeDispositivo(servidor, alta)).token }
}

async function empujar(token: string, filas: { nuevo: unknown; asumido: unknown }[], coleccion = 'articulos', resto = {}) {
  const { estado, cuerpo } = await pedir<RespuestaPush>(servidor, `/sync/push/${coleccion}`, { token, cuerpo: { filas, ...resto } })
  return { estado, cuerpo, datos: cuerpo.data }
}
const edita = (mesa: Mesa, quien: 'a' | 'b', cambios: Record<string, unknown>, ahora = servidor.reloj.ahora()) =>
  sellar(mesa.base, cambios as never, ahora, mesa[quien].id)
const avisosDe = (mesa: Mesa) =>
  servidor.db.superusuario`
    select regla, datos from avisos where negocio_id = ${mesa.negocio.negocioId} order by id`
const enServidor = async (mesa: Mesa) =>
  (await servidor.db.superusuario`select * from articulos where negocio_id = ${mesa.negocio.negocioId}`)[0]

test('[PS1] edits of different fields are both kept, and nobody is told of a loss (R8)', async () => {
  const mesa = await unaMesa()
  await empujar(mesa.a.token, [{ nuevo: edita(mesa, 'a', { precioCentavos: 12_000 }), asumido: mesa.base }])
  const { datos } = await empujar(mesa.b.token, [{ nuevo: edita(mesa, 'b', { descripcion: 'Al horno' }), asumido: mesa.base }])
  assert.is(datos.documentos[0]?.precioCentavos, 12_000)
  assert.is(datos.documentos[0]?.descripcion, 'Al horno')
  assert.is((await avisosDe(mesa)).length, 0)
})

test('[PS1] [PS3] of two prices the later stamp stays and the other is in the inbox once, whatever is resent (R7)', async () => {
  const mesa = await unaMesa()
  const tardia = edita(mesa, 'a', { precioCentavos: 12_000 })
  const temprana = edita(mesa, 'b', { precioCentavos: 9_000 }, servidor.reloj.ahora() - 500)
  for (const asumido of [mesa.base, null, mesa.base]) {
    await empujar(mesa.a.token, [{ nuevo: tardia, asumido }])
    await empujar(mesa.b.token, [{ nuevo: temprana, asumido }])
  }
  assert.is((await enServidor(mesa))?.precioCentavos, 12_000)
  const avisos = await avisosDe(mesa)
  assert.is(avisos.length, 1)
  assert.is(avisos[0]?.regla, 'R7')
  assert.is(avisos[0]?.datos.valor, 9_000)
  assert.is(avisos[0]?.datos.valorGanador, 12_000)
})

test('[PS2] a resent edit of a clock a day ahead keeps its first clamp: it does not beat what came after it', async () => {
  const mesa = await unaMesa()
  const adelantada = edita(mesa, 'a', { precioCentavos: 12_000 }, servidor.reloj.ahora() + DIA)
  const { datos } = await empujar(mesa.a.token, [{ nuevo: adelantada, asumido: mesa.base }])
  servidor.reloj.avanzar(60_000)
  const siguiente = sellar(datos.documentos[0] as unknown as Doc, { precioCentavos: 11_000 } as never, servidor.reloj.ahora(), mesa.b.id)
  await empujar(mesa.b.token, [{ nuevo: siguiente, asumido: datos.documentos[0] }])
  servidor.reloj.avanzar(60_000)
  for (const asumido of [mesa.base, null]) await empujar(mesa.a.token, [{ nuevo: adelantada, asumido }])
  assert.is((await enServidor(mesa))?.precioCentavos, 11_000)
  assert.is((await avisosDe(mesa)).length, 0)
})

test('[PS2] of two edits of one device the later was clamped to the hour the earlier was written with: each resent one keeps its own clamp', async () => {
  const mesa = await unaMesa()
  const inicio = servidor.reloj.ahora()
  const primera = edita(mesa, 'a', { precioCentavos: 68_211 }, inicio + 1_000)
  await empujar(mesa.a.token, [{ nuevo: primera, asumido: mesa.base }])
  servidor.reloj.avanzar(1_000)
  await empujar(mesa.a.token, [{ nuevo: edita(mesa, 'a', { precioCentavos: 38_655 }, inicio + 5_000), asumido: mesa.base }])
  for (const asumido of [mesa.base, null]) await empujar(mesa.a.token, [{ nuevo: primera, asumido }])
  assert.is((await enServidor(mesa))?.precioCentavos, 38_655)
})

test("[PS2] a resent row also shows what others had written before they changed it: it is nobody's loss and leaves no trace", async () => {
  const mesa = await unaMesa()
  const deA = edita(mesa, 'a', { descripcion: 'Al horno' })
  await empujar(mesa.a.token, [{ nuevo: deA, asumido: mesa.base }])
  servidor.reloj.avanzar(1_000)
  // The price in A's row is the one the articulo was born with.
  await empujar(mesa.b.token, [{ nuevo: edita(mesa, 'b', { precioCentavos: 12_000 }), asumido: mesa.base }])
  const historia = () =>
    servidor.db
      .superusuario`select campo, dispositivo from ediciones, jsonb_object_keys(campos) as campo where negocio_id = ${mesa.negocio.negocioId} order by 1, 2`
  const antes = await historia()
  for (const asumido of [mesa.base, null]) await empujar(mesa.a.token, [{ nuevo: deA, asumido }])
  assert.equal(await historia(), antes)
  assert.is((await avisosDe(mesa)).length, 0)
  assert.is((await enServidor(mesa))?.precioCentavos, 12_000)
})

test('[PS3] a delete against a newer edit leaves the document alive and a row in the inbox (R9)', async () => {
  const mesa = await unaMesa()
  const borra = edita(mesa, 'a', { borrado: true })
  await empujar(mesa.a.token, [{ nuevo: borra, asumido: mesa.base }])
  servidor.reloj.avanzar(1_000)
  await empujar(mesa.b.token, [{ nuevo: edita(mesa, 'b', { nombre: 'Pizza grande' }), asumido: mesa.base }])
  const avisos = await avisosDe(mesa)
  assert.is(avisos.length, 1)
  assert.is(avisos[0]?.regla, 'R9')
  assert.is((await enServidor(mesa))?.nombre, 'Pizza grande')
})

test('[PS4] a row that does not parse is answered with its field; the others are taken', async () => {
  const mesa = await unaMesa()
  const mala = { ...mesa.base, precioCentavos: -1 }
  const { datos } = await empujar(mesa.a.token, [
    { nuevo: mala, asumido: null },
    { nuevo: edita(mesa, 'a', { nombre: 'Calzone' }), asumido: mesa.base },
  ])
  assert.equal(datos.rechazadas, [{ id: mesa.base.id, code: 'EDICION_INVALIDA', campo: 'precioCentavos' }])
  assert.is(datos.documentos.length, 1)
  assert.is((await enServidor(mesa))?.nombre, 'Calzone')
})

test('[PS4] a till does not edit; an unknown collection and an account session are refused', async () => {
  const mesa = await unaMesa()
  const caja = await altaDeCaja(servidor, mesa.negocio)
  const { token } = await sesionDeDispositivo(servidor, caja)
  assert.is((await empujar(token, [])).cuerpo.code, 'SIN_PERMISO')
  assert.is((await empujar(mesa.a.token, [], 'transacciones')).cuerpo.code, 'COLECCION_DESCONOCIDA')
  assert.is((await empujar(mesa.a.token, [], 'constructor')).cuerpo.code, 'COLECCION_DESCONOCIDA')
})

test('[EMP-38] the Studio of one sucursal edits what is sold there and nothing else: the rest is refused by row, and leaves no trace', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const [centro, norte] = negocio.sucursales.map((s) => s.id) as [string, string]
  const { id, token } = await unStudio(negocio, norte)
  const nacidos = await crearArticulos(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [
    ...[[], [centro], [norte], [centro, norte]].map((sucursales) => ({ nombre: 'Pizza', precioCentavos: 10_000, sucursales })),
  ])
  const [deTodas, deCentro, deNorte, deAmbas] = nacidos as unknown as [Doc, Doc, Doc, Doc]
  servidor.reloj.avanzar(1_000)
  const fila = (doc: Doc, cambios: Record<string, unknown>) => ({
    nuevo: sellar(doc, cambios as never, servidor.reloj.ahora(), id),
    asumido: doc,
  })
  const nuevo = (sucursales: string[]) => ({ nuevo: { ...deNorte, id: uuidv7(servidor.reloj.ahora()), sucursales }, asumido: null })
  const [suyo, ajeno] = [nuevo([norte]), nuevo([centro])]
  const huellas = async () => [
    await servidor.db
      .superusuario`select id, precio_centavos, sucursales, borrado, sellos from articulos where id = ${String(deCentro.id)}`,
    await servidor.db.superusuario`select * from ediciones where pk in (${String(deCentro.id)}, ${String(deAmbas.id)}, ${ajeno.nuevo.id})`,
    await servidor.db.superusuario`select * from avisos where negocio_id = ${negocio.negocioId}`,
  ]
  const antes = await huellas()
  const precio = { precioCentavos: 12_000 }
  const { datos } = await empujar(token, [
    ...[fila(deTodas, precio), fila(deNorte, { borrado: true }), suyo],
    ...[fila(deCentro, precio), fila(deAmbas, { sucursales: [centro] }), ajeno],
  ])
  assert.equal(
    datos.documentos.map((d) => d.id),
    [deTodas.id, deNorte.id, suyo.nuevo.id],
  )
  assert.equal(
    datos.rechazadas,
    [deCentro.id, deAmbas.id, ajeno.nuevo.id].map((cual) => ({ id: cual, code: 'SIN_PERMISO' })),
  )
  for (const cambios of [{ borrado: true }, { sucursales: [norte] }, { sucursales: [] }])
    assert.equal((await empujar(token, [fila(deCentro, cambios)])).datos.rechazadas.length, 1, 'nor deleted, nor brought here')
  assert.equal(await huellas(), antes)
})

test('[EMP-38] what was taken is answered alike when it comes again, though the dueño took the articulo elsewhere meanwhile', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const [centro, norte] = negocio.sucursales.map((s) => s.id) as [string, string]
  const [gerente, dueno] = [await unStudio(negocio, norte), await unStudio(negocio)]
  const [base] = (await crearArticulos(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [
    { nombre: 'Pizza', precioCentavos: 10_000 },
  ])) as unknown as [Doc]
  servidor.reloj.avanzar(1_000)
  // A clock a day ahead: the first receipt clamped it (PS2).
  const mia = { nuevo: sellar(base, { precioCentavos: 12_000 } as never, servidor.reloj.ahora() + DIA, gerente.id), asumido: base }
  const tomada = (await empujar(gerente.token, [mia])).datos.documentos[0] as unknown as Doc
  servidor.reloj.avanzar(1_000)
  const lejos = sellar(tomada, { sucursales: [centro] } as never, servidor.reloj.ahora(), dueno.id)
  await empujar(dueno.token, [{ nuevo: lejos, asumido: tomada }])
  for (const asumido of [base, null]) {
    const { datos } = await empujar(gerente.token, [{ ...mia, asumido }])
    assert.equal([datos.documentos[0]?.precioCentavos, datos.documentos[0]?.sucursales, datos.rechazadas], [12_000, [centro], []])
  }
  const otra = { nuevo: sellar(tomada, { nombre: 'Calzone' } as never, servidor.reloj.ahora(), gerente.id), asumido: tomada }
  assert.is((await empujar(gerente.token, [otra])).datos.rechazadas[0]?.code, 'SIN_PERMISO', 'made before it was known')
})

test('CUP-25: of two cupones with one code the one that comes later is refused by row until it has another; nothing else is lost', async () => {
  const { negocio, a, b } = await unaMesa()
  const ahora = servidor.reloj.ahora()
  const deAlguien = (codigo: string, quien: string, resto: Partial<CuponNuevo> = {}) =>
    nacer(
      { id: uuidv7(ahora), titulo: '2x1', tipo: 'monto', valor: 100, desdeAt: ahora, venceAt: ahora + DIA, codigo, ...resto },
      ahora,
      quien,
    )
  const mandar = async (token: string, ...docs: Doc[]) => {
    const { datos } = await empujar(
      token,
      docs.map((nuevo) => ({ nuevo, asumido: null })),
      'cupones',
    )
    return [datos.documentos.map((d) => d.id), datos.rechazadas]
  }
  const ocupado = (...docs: Doc[]) => docs.map(({ id }) => ({ id, code: 'CODIGO_OCUPADO', campo: 'codigo' }))
  const codigos = async () =>
    (
      await servidor.db.superusuario`select codigo from cupones where negocio_id = ${negocio.negocioId} and not borrado order by codigo`
    ).map((c) => c.codigo)
  const editar = (doc: Doc, cambios: object, quien = b.id) => {
    servidor.reloj.avanzar(1_000)
    return sellar(doc, cambios as never, servidor.reloj.ahora(), quien)
  }

  const primero = deAlguien('PIZZA', a.id)
  assert.equal(await mandar(a.token, primero), [[primero.id], []])
  const [segundo, otro] = [deAlguien('PIZZA', b.id), deAlguien('TACO', b.id)]
  assert.equal(await mandar(b.token, segundo, otro), [[otro.id], ocupado(segundo)])
  assert.equal(await mandar(b.token, segundo), [[], ocupado(segundo)], 'sent again')
  assert.equal(await codigos(), ['PIZZA', 'TACO'])
  const corregido = editar(segundo, { codigo: 'PIZZA-2' })
  assert.equal(await mandar(b.token, corregido), [[segundo.id], []])
  assert.equal(
    await mandar(b.token, editar(otro, { codigo: 'PIZZA-2', titulo: 'No' })),
    [[], ocupado(otro)],
    'an edit of one that is there',
  )
  // Two that change codes with each other, and one that waits for the code of another that is refused.
  const [x, y] = [editar(corregido, { codigo: 'TACO' }), editar(otro, { codigo: 'PIZZA-2' })]
  assert.equal(await mandar(b.token, x, y), [[x.id, y.id], []])
  const [z, w] = [editar(x, { codigo: 'PIZZA' }), editar(y, { codigo: 'TACO' })]
  assert.equal(await mandar(b.token, z, w), [[], ocupado(z, w)])
  assert.equal(
    await mandar(b.token, deAlguien('SOPA', b.id, { id: uuidv7(1) }), deAlguien('SOPA', b.id, { id: uuidv7(2) })).then(
      ([si]) => si!.length,
    ),
    1,
  )
  // A code is free again once its cupón is deleted, and then that one does not come back with it.
  const borrado = editar(primero, { borrado: true }, a.id)
  assert.equal(await mandar(a.token, borrado), [[primero.id], []])
  assert.equal(await mandar(b.token, editar(x, { codigo: 'PIZZA' })), [[x.id], []])
  const vuelto = editar(borrado, { borrado: false }, a.id)
  assert.equal(await mandar(a.token, vuelto), [[], ocupado(vuelto)])
  assert.equal(await mandar(a.token, editar(vuelto, { codigo: 'PIZZA-9' }, a.id)), [[primero.id], []])
  // What had one code with another before this rule, and changes something else, is taken.
  await servidor.db.superusuario`update cupones set codigo = 'PIZZA' where negocio_id = ${negocio.negocioId} and id = ${String(y.id)}`
  const [viejo] = await servidor.db
    .superusuario`select sellos from cupones where negocio_id = ${negocio.negocioId} and id = ${String(y.id)}`
  assert.equal(await mandar(b.token, editar({ ...y, codigo: 'PIZZA', sellos: viejo.sellos }, { titulo: '3x2' })), [[y.id], []])
})

test('[PU5] an edit of another negocio under a known id makes a document of its own, and touches nothing there', async () => {
  const [uno, otro] = [await unaMesa(), await unaMesa()]
  await empujar(otro.a.token, [{ nuevo: edita(uno, 'a', { nombre: 'Robada' }), asumido: uno.base }])
  assert.is((await enServidor(uno))?.nombre, 'Pizza')
})

test('[PS7] a brief answer counts what its editor can tell: a birth, an edit over what was known; it names what a clock, another hand or a refusal made different', async () => {
  const mesa = await unaMesa()
  const breve = async (nuevo: Doc, asumido: Doc | null) => {
    const { documentos, rechazadas, iguales } = (await empujar(mesa.a.token, [{ nuevo, asumido }], 'articulos', { breve: true })).datos
    return [documentos.length, rechazadas.length, iguales]
  }
  const ahora = servidor.reloj.ahora()
  const nacido = (ms: number): Doc => {
    const sellos = Object.fromEntries(Object.keys(mesa.base.sellos).map((campo) => [campo, [ms, mesa.a.id] as [number, string]]))
    return { ...mesa.base, id: uuidv7(ahora), sellos }
  }
  const uno = nacido(ahora)
  assert.equal(await breve(uno, null), [0, 0, 1], 'born as it was sent')
  assert.equal(await breve(uno, null), [0, 0, 1], 'sent again')
  assert.equal(await breve(nacido(ahora + DIA), null), [1, 0, 0], 'clamped (PS2)')
  const soloMio = (doc: Doc): Doc => ({
    ...doc,
    sellos: Object.fromEntries(Object.entries(doc.sellos).filter(([, s]) => s[1] === mesa.a.id)),
  })
  assert.equal(await breve(soloMio(edita(mesa, 'a', { precioCentavos: 12_000 })), mesa.base), [0, 0, 1], 'merged over what was known')
  await empujar(mesa.b.token, [{ nuevo: edita(mesa, 'b', { descripcion: 'Al horno' }), asumido: mesa.base }])
  assert.equal(await breve(soloMio(edita(mesa, 'a', { nombre: 'Calzone' })), mesa.base), [1, 0, 0], 'another hand was there')
  assert.equal(await breve({ ...uno, precioCentavos: -1 }, null), [0, 1, 0])
  assert.equal(await breve({ ...uno, deOtraVersion: 1 }, null), [1, 0, 0], 'what the server does not keep')
  const [historia] = await servidor.db.superusuario`select campos from ediciones where pk = ${uno.id as string}`
  const { id: _i, sellos: _s, borrado: _b, ...valores } = uno
  assert.equal(historia?.campos, valores, 'a birth is whole in the history')
})

test.run()
