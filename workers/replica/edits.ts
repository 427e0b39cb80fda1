/**
 * Edits of editables (R7, R8, R9) and their own outbox, `ediciones`: one row per document with the fields this device changed and their stamps.
 * RxDB's push is not used: its checkpoint is the device's clock, and a clock set back before a restart makes it drop edits silently.
 *
 *     editar: ediciones (committed, read back) ──► the document shows it ──► push, at least once ──► the server's document replaces it ──► row removed
 *
 * A row is removed only if it is still the one that was sent. What the server rejects stays, marked, until it is edited again.
 */
import type { z } from 'zod'
import { textoCanonico } from '../../schema/core/canonico.ts'
import { type Codigo, esCodigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { articulos } from '../../schema/domain/articulos/articulo.ts'
import { compararSellos, type Doc, type Sello, sellar, selloDe } from '../../schema/merge/campos.ts'
import type { ColeccionPull, Documento } from '../../schema/protocol/pull.ts'
import { respuestaPush } from '../../schema/protocol/push.ts'
import { type Almacen, estaBorrada, type Guardada, limpia } from './almacen.ts'
import type { EdicionesDe } from './bajada.ts'
import { crearCola } from './cola.ts'
import type { Fila } from './esquemas.ts'
import { guardarYLeer } from './guardar.ts'
import { pedir } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'

const FILAS = 200
const INTENTOS = 10
/** What a new document has where its maker said nothing. */
const NUEVOS: Partial<Record<ColeccionPull, Record<string, unknown>>> = {
  articulos: { descripcion: '', categoria: '', tipo: 'producto', visible: true, destacado: false, desde: false, agotado: false },
}
const EDITABLES: Partial<Record<ColeccionPull, { schema: z.ZodObject }>> = { articulos }

interface Edicion extends Fila {
  coleccion: string
  docId: string
  estado: 'pendiente' | 'rechazada'
  /** Canonical text of { campos, sellos }: what is read back from disk. */
  texto: string
  /** The server's document when the first of these edits was made; null for a new one. It serves only to notice a loss. */
  asumido: unknown
  codigo: string
}
/** An edit that no server took from a device that was revoked: what somebody typed here, for a person to enter again. */
export interface EdicionApartada {
  negocioId: string
  coleccion: string
  id: string
  campos: Record<string, unknown>
  sellos: Record<string, Sello>
}
const NOTA_DE_APARTADAS = 'edicionesSinEntregar'
type Cambio = { campos: Record<string, unknown>; sellos: Record<string, Sello> }

export interface Edits {
  /** @throws Rechazo COLECCION_DESCONOCIDA, SIN_PERMISO, EDICION_INVALIDA, DISCO_LLENO, GUARDADO_FALLIDO */
  editar(coleccion: ColeccionPull, id: string, cambios: Record<string, unknown>): Promise<Fila>
  edicionesDe: EdicionesDe
  /** Pushes what is pending. @throws FalloDeRed */
  subir(token: string): Promise<void>
  contar(estado: Edicion['estado']): Promise<number>
  /** Rejected edits: collection, document and the code a person must see. */
  rechazadas(): Promise<{ coleccion: string; id: string; codigo: Codigo }[]>
  /** Copies what was not taken out of the database that a revoked device is about to erase (decision 0014). Again adds nothing twice. */
  apartar(): Promise<void>
  apartadas(): Promise<EdicionApartada[]>
  /** A person has them elsewhere, or does not want them. */
  descartarApartadas(): Promise<void>
}

export function crearEdits(partes: { puertos: Puertos; almacen: () => Almacen; identidad: Identidad; reloj: RelojLocal }): Edits {
  const { puertos, identidad, reloj } = partes
  const enCola = crearCola()
  let apartadas: EdicionApartada[] | null = null

  async function leerApartadas(): Promise<EdicionApartada[]> {
    apartadas ??= (await puertos.notas.leer<EdicionApartada[]>(NOTA_DE_APARTADAS)) ?? []
    return apartadas
  }
  async function apartar(): Promise<void> {
    const alta = identidad.alta()
    if (!alta || !partes.almacen().tiene('ediciones')) return
    const filas = (await partes.almacen().buscar('ediciones', {}, ['id'])) as unknown as Edicion[]
    const nuevas = filas.map((e) => ({ negocioId: alta.negocioId, coleccion: e.coleccion, id: e.docId, ...leerCambio(e) }))
    const porLlave = new Map([...(await leerApartadas()), ...nuevas].map((e) => [`${e.negocioId}|${llave(e.coleccion, e.id)}`, e]))
    const todas = [...porLlave.values()]
    if (todas.length > 0) await puertos.notas.escribir(NOTA_DE_APARTADAS, todas)
    apartadas = todas
  }

  async function editarAhora(coleccion: ColeccionPull, id: string, cambios: Record<string, unknown>): Promise<Fila> {
    const alta = identidad.alta()
    const editable = EDITABLES[coleccion]
    if (!alta) throw new Rechazo('REPLICA_SIN_ALTA')
    if (!editable) throw new Rechazo('COLECCION_DESCONOCIDA')
    if (alta.tipo !== 'studio' || !partes.almacen().tiene('ediciones')) throw new Rechazo('SIN_PERMISO')
    for (let intento = 0; intento < INTENTOS; intento++) {
      const almacen = partes.almacen()
      const local = vivo((await almacen.porId(coleccion, [id])).get(id))
      const previa = (await almacen.porId('ediciones', [llave(coleccion, id)])).get(llave(coleccion, id))
      const pendiente = vivo(previa) as Edicion | undefined
      const base = local && (pendiente ? (cambioDe(pendiente)(local) as unknown as Doc) : (local as unknown as Doc))
      const vista = base ?? ({ id, borrado: false, sellos: {} } as unknown as Doc)
      const editado = sellar(vista, { ...(base ? {} : NUEVOS[coleccion]), ...cambios }, Math.floor(reloj.ahora()), alta.dispositivoId)
      const valido = editable.schema.safeParse(editado)
      if (!valido.success) throw new Rechazo('EDICION_INVALIDA', String(valido.error.issues[0]?.path[0] ?? ''))
      const cambio = unir(pendiente ? leerCambio(pendiente) : { campos: {}, sellos: {} }, vista, editado)
      if (Object.keys(cambio.campos).length === 0) return editado as unknown as Fila
      const asumido = pendiente ? pendiente.asumido : (local ?? null)
      const nueva: Edicion = {
        id: llave(coleccion, id),
        coleccion,
        docId: id,
        estado: 'pendiente',
        texto: textoCanonico(cambio),
        asumido,
        codigo: '',
      }
      if ((await guardarYLeer(puertos, almacen, 'ediciones', { nueva, previa }, 'texto')) === 'ocupado') continue
      await mostrar(coleccion, id, editado as unknown as Fila)
      return editado as unknown as Fila
    }
    throw new Rechazo('GUARDADO_FALLIDO')
  }

  /** The edit is safe in its row already; a document that could not be written now is laid over again by the next pull or push. */
  async function mostrar(coleccion: ColeccionPull, id: string, documento: Fila): Promise<void> {
    try {
      const previa = (await partes.almacen().porId(coleccion, [id])).get(id)
      await partes.almacen().escribir(coleccion, [{ previa, nueva: documento }])
    } catch {
      // see above
    }
  }

  const edicionesDe: EdicionesDe = async (coleccion, ids) => {
    const sobre = new Map<string, (documento: Fila) => Fila>()
    if (!EDITABLES[coleccion] || !partes.almacen().tiene('ediciones')) return sobre
    const filas = await partes.almacen().porId(
      'ediciones',
      ids.map((id) => llave(coleccion, id)),
    )
    for (const fila of filas.values())
      if (!estaBorrada(fila)) sobre.set((fila as unknown as Edicion).docId, cambioDe(fila as unknown as Edicion))
    return sobre
  }

  /** What the server holds takes the document's place; the row goes if nobody edited since it was sent. */
  async function asentar(coleccion: ColeccionPull, documento: Documento, enviada: Guardada): Promise<void> {
    const almacen = partes.almacen()
    const actual = vivo((await almacen.porId('ediciones', [enviada.id])).get(enviada.id))
    const otra = actual && actual._rev !== enviada._rev
    const { _deleted, ...fila } = documento
    const previa = (await almacen.porId(coleccion, [documento.id])).get(documento.id)
    await almacen.escribir(coleccion, [{ previa, nueva: otra ? cambioDe(actual as unknown as Edicion)(fila) : fila }])
    if (actual && !otra) await almacen.escribir('ediciones', [{ previa: actual, nueva: limpia(actual), borrar: true }])
  }

  async function marcar(enviada: Guardada, codigo: Codigo): Promise<void> {
    await partes.almacen().escribir('ediciones', [{ previa: enviada, nueva: { ...limpia(enviada), estado: 'rechazada', codigo } }])
  }

  async function subirColeccion(coleccion: ColeccionPull, filas: Guardada[], token: string): Promise<void> {
    const porEnviar = new Map<string, { fila: Guardada; nuevo: Documento }>()
    const locales = await partes.almacen().porId(
      coleccion,
      filas.map((fila) => String(fila.docId)),
    )
    for (const fila of filas) {
      const edicion = fila as unknown as Edicion
      const nuevo = EDITABLES[coleccion]?.schema.safeParse(porEnviarDe(edicion, vivo(locales.get(edicion.docId))))
      if (nuevo?.success) porEnviar.set(edicion.docId, { fila, nuevo: nuevo.data as Documento })
      else await enCola(() => marcar(fila, 'EDICION_INVALIDA'))
    }
    if (porEnviar.size === 0) return
    const cuerpo = { filas: [...porEnviar.values()].map(({ fila, nuevo }) => ({ nuevo, asumido: fila.asumido ?? null })) }
    const { documentos, rechazadas } = await pedir(puertos, `/sync/push/${coleccion}`, respuestaPush, { metodo: 'POST', cuerpo, token })
    for (const { id, code } of rechazadas) {
      const enviada = porEnviar.get(id)
      porEnviar.delete(id)
      if (enviada) await enCola(() => marcar(enviada.fila, esCodigo(code) ? code : 'EDICION_INVALIDA'))
    }
    for (const documento of documentos) {
      const enviada = porEnviar.get(documento.id)
      if (enviada) await enCola(() => asentar(coleccion, documento, enviada.fila))
    }
  }

  return {
    editar: (coleccion, id, cambios) => enCola(() => editarAhora(coleccion, id, cambios)),
    edicionesDe,
    async subir(token) {
      if (!partes.almacen().tiene('ediciones')) return
      for (let ultima = ''; ; ) {
        const filas = await partes.almacen().buscar('ediciones', { id: { $gt: ultima }, estado: 'pendiente' }, ['id'], FILAS)
        const primera = filas[0]
        if (!primera) return
        const coleccion = primera.coleccion as ColeccionPull
        const suyas = filas.filter((fila) => fila.coleccion === coleccion)
        ultima = suyas.at(-1)?.id ?? ''
        await subirColeccion(coleccion, suyas, token)
      }
    },
    async contar(estado) {
      if (!partes.almacen().tiene('ediciones')) return 0
      return partes.almacen().contar('ediciones', { estado })
    },
    async rechazadas() {
      if (!partes.almacen().tiene('ediciones')) return []
      const filas = (await partes.almacen().buscar('ediciones', { estado: 'rechazada' }, ['id'])) as unknown as Edicion[]
      return filas.map(({ coleccion, docId, codigo }) => ({ coleccion, id: docId, codigo: esCodigo(codigo) ? codigo : 'EDICION_INVALIDA' }))
    },
    apartar: () => enCola(apartar),
    apartadas: leerApartadas,
    async descartarApartadas() {
      await puertos.notas.borrar(NOTA_DE_APARTADAS)
      apartadas = []
    },
  }
}

const llave = (coleccion: string, id: string) => `${coleccion}|${id}`
const vivo = (fila: Guardada | undefined): Guardada | undefined => (fila && !estaBorrada(fila) ? fila : undefined)
const leerCambio = (edicion: Edicion): Cambio => JSON.parse(edicion.texto) as Cambio

/**
 * What is sent: the whole document, with this device's own edits and their stamps only. Stamps of others would look like edits of theirs that come
 * late, and fields without a stamp never beat anything.
 */
function porEnviarDe(edicion: Edicion, local: Guardada | undefined): unknown {
  const { campos, sellos } = leerCambio(edicion)
  return { borrado: false, ...(local ? limpia(local) : {}), id: edicion.docId, ...campos, sellos }
}

/** Lays the edited fields over a document, each only where its stamp is the larger one: the merge, when one side is a part. */
function cambioDe(edicion: Edicion): (documento: Fila) => Fila {
  const { campos, sellos } = leerCambio(edicion)
  return (documento) => {
    const base = limpia(documento as Guardada) as unknown as Doc
    const ganan = Object.keys(campos).filter((campo) => compararSellos(sellos[campo] ?? [0, ''], selloDe(base, campo)) >= 0)
    return { ...base, ...elegir(campos, ganan), sellos: { ...base.sellos, ...elegir(sellos, ganan) } } as unknown as Fila
  }
}
const elegir = <T>(de: Record<string, T>, campos: string[]) => Object.fromEntries(campos.map((campo) => [campo, de[campo] as T]))

/** The fields that got a stamp in this edit, added to those that wait. */
function unir(antes: Cambio, vista: Doc, editado: Doc): Cambio {
  const campos = { ...antes.campos }
  const sellos = { ...antes.sellos }
  for (const [campo, sello] of Object.entries(editado.sellos)) {
    const previo = selloDe(vista, campo)
    if (sello[0] === previo[0] && sello[1] === previo[1]) continue
    campos[campo] = editado[campo]
    sellos[campo] = sello
  }
  return { campos, sellos }
}
