/**
 * Parts of the screen in a file of their own, so that the first one does not wait for what is seldom opened. Each is asked for when it is drawn, and
 * once the first screen rests all of them are (traerLasPerezosas): a till that loses its network before its service worker kept anything still has
 * every screen.
 */
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { Icono } from './iconos.tsx'
import { t } from './textos.ts'

const pedidos: (() => Promise<void>)[] = []

/**
 * A component whose file `cargar` brings: `perezosa(async () => (await import('./historial.tsx')).HistorialPantalla)`. Drawn at once when the file is
 * here; until then nothing is, and when it does not come, what happened and a button. `primero`: among the first that are asked for.
 */
export function perezosa<P extends object>(cargar: () => Promise<ComponentType<P>>, { primero = false } = {}): (props: P) => ReactNode {
  let parte: ComponentType<P> | null = null
  let pedida: Promise<void> | null = null
  const pedir = (): Promise<void> => {
    pedida ??= cargar().then(
      (llegada) => {
        parte = llegada
      },
      (error) => {
        pedida = null // the next try asks again
        throw error
      },
    )
    return pedida
  }
  if (primero) pedidos.unshift(pedir)
  else pedidos.push(pedir)
  return function Perezosa(props: P) {
    const [fase, setFase] = useState<'viene' | 'esta' | 'no_llego'>(parte ? 'esta' : 'viene')
    useEffect(() => {
      if (fase !== 'viene') return
      let vivo = true
      const decir = (cual: 'esta' | 'no_llego') => () => {
        if (vivo) setFase(cual)
      }
      pedir().then(decir('esta'), decir('no_llego'))
      return () => {
        vivo = false
      }
    }, [fase])
    const Parte = parte
    if (Parte) return <Parte {...props} />
    return fase === 'no_llego' ? <NoLlego alReintentar={() => setFase('viene')} /> : null
  }
}

function NoLlego({ alReintentar }: { alReintentar: () => void }) {
  return (
    <section className="empty" role="alert">
      <Icono de="atencion" />
      <p>{t.noLlego}</p>
      <button type="button" className="btn btn--secondary" onClick={alReintentar}>
        {t.otraVez}
      </button>
    </section>
  )
}

/** How long a browser without requestIdleCallback (Safari) is left alone, ms. */
const SIN_DESCANSO_MS = 1_500
const alDescansar = (hacer: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(hacer)
  else setTimeout(hacer, SIN_DESCANSO_MS)
}

/** Asks for all of them, one after the other, each when there is nothing else to do. One that does not come is asked for again when it is drawn. */
export function traerLasPerezosas(): void {
  const [pedir, ...otras] = pedidos.splice(0)
  if (!pedir) return
  pedidos.push(...otras)
  alDescansar(() => void pedir().then(traerLasPerezosas, traerLasPerezosas))
}
