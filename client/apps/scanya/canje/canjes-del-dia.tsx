import { useEntregados } from '../../../domain/canjes/use-entregados.ts'
import { dia as d } from '../textos.ts'
import { useHoy } from '../use-dia.ts'

/** How many were given today, once there is one: most days have none. */
export function CanjesDelDia() {
  const cuantos = useEntregados(useHoy())?.length ?? 0
  if (cuantos === 0) return null
  return (
    <div>
      <dt>{d.canjes}</dt>
      <dd>{cuantos.toLocaleString('es-MX')}</dd>
    </div>
  )
}
