import type { LucideIcon } from 'lucide-react'
import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import './desplegable.css'

export interface Opcion {
  id: string
  texto: string
  icono?: LucideIcon
  /** Given: one of several, and whether it is the chosen one. */
  elegida?: boolean
  peligro?: boolean
  /** A line above it. */
  raya?: boolean
  alElegir: () => void
}

const PASOS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
/** Between the button and its menu, and from the edge of the window, px. */
const AIRE = 4

interface Props {
  /** Of the button and of the menu. */
  etiqueta: string
  /** Class of the button. */
  clase?: string
  /** What the button shows. */
  children: ReactNode
  opciones: Opcion[]
  /** Above the options. */
  cabeza?: ReactNode
}

/**
 * A button with a menu in the top layer, so no table and no sheet cuts it. Arrows move, Enter chooses, Esc closes and gives the focus back (the
 * platform's popover does both).
 */
export function Desplegable({ etiqueta, clase = 'btn ic g', children, opciones, cabeza }: Props) {
  const id = useId()
  const boton = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [abierto, setAbierto] = useState(false)
  // Once its options are drawn: before that it has no height to be placed by, and nothing to give the focus to.
  useLayoutEffect(() => {
    if (!abierto) return
    if (boton.current && menu.current) colocar(menu.current, boton.current)
    renglones(menu.current)[0]?.focus()
  }, [abierto])
  return (
    <>
      <button
        ref={boton}
        type="button"
        className={clase}
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={abierto}
        aria-label={etiqueta}
        onKeyDown={(evento) => {
          if (evento.key !== 'ArrowDown') return
          evento.preventDefault()
          evento.stopPropagation()
          menu.current?.showPopover()
        }}
      >
        {children}
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu inside */}
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="desplegable"
        onToggle={(evento) => setAbierto(evento.newState === 'open')}
        onKeyDown={moverse}
      >
        {cabeza && <div className="desplegable__cabeza">{cabeza}</div>}
        <div role="menu" aria-label={etiqueta}>
          {abierto && opciones.map((opcion) => <Renglon key={opcion.id} opcion={opcion} cerrar={() => menu.current?.hidePopover()} />)}
        </div>
      </div>
    </>
  )
}

function Renglon({ opcion, cerrar }: { opcion: Opcion; cerrar: () => void }) {
  const { icono: Icono, texto, elegida, peligro, raya, alElegir } = opcion
  return (
    <button
      type="button"
      {...(elegida === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': elegida })}
      data-raya={raya}
      data-peligro={peligro}
      onClick={() => {
        cerrar()
        alElegir()
      }}
    >
      {Icono && <Icono className="i" aria-hidden="true" />}
      <span className="sp">{texto}</span>
      {elegida && <Check className="i" aria-hidden="true" />}
    </button>
  )
}

const renglones = (menu: HTMLElement | null): HTMLElement[] => [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]

function moverse(evento: KeyboardEvent<HTMLElement>): void {
  const todos = renglones(evento.currentTarget)
  const paso = PASOS[evento.key]
  // Keys of a menu are not commands of the screen behind it.
  evento.stopPropagation()
  if (evento.key === 'Home' || evento.key === 'End') {
    evento.preventDefault()
    todos.at(evento.key === 'Home' ? 0 : -1)?.focus()
    return
  }
  if (paso === undefined) return
  evento.preventDefault()
  const desde = todos.indexOf(document.activeElement as HTMLElement)
  todos[(desde + paso + todos.length) % todos.length]?.focus()
}

/** Under the button, at its left edge; at its right one, or above, where there is no room. */
function colocar(menu: HTMLElement, boton: HTMLElement): void {
  const b = boton.getBoundingClientRect()
  const { offsetWidth: ancho, offsetHeight: alto } = menu
  const cabeALaDerecha = b.left + ancho + AIRE <= innerWidth
  const izquierda = cabeALaDerecha ? b.left : Math.max(AIRE, Math.min(b.right, innerWidth - AIRE) - ancho)
  const cabeAbajo = b.bottom + alto + AIRE <= innerHeight || b.top < alto
  menu.style.left = `${izquierda}px`
  menu.style.top = `${cabeAbajo ? b.bottom + AIRE : b.top - alto - AIRE}px`
}
