import { useNavigate, useSearch } from '@tanstack/react-router'

/** Which sheet is open is in the address: it can be linked to, and the back button closes it. `nuevo`: of one that does not exist yet. */
export function useAbierto(seccion: 'cupones' | 'recompensas'): {
  abierto: string | null
  abrir: (id: string) => void
  cerrar: () => void
} {
  const { documento } = useSearch({ strict: false }) as { documento?: string }
  const navegar = useNavigate()
  const ir = (cual: string | undefined) =>
    void navegar({
      to: '/business-studio/$seccion',
      params: { seccion },
      search: cual === undefined ? {} : { documento: cual },
      resetScroll: false,
    })
  return { abierto: documento ?? null, abrir: ir, cerrar: () => ir(undefined) }
}
