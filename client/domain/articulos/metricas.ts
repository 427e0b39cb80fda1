/** CAT-08. Views and sales of the last 30 days, as the server counts them; the last answer stays, with its hour. */
import { useEffect, useState } from 'react'
import type { RespuestaMetricas } from '../../../schema/protocol/catalogo.ts'
import type { Peticion, Respuesta } from '../../lib/http.ts'

export interface Metricas {
  de: Map<string, { vistas: number; ventas: number }>
  /** When they were read, ms. */
  leidoAt: number
  /** The last try got no answer: what is shown is of `leidoAt`. */
  viejas: boolean
}
type Pedir = <T>(ruta: string, peticion?: Peticion) => Promise<Respuesta<T>>
type Guardadas = { leidoAt: number; filas: [id: string, vistas: number, ventas: number][] }

const CADA_MS = 60_000
const llave = (negocioId: string) => `cya:metricas:${negocioId}`

export function useMetricas(pedir: Pedir, negocioId: string): Metricas | null {
  const [metricas, setMetricas] = useState<Metricas | null>(() => deLoGuardado(leer(negocioId), true))
  useEffect(() => {
    let vivo = true
    const una = async () => {
      const r = await pedir<RespuestaMetricas>(`/api/articulos/metricas?negocioId=${negocioId}`)
      if (!vivo) return
      if (!r.ok) return setMetricas((antes) => antes && { ...antes, viejas: true })
      const nuevas: Guardadas = {
        leidoAt: Date.now(),
        filas: r.valor.articulos.filter((a) => a.vistas > 0 || a.ventas > 0).map((a) => [a.id, a.vistas, a.ventas]),
      }
      guardar(negocioId, nuevas)
      setMetricas(deLoGuardado(nuevas, false))
    }
    void una()
    const reloj = setInterval(() => document.visibilityState === 'visible' && void una(), CADA_MS)
    return () => {
      vivo = false
      clearInterval(reloj)
    }
  }, [pedir, negocioId])
  return metricas
}

const deLoGuardado = (g: Guardadas | null, viejas: boolean): Metricas | null =>
  g && { leidoAt: g.leidoAt, viejas, de: new Map(g.filas.map(([id, vistas, ventas]) => [id, { vistas, ventas }])) }

function leer(negocioId: string): Guardadas | null {
  try {
    const texto = localStorage.getItem(llave(negocioId))
    return texto === null ? null : (JSON.parse(texto) as Guardadas)
  } catch {
    return null
  }
}
function guardar(negocioId: string, metricas: Guardadas): void {
  try {
    localStorage.setItem(llave(negocioId), JSON.stringify(metricas))
  } catch {
    // no room, or not allowed: they are asked again next time
  }
}
