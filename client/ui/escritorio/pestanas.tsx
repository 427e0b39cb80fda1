import type { KeyboardEvent } from 'react'

const PASOS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

interface Props<Id extends string> {
  /** Of the panel that they change; each tab is `<panel>-<id>`. */
  panel: string
  etiqueta: string
  pestanas: readonly { id: Id; texto: string; cuenta?: number }[]
  activa: Id
  alCambiar: (id: Id) => void
}

/** Tabs with their counts; arrows move among them. The panel says `role=tabpanel`, `id` and `aria-labelledby` of its own. */
export function Pestanas<Id extends string>({ panel, etiqueta, pestanas, activa, alCambiar }: Props<Id>) {
  const alOprimir = (evento: KeyboardEvent<HTMLElement>) => {
    const paso = PASOS[evento.key]
    if (paso === undefined) return
    const botones = [...evento.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
    const siguiente = botones[(botones.indexOf(document.activeElement as HTMLElement) + paso + botones.length) % botones.length]
    evento.preventDefault()
    siguiente?.focus()
    siguiente?.click()
  }
  return (
    <div className="tabs" role="tablist" aria-label={etiqueta} onKeyDown={alOprimir}>
      {pestanas.map(({ id, texto, cuenta }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${panel}-${id}`}
          aria-controls={panel}
          aria-selected={id === activa}
          tabIndex={id === activa ? 0 : -1}
          onClick={() => alCambiar(id)}
        >
          {texto} {cuenta !== undefined && <span className="n">{cuenta.toLocaleString('es-MX')}</span>}
        </button>
      ))}
    </div>
  )
}
