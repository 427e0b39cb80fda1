/**
 * Pull of one collection (PU1-PU4). Pages are applied in bulk, each in one transaction with its checkpoint, while the next one is on its way.
 *
 *     no checkpoint ──page…page──► snapshot whole ──(sweep, if it was a restart)──► log…log ──► at the head
 *          ▲                                                                          │ reiniciar
 *          └──────────────────────────────────────────────────────────────────────────┘
 *
 * Documents of these collections have no local state of their own, except the edits of `ediciones`, which are laid over what arrives.
 */
import {
  type Checkpoint,
  type ColeccionPull,
  type Documento,
  LIMITE_PULL,
  type RespuestaPull,
  respuestaPull,
} from '../../schema/protocol/pull.ts'
import type { CambioEnVivo } from '../../schema/protocol/stream.ts'
import { type Almacen, type Escritura, estaBorrada, type Guardada, limpia } from './almacen.ts'
import { type Fila, llenar } from './esquemas.ts'
import { type Lector, pedir } from './http.ts'
import type { Puertos } from './puertos.ts'
import { escribirPunto, ID_DE_PUNTO, leerConPunto, leerPunto, type Punto, type PuntoGuardado } from './punto.ts'

const LIMITE = LIMITE_PULL
/** A server that says `reiniciar` to a snapshot it has just begun is asked again later, not for ever. */
const REINICIOS = 3
const INTENTOS = 5
/** How far the noted place in the log may stay behind: so many rows are read again after a restart. */
const SIN_ANOTAR = 500

/**
 * What a balance has seen is only known by the verdicts: a page of `clientes` is not applied before the verdicts up to its seq are in
 * (puntos-por-confirmar.ts).
 */
const ANTES: Partial<Record<ColeccionPull, ColeccionPull>> = { clientes: 'veredictos' }

/** For each id with an edit of this device not yet acknowledged: what lays it over a document of the server. */
export type EdicionesDe = (coleccion: ColeccionPull, ids: string[]) => Promise<Map<string, (documento: Fila) => Fila>>
/** After `desde`, up to `seq`. */
export interface TramoEnVivo {
  epoca: string
  desde: number
  seq: number
}
export interface Bajada {
  /** Pulls until the head. @throws FalloDeRed */
  bajar(coleccion: ColeccionPull, token: string): Promise<void>
  /** PU7. The same, and gives those of the others that still have to be pulled: of the rest the server says that nothing changed. @throws FalloDeRed */
  bajarPreguntando(coleccion: ColeccionPull, demas: ColeccionPull[], token: string): Promise<ColeccionPull[]>
  /**
   * LI3. What the live stream brought of one collection. False: it does not follow what is here, and whoever brought it pulls.
   * One at a time, and never during a pull of the same collection.
   */
  aplicarEnVivo(cambio: CambioEnVivo, donde: TramoEnVivo): Promise<boolean>
  /** Nothing of this collection changed between these two seqs of the stream. */
  saltar(coleccion: ColeccionPull, tramo: Pick<TramoEnVivo, 'desde' | 'seq'>): void
  /** Whether everything up to this seq of the stream is in, as far as this run knows. */
  alDia(coleccion: ColeccionPull, seq: number): boolean
  /** The next pull begins with the snapshot: a document here is no longer what the server said. */
  olvidar(coleccion: ColeccionPull): Promise<void>
}

interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  edicionesDe: EdicionesDe
  /** These documents of the server are here now. */
  alTraer: (coleccion: ColeccionPull, ids: string[]) => Promise<void>
}

export function crearBajada(partes: Partes): Bajada {
  const { puertos } = partes
  /** Ids of a snapshot being swept, by collection; lost with the run. */
  const vistos = new Map<ColeccionPull, Set<string>>()
  const alcanzado = new Map<ColeccionPull, number>()
  /** A pull under way writes its own checkpoint at its end: whoever pulls next is told here. */
  const olvidadas = new Set<ColeccionPull>()

  function pagina(coleccion: ColeccionPull, checkpoint: Checkpoint | null, { token, hermanas }: ComoPedir): Promise<RespuestaPull> {
    const desde = checkpoint ? `&checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}` : ''
    const ademas = hermanas === undefined ? '' : `&hermanas=${hermanas}`
    return pedir(puertos, `/sync/pull/${coleccion}?limite=${LIMITE}${desde}${ademas}`, LECTOR, { token })
  }

  /** `perezoso`: where nothing changes here, as with the echo of what this device pushed, its place in the log is not written either. */
  async function aplicar(coleccion: ColeccionPull, documentos: Documento[], punto: Punto, perezoso = false): Promise<void> {
    for (let intento = 0; ; intento++) {
      const { filas, guardado } = await filasDe(coleccion, documentos)
      if (filas.length === 0 && guardado.fila && (perezoso || mismoPunto(guardado, punto))) break
      const chocaron = await partes.almacen().escribir(coleccion, [...filas, escribirPunto(guardado, punto)])
      if (chocaron.length === 0) break
      if (intento >= INTENTOS) throw new Error(`pull of ${coleccion} keeps colliding with another writer`)
    }
    const vivos = documentos.filter(({ _deleted }) => !_deleted)
    if (vivos.length > 0)
      await partes.alTraer(
        coleccion,
        vivos.map(({ id }) => id),
      )
  }

  async function filasDe(coleccion: ColeccionPull, documentos: Documento[]): Promise<{ filas: Escritura[]; guardado: PuntoGuardado }> {
    const ultimos = new Map(documentos.map((documento) => [documento.id, documento]))
    const ids = [...ultimos.keys()]
    const { filas: locales, punto: guardado } = await leerConPunto(partes.almacen(), coleccion, ids)
    // After the documents: whoever edits writes the edit first, so a document seen with an edit never comes without it.
    const ediciones = await partes.edicionesDe(coleccion, ids)
    const filas: Escritura[] = []
    for (const recibido of ultimos.values()) {
      const previa = locales.get(recibido.id)
      const edicion = ediciones.get(recibido.id)
      if (recibido._deleted) {
        if (previa && !estaBorrada(previa) && !edicion) filas.push({ previa, nueva: limpia(previa), borrar: true })
        continue
      }
      const documento = sinMarca(recibido)
      const nueva = edicion ? edicion(documento) : documento
      if (!previa || !mismaFila(previa, llenar(coleccion, nueva))) filas.push({ previa, nueva })
    }
    return { filas, guardado }
  }

  /** PU4. What is here and was not in the whole snapshot is gone there, unless somebody edits it here. */
  async function barrer(coleccion: ColeccionPull, enInstantanea: Set<string>): Promise<void> {
    const locales = await partes.almacen().buscar(coleccion, {}, ['id'])
    const sobran = locales.filter(({ id }) => id !== ID_DE_PUNTO && !enInstantanea.has(id))
    const ediciones = await partes.edicionesDe(
      coleccion,
      sobran.map(({ id }) => id),
    )
    const filas = sobran.filter(({ id }) => !ediciones.has(id))
    await partes.almacen().escribir(
      coleccion,
      filas.map((fila) => ({ previa: fila, nueva: limpia(fila), borrar: true })),
    )
    await partes.almacen().limpiar(coleccion)
  }

  /** Gives the answer that reached the head. */
  async function bajar(coleccion: ColeccionPull, como: ComoPedir): Promise<RespuestaPull> {
    let { checkpoint, barriendo }: Punto = await leerPunto(partes.almacen(), coleccion)
    if (olvidadas.delete(coleccion)) checkpoint = null
    if (barriendo && !vistos.has(coleccion)) {
      vistos.set(coleccion, new Set())
      checkpoint = null
    }
    let enCamino: Promise<RespuestaPull> | null = null
    for (let reinicios = 0; ; ) {
      const enInstantanea = checkpoint === null || checkpoint.pagina !== undefined
      const respuesta: RespuestaPull = await (enCamino ?? pagina(coleccion, checkpoint, como))
      enCamino = null
      if (respuesta.reiniciar) {
        if (++reinicios > REINICIOS) throw new Error(`the server keeps restarting ${coleccion}`)
        barriendo = true
        checkpoint = null
        alcanzado.delete(coleccion) // it was a place in another log
        vistos.set(coleccion, new Set())
        await aplicar(coleccion, [], { checkpoint, barriendo })
        continue
      }
      if (respuesta.hayMas) {
        enCamino = pagina(coleccion, respuesta.checkpoint, como)
        enCamino.catch(() => {}) // awaited in its turn, or not at all where this page cannot be stored
      }
      await bajarAntes(coleccion, respuesta.checkpoint.seq, como.token)
      const entera = enInstantanea && respuesta.checkpoint.pagina === undefined
      const ids = vistos.get(coleccion)
      if (enInstantanea) for (const { id } of respuesta.documents) ids?.add(id)
      // The note keeps `barriendo` until the sweep is done: a cut between the two begins the snapshot again.
      await aplicar(coleccion, respuesta.documents, { checkpoint: respuesta.checkpoint, barriendo })
      checkpoint = respuesta.checkpoint
      if (entera && barriendo) {
        await barrer(coleccion, ids ?? new Set())
        barriendo = false
        vistos.delete(coleccion)
        await aplicar(coleccion, [], { checkpoint, barriendo })
      }
      if (respuesta.hayMas) continue
      alcanzado.set(coleccion, checkpoint.seq)
      return respuesta
    }
  }
  async function bajarAntes(coleccion: ColeccionPull, seq: number, token: string): Promise<void> {
    const antes = ANTES[coleccion]
    if (!antes || !partes.almacen().tiene(antes)) return
    const { checkpoint } = await leerPunto(partes.almacen(), antes)
    if (checkpoint === null || checkpoint.pagina !== undefined || checkpoint.seq < seq) await bajar(antes, { token })
  }

  /** How far each of these is, by what is noted in the store; those that begin, or begin again, are left out. */
  async function lugaresDe(colecciones: ColeccionPull[]): Promise<Map<ColeccionPull, Lugar>> {
    const lugares = new Map<ColeccionPull, Lugar>()
    for (const coleccion of colecciones) {
      const { checkpoint, barriendo } = await leerPunto(partes.almacen(), coleccion)
      if (!checkpoint || checkpoint.pagina !== undefined || barriendo || olvidadas.has(coleccion)) continue
      lugares.set(coleccion, { checkpoint, seq: Math.max(checkpoint.seq, alcanzado.get(coleccion) ?? -1) })
    }
    return lugares
  }
  async function bajarPreguntando(coleccion: ColeccionPull, demas: ColeccionPull[], token: string): Promise<ColeccionPull[]> {
    const lugares = await lugaresDe(demas)
    const seqs = [...lugares.values()].map(({ seq }) => seq)
    const respuesta = await bajar(coleccion, { token, ...(seqs.length > 0 && { hermanas: Math.min(...seqs) }) })
    return demas.filter((nombre) => {
      const [lugar, dicha] = [lugares.get(nombre), respuesta.hermanas?.[nombre]]
      const quieta = lugar && dicha && sigueIgual(lugar, dicha, respuesta.checkpoint) && !olvidadas.has(nombre)
      if (quieta) alcanzado.set(nombre, Math.max(lugar.seq, respuesta.checkpoint.seq))
      return !quieta
    })
  }

  async function aplicarEnVivo(
    { coleccion: nombre, rebanada, documents }: CambioEnVivo,
    { epoca, desde, seq }: TramoEnVivo,
  ): Promise<boolean> {
    const coleccion = nombre as ColeccionPull
    const aqui = alcanzado.get(coleccion) ?? -1
    if (aqui >= seq) return true
    if (aqui < desde || olvidadas.has(coleccion)) return false
    const antes = ANTES[coleccion]
    if (antes && partes.almacen().tiene(antes) && (alcanzado.get(antes) ?? -1) < seq) return false
    const { checkpoint, barriendo } = await leerPunto(partes.almacen(), coleccion)
    const sigue = checkpoint?.epoca === epoca && checkpoint.rebanada === rebanada && checkpoint.pagina === undefined
    if (!sigue || barriendo || checkpoint.seq > aqui) return false
    await aplicar(coleccion, documents, { checkpoint: { ...checkpoint, seq }, barriendo }, seq - checkpoint.seq < SIN_ANOTAR)
    alcanzado.set(coleccion, seq)
    return true
  }

  return {
    bajar: async (coleccion, token) => void (await bajar(coleccion, { token })),
    bajarPreguntando,
    aplicarEnVivo,
    saltar(coleccion, { desde, seq }) {
      const aqui = alcanzado.get(coleccion) ?? -1
      if (aqui >= desde && aqui < seq) alcanzado.set(coleccion, seq)
    },
    alDia: (coleccion, seq) => (alcanzado.get(coleccion) ?? -1) >= seq,
    async olvidar(coleccion) {
      olvidadas.add(coleccion)
      const guardado = await leerPunto(partes.almacen(), coleccion)
      await partes.almacen().escribir(coleccion, [escribirPunto(guardado, { checkpoint: null, barriendo: guardado.barriendo })])
    },
  }
}

interface ComoPedir {
  token: string
  /** PU7. */
  hermanas?: number
}
interface Lugar {
  checkpoint: Checkpoint
  /** What is in, also where the noted place is behind. */
  seq: number
}

/** PU7. Nothing changed in its slice since. One whose noted place is far behind is pulled all the same, so that the log never leaves it there. */
const sigueIgual = ({ checkpoint, seq }: Lugar, dicha: { rebanada: string; cambio: number }, cabeza: Checkpoint) =>
  checkpoint.epoca === cabeza.epoca &&
  checkpoint.rebanada === dicha.rebanada &&
  seq >= dicha.cambio &&
  cabeza.seq - checkpoint.seq < SIN_ANOTAR

const sinDocumentos = respuestaPull.omit({ documents: true })
/** `respuestaPull` without a copy of each of a thousand documents. */
const LECTOR: Lector<RespuestaPull> = {
  parse(valor) {
    const { documents } = valor as RespuestaPull
    if (!Array.isArray(documents) || !documents.every(esDocumento)) throw new TypeError('a list of documents was expected')
    return { ...sinDocumentos.parse(valor), documents }
  },
}
function esDocumento(valor: unknown): valor is Documento {
  if (typeof valor !== 'object' || valor === null) return false
  const { id, _deleted } = valor as Partial<Documento>
  return typeof id === 'string' && (_deleted === undefined || typeof _deleted === 'boolean')
}
function sinMarca(recibido: Documento): Fila {
  if (!('_deleted' in recibido)) return recibido
  const { _deleted, ...documento } = recibido
  return documento
}

const mismoPunto = (a: Punto, b: Punto) => a.barriendo === b.barriendo && igual(a.checkpoint, b.checkpoint)

/** Whether the store already holds exactly this, so that a repeated row wakes no screen. */
function mismaFila(previa: Guardada | undefined, nueva: Fila): boolean {
  if (!previa || estaBorrada(previa)) return false
  return igual(limpia(previa), nueva)
}
function igual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false
  const claves = Object.keys(a)
  if (claves.length !== Object.keys(b).length) return false
  return claves.every((clave) => igual((a as Record<string, unknown>)[clave], (b as Record<string, unknown>)[clave]))
}
