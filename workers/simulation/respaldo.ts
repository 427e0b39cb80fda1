/**
 * A backup of the server's database and the way back to it, as its operator does it: every table as it was, another `epoca` for every stream, and the
 * orders given since then given again. What tills sold meanwhile comes from their journals (DI1); what a Studio had handed in after the backup is gone.
 */
import { cambiarEpocas } from '../../sync-server/db/epoca.ts'
import type { DbDePrueba } from '../../sync-server/testing/db.ts'
import { levantarServidor, sinJuzgar } from './en-pie.ts'
import type { Mundo } from './mundo.ts'
import { tablasDelMundo } from './vaciar.ts'
import type { Tramos } from './veneno.ts'

type Sellos = Record<string, [effAt: number, dispositivo: string]>

export interface Respaldo {
  tramos: Tramos
  /** Per line: how many pushes of edits it had taken. */
  empujados: Map<string, number>
}

/** Null: this is no moment for one (no server, or something received and not judged). */
export async function tomarRespaldo(mundo: Mundo): Promise<Respaldo | null> {
  await mundo.tiempo.quieto()
  if (!mundo.nodo.vivo || !(await sinJuzgar(mundo))) return null
  const tablas = await tablasDelMundo(mundo.db)
  await mundo.db.superusuario.begin(async (tx) => {
    await tx.unsafe('drop schema if exists respaldo cascade; create schema respaldo')
    await tx.unsafe(tablas.map(({ tabla, columnas }) => `create table respaldo.${tabla} as select ${columnas} from ${tabla}`).join(';'))
  })
  const empujados = new Map(mundo.equipos().map(({ equipo }) => [equipo.nombre, equipo.linea.empujados.length]))
  return { tramos: mundo.veneno.copiar(), empujados }
}

export async function restaurar(mundo: Mundo, { tramos, empujados }: Respaldo): Promise<void> {
  // Whatever a frozen tab was asked is answered first: what it confirms is of before.
  for (const { equipo } of mundo.equipos()) equipo.descongelar()
  await mundo.tiempo.quieto()
  mundo.nodo.matar()
  await mundo.tiempo.quieto()
  mundo.restaurado = true
  await reponerTablas(mundo.db)
  await cambiarEpocas(mundo.db)
  const aceptados = await mundo.db.superusuario`select negocio_id, aceptados from contadores_negocio`
  mundo.veneno.volver(tramos, new Map(aceptados.map((f) => [f.negocioId as string, f.aceptados as number])))
  for (const { equipo } of mundo.equipos()) equipo.linea.empujados.splice(empujados.get(equipo.nombre) ?? 0)
  await olvidarLoPerdido(mundo)
  await levantarServidor(mundo)
  for (const { negocioId, equipos } of mundo.negocios) {
    for (const { deBaja, dispositivoId } of equipos)
      if (deBaja && dispositivoId) await mundo.servicios.bajaDeDispositivo(negocioId, dispositivoId)
    if (!mundo.veneno.activo) await mundo.servicios.reprocesar(negocioId)
  }
}

async function reponerTablas(db: DbDePrueba): Promise<void> {
  const tablas = await tablasDelMundo(db)
  await db.superusuario.begin(async (tx) => {
    await tx.unsafe(`set local session_replication_role = replica; truncate ${tablas.map(({ tabla }) => tabla).join(', ')} cascade`)
    await tx.unsafe(
      tablas.map(({ tabla, columnas }) => `insert into ${tabla} (${columnas}) select ${columnas} from respaldo.${tabla}`).join(';'),
    )
  })
}

/** Edits handed in after the backup exist nowhere any more; of a revoked device that erased itself, its hechos do not either. */
async function olvidarLoPerdido(mundo: Mundo): Promise<void> {
  const filas = await mundo.db.superusuario`
    select pk, campo, dispositivo, max(eff_at_original)::float8 as ultimo from ediciones, jsonb_object_keys(campos) as campo group by 1, 2, 3`
  const ultimos = new Map(filas.map((f) => [`${f.pk}|${f.campo}|${f.dispositivo}`, Number(f.ultimo)]))
  const porNombre = new Map(mundo.equipos().map((e) => [e.equipo.nombre, e]))
  mundo.ediciones = mundo.ediciones.map((edicion) => {
    const e = porNombre.get(edicion.equipo)
    const pendiente = e?.equipo.disco.todos('ediciones').find(({ docId }) => docId === edicion.id)
    const esperan = pendiente ? (JSON.parse(String(pendiente.texto)) as { sellos: Sellos }).sellos : {}
    const sellos = Object.entries(edicion.documento.sellos as Sellos).filter(([campo, [effAt, quien]]) => {
      const alla = ultimos.get(`${edicion.id}|${campo}|${quien}`) ?? -1
      return quien !== e?.dispositivoId || Math.max(alla, esperan[campo]?.[0] ?? -1) >= effAt
    })
    return { ...edicion, documento: { ...edicion.documento, sellos: Object.fromEntries(sellos) } }
  })
  const recibidos = await mundo.db.superusuario`select hecho_id from hechos_recibidos where hecho_id is not null`
  const alla = new Set(recibidos.map((r) => r.hechoId as string))
  for (const c of [...mundo.confirmados, ...mundo.entregas]) {
    const e = porNombre.get(c.equipo)
    const llego = 'hechoId' in c && alla.has(c.hechoId)
    if (e?.deBaja && !llego && e.equipo.disco.todos('diario').length === 0) c.perdido = true
  }
}
