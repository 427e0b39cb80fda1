import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type SeccionDeStudio, StudioPantalla } from '../apps/studio/studio.tsx'

/** `/business-studio`, `/business-studio/cajas`, `/business-studio/empleados` */
export function Studio() {
  const { demo } = useSearch({ from: '/business-studio' })
  const { seccion = 'hoy' } = useParams({ strict: false }) as { seccion?: SeccionDeStudio }
  const navegar = useNavigate()
  // The one tap is used once: it does not stay in the address bar or in a bookmark.
  const alEntrar = useCallback(() => void navegar({ to: '/business-studio', search: {}, replace: true }), [navegar])
  return <StudioPantalla demo={demo ?? null} seccion={seccion} alEntrar={alEntrar} />
}
