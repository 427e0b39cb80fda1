import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Goes to a screen of this app by its path (`/inicio`). `reemplazar`: the present screen does not stay behind the back button. */
export function useIr(): (camino: string, opciones?: { reemplazar?: boolean }) => void {
  const navegar = useNavigate()
  return useCallback(
    // Two apps share one type program, so paths are not typed by a registered router.
    (camino, { reemplazar = false } = {}) => void navegar({ to: camino as never, replace: reemplazar }),
    [navegar],
  )
}
