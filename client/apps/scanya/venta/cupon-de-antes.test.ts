import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { CuponConsultado, CuponVisto, DeQuien, Respuesta, TarjetaLeida } from '../../../../workers/replica/api.ts'
import { cuponDeAntes } from './cupon-de-antes.ts'
import type { CuponEnVenta, VentaEnCurso } from './venta-en-curso.ts'

const visto = { cuponId: 'c1', codigo: 'PIZZA30', titulo: '30 %', motivo: null } as CuponVisto
const cupon: CuponEnVenta = {
  ...{ visto, medio: 'codigo', codigoUnico: null, deQuien: null, conConexion: true, aplicado: true, regaladoCentavos: 4_000 },
}
const ANA: DeQuien = { cardId: 'ana', nivel: 'plata' }
const leido = (cardId: string) => ({ como: 'leido', tarjeta: { cardId } as TarjetaLeida, leidaAt: 0 }) as const

/** A till that answers so of the cupón; what it was asked is kept. */
function caja(motivo: CuponVisto['motivo'] | 'nada', cuponId = 'c1') {
  const preguntas: unknown[] = []
  return {
    preguntas,
    async cuponPorCodigo(codigo: string, de: DeQuien): Promise<Respuesta<CuponConsultado>> {
      preguntas.push([codigo, de])
      if (motivo === 'nada') return { ok: false, codigo: 'SIN_CONEXION' }
      return { ok: true, valor: { cupon: { ...visto, cuponId, motivo, quedan: 3 }, codigoUnico: null, cliente: null } }
    },
  }
}
const deAntes = (
  replica: Parameters<typeof cuponDeAntes>[0],
  cambios: Partial<CuponEnVenta> = {},
  cliente: VentaEnCurso['cliente'] = null,
) => cuponDeAntes(replica, { cliente, cupon: { ...cupon, ...cambios } }, ANA)

test('SCAN-27, 28: an applied cupón stays when the card of the client is read, as it counts for them', async () => {
  const replica = caja(null)
  assert.equal(await deAntes(replica), { ...cupon, visto: { ...visto, quedan: 3 }, conConexion: false })
  assert.equal(replica.preguntas, [['PIZZA30', { ...ANA, loTiene: false }]])
  assert.is((await deAntes(caja('cupon_con_conexion')))?.aplicado, true, 'the server is asked when it is applied again')
  assert.is(await cuponDeAntes(replica, { cliente: null, cupon: null }, ANA), null)
})

test('SCAN-29: one that does not count for them is no longer applied, and says why', async () => {
  const queda = await deAntes(caja('cupon_repetido'))
  assert.equal([queda?.aplicado, queda?.visto.motivo], [false, 'cupon_repetido'])
})

test('where this till has no answer, or knows another cupón by that code, it stands as it was', async () => {
  const muda = { cuponPorCodigo: () => Promise.reject(new Error('the port closed')) }
  for (const replica of [caja('nada'), caja('cupon_repetido', 'c2'), muda, {}])
    assert.equal(await deAntes(replica), { ...cupon, conConexion: false })
})

test('CUP-24: a client’s own code goes on with the first card that is read; of a later one neither it nor a phone’s QR says anything', async () => {
  const suyo = { codigoUnico: 'PIZZA30-7X9K2MA', deQuien: 'Ana' }
  const [primera, misma, otra, conQr] = [caja(null), caja(null), caja(null), caja(null)]
  assert.equal({ ...(await deAntes(primera, suyo)), visto }, { ...cupon, ...suyo, conConexion: false })
  assert.is((await deAntes(misma, { medio: 'qr' }, leido('ana')))?.medio, 'qr')
  assert.equal({ ...(await deAntes(otra, suyo, leido('eva'))), visto }, { ...cupon, conConexion: false })
  assert.is((await deAntes(conQr, { medio: 'qr' }, leido('eva')))?.medio, 'lista')
  const loTiene = [primera, misma, otra, conQr].map(({ preguntas }) => (preguntas[0] as [string, DeQuien])[1].loTiene)
  assert.equal(loTiene, [true, true, false, false])
})

test.run()
