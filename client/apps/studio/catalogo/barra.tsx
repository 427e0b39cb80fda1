import { ArrowRight, DollarSign, Eye, EyeOff, Star, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { estaBorrado } from '../../../../schema/merge/campos.ts'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import type { Catalogo } from '../../../../workers/replica/api.ts'
import { separar } from '../../../domain/articulos/alcance.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import type { Acciones } from './acciones.ts'
import { CambiarPrecio } from './cambiar-precio.tsx'
import { MoverA } from './mover-a.tsx'
import type { Seleccion } from './seleccion.ts'
import { t } from './textos.ts'

interface Props {
  seleccion: Seleccion
  acciones: Acciones
  categorias: Catalogo['categorias']
}

/** What can be done to all that were chosen. Each action answers with a toast and its undo; Esc lets them go. */
export function Barra({ seleccion, acciones, categorias }: Props) {
  const { replica, alta } = useStudio()
  const [hoja, setHoja] = useState<{ cual: 'precio' | 'mover'; articulos: ArticuloDoc[] } | null>(null)
  /** As they are now: what was chosen a while ago may have changed, or be gone. */
  const leer = async (): Promise<ArticuloDoc[]> => {
    const r = await replica.consultar({ coleccion: 'articulos', selector: { id: { $in: [...seleccion.ids] } } })
    if (!r.ok) avisar(textoDe(r.codigo), { tono: 'mal' })
    return r.ok ? (r.valor as unknown as ArticuloDoc[]).filter((a) => !estaBorrado(a)) : []
  }
  const hacer = (accion: (articulos: ArticuloDoc[]) => Promise<boolean>, dejar = false) =>
    void leer().then(async (articulos) => {
      if (articulos.length === 0) return seleccion.vaciar()
      if ((await accion(articulos)) && dejar) seleccion.vaciar()
    })
  const abrir = (cual: 'precio' | 'mover') =>
    void leer().then((articulos) => {
      const { suyos, ajenos } = separar(articulos, alta.sucursalId)
      if (ajenos > 0) avisar(t.quedanFuera(ajenos))
      if (suyos.length > 0) setHoja({ cual, articulos: suyos })
    })
  const alTerminar = () => setHoja(null)
  return (
    <>
      <div className="bulk" role="toolbar" aria-label={t.elegidos(seleccion.ids.size)}>
        <b role="status">{t.elegidos(seleccion.ids.size)}</b>
        <span className="sep" />
        <button type="button" onClick={() => abrir('precio')}>
          <DollarSign className="i" aria-hidden="true" />
          {t.cambiarPrecio}
        </button>
        <button type="button" onClick={() => abrir('mover')}>
          <ArrowRight className="i" aria-hidden="true" />
          {t.mover}
        </button>
        <button type="button" onClick={() => hacer((as) => acciones.mostrar(as, false))}>
          <EyeOff className="i" aria-hidden="true" />
          {t.ocultar}
        </button>
        <button type="button" onClick={() => hacer((as) => acciones.mostrar(as, true))}>
          <Eye className="i" aria-hidden="true" />
          {t.mostrar}
        </button>
        <button type="button" onClick={() => hacer((as) => acciones.destacar(as, !as.every((a) => a.destacado)))}>
          <Star className="i" aria-hidden="true" />
          {t.destacar}
        </button>
        <button type="button" onClick={() => hacer((as) => acciones.eliminar(as), true)}>
          <Trash2 className="i" aria-hidden="true" />
          {t.eliminar}
        </button>
        <span className="sep" />
        <button type="button" aria-label={t.dejar} onClick={seleccion.vaciar}>
          <X className="i" aria-hidden="true" />
        </button>
      </div>
      {hoja?.cual === 'precio' && <CambiarPrecio articulos={hoja.articulos} acciones={acciones} alCerrar={alTerminar} />}
      {hoja?.cual === 'mover' && <MoverA articulos={hoja.articulos} acciones={acciones} categorias={categorias} alCerrar={alTerminar} />}
    </>
  )
}
