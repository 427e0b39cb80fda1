/** How each editable lies in its table. One entry per collection of schema/registry.ts that Studio may push. */
import type { Doc } from '../../schema/merge/campos.ts'
import type { Tx } from '../db/db.ts'
import { enUuids, guardarFilas } from './filas.sql.ts'

export interface TablaEditable {
  leer(sql: Tx, negocioId: string, ids: string[]): Promise<Doc[]>
  guardar(sql: Tx, negocioId: string, docs: Doc[], ahora: number): Promise<void>
}

const CAMPOS_DE_ARTICULO = [
  ...['nombre', 'descripcion', 'precio_centavos', 'categoria', 'tipo', 'visible', 'agotado', 'destacado', 'desde', 'borrado', 'sellos'],
]

export const TABLAS_EDITABLES: Record<string, TablaEditable> = {
  articulos: {
    leer: (sql, negocioId, ids) => sql<Doc[]>`
      select id, nombre, descripcion, precio_centavos, categoria, tipo, visible, agotado, destacado, desde, borrado, sellos
      from articulos where negocio_id = ${negocioId} and id = ${enUuids(sql, ids)}`,
    guardar: (sql, negocioId, docs, ahora) =>
      guardarFilas(
        sql,
        {
          tabla: 'articulos',
          llave: ['negocio_id', 'id'],
          columnas: ['negocio_id', 'id', 'created_at', 'updated_at', ...CAMPOS_DE_ARTICULO],
          mutables: ['updated_at', ...CAMPOS_DE_ARTICULO],
        },
        docs.map((doc) => ({ ...doc, negocioId, createdAt: ahora, updatedAt: ahora })),
      ),
  },
}
