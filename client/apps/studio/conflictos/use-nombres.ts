import { useMemo } from 'react'
import { useStudio } from '../../../replica/studio.ts'

/** Names of the sucursales this account reaches, by id. */
export function useNombresDeSucursales(): ReadonlyMap<string, string> {
  const { negocio } = useStudio()
  return useMemo(() => new Map(negocio.sucursales.map(({ id, nombre }) => [id, nombre])), [negocio.sucursales])
}
