/** Verdicts somebody should know of, newest first. */
import { z } from 'zod'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { REGLAS } from '../../../schema/domain/hechos/tipos.ts'
import { DIAS_DE_REGLAS, POR_PAGINA, RESULTADOS, type RespuestaVeredictos } from '../../../schema/protocol/plataforma.ts'
import type { Deps } from '../../context.ts'
import { enUuids } from '../../sync/filas.sql.ts'
import { palabrasDe } from '../../sync/plataforma/plegar.ts'
import { COLUMNAS_DE_VEREDICTO } from '../../sync/plataforma/veredictos.sql.ts'
import { documentoDeNota, type FilaDeVeredicto } from '../../sync/plataforma/veredictos.ts'
import { leerCursor, paginar } from './cursor.ts'
import { conPalabras, negociosCon } from './listar.ts'
import { inicioDeDias } from './resumen.ts'

export const consultaDeVeredictos = z.object({
  buscar: z.string().max(200).optional(),
  regla: z.enum(REGLAS).optional(),
  resultado: z.enum(RESULTADOS).optional(),
  negocioId: uuid.optional(),
  dispositivoId: uuid.optional(),
  dias: z.enum(DIAS_DE_REGLAS).optional(),
  cursor: z.string().max(400).optional(),
})

/** Beyond this nobody reads on. */
const CONTADOS_A_LO_MAS = 10_000
/** So few are read whole and sorted; more of them are soon met in the order of the list. */
const POCOS = 1_000

/** The beginning of a folio: a till's series and a number. */
const FOLIO = /^[a-z0-9]{1,12}-\d*$/

/**
 * `buscar`: words of negocio, sucursal or device, and the beginning of a folio. `dias`: those that the rules are counted by (`contarReglas`); without it,
 * all that are kept. @throws Rechazo DATO_INVALIDO (cursor)
 */
export function listarVeredictos(
  deps: Pick<Deps, 'db' | 'now'>,
  consulta: z.output<typeof consultaDeVeredictos>,
): Promise<RespuestaVeredictos> {
  const { buscar, regla, resultado, negocioId, dispositivoId, dias, cursor } = consulta
  const hora = deps.now()
  const desde = leerCursor(z.tuple([instante, z.string().max(200)]), cursor)
  const [folio, palabras] = folioYPalabras(buscar)
  return deps.db.plataforma(
    async (sql) => {
      const negocios = palabras.length > 0 && !negocioId ? await negociosCon(sql, palabras) : undefined
      const cuales = sql`${folio ? sql`and e.folio like ${`${folio}%`}` : sql``} ${conPalabras(sql, palabras)}
        ${negocios ? sql`and e.de_negocio = ${enUuids(sql, negocios)}` : sql``} ${regla ? sql`and e.regla = ${regla}` : sql``}
        ${resultado ? sql`and e.resultado = ${resultado}` : sql``} ${negocioId ? sql`and e.de_negocio = ${negocioId}` : sql``}
        ${dispositivoId ? sql`and e.dispositivo_id = ${dispositivoId}` : sql``}
        ${dias ? sql`and e.juzgado_at >= ${new Date(inicioDeDias(hora, Number(dias)))}` : sql``}`
      const [cuenta] = await sql<{ total: number }[]>`
        select count(*) as total from (select from veredictos_de_nota e where true ${cuales} limit ${CONTADOS_A_LO_MAS}) x`
      const total = cuenta?.total ?? 0
      const despues = desde ? sql`and (e.juzgado_at, e.id) < (${new Date(desde[0])}, ${desde[1]})` : sql``
      const pocos = total <= POCOS
      const de = pocos
        ? sql`(with hallados as materialized (select * from veredictos_de_nota e where true ${cuales}) select * from hallados)`
        : sql`veredictos_de_nota`
      const filas = await sql<FilaDeVeredicto[]>`
        select ${sql(COLUMNAS_DE_VEREDICTO)} from ${de} e where true ${pocos ? sql`` : cuales} ${despues}
        order by e.juzgado_at desc, e.id desc limit ${POR_PAGINA + 1}`
      const pagina = paginar(filas, (f) => [f.juzgadoAt, f.id])
      return { hora, total, filas: pagina.filas.map(documentoDeNota), cursor: pagina.cursor }
    },
    { soloLectura: true },
  )
}

function folioYPalabras(buscar: string | undefined): [folio: string | undefined, palabras: string[]] {
  const palabras = palabrasDe(buscar)
  const folio = palabras.find((palabra) => FOLIO.test(palabra))
  return [folio?.toUpperCase(), palabras.filter((palabra) => palabra !== folio)]
}
