import type { EstadoSync } from '../../../workers/replica/api.ts'
import { Icono } from '../../ui/iconos.tsx'
import { chipDe } from './estado-en-palabras.ts'

export function ChipDeEstado({ estado, zona, alTocar }: { estado: EstadoSync | null; zona: string; alTocar: () => void }) {
  const chip = chipDe(estado, zona)
  return (
    <button
      type="button"
      className={`chip chip--${chip.forma}`}
      aria-haspopup="dialog"
      onClick={alTocar}
      data-fase={estado?.fase ?? 'abriendo'}
    >
      <Icono de={chip.icono} />
      <span role="status">{chip.texto}</span>
    </button>
  )
}
