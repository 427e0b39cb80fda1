/** A device's journal as received, newest entry of its newest chain first. */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { POR_PAGINA, type RenglonRecibido } from '../../../schema/protocol/plataforma.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { abrirSobre } from '../../sync/sobres.ts'
import { leerCursor, paginar } from './cursor.ts'
import { nombresDeOperadores } from './operadores.ts'

export interface CadenaDeEquipo {
  cadenaId: string
  esperado: number
  hueco: boolean
  bifurcada: boolean
  abiertaAt: number
  perdidas: number
  variantes: number
}

/** Newest first. */
export const leerCadenas = (sql: Tx, negocioId: string, dispositivoId: string): Promise<CadenaDeEquipo[]> => sql<CadenaDeEquipo[]>`
  select c.cadena_id, c.esperado, c.hueco, c.bifurcada, c.created_at as abierta_at, a.perdidas, a.variantes
  from cadenas c cross join lateral (
    select count(*) filter (where h.estado = 'perdido') as perdidas, count(*) filter (where h.estado = 'bifurcado') as variantes
    from hechos_recibidos h
    where h.negocio_id = c.negocio_id and h.cadena_id = c.cadena_id and h.estado in ('perdido', 'bifurcado', 'sin_procesar')) a
  where c.negocio_id = ${negocioId} and c.dispositivo_id = ${dispositivoId}
  order by c.created_at desc, c.cadena_id`

export const entradasDe = (c: CadenaDeEquipo): number => c.esperado - c.perdidas + c.variantes

/** The negocio of a device. @throws Rechazo NO_ENCONTRADO */
export async function negocioDe(sql: Tx, dispositivoId: string): Promise<string> {
  const [fila] = await sql<{ negocioId: string }[]>`select negocio_id from dispositivos where id = ${dispositivoId}`
  if (!fila) throw new Rechazo('NO_ENCONTRADO')
  return fila.negocioId
}

interface Fila {
  cadenaId: string
  seq: number
  variante: number
  hash: string
  tipo: string | null
  cuerpo: string | null
  recibidoAt: number
  estado: string
  motivos: RenglonRecibido['motivos'] | null
  puntos: number | null
  anteriorFalta: number
}

const llave = z.tuple([uuid, z.number().int(), z.number().int()])

/** A page. What never came has no row of its own: the entry after it says how many are missing. @throws Rechazo NO_ENCONTRADO, DATO_INVALIDO (cursor) */
export function leerDiarioRecibido(deps: Pick<Deps, 'db' | 'now'>, dispositivoId: string, cursor: string | undefined) {
  const desde = leerCursor(llave, cursor)
  return deps.db.plataforma(
    async (sql) => {
      const negocioId = await negocioDe(sql, dispositivoId)
      const cadenas = await leerCadenas(sql, negocioId, dispositivoId)
      const filas = await leerRenglones(sql, negocioId, cadenas, desde)
      const pagina = paginar(filas, (f) => [f.cadenaId, f.seq, f.variante])
      const total = cadenas.reduce((suma, c) => suma + entradasDe(c), 0)
      return { hora: deps.now(), total, filas: await conNombres(sql, negocioId, pagina.filas), cursor: pagina.cursor }
    },
    { soloLectura: true },
  )
}

/** A device has few chains: each is read by its key until the page is full. */
async function leerRenglones(
  sql: Tx,
  negocioId: string,
  cadenas: readonly CadenaDeEquipo[],
  desde: z.infer<typeof llave> | undefined,
): Promise<Fila[]> {
  const filas: Fila[] = []
  const primera = desde
    ? Math.max(
        0,
        cadenas.findIndex((c) => c.cadenaId === desde[0]),
      )
    : 0
  for (const { cadenaId } of cadenas.slice(primera)) {
    if (filas.length > POR_PAGINA) break
    const despues = desde && cadenaId === desde[0] ? sql`and (h.seq, h.variante) < (${desde[1]}, ${desde[2]})` : sql``
    const leidas = await sql<Fila[]>`
      select h.cadena_id, h.seq, h.variante, h.hash, h.tipo, h.cuerpo, h.recibido_at,
        case when h.variante = 0 then coalesce(v.estado, h.estado) else h.estado end as estado, v.motivos, v.puntos,
        case when h.variante > 0 then 0 else h.seq - 1 - coalesce((
          select max(p.seq) from hechos_recibidos p where p.negocio_id = h.negocio_id and p.cadena_id = h.cadena_id and p.seq < h.seq
            and p.seq >= h.seq - 10001 and p.estado <> 'perdido'), case when h.seq = 0 then -1 else h.seq - 1 end) end as anterior_falta
      from hechos_recibidos h
      left join veredictos v on v.negocio_id = h.negocio_id and v.cadena_id = h.cadena_id and v.seq = h.seq and h.variante = 0
      where h.negocio_id = ${negocioId} and h.cadena_id = ${cadenaId} and h.cuerpo is not null ${despues}
      order by h.seq desc, h.variante desc limit ${POR_PAGINA + 1 - filas.length}`
    filas.push(...leidas)
  }
  return filas
}

async function conNombres(sql: Tx, negocioId: string, filas: readonly Fila[]): Promise<RenglonRecibido[]> {
  const sobres = filas.map((f) => abrirSobre(f.cuerpo ?? '', f.cadenaId, f.seq))
  const nombres = await nombresDeOperadores(
    sql,
    negocioId,
    sobres.map((s) => s?.operador ?? null),
  )
  return filas.map(({ cuerpo: _, motivos, ...f }, i) => {
    const sobre = sobres[i]
    const { folio, montoCentavos } = (sobre?.datos ?? {}) as { folio?: unknown; montoCentavos?: unknown }
    return {
      ...f,
      folio: typeof folio === 'string' ? folio : null,
      montoCentavos: Number.isSafeInteger(montoCentavos) ? (montoCentavos as number) : null,
      operador: (sobre?.operador && nombres.get(sobre.operador.id)) ?? '',
      wallAt: sobre?.tiempo.wall ?? null,
      motivos: motivos ?? [],
    }
  })
}
