import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../schema/core/canonico.ts'
import { firmarTexto } from '../../schema/core/firma.ts'
import type { ArchivoDePendientes, RespuestaArchivo } from '../../schema/protocol/archivo.ts'
import type { PedidoDiario } from '../../schema/protocol/diario.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearCuentaDePrueba, crearNegocioDePrueba, createTestServer, pedir, tokenDeCuenta } from '../testing/servidor.ts'

const servidor = await createTestServer()
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())
const negocio = await crearNegocioDePrueba(servidor)
const dueno = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)

async function unDiario(ventas: number): Promise<DiarioDePrueba> {
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  for (let i = 0; i < ventas; i++) await diario.vender()
  return diario
}
async function unArchivo({ caja }: DiarioDePrueba, pedidos: PedidoDiario[]): Promise<ArchivoDePendientes> {
  const firma = await firmarTexto(caja.par.privateKey, 'CYA1|pendientes', textoCanonico(pedidos))
  return { formato: 'anunciaya-pendientes', v: 1, dispositivoId: caja.dispositivoId, pedidos, firma }
}
const enviar = (archivo: unknown, token: string) => pedir<RespuestaArchivo>(servidor, '/sync/diario/archivo', { cuerpo: archivo, token })

test('[DI12] a file is received like the till would have sent it, once', async () => {
  const diario = await unDiario(5)
  const archivo = await unArchivo(diario, [await diario.pedido(0, 3), await diario.pedido(3, 6)])
  const primera = await enviar(archivo, dueno)
  assert.equal(primera.cuerpo.data, { nuevos: 6, cadenas: [{ cadenaId: diario.cadenaId, recibidoHasta: 5, completa: true }] })
  const segunda = await enviar(archivo, dueno)
  assert.is(segunda.cuerpo.data.nuevos, 0)
  assert.is((await sql`select from transacciones where cadena_id = ${diario.cadenaId}`).length, 5)
  assert.is((await diario.subir()).esperado, 6)
})

test('[DI5] a file that begins later than the server expects says that entries are missing', async () => {
  const diario = await unDiario(3)
  const { cuerpo } = await enviar(await unArchivo(diario, [await diario.pedido(2, 4)]), dueno)
  assert.equal(cuerpo.data, { nuevos: 0, cadenas: [{ cadenaId: diario.cadenaId, recibidoHasta: -1, completa: false }] })
})

test('[DI4] a file with a sale changed, taken out or of another till is refused', async () => {
  const diario = await unDiario(3)
  const archivo = await unArchivo(diario, [await diario.pedido(0, 2), await diario.pedido(2, 4)])
  const otro = await unDiario(1)
  const casos: unknown[] = [
    { ...archivo, pedidos: archivo.pedidos.slice(0, 1) },
    { ...archivo, firma: 'AAAA' },
    await unArchivo(diario, [await otro.pedido()]),
  ]
  for (const caso of casos) {
    const r = await enviar(caso, dueno)
    assert.equal([r.estado, r.cuerpo.code], [401, 'FIRMA_INVALIDA'])
  }
  const torcido = await enviar({ ...archivo, formato: 'otra cosa' }, dueno)
  assert.equal([torcido.cuerpo.code, torcido.cuerpo.campo], ['DATO_INVALIDO', 'formato'])
  assert.is((await sql`select from hechos_recibidos where cadena_id in (${diario.cadenaId}, ${otro.cadenaId})`).length, 0)
})

test('[PU5] a stranger to the negocio is answered as if the till did not exist', async () => {
  const diario = await unDiario(1)
  const archivo = await unArchivo(diario, [await diario.pedido()])
  const extrano = await tokenDeCuenta(servidor, (await crearCuentaDePrueba(servidor)).usuarioId)
  for (const [cuerpo, token] of [
    [archivo, extrano],
    [{ ...archivo, dispositivoId: crypto.randomUUID() }, dueno],
  ] as const) {
    const r = await enviar(cuerpo, token)
    assert.equal([r.estado, r.cuerpo.code], [404, 'NO_ENCONTRADO'])
  }
})

test.run()
