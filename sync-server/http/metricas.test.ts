import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DbDePrueba } from '../testing/db.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
} from '../testing/servidor.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let negocio: NegocioDePrueba

test.before(async () => {
  servidor = await createTestServer()
  negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
})
test.after(() => servidor.cerrar())

const leer = async () => (await servidor.fetch('http://localhost:8080/metrics')).text()
const valor = (texto: string, serie: string) =>
  Number(
    texto
      .split('\n')
      .find((linea) => linea.startsWith(`${serie} `))
      ?.slice(serie.length + 1),
  )

test('/metrics tells what the ledger received, decided and could not process', async () => {
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  await diario.vender()
  await diario.escribir('algo.nuevo', {})
  await diario.enviar(await diario.pedido())
  const texto = await leer()
  assert.is(valor(texto, 'anunciaya_hechos_recibidos_total{estado="recibido"}'), 3)
  assert.is(valor(texto, 'anunciaya_veredictos_total{estado="aceptado"}'), 2)
  assert.is(valor(texto, 'anunciaya_veredictos_total{estado="sin_procesar"}'), 1)
  assert.is(valor(texto, 'anunciaya_envios_total{clase="diario"}'), 1)
  assert.is(valor(texto, 'anunciaya_envio_renglones_sum{clase="diario"}'), 3)
  assert.is(valor(texto, 'anunciaya_juicio_segundos_count'), 1)
  assert.is(valor(texto, 'anunciaya_sin_procesar'), 1)
  assert.is(valor(texto, 'anunciaya_por_juzgar'), 0)
  assert.is(valor(texto, 'anunciaya_por_proyectar'), 0)
  assert.equal(
    ['en_cajas', 'en_espera', 'retenidos'].map((cual) => valor(texto, `anunciaya_${cual}`)),
    [0, 0, 0],
  )
  assert.is(valor(texto, 'anunciaya_retraso_segundos_count'), 3)
  assert.not.match(texto, negocio.negocioId)
})

test('edits and live streams are counted, and a stream that ended is not', async () => {
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  const { token } = await sesionDeDispositivo(servidor, studio)
  await pedir(servidor, '/sync/push/articulos', { cuerpo: { filas: [] }, token })
  const stream = await servidor.fetch('http://localhost:8080/sync/stream', { headers: { authorization: `Bearer ${token}` } })
  const lector = stream.body!.getReader()
  await lector.read()
  assert.is(valor(await leer(), 'anunciaya_streams_abiertos'), 1)
  await lector.cancel()
  for (let i = 0; i < 50 && valor(await leer(), 'anunciaya_streams_abiertos') > 0; i++) await new Promise((listo) => setTimeout(listo, 10))
  const texto = await leer()
  assert.is(valor(texto, 'anunciaya_streams_abiertos'), 0)
  assert.is(valor(texto, 'anunciaya_envios_total{clase="ediciones"}'), 1)
})

test('a database that does not answer does not take the metrics away', async () => {
  const otro = await createTestServer()
  otro.deps.db = { ...otro.db, plataforma: () => Promise.reject(new Error('down')) }
  const r = await otro.fetch('http://localhost:8080/metrics')
  assert.is(r.status, 200)
  assert.match(await r.text(), 'anunciaya_streams_abiertos 0')
  await otro.cerrar()
})

test.run()
