/**
 * `POST /sync/push/:coleccion`, editables only. Pushing is at least once, and a resent row may come without its assumed state, so nothing here
 * depends on either:
 *
 *   row → parsed (PS4) → stamps clamped to their FIRST receipt (PS2) → merged field by field (PS1) → losses to the inbox (PS3)
 *
 * `ediciones` holds every (field, device, stamp) ever received: it is the field's history, the memory of its clamp, and what tells a resent
 * edit, whose loss was noticed when it first came, from a new one.
 */

import { textoCanonico } from '../../schema/core/canonico.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Aviso } from '../../schema/domain/hechos/libro.ts'
import { camposDe, type Doc, fusionar, type Sello, selloDe } from '../../schema/merge/campos.ts'
import type { Editable } from '../../schema/merge/editable.ts'
import { type Perdida, perdidas } from '../../schema/merge/perdidas.ts'
import type { Documento } from '../../schema/protocol/pull.ts'
import type { PedidoPush, RespuestaPush } from '../../schema/protocol/push.ts'
import { EDITABLES } from '../../schema/registry.ts'
import type { Deps, Sesion } from '../context.ts'
import type { Tx } from '../db/db.ts'
import { escribirEnNegocio } from '../domain/escribir.ts'
import type { Cambio } from './bitacora.ts'
import { TABLAS_EDITABLES, type TablaEditable } from './editables.sql.ts'
import { enTextos, guardarFilas } from './filas.sql.ts'
import { cambiosDeAvisos, guardarAvisos } from './guardar-libro.sql.ts'

interface Fila {
  nuevo: Doc & { id: string }
  /** What the editor knew; undefined when it was not said or does not parse: it only serves to notice a loss. */
  asumido: Doc | undefined
}

/**
 * @throws Rechazo COLECCION_DESCONOCIDA, SIN_PERMISO (only a Studio device edits); a row at fault is answered in `rechazadas` instead
 */
export async function empujar(
  deps: Pick<Deps, 'db' | 'hub' | 'now'>,
  sesion: Extract<Sesion, { clase: 'dispositivo' }>,
  coleccion: string,
  pedido: PedidoPush,
): Promise<RespuestaPush> {
  const editable = Object.hasOwn(EDITABLES, coleccion) ? EDITABLES[coleccion] : undefined
  const tabla = TABLAS_EDITABLES[coleccion]
  if (!editable || !tabla) throw new Rechazo('COLECCION_DESCONOCIDA')
  if (sesion.tipo !== 'studio') throw new Rechazo('SIN_PERMISO')
  const { filas, rechazadas } = leerFilas(editable, pedido)
  if (filas.length === 0) return { documentos: [], rechazadas }
  const documentos = await escribirEnNegocio(deps, sesion.negocioId, async (sql, ahora) => {
    const mesa = await abrirMesa(sql, sesion, coleccion, tabla, filas, ahora)
    for (const fila of filas) recibirFila(mesa, fila)
    const cambios = await guardarMesa(sql, sesion.negocioId, coleccion, tabla, mesa)
    return { resultado: filas.map((fila) => mesa.docs.get(fila.nuevo.id) as unknown as Documento), cambios }
  })
  return { documentos, rechazadas }
}

function leerFilas(editable: Editable, pedido: PedidoPush): { filas: Fila[]; rechazadas: RespuestaPush['rechazadas'] } {
  const filas: Fila[] = []
  const rechazadas: RespuestaPush['rechazadas'] = []
  for (const { nuevo, asumido } of pedido.filas) {
    const leido = editable.schema.safeParse(nuevo)
    const previo = asumido === null ? undefined : editable.schema.safeParse(asumido)
    if (leido.success)
      filas.push({ nuevo: leido.data as unknown as Fila['nuevo'], asumido: previo?.success ? (previo.data as unknown as Doc) : undefined })
    else {
      const campo = leido.error.issues[0]?.path[0]
      rechazadas.push({ id: nuevo.id, code: 'EDICION_INVALIDA', ...(campo === undefined ? {} : { campo: String(campo) }) })
    }
  }
  return { filas, rechazadas }
}

/** A field's edit, as `ediciones` keeps it. */
interface Edicion {
  pk: string
  campo: string
  dispositivo: string
  effAtOriginal: number
  effAt: number
  valor: unknown
}

interface Mesa {
  ahora: number
  /** Whose edits these are: the stamps of others in the same row are only what it had pulled. */
  dispositivoId: string
  docs: Map<string, Doc>
  tocados: Set<string>
  /** Clamp of every known stamp, by original and by clamped time: a document that travelled on carries the clamped one. */
  recortes: Map<string, number>
  ediciones: Edicion[]
  perdidas: { pk: string; perdida: Perdida }[]
}

const claveDeSello = (pk: string, campo: string, [effAt, dispositivo]: Sello) => `${pk}|${campo}|${dispositivo}|${effAt}`

async function abrirMesa(
  sql: Tx,
  { negocioId, dispositivoId }: { negocioId: string; dispositivoId: string },
  coleccion: string,
  tabla: TablaEditable,
  filas: Fila[],
  ahora: number,
): Promise<Mesa> {
  const ids = [...new Set(filas.map((fila) => fila.nuevo.id))]
  const docs = await tabla.leer(sql, negocioId, ids)
  const conocidas = await sql<Edicion[]>`
    select pk, campo, dispositivo, eff_at_original, eff_at from ediciones
    where negocio_id = ${negocioId} and tabla = ${coleccion} and pk = ${enTextos(sql, ids)}`
  const recortes = new Map<string, number>()
  for (const e of conocidas)
    for (const effAt of [e.effAt, e.effAtOriginal]) recortes.set(claveDeSello(e.pk, e.campo, [effAt, e.dispositivo]), e.effAt)
  const porId = new Map(docs.map((doc) => [String(doc.id), doc]))
  return { ahora, dispositivoId, docs: porId, tocados: new Set(), recortes, ediciones: [], perdidas: [] }
}

function recibirFila(mesa: Mesa, { nuevo, asumido }: Fila): void {
  const actual = mesa.docs.get(nuevo.id)
  const { recortado, frescos } = recortarAlPrimerRecibo(mesa, nuevo, actual)
  const fusionado = actual ? fusionar(actual, recortado) : recortado
  if (actual)
    for (const perdida of perdidas(asumido, actual, recortado, fusionado))
      if (esFresca(perdida, frescos)) mesa.perdidas.push({ pk: nuevo.id, perdida })
  if (actual && textoCanonico(actual) === textoCanonico(fusionado)) return
  mesa.docs.set(nuevo.id, fusionado)
  mesa.tocados.add(nuevo.id)
}

/** PS2. Each stamp takes the clamp of its first receipt, which may be now. Gives the fields that were never received before. */
function recortarAlPrimerRecibo(mesa: Mesa, nuevo: Fila['nuevo'], actual: Doc | undefined) {
  const sellos: Record<string, Sello> = {}
  const frescos = new Set<string>()
  for (const campo of camposDe(nuevo)) {
    if (!Object.hasOwn(nuevo.sellos, campo)) continue
    const sello = selloDe(nuevo, campo)
    const [original, dispositivo] = sello
    const clave = claveDeSello(nuevo.id, campo, sello)
    const previo = mesa.recortes.get(clave)
    const effAt = previo ?? Math.min(original, mesa.ahora)
    sellos[campo] = [effAt, dispositivo]
    if (previo !== undefined || (actual && claveDeSello(nuevo.id, campo, selloDe(actual, campo)) === clave)) continue
    // A resent row still shows what another had written before it was superseded: no edit of this device, and no loss of its own.
    if (actual && dispositivo !== mesa.dispositivoId) continue
    frescos.add(campo)
    mesa.recortes.set(clave, effAt)
    mesa.recortes.set(claveDeSello(nuevo.id, campo, [effAt, dispositivo]), effAt)
    mesa.ediciones.push({ pk: nuevo.id, campo, dispositivo, effAtOriginal: original, effAt, valor: nuevo[campo] ?? null })
  }
  return { recortado: { ...nuevo, sellos }, frescos }
}

/** A loss is new when one of its two sides is: the edit that arrived, for its own field or for the deletion it met. */
const esFresca = (perdida: Perdida, frescos: ReadonlySet<string>): boolean =>
  perdida.codigo === 'borrado_con_edicion' ? frescos.size > 0 : frescos.has(perdida.campo)

async function guardarMesa(sql: Tx, negocioId: string, coleccion: string, tabla: TablaEditable, mesa: Mesa): Promise<Cambio[]> {
  const docs = [...mesa.tocados].map((id) => mesa.docs.get(id) as Doc)
  await tabla.guardar(sql, negocioId, docs, mesa.ahora)
  await guardarFilas(
    sql,
    {
      tabla: 'ediciones',
      llave: ['negocio_id', 'tabla', 'pk', 'campo', 'dispositivo', 'eff_at_original'],
      columnas: ['negocio_id', 'tabla', 'pk', 'campo', 'dispositivo', 'eff_at_original', 'eff_at', 'valor', 'recibido_at'],
    },
    // Stamps are plain numbers in this table: the names without At keep them from becoming instants.
    mesa.ediciones.map(({ effAt, effAtOriginal, ...e }) => ({
      ...e,
      negocioId,
      tabla: coleccion,
      recibidoAt: mesa.ahora,
      eff_at: effAt,
      eff_at_original: effAtOriginal,
    })),
  )
  const avisos = await guardarAvisos(
    sql,
    negocioId,
    mesa.perdidas.map(({ pk, perdida }) => avisoDe(coleccion, pk, perdida, mesa)),
  )
  return [...docs.map((doc) => ({ coleccion, pk: String(doc.id), antes: null, despues: doc })), ...cambiosDeAvisos(avisos)]
}

/** PS3. One row per loss however often it is noticed: its id names the stamp that lost. */
function avisoDe(coleccion: string, pk: string, perdida: Perdida, mesa: Mesa): Aviso {
  return {
    id: `${coleccion}|${perdida.id}`,
    tipo: 'conflicto',
    regla: perdida.codigo === 'borrado_con_edicion' ? 'R9' : 'R7',
    codigo: perdida.codigo,
    costoCentavos: null,
    puntos: null,
    datos: {
      coleccion,
      documentoId: pk,
      nombre: String(mesa.docs.get(pk)?.nombre ?? ''),
      campo: perdida.campo,
      valor: comoDato(perdida.valor),
      dispositivo: perdida.sello[1],
      effAt: perdida.sello[0],
      valorGanador: comoDato(perdida.valorGanador),
      dispositivoGanador: perdida.selloGanador[1],
      effAtGanador: perdida.selloGanador[0],
    },
    creadoAt: mesa.ahora,
  }
}

const comoDato = (valor: unknown): string | number | boolean | null =>
  typeof valor === 'string' || typeof valor === 'number' || typeof valor === 'boolean' ? valor : valor == null ? null : textoCanonico(valor)
