import { PIN_MAXIMO } from './entrada.ts'
import { t } from './textos.ts'

/** How many digits are in; which ones is nobody's business. `mal`: shakes once. */
export function PuntosDePin({ cuantos, mal }: { cuantos: number; mal: boolean }) {
  return (
    <div className={`dots ${mal ? 'dots--mal' : ''}`} role="status" aria-label={t.pinDigitos(cuantos)}>
      {Array.from({ length: PIN_MAXIMO }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: dots without identity
        <i key={i} className={i < cuantos ? 'on' : undefined} />
      ))}
    </div>
  )
}
