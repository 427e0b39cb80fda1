import { CircleAlert, type LucideIcon, RefreshCw } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { t } from './textos.ts'

/** Bones are drawn only for what takes longer than this: a flash of grey helps nobody. */
const ANTES_DE_HUESOS_MS = 200
const ANCHOS = ['92%', '74%', '86%', '60%', '80%', '68%']

/** Nothing here, or not now: an icon, what it is, what to do. */
export function Vacio({
  icono: Icono,
  titulo,
  texto,
  nivel: Titulo = 'h2',
  children,
}: {
  icono: LucideIcon
  titulo: string
  texto?: ReactNode
  /** h1 where this is all there is. */
  nivel?: 'h1' | 'h2'
  children?: ReactNode
}) {
  return (
    <div className="state">
      <Icono className="i" aria-hidden="true" />
      <Titulo>{titulo}</Titulo>
      {texto && <p>{texto}</p>}
      {children}
    </div>
  )
}

/** A list that could not be read. `texto`: why. */
export function NoSePudo({ texto, alReintentar }: { texto: string; alReintentar?: () => void }) {
  return (
    <div className="state" role="alert">
      <CircleAlert className="i" aria-hidden="true" />
      <h2>{t.noSePudo}</h2>
      <p>
        {texto} {t.datosEnElEquipo}
      </p>
      {alReintentar && (
        <button type="button" className="btn" onClick={alReintentar}>
          <RefreshCw className="i" aria-hidden="true" />
          {t.otraVez}
        </button>
      )}
    </div>
  )
}

/** The bones of a list that is being read; `texto` under them, such as a count. */
export function Huesos({ filas = 6, texto }: { filas?: number; texto?: ReactNode }) {
  const [ya, setYa] = useState(false)
  useEffect(() => {
    const id = setTimeout(() => setYa(true), ANTES_DE_HUESOS_MS)
    return () => clearTimeout(id)
  }, [])
  return (
    <div className="huesos" role="status" style={{ visibility: ya ? 'visible' : 'hidden' }}>
      <span className="vh">{t.cargando}</span>
      {Array.from({ length: filas }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bones without identity
        <div key={i} className="row g12" aria-hidden="true">
          <span className="sk huesos__cuadro" />
          <span className="sp">
            <span className="sk" style={{ width: ANCHOS[i % ANCHOS.length] }} />
          </span>
        </div>
      ))}
      {texto && <p className="sm mut">{texto}</p>}
    </div>
  )
}
