/** Cupones over HTTP: at the counter, in a shopper's hands, sent by the merchant, told in time. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { aBase64, deBase64 } from '../../../schema/core/ids.ts'
import { DIA, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { textoDeNotificacion } from '../../../schema/domain/notificaciones/textos.ts'
import { firmarQrDeCupon } from '../../../schema/domain/tarjetas/qr-cupon.ts'
import type { MiaDoc } from '../../../schema/protocol/documentos.ts'
import { asignarCupones } from '../../jobs/asignar-cupones.ts'
import { avisarDeCupones } from '../../jobs/avisar-cupones.ts'
import { difundirCupones } from '../../jobs/difundir-cupones.ts'
import { proyectarTodo } from '../../sync/projector.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import {
  AHORA_DE_PRUEBA,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  type ShopperDePrueba,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { type CuponNuevo, crearCupones } from './crear.ts'

let servidor: ServidorDePrueba<DbDePrueba>
test.before(async () => {
  servidor = await createTestServer()
})
test.after(() => servidor.cerrar())
void aBase64
void MINUTO
void SEGUNDO
void textoDeNotificacion
void avisarDeCupones
void difundirCupones
void asignarCupones

let cuantos = 0
const nuevo = (datos: Partial<CuponNuevo> = {}): CuponNuevo => ({
  ...{ titulo: '30 % en tu pizza', tipo: 'porcentaje', valor: 30, desdeAt: AHORA_DE_PRUEBA - DIA, venceAt: AHORA_DE_PRUEBA + 365 * DIA },
  ...{ codigo: `PIZZA${++cuantos}`, compraMinimaCentavos: 20_000 },
  ...datos,
})

interface Local {
  negocio: NegocioDePrueba
  token: () => Promise<string>
  post: <T>(camino: string, cuerpo: unknown, llave?: string) => ReturnType<typeof pedir<T>>
  cupon: (datos?: Partial<CuponNuevo>) => Promise<{ id: string; codigo: string }>
}

async function local(nombre = 'Pizzería Roma'): Promise<Local> {
  const negocio = await crearNegocioDePrueba(servidor, { nombre })
  const token = () => tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  return {
    negocio,
    token,
    post: async <T>(camino: string, cuerpo: unknown, llave?: string) =>
      pedir<T>(servidor, camino, { token: await token(), cuerpo, ...(llave ? { cabeceras: { 'idempotency-key': llave } } : {}) }),
    cupon: async (datos) => {
      const [hecho] = await crearCupones(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, [nuevo(datos)])
      return hecho!
    },
  }
}

let ctr = 1_000
const qrDeCupon = (ana: ShopperDePrueba, cuponId: string) =>
  firmarQrDeCupon(
    ana.privada,
    deBase64(ana.tarjeta.certificado),
    { tsSegundos: Math.floor(servidor.reloj.ahora() / 1_000), ctr: ctr++, flags: 0 },
    cuponId,
  )

const suyo = async (ana: ShopperDePrueba, camino: string, cuerpo?: unknown) =>
  pedir<never>(servidor, camino, { token: await tokenDeCuenta(servidor, ana.usuarioId), ...(cuerpo === undefined ? {} : { cuerpo }) })

async function miasDe<T extends MiaDoc['tipo']>(usuarioId: string, tipo: T): Promise<Extract<MiaDoc, { tipo: T }>[]> {
  const filas = await servidor.db.superusuario`select doc from mias where usuario_id = ${usuarioId} and tipo = ${tipo} order by id`
  return filas.map(({ doc }: { doc: never }) => doc)
}

test('SCAN-16, 26, 27, 41; CUP-11: the QR of a cupón says which one and whose it is, and what it takes off', async () => {
  const { negocio, post, cupon } = await local()
  const ana = await crearShopper(servidor)
  const c = await cupon()
  const otro = await cupon({ publico: false })
  await suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const r = await post<Record<string, unknown>>('/api/scanya/validar-cupon', { qr: await qrDeCupon(ana, c.id), total: 250 })
  const { titulo, descuento, aPagar, usosQueQuedan, compraMinima, cliente, identificacionId } = r.cuerpo.data
  assert.equal([r.estado, titulo, descuento, aPagar, usosQueQuedan, compraMinima], [200, '30 % en tu pizza', 75, 175, 1, 200])
  assert.is((cliente as { clienteId: string }).clienteId, ana.usuarioId)
  const venta = await post<Record<string, unknown>>('/api/scanya/aplicar-cupon', {
    cuponId: c.id,
    identificacionId,
    monto: 250,
    metodoPago: 'efectivo',
  })
  assert.equal([venta.cuerpo.data.monto, venta.cuerpo.data.descuento, venta.cuerpo.data.cuponId], [175, 75, c.id])
  assert.is(venta.cuerpo.data.puntosOtorgados, 17, 'of what was paid')
  const [{ medio }] = await servidor.db.superusuario`
    select cuerpo::jsonb -> 'datos' -> 'cupon' ->> 'medio' as medio from hechos_recibidos where hecho_id = ${venta.cuerpo.data.id as string}`
  assert.is(medio, 'qr')
  const deOtra = await post('/api/scanya/validar-cupon', { qr: await qrDeCupon(ana, otro.id), total: 250 })
  assert.is(deOtra.cuerpo.code, 'CUPON_AJENO', 'it was not given to her')
  type Identificada = { cupones: { cuponId: string }[]; cuponEscaneado: string | null }
  const identificar = async (qrPayload: string) => (await post<Identificada>('/api/scanya/identificar-cliente', { qrPayload })).cuerpo.data
  const dos = await cupon({ soloConConexion: true })
  const lista = await identificar(await qrDeCupon(ana, dos.id))
  assert.equal([lista.cupones.map((x) => x.cuponId), lista.cuponEscaneado], [[dos.id], dos.id], 'what she used up is not offered')
  assert.is((await identificar(await ana.qr())).cuponEscaneado, null)
  const resumen = await pedir<{ cupones: number; descuento: number }>(servidor, '/api/scanya/mi-resumen', {
    token: await tokenDeCuenta(servidor, negocio.dueno.usuarioId),
  })
  assert.equal([resumen.cuerpo.data.cupones, resumen.cuerpo.data.descuento], [1, 75], 'SCAN-47')
})

test('CUP-13, 16, 17, 24: kept once, shown in its list, used, and told to the shopper; the use never goes back by keeping it again', async () => {
  const { negocio, post, cupon } = await local()
  const ana = await crearShopper(servidor)
  const c = await cupon()
  const guardar = () => suyo(ana, `/api/cardya/cupones/${c.id}/guardar`, { negocioId: negocio.negocioId })
  const [uno, dos] = [(await guardar()).cuerpo.data as { codigoUnico: string }, (await guardar()).cuerpo.data as { codigoUnico: string }]
  assert.match(uno.codigoUnico, new RegExp(`^${c.codigo}-[0-9A-HJKMNP-TV-Z]{7}$`))
  assert.equal(uno, dos)
  await proyectarTodo(servidor.deps)
  const cuenta = async () =>
    (await suyo(ana, '/api/cardya/cupones')).cuerpo.data as { vigentes: unknown[]; usados: unknown[]; ahorroTotal: number }
  assert.is((await cuenta()).vigentes.length, 1)
  // Read out at the counter, without a card.
  const venta = await post<Record<string, unknown>>('/api/scanya/aplicar-cupon', {
    codigo: uno.codigoUnico.toLowerCase(),
    monto: 250,
    metodoPago: 'efectivo',
  })
  assert.equal([venta.cuerpo.data.monto, venta.cuerpo.data.clienteId], [175, null])
  await guardar()
  await proyectarTodo(servidor.deps)
  const [doc] = await miasDe(ana.usuarioId, 'cupon')
  assert.equal([doc?.usados, doc?.codigoUnico], [1, uno.codigoUnico])
  assert.equal([(await cuenta()).vigentes.length, (await cuenta()).usados.length], [0, 1])
  assert.is(
    (await post('/api/scanya/aplicar-cupon', { codigo: uno.codigoUnico, monto: 250, metodoPago: 'efectivo' })).cuerpo.code,
    'cupon_repetido',
  )
})

test.run()
