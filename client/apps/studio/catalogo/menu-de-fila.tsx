import { Copy, Ellipsis, Eye, Pencil, Star, StarOff, Trash2 } from 'lucide-react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import { porQueNoSeCambia } from '../../../domain/articulos/alcance.ts'
import { useStudio } from '../../../replica/studio.ts'
import { Desplegable, type Opcion } from '../../../ui/escritorio/desplegable.tsx'
import type { Acciones } from './acciones.ts'
import { t } from './textos.ts'

interface Props {
  articulo: ArticuloDoc
  acciones: Acciones
  abrir: () => void
}

/** CAT-04, 06. What can be done to one; of one that is not theirs a gerente reads why (EMP-38). */
export function MenuDeFila({ articulo, acciones, abrir }: Props) {
  const { alta, negocio } = useStudio()
  const ajeno = porQueNoSeCambia(articulo, alta.sucursalId, negocio.sucursales)
  return (
    <Desplegable
      etiqueta={t.masDe(articulo.nombre)}
      clase="btn s ic g"
      {...(ajeno === null
        ? { opciones: opcionesDe({ articulo, acciones, abrir }) }
        : { cabeza: <p className="sm mut">{ajeno}</p>, opciones: [{ id: 'ver', texto: t.ver, icono: Eye, alElegir: abrir }] })}
    >
      <Ellipsis className="i" aria-hidden="true" />
    </Desplegable>
  )
}

const opcionesDe = ({ articulo, acciones, abrir }: Props): Opcion[] => [
  { id: 'editar', texto: t.editar, icono: Pencil, alElegir: abrir },
  { id: 'duplicar', texto: t.duplicar, icono: Copy, alElegir: () => void acciones.duplicar(articulo) },
  {
    id: 'destacar',
    texto: articulo.destacado ? t.noDestacar : t.destacar,
    icono: articulo.destacado ? StarOff : Star,
    alElegir: () => void acciones.destacar([articulo], !articulo.destacado),
  },
  { id: 'eliminar', texto: t.eliminar, icono: Trash2, peligro: true, raya: true, alElegir: () => void acciones.eliminar([articulo]) },
]
