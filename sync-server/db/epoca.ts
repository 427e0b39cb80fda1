/** What must change when a database is put back to an earlier moment. */
import type { Db } from './db.ts'

/**
 * Gives every stream another `epoca`: a checkpoint of before is answered `reiniciar` (PU4), whatever it says. Gives how many streams. Without it, a
 * replica that is ahead of the restored log would keep rows that nobody has any more, and miss the ones written under the numbers it knows.
 */
export const cambiarEpocas = (db: Pick<Db, 'plataforma'>): Promise<number> =>
  db.plataforma(async (sql) => {
    const negocios = await sql`update contadores_negocio set epoca = gen_random_uuid()`
    const usuarios = await sql`update contadores_usuario set epoca = gen_random_uuid()`
    const plataforma = await sql`update contador_plataforma set epoca = gen_random_uuid()`
    return negocios.count + usuarios.count + plataforma.count
  })
