/**
 * offline ─online► connecting ─open► live ─close► waiting ─tick► connecting       any ─outdated► blocked       any ─offline► offline
 *
 * Pure: time and chance arrive in the event. The shell (sincronizador.ts) owns the requests and the timers and feeds events in.
 */
export type SyncState =
  | { kind: 'offline' }
  | { kind: 'connecting'; attempt: number }
  | { kind: 'live' }
  | { kind: 'waiting'; attempt: number; until: number }
  | { kind: 'blocked' }

export type SyncEvent =
  /** There may be a network again, or somebody asked: the hint beats the timer. */
  | { type: 'online' }
  /** Not the leader, closing, or revoked. */
  | { type: 'offline' }
  | { type: 'open' }
  /** `topeMs`: the longest wait that makes sense now. */
  | { type: 'close'; now: number; random: number; topeMs?: number }
  | { type: 'tick'; now: number }
  /** Something to send was made: the wait ends by then. */
  | { type: 'hurry'; until: number }
  /** The server no longer speaks this protocol: only the journal may be sent. */
  | { type: 'outdated' }

export const LONGEST_WAIT_MS = 60_000
/** The longest wait while somebody looks at something that has not left this device. */
export const LONGEST_VISIBLE_WAIT_MS = 15_000

/** Full jitter, 500 ms to `topeMs`. `random` in [0, 1). */
export const retryDelay = (attempt: number, random: number, topeMs: number = LONGEST_WAIT_MS): number =>
  random * Math.min(topeMs, 500 * 2 ** attempt)

type Next = { [K in SyncState['kind']]: (s: Extract<SyncState, { kind: K }>, e: SyncEvent) => SyncState }

const wait = (attempt: number, e: { now: number; random: number; topeMs?: number }): SyncState => ({
  kind: 'waiting',
  attempt: attempt + 1,
  until: e.now + retryDelay(attempt, e.random, e.topeMs),
})

const next: Next = {
  offline: (s, e) => (e.type === 'online' ? { kind: 'connecting', attempt: 0 } : s),
  connecting: (s, e) => (e.type === 'open' ? { kind: 'live' } : e.type === 'close' ? wait(s.attempt, e) : s),
  live: (s, e) => (e.type === 'close' ? wait(0, e) : s),
  waiting: (s, e) => {
    if (e.type === 'online') return { kind: 'connecting', attempt: 0 }
    if (e.type === 'open') return { kind: 'live' }
    if (e.type === 'hurry') return e.until < s.until ? { ...s, until: e.until } : s
    return e.type === 'tick' && e.now >= s.until ? { kind: 'connecting', attempt: s.attempt } : s
  },
  blocked: (s) => s,
}

/** The state after an event. Same object when nothing changes. */
export function siguiente(estado: SyncState, evento: SyncEvent): SyncState {
  if (estado.kind !== 'blocked' && evento.type === 'outdated') return { kind: 'blocked' }
  if (estado.kind !== 'blocked' && estado.kind !== 'offline' && evento.type === 'offline') return { kind: 'offline' }
  return (next[estado.kind] as (s: SyncState, e: SyncEvent) => SyncState)(estado, evento)
}
