import { useEffect, useMemo, useState } from 'react'
import { guardarBorrador, leerBorrador } from '../../../domain/articulos/borradores.ts'
import { ocupar } from '../../../lib/actualizacion.ts'

export interface Forma<C extends object> {
  /** As they show: the document with the changes over it. */
  campos: C
  /** Only what differs from the document (R7). */
  cambios: Partial<C>
  cuantos: number
  /** A draft of an earlier sheet was taken up. */
  recuperado: boolean
  poner: (cambios: Partial<C>) => void
  vaciar: () => void
  /** Keeps the changes for the next time this sheet opens. */
  dejar: () => void
  /** No draft is left. */
  olvidar: () => void
}

const iguales = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The sheet of a document as a draft over it: what arrives meanwhile shows in the fields nobody touched. `llave`: its kind and id, or `cupon:nuevo`. What is
 * not a number yet (NaN) is a change like another, and is not kept.
 */
export function useForma<C extends object>(negocioId: string, llave: string, original: C): Forma<C> {
  const [leido] = useState(() => leerBorrador<Partial<C>>(negocioId, llave))
  const [puestos, setPuestos] = useState<Partial<C>>(leido ?? {})
  const [recuperado, setRecuperado] = useState(leido !== null)
  const cambios = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(puestos).filter(([campo, valor]) => campo in original && !iguales(valor, original[campo as keyof C])),
      ) as Partial<C>,
    [puestos, original],
  )
  const cuantos = Object.keys(cambios).length
  useEffect(() => (cuantos > 0 ? ocupar('escritura') : undefined), [cuantos])
  const enteros = () => Object.fromEntries(Object.entries(cambios).filter(([, valor]) => !Number.isNaN(valor)))
  return {
    campos: { ...original, ...cambios },
    cambios,
    cuantos,
    recuperado: recuperado && cuantos > 0,
    poner: (nuevos) => setPuestos((antes) => ({ ...antes, ...nuevos })),
    vaciar() {
      setPuestos({})
      setRecuperado(false)
      guardarBorrador(negocioId, llave, null)
    },
    dejar: () => guardarBorrador(negocioId, llave, enteros()),
    olvidar: () => guardarBorrador(negocioId, llave, null),
  }
}
