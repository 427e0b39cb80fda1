/** What is done to artículos, at once and with a way back (CAT-04, 06, 09). Everything works with no network. */
import { useMemo } from 'react'
import { uuidv7 } from '../../../../schema/core/ids.ts'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import type { CambioDeDocumento, ReplicaApi } from '../../../../workers/replica/api.ts'
import { type Cambios, camposDe } from '../../../domain/articulos/forma.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { t } from './textos.ts'

export interface Acciones {
  mostrar(articulos: readonly ArticuloDoc[], si: boolean): Promise<boolean>
  destacar(articulos: readonly ArticuloDoc[], si: boolean): Promise<boolean>
  eliminar(articulos: readonly ArticuloDoc[]): Promise<boolean>
  duplicar(articulo: ArticuloDoc): Promise<boolean>
  mover(articulos: readonly ArticuloDoc[], categoria: string): Promise<boolean>
  /** `precioDe`: centavos. */
  cambiarPrecio(articulos: readonly ArticuloDoc[], precioDe: (articulo: ArticuloDoc) => number): Promise<boolean>
  /** The sheet. A new one takes an id of its own. */
  guardar(id: string, cambios: Cambios, nuevo: boolean): Promise<boolean>
}

export function useAcciones(): Acciones {
  const { replica } = useStudio()
  return useMemo(() => crearAcciones(replica), [replica])
}

function crearAcciones(replica: ReplicaApi): Acciones {
  const editar = async (cambios: CambioDeDocumento[], dicho: string): Promise<boolean> => {
    if (cambios.length === 0) {
      avisar(t.nadaCambia)
      return false
    }
    const r = await replica.editarVarios?.(cambios)
    if (!r?.ok) {
      avisar(textoDe(r?.codigo ?? 'REPLICA_NO_ABRE'), { tono: 'mal' })
      return false
    }
    avisar(dicho, { deshacer: () => void deshacer(r.valor.deshacer) })
    return true
  }
  const deshacer = async (cambios: CambioDeDocumento[]) => {
    const r = await replica.editarVarios?.(cambios)
    if (!r?.ok) avisar(textoDe(r?.codigo ?? 'REPLICA_NO_ABRE'), { tono: 'mal' })
    else avisar(t.seDeshizo)
  }
  const cada = (articulos: readonly ArticuloDoc[], cambiosDe: (a: ArticuloDoc) => Record<string, unknown> | null) =>
    articulos.flatMap((a) => {
      const cambios = cambiosDe(a)
      return cambios ? [{ coleccion: 'articulos' as const, id: a.id, cambios }] : []
    })
  return {
    mostrar(articulos, si) {
      const cambios = cada(articulos, (a) => (a.visible === si ? null : { visible: si }))
      return editar(cambios, (si ? t.seMostro : t.seOculto)(cambios.length))
    },
    destacar(articulos, si) {
      const cambios = cada(articulos, (a) => (a.destacado === si ? null : { destacado: si }))
      return editar(cambios, (si ? t.seDestaco : t.seQuito)(cambios.length))
    },
    eliminar: (articulos) =>
      editar(
        cada(articulos, () => ({ borrado: true })),
        t.seElimino(articulos.length),
      ),
    duplicar: (a) =>
      editar(
        [{ coleccion: 'articulos', id: uuidv7(Date.now()), cambios: { ...camposDe(a), nombre: t.copiaDe(a.nombre).slice(0, 200) } }],
        t.seDuplico(a.nombre),
      ),
    mover(articulos, categoria) {
      const cambios = cada(articulos, (a) => (a.categoria === categoria ? null : { categoria }))
      return editar(cambios, t.seMovio(cambios.length, categoria))
    },
    cambiarPrecio(articulos, precioDe) {
      const cambios = cada(articulos, (a) => {
        const precioCentavos = precioDe(a)
        return precioCentavos === a.precioCentavos ? null : { precioCentavos }
      })
      return editar(cambios, t.cambioPrecio(cambios.length))
    },
    guardar: (id, cambios, nuevo) =>
      editar([{ coleccion: 'articulos', id, cambios: { ...cambios } }], nuevo ? t.seCreo(cambios.nombre ?? '') : t.seGuardo),
  }
}
