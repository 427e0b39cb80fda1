import { Outlet } from '@tanstack/react-router'
import { AvisoDeVersion } from '../ui/aviso-de-version.tsx'

/** What every page of the shell has: the page, and a word when there is a newer release. */
export function Raiz() {
  return (
    <>
      <Outlet />
      <AvisoDeVersion />
    </>
  )
}
