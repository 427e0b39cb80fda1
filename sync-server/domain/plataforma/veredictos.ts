/** Verdicts somebody should know of, newest first. */
import { z } from 'zod'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { REGLAS } from '../../../schema/domain/hechos/tipos.ts'
import { POR_PAGINA, RESULTADOS, type RespuestaVeredictos } from '../../../schema/protocol/plataforma.ts'
import type { Deps } from '../../context.ts'
import { COLUMNAS_DE_VEREDICTO } from '../../sync/plataforma/veredictos.sql.ts'
import { documentoDeNota, type FilaDeVeredicto } from '../../sync/plataforma/veredictos.ts'
import { leerCursor, paginar } from './cursor.ts'
import { conPalabras } from './listar.ts'

export const consultaDeVeredictos = z.object({
  buscar: z.string().max(200).optional(),
  regla: z.enum(REGLAS).optional(),
  resultado: z.enum(RESULTADOS).optional(),
  negocioId: uuid.optional(),
  dispositivoId: uuid.optional(),
  cursor: z.string().max(400).optional(),
})

/** `buscar`: words of negocio, sucursal, device or folio. @throws Rechazo DATO_INVALIDO (cursor) */
export function listarVeredictos(
  deps: Pick<Deps, 'db' | 'now'>,
  consulta: z.output<typeof consultaDeVeredictos>,
): Promise<RespuestaVeredictos> {
  const { buscar, regla, resultado, negocioId, dispositivoId, cursor } = consulta
  const desde = leerCursor(z.tuple([instante, z.string().max(200)]), cursor)
  return deps.db.plataforma(
    async (sql) => {
      const cuales = sql`${conPalabras(sql, buscar)}
        ${regla ? sql`and e.regla = ${regla}` : sql``} ${resultado ? sql`and e.resultado = ${resultado}` : sql``}
        ${negocioId ? sql`and e.de_negocio = ${negocioId}` : sql``} ${dispositivoId ? sql`and e.dispositivo_id = ${dispositivoId}` : sql``}`
      const [cuenta] = await sql<{ total: number }[]>`select count(*) as total from veredictos_de_nota e where true ${cuales}`
      const despues = desde ? sql`and (e.juzgado_at, e.id) < (${new Date(desde[0])}, ${desde[1]})` : sql``
      const filas = await sql<FilaDeVeredicto[]>`
        select ${sql(COLUMNAS_DE_VEREDICTO)} from veredictos_de_nota e where true ${cuales} ${despues}
        order by e.juzgado_at desc, e.id desc limit ${POR_PAGINA + 1}`
      const pagina = paginar(filas, (f) => [f.juzgadoAt, f.id])
      return { hora: deps.now(), total: cuenta?.total ?? 0, filas: pagina.filas.map(documentoDeNota), cursor: pagina.cursor }
    },
    { soloLectura: true },
  )
}
