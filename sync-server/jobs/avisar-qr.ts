/**
 * R2 across negocios: each negocio that took a card's use which another one took too is told so once, with its own sale and nothing of the other. Points stay as
 * they are. Its alert has its name from the sale, so cut anywhere it is not said twice.
 */
import { DIA } from '../../schema/core/tiempo.ts'
import type { Aviso } from '../../schema/domain/hechos/libro.ts'
import type { Deps } from '../context.ts'
import { escribirEnNegocio } from '../domain/escribir.ts'
import { enUuids } from '../sync/filas.sql.ts'
import { cambiosDeAvisos, guardarAvisos } from '../sync/guardar-libro.sql.ts'

/** Uses are remembered this long: longer than a till keeps what it has not handed in. */
export const DIAS_DE_USOS = 40
const POR_VUELTA = 200

interface Repetido {
  usuarioId: string
  uso: string
  deNegocio: string
  transaccionId: string
}

/** Tells what is marked. A negocio that cannot be told now is told later and does not stop the others. Gives how many alerts were new. */
export async function avisarQrRepetidos(deps: Deps): Promise<number> {
  let nuevos = 0
  const fallidos: string[] = []
  for (;;) {
    const repetidos = await leerRepetidos(deps, fallidos)
    if (repetidos.length === 0) return nuevos
    for (const negocioId of new Set(repetidos.map((r) => r.deNegocio)))
      try {
        const suyos = repetidos.filter((r) => r.deNegocio === negocioId)
        nuevos += await avisar(deps, negocioId, suyos)
        await anotarAvisados(deps, suyos)
      } catch (err) {
        fallidos.push(negocioId)
        deps.log.error({ err, negocioId }, 'a negocio could not be told of a QR that another one took too; it is told later')
      }
  }
}

const leerRepetidos = (deps: Pick<Deps, 'db'>, sin: readonly string[]) =>
  deps.db.plataforma(
    (sql) => sql<Repetido[]>`
      select usuario_id, uso, de_negocio, transaccion_id from usos_de_tarjeta where estado = 'repetido' and not de_negocio = ${enUuids(sql, sin)}
      order by de_negocio limit ${POR_VUELTA}`,
  )

/** In the negocio's own context: all that is said comes from its own rows. */
const avisar = (deps: Deps, negocioId: string, suyos: readonly Repetido[]): Promise<number> =>
  escribirEnNegocio(deps, negocioId, async (sql, ahora) => {
    const ventas = await sql<{ id: string; folio: string; effAt: number }[]>`
      select id, folio, eff_at from transacciones
      where negocio_id = ${negocioId} and id = ${enUuids(
        sql,
        suyos.map((r) => r.transaccionId),
      )} order by id`
    const avisos = ventas.map(
      ({ id: transaccionId, folio, effAt }): Aviso => ({
        ...{
          id: `${transaccionId}:qr_repetido:otro`,
          tipo: 'alerta',
          regla: 'R2',
          codigo: 'qr_repetido',
          costoCentavos: null,
          puntos: null,
        },
        datos: { transaccionId, folio, effAt, otroNegocio: true },
        creadoAt: ahora,
      }),
    )
    const nuevos = await guardarAvisos(sql, negocioId, avisos)
    return { resultado: nuevos.length, cambios: cambiosDeAvisos(nuevos) }
  })

const anotarAvisados = (deps: Pick<Deps, 'db'>, suyos: readonly Repetido[]) =>
  deps.db.plataforma(
    (sql) => sql`
      update usos_de_tarjeta t set estado = 'avisado'
      from (select (v->>0)::uuid as usuario_id, v->>1 as uso, (v->>2)::uuid as de_negocio
        from jsonb_array_elements(${sql.json(suyos.map((r) => [r.usuarioId, r.uso, r.deNegocio]))}) as f(v)) x
      where t.usuario_id = x.usuario_id and t.uso = x.uso and t.de_negocio = x.de_negocio`,
  )

/** Forgets what is older, unless somebody is still to be told. */
export const limpiarUsos = (deps: Pick<Deps, 'db' | 'now'>): Promise<unknown> =>
  deps.db.plataforma(
    (sql) => sql`delete from usos_de_tarjeta where visto_at < ${new Date(deps.now() - DIAS_DE_USOS * DIA)} and estado <> 'repetido'`,
  )
