import { useEffect, useState, useSyncExternalStore } from 'react'
import { type AppDeCuenta, type EstadoDeSesion, type SesionDeCuenta, sesionDe } from './sesion.ts'

/** The session of an app as screens see it; opened once, unless `retomar` is false: then somebody is about to log in anew. */
export function useSesion(app: AppDeCuenta, retomar = true): { sesion: SesionDeCuenta; estado: EstadoDeSesion } {
  const sesion = sesionDe(app)
  const estado = useSyncExternalStore(sesion.suscribir, sesion.estado)
  useEffect(() => {
    if (retomar && sesion.estado().en === 'abriendo') void sesion.abrir()
  }, [sesion, retomar])
  return { sesion, estado }
}

/** What `leer` gives, again every `cadaMs` while the page is seen. The last good answer stays while a later one fails. */
export function useLectura<T>(leer: () => Promise<{ ok: true; valor: T } | { ok: false; codigo: string }>, cadaMs: number) {
  const [valor, setValor] = useState<T | null>(null)
  const [falla, setFalla] = useState<string | null>(null)
  const [leidoAt, setLeidoAt] = useState<number | null>(null)
  const [vuelta, setVuelta] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn reads again
  useEffect(() => {
    let vivo = true
    const una = async () => {
      const r = await leer()
      if (!vivo) return
      setFalla(r.ok ? null : r.codigo)
      if (!r.ok) return
      setValor(r.valor)
      setLeidoAt(Date.now())
    }
    void una()
    const reloj = setInterval(() => document.visibilityState === 'visible' && void una(), cadaMs)
    return () => {
      vivo = false
      clearInterval(reloj)
    }
  }, [leer, cadaMs, vuelta])
  return { valor, falla, leidoAt, releer: () => setVuelta((n) => n + 1) }
}
