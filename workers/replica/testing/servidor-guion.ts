/**
 * A scripted server: it keeps what a journal upload gives it by the rules DI1-DI5, answers pulls from rows the test sets, and fails when told to. It
 * judges nothing: the real server meets the replica in workers/simulation.
 */

import { importarPublica, verificarTexto } from '../../../schema/core/firma.ts'
import { sha256 } from '../../../schema/core/ids.ts'
import type { BajaDeTarjeta } from '../../../schema/protocol/bajas-de-tarjetas.ts'
import { mensajeDeCabeza, PERDIDOS_POR_ENVIO, type PedidoDiario, pedidoDiario } from '../../../schema/protocol/diario.ts'
import { type Checkpoint, coleccionesPull, type Documento, type RespuestaPull } from '../../../schema/protocol/pull.ts'
import type { PedidoPush } from '../../../schema/protocol/push.ts'
import type { CambioEnVivo } from '../../../schema/protocol/stream.ts'
import { crearTurnosDeGuion, type TurnosDeGuion } from './turnos-guion.ts'

export type Fallo = 'sin-red' | 'respuesta-perdida' | { status: number; code?: string; esperaMs?: number }
export const NEGOCIO = '01900000-0000-7000-8000-000000000001'
export const DISPOSITIVO = '01900000-0000-7000-8000-000000000002'
const SUCURSAL = '01900000-0000-7000-8000-000000000003'
const EPOCA = '01900000-0000-7000-8000-00000000000e'

export interface Servidor {
  fetch: typeof globalThis.fetch
  /** Texts by chain and seq; null: declared lost. */
  cadenas: Map<string, (string | null)[]>
  pedidos: PedidoDiario[]
  /** Every request's path, in order. */
  rutas: string[]
  /** Answers the next matching requests with a failure; a function may decide each time. */
  fallar: (ruta: string, ...fallos: Fallo[]) => void
  /** Live rows of each collection and the log of changes. */
  filas: Map<string, Map<string, Documento>>
  poner: (coleccion: string, documento: Documento) => void
  quitar: (coleccion: string, id: string) => void
  /** Head of the log of changes. */
  seq: () => number
  /** Says an event to every open stream; gives how many there are. */
  decir: (evento: string, datos: unknown) => number
  /** What LI3 brings with a hint of this collection. */
  enVivo: (coleccion: string, ...documents: Documento[]) => { epoca: string; partes: CambioEnVivo[] }
  /** A new epoca: every checkpoint is of another one. `hasta`: the log of a backup, which ends there. */
  nuevaEpoca: (hasta?: number) => void
  revocado: boolean
  hora: () => number
  alEmpujar: (
    pedido: PedidoPush,
    coleccion: string,
  ) => { documentos: Documento[]; rechazadas: { id: string; code: string; campo?: string }[] }
  licencia: { emitidaAt: number; venceAt: number; maxVentas: number }
  paginaDe: number
  /** False: as a server of wire version 7, which knows nothing of PU7. */
  conHermanas: boolean
  /** The slice of a collection, where it is not 'r'. */
  rebanadas: Map<string, string>
  /** The platform's public keys. */
  llaves: { kid: number; publica: string }[]
  tipo: 'caja' | 'studio'
  /** Where what enrols works; null: in the whole negocio. */
  sucursalId: string | null
  /** Who works at this till. */
  turnos: TurnosDeGuion
  /** While true every request fails at once. */
  sinRed: boolean
  /** While true requests get no answer, until the client gives them up. */
  colgada: boolean
  /** Pictures by hash. */
  imagenes: Map<string, ArrayBuffer>
  /** Requests given up by the client. */
  abandonadas: string[]
  /** Phones taken away from their card. */
  bajas: BajaDeTarjeta[]
  /** What else is answered, by path: the data, or a refusal. */
  contestar: Map<string, (cuerpo: unknown) => object | { status: number; code: string }>
}

export function unServidor(hora: () => number): Servidor {
  const cadenas = new Map<string, (string | null)[]>()
  const fallos = new Map<string, Fallo[]>()
  const registro: { coleccion: string; id: string; documento: Documento | null }[] = []
  const { turnos, atender: atenderTurno, porEnlace } = crearTurnosDeGuion(hora)
  const streams = new Set<ReadableStreamDefaultController>()
  let epoca = EPOCA
  let publica = ''

  const servidor: Servidor = {
    cadenas,
    pedidos: [],
    rutas: [],
    filas: new Map(),
    revocado: false,
    hora,
    paginaDe: 2,
    conHermanas: true,
    rebanadas: new Map(),
    llaves: [],
    tipo: 'caja',
    sucursalId: SUCURSAL,
    turnos,
    sinRed: false,
    colgada: false,
    abandonadas: [],
    bajas: [],
    contestar: new Map(),
    imagenes: new Map(),
    licencia: { emitidaAt: hora(), venceAt: hora() + 72 * 3_600_000, maxVentas: 1_500 },
    fallar: (ruta, ...nuevos) => void fallos.set(ruta, [...(fallos.get(ruta) ?? []), ...nuevos]),
    poner(coleccion, documento) {
      const filas = servidor.filas.get(coleccion) ?? new Map<string, Documento>()
      servidor.filas.set(coleccion, filas.set(documento.id, documento))
      registro.push({ coleccion, id: documento.id, documento })
    },
    quitar(coleccion, id) {
      servidor.filas.get(coleccion)?.delete(id)
      registro.push({ coleccion, id, documento: null })
    },
    seq: () => registro.length,
    decir(evento, datos) {
      const bytes = new TextEncoder().encode(`event: ${evento}\ndata: ${JSON.stringify(datos)}\n\n`)
      for (const stream of streams) stream.enqueue(bytes)
      return streams.size
    },
    enVivo: (coleccion, ...documents) => ({ epoca, partes: [{ coleccion, rebanada: 'r', documents }] }),
    nuevaEpoca(hasta = registro.length) {
      registro.length = hasta
      epoca = `01900000-0000-7000-8000-0000000${String(registro.length + 10_000)}`
    },
    alEmpujar: ({ filas }, coleccion) => {
      for (const { nuevo } of filas) servidor.poner(coleccion, nuevo)
      return { documentos: filas.map(({ nuevo }) => nuevo), rechazadas: [] }
    },
    fetch: (async (entrada: string, init: RequestInit = {}) => {
      const { pathname, searchParams } = new URL(entrada)
      servidor.rutas.push(pathname)
      const fallo = fallos.get(pathname)?.shift()
      if (servidor.colgada) await colgar(pathname, init.signal)
      if (servidor.sinRed || fallo === 'sin-red') throw new TypeError('fetch failed')
      if (typeof fallo === 'object') return json(fallo.status, { success: false, data: null, code: fallo.code, esperaMs: fallo.esperaMs })
      const cuerpo = init.body instanceof ArrayBuffer ? init.body : init.body ? JSON.parse(String(init.body)) : null
      const respuesta = await atender(pathname, cuerpo, searchParams)
      if (fallo === 'respuesta-perdida') throw new TypeError('fetch failed')
      return respuesta
    }) as typeof globalThis.fetch,
  }

  const colgar = (ruta: string, signal: AbortSignal | null | undefined) =>
    new Promise<never>((_, fallar) => {
      signal?.addEventListener('abort', () => {
        servidor.abandonadas.push(ruta)
        fallar(new TypeError('aborted'))
      })
    })

  async function atender(ruta: string, cuerpo: unknown, consulta: URLSearchParams): Promise<Response> {
    if (ruta === '/api/dispositivos/alta') return json(200, bien(alta(cuerpo as { clavePublica: string })))
    if (servidor.revocado && ruta === '/api/dispositivos/reto')
      return json(401, { success: false, data: null, code: 'DISPOSITIVO_REVOCADO' })
    if (ruta === '/api/dispositivos/reto') return json(200, bien({ reto: 'reto' }))
    if (ruta === '/api/dispositivos/sesion')
      return json(200, bien({ token: 'token', venceAt: hora() + 600_000, licencia: licencia(), llaves: servidor.llaves, hora: hora() }))
    if (ruta === '/sync/diario') return recibir(cuerpo)
    if (ruta.startsWith('/sync/pull/')) {
      const coleccion = ruta.slice('/sync/pull/'.length)
      return json(200, bien(conHermanas(pull(coleccion, consulta.get('checkpoint')), coleccion, consulta.get('hermanas'))))
    }
    if (ruta.startsWith('/sync/push/')) return json(200, bien(servidor.alEmpujar(cuerpo as PedidoPush, ruta.slice('/sync/push/'.length))))
    if (ruta.startsWith('/api/imagenes/')) return json(200, bien(recibirImagen(ruta.slice('/api/imagenes/'.length), cuerpo as ArrayBuffer)))
    if (ruta === '/sync/tarjetas/bajas') return json(200, bien(bajas(Number(consulta.get('desde')))))
    const dicho = servidor.contestar.get(ruta)?.(cuerpo) as { status?: number; code?: string } | undefined
    if (dicho) return dicho.code ? json(dicho.status ?? 409, { success: false, data: null, code: dicho.code }) : json(200, bien(dicho))
    if (ruta === '/sync/stream') return new Response(abrirStream(), { status: 200 })
    const deTurno = atenderTurno(ruta, cuerpo)
    if (deTurno?.status === 200) return json(200, bien(deTurno.data))
    return json(deTurno?.status ?? 404, { success: false, data: null, code: deTurno?.code ?? 'NO_ENCONTRADO' })
  }

  function abrirStream(): ReadableStream {
    let mio: ReadableStreamDefaultController | undefined
    return new ReadableStream({
      start(control) {
        mio = control
        streams.add(control)
      },
      cancel: () => void streams.delete(mio as ReadableStreamDefaultController),
    })
  }

  const licencia = () => ({ id: '01900000-0000-7000-8000-000000000004', dispositivoId: DISPOSITIVO, ...servidor.licencia, jws: 'x' })
  function alta({ clavePublica }: { clavePublica: string }) {
    publica = clavePublica
    const propio = {
      dispositivoId: DISPOSITIVO,
      negocioId: NEGOCIO,
      negocioNombre: 'Pizzería',
      sucursalId: servidor.sucursalId,
      sucursalNombre: servidor.sucursalId && 'Centro',
    }
    const suyo = { tipo: servidor.tipo, serie: 'C1', licencia: licencia(), llaves: servidor.llaves, hora: hora() }
    return { ...propio, ...suyo, empleado: porEnlace() }
  }

  const bajas = (desde: number) => ({ bajas: servidor.bajas.filter(({ bajaAt }) => bajaAt >= desde), hasta: hora(), mas: false })

  function recibirImagen(hash: string, bytes: ArrayBuffer) {
    servidor.imagenes.set(hash, bytes)
    return { hash, ancho: 1, alto: 1, bytes: bytes.byteLength }
  }

  async function recibir(crudo: unknown): Promise<Response> {
    const pedido = pedidoDiario.parse(crudo)
    servidor.pedidos.push(pedido)
    const llave = await importarPublica(publica)
    if (!(await verificarTexto(llave, 'CYA1|diario', mensajeDeCabeza(pedido), pedido.firma)))
      return json(401, { success: false, code: 'FIRMA_INVALIDA' })
    const cadena = cadenas.get(pedido.cadenaId) ?? []
    if (pedido.perdidos.reduce((suma, p) => suma + p.hasta - p.desde + 1, 0) > PERDIDOS_POR_ENVIO)
      return json(413, { success: false, code: 'DIARIO_EXCEDIDO' })
    if (pedido.desde <= cadena.length && pedido.cuerpos.length + pedido.perdidos.length > 0) {
      let seq = pedido.desde
      for (const cuerpo of pedido.cuerpos) {
        for (let p = tramo(pedido, seq); p; p = tramo(pedido, seq)) for (; seq <= p.hasta; seq++) cadena[seq] ??= null
        if (JSON.parse(cuerpo).seq !== seq) return json(400, { success: false, code: 'DIARIO_CABEZA' })
        if (cadena[seq] !== undefined && cadena[seq] !== cuerpo) return json(409, { success: false, code: 'DIARIO_BIFURCADO' })
        cadena[seq++] = cuerpo
      }
      const ultimo = pedido.cuerpos.at(-1)
      const cabeza = ultimo === undefined ? { seq: -1, hash: '' } : { seq: seq - 1, hash: await sha256(ultimo) }
      if (pedido.cabeza.seq !== cabeza.seq || pedido.cabeza.hash !== cabeza.hash)
        return json(400, { success: false, code: 'DIARIO_CABEZA' })
      for (let p = tramo(pedido, seq); p; p = tramo(pedido, seq)) for (; seq <= p.hasta; seq++) cadena[seq] ??= null
      cadenas.set(pedido.cadenaId, cadena)
    }
    return json(200, bien({ recibidoHasta: cadena.length - 1, esperado: cadena.length, hora: hora(), revocado: servidor.revocado }))
  }
  const tramo = (pedido: PedidoDiario, seq: number) => pedido.perdidos.find((p) => p.desde === seq)

  function pull(coleccion: string, crudo: string | null): RespuestaPull {
    const punto = crudo ? (JSON.parse(crudo) as Checkpoint) : null
    const rebanada = servidor.rebanadas.get(coleccion) ?? 'r'
    if (punto && (punto.epoca !== epoca || punto.rebanada !== rebanada))
      return { documents: [], checkpoint: { epoca, seq: 0, rebanada }, hayMas: true, reiniciar: true }
    if (!punto || punto.pagina !== undefined) {
      const ids = [...(servidor.filas.get(coleccion)?.keys() ?? [])].sort().filter((id) => id > (punto?.pagina ?? ''))
      const pagina = ids.slice(0, servidor.paginaDe)
      const documents = pagina.map((id) => servidor.filas.get(coleccion)!.get(id)!)
      const sigue = ids.length > pagina.length
      const base = { epoca, seq: punto?.seq ?? registro.length, rebanada }
      const checkpoint = sigue ? { ...base, pagina: pagina.at(-1) as string } : base
      return { documents, checkpoint, hayMas: sigue || registro.length > base.seq, reiniciar: false }
    }
    const cambios = registro.slice(punto.seq, punto.seq + servidor.paginaDe)
    const documents = cambios.filter((c) => c.coleccion === coleccion).map((c) => c.documento ?? { id: c.id, _deleted: true })
    const seq = punto.seq + cambios.length
    return { documents, checkpoint: { ...punto, seq }, hayMas: seq < registro.length, reiniciar: false }
  }
  /** PU7. */
  function conHermanas(respuesta: RespuestaPull, coleccion: string, desde: string | null): RespuestaPull {
    if (desde === null || respuesta.hayMas || Number(desde) > registro.length || !servidor.conHermanas) return respuesta
    const app = servidor.tipo === 'caja' ? 'scanya' : 'studio'
    const otras = coleccionesPull(app).filter((nombre) => nombre !== coleccion)
    const cambio = (nombre: string) => Math.max(Number(desde), registro.findLastIndex((c) => c.coleccion === nombre) + 1)
    const dicha = (nombre: string) => ({ rebanada: servidor.rebanadas.get(nombre) ?? 'r', cambio: cambio(nombre) })
    return { ...respuesta, hermanas: Object.fromEntries(otras.map((nombre) => [nombre, dicha(nombre)])) }
  }
  return servidor
}

const bien = (data: unknown) => ({ success: true, data, message: '' })
const json = (status: number, cuerpo: unknown) =>
  new Response(JSON.stringify(cuerpo), { status, headers: { 'content-type': 'application/json' } })
