import { useCallback, useEffect, useState } from 'react'
import { CANAL_DE_RED } from '../../../schema/core/canal-de-red.ts'
import { hora } from '../../lib/formato.ts'
import { cambiarRed, leerRed, type RedDemo } from './api-demo.ts'
import { t } from './textos.ts'

const CADA_MS = 5_000
const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The switch that silences the server for tills and cards. Another tab may move it, and it comes back on by itself: it is asked again. */
export function InterruptorDeRed({ que }: { que: string }) {
  const { red, cambiar } = useRed()
  const encendida = red?.encendida ?? true
  return (
    <span className="red-demo">
      <span className="red-demo__que">{que}</span>
      <button
        type="button"
        className="red-demo__sw"
        role="switch"
        aria-checked={encendida}
        aria-label={t.redDeLaDemo}
        disabled={red === null}
        onClick={() => void cambiar(!encendida)}
      >
        <span>{encendida ? t.redEncendida : t.redApagada}</span>
        <i aria-hidden="true" />
      </button>
      <small className="red-demo__nota" role="status">
        {red?.vuelveAt ? t.vuelveSola(hora(red.vuelveAt, ZONA)) : ''}
      </small>
    </span>
  )
}

/** The till and the card in the other tabs try at once: nobody watches a switch for a minute. */
function avisar(): void {
  const canal = new BroadcastChannel(CANAL_DE_RED)
  canal.postMessage(null)
  canal.close()
}

function useRed() {
  const [red, setRed] = useState<RedDemo | null>(null)
  const leer = useCallback(async () => {
    const r = await leerRed()
    if (r.ok) setRed(r.valor)
  }, [])
  useEffect(() => {
    void leer()
    const reloj = setInterval(() => document.visibilityState === 'visible' && void leer(), CADA_MS)
    return () => clearInterval(reloj)
  }, [leer])
  const cambiar = async (encendida: boolean) => {
    const r = await cambiarRed(encendida)
    if (!r.ok) return
    setRed(r.valor)
    if (encendida) avisar()
  }
  return { red, cambiar }
}
