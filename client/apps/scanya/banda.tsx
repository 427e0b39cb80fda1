import type { ReactNode } from 'react'

/** One thing the person at the till should know now. */
export function Banda({ titulo, children }: { titulo: string; children: ReactNode }) {
  return (
    <section className="banda" role="status">
      <h2>{titulo}</h2>
      {children}
    </section>
  )
}
