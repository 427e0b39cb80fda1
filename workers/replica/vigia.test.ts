import { setImmediate as vuelta } from 'node:timers/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EstadoSync, HechoGuardado, NuevaVenta, ReplicaApi, Respuesta } from './api.ts'
import { DUDA_MS, LATIDO_MS, type Obrero, PACIENCIA_MS, PLAZO_CON_RED_MS, PLAZO_DE_ESCRITURA_MS, VIDA_MINIMA_MS, vigilar } from './vigia.ts'

const VENTA: NuevaVenta = { montoCentavos: 100, metodoPago: 'efectivo', descripcion: null, lineas: [], qr: null, operador: null }
const ESTADO = { fase: 'al_dia', pendientes: 3 } as EstadoSync
const nunca = () => new Promise<never>(() => {})

/** Timers that run when the test says so. */
function unReloj() {
  const citas = new Map<number, { cuando: number; fn: () => void }>()
  let ahora = 0
  let n = 0
  return {
    now: () => ahora,
    setTimeout(fn: () => void, ms: number) {
      citas.set(++n, { cuando: ahora + ms, fn })
      return n
    },
    clearTimeout: (id: unknown) => void citas.delete(id as number),
    async avanzar(ms: number) {
      const hasta = ahora + ms
      for (;;) {
        for (let i = 0; i < 5; i++) await vuelta()
        const [id, cita] = [...citas].filter(([, c]) => c.cuando <= hasta).sort((a, b) => a[1].cuando - b[1].cuando)[0] ?? []
        if (!cita || id === undefined) break
        citas.delete(id)
        ahora = cita.cuando
        cita.fn()
      }
      ahora = hasta
    },
  }
}

/** Workers one after the other; `vivo` false: that one says nothing any more, like one the platform ended. */
function unasObras() {
  const obras: { vivo: boolean; terminada: boolean; fallar: (cierto: boolean) => void; observadores: ((e: EstadoSync) => void)[] }[] = []
  const control = {
    obras,
    noArranca: false,
    ventas: async (): Promise<Respuesta<HechoGuardado>> => ({ ok: true, valor: { folio: 'C1-000001' } as HechoGuardado }),
  }
  const arrancar = async (): Promise<Obrero> => {
    if (control.noArranca) throw new Error('REPLICA_NO_ABRE')
    const obra: (typeof obras)[number] = { vivo: true, terminada: false, fallar: () => {}, observadores: [] }
    obras.push(obra)
    const siVive = <T>(hacer: () => Promise<T>) => (obra.vivo ? hacer() : nunca())
    const api = {
      registrarVenta: () => siVive(() => control.ventas()),
      confirmarCanje: () => siVive(nunca),
      pendientes: () => siVive(async () => ({ ok: true, valor: [] })),
      estado: () => siVive(async () => ESTADO),
      observarEstado: (fn: (e: EstadoSync) => void) =>
        siVive(async () => {
          obra.observadores.push(fn)
          fn(ESTADO)
          return () => {}
        }),
      cerrar: () => siVive(async () => {}),
    } as unknown as Required<ReplicaApi>
    return {
      api,
      latir: () => siVive(async () => {}),
      alFallar(fn) {
        obra.fallar = fn
      },
      terminar() {
        obra.terminada = true
      },
    }
  }
  return { control, arrancar }
}
async function mundo() {
  const reloj = unReloj()
  const { control, arrancar } = unasObras()
  const replica = await vigilar(arrancar, reloj)
  return { reloj, control, obras: control.obras, replica }
}
/** What a call answered; one that still waits is an error of its own, not a test that hangs. */
const yaDicha = async <T>(llamada: Promise<T>): Promise<T> => {
  const tarde = vuelta().then(() => Promise.reject(new Error('still waiting')))
  return Promise.race([llamada, tarde])
}
const codigo = (r: Respuesta<unknown>) => (r.ok ? null : r.codigo)

test('a sale open when the worker dies answers REPLICA_CAIDA, and the next one goes to the worker that was started again', async () => {
  const { reloj, obras, replica } = await mundo()
  obras[0]!.vivo = false
  const abierta = replica.registrarVenta(VENTA)
  await reloj.avanzar(DUDA_MS + 2 * PACIENCIA_MS)
  assert.is(codigo(await yaDicha(abierta)), 'REPLICA_CAIDA')
  assert.equal([obras.length, obras[0]?.terminada], [2, true])
  assert.is(codigo(await replica.registrarVenta(VENTA)), null)
})

test('a death while nobody asks is noticed by the pulse, shown, and what was watched is watched again', async () => {
  const { reloj, obras, replica } = await mundo()
  const fases: string[] = []
  await replica.observarEstado((e) => fases.push(`${e.fase} ${e.pendientes}`))
  obras[0]!.vivo = false
  await reloj.avanzar(LATIDO_MS + 2 * PACIENCIA_MS)
  assert.equal(fases, ['al_dia 3', 'reiniciando 3', 'al_dia 3'])
  assert.is(obras[1]?.observadores.length, 1)
})

test('a worker that misses one sign of life and gives the next is left alone', async () => {
  const { reloj, obras } = await mundo()
  obras[0]!.vivo = false
  await reloj.avanzar(LATIDO_MS + PACIENCIA_MS - 1)
  obras[0]!.vivo = true
  await reloj.avanzar(10 * LATIDO_MS)
  assert.is(obras.length, 1)
})

test('an error that nobody caught only asks for a sign of life; a lost answer is a death', async () => {
  const { reloj, obras } = await mundo()
  obras[0]!.fallar(false)
  await reloj.avanzar(3 * PACIENCIA_MS)
  assert.is(obras.length, 1)
  obras[0]!.fallar(true)
  await reloj.avanzar(1)
  assert.is(obras.length, 2)
})

test('a write that a living worker never answers ends too', async () => {
  const { reloj, control, obras, replica } = await mundo()
  control.ventas = nunca
  const abierta = replica.registrarVenta(VENTA)
  await reloj.avanzar(PLAZO_DE_ESCRITURA_MS)
  assert.is(codigo(await yaDicha(abierta)), 'REPLICA_CAIDA')
  assert.is(obras.length, 2)
})

test('a canje that waits for a slow server does not cost the worker its life', async () => {
  const { reloj, obras, replica } = await mundo()
  const abierto = replica.confirmarCanje!('CANJE-7X9K2M')
  await reloj.avanzar(2 * PLAZO_DE_ESCRITURA_MS)
  assert.is(obras.length, 1)
  await reloj.avanzar(PLAZO_CON_RED_MS)
  assert.is(codigo(await yaDicha(abierto)), 'REPLICA_CAIDA')
})

test('one that dies again within a minute, or does not start again, stays down and says so', async () => {
  for (const noArranca of [false, true]) {
    const { reloj, control, obras, replica } = await mundo()
    const fases: string[] = []
    await replica.observarEstado((e) => fases.push(e.fase))
    control.noArranca = noArranca
    obras[0]!.fallar(true)
    await reloj.avanzar(1)
    obras[1]?.fallar(true)
    await reloj.avanzar(1)
    assert.is(fases.at(-1), 'caida')
    assert.is((await replica.estado()).fase, 'caida')
    assert.is(codigo(await replica.registrarVenta(VENTA)), 'REPLICA_CAIDA')
  }
})

test('one that lived for a while is started again each time', async () => {
  const { reloj, obras, replica } = await mundo()
  for (let i = 0; i < 3; i++) {
    await reloj.avanzar(VIDA_MINIMA_MS)
    obras.at(-1)!.fallar(true)
    await reloj.avanzar(1)
  }
  assert.is(obras.length, 4)
  assert.is(codigo(await replica.registrarVenta(VENTA)), null)
})

test('closing asks nothing more of it', async () => {
  const { reloj, obras, replica } = await mundo()
  await replica.cerrar()
  obras[0]!.vivo = false
  await reloj.avanzar(10 * LATIDO_MS)
  assert.equal([obras.length, obras[0]?.terminada], [1, true])
})

test.run()
