import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** `local`, dashed: only on this device. `warn`, amber: a person decides. `out`: neutral with a line. Always an icon and a word. */
export type TonoDeEtiqueta = 'ok' | 'warn' | 'bad' | 'acc' | 'out' | 'local' | 'neutro'

export function Etiqueta({
  tono = 'neutro',
  icono: Icono,
  titulo,
  children,
}: {
  tono?: TonoDeEtiqueta
  icono?: LucideIcon
  titulo?: string
  children: ReactNode
}) {
  return (
    <span className={tono === 'neutro' ? 'tag' : `tag ${tono}`} title={titulo}>
      {Icono && <Icono className="i" aria-hidden="true" />}
      {children}
    </span>
  )
}
