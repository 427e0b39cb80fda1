/** What a screen shows while there is nothing to show, and what it says when that is old. */
import { CloudOff, FileQuestion, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import { hora } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Huesos, Vacio } from '../../ui/escritorio/estados.tsx'
import { ZONA } from './palabras.ts'
import { t } from './textos.ts'
import type { Lectura } from './use-fresco.ts'

/** Bones, then the thing; an error with a way to try again; and what was read before, dated, while the server does not answer. */
export function Leido<T>({
  de,
  filas = 6,
  sinFecha = false,
  children,
}: {
  /** Its age is told by another part of the screen. */
  sinFecha?: boolean
  de: Pick<Lectura<T>, 'valor' | 'falla' | 'leidoAt' | 'releer'>
  filas?: number
  children: (valor: T) => ReactNode
}) {
  if (de.valor === null) return de.falla ? <NoRespondio codigo={de.falla} alReintentar={de.releer} /> : <Huesos filas={filas} />
  return (
    <>
      {!sinFecha && de.falla && de.leidoAt !== null && <DatosViejos at={de.leidoAt} />}
      {children(de.valor)}
    </>
  )
}

/** What is below is not of now. */
export function DatosViejos({ at }: { at: number }) {
  return (
    <p className="panel-viejos sm" role="status">
      <CloudOff className="i s" aria-hidden="true" />
      {t.datosViejos(hora(at, ZONA))}
    </p>
  )
}

export function NoRespondio({ codigo, alReintentar }: { codigo: Codigo; alReintentar: () => void }) {
  if (codigo === 'NO_ENCONTRADO') return <Vacio icono={FileQuestion} titulo={t.noExiste} texto={t.noExisteTexto} />
  const sinRed = codigo === 'SIN_CONEXION'
  return (
    <div role="alert">
      <Vacio icono={CloudOff} titulo={sinRed ? t.noResponde : t.noSePudo} texto={sinRed ? t.noRespondeTexto : textoDe(codigo)}>
        <button type="button" className="btn" onClick={alReintentar}>
          <RefreshCw className="i" aria-hidden="true" />
          {t.reintentar}
        </button>
      </Vacio>
    </div>
  )
}

/** No zero for "unknown". */
export function SinDato() {
  return (
    <span className="mut">
      <span aria-hidden="true">–</span>
      <span className="vh">{t.sinDato}</span>
    </span>
  )
}
