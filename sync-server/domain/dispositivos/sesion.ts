import type { z } from 'zod'
import { importarPublica, verificarTexto } from '../../../schema/core/firma.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { pedidoSesion, RespuestaSesion } from '../../../schema/protocol/dispositivos.ts'
import { abrirSesion } from '../../auth/sesiones.ts'
import type { Deps } from '../../context.ts'
import { alAbrirSesion } from '../canjes/arriendo.ts'
import { emitirLicencia } from '../licencias/emitir.ts'
import { cuentaDeStudio, revocarSinCuenta } from './cuenta.ts'
import type { Retos } from './reto.ts'

interface Fila {
  negocioId: string
  tipo: 'caja' | 'studio'
  clavePublica: string
  bajaAt: number | null
}

/**
 * A session for whoever holds the device's key, with its lease renewed. An unknown device and a wrong signature are one answer.
 * @throws Rechazo FIRMA_INVALIDA, DISPOSITIVO_REVOCADO (only to the holder of the key; also a Studio whose account lost its place)
 */
export async function abrirSesionDeDispositivo(
  deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar' | 'llaves' | 'log'>,
  retos: Retos,
  { dispositivoId, reto, firma }: z.infer<typeof pedidoSesion>,
): Promise<RespuestaSesion> {
  const [fila] = await deps.db.plataforma(
    (sql) => sql<Fila[]>`select negocio_id, tipo, clave_publica, baja_at from dispositivos where id = ${dispositivoId}`,
  )
  if (!fila || !(await firmado(fila.clavePublica, `${dispositivoId}|${reto}`, firma))) throw new Rechazo('FIRMA_INVALIDA')
  retos.usar(dispositivoId, reto)
  if (fila.bajaAt !== null) throw new Rechazo('DISPOSITIVO_REVOCADO')
  const { negocioId, tipo } = fila
  const abierta = await deps.db.plataforma(async (sql) => {
    if (!(await cuentaDeStudio(sql, negocioId, dispositivoId)).sigue) return null
    const sesion = await abrirSesion(sql, deps, { clase: 'dispositivo', dispositivoId, negocioId, tipo })
    const licencia = await emitirLicencia(sql, deps, negocioId, dispositivoId)
    return { ...sesion, licencia, llaves: deps.llaves.publicas, hora: deps.now() }
  })
  if (!abierta) return revocarSinCuenta(deps, negocioId, dispositivoId)
  if (tipo === 'caja')
    await alAbrirSesion(deps, negocioId, dispositivoId).catch((err) =>
      deps.log.error({ err, dispositivoId }, 'no lease of canjes was looked for'),
    )
  return abierta
}

async function firmado(clavePublica: string, texto: string, firma: string): Promise<boolean> {
  return verificarTexto(await importarPublica(clavePublica), 'CYA1|sesion', texto, firma)
}
