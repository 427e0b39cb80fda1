/** Who pressed the button, by name. */
import type { Tx } from '../../db/db.ts'
import { enUuids } from '../../sync/filas.sql.ts'

export interface Operador {
  tipo: 'empleado' | 'usuario'
  id: string
}

/** By id: `@nick` of an empleado of this negocio, or the name of an account. Erased and unknown ones are absent. */
export async function nombresDeOperadores(
  sql: Tx,
  negocioId: string,
  operadores: readonly (Operador | null)[],
): Promise<Map<string, string>> {
  const ids = (tipo: Operador['tipo']) => new Set(operadores.filter((o) => o?.tipo === tipo).map((o) => o?.id ?? ''))
  const [empleados, usuarios] = [ids('empleado'), ids('usuario')]
  const nombres = new Map<string, string>()
  if (empleados.size > 0)
    for (const { id, nick } of await sql<{ id: string; nick: string }[]>`
      select id, nick from empleados where negocio_id = ${negocioId} and id = ${enUuids(sql, empleados)}`)
      nombres.set(id, `@${nick}`)
  if (usuarios.size > 0)
    for (const { id, nombre } of await sql<{ id: string; nombre: string }[]>`
      select id, trim(nombre || ' ' || apellidos) as nombre from usuarios where id = ${enUuids(sql, usuarios)} and borrado_at is null`)
      nombres.set(id, nombre)
  return nombres
}
