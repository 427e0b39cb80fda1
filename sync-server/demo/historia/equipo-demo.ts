/** A device of the demo world: enrolled by a real link, with a key made from SECRET_KEY, found again by that key. */
import { firmarTexto } from '../../../schema/core/firma.ts'
import type { Deps } from '../../context.ts'
import { darDeAlta } from '../../domain/dispositivos/alta.ts'
import { crearEnlace } from '../../domain/dispositivos/enlazar.ts'
import { llaveDemo } from '../llave.ts'

export interface EquipoPorEnrolar {
  /** Names its key. */
  llave: string
  tipo: 'caja' | 'studio'
  nombre: string
  negocioId: string
  sucursalId: string | null
  /** Who makes the link; a Studio acts for this account. */
  cuentaId: string
}

export interface EquipoEnrolado {
  id: string
  serie: string
  /** Null while it may work. */
  bajaAt: number | null
  privada: CryptoKey
}

/** Enrolled now (the clock of `deps`) when it is not. */
export async function asegurarEquipo(deps: Deps, pedido: EquipoPorEnrolar): Promise<EquipoEnrolado> {
  const { tipo, nombre, negocioId, sucursalId, cuentaId } = pedido
  const { privada, publica } = await llaveDemo(deps.env.secretKey, pedido.llave)
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<Omit<EquipoEnrolado, 'privada'>[]>`
      select id, serie, baja_at from dispositivos where negocio_id = ${negocioId} and clave_publica = ${publica} order by created_at limit 1`,
  )
  if (fila) return { ...fila, privada }
  const { token } = await crearEnlace(deps, negocioId, cuentaId, { tipo, nombre, sucursalId })
  const firma = await firmarTexto(privada, 'CYA1|alta', `${token}|${publica}`)
  const alta = await darDeAlta(deps, { token, clavePublica: publica, modelo: 'Demostración', firma })
  return { id: alta.dispositivoId, serie: alta.serie, bajaAt: null, privada }
}
