import { valorEnPalabras } from '../../../domain/conflictos/en-palabras.ts'
import { comparar } from '../../../domain/conflictos/palabras.ts'
import { tipoDe } from '../../../domain/conflictos/valor.ts'
import { useNombresDeSucursales } from './use-nombres.ts'

/** A value; of texts, what it changes of the one that was there before. */
export function Valor({ campo, valor, base }: { campo: string; valor: unknown; base: unknown }) {
  const sucursales = useNombresDeSucursales()
  const tipo = tipoDe(campo)
  if (tipo === 'dinero') return <span className="val n">{valorEnPalabras(campo, valor, sucursales)}</span>
  const comparable =
    (tipo === 'linea' || tipo === 'parrafo') && typeof base === 'string' && typeof valor === 'string' && base !== '' && valor !== ''
  if (!comparable) return <span className="val">{valorEnPalabras(campo, valor, sucursales)}</span>
  return (
    <span className="val">
      {comparar(base, valor).map(({ que, texto }, i) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence, always in this order
        if (que === 'comun') return <span key={i}>{texto}</span>
        const Marca = que === 'nuevo' ? 'ins' : 'del'
        // biome-ignore lint/suspicious/noArrayIndexKey: the same reason
        return <Marca key={i}>{texto}</Marca>
      })}
    </span>
  )
}
