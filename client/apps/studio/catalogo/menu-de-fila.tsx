import { Copy, Ellipsis, Pencil, Star, StarOff, Trash2 } from 'lucide-react'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import { Desplegable } from '../../../ui/escritorio/desplegable.tsx'
import type { Acciones } from './acciones.ts'
import { t } from './textos.ts'

/** CAT-04, 06. What can be done to one. */
export function MenuDeFila({ articulo, acciones, abrir }: { articulo: ArticuloDoc; acciones: Acciones; abrir: () => void }) {
  return (
    <Desplegable
      etiqueta={t.masDe(articulo.nombre)}
      clase="btn s ic g"
      opciones={[
        { id: 'editar', texto: t.editar, icono: Pencil, alElegir: abrir },
        { id: 'duplicar', texto: t.duplicar, icono: Copy, alElegir: () => void acciones.duplicar(articulo) },
        {
          id: 'destacar',
          texto: articulo.destacado ? t.noDestacar : t.destacar,
          icono: articulo.destacado ? StarOff : Star,
          alElegir: () => void acciones.destacar([articulo], !articulo.destacado),
        },
        { id: 'eliminar', texto: t.eliminar, icono: Trash2, peligro: true, raya: true, alElegir: () => void acciones.eliminar([articulo]) },
      ]}
    >
      <Ellipsis className="i" aria-hidden="true" />
    </Desplegable>
  )
}
