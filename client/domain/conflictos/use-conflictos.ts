import { useMemo } from 'react'
import { useStudio, useStudioVivo } from '../../replica/studio.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { useReloj } from '../../replica/use-reloj.ts'
import { type Caso, casosDe, type Documento, esConflicto } from './caso.ts'
import { type Resuelto, resueltosDe } from './decidir.ts'

export interface Conflictos {
  /** Null until this device's store has answered. */
  casos: Caso[] | null
  resueltos: Resuelto[]
  documentos: ReadonlyMap<string, Documento>
}

/** The conflicts of this negocio as this device knows them, live. */
export function useConflictos(): Conflictos {
  const { replica, alta, usuario } = useStudio()
  const { avisos } = useStudioVivo()
  const ahora = useReloj()
  const conflictos = useMemo(() => avisos?.filter(esConflicto) ?? null, [avisos])
  const ids = useMemo(() => [...new Set((conflictos ?? []).map((a) => String(a.datos.documentoId)))].sort(), [conflictos])
  const selector = { id: { $in: ids } }
  const articulos = useColeccion<Documento>(replica, 'articulos', { selector })
  const cupones = useColeccion<Documento>(replica, 'cupones', { selector })
  const recompensas = useColeccion<Documento>(replica, 'recompensas', { selector })
  const documentos = useMemo(
    () => new Map([...(articulos ?? []), ...(cupones ?? []), ...(recompensas ?? [])].map((doc) => [doc.id, doc])),
    [articulos, cupones, recompensas],
  )
  const casos = useMemo(() => {
    if (!conflictos || !articulos || !cupones || !recompensas) return null
    return casosDe(conflictos, documentos, { dispositivoId: alta.dispositivoId, usuarioId: usuario.id, nombre: usuario.nombre })
  }, [conflictos, articulos, cupones, recompensas, documentos, alta.dispositivoId, usuario])
  const resueltos = useMemo(() => resueltosDe(conflictos ?? [], alta.dispositivoId, ahora), [conflictos, alta.dispositivoId, ahora])
  return { casos, resueltos, documentos }
}
