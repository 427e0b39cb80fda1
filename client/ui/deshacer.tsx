import { useEffect } from 'react'
import { t } from './textos.ts'

/** How long an undo is offered (design 05). */
const PLAZO_MS = 6_000

/** What was just done, and the way back from it while it is offered. A new `texto` or `de` begins the time anew. */
export function Deshacer({ de, texto, alDeshacer, alPasar }: { de: string; texto: string; alDeshacer: () => void; alPasar: () => void }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whose undo it is begins the time, not which function ends it
  useEffect(() => {
    const id = setTimeout(alPasar, PLAZO_MS)
    return () => clearTimeout(id)
  }, [de, texto])
  return (
    <p className="toast">
      {texto}
      <button type="button" onClick={alDeshacer}>
        {t.deshacer}
      </button>
    </p>
  )
}
