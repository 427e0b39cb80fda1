/** CUP-05. A copy, not yet in force, of which nothing was used. */
import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Portador } from '../articulos/portador.ts'
import { escribirEnNegocio } from '../escribir.ts'
import { exigirElMismo, type Repetible, recordar, yaSeHizo } from '../scanya/repetible.ts'
import { nacer, ponerCupones } from './crear.ts'
import { leerAlcanzable } from './leer.sql.ts'

const COPIA = ' (copia)'
const LARGO_DEL_TITULO = 120
const LARGO_DEL_CODIGO = 20

/**
 * The key of a repeated request names the same copy. Gives its id.
 * @throws Rechazo NO_ENCONTRADO, IDEMPOTENCIA_DISTINTA, SIN_PERMISO (it would not count where the gerente works)
 */
export async function duplicarCupon(deps: Deps, p: Portador, cuponId: string, repetible: Repetible): Promise<{ cuponId: string }> {
  const ligado = { negocioId: p.negocioId, atadura: p.atadura }
  const id = repetible.llave === null ? uuidv7(deps.now(), deps.azar) : repetible.hechoId
  if (await yaSeHizo(deps, ligado, repetible)) return { cuponId: id }
  await escribirEnNegocio(deps, p.negocioId, async (sql, ahora, contador) => {
    const { definicion } = await leerAlcanzable(sql, p, cuponId)
    await recordar(sql, ahora, ligado, repetible)
    const titulo = `${definicion.titulo.slice(0, LARGO_DEL_TITULO - COPIA.length)}${COPIA}`
    const codigo = await codigoLibre(sql, p.negocioId, definicion.codigo)
    const copia = nacer({ ...definicion, id, titulo, codigo, activo: false }, ahora, p.editor.id)
    const { cambios, rechazadas } = await ponerCupones(sql, contador, p.editor, [copia], ahora)
    if (rechazadas.length > 0) throw new Rechazo('SIN_PERMISO')
    return { resultado: undefined, cambios, anotados: true }
  }).catch(async (error: unknown) => {
    // Another request with the same key was quicker: what it made is the answer to both.
    if (!(error instanceof Rechazo && error.codigo === 'IDEMPOTENCIA_DISTINTA')) throw error
    await exigirElMismo(deps, ligado, repetible)
  })
  return { cuponId: id }
}

/** `PIZZA30-2`, `PIZZA30-3`…: two cupones with one code would be told apart by nobody. */
async function codigoLibre(sql: Tx, negocioId: string, codigo: string): Promise<string> {
  const tomados = await sql<{ codigo: string }[]>`select codigo from cupones where negocio_id = ${negocioId}`
  const son = new Set(tomados.map((t) => t.codigo))
  for (let n = 2; ; n++) {
    const cola = `-${n}`
    const libre = `${codigo.slice(0, LARGO_DEL_CODIGO - cola.length).replace(/-+$/, '')}${cola}`
    if (!son.has(libre)) return libre
  }
}
