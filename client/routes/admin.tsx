import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { AdminPantalla } from '../apps/admin/admin.tsx'
import { ConflictosPantalla } from '../apps/admin/conflictos/conflictos.tsx'
import { DispositivoPantalla } from '../apps/admin/dispositivos/dispositivo.tsx'
import { DispositivosPantalla } from '../apps/admin/dispositivos/dispositivos.tsx'
import { NegocioPantalla } from '../apps/admin/negocios/negocio.tsx'
import { NegociosPantalla } from '../apps/admin/negocios/negocios.tsx'
import { ServidorPantalla } from '../apps/admin/servidor/servidor.tsx'

/** Everything under `/admin`: the door, the frame, and the screen of the address inside. */
export function Admin() {
  const { demo } = useSearch({ from: '/admin' })
  const navegar = useNavigate()
  const alEntrar = useCallback(() => void navegar({ to: '/admin', search: {}, replace: true }), [navegar])
  return (
    <AdminPantalla demo={demo ?? null} alEntrar={alEntrar}>
      <Outlet />
    </AdminPantalla>
  )
}

const useId = () => useParams({ strict: false }).id ?? null

/** `/admin` */
export const Servidor = () => <ServidorPantalla />
/** `/admin/dispositivos` */
export const Dispositivos = () => <DispositivosPantalla />
/** `/admin/dispositivos/:id` */
export function Dispositivo() {
  const id = useId() ?? ''
  return <DispositivoPantalla key={id} id={id} />
}
/** `/admin/conflictos`, `/admin/conflictos/:id` */
export const Conflictos = () => <ConflictosPantalla id={useId()} />
/** `/admin/negocios` */
export const Negocios = () => <NegociosPantalla />
/** `/admin/negocios/:id` */
export function Negocio() {
  const id = useId() ?? ''
  return <NegocioPantalla key={id} id={id} />
}
