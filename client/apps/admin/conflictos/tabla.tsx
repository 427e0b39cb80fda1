import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { VeredictoDeNota } from '../../../../schema/protocol/plataforma.ts'
import { pesos } from '../../../lib/formato.ts'
import { useAhora } from '../contexto.ts'
import { alSegundo, numero } from '../palabras.ts'
import { reglaEnPalabras } from '../reglas.ts'
import type { Lista } from '../use-lista.ts'
import { nombreDeHecho, Veredicto } from '../veredicto.tsx'
import { Evidencia } from './evidencia.tsx'
import { t } from './textos.ts'

const COLUMNAS = 6

/** Verdicts, newest first; the evidence opens under its row. */
export function TablaDeVeredictos({ lista, abierto }: { lista: Lista<VeredictoDeNota>; abierto: string | null }) {
  const ahora = useAhora()
  return (
    <table className="t cards conf-tabla" aria-busy={lista.leyendo}>
      <thead>
        <tr>
          <th scope="col">{t.cuando}</th>
          <th scope="col">{t.negocioYCaja}</th>
          <th scope="col">{t.hecho}</th>
          <th scope="col" className="num">
            {t.monto}
          </th>
          <th scope="col" className="num">
            {t.enJuego}
          </th>
          <th scope="col">{t.resultado}</th>
        </tr>
      </thead>
      <tbody>
        {lista.filas.map((v) => (
          <Fragment key={v.id}>
            <Renglon veredicto={v} ahora={ahora} abierto={v.id === abierto} />
            {v.id === abierto && (
              <tr className="conf-evidencia">
                <td colSpan={COLUMNAS}>
                  <Evidencia id={v.id} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

/** The whole row opens the evidence; what takes the focus is the name of the hecho. */
function Renglon({ veredicto: v, ahora, abierto }: { veredicto: VeredictoDeNota; ahora: number; abierto: boolean }) {
  const navegar = useNavigate()
  const destino = abierto ? '/admin/conflictos' : `/admin/conflictos/${encodeURIComponent(v.id)}`
  const conservando = (antes: Record<string, unknown>) => antes
  return (
    <tr
      aria-selected={abierto}
      data-regla={v.regla}
      data-folio={v.folio}
      onClick={(evento) => {
        if (evento.target instanceof Element && evento.target.closest('a')) return
        void navegar({ to: destino as never, search: conservando as never, resetScroll: false })
      }}
    >
      <td className="n nw no">{alSegundo(v.effAt, ahora)}</td>
      <td>
        <b className="conf-negocio">{v.negocio}</b>
        <span className="sub">{[v.sucursal, v.dispositivo].filter(Boolean).join(' · ')}</span>
      </td>
      <td className="n full">
        <Link to={destino as never} search={conservando as never} resetScroll={false} aria-expanded={abierto}>
          {v.folio ?? nombreDeHecho(v.tipo)}
        </Link>
        <span className="sub">
          {reglaEnPalabras(v.regla).corto} {v.regla}
        </span>
      </td>
      <td className="num r nw">{v.montoCentavos === null ? '' : pesos(v.montoCentavos)}</td>
      <td className="num no nw">{t.puntos(numero(v.puntos))}</td>
      <td className="r">
        <Veredicto estado={v.resultado === 'cerrado' ? v.estado : v.resultado} />
      </td>
    </tr>
  )
}
