/** Cupones of the demo world: made before its story is told, which uses them, and kept by its shoppers after. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { crearCupones } from '../domain/cupones/crear.ts'
import { guardarCupon } from '../domain/cupones/guardar.ts'
import { avisarDeCupones } from '../jobs/avisar-cupones.ts'
import { CUPONES, type CuponDemo } from './catalogo/cupones.ts'
import { articuloDemo, cuponDemo, negocioDemo, shopperDemo } from './crear.ts'

/**
 * What is missing. `alPrincipio`: the server as it was when the world began, so that the whole story may use them; their ends are counted from now. One its dueño
 * deleted is still there, deleted. Gives those that were made.
 */
export async function asegurarCupones(deps: Deps, alPrincipio: Deps): Promise<Map<string, readonly CuponDemo[]>> {
  const hechos = new Map<string, readonly CuponDemo[]>()
  for (const [codigoCaja, todos] of Object.entries(CUPONES)) {
    const negocio = await negocioDemo(codigoCaja)
    if (!negocio) continue
    const { negocioId, duenoId } = negocio
    const conId = await Promise.all(todos.map(async (c) => ({ c, id: await cuponDemo(codigoCaja, c.codigo) })))
    const previos = await deps.db.negocio(negocioId, (sql) => sql<{ id: string }[]>`select id from cupones where negocio_id = ${negocioId}`)
    const faltan = conId.filter(({ id }) => !previos.some((previo) => previo.id === id))
    if (faltan.length === 0) continue
    const fotos = await deps.db.negocio(
      negocioId,
      (sql) =>
        sql<{ id: string; imagen: string | null }[]>`select id, imagenes ->> 0 as imagen from articulos where negocio_id = ${negocioId}`,
    )
    const imagenDe = new Map(fotos.map(({ id, imagen }) => [id, imagen]))
    const nuevos = await Promise.all(
      faltan.map(async ({ c: { de = [], venceEnDias, guardan: _, ...resto }, id }) => {
        const articulos = await Promise.all(de.map((nombre) => articuloDemo(codigoCaja, nombre)))
        const imagen = imagenDe.get(articulos[0] ?? '') ?? null
        const deCuales = resto.tipo === 'dos_por_uno' || resto.tipo === 'regalo' ? articulos : []
        return { ...resto, id, imagen, articulos: deCuales, desdeAt: alPrincipio.now(), venceAt: deps.now() + venceEnDias * DIA }
      }),
    )
    await crearCupones(alPrincipio, negocioId, duenoId, nuevos)
    hechos.set(
      codigoCaja,
      faltan.map(({ c }) => c),
    )
  }
  return hechos
}

/** Once the story is told: its shoppers have a nivel by then. */
export async function guardarCuponesDemo(deps: Deps, hechos: ReadonlyMap<string, readonly CuponDemo[]>): Promise<void> {
  for (const [codigoCaja, cupones] of hechos)
    for (const { codigo, guardan = [] } of cupones)
      for (const shopper of guardan) {
        const negocio = await negocioDemo(codigoCaja)
        if (!negocio) continue
        try {
          await guardarCupon(deps, await shopperDemo(shopper), negocio.negocioId, await cuponDemo(codigoCaja, codigo))
        } catch (error) {
          // Taken back by its dueño meanwhile.
          if (!(error instanceof Rechazo)) throw error
        }
      }
  // Who looks at a new world finds told what there is to tell, at night too.
  await avisarDeCupones(deps, true)
}
