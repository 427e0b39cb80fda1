import type { ReactNode } from 'react'
import { t } from './textos.ts'

const NOMBRE = { scanya: ['Scan', t.ya], cardya: ['Card', t.ya], studio: [t.business, t.studio], panel: ['', t.panel] } as const
export type App = keyof typeof NOMBRE

/** The card of an app on the front page, with its ways in. */
export function Puerta({ de, texto, icono, children }: { de: App; texto: string; icono?: ReactNode; children: ReactNode }) {
  const [fina, gruesa] = NOMBRE[de]
  return (
    <section className={`ini-puerta ini-puerta--${de}`}>
      {de === 'scanya' && <Visor />}
      {de === 'cardya' && (
        <span className="ini-abanico" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      )}
      <div className="ini-titulo">
        {icono && <span className="ini-icono">{icono}</span>}
        <h2>
          {fina}
          <b>{gruesa}</b>
        </h2>
      </div>
      <p>{texto}</p>
      <div className="ini-entrar">{children}</div>
    </section>
  )
}

function Visor() {
  return (
    <svg
      className="ini-visor"
      viewBox="0 0 100 100"
      aria-hidden="true"
      fill="none"
      stroke="#04231a"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <rect width="100" height="100" rx="26" fill="#10b981" stroke="none" />
      <path strokeWidth="5" d="M15 32V24a9 9 0 0 1 9-9h8M68 15h8a9 9 0 0 1 9 9v8M85 68v8a9 9 0 0 1-9 9h-8M32 85h-8a9 9 0 0 1-9-9v-8" />
      <g strokeWidth="4.5">
        <rect x="32" y="32" width="14" height="14" rx="3" />
        <rect x="54" y="32" width="14" height="14" rx="3" />
        <rect x="32" y="54" width="14" height="14" rx="3" />
        <path d="M54 54h6v6M68 54v.1M68 61v7h-8" />
      </g>
    </svg>
  )
}
