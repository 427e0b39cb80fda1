/** The database remembers which SECRET_KEY it was made with, and refuses another (design 04 §7). */
import type { Db } from '../db/db.ts'
import { ErrorDeArranque } from '../env.ts'
import { derivar } from '../secreto.ts'

/** Says which key it is, and nothing about what it is. */
const huellaDe = (secretKey: string): string => derivar(secretKey, 'huella').toString('hex')

/** @throws ErrorDeArranque when the database was made with another SECRET_KEY */
export async function exigirMismaClave(db: Db, secretKey: string): Promise<void> {
  const huella = huellaDe(secretKey)
  const [fila] = await db.plataforma(async (sql) => {
    await sql`insert into secretos (nombre, huella) values ('SECRET_KEY', ${huella}) on conflict do nothing`
    return sql<{ huella: string }[]>`select huella from secretos where nombre = 'SECRET_KEY'`
  })
  if (fila?.huella !== huella)
    throw new ErrorDeArranque('SECRET_KEY is not the one this database was made with: put the old one back, or rotate it.')
}
