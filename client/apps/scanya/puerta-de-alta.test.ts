import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Codigo } from '../../../schema/core/codigos.ts'
import type { Alta, Respuesta } from '../../../workers/replica/api.ts'
import { CADA_MS, crearPuertaDeAlta, type EstadoDeAlta, QUIETA } from './puerta-de-alta.ts'

const ALTA = { nick: 'lucia' } as Alta
const TOKEN = 'el-enlace-de-lucia'

/** A replica that answers when the test says so, and a clock the test owns. */
function mundo() {
  const abiertas: { token: string; contestar: (r: Respuesta<Alta>) => void }[] = []
  const alarmas = new Map<number, { fn: () => void; ms: number }>()
  const [dichos, entraron]: [EstadoDeAlta[], Alta[]] = [[], []]
  const puerta = crearPuertaDeAlta({
    replica: {
      darDeAlta: (token) => new Promise((contestar) => abiertas.push({ token, contestar })),
      cotejoDeAlta: async () => ({ ok: true, valor: '4071' }),
    },
    modelo: 'Moto G34',
    alCambiar: (estado) => dichos.push(estado),
    alEntrar: (alta) => entraron.push(alta),
    reloj: {
      setTimeout: (fn, ms) => {
        alarmas.set(alarmas.size + 1, { fn, ms })
        return alarmas.size
      },
      clearTimeout: (id) => void alarmas.delete(id as number),
    },
  })
  const asentar = () => new Promise((listo) => setTimeout(listo))
  const pedir = async (token: string | null = TOKEN) => {
    void puerta.pedir(async () => token)
    await asentar()
  }
  const contestar = async (r: Codigo | Alta) => {
    const abierta = abiertas.shift()
    assert.ok(abierta, 'somebody asks')
    abierta.contestar(typeof r === 'string' ? { ok: false, codigo: r } : { ok: true, valor: r })
    await asentar()
  }
  /** The time to ask again, if somebody waits for it. */
  const sonar = async () => {
    const [[id, alarma] = []] = alarmas
    if (!id || !alarma) return false
    alarmas.delete(id)
    assert.is(alarma.ms, CADA_MS)
    alarma.fn()
    await asentar()
    return true
  }
  return { puerta, abiertas, entraron, pedir, contestar, sonar, estado: () => dichos.at(-1) ?? QUIETA }
}

test('PWA-14: it shows the digits and asks again, also while the network is away, until the dueño says yes', async () => {
  const { pedir, contestar, sonar, estado, entraron } = mundo()
  await pedir()
  assert.equal(estado(), { ocupado: true, error: null, cotejo: null })
  await contestar('ALTA_POR_APROBAR')
  for (const respuesta of ['ALTA_POR_APROBAR', 'SIN_CONEXION'] as const) {
    assert.equal(estado(), { ocupado: false, error: null, cotejo: '4071' })
    assert.ok(await sonar())
    await contestar(respuesta)
  }
  assert.ok(await sonar())
  await contestar(ALTA)
  assert.equal(entraron, [ALTA])
  assert.not.ok(await sonar(), 'nobody asks any more')
})

test('PWA-14: left for later it stays left, whatever an answer under way still says', async () => {
  for (const respuesta of ['ALTA_POR_APROBAR', 'SIN_CONEXION', 'ENLACE_INVALIDO'] as const) {
    const { puerta, pedir, contestar, sonar, estado } = mundo()
    await pedir()
    await contestar('ALTA_POR_APROBAR')
    await sonar()
    puerta.dejar()
    await contestar(respuesta)
    assert.equal(estado(), QUIETA, respuesta)
    assert.not.ok(await sonar(), respuesta)
  }
})

test('PWA-14: left while nobody asks, nobody asks again; the same link may be begun anew', async () => {
  const { puerta, abiertas, pedir, contestar, sonar, estado } = mundo()
  await pedir()
  await contestar('ALTA_POR_APROBAR')
  puerta.dejar()
  assert.not.ok(await sonar())
  await pedir()
  assert.is(abiertas.length, 1)
  await contestar('ALTA_POR_APROBAR')
  assert.is(estado().cotejo, '4071')
})

test('PWA-14: a yes that comes after it was left is a yes: the device is enrolled', async () => {
  const { puerta, pedir, contestar, entraron } = mundo()
  await pedir()
  puerta.dejar()
  await contestar(ALTA)
  assert.equal(entraron, [ALTA])
})

test('a refusal, and a link that says nothing, are told; the next try begins clean', async () => {
  const { pedir, contestar, estado } = mundo()
  await pedir(null)
  assert.equal(estado(), { ocupado: false, error: 'sin_token', cotejo: null })
  await pedir()
  assert.equal(estado(), { ocupado: true, error: null, cotejo: null })
  await contestar('ENLACE_INVALIDO')
  assert.equal(estado(), { ocupado: false, error: 'ENLACE_INVALIDO', cotejo: null })
})

test.run()
