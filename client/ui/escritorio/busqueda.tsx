import { Search } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { useTeclas } from './tecla.ts'

interface Props {
  /** Name of the field and what it says while it is empty. */
  etiqueta: string
  valor: string
  alCambiar: (valor: string) => void
  /** `/` puts the cursor here: one of them in a page. */
  conDiagonal?: boolean
  clase?: string
  /** Keys before the field itself handles them; Esc empties it otherwise. */
  alOprimir?: (evento: KeyboardEvent<HTMLInputElement>) => void
  /** Of a combobox: the list it opens. */
  lista?: { id: string; abierta: boolean; activa?: string | undefined }
}

/** A search field. */
export function Busqueda({ etiqueta, valor, alCambiar, conDiagonal = false, clase = '', alOprimir, lista }: Props) {
  const campo = useRef<HTMLInputElement>(null)
  useTeclas(
    conDiagonal
      ? {
          '/': () => {
            campo.current?.focus()
            campo.current?.select()
          },
        }
      : {},
  )
  return (
    <label className={`in q ${clase}`}>
      <Search className="i" aria-hidden="true" />
      <span className="vh">{etiqueta}</span>
      <input
        ref={campo}
        type="search"
        placeholder={etiqueta}
        value={valor}
        autoComplete="off"
        spellCheck={false}
        onChange={(evento) => alCambiar(evento.target.value)}
        {...(lista
          ? { role: 'combobox', 'aria-expanded': lista.abierta, 'aria-controls': lista.id, 'aria-activedescendant': lista.activa }
          : {})}
        onKeyDown={(evento) => {
          alOprimir?.(evento)
          if (evento.defaultPrevented || evento.key !== 'Escape') return
          evento.preventDefault()
          if (valor) alCambiar('')
          else evento.currentTarget.blur()
        }}
      />
      {conDiagonal && (
        <span className="kbd" aria-hidden="true">
          /
        </span>
      )}
    </label>
  )
}
