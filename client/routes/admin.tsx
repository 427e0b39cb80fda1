import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { AdminPantalla } from '../apps/admin/admin.tsx'

/** `/admin` */
export function Admin() {
  const { demo } = useSearch({ from: '/admin' })
  const navegar = useNavigate()
  const alEntrar = useCallback(() => void navegar({ to: '/admin', search: {}, replace: true }), [navegar])
  return <AdminPantalla demo={demo ?? null} alEntrar={alEntrar} />
}
