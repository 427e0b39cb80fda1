/** What whoever works in one sucursal may not write, known before anything is (EMP-38, SCAN-05, CAT-13). */
import type { Doc } from '../../schema/merge/campos.ts'
import type { TablaEditable } from './editables.sql.ts'
import { ensayoDe, type Fila, type Mesa, recibirFila } from './mesa.ts'

/**
 * Ids of the documents that these rows would change and the editor may not: one that was out of their reach before, or would be afterwards. A row that
 * brings nothing new is never one of them, so what was taken once is answered alike when it is sent again. Pure: the mesa stays as it is.
 */
export function fueraDeAlcance(mesa: Mesa, tabla: Pick<TablaEditable, 'alcanza'>, filas: readonly Fila[]): ReadonlySet<string> {
  const { sucursalId } = mesa.editor
  if (sucursalId === null) return new Set()
  const alcanza = (doc: Doc | undefined) => !doc || tabla.alcanza(doc, sucursalId)
  // A merged field is one side's or the other's: where both reach, so does what comes of them.
  const enDuda = new Set(filas.flatMap(({ nuevo }) => (alcanza(nuevo) && alcanza(mesa.docs.get(nuevo.id)) ? [] : [nuevo.id])))
  if (enDuda.size === 0) return enDuda
  const ensayo = ensayoDe(mesa)
  for (const fila of filas) if (enDuda.has(fila.nuevo.id)) recibirFila(ensayo, fila)
  const cambian = new Set([...ensayo.tocados, ...[...ensayo.ediciones.values()].map(({ pk }) => pk)])
  return new Set([...enDuda].filter((id) => cambian.has(id) && !(alcanza(mesa.docs.get(id)) && alcanza(ensayo.docs.get(id)))))
}
