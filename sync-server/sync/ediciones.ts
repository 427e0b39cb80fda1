/** The one way an editable changes, whoever edits: a Studio by /sync/push, an account over HTTP, the demo world. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type Doc, selloDe } from '../../schema/merge/campos.ts'
import type { Editable } from '../../schema/merge/editable.ts'
import type { Documento } from '../../schema/protocol/pull.ts'
import type { PedidoPush, RespuestaPush } from '../../schema/protocol/push.ts'
import { EDITABLES } from '../../schema/registry.ts'
import type { Tx } from '../db/db.ts'
import { fueraDeAlcance } from './alcance.ts'
import type { Cambio } from './bitacora.ts'
import { TABLAS_EDITABLES, type TablaEditable } from './editables.sql.ts'
import { cambiosDeAvisos, guardarAvisos } from './guardar-libro.sql.ts'
import { abrirMesa, autorDe, type Editor, type Fila, guardarEdiciones, type Mesa, recibirFila } from './mesa.ts'
import { avisosDePerdidas } from './perdidas.ts'

type Rechazadas = RespuestaPush['rechazadas']

/** Rows that parsed, and those that did not (PS4). */
export interface Leidas {
  coleccion: string
  tabla: TablaEditable
  filas: Fila[]
  rechazadas: Rechazadas
}

/** @throws Rechazo COLECCION_DESCONOCIDA */
export function leerFilas(coleccion: string, pedido: PedidoPush): Leidas {
  const editable = Object.hasOwn(EDITABLES, coleccion) ? EDITABLES[coleccion] : undefined
  const tabla = Object.hasOwn(TABLAS_EDITABLES, coleccion) ? TABLAS_EDITABLES[coleccion] : undefined
  if (!editable || !tabla) throw new Rechazo('COLECCION_DESCONOCIDA')
  const leidas: Leidas = { coleccion, tabla, filas: [], rechazadas: [] }
  for (const fila of pedido.filas) leerFila(editable, leidas, fila)
  return leidas
}

function leerFila(editable: Editable, { tabla, filas, rechazadas }: Leidas, { nuevo, asumido }: PedidoPush['filas'][number]): void {
  const leido = editable.schema.safeParse(nuevo)
  const previo = asumido === null ? undefined : editable.schema.safeParse(asumido)
  if (leido.success) {
    const limpio = tabla.limpiar(leido.data as unknown as Fila['nuevo'])
    filas.push({ nuevo: limpio, asumido: previo?.success ? (previo.data as unknown as Doc) : undefined })
    return
  }
  const campo = leido.error.issues[0]?.path[0]
  rechazadas.push({ id: nuevo.id, code: 'EDICION_INVALIDA', ...(campo === undefined ? {} : { campo: String(campo) }) })
}

/**
 * Merges the rows and writes what came of it, inside a transaction that holds the negocio's counter. Gives the answer of a push and the log.
 * Where nothing is born by an edit, an unknown row, or one that the editor does not see, is refused NO_ENCONTRADO; one that they see and may not
 * change, SIN_PERMISO (EMP-38).
 */
export async function aplicarEdiciones(
  sql: Tx,
  negocioId: string,
  editor: Editor,
  { coleccion, tabla, filas, rechazadas }: Leidas,
  ahora: number,
): Promise<{ resultado: RespuestaPush; cambios: Cambio[]; mezclas: number }> {
  const mesa = await abrirMesa(sql, negocioId, editor, coleccion, tabla, filas, ahora)
  const [vistas, ajenas] = tabla.nace ? [filas, []] : apartar(filas, (fila) => mesa.docs.has(fila.nuevo.id))
  const negadas = fueraDeAlcance(mesa, tabla, vistas)
  const puestas = vistas.filter((fila) => !negadas.has(fila.nuevo.id))
  for (const fila of puestas) recibirFila(mesa, fila)
  const cambios = await guardarMesa(sql, negocioId, coleccion, tabla, mesa)
  const documentos = await tabla.documentos(sql, negocioId, [...mesa.docs.values()])
  return {
    resultado: {
      documentos: puestas.map((fila) => documentos.get(fila.nuevo.id) as Documento),
      rechazadas: [
        ...rechazadas,
        ...ajenas.map(({ nuevo }) => ({ id: nuevo.id, code: 'NO_ENCONTRADO' })),
        ...[...negadas].map((id) => ({ id, code: 'SIN_PERMISO' })),
      ],
    },
    cambios,
    mezclas: mesa.mezclas,
  }
}

const apartar = <T>(lista: T[], cumple: (uno: T) => boolean): [si: T[], no: T[]] => [
  lista.filter(cumple),
  lista.filter((uno) => !cumple(uno)),
]

async function guardarMesa(sql: Tx, negocioId: string, coleccion: string, tabla: TablaEditable, mesa: Mesa): Promise<Cambio[]> {
  const docs = [...mesa.tocados].map((id) => mesa.docs.get(id) as Doc)
  if (docs.length > 0)
    await tabla.guardar(sql, negocioId, docs, mesa.ahora, (pk, campo, doc) => autorDe(mesa, pk, campo, selloDe(doc, campo)))
  await guardarEdiciones(sql, negocioId, coleccion, mesa)
  const imagenes = docs.length > 0 ? await tabla.documentos(sql, negocioId, docs) : new Map<string, object>()
  const cambios = docs.map((doc): Cambio => {
    const pk = String(doc.id)
    return { coleccion, pk, antes: tabla.antes(mesa.previos.get(pk), doc), despues: imagenes.get(pk) ?? doc }
  })
  if (!tabla.avisaPerdidas) return cambios
  const avisos = await guardarAvisos(sql, negocioId, await avisosDePerdidas(sql, negocioId, coleccion, mesa))
  return [...cambios, ...cambiosDeAvisos(avisos)]
}
