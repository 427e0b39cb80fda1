import { useParams } from '@tanstack/react-router'
import { PublicoPantalla } from '../apps/publico/publico.tsx'

/** `/p/:codigo` */
export function Publico() {
  const { codigo } = useParams({ from: '/p/$codigo' })
  return <PublicoPantalla key={codigo} codigo={codigo} />
}
