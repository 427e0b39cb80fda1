import type { Deps } from '../context.ts'
import { type Cambio, coleccionesDe, streamDeNegocio } from './bitacora.ts'
import { libretaDe } from './plataforma/notas.ts'

/** After a commit: whoever shows these collections pulls, the projector takes what concerns its shoppers, and the platform is told what is of note. */
export function publicar(
  deps: Pick<Deps, 'hub' | 'now'>,
  negocioId: string,
  hecho: { seq: number; registrados: readonly Cambio[]; usuarioIds: string[] },
): void {
  if (hecho.registrados.length > 0) deps.hub.publicar(streamDeNegocio(negocioId), hecho.seq, coleccionesDe(hecho.registrados))
  libretaDe(deps).cambios(negocioId, hecho.registrados, deps.now())
  if (hecho.usuarioIds.length > 0) deps.hub.despertarProyector(hecho.usuarioIds)
}
