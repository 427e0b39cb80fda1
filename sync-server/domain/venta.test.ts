import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DiarioDePrueba } from '../testing/diario.ts'
import {
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../testing/servidor.ts'
import type { RenglonDeVenta, ResumenDelDia } from './transacciones/consultar.ts'

let servidor: ServidorDePrueba
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

test.run()
