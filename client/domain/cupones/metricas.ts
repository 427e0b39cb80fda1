/** CUP-02. Sent, redeemed, rate and cost of every cupón, as the server counts them; the last answer stays, with its hour. */
import { useEffect, useState } from 'react'
import type { Peticion, Respuesta } from '../../lib/http.ts'

export interface CuentaDeCupon {
  cuponId: string
  enviados: number
  canjeados: number
  /** Of a hundred; null: sent to nobody. */
  tasa: number | null
  /** Pesos; those given beyond its limits among them (R3). */
  costo: number
  costoDeMas: number
}
export interface MetricasDeCupones {
  de: Map<string, CuentaDeCupon>
  leidoAt: number
}
type Pedir = <T>(ruta: string, peticion?: Peticion) => Promise<Respuesta<T>>
type Guardadas = { leidoAt: number; cupones: CuentaDeCupon[] }

const CADA_MS = 30_000
const llave = (negocioId: string) => `cya:cupones:${negocioId}`

/** Null: never read on this device. `releer` asks again at once. */
export function useMetricasDeCupones(pedir: Pedir, negocioId: string): { metricas: MetricasDeCupones | null; releer: () => void } {
  const [guardadas, setGuardadas] = useState<Guardadas | null>(() => leer(negocioId))
  const [vuelta, setVuelta] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn reads again
  useEffect(() => {
    let vivo = true
    const una = async () => {
      const r = await pedir<{ cupones: CuentaDeCupon[] }>(`/api/cupones/metricas?negocioId=${negocioId}`)
      if (!vivo || !r.ok) return
      const nuevas = { leidoAt: Date.now(), cupones: r.valor.cupones }
      guardar(negocioId, nuevas)
      setGuardadas(nuevas)
    }
    void una()
    const reloj = setInterval(() => document.visibilityState === 'visible' && void una(), CADA_MS)
    return () => {
      vivo = false
      clearInterval(reloj)
    }
  }, [pedir, negocioId, vuelta])
  const metricas = guardadas && { leidoAt: guardadas.leidoAt, de: new Map(guardadas.cupones.map((c) => [c.cuponId, c])) }
  return { metricas, releer: () => setVuelta((n) => n + 1) }
}

function leer(negocioId: string): Guardadas | null {
  try {
    return JSON.parse(localStorage.getItem(llave(negocioId)) ?? 'null') as Guardadas | null
  } catch {
    return null
  }
}
function guardar(negocioId: string, guardadas: Guardadas): void {
  try {
    localStorage.setItem(llave(negocioId), JSON.stringify(guardadas))
  } catch {
    // no room, or not allowed: they are asked again next time
  }
}
