import { CircleArrowUp, CircleCheck, KeyRound, TriangleAlert, WifiOff } from 'lucide-react'
import type { FormaDeChip } from '../chip.tsx'

const COMO = {
  aldia: { clase: 'aldia', icono: CircleCheck },
  enviando: { clase: 'envia', icono: CircleArrowUp },
  sinred: { clase: 'off', icono: WifiOff },
  atencion: { clase: 'aten', icono: TriangleAlert },
  sesion: { clase: 'entra', icono: KeyRound },
} as const satisfies Record<FormaDeChip, unknown>

/** The status chip of the desk: five states in shape and words, the list of what waits behind it (design 05). `fase` is for whoever tests. */
export function ChipDeRed({ forma, texto, fase, alTocar }: { forma: FormaDeChip; texto: string; fase?: string; alTocar: () => void }) {
  const { clase, icono: Icono } = COMO[forma]
  return (
    <button type="button" className={`sync ${clase}`} aria-haspopup="dialog" aria-label={texto} data-fase={fase} onClick={alTocar}>
      <Icono className="i" aria-hidden="true" />
      <span role="status">{texto}</span>
    </button>
  )
}
