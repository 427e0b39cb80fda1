/** A whole journal as received, as one JSON text written piece by piece: a busy till has more of it than should be in memory at once. */
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Deps } from '../../context.ts'
import { comprimirPorPiezas } from '../../http/compresion.ts'
import type { Entorno } from '../../http/entorno.ts'
import { anotarAccion } from './log-admin.ts'

const POR_PIEZA = 500
type Llave = { n: number }

/** Entries in the order in which they were accepted. The export itself is logged. @throws Rechazo NO_ENCONTRADO */
export async function exportarDiario(deps: Deps, c: Context<Entorno>, adminId: string, dispositivoId: string): Promise<Response> {
  const exportadoAt = deps.now()
  const quien = await deps.db.plataforma(async (sql) => {
    const [fila] = await sql<{ negocioId: string; negocio: string; dispositivo: string; serie: string }[]>`
      select d.negocio_id, n.nombre as negocio, d.nombre as dispositivo, d.serie from dispositivos d join negocios n on n.negocio_id = d.negocio_id
      where d.id = ${dispositivoId}`
    if (!fila) throw new Rechazo('NO_ENCONTRADO')
    const detalles = { negocioId: fila.negocioId, dispositivoId }
    await anotarAccion(sql, deps, { adminId, accion: 'exportar_diario', modulo: 'dispositivos', detalles }, exportadoAt)
    return fila
  })
  const { negocioId, negocio, dispositivo, serie } = quien
  c.header('content-type', 'application/json; charset=utf-8')
  c.header('cache-control', 'no-store')
  c.header('content-disposition', `attachment; filename="diario-${serie}-${dispositivoId.slice(0, 8)}.json"`)
  const respuesta = stream(c, async (salida) => {
    const cabeza = JSON.stringify({ dispositivoId, negocio, dispositivo, exportadoAt })
    await salida.write(`${cabeza.slice(0, -1)},"entradas":[`)
    for (let llave: Llave | undefined = { n: 0 }, primera = true; llave; primera = false) {
      const pieza: (Llave & Record<string, unknown>)[] = await leerPieza(deps, negocioId, dispositivoId, llave)
      const textos = pieza.map(({ n: _, ...entrada }) => JSON.stringify(entrada))
      if (textos.length > 0) await salida.write(`${primera ? '' : ','}\n${textos.join(',\n')}`)
      llave = pieza.length === POR_PIEZA ? pieza.at(-1) : undefined
    }
    await salida.write('\n]}\n')
  })
  return comprimirPorPiezas(c, respuesta)
}

const leerPieza = (deps: Pick<Deps, 'db'>, negocioId: string, dispositivoId: string, { n }: Llave) =>
  deps.db.plataforma(
    (sql) => sql<(Llave & Record<string, unknown>)[]>`
      select h.n, h.cadena_id, h.seq, h.variante, h.hash, h.cuerpo, h.recibido_at, h.estado
      from hechos_recibidos h join cadenas c on c.negocio_id = h.negocio_id and c.cadena_id = h.cadena_id and c.dispositivo_id = ${dispositivoId}
      where h.negocio_id = ${negocioId} and h.n > ${n} order by h.n limit ${POR_PIEZA}`,
    { soloLectura: true },
  )
