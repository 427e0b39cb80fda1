/** The tables of a world, on a database that is used for one after another. */
import type { DbDePrueba } from '../../sync-server/testing/db.ts'

/** The platform's own: the same for every world. */
const PROPIAS = ['migraciones', 'llaves_plataforma', 'secretos', 'contador_plataforma']

export interface Tabla {
  tabla: string
  /** Those that are written, not worked out. */
  columnas: string
}
let tablas: Tabla[] | undefined

export async function tablasDelMundo(db: DbDePrueba): Promise<Tabla[]> {
  tablas ??= (await db.superusuario`
    select c.table_name as tabla, string_agg(quote_ident(c.column_name), ', ' order by c.ordinal_position) as columnas
    from information_schema.columns c join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
    where c.table_schema = 'public' and c.is_generated = 'NEVER' and c.table_name <> all(${PROPIAS}) group by 1 order by 1`) as Tabla[]
  return tablas
}

/** Empties every table but the platform's own. */
export async function vaciar(db: DbDePrueba): Promise<void> {
  const todas = (await tablasDelMundo(db)).map(({ tabla }) => tabla).join(', ')
  await db.superusuario.begin((tx) => tx.unsafe(`truncate ${todas} cascade`))
}
