import { useEffect, useState } from 'react'

/** True once `condicion` has held for `ms` without a break. */
export function useSostenido(condicion: boolean, ms: number): boolean {
  const [cumplido, setCumplido] = useState(false)
  useEffect(() => {
    if (!condicion) return setCumplido(false)
    const id = setTimeout(() => setCumplido(true), ms)
    return () => clearTimeout(id)
  }, [condicion, ms])
  return cumplido
}
