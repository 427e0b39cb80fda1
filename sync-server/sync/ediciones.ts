/** The one way an editable changes, whoever edits: a Studio by /sync/push, an account over HTTP, the demo world. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { type Doc, loEsperado, mismoDoc } from '../../schema/merge/campos.ts'
import type { Editable } from '../../schema/merge/editable.ts'
import type { Documento } from '../../schema/protocol/pull.ts'
import type { PedidoPush, RespuestaPush } from '../../schema/protocol/push.ts'
import { EDITABLES } from '../../schema/registry.ts'
import type { Tx } from '../db/db.ts'
import { fueraDeAlcance } from './alcance.ts'
import { anotar, type Cambio, type Contador } from './bitacora.ts'
import { TABLAS_EDITABLES, type TablaEditable } from './editables.sql.ts'
import { cambiosDeAvisos, guardarAvisos } from './guardar-libro.sql.ts'
import { guardarMesa } from './guardar-mesa.sql.ts'
import { abrirMesa, type Editor, type Fila, type Mesa, recibirFila } from './mesa.ts'
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

function leerFila(editable: Editable, { tabla, filas, rechazadas }: Leidas, enviado: PedidoPush['filas'][number]): void {
  const leido = editable.schema.safeParse(enviado.nuevo)
  const previo = enviado.asumido === null ? undefined : editable.schema.safeParse(enviado.asumido)
  if (leido.success) {
    const nuevo = tabla.limpiar(leido.data as unknown as Fila['nuevo'])
    filas.push({ nuevo, asumido: previo?.success ? (previo.data as unknown as Doc) : undefined, enviado })
    return
  }
  const campo = leido.error.issues[0]?.path[0]
  rechazadas.push({ id: enviado.nuevo.id, code: 'EDICION_INVALIDA', ...(campo === undefined ? {} : { campo: String(campo) }) })
}

/** The rows of these edits as they are, to be read under the counter. */
export const leerDocs = (sql: Tx, negocioId: string, sucursalId: string | null, { tabla, filas }: Leidas): Promise<Doc[]> | Doc[] =>
  filas.length > 0 ? tabla.leer(sql, negocioId, [...new Set(filas.map((fila) => fila.nuevo.id))], sucursalId) : []

export interface Aplicadas {
  /** The document of each row that was taken, in their order. */
  tomadas: { fila: Fila; documento: Documento }[]
  rechazadas: Rechazadas
  cambios: Cambio[]
  mezclas: number
}

/**
 * Merges the rows and writes what came of it and its place in the log, inside a transaction that holds the negocio's counter. `docs`: what `leerDocs`
 * gave there. Where nothing is born by an edit, an unknown row, or one that the editor does not see, is refused NO_ENCONTRADO; one that they see and
 * may not change, SIN_PERMISO (EMP-38); one that takes what another has, CODIGO_OCUPADO.
 */
export async function aplicarEdiciones(
  sql: Tx,
  contador: Contador,
  editor: Editor,
  { coleccion, tabla, filas, rechazadas }: Leidas,
  docs: readonly Doc[],
  ahora: number,
): Promise<Aplicadas> {
  const { negocioId } = contador
  const mesa = await abrirMesa(sql, negocioId, editor, coleccion, docs, filas, ahora)
  const [vistas, ajenas] = tabla.nace ? [filas, []] : apartar(filas, (fila) => mesa.docs.has(fila.nuevo.id))
  const negadas = fueraDeAlcance(mesa, tabla, vistas)
  const alcanzables = vistas.filter((fila) => !negadas.has(fila.nuevo.id))
  const ocupadas = (await tabla.ocupadas?.(sql, negocioId, mesa, alcanzables)) ?? new Set<string>()
  const puestas = alcanzables.filter((fila) => !ocupadas.has(fila.nuevo.id))
  for (const fila of puestas) recibirFila(mesa, fila)
  const cambios = await guardar(sql, contador, coleccion, tabla, mesa)
  const documentos = await tabla.documentos(sql, negocioId, [...mesa.docs.values()])
  return {
    tomadas: puestas.map((fila) => ({ fila, documento: documentos.get(fila.nuevo.id) as Documento })),
    rechazadas: [
      ...rechazadas,
      ...ajenas.map(({ nuevo }) => ({ id: nuevo.id, code: 'NO_ENCONTRADO' })),
      ...[...negadas].map((id) => ({ id, code: 'SIN_PERMISO' })),
      ...[...ocupadas].map((id) => ({ id, code: 'CODIGO_OCUPADO', campo: 'codigo' })),
    ],
    cambios,
    mezclas: mesa.mezclas,
  }
}

const apartar = <T>(lista: T[], cumple: (uno: T) => boolean): [si: T[], no: T[]] => [
  lista.filter(cumple),
  lista.filter((uno) => !cumple(uno)),
]

async function guardar(sql: Tx, contador: Contador, coleccion: string, tabla: TablaEditable, mesa: Mesa): Promise<Cambio[]> {
  const { cambios, anotados } = await guardarMesa(sql, contador, coleccion, tabla, mesa)
  const perdidas = tabla.avisaPerdidas ? await avisosDePerdidas(sql, contador.negocioId, coleccion, mesa) : []
  const deAvisos = perdidas.length > 0 ? cambiosDeAvisos(await guardarAvisos(sql, contador.negocioId, perdidas)) : []
  const porAnotar = anotados ? deAvisos : [...cambios, ...deAvisos]
  if (porAnotar.length > 0) await anotar(sql, contador, porAnotar, mesa.ahora)
  return [...cambios, ...deAvisos]
}

/** The answer of a push. PS7: to who asks for it in brief, a document that is what they have to expect is only counted. */
export function respuestaDe({ tomadas, rechazadas }: Pick<Aplicadas, 'tomadas' | 'rechazadas'>, breve: boolean): RespuestaPush {
  if (!breve) return { documentos: tomadas.map(({ documento }) => documento), rechazadas }
  const [iguales, otras] = apartar(tomadas, esLoEsperado)
  return { documentos: otras.map(({ documento }) => documento), rechazadas, iguales: iguales.length }
}

/** What does not parse here may be merged in another way there. */
function esLoEsperado({ fila: { enviado, asumido }, documento }: Aplicadas['tomadas'][number]): boolean {
  if (enviado.asumido !== null && !asumido) return false
  return mismoDoc(loEsperado(enviado.asumido as Doc | null, enviado.nuevo as unknown as Doc), documento as unknown as Doc)
}
