import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../../../schema/core/canonico.ts'
import type { Documento } from '../../../../schema/protocol/pull.ts'
import type { HechoGuardado, NuevaVenta, Respuesta } from '../../../../workers/replica/api.ts'
import { vender } from './vender.ts'

const uuid = (n: number) => `0192c0de-0000-7000-8000-${String(n).padStart(12, '0')}`
const VENTA = uuid(1)
const pedida: NuevaVenta & { id: string } = {
  id: VENTA,
  montoCentavos: 50_000,
  metodoPago: 'efectivo',
  descripcion: null,
  lineas: [],
  qr: null,
  operador: null,
}

/** The journal as the replica lists it. */
function enElDiario(id: string, estado = 'pendiente'): Documento {
  const cuerpo = textoCanonico({
    v: 1,
    id,
    cadenaId: uuid(900),
    seq: 7,
    prevHash: 'a'.repeat(64),
    negocioId: uuid(800),
    sucursalId: null,
    dispositivoId: uuid(802),
    licenciaId: null,
    operador: null,
    tiempo: { wall: 1_700_000_000_000, offset: 0, offsetAt: 0, mono: 0, arranque: uuid(803) },
    tipo: 'venta',
    datos: {
      folio: 'C1-000007',
      montoCentavos: 50_000,
      metodoPago: 'efectivo',
      descripcion: null,
      lineas: [],
      qr: null,
      configVersion: 1,
      puntosPrometidos: 75,
    },
  })
  return { id: `${uuid(900)}|0000000007`, cuerpo, estado, tipo: 'venta' } as unknown as Documento
}

/** A till that answers so, over a journal that holds this. */
const caja = (respuesta: Respuesta<HechoGuardado> | Error, diario: Documento[] | 'mudo' = []) => ({
  async registrarVenta() {
    if (respuesta instanceof Error) throw respuesta
    return respuesta
  },
  async consultar(): Promise<Respuesta<Documento[]>> {
    return diario === 'mudo' ? { ok: false, codigo: 'REPLICA_CAIDA' } : { ok: true, valor: diario }
  },
})

test('a confirmed sale is registered with what the replica said', async () => {
  const guardado = { hechoId: VENTA, cadenaId: uuid(900), seq: 7, folio: 'C1-000007', puntosPrometidos: 75, guardadoAt: 5 }
  assert.equal(await vender(caja({ ok: true, valor: guardado }), pedida), {
    como: 'registrada',
    hechoId: VENTA,
    folio: 'C1-000007',
    puntosPrometidos: 75,
    guardadoAt: 5,
  })
})

test('a till that died after the commit sold: the journal says so', async () => {
  for (const respuesta of [{ ok: false, codigo: 'REPLICA_CAIDA' } as const, new Error('the port closed')]) {
    const r = await vender(caja(respuesta, [enElDiario(uuid(2)), enElDiario(VENTA)]), pedida)
    assert.is(r.como, 'registrada')
    assert.is(r.como === 'registrada' && r.folio, 'C1-000007')
  }
})

test('a till that died before the commit did not sell, and another sale in the journal is not this one', async () => {
  const r = await vender(caja({ ok: false, codigo: 'REPLICA_CAIDA' }, [enElDiario(uuid(2))]), pedida)
  assert.equal(r, { como: 'rechazada', codigo: 'REPLICA_CAIDA' })
})

test('while the journal cannot be asked nothing is claimed', async () => {
  assert.equal(await vender(caja({ ok: false, codigo: 'REPLICA_CAIDA' }, 'mudo'), pedida), { como: 'sin_respuesta' })
})

test('[R1] confirming again what was already there shows that sale, and makes no second one', async () => {
  for (const codigo of ['ID_EN_USO', 'qr_repetido'] as const) {
    assert.is((await vender(caja({ ok: false, codigo }, [enElDiario(VENTA, 'recibido')]), pedida)).como, 'registrada')
    assert.equal(await vender(caja({ ok: false, codigo, campo: 'qr' }), pedida), { como: 'rechazada', codigo })
  }
})

test('a refusal is a refusal: the journal is not asked', async () => {
  const r = await vender(caja({ ok: false, codigo: 'DISCO_LLENO' }, [enElDiario(VENTA)]), pedida)
  assert.equal(r, { como: 'rechazada', codigo: 'DISCO_LLENO' })
})

test.run()
