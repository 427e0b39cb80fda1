/**
 * Edits of editables (R7, R8, R9) and their own outbox, `ediciones`: one row per document with the fields this device changed and their stamps.
 * RxDB's push is not used: its checkpoint is the device's clock, and a clock set back before a restart makes it drop edits silently.
 *
 *     editar: ediciones (committed, read back) ──► the document shows it ──► push, at least once ──► the server's document replaces it ──► row removed
 *
 * Edits of many documents are one write of `ediciones`, hence one transaction: all or none. The documents follow; a device that dies between the two
 * shows them at its next start (`reponer`). A row is removed only if it is still the one that was sent. What the server rejects stays, marked, until it
 * is edited again or taken back.
 */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { type Codigo, esCodigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { ColeccionPull } from '../../schema/protocol/pull.ts'
import { type Almacen, type Escritura, estaBorrada, type Guardada, limpia } from './almacen.ts'
import { type Apartadas, crearApartadas } from './apartadas.ts'
import type { CambioDeDocumento } from './api.ts'
import type { EdicionesDe } from './bajada.ts'
import { crearCola } from './cola.ts'
import { baseDe, cambioDe, type Edicion, formaDe, leerCambio, llave, type ResumenDeEdicion, sinCambio } from './edicion.ts'
import { crearSubidaDeEdiciones } from './edits-subida.ts'
import { crearEspejo, type Espejo, porAlmacen } from './espejo.ts'
import type { Fila } from './esquemas.ts'
import { guardarVarios } from './guardar.ts'
import type { Identidad } from './identidad.ts'
import { abrirMesa, editarEn, inversoDe, type Mesa } from './mesa-de-edicion.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'

const INTENTOS = 10
/** Documents stamped and checked between two looks at whether to go on. */
const TRAMO = 250
/** More documents than this, and it is asked first whether any edit waits at all. */
const POCOS = 20

/** Of a write of many: called between stretches, before anything is written. It may throw to leave everything as it was. */
export type AlAvanzar = (hechas: number, total: number) => Promise<void>

export interface Edits {
  /** @throws Rechazo COLECCION_DESCONOCIDA, SIN_PERMISO, NO_ENCONTRADO, EDICION_INVALIDA, DISCO_LLENO, GUARDADO_FALLIDO */
  editar(coleccion: ColeccionPull, id: string, cambios: Record<string, unknown>): Promise<Fila>
  /** All of them or none. What it gives undoes it. @throws as `editar`, and whatever `alAvanzar` throws */
  editarVarios(cambios: CambioDeDocumento[], alAvanzar?: AlAvanzar): Promise<CambioDeDocumento[]>
  edicionesDe: EdicionesDe
  /** Lays every edit over its document: what a device that died had committed and not shown yet. */
  reponer(): Promise<void>
  /** Pushes what is pending. @throws FalloDeRed */
  subir(token: string): Promise<void>
  contar(estado: Edicion['estado']): Promise<number>
  /** What no server has taken, by the key of its row; null: this app has no edits. */
  espejo(): Espejo<ResumenDeEdicion> | null
  /**
   * The server has these documents: an edit it had refused because it did not (it was put back to before them, and they came again) is pending again.
   * Whether there was one.
   */
  reintentar(coleccion: ColeccionPull, ids: string[]): Promise<boolean>
  /** Takes back a rejected edit. @throws Rechazo NO_ENCONTRADO */
  descartar(coleccion: ColeccionPull, id: string): Promise<void>
  apartadas: Apartadas
}
interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
}

export type CrearEdits = (partes: Partes) => Edits

export function crearEdits(partes: Partes): Edits {
  const { puertos, identidad, reloj, almacen } = partes
  const enCola = crearCola()
  const apartadas = crearApartadas(puertos, almacen, identidad)
  const espejoDe = porAlmacen(almacen, (base) => (base.tiene('ediciones') ? crearEspejo(base, 'ediciones', resumir) : null))

  function exigirStudio(cambios: CambioDeDocumento[]): string {
    const alta = identidad.alta()
    if (!alta) throw new Rechazo('REPLICA_SIN_ALTA')
    if (cambios.some(({ coleccion }) => !formaDe(coleccion))) throw new Rechazo('COLECCION_DESCONOCIDA')
    if (alta.tipo !== 'studio' || !almacen().tiene('ediciones')) throw new Rechazo('SIN_PERMISO')
    return alta.dispositivoId
  }

  async function editarAhora(cambios: CambioDeDocumento[], alAvanzar?: AlAvanzar): Promise<Mesa[]> {
    const dispositivoId = exigirStudio(cambios)
    const hechas = new Map<string, Mesa>()
    for (let intento = 0, faltan = cambios; intento < INTENTOS; intento++) {
      const mesas = await ponerMesas(faltan)
      const ahora = Math.floor(reloj.ahora())
      // Some of them are written by then: nobody may cancel the rest.
      const sigue = intento === 0 ? alAvanzar : undefined
      for (const [i, { coleccion, id, cambios: campos }] of faltan.entries()) {
        if (sigue && i % TRAMO === 0) await sigue(i, faltan.length)
        editarEn(mesas.get(llave(coleccion, id)) as Mesa, campos, ahora, dispositivoId)
      }
      await sigue?.(faltan.length, faltan.length)
      const ocupadas = await guardarVarios(puertos, almacen(), 'ediciones', escrituras(mesas), 'texto')
      for (const [clave, mesa] of mesas) if (!ocupadas.has(clave)) hechas.set(clave, mesa)
      await mostrar([...mesas.keys()].filter((clave) => !ocupadas.has(clave)))
      // Another tab wrote these rows in the same instant: they are made again over what it wrote.
      faltan = faltan.filter(({ coleccion, id }) => ocupadas.has(llave(coleccion, id)))
      if (faltan.length === 0) return [...hechas.values()]
    }
    throw new Rechazo('GUARDADO_FALLIDO')
  }

  /** The documents and edits of these changes as they are on this device now. */
  async function ponerMesas(cambios: CambioDeDocumento[]): Promise<Map<string, Mesa>> {
    const previas = await almacen().porId('ediciones', [...new Set(cambios.map(({ coleccion, id }) => llave(coleccion, id)))])
    const mesas = new Map<string, Mesa>()
    for (const [coleccion, ids] of porColeccion(cambios)) {
      const locales = await almacen().porId(coleccion, ids)
      for (const id of ids)
        mesas.set(llave(coleccion, id), abrirMesa(coleccion, id, vivo(locales.get(id)), previas.get(llave(coleccion, id))))
    }
    return mesas
  }

  /** The edits are safe in their rows already; a document that could not be written now is laid over again by `reponer`, a pull or the push. */
  async function mostrar(claves: string[]): Promise<void> {
    try {
      await sobreponer(claves)
    } catch (error) {
      puertos.anotarFallo?.('showing edits', error)
    }
  }
  async function sobreponer(claves: string[]): Promise<void> {
    for (let intento = 0, faltan = claves; faltan.length > 0 && intento < INTENTOS; intento++) {
      const filas = await almacen().porId('ediciones', faltan)
      const suyas = [...filas.values()].filter((fila) => !estaBorrada(fila)) as unknown as Edicion[]
      faltan = []
      for (const [coleccion, ids] of porColeccion(
        suyas.map(({ coleccion, docId }) => ({ coleccion: coleccion as ColeccionPull, id: docId })),
      )) {
        const locales = await almacen().porId(coleccion, ids)
        const sobrepuestas = suyas.filter((e) => e.coleccion === coleccion).flatMap((e) => sobre(e, locales.get(e.docId)))
        faltan.push(...(await almacen().escribir(coleccion, sobrepuestas)).map((id) => llave(coleccion, id)))
      }
    }
  }

  async function descartarAhora(coleccion: ColeccionPull, id: string): Promise<void> {
    for (let intento = 0; intento < INTENTOS; intento++) {
      const fila = vivo((await almacen().porId('ediciones', [llave(coleccion, id)])).get(llave(coleccion, id)))
      const edicion = fila as unknown as Edicion | undefined
      if (!fila || edicion?.estado !== 'rechazada') throw new Rechazo('NO_ENCONTRADO')
      // The document first: a device that dies between the two has the edit back, whole.
      const local = vivo((await almacen().porId(coleccion, [id])).get(id))
      const vuelto = local && sinCambio(edicion, limpia(local))
      const escritura = local && { previa: local, nueva: vuelto ?? limpia(local), borrar: vuelto === null }
      if (escritura && (await almacen().escribir(coleccion, [escritura])).length > 0) continue
      if ((await almacen().escribir('ediciones', [{ previa: fila, nueva: limpia(fila), borrar: true }])).length === 0) return
    }
    throw new Rechazo('GUARDADO_FALLIDO')
  }

  async function reintentar(coleccion: ColeccionPull, ids: string[]): Promise<boolean> {
    const sinDocumento = await espejoDe()?.leer()
    const claves = ids.map((id) => llave(coleccion, id)).filter((clave) => sinDocumento?.get(clave)?.codigo === 'NO_ENCONTRADO')
    if (claves.length === 0) return false
    return enCola(async () => {
      const filas = [...(await almacen().porId('ediciones', claves)).values()].filter(
        (fila) => !estaBorrada(fila) && fila.estado === 'rechazada',
      )
      // One that somebody else writes meanwhile is theirs.
      await almacen().escribir(
        'ediciones',
        filas.map((fila) => ({ previa: fila, nueva: { ...limpia(fila), estado: 'pendiente', codigo: '', campo: '' } })),
      )
      return filas.length > 0
    })
  }

  const edicionesDe: EdicionesDe = async (coleccion, ids) => {
    const porDocumento = new Map<string, (documento: Fila) => Fila>()
    if (!formaDe(coleccion) || !almacen().tiene('ediciones')) return porDocumento
    if (ids.length > POCOS && (await almacen().contar('ediciones', {})) === 0) return porDocumento
    const filas = await almacen().porId(
      'ediciones',
      ids.map((id) => llave(coleccion, id)),
    )
    for (const fila of filas.values())
      if (!estaBorrada(fila)) porDocumento.set((fila as unknown as Edicion).docId, cambioDe(fila as unknown as Edicion))
    return porDocumento
  }

  return {
    async editar(coleccion, id, cambios) {
      const [mesa] = await enCola(() => editarAhora([{ coleccion, id, cambios }]))
      return mesa?.doc as unknown as Fila
    },
    async editarVarios(cambios, alAvanzar) {
      const mesas = await enCola(() => editarAhora(cambios, alAvanzar))
      return mesas.flatMap(inversoDe)
    },
    edicionesDe,
    async reponer() {
      if (!almacen().tiene('ediciones')) return
      const filas = await almacen().buscar('ediciones', {}, ['id'])
      await enCola(() => mostrar(filas.map(({ id }) => id)))
    },
    subir: crearSubidaDeEdiciones({ puertos, almacen, enCola, sobreponer }),
    async contar(estado) {
      const filas = await espejoDe()?.leer()
      return filas ? [...filas.values()].filter((edicion) => edicion.estado === estado).length : 0
    },
    espejo: espejoDe,
    reintentar,
    descartar: (coleccion, id) => enCola(() => descartarAhora(coleccion, id)),
    apartadas: { ...apartadas, apartar: () => enCola(apartadas.apartar) },
  }
}

const vivo = (fila: Guardada | undefined): Guardada | undefined => (fila && !estaBorrada(fila) ? fila : undefined)

function porColeccion(documentos: { coleccion: CambioDeDocumento['coleccion']; id: string }[]): Map<ColeccionPull, string[]> {
  const grupos = new Map<ColeccionPull, Set<string>>()
  for (const { coleccion, id } of documentos) {
    const suyos = grupos.get(coleccion as ColeccionPull) ?? new Set<string>()
    grupos.set(coleccion as ColeccionPull, suyos.add(id))
  }
  return new Map([...grupos].map(([coleccion, ids]) => [coleccion, [...ids]]))
}

/** The rows to write: of what did change. */
const escrituras = (mesas: Map<string, Mesa>): Escritura[] =>
  [...mesas.values()]
    .filter((mesa) => mesa.tocada)
    .map(({ coleccion, id, asumido, cambio, previa }) => ({
      previa,
      nueva: {
        id: llave(coleccion, id),
        coleccion,
        docId: id,
        estado: 'pendiente',
        texto: textoCanonico(cambio),
        asumido,
        codigo: '',
        campo: '',
      } satisfies Edicion,
    }))

/** Nothing to write where the document shows the edit already. */
function sobre(edicion: Edicion, previa: Guardada | undefined): Escritura[] {
  const local = vivo(previa)
  const nueva = cambioDe(edicion)(baseDe(edicion, local))
  return local && textoCanonico(limpia(local)) === textoCanonico(nueva) ? [] : [{ previa, nueva }]
}

function resumir(fila: Guardada): ResumenDeEdicion {
  const { coleccion, docId, estado, texto, codigo, campo } = fila as unknown as Edicion
  let cambio: ReturnType<typeof leerCambio> | undefined
  // Read when somebody asks for it: most edits leave before anybody does.
  const leido = () => {
    cambio ??= leerCambio({ texto })
    return cambio
  }
  const rechazo: Codigo = esCodigo(codigo) ? codigo : 'EDICION_INVALIDA'
  return {
    coleccion,
    docId,
    estado,
    codigo: estado === 'rechazada' ? rechazo : null,
    campo: campo || null,
    get campos() {
      return Object.keys(leido().campos)
    },
    get desdeAt() {
      return Math.min(...Object.values(leido().sellos).map(([effAt]) => effAt))
    },
  }
}
