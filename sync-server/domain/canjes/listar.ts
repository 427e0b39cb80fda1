/** `GET /api/cardya/canjes`: the shopper's own, from the own stream: what a phone holds and what this answers is one thing. */
import type { MiCanje, MisCanjes } from '../../../schema/protocol/canjes.ts'
import type { MiaDoc } from '../../../schema/protocol/documentos.ts'
import type { Deps } from '../../context.ts'

type MiaDeCanje = Extract<MiaDoc, { tipo: 'canje' }>

/** Newest first. `page` from 1, `limit` 1 to 100. */
export function listarMisCanjes(
  deps: Pick<Deps, 'db'>,
  usuarioId: string,
  { negocioId = null, page, limit }: { negocioId?: string | null | undefined; page: number; limit: number },
): Promise<MisCanjes> {
  return deps.db.usuario(
    usuarioId,
    async (sql) => {
      const suyos = sql`from mias where usuario_id = ${usuarioId} and tipo = 'canje' and (${negocioId}::text is null or doc ->> 'negocioId' = ${negocioId})`
      const [cuenta] = await sql<{ total: number }[]>`select count(*)::int as total ${suyos}`
      const filas = await sql<{ doc: MiaDeCanje }[]>`
        select doc ${suyos} order by (doc ->> 'creadoAt')::bigint desc, id limit ${limit} offset ${(page - 1) * limit}`
      return { canjes: filas.map(({ doc }) => comoMiCanje(doc)), page, limit, total: cuenta?.total ?? 0 }
    },
    { soloLectura: true },
  )
}

const comoMiCanje = ({ id, tipo: _tipo, at: _at, estado, ...doc }: MiaDeCanje): MiCanje => ({
  ...doc,
  canjeId: id.slice('canje:'.length),
  estado: estado as MiCanje['estado'],
})
