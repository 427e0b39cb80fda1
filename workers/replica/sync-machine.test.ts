import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { LONGEST_VISIBLE_WAIT_MS, retryDelay, type SyncEvent, type SyncState, siguiente } from './sync-machine.ts'

const recorrer = (estado: SyncState, ...eventos: SyncEvent[]) => eventos.reduce(siguiente, estado)
const cierre = (now: number, random = 0.5): SyncEvent => ({ type: 'close', now, random })

test('a first connection: offline, connecting, live', () => {
  assert.equal(recorrer({ kind: 'offline' }, { type: 'online' }), { kind: 'connecting', attempt: 0 })
  assert.equal(recorrer({ kind: 'offline' }, { type: 'online' }, { type: 'open' }), { kind: 'live' })
})

test('each failure waits longer, up to a minute, and the wait starts over once live', () => {
  let estado: SyncState = { kind: 'connecting', attempt: 0 }
  const esperas: number[] = []
  for (let i = 0; i < 10; i++) {
    estado = siguiente(estado, cierre(1_000, 1))
    if (estado.kind !== 'waiting') throw new Error('waits after a failure')
    esperas.push(estado.until - 1_000)
    estado = siguiente(estado, { type: 'tick', now: estado.until })
  }
  assert.equal(esperas, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  assert.equal(recorrer(estado, { type: 'open' }, cierre(0, 1)), { kind: 'waiting', attempt: 1, until: 500 })
})

test('with somebody looking at what has not left, no wait is longer than 15 seconds, also one that began before', () => {
  let estado: SyncState = { kind: 'connecting', attempt: 9 }
  estado = siguiente(estado, { type: 'close', now: 1_000, random: 1, topeMs: LONGEST_VISIBLE_WAIT_MS })
  assert.equal(estado, { kind: 'waiting', attempt: 10, until: 16_000 })
  const larga: SyncState = { kind: 'waiting', attempt: 10, until: 61_000 }
  assert.equal(siguiente(larga, { type: 'hurry', until: 9_000 }), { kind: 'waiting', attempt: 10, until: 9_000 })
  assert.is(siguiente(larga, { type: 'hurry', until: 70_000 }), larga, 'it never waits longer for it')
  for (const otro of [{ kind: 'live' }, { kind: 'offline' }, { kind: 'connecting', attempt: 0 }] as SyncState[])
    assert.is(siguiente(otro, { type: 'hurry', until: 0 }), otro)
})

test('full jitter: the delay lies between nothing and the bound', () => {
  for (const random of [0, 0.3, 0.999]) assert.ok(retryDelay(3, random) >= 0 && retryDelay(3, random) < 4_000)
})

test('a tick before its time changes nothing; a hint of network beats the timer', () => {
  const espera: SyncState = { kind: 'waiting', attempt: 4, until: 100 }
  assert.is(siguiente(espera, { type: 'tick', now: 99 }), espera)
  assert.equal(siguiente(espera, { type: 'tick', now: 100 }), { kind: 'connecting', attempt: 4 })
  assert.equal(siguiente(espera, { type: 'online' }), { kind: 'connecting', attempt: 0 })
})

test('an outdated client is blocked for good, from any state', () => {
  for (const desde of [{ kind: 'offline' }, { kind: 'live' }, { kind: 'connecting', attempt: 1 }] as SyncState[]) {
    const bloqueado = siguiente(desde, { type: 'outdated' })
    assert.equal(bloqueado, { kind: 'blocked' })
    assert.equal(recorrer(bloqueado, { type: 'online' }, { type: 'open' }, cierre(1), { type: 'offline' }), { kind: 'blocked' })
  }
})

test('losing leadership ends everything at once', () => {
  for (const desde of [{ kind: 'live' }, { kind: 'connecting', attempt: 3 }, { kind: 'waiting', attempt: 1, until: 9 }] as SyncState[]) {
    assert.equal(siguiente(desde, { type: 'offline' }), { kind: 'offline' })
  }
})

test.run()
