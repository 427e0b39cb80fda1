import { useEffect, useRef, useState } from 'react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import type { SesionDeCuenta } from '../../domain/cuentas/sesion.ts'
import type { Frescura } from './frescura.ts'

export interface Lectura<T> {
  /** The last good answer: it stays while a later one fails. */
  valor: T | null
  falla: Codigo | null
  /** By the server's clock; null: never. */
  leidoAt: number | null
  /** When what is shown was asked for (performance.now): what came live after that is newer. */
  pedidoEn: number
  /** An answer to another question is still shown. */
  leyendo: boolean
  releer: () => void
}

/** Not more often than this, however many changes are told: rows that came live are shown meanwhile. */
const RESPIRO_MS = 2_000
const CADA_MS = 5_000
/** Beside a live view, which tells what changed: what only time changes. */
export const CON_VIVO_MS = 20_000
/** The server answered, and the answer is no: it is fresh all the same. */
const SE_RESPONDIO: ReadonlySet<Codigo> = new Set(['NO_ENCONTRADO', 'SIN_PERMISO', 'DATO_INVALIDO'])

/** The last answers of this document: a screen that is opened again shows them, dated, until the server answers. */
const ultimas = new Map<string, unknown>()
const MUCHAS = 60
function recordar(camino: string, valor: unknown): void {
  ultimas.delete(camino)
  ultimas.set(camino, valor)
  const [masVieja] = ultimas.keys()
  if (ultimas.size > MUCHAS && masVieja !== undefined) ultimas.delete(masVieja)
}
const recordado = <T>(camino: string | null): T | null => (camino === null ? null : ((ultimas.get(camino) as T | undefined) ?? null))
/** What one person read is not the next one's. */
export const olvidarLecturas = (): void => ultimas.clear()

interface Estado<T> {
  /** Which question was answered. */
  de: string | null
  pedidoEn: number
  /** The server's clock when it answered. */
  horaDeLectura: number | null
  valor: T | null
  falla: Codigo | null
}

/**
 * What `camino` answers, again every `cadaMs` while the page is seen, and a moment after `senal` changes (something live changed). While the Panel is
 * paused nothing is read. `camino` null: nothing to read.
 */
export function useFresco<T extends { hora?: number }>(
  { sesion, frescura }: { sesion: SesionDeCuenta; frescura: Frescura },
  camino: string | null,
  { cadaMs = CADA_MS, senal = 0, pausada = false }: { cadaMs?: number; senal?: number; pausada?: boolean } = {},
): Lectura<T> {
  const [estado, setEstado] = useState<Estado<T>>(() => ({
    de: camino,
    pedidoEn: 0,
    horaDeLectura: null,
    valor: recordado<T>(camino),
    falla: null,
  }))
  const [vuelta, setVuelta] = useState(0)
  const leidoEn = useRef({ camino: '', en: Number.NEGATIVE_INFINITY })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a signal and a new turn read again
  useEffect(() => {
    if (camino === null || pausada) return
    let vivo = true
    let reloj: ReturnType<typeof setTimeout>
    const una = async () => {
      const pedidoEn = performance.now()
      leidoEn.current = { camino, en: pedidoEn }
      const r = await sesion.pedir<T>(camino)
      if (!vivo) return
      if (r.ok) {
        recordar(camino, r.valor)
        frescura.respondio(camino, r.valor.hora ?? null)
        setEstado({ de: camino, pedidoEn, horaDeLectura: frescura.ahora(), valor: r.valor, falla: null })
      } else {
        if (!SE_RESPONDIO.has(r.codigo)) frescura.fallo(camino)
        setEstado((antes) => ({ ...antes, de: camino, valor: antes.de === camino ? antes.valor : recordado(camino), falla: r.codigo }))
      }
      // A server that is away is asked often: it is waited for.
      reloj = setTimeout(otra, r.ok ? cadaMs : Math.min(cadaMs, CADA_MS))
    }
    const otra = () => {
      if (document.visibilityState === 'visible') void una()
      else reloj = setTimeout(otra, cadaMs)
    }
    const { camino: anterior, en } = leidoEn.current
    reloj = setTimeout(() => void una(), anterior === camino ? Math.max(0, en + RESPIRO_MS - performance.now()) : 0)
    return () => {
      vivo = false
      clearTimeout(reloj)
    }
  }, [sesion, frescura, camino, cadaMs, senal, pausada, vuelta])
  useEffect(() => () => (camino === null ? undefined : frescura.olvidar(camino)), [frescura, camino])
  const { valor, falla, de, pedidoEn } = estado
  const leyendo = de !== camino
  return {
    valor,
    falla: leyendo ? null : falla,
    leidoAt: valor?.hora ?? estado.horaDeLectura,
    pedidoEn,
    leyendo,
    releer: () => setVuelta((n) => n + 1),
  }
}
