/** CAT-14. Edits over HTTP: the same merge as a Studio's, stamped with the account. */
import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Articulo } from '../../../schema/domain/articulos/articulo.ts'
import { type Doc, estaBorrado, sellar } from '../../../schema/merge/campos.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Contador } from '../../sync/bitacora.ts'
import { aplicarEdiciones, leerDocs, leerFilas } from '../../sync/ediciones.ts'
import { TABLAS_EDITABLES } from '../../sync/editables.sql.ts'
import { enTextos, enUuids } from '../../sync/filas.sql.ts'
import { type Escritura, escribirEnNegocio } from '../escribir.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from '../scanya/repetible.ts'
import { nacer } from './crear.ts'
import type { CambiosDeArticulo, FichaDeArticulo } from './forma.ts'
import { leerArticulo } from './leer.sql.ts'
import type { Portador } from './portador.ts'

/** @throws Rechazo NO_ENCONTRADO */
export async function fichaDe(deps: Pick<Deps, 'db'>, negocioId: string, id: string): Promise<FichaDeArticulo> {
  const ficha = await deps.db.negocio(negocioId, (sql) => leerArticulo(sql, negocioId, id))
  if (!ficha) throw new Rechazo('NO_ENCONTRADO')
  return ficha
}

/** @throws Rechazo NO_ENCONTRADO, DATO_INVALIDO (the field), SIN_PERMISO (EMP-38) */
export async function editarArticulo(deps: Deps, p: Portador, id: string, cambios: CambiosDeArticulo): Promise<FichaDeArticulo> {
  await escribirEnNegocio(deps, p.negocioId, async (sql, ahora, contador) => {
    await exigirConocidos(sql, p.negocioId, cambios)
    const doc = await leerVivo(sql, p.negocioId, id)
    return poner(sql, contador, p, doc, sellar(doc, cambios as Partial<Doc>, ahora, p.editor.id), ahora)
  })
  return fichaDe(deps, p.negocioId, id)
}

/** Its undoing is an edit like any other (`borrado` false), from a Studio. @throws Rechazo NO_ENCONTRADO, SIN_PERMISO (EMP-38) */
export async function borrarArticulo(deps: Deps, p: Portador, id: string): Promise<{ id: string }> {
  await escribirEnNegocio(deps, p.negocioId, async (sql, ahora, contador) => {
    const doc = await leerVivo(sql, p.negocioId, id)
    return poner(sql, contador, p, doc, sellar(doc, { borrado: true }, ahora, p.editor.id), ahora)
  })
  return { id }
}

type Nuevo = Parameters<typeof nacer>[0]

/**
 * CAT-04. A new articulo, or a copy. The key of a repeated request names the same one.
 * @throws Rechazo IDEMPOTENCIA_DISTINTA, NO_ENCONTRADO (the one to copy), DATO_INVALIDO (the field), SIN_PERMISO (it would not be sold where the
 * gerente works)
 */
export async function crearUno(
  deps: Deps,
  p: Portador,
  repetible: Repetible,
  nuevo: (sql: Tx) => Promise<Omit<Nuevo, 'id'>>,
): Promise<FichaDeArticulo> {
  const ligado = { negocioId: p.negocioId, atadura: p.atadura }
  const id = repetible.llave === null ? uuidv7(deps.now(), deps.azar) : repetible.hechoId
  if (!(await yaSeHizo(deps, ligado, repetible)))
    await escribirEnNegocio(deps, p.negocioId, async (sql, ahora, contador) => {
      await recordar(sql, ahora, ligado, repetible)
      // Made under this key more than 30 days ago: what that request said is forgotten, and this one must not be written over what it made.
      if (repetible.llave !== null && (await leerDoc(sql, p.negocioId, id))) throw new Rechazo('IDEMPOTENCIA_DISTINTA')
      const datos = await nuevo(sql)
      await exigirConocidos(sql, p.negocioId, datos)
      return poner(sql, contador, p, undefined, nacer({ ...datos, id }, ahora, p.editor.id), ahora)
    }).catch(async (error: unknown) => {
      // Another request with the same key was quicker: what it made is the answer to both.
      if (!(error instanceof Rechazo && error.codigo === 'IDEMPOTENCIA_DISTINTA')) throw error
      await exigirElMismo(deps, ligado, repetible)
    })
  return fichaDe(deps, p.negocioId, id)
}

/** What a copy begins with: everything but its name, and hidden from nobody who saw the first. */
export async function copiaDe(sql: Tx, negocioId: string, id: string, nombre: string | undefined): Promise<Omit<Nuevo, 'id'>> {
  const { sellos: _s, borrado: _b, id: _i, ...campos } = (await leerVivo(sql, negocioId, id)) as unknown as Articulo
  return { ...campos, nombre: nombre ?? `${campos.nombre.slice(0, LARGO_DE_NOMBRE - COPIA.length)}${COPIA}` }
}
const COPIA = ' (copia)'
const LARGO_DE_NOMBRE = 200

/** Also one that was deleted. */
const leerDoc = async (sql: Tx, negocioId: string, id: string): Promise<Doc | undefined> =>
  (await TABLAS_EDITABLES.articulos?.leer(sql, negocioId, [id], null))?.[0]

async function leerVivo(sql: Tx, negocioId: string, id: string): Promise<Doc> {
  const doc = await leerDoc(sql, negocioId, id)
  if (!doc || estaBorrado(doc)) throw new Rechazo('NO_ENCONTRADO')
  return doc
}

/** A Studio may name a picture before it is handed in, for it has it; whoever speaks HTTP hands it in first. */
async function exigirConocidos(sql: Tx, negocioId: string, { sucursales = [], imagenes = [] }: CambiosDeArticulo): Promise<void> {
  const hay = async (consulta: Promise<{ cuantos: number }[]>) => (await consulta)[0]?.cuantos ?? 0
  if (sucursales.length > 0) {
    const conocidas = sql<{ cuantos: number }[]>`
      select count(*)::int as cuantos from negocio_sucursales where negocio_id = ${negocioId} and id = ${enUuids(sql, sucursales)}`
    if ((await hay(conocidas)) < new Set(sucursales).size) throw new Rechazo('DATO_INVALIDO', 'sucursales')
  }
  if (imagenes.length === 0) return
  const subidas = sql<{ cuantos: number }[]>`
    select count(*)::int as cuantos from imagenes where negocio_id = ${negocioId} and hash = ${enTextos(sql, imagenes)}`
  if ((await hay(subidas)) < new Set(imagenes).size) throw new Rechazo('DATO_INVALIDO', 'imagenes')
}

/** @throws Rechazo DATO_INVALIDO (the field), SIN_PERMISO (a gerente, and it is not sold at their sucursal before or after) */
async function poner(
  sql: Tx,
  contador: Contador,
  p: Portador,
  asumido: Doc | undefined,
  nuevo: object,
  ahora: number,
): Promise<Escritura<unknown>> {
  const fila = { nuevo: nuevo as { id: string }, asumido: (asumido ?? null) as { id: string } | null }
  const leidas = leerFilas('articulos', { filas: [fila] })
  const [rechazada] = leidas.rechazadas
  if (rechazada) throw new Rechazo('DATO_INVALIDO', rechazada.campo)
  // Stamped here, over what is there: clamped to an instant that others had too, or to a clock that went back, an edit that was confirmed would lose.
  const recibidoAt = Math.max(ahora, ...leidas.filas.flatMap((f) => Object.values(f.nuevo.sellos).map(([effAt]) => effAt)))
  const docs = await leerDocs(sql, p.negocioId, p.editor.sucursalId, leidas)
  const { rechazadas, cambios, mezclas } = await aplicarEdiciones(sql, contador, p.editor, leidas, docs, recibidoAt)
  if (rechazadas.length > 0) throw new Rechazo('SIN_PERMISO')
  return { resultado: undefined, cambios, anotados: true, mezclas }
}
