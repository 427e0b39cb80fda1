/** What the journal promises, each tested where it would be easiest to break. */
import { setTimeout as dormir } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { NuevaVenta, ReplicaApi, Respuesta } from './api.ts'
import type { Puertos } from './puertos.ts'
import { cabezaDe, hacerRenglon, type Renglon, renglonDe } from './renglon.ts'
import { crearReplica } from './replica.ts'
import { type Disco, puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { DISPOSITIVO, NEGOCIO, unServidor } from './testing/servidor-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})

const venta = (montoCentavos: number): NuevaVenta => ({
  montoCentavos,
  metodoPago: 'efectivo',
  descripcion: null,
  lineas: [],
  qr: null,
  operador: null,
})
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo}`)
  return respuesta.valor
}
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : respuesta.codigo)

/** An enrolled till; `cambiar` puts something of the test's own between it and the outside. */
async function conAlta(cambiar: (puertos: Puertos) => Puertos = (puertos) => puertos) {
  const reloj = unReloj()
  const disco = unDisco()
  const servidor = unServidor(() => reloj.wall)
  const replica = crearReplica(cambiar(puertosDePrueba(disco, (ruta, init) => servidor.fetch(ruta, init), reloj)))
  abiertas.push(replica)
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  return { replica, servidor, disco }
}

const leer = async (disco: Disco, cadenaId: string, seq: number) =>
  (await disco.instancias.get('diario')?.findDocumentsById([llaveDeRenglon(cadenaId, seq)], false))?.[0]

/** Past this replica, straight into the store, as another tab of the same origin does. */
async function escribirComoOtraPestana(disco: Disco, renglon: Renglon): Promise<void> {
  const document = { ...renglon, _deleted: false, _attachments: {}, _meta: { lwt: 1 }, _rev: '1-otra' }
  const { error } = (await disco.instancias.get('diario')?.bulkWrite([{ document }] as never, 'another tab')) ?? { error: ['no store'] }
  assert.equal(error, [])
}

test('a sale that cannot be read back from the disk was not registered', async () => {
  let ciego = false
  const { replica } = await conAlta((puertos) => ({
    ...puertos,
    leerDeDisco: async (coleccion, id) => (ciego ? undefined : puertos.leerDeDisco(coleccion, id)),
    anotarFallo: () => {},
  }))
  ciego = true
  assert.is(codigo(await replica.registrarVenta(venta(100))), 'GUARDADO_FALLIDO')
  ciego = false
  assert.is(codigo(await replica.registrarVenta(venta(200))), null, 'and the next one goes on')
})

test('a sale that reads back with another text was not registered', async () => {
  let torcido = false
  const { replica } = await conAlta((puertos) => ({
    ...puertos,
    leerDeDisco: async (coleccion, id) => {
      const fila = await puertos.leerDeDisco(coleccion, id)
      return torcido && fila ? { ...fila, cuerpo: String(fila.cuerpo).replace('100', '900') } : fila
    },
    anotarFallo: () => {},
  }))
  torcido = true
  assert.is(codigo(await replica.registrarVenta(venta(100))), 'GUARDADO_FALLIDO')
})

test('[DI3] what the server did not acknowledge stays pending, whatever was sent', async () => {
  let olvidadizo = false
  const { replica, servidor } = await conAlta((puertos) => ({
    ...puertos,
    fetch: (async (ruta: string, init?: RequestInit) => {
      if (!olvidadizo || !String(ruta).endsWith('/sync/diario')) return puertos.fetch(ruta, init)
      const data = { recibidoHasta: 0, esperado: 1, hora: servidor.hora(), revocado: false }
      return Response.json({ success: true, data, message: '' })
    }) as typeof globalThis.fetch,
  }))
  valor(await replica.sincronizarAhora())
  olvidadizo = true
  for (const monto of [100, 200, 300]) valor(await replica.registrarVenta(venta(monto)))
  await replica.sincronizarAhora()
  assert.is(valor(await replica.pendientes()).length, 3)
  olvidadizo = false
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 10; i++);
  assert.is(valor(await replica.pendientes()).length, 0)
})

test('[DI1] a sale made while the connection is being opened leaves as soon as it is, not with the next sale', async () => {
  let alPedirSesion: (() => Promise<unknown>) | undefined
  const { replica, servidor } = await conAlta((puertos) => ({
    ...puertos,
    fetch: (async (ruta: string, init?: RequestInit) => {
      if (String(ruta).endsWith('/api/dispositivos/sesion')) await alPedirSesion?.()
      return puertos.fetch(ruta, init)
    }) as typeof globalThis.fetch,
  }))
  let hecho: { cadenaId: string; seq: number } | undefined
  // The journal was uploaded at the beginning of this exchange; the session comes after it.
  alPedirSesion = async () => {
    hecho ??= valor(await replica.registrarVenta(venta(100)))
  }
  for (let i = 0; i < 200 && !hecho; i++) await dormir(10)
  assert.ok(hecho, 'a session was asked for')
  for (let i = 0; i < 200 && valor(await replica.pendientes()).length > 0; i++) await dormir(10)
  assert.is(servidor.cadenas.get(hecho.cadenaId)?.length, hecho.seq + 1)
})

test('a cancellation takes no folio: the series has no hole', async () => {
  const { replica } = await conAlta()
  const primera = valor(await replica.registrarVenta(venta(100)))
  valor(await replica.registrarAnulacion({ transaccionId: primera.hechoId, motivo: 'error', operador: null }))
  assert.equal([primera.folio, valor(await replica.registrarVenta(venta(200))).folio], ['C1-000001', 'C1-000002'])
})

test('another tab took the number first: this one reads the head again and takes the next, with the next folio', async () => {
  const { replica, disco, servidor } = await conAlta()
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  const primera = renglonDe((await leer(disco, cadenaId, 1)) as never)
  const { tipo, datos, operador, tiempo, licenciaId } = JSON.parse(primera.cuerpo) as Sobre
  const ajeno = await hacerRenglon(
    cabezaDe(primera),
    { cadenaId, negocioId: NEGOCIO, sucursalId: null, dispositivoId: DISPOSITIVO },
    { id: '01900000-0000-7000-8000-0000000000aa', tipo, datos, operador, tiempo, licenciaId },
    { usoQr: '', folioNumero: 2 },
  )
  await escribirComoOtraPestana(disco, ajeno)
  const hecho = valor(await replica.registrarVenta(venta(200)))
  assert.equal([hecho.seq, hecho.folio], [3, 'C1-000003'])
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 10; i++);
  const cadena = (servidor.cadenas.get(cadenaId) ?? []).map((texto) => JSON.parse(texto ?? 'null') as Sobre)
  assert.equal(
    cadena.map((s) => s.seq),
    [0, 1, 2, 3],
  )
  assert.is(cadena[3]?.prevHash, ajeno.hash, 'chained to what the other tab wrote')
})

test('[PU1] what changes while the snapshot is read is in, at the end of the same pull', async () => {
  let paginas = 0
  const articulo = (n: number, nombre: string) => ({ id: `01900000-0000-7000-8000-00000000010${n}`, nombre, categoria: '', sellos: {} })
  const { replica, servidor } = await conAlta((puertos) => ({
    ...puertos,
    fetch: (async (ruta: string, init?: RequestInit) => {
      const respuesta = await puertos.fetch(ruta, init)
      if (String(ruta).includes('/sync/pull/articulos') && ++paginas === 1) servidor.poner('articulos', articulo(1, 'Cambiado'))
      return respuesta
    }) as typeof globalThis.fetch,
  }))
  for (const n of [1, 2, 3]) servidor.poner('articulos', articulo(n, `Artículo ${n}`))
  valor(await replica.sincronizarAhora())
  const nombres = valor(await replica.consultar({ coleccion: 'articulos' })).map((d) => d.nombre)
  assert.equal(nombres.sort(), ['Artículo 2', 'Artículo 3', 'Cambiado'])
})

test.run()
