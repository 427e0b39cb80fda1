/**
 * What is done to artículos, at once and with a way back (CAT-04, 06, 09). Everything works with no network. What this device may not change stays as it
 * is, and that is said (EMP-38).
 */
import { useMemo } from 'react'
import { uuidv7 } from '../../../../schema/core/ids.ts'
import type { ArticuloDoc } from '../../../../schema/protocol/documentos.ts'
import type { CambioDeDocumento, ReplicaApi } from '../../../../workers/replica/api.ts'
import { separar } from '../../../domain/articulos/alcance.ts'
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
  const { replica, alta } = useStudio()
  return useMemo(() => crearAcciones(replica, alta.sucursalId), [replica, alta.sucursalId])
}

function crearAcciones(replica: ReplicaApi, sucursalId: string | null): Acciones {
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
  /** `dicho`: what was done to so many. */
  const cada = (
    articulos: readonly ArticuloDoc[],
    cambiosDe: (a: ArticuloDoc) => Record<string, unknown> | null,
    dicho: (n: number) => string,
  ): Promise<boolean> => {
    const { suyos, ajenos } = separar(articulos, sucursalId)
    if (ajenos > 0) avisar(t.quedanFuera(ajenos))
    if (ajenos > 0 && suyos.length === 0) return Promise.resolve(false)
    const cambios = suyos.flatMap((a) => {
      const suyo = cambiosDe(a)
      return suyo ? [{ coleccion: 'articulos' as const, id: a.id, cambios: suyo }] : []
    })
    return editar(cambios, dicho(cambios.length))
  }
  return {
    mostrar: (articulos, si) => cada(articulos, (a) => (a.visible === si ? null : { visible: si }), si ? t.seMostro : t.seOculto),
    destacar: (articulos, si) => cada(articulos, (a) => (a.destacado === si ? null : { destacado: si }), si ? t.seDestaco : t.seQuito),
    eliminar: (articulos) => cada(articulos, () => ({ borrado: true }), t.seElimino),
    duplicar: (a) =>
      editar(
        [{ coleccion: 'articulos', id: uuidv7(Date.now()), cambios: { ...camposDe(a), nombre: t.copiaDe(a.nombre).slice(0, 200) } }],
        t.seDuplico(a.nombre),
      ),
    mover: (articulos, categoria) =>
      cada(
        articulos,
        (a) => (a.categoria === categoria ? null : { categoria }),
        (n) => t.seMovio(n, categoria),
      ),
    cambiarPrecio: (articulos, precioDe) =>
      cada(
        articulos,
        (a) => {
          const precioCentavos = precioDe(a)
          return precioCentavos === a.precioCentavos ? null : { precioCentavos }
        },
        t.cambioPrecio,
      ),
    guardar: (id, cambios, nuevo) =>
      editar([{ coleccion: 'articulos', id, cambios: { ...cambios } }], nuevo ? t.seCreo(cambios.nombre ?? '') : t.seGuardo),
  }
}
