import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DbDePrueba } from '../testing/db.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../testing/servidor.ts'
import type { RenglonDeVenta, ResumenDelDia } from './transacciones/consultar.ts'

let servidor: ServidorDePrueba<DbDePrueba>
test.before(async () => {
  servidor = await createTestServer()
})
test.after(() => servidor.cerrar())

test('SCAN-20: a sale handed in by a till is in the day of its dueño, with its client and its points', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const ana = await crearShopper(servidor, { nombre: 'Ana', apellidos: 'López' })
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  await diario.vender({ montoCentavos: 32_550, qr: await ana.qr(), puntosPrometidos: 32 })
  await diario.vender({ montoCentavos: 10_000 })
  const subida = await pedir<{ recibidoHasta: number }>(servidor, '/sync/diario', { cuerpo: await diario.pedido() })
  assert.is(subida.cuerpo.data.recibidoHasta, 2)
  const token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const resumen = await pedir<ResumenDelDia>(servidor, `/api/negocios/${negocio.negocioId}/resumen`, { token })
  assert.equal(resumen.cuerpo.data, { dia: '2026-11-21', ventas: 2, anuladas: 0, bruto: 425.5, reembolsado: 0, total: 425.5, puntos: 32 })
  const lista = await pedir<RenglonDeVenta[]>(servidor, `/api/negocios/${negocio.negocioId}/transacciones`, { token })
  assert.equal(
    lista.cuerpo.data.map((v) => [v.cliente, v.monto, v.puntosOtorgados, v.acreditada]),
    [
      ['Ana L.', 325.5, 32, true],
      [null, 100, 0, false],
    ],
  )
})

test('what verbs write is what tills pull: config and articulos, from the log as from the snapshot', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const caja = negocio.cajas[0]!
  const token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const { token: deLaCaja } = await sesionDeDispositivo(servidor, caja)
  type Respuesta = { documents: { id: string }[]; checkpoint: object; hayMas: boolean }
  const bajar = async (checkpoint?: object) => {
    const consulta = checkpoint ? `?checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}` : ''
    return (await pedir<Respuesta>(servidor, `/sync/pull/config${consulta}`, { token: deLaCaja })).cuerpo.data
  }
  let antes = await bajar()
  while (antes.hayMas) antes = await bajar(antes.checkpoint)
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/configuracion`, { token, cuerpo: { valorPuntoCentavos: 700 } })
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/empleados`, {
    token,
    cuerpo: { nombre: 'Carlos', nick: 'carlos', sucursalId: negocio.sucursalId },
  })
  const porBitacora = (await bajar(antes.checkpoint)).documents
  assert.is(porBitacora.length, 2)
  const deCero = new Map((await bajar()).documents.map((d) => [d.id, d]))
  for (const doc of porBitacora) assert.equal(doc, deCero.get(doc.id))
})

test('PTS-23, SCAN-37: points of two sucursales are one balance; each sale keeps its sucursal', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const [centro, norte] = negocio.sucursales.map(({ id }) => id)
  const ana = await crearShopper(servidor)
  for (const caja of [negocio.cajas[0]!, await altaDeCaja(servidor, negocio, { sucursalId: norte! })]) {
    const diario = new DiarioDePrueba(servidor, caja)
    await diario.abrir()
    await diario.vender({ qr: await ana.qr() })
    await diario.subir()
  }
  const sql = servidor.db.superusuario
  const ventas =
    await sql`select sucursal_id, puntos_otorgados from transacciones where negocio_id = ${negocio.negocioId} order by eff_at, folio`
  assert.equal(new Set(ventas.map((v) => `${v.sucursalId} ${v.puntosOtorgados}`)), new Set([`${centro} 50`, `${norte} 50`]))
  const saldos = await sql`select puntos_disponibles, sucursal_id from puntos_por_negocio where negocio_id = ${negocio.negocioId}`
  assert.equal(
    saldos.map((s) => [s.puntosDisponibles, s.sucursalId]),
    [[100, norte]],
  )
})

test('SCAN-35: the ledger of sales is found by negocio, sucursal, client and date', async () => {
  const filas = await servidor.db.superusuario`select indexname as nombre, indexdef as es from pg_indexes where tablename = 'transacciones'`
  const por = Object.fromEntries(filas.map((f) => [f.nombre, /\((.*)\)/.exec(f.es as string)?.[1]]))
  assert.is(por.idx_transacciones_negocio, 'negocio_id, eff_at')
  assert.is(por.idx_transacciones_sucursal, 'negocio_id, sucursal_id, eff_at')
  assert.is(por.idx_transacciones_cliente, 'negocio_id, cliente_id, eff_at')
  assert.is(por.idx_transacciones_fecha, 'negocio_id, created_at')
})

test.run()
