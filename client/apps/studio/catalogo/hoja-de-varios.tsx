import type { ReactNode } from 'react'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { t } from './textos.ts'

interface Props {
  titulo: string
  /** What its one button does, with how many. */
  accion: string
  /** False: there is nothing to apply yet. */
  listo: boolean
  aplicar: () => Promise<void>
  alCerrar: () => void
  children: ReactNode
}

/** The sheet of an action on many artículos: what it will do, and one button that does it. */
export function HojaDeVarios({ titulo, accion, listo, aplicar, alCerrar, children }: Props) {
  return (
    <Hoja
      titulo={titulo}
      alCerrar={alCerrar}
      alGuardar={() => void aplicar()}
      ancho="angosta"
      clase="cat-hoja"
      pie={
        <>
          <span className="sp" />
          <button type="button" className="btn g" onClick={alCerrar}>
            {t.cancelar}
          </button>
          <button type="button" className="btn p" disabled={!listo} onClick={() => void aplicar()}>
            {accion}
          </button>
        </>
      }
    >
      {children}
    </Hoja>
  )
}
