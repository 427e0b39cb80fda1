import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Articulo } from '../../../schema/domain/articulos/articulo.ts'
import type { EdicionDeCampo } from '../../../schema/protocol/catalogo.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { columnasDeArticulo } from '../../sync/instantaneas.sql.ts'

/** The last ones: what a person scrolls through. */
const EDICIONES_A_LO_MAS = 200

type Fila = Omit<EdicionDeCampo, 'vigente'> & { dispositivo: string }

/**
 * R7. Every value a field had, newest first, with who wrote it and where; also of an articulo that was deleted. `campo` undefined: of all of them.
 * @throws Rechazo NO_ENCONTRADO
 */
export function historiaDe(deps: Pick<Deps, 'db'>, negocioId: string, id: string, campo: string | undefined): Promise<EdicionDeCampo[]> {
  return deps.db.negocio(negocioId, async (sql) => {
    const [articulo] = await sql<(Articulo & { creadoAt: number })[]>`
      select ${columnasDeArticulo(sql)}, created_at as creado_at from articulos where negocio_id = ${negocioId} and id = ${id}`
    if (!articulo) throw new Rechazo('NO_ENCONTRADO')
    const filas = await leerEdiciones(sql, negocioId, id, campo)
    const vigente = (f: Fila) => {
      const [effAt, dispositivo] = articulo.sellos[f.campo] ?? [0, '']
      return f.effAt === effAt && f.dispositivo === dispositivo
    }
    const todas = [...filas, ...deNacimiento(articulo, filas, campo)].sort((a, b) => b.effAt - a.effAt)
    return todas.slice(0, EDICIONES_A_LO_MAS).map((f) => {
      const { dispositivo: _, ...edicion } = f
      return { ...edicion, vigente: vigente(f) }
    })
  })
}

/** Edits of before names were kept with them: the device is called what it is called now. */
const leerEdiciones = (sql: Tx, negocioId: string, id: string, campo: string | undefined) => sql<Fila[]>`
  select c.campo, c.valor, e.eff_at, e.recibido_at, e.dispositivo,
    coalesce(nullif(e.quien, ''), d.usuario_nombre, '') as quien, coalesce(nullif(e.equipo, ''), d.nombre, '') as equipo
  from ediciones e cross join lateral jsonb_each(e.campos) as c(campo, valor)
  left join dispositivos d on d.negocio_id = e.negocio_id and d.id::text = e.dispositivo
  where e.negocio_id = ${negocioId} and e.tabla = 'articulos' and e.pk = ${id} ${campo === undefined ? sql`` : sql`and c.campo = ${campo}`}
  order by e.eff_at desc limit ${EDICIONES_A_LO_MAS}`

/** A value stamped at the birth of an articulo older than its history. */
function deNacimiento(articulo: Articulo & { creadoAt: number }, filas: readonly Fila[], campo: string | undefined): Fila[] {
  const conocidas = new Set(filas.map((f) => `${f.campo}|${f.effAt}|${f.dispositivo}`))
  return Object.entries(articulo.sellos).flatMap(([uno, [effAt, dispositivo]]) => {
    if ((campo !== undefined && uno !== campo) || conocidas.has(`${uno}|${effAt}|${dispositivo}`)) return []
    const valor = (articulo as unknown as Record<string, unknown>)[uno]
    return [{ campo: uno, valor, effAt, recibidoAt: articulo.creadoAt, quien: '', equipo: '', dispositivo }]
  })
}
