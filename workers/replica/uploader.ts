/**
 * Upload of the journal (DI1). One rule heals a lost answer, a wiped note, a changed clock and a server restored from a backup: what is sent begins at
 * the server's `esperado`, whatever this device believed.
 *
 *     doubt ──greeting──► esperado ──batch──► recibidoHasta, esperado ──batch──► … nothing left
 *       ▲                    │ above our head + 1: this disk went back; what is pending moves to another chain
 *       └── any failure ─────┘
 *
 * A batch that is too large for the server, or for what stands before it, is sent again in halves. One entry alone that the server will not have is set aside for a
 * person and declared, so that the rest goes on; one that only a proxy will not let pass waits for another line, as everything behind it.
 *
 * After a doubt the entry just below `esperado` is sent again if it was never acknowledged: the server compares it (DI2), and since each entry carries
 * the hash of the one before, that one proves all earlier ones. Only then are they called received.
 */
import type { z } from 'zod'
import { DIA } from '../../schema/core/tiempo.ts'
import { type estadoDelEquipo, RENGLONES_POR_ENVIO, type RespuestaDiario, respuestaDiario } from '../../schema/protocol/diario.ts'
import type { Almacen, Guardada } from './almacen.ts'
import { anotarRecibido, leerTramo } from './cadena.ts'
import type { Diario } from './diario.ts'
import { armarLote, firmarPedido, type Lote, loteVacio, siguienteDe } from './envio.ts'
import type { Fila } from './esquemas.ts'
import { esExcedido, FalloDeRed, loDiceElServidor, pedir } from './http.ts'
import type { Identidad } from './identidad.ts'
import { contarApartados, contarPendientes } from './por-enviar.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'
import { type EstadoDeRenglon, renglonDe } from './renglon.ts'

const LECTURA = 150
const SIN_AVANCE = 3

export type EstadoDelEquipo = z.infer<typeof estadoDelEquipo>
export interface Uploader {
  /** Sends everything pending. `saludar`: asks the server even when nothing seems to be missing. @throws FalloDeRed */
  subir(saludar: boolean): Promise<void>
  /** What was believed about the server is not trusted any more. */
  dudar(): void
  /** Whether the server said that this device was revoked. */
  revocado(): boolean
}
interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
  diario: Diario
  estadoDelEquipo: () => Promise<EstadoDelEquipo>
  /** R5. Whether the server waits to hear that nothing is left here. `dichoAt`: when it was last told, corrected ms; 0: not in this run. */
  debeDecirlo: (dichoAt: number) => Promise<boolean>
  /** Once a day. False: not now. */
  podar: (ahora: number) => Promise<boolean>
}

export function crearUploader(partes: Partes): Uploader {
  const { puertos, identidad, reloj, diario } = partes
  const esperados = new Map<string, number>()
  /** Texts at a time: fewer once a request was too large. */
  let tope = RENGLONES_POR_ENVIO
  let revocado = false
  let podadoAt = 0
  /** Corrected hour of the last request that said that nothing was left. */
  let dichoAt = 0

  /** `esSaludo`: what the server has is in doubt, so nothing is said to be all there. */
  async function enviar(cadenaId: string, desde: number, lote: Lote, esSaludo = false): Promise<RespuestaDiario> {
    const alta = identidad.alta()
    if (!alta) throw new FalloDeRed('REPLICA_SIN_ALTA', 0)
    const enviadoAt = Math.max(0, Math.floor(puertos.reloj.now()))
    const estado = await partes.estadoDelEquipo()
    const alDia = !esSaludo && (await nadaMas(cadenaId, desde, lote))
    const pedido = { dispositivoId: alta.dispositivoId, cadenaId, desde, ...lote, enviadoAt, estado: alDia ? { ...estado, alDia } : estado }
    const cuerpo = await firmarPedido(pedido, (texto) => identidad.firmar('CYA1|diario', texto))
    const antes = reloj.leer()
    const ahora = reloj.ahora()
    const respuesta = await pedir(puertos, '/sync/diario', respuestaDiario, { metodo: 'POST', cuerpo })
    reloj.aprender(respuesta.hora, antes)
    if (alDia) dichoAt = ahora
    revocado = respuesta.revocado
    esperados.set(cadenaId, respuesta.esperado)
    return respuesta
  }

  /**
   * R5. Whether this request carries all that was recorded here until it was dated: what is being written now is waited for, and what comes later is dated later.
   */
  async function nadaMas(cadenaId: string, desde: number, lote: Lote): Promise<boolean> {
    await diario.quieto()
    const pendientes = await contarPendientes(partes.almacen())
    if ((await contarApartados(partes.almacen())) > 0) return false
    const hasta = siguienteDe(lote, desde)
    if (pendientes === 0) return true
    if (pendientes > hasta - desde) return false
    const suyas = await partes
      .almacen()
      .buscar('diario', { estado: 'pendiente', cadenaId, seq: { $gte: desde } }, ['estado', 'cadenaId', 'seq'])
    return suyas.length === pendientes && suyas.every((fila) => renglonDe(fila).seq < hasta)
  }

  /** R5. With nothing to send: tells so where the server waits to hear it. */
  async function decirAlDia(): Promise<void> {
    const cadenaId = diario.cadenaId()
    const esperado = cadenaId === null ? undefined : esperados.get(cadenaId)
    if (cadenaId === null || esperado === undefined || !(await partes.debeDecirlo(dichoAt))) return
    await enviar(cadenaId, esperado, loteVacio())
  }

  async function subirCadena(cadenaId: string): Promise<void> {
    let desde: number | null = esperados.get(cadenaId) ?? (await trasDuda(cadenaId))
    let listo: { desde: number; lote: Promise<Lote | null> } | null = null
    for (let quietas = 0; desde !== null; ) {
      const lote: Lote = (listo?.desde === desde && (await listo.lote)) || (await loteDesde(partes.almacen(), cadenaId, desde, tope))
      if (estaVacio(lote)) return
      listo = adelantar(cadenaId, lote)
      const respuesta: RespuestaDiario | null = await enviar(cadenaId, desde, lote).catch((error) => aligerar(cadenaId, lote, error))
      if (!respuesta) {
        listo = null
        continue
      }
      tope = Math.min(RENGLONES_POR_ENVIO, tope + 1)
      const { esperado, recibidoHasta } = respuesta
      await marcarRecibidos(partes.almacen(), cadenaId, recibidoHasta, lote.perdidos)
      await anotarRecibido(puertos.notas, cadenaId, recibidoHasta)
      quietas = esperado > desde ? 0 : quietas + 1
      if (quietas >= SIN_AVANCE) throw new FalloDeRed('DIARIO_HUECO', 409)
      desde = esperado
    }
  }

  /** Null: what was too large goes in smaller requests, or without the one that no request can carry. @throws what is something else, or no less of it */
  async function aligerar(cadenaId: string, lote: Lote, error: unknown): Promise<null> {
    if (!esExcedido(error) || lote.cuerpos.length === 0) throw error
    if (lote.cuerpos.length > 1) tope = Math.ceil(lote.cuerpos.length / 2)
    else if (loDiceElServidor(error) && (error.codigo !== 'DIARIO_EXCEDIDO' || lote.perdidos.length === 0))
      await diario.apartar(cadenaId, lote.cabeza.seq)
    else throw new FalloDeRed('CUERPO_EXCEDIDO', error.status)
    return null
  }

  /** While a full batch travels the next one is read and hashed, if it is there whole by then: entries do not change. */
  function adelantar(cadenaId: string, lote: Lote): { desde: number; lote: Promise<Lote | null> } | null {
    if (lote.cuerpos.length < RENGLONES_POR_ENVIO) return null
    const desde = lote.cabeza.seq + 1
    const entero = (leido: Lote) => (leido.cuerpos.length < RENGLONES_POR_ENVIO ? null : leido)
    return { desde, lote: loteDesde(partes.almacen(), cadenaId, desde).then(entero, () => null) }
  }

  /** Greets; gives the seq to send from, or null when this chain has nothing that can be sent. */
  async function trasDuda(cadenaId: string): Promise<number | null> {
    const { esperado } = await enviar(cadenaId, 0, loteVacio(), true)
    const cercanos = await leerTramo(partes.almacen(), cadenaId, Math.max(0, esperado - 1), 1)
    const vecino = cercanos[0]
    if (!vecino && esperado > 0) {
      await diario.rescatar(cadenaId)
      return null
    }
    return vecino?.seq === esperado - 1 && vecino.estado === 'pendiente' ? vecino.seq : esperado
  }

  async function subirUna(cadenaId: string): Promise<void> {
    try {
      await subirCadena(cadenaId)
    } catch (error) {
      esperados.delete(cadenaId)
      throw error
    }
  }

  return {
    async subir(saludar) {
      if (saludar) {
        esperados.clear()
        tope = Math.min(RENGLONES_POR_ENVIO, 2 * tope) // the line may be another one by now
      }
      const propia = diario.cadenaId()
      const cadenas = new Set(await cadenasPendientes(partes.almacen()))
      if (propia && !esperados.has(propia)) cadenas.add(propia)
      let fallo: unknown
      for (const cadenaId of cadenas) {
        try {
          await subirUna(cadenaId)
        } catch (error) {
          fallo ??= error // one chain that is refused does not keep the others here
        }
      }
      if (fallo) throw fallo
      await decirAlDia()
      const hora = reloj.horaCierta()
      if (hora === null || hora - podadoAt < DIA) return
      if (await partes.podar(hora)) podadoAt = hora
    },
    dudar: () => esperados.clear(),
    revocado: () => revocado,
  }
}

/** The next batch of a chain, from disk; empty when nothing is left from `desde` on. */
export async function loteDesde(almacen: Almacen, cadenaId: string, desde: number, tope?: number): Promise<Lote> {
  return armarLote(desde, await leerTramo(almacen, cadenaId, desde, LECTURA), tope)
}
export const estaVacio = ({ cuerpos, perdidos }: Lote): boolean => cuerpos.length === 0 && perdidos.length === 0

/** Chains with entries not yet acknowledged, also those this device left. */
export async function cadenasPendientes(almacen: Almacen): Promise<string[]> {
  const cadenas: string[] = []
  for (let ultima = ''; ; ) {
    const [fila] = await almacen.buscar('diario', { estado: 'pendiente', cadenaId: { $gt: ultima } }, ['estado', 'cadenaId', 'seq'], 1)
    if (!fila) return cadenas
    ultima = renglonDe(fila).cadenaId
    cadenas.push(ultima)
  }
}

/** What the server acknowledged waits no longer; what was declared lost is not called received. */
async function marcarRecibidos(almacen: Almacen, cadenaId: string, hasta: number, perdidos: Lote['perdidos']): Promise<void> {
  const selector = { estado: 'pendiente', cadenaId, seq: { $lte: hasta } }
  const filas = await almacen.buscar('diario', selector, ['estado', 'cadenaId', 'seq'])
  const asentada = (fila: Guardada) => {
    const { seq } = renglonDe(fila)
    const estado: EstadoDeRenglon = perdidos.some((p) => p.desde <= seq && seq <= p.hasta) ? 'perdido' : 'recibido'
    return { previa: fila, nueva: { ...renglonDe(fila), estado } as unknown as Fila }
  }
  await almacen.escribir('diario', filas.map(asentada))
}
