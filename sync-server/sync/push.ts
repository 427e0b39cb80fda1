/**
 * `POST /sync/push/:coleccion`, editables only. Pushing is at least once, and a resent row may come without its assumed state, so nothing here
 * depends on either (mesa.ts).
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Doc } from '../../schema/merge/campos.ts'
import type { PedidoPush, RespuestaPush } from '../../schema/protocol/push.ts'
import type { Deps, Sesion } from '../context.ts'
import { type CuentaDeStudio, cuentaDeStudio, revocarSinCuenta } from '../domain/dispositivos/cuenta.ts'
import { escribirEnNegocio } from '../domain/escribir.ts'
import { aplicarEdiciones, leerDocs, leerFilas, respuestaDe } from './ediciones.ts'

/**
 * A Studio edits in the name of the account that enrolled it, and no longer than that account may (SCAN-05).
 * @throws Rechazo COLECCION_DESCONOCIDA, SIN_PERMISO (only a Studio device edits), DISPOSITIVO_REVOCADO (its account lost its place here); a row at
 * fault is answered in `rechazadas` instead
 */
export async function empujar(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  sesion: Extract<Sesion, { clase: 'dispositivo' }>,
  coleccion: string,
  pedido: PedidoPush,
): Promise<RespuestaPush> {
  const leidas = leerFilas(coleccion, pedido)
  if (sesion.tipo !== 'studio') throw new Rechazo('SIN_PERMISO')
  const { negocioId, dispositivoId, sucursalId } = sesion
  const respuesta = await escribirEnNegocio<RespuestaPush | null, Leido>(
    deps,
    negocioId,
    async (sql, ahora, contador, [cuenta, docs]) => {
      if (!cuenta.sigue) return { resultado: null, cambios: [] }
      const editor = { id: dispositivoId, sucursalId, quien: cuenta.usuarioNombre, equipo: cuenta.nombre }
      const aplicadas = await aplicarEdiciones(sql, contador, editor, leidas, docs, ahora)
      return {
        resultado: respuestaDe(aplicadas, pedido.breve ?? false),
        cambios: aplicadas.cambios,
        anotados: true,
        mezclas: aplicadas.mezclas,
      }
    },
    (sql) => Promise.all([cuentaDeStudio(sql, negocioId, dispositivoId), leerDocs(sql, negocioId, sucursalId, leidas)]),
  )
  return respuesta ?? revocarSinCuenta(deps, negocioId, dispositivoId)
}

type Leido = [cuenta: CuentaDeStudio, docs: Doc[]]
