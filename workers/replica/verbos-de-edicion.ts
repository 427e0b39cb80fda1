/** What a screen of Business Studio may ask about edits and pictures: many at once, those that wait, and to take a refused one back. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { ColeccionPull } from '../../schema/protocol/pull.ts'
import { type Almacen, limpia } from './almacen.ts'
import type { Edits } from './edits.ts'
import { rechazoDeGuardado } from './guardar.ts'
import type { Imagenes } from './imagenes.ts'
import type { Ayuda, Verbos } from './verbos.ts'

interface Partes {
  almacen: () => Almacen
  edits: Edits
  imagenes: Imagenes
  rebajar: (coleccion: ColeccionPull) => Promise<void>
}

export function verbosDeEdicion(
  { abierta, avisar }: Ayuda,
  { almacen, edits, imagenes, rebajar }: Partes,
): Pick<Verbos, 'editarVarios' | 'edicionesPendientes' | 'descartarEdicion' | 'guardarImagen' | 'imagenLocal'> {
  async function nombresDe(documentos: { coleccion: string; docId: string }[]): Promise<Map<string, string>> {
    const nombres = new Map<string, string>()
    for (const coleccion of new Set(documentos.map((d) => d.coleccion))) {
      const ids = documentos.filter((d) => d.coleccion === coleccion).map((d) => d.docId)
      for (const fila of (await almacen().porId(coleccion as ColeccionPull, ids)).values())
        nombres.set(`${coleccion}|${fila.id}`, nombreDe(fila))
    }
    return nombres
  }
  return {
    editarVarios: (cambios) =>
      abierta(async () => {
        if (cambios.some(({ coleccion }) => coleccion === 'diario')) throw new Rechazo('COLECCION_DESCONOCIDA', 'coleccion')
        return { deshacer: await edits.editarVarios(cambios) }
      }, rechazoDeGuardado),
    edicionesPendientes: () =>
      abierta(async () => {
        const filas = [...((await edits.espejo()?.leer())?.values() ?? [])]
        const nombres = await nombresDe(filas)
        const ediciones = filas.map(({ coleccion, docId, campos, desdeAt, codigo }) => ({
          ...{ coleccion, id: docId, nombre: nombres.get(`${coleccion}|${docId}`) ?? '' },
          ...{ campos, desdeAt, codigo },
        }))
        return [...ediciones, ...(await imagenes.pendientes())].sort((a, b) => a.desdeAt - b.desdeAt)
      }),
    descartarEdicion: (coleccion, id) =>
      abierta(async () => {
        if (coleccion === 'diario') throw new Rechazo('COLECCION_DESCONOCIDA', 'coleccion')
        if (coleccion === 'imagenes') await imagenes.descartar(id)
        else {
          await edits.descartar(coleccion, id)
          // What the server says of it today was never kept here: its row is asked for again.
          await rebajar(coleccion)
        }
        avisar()
        return null
      }, rechazoDeGuardado),
    guardarImagen: (archivo) =>
      abierta(async () => {
        const hash = await imagenes.guardar(archivo)
        avisar()
        return { hash }
      }, rechazoDeGuardado),
    imagenLocal: (hash) => abierta(() => imagenes.leer(hash)),
  }
}

/** A cupón has a title; an aviso names the document it is about. */
function nombreDe(fila: Parameters<typeof limpia>[0]): string {
  const { nombre, titulo, datos } = limpia(fila) as { nombre?: unknown; titulo?: unknown; datos?: { nombre?: unknown } }
  return String(nombre ?? titulo ?? datos?.nombre ?? '')
}
