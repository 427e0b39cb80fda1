import type { ReactNode } from 'react'

/** One thing the person at the till should know now. */
export function Banda({ titulo, urgente = false, children }: { titulo: string; urgente?: boolean; children: ReactNode }) {
  return (
    <section className={`banner banda ${urgente ? 'banda--urgente' : ''}`} role="status">
      <h2>{titulo}</h2>
      {children}
    </section>
  )
}
