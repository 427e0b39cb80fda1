import { ChevronRight, Store } from 'lucide-react'
import type { Yo } from '../../../domain/cuentas/sesion.ts'
import type { NegocioDeYo } from '../studio.tsx'
import { recordado, recordar } from './recordado.ts'
import { t } from './textos.ts'

const llave = (yo: Yo) => `negocio:${yo.id}`

/** The negocio this account opens here: its only one, or the one it chose; null: it has to choose. */
export function negocioElegido(yo: Yo): NegocioDeYo | null {
  if (yo.negocios.length === 1) return yo.negocios[0] ?? null
  const cual = recordado(llave(yo))
  return yo.negocios.find((n) => n.negocioId === cual) ?? null
}

/** Null: asked again. */
export const elegirNegocio = (yo: Yo, negocioId: string | null): void => recordar(llave(yo), negocioId)

/** For an account with several. */
export function ElegirNegocio({ yo, alElegir }: { yo: Yo; alElegir: (negocio: NegocioDeYo) => void }) {
  return (
    <main className="puerta">
      <div className="puerta__hoja card">
        <span className="logo" aria-hidden="true">
          {'Ya'}
        </span>
        <h1>{t.elige}</h1>
        <p>{t.eligeTexto}</p>
        <ul className="studio-negocios">
          {yo.negocios.map((negocio) => (
            <li key={negocio.negocioId}>
              <button type="button" className="btn" onClick={() => alElegir(negocio)}>
                <Store className="i" aria-hidden="true" />
                <span className="sp">
                  <b>{negocio.nombre}</b> <span className="mut sm">{t[negocio.papel]}</span>
                </span>
                <ChevronRight className="i" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  )
}
