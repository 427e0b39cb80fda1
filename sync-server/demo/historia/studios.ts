/**
 * What the merchants did to their catálogo, through the door every Studio takes: two laptops, one of which was away for a day, and what could not be
 * merged is in the inbox. Told once; people looked at the public page meanwhile.
 */
import { DIA, HORA } from '../../../schema/core/tiempo.ts'
import { type Doc, sellar } from '../../../schema/merge/campos.ts'
import type { PedidoPush } from '../../../schema/protocol/push.ts'
import type { Deps, Sesion } from '../../context.ts'
import { sumarVistas } from '../../domain/articulos/vista.ts'
import { TABLAS_EDITABLES } from '../../sync/editables.sql.ts'
import { empujar } from '../../sync/push.ts'
import { azarDe } from '../azar.ts'
import { articuloDemo, cuentaDemo, negocioDemo } from '../crear.ts'
import { NEGOCIOS, type NegocioDemo } from '../mundo.ts'
import { asegurarEquipo } from './equipo-demo.ts'

interface Edicion {
  studio: string
  articulo: string
  /** Before now, ms. */
  haceMs: number
  cambios: Record<string, unknown>
}

/** In the order in which they reached the server. Rosa's laptop is always in contact; Pablo's came back a little while ago. */
const EDICIONES: readonly Edicion[] = [
  { studio: 'roma-centro', articulo: 'Especial de la casa', haceMs: 22 * HORA, cambios: { precioCentavos: 25_900 } },
  {
    studio: 'roma-centro',
    articulo: 'Pay de limón',
    haceMs: 21 * HORA,
    cambios: { descripcion: 'Con merengue tostado. Sale a las cinco.' },
  },
  { studio: 'roma-centro', articulo: 'Agua natural 600 ml', haceMs: 20 * HORA, cambios: { borrado: true } },
  { studio: 'roma-norte', articulo: 'Especial de la casa', haceMs: 23 * HORA, cambios: { precioCentavos: 24_900 } },
  { studio: 'roma-norte', articulo: 'Pizza caprese', haceMs: 18 * HORA, cambios: { precioCentavos: 20_900 } },
  { studio: 'roma-norte', articulo: 'Agua natural 600 ml', haceMs: 4 * HORA, cambios: { precioCentavos: 2_500 } },
]

/** Tells it to a world that has not heard it yet. */
export async function contarStudios(deps: Deps): Promise<void> {
  for (const demo of NEGOCIOS) await mirarPublico(deps, demo)
  for (const demo of NEGOCIOS) if (demo.studios.length > 0) await editarCatalogo(deps, demo)
}

async function editarCatalogo(deps: Deps, demo: NegocioDemo): Promise<void> {
  const negocio = await negocioDemo(demo.codigoCaja)
  if (!negocio) return
  const { negocioId, sucursales } = negocio
  const ids = new Map<string, Extract<Sesion, { clase: 'dispositivo' }>>()
  for (const { clave, cuenta, nombre, sucursal } of demo.studios) {
    const sucursalId = sucursal === undefined ? null : (sucursales.get(sucursal) ?? null)
    const cuentaId = await cuentaDemo(cuenta)
    const { id, bajaAt } = await asegurarEquipo(deps, {
      llave: `studio demo ${clave}`,
      tipo: 'studio',
      nombre,
      negocioId,
      sucursalId,
      cuentaId,
    })
    if (bajaAt !== null) return
    ids.set(clave, { clase: 'dispositivo', tipo: 'studio', sesionId: '', dispositivoId: id, negocioId, sucursalId })
  }
  if (await yaSeConto(deps, negocioId, [...ids.values()].at(-1)?.dispositivoId ?? '')) return
  // All of them as everybody knew them: neither laptop had heard of the other.
  const base = await leerBase(deps, demo, negocioId)
  for (const clave of ids.keys()) {
    const sesion = ids.get(clave)
    if (sesion) await empujar(deps, sesion, 'articulos', { filas: filasDe(clave, sesion.dispositivoId, base, deps.now()) })
  }
}

async function yaSeConto(deps: Pick<Deps, 'db'>, negocioId: string, dispositivoId: string): Promise<boolean> {
  const [alguna] = await deps.db.negocio(
    negocioId,
    (sql) => sql`select 1 from ediciones where negocio_id = ${negocioId} and dispositivo = ${dispositivoId} limit 1`,
  )
  return alguna !== undefined
}

async function leerBase(deps: Pick<Deps, 'db'>, demo: NegocioDemo, negocioId: string): Promise<Map<string, Doc>> {
  const nombres = [...new Set(EDICIONES.map((e) => e.articulo))]
  const ids = await Promise.all(nombres.map((nombre) => articuloDemo(demo.codigoCaja, nombre)))
  const docs = (await deps.db.negocio(negocioId, (sql) => TABLAS_EDITABLES.articulos?.leer(sql, negocioId, ids, null))) ?? []
  return new Map(docs.map((doc) => [nombres[ids.indexOf(String(doc.id))] ?? '', doc]))
}

function filasDe(studio: string, dispositivoId: string, base: ReadonlyMap<string, Doc>, ahora: number): PedidoPush['filas'] {
  return EDICIONES.filter((e) => e.studio === studio).flatMap(({ articulo, haceMs, cambios }) => {
    const doc = base.get(articulo)
    if (!doc) return []
    const asumido = doc as unknown as { id: string }
    return [{ nuevo: sellar(doc, cambios, ahora - haceMs, dispositivoId) as unknown as { id: string }, asumido }]
  })
}

const DIAS_DE_VISTAS = 30

/** The looks of a month, once. What is destacado is looked at more, what is hidden not at all. */
async function mirarPublico(deps: Deps, demo: NegocioDemo): Promise<void> {
  const negocio = await negocioDemo(demo.codigoCaja)
  if (!negocio) return
  const { negocioId } = negocio
  const [alguna] = await deps.db.negocio(negocioId, (sql) => sql`select 1 from articulo_vistas where negocio_id = ${negocioId} limit 1`)
  if (alguna) return
  const filas = []
  for (const { nombre, destacado, visible } of demo.articulos) {
    if (visible === false) continue
    const azar = azarDe(`vistas|${nombre}`)
    const alDia = 3 + azar() * 20 + (destacado ? 18 : 0)
    const articuloId = await articuloDemo(demo.codigoCaja, nombre)
    for (let dia = 0; dia < DIAS_DE_VISTAS; dia++)
      filas.push({ articuloId, at: deps.now() - dia * DIA, vistas: Math.round(alDia * (0.5 + azar())) })
  }
  await sumarVistas(deps, negocioId, filas)
}
