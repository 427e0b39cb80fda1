import { t } from './textos.ts'

const CUENTA = { bronce: 1, plata: 2, oro: 3 } as const
export type NombreDeNivel = keyof typeof CUENTA
const ROMBOS = ['M6 1l5 5-5 5-5-5z', 'M17 1l5 5-5 5-5-5z', 'M28 1l5 5-5 5-5-5z']

/** Counted lozenges: one bronce, two plata, three oro; the metal only repeats it. `mas`: words after the name, as `× 1.5`. */
export function Nivel({ de, mas }: { de: NombreDeNivel; mas?: string }) {
  return (
    <span className={`nivel nivel--${de}`}>
      <Rombos de={de} />
      {t[de]}
      {mas && ` ${mas}`}
    </span>
  )
}

export function Rombos({ de }: { de: NombreDeNivel }) {
  return (
    <svg viewBox="0 0 34 12" aria-hidden="true" focusable="false">
      {ROMBOS.map((d, i) => (
        <path
          key={d}
          d={d}
          fill={i < CUENTA[de] ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  )
}
