/** Whether the server stands, and what may be asked of it. */
import type { Mundo } from './mundo.ts'
import { ServidorMuerto } from './nodo.ts'

export async function levantarServidor(mundo: Mundo): Promise<void> {
  if (mundo.nodo.vivo) return
  await mundo.nodo.levantar()
  await mundo.servicios.alArrancar().catch(ignorarMuerte(mundo))
}

/** An order to the server that dies with it is an order not given. */
export const ignorarMuerte = (mundo: Mundo) => (error: unknown) => {
  if (mundo.nodo.vivo && !(error instanceof ServidorMuerto)) throw error
}

/** Nothing may be received and not yet judged when the release changes: which release judged it would be anybody's guess. */
export async function sinJuzgar(mundo: Mundo): Promise<boolean> {
  const [fila] = await mundo.db.superusuario`select count(*)::int as n from hechos_recibidos where estado = 'recibido'`
  return fila?.n === 0
}

/** How many entries each negocio has taken. */
export const aceptados = async (mundo: Mundo) =>
  new Map(
    (await mundo.db.superusuario`select negocio_id, aceptados from contadores_negocio`).map((f) => [
      f.negocioId as string,
      f.aceptados as number,
    ]),
  )
