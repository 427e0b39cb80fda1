import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { SeccionDeStudio } from '../apps/studio/secciones-ids.ts'
import { StudioPantalla } from '../apps/studio/studio.tsx'

/** `/business-studio`, `/business-studio/catalogo?articulo=…`, `/business-studio/cajas`… */
export function Studio() {
  const { demo } = useSearch({ from: '/business-studio' })
  const { seccion = 'hoy' } = useParams({ strict: false }) as { seccion?: SeccionDeStudio }
  const navegar = useNavigate()
  // The one tap is used once: it does not stay in the address bar or in a bookmark.
  const alEntrar = useCallback(
    () => void navegar({ to: '.', search: (antes) => ({ ...antes, demo: undefined }) as never, replace: true }),
    [navegar],
  )
  const alAbrirArticulo = useCallback(
    (articulo: string) => void navegar({ to: '/business-studio/$seccion', params: { seccion: 'catalogo' }, search: { articulo } }),
    [navegar],
  )
  return <StudioPantalla demo={demo ?? null} seccion={seccion} alEntrar={alEntrar} alAbrirArticulo={alAbrirArticulo} />
}
