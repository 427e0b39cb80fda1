import { useMemo } from 'react'
import { diaLocal } from '../../../../schema/core/tiempo.ts'
import type { TransaccionDoc } from '../../../../schema/protocol/documentos.ts'
import type { Caso } from '../../../domain/conflictos/caso.ts'
import type { Eleccion } from '../../../domain/conflictos/decidir.ts'
import { asiQueda, lista, primerNombre } from '../../../domain/conflictos/en-palabras.ts'
import { t as delCampo } from '../../../domain/conflictos/textos.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { t } from './textos.ts'
import { useNombresDeSucursales } from './use-nombres.ts'

const DIA_MS = 86_400_000

/** The document in a sentence, as the decision leaves it; and what it does not touch. */
export function AsiQueda({ caso, eleccion }: { caso: Caso; eleccion: Eleccion }) {
  const sucursales = useNombresDeSucursales()
  const vendidas = useVentasDeHoy(caso)
  const futuro = {
    ...caso.documento,
    ...(eleccion.destino === 'conservar'
      ? Object.fromEntries((caso.borrado?.cambios ?? []).map(({ campo, valor }) => [campo, valor]))
      : {}),
    ...eleccion.valores,
  }
  const { precio, resto } = asiQueda(
    futuro,
    sucursales,
    caso.campos.some(({ campo }) => campo === 'nombre'),
  )
  const otros = [...new Set(caso.lados.filter(({ mio, quien }) => !mio && quien).map(({ quien }) => primerNombre(quien)))]
  const notas = [
    vendidas > 0 && caso.campos.some(({ campo }) => campo === 'precioCentavos') ? t.ventasConservan(vendidas) : '',
    otros.length > 0 ? (otros.length === 1 ? t.vera : t.veran)(lista(otros)) : '',
  ].filter(Boolean)
  return (
    <div className="res" aria-live="polite">
      <h3>{t.asiQueda}</h3>
      {eleccion.destino === 'eliminar' ? (
        <p>{delCampo.quedaEliminado}</p>
      ) : (
        <p>
          <b className="n">{precio}</b>, {resto}
        </p>
      )}
      {notas.length > 0 && <p className="sm mut">{notas.join(' ')}</p>}
    </div>
  )
}

/** How many sales of today hold this article: their price is theirs for ever. */
function useVentasDeHoy(caso: Caso): number {
  const { replica } = useStudio()
  const { zona } = useStudioVivo()
  const hoy = diaLocal(Date.now(), zona)
  // A day is at most a little longer than 24 h; which sales are of today is decided by their own hour.
  const desde = useMemo(() => Date.parse(`${hoy}T00:00:00Z`) - DIA_MS, [hoy])
  const ventas = useColeccion<TransaccionDoc>(replica, 'transacciones', { selector: { effAt: { $gte: desde } } })
  return (ventas ?? []).filter((v) => diaLocal(v.effAt, zona) === hoy && v.lineas.some(({ articuloId }) => articuloId === caso.id)).length
}
