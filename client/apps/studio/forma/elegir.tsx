import { Search, X } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useStudio } from '../../../replica/studio.ts'

export interface Elegible {
  id: string
  nombre: string
}

const HALLADOS = 8

/** Several artículos or clients by their name, out of what this device holds: type, choose, take away. */
export function Elegir({
  que,
  rotulo,
  pista,
  quitar,
  ayuda,
  error,
  elegidos,
  alCambiar,
  maximo,
}: {
  que: 'articulos' | 'clientes'
  rotulo: string
  pista: string
  /** Label of the cross of one. */
  quitar: (nombre: string) => string
  ayuda?: string
  error?: string | null | undefined
  elegidos: readonly Elegible[]
  alCambiar: (elegidos: Elegible[]) => void
  maximo: number
}) {
  const { replica } = useStudio()
  const id = useId()
  const [texto, setTexto] = useState('')
  const [hallados, setHallados] = useState<Elegible[]>([])
  useEffect(() => {
    let vivo = true
    if (texto.trim() === '') setHallados([])
    else
      void replica.buscar?.(texto, HALLADOS).then((r) => {
        if (!vivo || !r.ok) return
        const todos = que === 'articulos' ? r.valor.articulos : r.valor.clientes.map((c) => ({ id: c.id, nombre: c.alias }))
        setHallados(todos.map((uno) => ({ id: uno.id, nombre: uno.nombre })))
      })
    return () => {
      vivo = false
    }
  }, [replica, que, texto])
  const nuevos = hallados.filter((h) => !elegidos.some((e) => e.id === h.id))
  return (
    <div className={error ? 'field err' : 'field'}>
      <label htmlFor={id}>{rotulo}</label>
      {elegidos.length > 0 && (
        <ul className="fm-elegidos">
          {elegidos.map((e) => (
            <li key={e.id} className="tag">
              {e.nombre}
              <button type="button" aria-label={quitar(e.nombre)} onClick={() => alCambiar(elegidos.filter((x) => x.id !== e.id))}>
                <X className="i" aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {elegidos.length < maximo && (
        <span className="in q">
          <Search className="i" aria-hidden="true" />
          <input id={id} value={texto} placeholder={pista} aria-describedby={`${id}a`} onChange={(e) => setTexto(e.target.value)} />
        </span>
      )}
      {nuevos.length > 0 && (
        <ul className="fm-hallados">
          {nuevos.map((h) => (
            <li key={h.id}>
              <button
                type="button"
                onClick={() => {
                  alCambiar([...elegidos, h])
                  setTexto('')
                }}
              >
                {h.nombre}
              </button>
            </li>
          ))}
        </ul>
      )}
      <span id={`${id}a`} className={error ? 'em' : 'hint'}>
        {error ?? ayuda}
      </span>
    </div>
  )
}
