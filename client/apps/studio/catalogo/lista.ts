/** What table and cards share: which row the keyboard is on, and the commands on it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import type { Metricas } from '../../../domain/articulos/metricas.ts'
import { useTeclas } from '../../../ui/escritorio/tecla.ts'
import type { Acciones } from './acciones.ts'
import type { Ventana } from './consulta.ts'
import type { Seleccion } from './seleccion.ts'

export interface DeLista {
  ventana: Ventana
  metricas: Metricas | null
  seleccion: Seleccion
  acciones: Acciones
  abrir: (articulo: ArticuloDoc) => void
  alElegirTodos: (si: boolean) => void
}

/** Marks what takes the focus of row `i`. */
export const focoDe = (i: number) => ({ 'data-fila': i })

/**
 * J/K and the arrows move, X chooses, Delete deletes; Enter is the button's own. `porPaso`: rows that an arrow up or down passes (cards stand in
 * columns). `verla` scrolls to a row that is not drawn.
 */
export function useTeclado({ ventana, seleccion, acciones }: DeLista, total: number, porPaso: number, verla: (i: number) => void): void {
  const [meta, setMeta] = useState<number | null>(null)
  const lista = useRef(total)
  lista.current = total
  useEffect(() => {
    if (meta === null) return
    const poner = () => {
      const elemento = document.querySelector<HTMLElement>(`[data-fila="${meta}"]`)
      elemento?.focus({ preventScroll: true })
      return elemento !== null
    }
    // A row far away is drawn only after the list was scrolled to it.
    if (!poner()) requestAnimationFrame(poner)
    setMeta(null)
  }, [meta])
  const actual = useCallback(() => {
    const fila = document.activeElement?.closest('[data-indice]')?.getAttribute('data-indice')
    return fila === null || fila === undefined ? null : Number(fila)
  }, [])
  const ir = (paso: number) => () => {
    const desde = actual()
    if (desde === null && document.activeElement !== document.body && document.activeElement?.id !== 'contenido') return false
    const a = desde === null ? 0 : Math.min(lista.current - 1, Math.max(0, desde + paso))
    verla(a)
    setMeta(a)
  }
  const enFila = (hacer: (articulo: ArticuloDoc) => void) => () => {
    const i = actual()
    const fila = i === null ? undefined : ventana.fila(i)
    if (!fila) return false
    hacer(fila.articulo)
  }
  const elegir = enFila((a) => seleccion.alternar(a.id))
  useTeclas({
    j: ir(1),
    k: ir(-1),
    ArrowDown: ir(porPaso),
    ArrowUp: ir(-porPaso),
    ...(porPaso > 1 ? { ArrowRight: ir(1), ArrowLeft: ir(-1) } : {}),
    x: elegir,
    Delete: enFila((a) => void acciones.eliminar([a])),
  })
}
