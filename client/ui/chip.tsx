import { Icono } from './iconos.tsx'

export type FormaDeChip = 'aldia' | 'enviando' | 'sinred' | 'atencion' | 'sesion'

/** The pill at the top right: its outline, its icon and its words each say the state (design 05). `detalle` is set softer, as an hour. */
export function Chip({
  forma,
  icono,
  texto,
  detalle,
  fase,
  alTocar,
}: {
  forma: FormaDeChip
  icono: Icono
  texto: string
  detalle?: string | undefined
  fase?: string | undefined
  alTocar: () => void
}) {
  return (
    <button type="button" className={`chip chip--${forma}`} aria-haspopup="dialog" data-fase={fase} onClick={alTocar}>
      <Icono de={icono} />
      <span role="status">
        {texto}
        {detalle && <span className="dim"> {detalle}</span>}
      </span>
    </button>
  )
}
