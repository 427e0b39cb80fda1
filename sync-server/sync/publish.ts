import type { Deps } from '../context.ts'
import { type Cambio, coleccionesDe, streamDeNegocio } from './bitacora.ts'

/** After a commit: whoever shows these collections pulls, and the projector takes what concerns its shoppers. */
export function publicar(
  deps: Pick<Deps, 'hub'>,
  negocioId: string,
  hecho: { seq: number; registrados: readonly Cambio[]; usuarioIds: string[] },
): void {
  if (hecho.registrados.length > 0) deps.hub.publicar(streamDeNegocio(negocioId), hecho.seq, coleccionesDe(hecho.registrados))
  if (hecho.usuarioIds.length > 0) deps.hub.despertarProyector(hecho.usuarioIds)
}
