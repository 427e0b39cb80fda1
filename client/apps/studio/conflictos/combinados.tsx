import { GitMerge } from 'lucide-react'
import type { Caso } from '../../../domain/conflictos/caso.ts'
import { nombreDelCampo, valorEnPalabras } from '../../../domain/conflictos/en-palabras.ts'
import { t } from './textos.ts'
import { useNombresDeSucursales } from './use-nombres.ts'

/** R8. What only one side changed: nobody has to decide it, and it is told so that nobody wonders. */
export function Combinados({ caso }: { caso: Caso }) {
  const sucursales = useNombresDeSucursales()
  return caso.combinados.map(({ campo, base, valor, mio }) => {
    const dicho = <span className="val">{valorEnPalabras(campo, valor, sucursales)}</span>
    const igual = <span className="mut">{t.sinCambio}</span>
    return (
      <div key={campo} className="cr auto">
        <span className="fl">
          {nombreDelCampo(campo)}
          <span className="am">
            <GitMerge className="i" aria-hidden="true" />
            {t.seCombino}
          </span>
        </span>
        <span className="cl base">{base === undefined ? t.noSeSabe : valorEnPalabras(campo, base, sucursales)}</span>
        <span className="cl">{mio ? dicho : igual}</span>
        <span className="cl">{mio ? igual : dicho}</span>
      </div>
    )
  })
}
