import { ArrowDownUp } from 'lucide-react'
import { numero } from './palabras.ts'
import { t } from './textos.ts'
import type { Lista } from './use-lista.ts'

/** Where in the list this page is, and the pages around it. */
export function PieDeLista({ lista }: { lista: Pick<Lista<unknown>, 'desde' | 'filas' | 'total' | 'anterior' | 'siguiente'> }) {
  const { desde, filas, total, anterior, siguiente } = lista
  if (filas.length === 0) return null
  return (
    <div className="tfoot n">
      <span className="sp">{t.rango(numero(desde), numero(desde + filas.length - 1), numero(total))}</span>
      {(anterior || siguiente) && (
        <>
          <button type="button" className="btn s" disabled={!anterior} onClick={anterior ?? undefined}>
            {t.anterior}
          </button>
          <button type="button" className="btn s" disabled={!siguiente} onClick={siguiente ?? undefined}>
            {t.siguiente}
          </button>
        </>
      )}
    </div>
  )
}

/** The rows did not move while they were read: this takes the order of now. */
export function CambiosDeOrden({ lista }: { lista: Pick<Lista<unknown>, 'cambios' | 'reordenar'> }) {
  return (
    <span role="status" className="panel-orden">
      {lista.cambios > 0 && (
        <button type="button" className="btn s g" onClick={lista.reordenar} title={t.reordenar}>
          <ArrowDownUp className="i s" aria-hidden="true" />
          {t.cambiosDeOrden(lista.cambios)}
        </button>
      )}
    </span>
  )
}
