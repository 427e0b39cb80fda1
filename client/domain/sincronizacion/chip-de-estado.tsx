import type { EstadoSync } from '../../../workers/replica/api.ts'
import { Chip } from '../../ui/chip.tsx'
import { chipDe } from './estado-en-palabras.ts'

export function ChipDeEstado({ estado, zona, alTocar }: { estado: EstadoSync | null; zona: string; alTocar: () => void }) {
  const { forma, icono, texto, detalle } = chipDe(estado, zona)
  return <Chip forma={forma} icono={icono} texto={texto} detalle={detalle} fase={estado?.fase ?? 'abriendo'} alTocar={alTocar} />
}
