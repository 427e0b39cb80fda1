/**
 * ConfiguracionApp reaches everybody (CARD-15, 19, 20): every negocio's rules, one transaction each, and then the shoppers whose points give more by lower thresholds.
 *
 *   published ─► negocios with an older number, 200 at a time ─► a version of their rules ─► their number
 *             └► shoppers with the points of a higher nivel, 500 at a time ─► nivel, notice, stream
 *
 * What was done is no longer found, so that a run that is cut goes on where it was, two nodes do no harm, and a negocio born meanwhile is found too.
 */
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import type { Deps } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { aplicarEnNegocio } from '../domain/configuracion-app/aplicar.ts'
import { conMasNivel } from '../domain/configuracion-app/leer.ts'
import { streamDeUsuario } from '../sync/bitacora.ts'
import { type ConfiguracionApp, configuracionDeApp } from '../sync/configuracion-app.sql.ts'
import { anotarMias, asegurarPerfil, moverLifetime, tomarContadorDeUsuario } from '../sync/mias.sql.ts'

const NEGOCIOS_POR_TANDA = 200
const USUARIOS_POR_TANDA = 500

type Aplicable = Pick<Deps, 'db' | 'hub' | 'now' | 'log'>

/** Gives how many negocios and shoppers were brought up to date. One that fails does not stop the others; the next run tries it again. */
export async function aplicarConfiguracion(deps: Aplicable, porTanda = NEGOCIOS_POR_TANDA): Promise<number> {
  const [app] = await vigente(deps)
  if (!app) return 0
  const negocios = await porTandas(
    (fallidos) => negociosPendientes(deps, app.version, fallidos, porTanda),
    (id) => aplicarEnNegocio(deps, id, app, app.publicadaPor),
    (id, err) => deps.log.error({ err, negocioId: id }, 'the rules of the platform did not reach a negocio; they do later'),
  )
  return negocios + (await subirNiveles(deps, app))
}

const vigente = (deps: Aplicable): Promise<(ConfiguracionApp & { publicadaPor: string })[]> =>
  deps.db.plataforma(
    async (sql) => {
      const app = await configuracionDeApp(sql)
      const filas = await sql<{ publicadaPor: string }[]>`select publicada_por from configuracion_app where version = ${app.version}`
      return filas.map(({ publicadaPor }) => ({ ...app, publicadaPor }))
    },
    { soloLectura: true },
  )

const negociosPendientes = (deps: Aplicable, version: number, fallidos: readonly string[], cuantos: number): Promise<string[]> =>
  deps.db.plataforma(async (sql) => {
    const filas = await sql<{ negocioId: string }[]>`
      select negocio_id from negocios where config_app_version < ${version} and negocio_id <> all (${fallidos as string[]}::uuid[])
      order by negocio_id limit ${cuantos}`
    return filas.map((f) => f.negocioId)
  })

/** Lower thresholds lift at once whoever has the points already; higher ones take nothing from anybody (CARD-20). */
const subirNiveles = (deps: Aplicable, app: ConfiguracionApp): Promise<number> =>
  porTandas(
    (fallidos) => usuariosPorSubir(deps, app, fallidos),
    (id) => subirUno(deps, id),
    (id, err) => deps.log.error({ err, usuarioId: id }, 'a shopper did not get the nivel of new thresholds; they do later'),
  )

const usuariosPorSubir = (deps: Aplicable, { contenido }: ConfiguracionApp, fallidos: readonly string[]): Promise<string[]> =>
  deps.db.plataforma(async (sql) => {
    const filas = await sql<{ id: string }[]>`
      select id from usuarios where ${conMasNivel(sql, contenido.umbrales)} and id <> all (${fallidos as string[]}::uuid[])
      order by id limit ${USUARIOS_POR_TANDA}`
    return filas.map((f) => f.id)
  })

async function subirUno(deps: Aplicable, usuarioId: string): Promise<void> {
  const seq = await deps.db.usuario(usuarioId, (sql) => subir(sql, usuarioId, deps.now()))
  deps.hub.publicar(streamDeUsuario(usuarioId), seq, ['mias'])
}

async function subir(sql: Tx, usuarioId: string, at: number): Promise<number> {
  const contador = await tomarContadorDeUsuario(sql, usuarioId)
  const nivel = await moverLifetime(sql, usuarioId, 0)
  const perfil = await asegurarPerfil(sql, usuarioId)
  const docs: MiaDoc[] = perfil ? [perfil] : []
  if (nivel) docs.unshift({ id: `aviso:nivel:${nivel}`, tipo: 'aviso', codigo: 'nivel', nivel, at })
  return docs.length > 0 ? anotarMias(sql, contador, docs, at) : contador.seq
}

/** Chunk after chunk until nothing is found but what failed. Gives how many were done. */
async function porTandas(
  siguientes: (fallidos: readonly string[]) => Promise<string[]>,
  hacer: (id: string) => Promise<unknown>,
  alFallar: (id: string, err: unknown) => void,
): Promise<number> {
  const fallidos: string[] = []
  let hechos = 0
  for (;;) {
    const ids = await siguientes(fallidos)
    if (ids.length === 0) return hechos
    for (const id of ids)
      try {
        await hacer(id)
        hechos++
      } catch (err) {
        fallidos.push(id)
        alFallar(id, err)
      }
  }
}
