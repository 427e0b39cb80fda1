import { useCallback, useMemo, useState } from 'react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'

export interface Seleccion {
  ids: ReadonlySet<string>
  alternar(id: string): void
  poner(ids: readonly string[]): void
  vaciar(): void
}

/** The chosen rows, by id: they stay chosen while the list is filtered or moves. */
export function useSeleccion(): Seleccion {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set())
  const alternar = useCallback(
    (id: string) =>
      setIds((antes) => {
        const despues = new Set(antes)
        if (!despues.delete(id)) despues.add(id)
        return despues
      }),
    [],
  )
  const poner = useCallback((nuevos: readonly string[]) => setIds(new Set(nuevos)), [])
  const vaciar = useCallback(() => setIds(new Set()), [])
  return useMemo(() => ({ ids, alternar, poner, vaciar }), [ids, alternar, poner, vaciar])
}

/** What an action on the chosen ones needs of each. */
export type Elegidos = readonly ArticuloDoc[]
