/**
 * Sends `ediciones` (PS1-PS4, PS7): a collection at a time, in order of key. What the server answers takes the document's place; where it says that
 * nobody else wrote, that is the edit over what it stood on.
 *
 * A request that is too large is sent again in halves. One row alone that the server will not have is marked for whoever edited it (PS4); one that only a proxy will
 * not let pass waits for another line, and the rest goes on.
 *
 * Two requests are on their way at most: while the server merges one, the next is read and written out, and the one before is settled here.
 */
import { type Codigo, esCodigo } from '../../schema/core/codigos.ts'
import { type Doc, loEsperado } from '../../schema/merge/campos.ts'
import type { ColeccionPull, Documento } from '../../schema/protocol/pull.ts'
import { type RespuestaPush, respuestaPush } from '../../schema/protocol/push.ts'
import { type Almacen, type Escritura, estaBorrada, type Guardada, limpia } from './almacen.ts'
import type { crearCola } from './cola.ts'
import { type Edicion, formaDe, porEnviarDe } from './edicion.ts'
import type { Fila } from './esquemas.ts'
import { esExcedido, FalloDeRed, loDiceElServidor, pedir } from './http.ts'
import type { Puertos } from './puertos.ts'

const FILAS = 300
/** Of one request, in UTF-16 units: at three bytes each it stays below the server's 2 MB. */
const LETRAS = 500_000
const INTENTOS = 5
const EN_CAMINO = 2

interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  enCola: ReturnType<typeof crearCola>
  /** Lays these edits over their documents. */
  sobreponer: (claves: string[]) => Promise<void>
}
interface Enviada {
  fila: Guardada
  nuevo: Documento
  asumido: Documento | null
}

interface Rechazada {
  fila: Guardada
  codigo: Codigo
  campo: string
}

/** Gives what pushes everything pending. @throws FalloDeRed */
export function crearSubidaDeEdiciones({ puertos, almacen, enCola, sobreponer }: Partes): (token: string) => Promise<void> {
  /** What can be sent of these rows; the others are marked. */
  async function preparar(coleccion: ColeccionPull, filas: Guardada[]): Promise<Map<string, Enviada>> {
    const locales = await almacen().porId(
      coleccion,
      filas.map((fila) => String(fila.docId)),
    )
    const enviadas = new Map<string, Enviada>()
    const malas: Rechazada[] = []
    for (const fila of filas) {
      const local = locales.get(String(fila.docId))
      const nuevo = formaDe(coleccion)?.schema.safeParse(
        porEnviarDe(fila as unknown as Edicion, local && !estaBorrada(local) ? local : undefined),
      )
      const asumido = (fila.asumido ?? null) as Documento | null
      if (nuevo?.success) enviadas.set(String(fila.docId), { fila, nuevo: nuevo.data as Documento, asumido })
      else malas.push({ fila, codigo: 'EDICION_INVALIDA', campo: String(nuevo?.error.issues[0]?.path[0] ?? '') })
    }
    await marcar(malas)
    return enviadas
  }

  async function enviar(coleccion: ColeccionPull, enviadas: Map<string, Enviada>, token: string): Promise<void> {
    const respuesta = await empujar(coleccion, enviadas, token).catch((error) => partir(coleccion, enviadas, token, error))
    if (respuesta === 'en_partes') return
    if (!respuesta) return marcar([...enviadas.values()].map(({ fila }) => ({ fila, codigo: 'COLECCION_DESCONOCIDA', campo: '' })))
    const documentos = documentosDe(respuesta, enviadas)
    const malas: Rechazada[] = []
    for (const { id, code, campo } of respuesta.rechazadas) {
      const enviada = enviadas.get(id)
      if (enviada) malas.push({ fila: enviada.fila, codigo: esCodigo(code) ? code : 'EDICION_INVALIDA', campo: campo ?? '' })
      enviadas.delete(id)
    }
    await marcar(malas)
    await enCola(() => asentar(coleccion, documentos, enviadas))
  }

  /** @throws what is something else; and, after everything else was sent, CUERPO_EXCEDIDO of what did not pass */
  async function partir(coleccion: ColeccionPull, enviadas: Map<string, Enviada>, token: string, error: unknown): Promise<'en_partes'> {
    if (!esExcedido(error)) throw error
    const todas = [...enviadas]
    const mitad = Math.ceil(todas.length / 2)
    if (mitad === todas.length) {
      if (!loDiceElServidor(error)) throw new FalloDeRed('CUERPO_EXCEDIDO', error.status)
      await marcar(todas.map(([, { fila }]) => ({ fila, codigo: error.codigo, campo: '' })))
      return 'en_partes'
    }
    let excedida: unknown
    for (const parte of [todas.slice(0, mitad), todas.slice(mitad)]) {
      await enviar(coleccion, new Map(parte), token).catch((otro: unknown) => {
        if (!esExcedido(otro)) throw otro
        excedida ??= otro
      })
    }
    if (excedida) throw excedida
    return 'en_partes'
  }

  /** Null: this server does not know the collection; that must not keep everything else here. */
  async function empujar(coleccion: ColeccionPull, enviadas: Map<string, Enviada>, token: string): Promise<RespuestaPush | null> {
    const cuerpo = { filas: [...enviadas.values()].map(({ nuevo, asumido }) => ({ nuevo, asumido })), breve: true }
    try {
      return await pedir(puertos, `/sync/push/${coleccion}`, respuestaPush, { metodo: 'POST', cuerpo, token })
    } catch (error) {
      if (error instanceof FalloDeRed && error.codigo === 'COLECCION_DESCONOCIDA') return null
      throw error
    }
  }

  /** What the server holds takes the documents' place; a row goes if nobody edited since it was sent, else what it says is laid over again. */
  async function asentar(coleccion: ColeccionPull, documentos: Documento[], enviadas: Map<string, Enviada>): Promise<void> {
    const porId = new Map(documentos.filter(({ id }) => enviadas.has(id)).map((documento) => [documento.id, documento]))
    const claves = [...porId.keys()].map((id) => (enviadas.get(id) as Enviada).fila.id)
    const actuales = await almacen().porId('ediciones', claves)
    for (let intento = 0, faltan = [...porId.keys()]; faltan.length > 0 && intento < INTENTOS; intento++) {
      const previas = await almacen().porId(coleccion, faltan)
      const filas = faltan.map((id) => delServidor(coleccion, porId.get(id) as Documento, previas.get(id)))
      faltan = await almacen().escribir(coleccion, filas)
    }
    const otras = new Set<string>()
    const entregadas: Escritura[] = []
    for (const { fila } of [...porId.keys()].map((id) => enviadas.get(id) as Enviada)) {
      const actual = actuales.get(fila.id)
      if (!actual || estaBorrada(actual)) continue
      if (actual._rev === fila._rev) entregadas.push({ previa: actual, nueva: limpia(actual), borrar: true })
      else otras.add(fila.id)
    }
    for (const clave of await almacen().escribir('ediciones', entregadas)) otras.add(clave)
    if (otras.size > 0) await sobreponer([...otras])
  }

  async function marcar(malas: Rechazada[]): Promise<void> {
    if (malas.length === 0) return
    await enCola(() =>
      almacen().escribir(
        'ediciones',
        malas.map(({ fila, codigo, campo }) => ({ previa: fila, nueva: { ...limpia(fila), estado: 'rechazada', codigo, campo } })),
      ),
    )
  }

  return async (token) => {
    if (!almacen().tiene('ediciones')) return
    const enCamino: Promise<void>[] = []
    let excedida: FalloDeRed | null = null
    const salvoExcedida = (error: unknown) => {
      if (!esExcedido(error)) throw error
      excedida ??= error
    }
    try {
      for (let ultima = ''; ; ) {
        const filas = await almacen().buscar('ediciones', { id: { $gt: ultima }, estado: 'pendiente' }, ['id'], FILAS)
        const coleccion = filas[0]?.coleccion as ColeccionPull | undefined
        if (!coleccion) break
        const suyas = lasQueCaben(filas.filter((fila) => fila.coleccion === coleccion))
        ultima = suyas.at(-1)?.id ?? ''
        const enviadas = await preparar(coleccion, suyas)
        if (enCamino.length >= EN_CAMINO) await enCamino.shift()
        if (enviadas.size > 0) enCamino.push(enviar(coleccion, enviadas, token).catch(salvoExcedida))
        enCamino.at(-1)?.catch(() => {}) // told when it is waited for
      }
      await Promise.all(enCamino)
    } finally {
      await Promise.allSettled(enCamino)
    }
    if (excedida) throw excedida
  }
}

/** PS7. The server's document of each row it took. @throws FalloDeRed INTERNAL when rows are missing from the answer */
function documentosDe({ documentos, rechazadas, iguales }: RespuestaPush, enviadas: ReadonlyMap<string, Enviada>): Documento[] {
  if (iguales === undefined) return documentos
  const dichas = new Set([...documentos, ...rechazadas].map(({ id }) => id))
  const otras = [...enviadas].filter(([id]) => !dichas.has(id))
  if (otras.length !== iguales) throw new FalloDeRed('INTERNAL', 200)
  const esperado = ({ nuevo, asumido }: Enviada) => loEsperado(asumido as Doc | null, nuevo as unknown as Doc) as unknown as Documento
  return [...documentos, ...otras.map(([, enviada]) => esperado(enviada))]
}

/** At least one. */
function lasQueCaben(filas: Guardada[]): Guardada[] {
  let letras = 0
  const sobra = filas.findIndex((fila) => {
    letras += String(fila.texto).length + 2 * JSON.stringify(fila.asumido).length // the document travels as it was and as it is
    return letras > LETRAS
  })
  return sobra < 0 ? filas : filas.slice(0, Math.max(1, sobra))
}

function delServidor(coleccion: ColeccionPull, { _deleted, ...documento }: Documento, previa: Guardada | undefined): Escritura {
  const resto = formaDe(coleccion)?.parcial && previa && !estaBorrada(previa) ? limpia(previa) : {}
  return { previa, nueva: { ...resto, ...documento } as Fila }
}
