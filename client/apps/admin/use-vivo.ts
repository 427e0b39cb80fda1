import { useEffect, useRef, useState } from 'react'
import type { FormaViva } from '../../domain/plataforma/formas.ts'
import { useShape } from '../../domain/plataforma/use-shape.ts'
import { useFrescura, usePanel } from './contexto.ts'

/** A row that came live, and when (performance.now): newer than whatever was asked for before that. */
export interface Parche<F> {
  fila: F
  en: number
}
export interface Vivo<F> {
  parches: ReadonlyMap<string, Parche<F>>
  /** Grows with every change, and when the view began anew. */
  senal: number
  /** Changes come by themselves: what is read beside it need not be asked for so often. */
  enVivo: boolean
}
const NINGUNO: ReadonlyMap<string, Parche<never>> = new Map()

/**
 * What changes in a shape from now on, beside a list that is read by pages. It rests while the Panel is paused, tells the tag in the bar how it goes, and is
 * closed with its screen. `forma` null: nothing is followed.
 */
export function useVivo<F>(forma: FormaViva<F> | null): Vivo<F> {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const { estado, filas, idas, vuelta } = useShape(forma, sesion.portador, { pausada })
  const clave = `vivo:${forma?.tabla ?? ''}`
  useEffect(() => {
    if (estado === 'reconectando' || estado === 'fallo') frescura.fallo(clave)
    else if (estado === 'en_vivo') frescura.volvio(clave)
    return () => frescura.olvidar(clave)
  }, [estado, clave, frescura])
  const [vivo, setVivo] = useState<Omit<Vivo<F>, 'enVivo'>>({ parches: NINGUNO, senal: 0 })
  const antes = useRef({ filas, idas, vuelta })
  useEffect(() => {
    const previas = antes.current
    if (previas.filas === filas && previas.idas === idas && previas.vuelta === vuelta) return
    antes.current = { filas, idas, vuelta }
    const en = performance.now()
    setVivo(({ parches, senal }) => {
      const nuevos = new Map(parches)
      for (const [id, fila] of filas) if (previas.filas.get(id) !== fila) nuevos.set(id, { fila, en })
      for (const id of idas) nuevos.delete(id)
      return { parches: nuevos, senal: senal + 1 }
    })
    frescura.cambio()
  }, [filas, idas, vuelta, frescura])
  return { ...vivo, enVivo: estado === 'en_vivo' }
}
