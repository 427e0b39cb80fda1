import { useParams } from '@tanstack/react-router'
import { CuponPantalla } from '../apps/publico/cupon.tsx'

/** `/p/cupon/:negocio/:codigo` */
export function CuponPublico() {
  const { negocio, codigo } = useParams({ from: '/p/cupon/$negocio/$codigo' })
  return <CuponPantalla key={`${negocio}/${codigo}`} negocio={negocio} codigo={codigo} />
}
