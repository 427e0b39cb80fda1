/**
 * What the platform will be told, noted in memory after each commit and written by the flusher at most every 2 s (design 03). A note costs the hot
 * path a few map entries. Notes lost with a process: tills say their state again, and verdicts are found in the ledger at the next start.
 */
import { DIA, diaLocal, HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { PedidoDiario } from '../../../schema/protocol/diario.ts'
import type { AvisoDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import type { Deps } from '../../context.ts'
import type { Cambio } from '../bitacora.ts'
import { contarRetraso, type Histograma, sumar } from './histograma.ts'

/** What a device said, or was received from it, since the last flush. */
export interface NotaDeEquipo {
  dispositivoId: string
  negocioId: string
  /** First and last contact noted; null: none, its row is only to be written anew. */
  desdeAt: number | null
  at: number | null
  estado: PedidoDiario['estado']
  protocolo: number | null
  recibidos: number
  retrasos: Histograma
  /** Last clock offset said in each hour. */
  relojes: Map<number, number>
}
export interface NotaDeVeredicto {
  id: string
  negocioId: string
  veredicto: VeredictoDoc
  at: number
}
export interface Minuto {
  hechos: number
  retrasos: Histograma
}
export interface Notas {
  equipos: Map<string, NotaDeEquipo>
  negocios: Set<string>
  pulso: Map<number, Minuto>
  /** `${dia}|${regla}`, of rules that leave no verdict; those of verdicts are counted as these are written, once however often they are noted. */
  reglas: Map<string, number>
  veredictos: Map<string, NotaDeVeredicto>
  /** Ids of verdicts with nothing to tell: one of them may have been told as waiting before. */
  aceptados: Map<string, string>
  /** Sales whose holds moved, and their negocio. */
  retenciones: Map<string, string>
  /** By id of the hecho: whether a person decided on what was in review. */
  avisos: Map<string, boolean>
}

const nuevas = (): Notas => ({
  equipos: new Map(),
  negocios: new Set(),
  pulso: new Map(),
  reglas: new Map(),
  veredictos: new Map(),
  aceptados: new Map(),
  retenciones: new Map(),
  avisos: new Map(),
})

/** A contact that says nothing else is noted once in this long: its row would be written for each ping of each till. */
const LEVE_MS = MINUTO
const LEVES_RECORDADOS = 100_000
/** Where nobody flushes, notes do not grow for ever. */
const ACEPTADOS_MAXIMO = 200_000
/** What a till may have sold late still has a minute of receipt; what was received before this is not throughput any more. */
export const DIAS_DE_PULSO = 8

export class Libreta {
  #notas = nuevas()
  #leves = new Map<string, number>()

  /** A signed exchange: what the device says of itself. `at`: ms of the server. */
  contacto(de: { dispositivoId: string; negocioId: string }, at: number, dicho: Pick<NotaDeEquipo, 'estado' | 'protocolo'>): void {
    const nota = this.#equipo(de)
    nota.desdeAt = Math.min(nota.desdeAt ?? at, at)
    nota.at = Math.max(nota.at ?? at, at)
    nota.protocolo = dicho.protocolo ?? nota.protocolo
    if (!dicho.estado) return
    nota.estado = dicho.estado
    nota.relojes.set(Math.floor(at / HORA) * HORA, dicho.estado.offset)
  }

  /** A ping, a pull: it is there. */
  presencia(de: { dispositivoId: string; negocioId: string }, at: number): void {
    const previo = this.#leves.get(de.dispositivoId)
    if (previo !== undefined && at - previo < LEVE_MS && at >= previo) return
    if (this.#leves.size > LEVES_RECORDADOS) this.#leves.clear()
    this.#leves.set(de.dispositivoId, at)
    this.contacto(de, at, { estado: null, protocolo: null })
  }

  /** Entries newly stored. `retrasosMs`: from the button, by the corrected clock of the device, to the receipt. `repetidos`: seqs it had already (R1). */
  recibidos(
    de: { dispositivoId: string; negocioId: string },
    at: number,
    nuevos: number,
    retrasosMs: readonly number[],
    repetidos: number,
  ): void {
    if (repetidos > 0) this.#contarRegla('R1', at, repetidos)
    if (nuevos === 0) return
    const nota = this.#equipo(de)
    nota.recibidos += nuevos
    const minuto: Minuto = { hechos: retrasosMs.length, retrasos: [] }
    for (const ms of retrasosMs) {
      contarRetraso(nota.retrasos, ms)
      contarRetraso(minuto.retrasos, ms)
    }
    if (retrasosMs.length > 0) this.#latir(Math.floor(at / MINUTO) * MINUTO, minuto)
  }

  /** Its row is to be compared with what the ledger says of it (it was enrolled, renamed, revoked). */
  revisar(de: { dispositivoId: string; negocioId: string }): void {
    this.#equipo(de)
  }
  revisarNegocio(negocioId: string): void {
    this.#notas.negocios.add(negocioId)
  }

  /** What a committed transaction of a negocio wrote in its log. */
  cambios(negocioId: string, cambios: readonly Cambio[], at: number): void {
    for (const { coleccion, despues } of cambios) {
      if (coleccion === 'veredictos') this.#veredicto(negocioId, despues as VeredictoDoc, at)
      else if (coleccion === 'transacciones') this.#transaccion(negocioId, despues as TransaccionDoc)
      else if (coleccion === 'avisos') this.#aviso(despues as AvisoDoc, at)
    }
  }

  /** Edits of different fields that met and were both kept (R8). */
  mezclas(cuantas: number, at: number): void {
    if (cuantas > 0) this.#contarRegla('R8', at, cuantas)
  }

  hay(): boolean {
    const n = this.#notas
    return (
      n.equipos.size +
        n.negocios.size +
        n.pulso.size +
        n.reglas.size +
        n.veredictos.size +
        n.aceptados.size +
        n.retenciones.size +
        n.avisos.size >
      0
    )
  }

  /** Hands over everything and begins anew. */
  tomar(): Notas {
    const tomadas = this.#notas
    this.#notas = nuevas()
    return tomadas
  }

  /** What could not be written waits for the next time, beside what was noted meanwhile. */
  devolver(notas: Notas): void {
    const despues = this.#notas
    this.#notas = notas
    for (const nota of despues.equipos.values()) this.#juntar(nota)
    for (const id of despues.negocios) notas.negocios.add(id)
    for (const [at, minuto] of despues.pulso) this.#latir(at, minuto)
    for (const [llave, veces] of despues.reglas) notas.reglas.set(llave, (notas.reglas.get(llave) ?? 0) + veces)
    for (const cual of ['veredictos', 'aceptados', 'retenciones', 'avisos'] as const)
      for (const [llave, valor] of despues[cual]) (notas[cual] as Map<string, unknown>).set(llave, valor)
  }

  #equipo({ dispositivoId, negocioId }: { dispositivoId: string; negocioId: string }): NotaDeEquipo {
    const previa = this.#notas.equipos.get(dispositivoId)
    if (previa) return previa
    const nota = {
      dispositivoId,
      negocioId,
      desdeAt: null,
      at: null,
      estado: null,
      protocolo: null,
      recibidos: 0,
      retrasos: [],
      relojes: new Map(),
    }
    this.#notas.equipos.set(dispositivoId, nota)
    return nota
  }

  #juntar(n: NotaDeEquipo): void {
    const nota = this.#equipo(n)
    if (n.at !== null) this.contacto(n, n.at, n)
    nota.recibidos += n.recibidos
    nota.retrasos = sumar(nota.retrasos, n.retrasos)
    for (const [hora, offset] of n.relojes) nota.relojes.set(hora, offset)
  }

  #latir(minutoAt: number, m: Minuto): void {
    const previo = this.#notas.pulso.get(minutoAt)
    this.#notas.pulso.set(minutoAt, {
      hechos: m.hechos + (previo?.hechos ?? 0),
      retrasos: previo ? sumar(previo.retrasos, m.retrasos) : m.retrasos,
    })
  }

  #contarRegla(regla: string, at: number, veces: number): void {
    const llave = llaveDeRegla(regla, at)
    this.#notas.reglas.set(llave, (this.#notas.reglas.get(llave) ?? 0) + veces)
  }

  #veredicto(negocioId: string, v: VeredictoDoc, at: number): void {
    const id = idDeNota(negocioId, v)
    if (v.dispositivoId && v.estado === 'sin_procesar') this.revisar({ dispositivoId: v.dispositivoId, negocioId })
    if (v.estado === 'aceptado' && v.motivos.length === 0) {
      this.#notas.veredictos.delete(id)
      if (this.#notas.aceptados.size < ACEPTADOS_MAXIMO) this.#notas.aceptados.set(id, negocioId)
    } else {
      this.#notas.aceptados.delete(id)
      this.#notas.veredictos.set(id, { id, negocioId, veredicto: v, at })
    }
  }

  #transaccion(negocioId: string, t: TransaccionDoc): void {
    if (t.retenciones && t.retenciones.length > 0) this.#notas.retenciones.set(t.id, negocioId)
  }

  #aviso(a: AvisoDoc, at: number): void {
    const nuevo = Object.keys(a.sellos ?? {}).length === 0
    if (nuevo && a.tipo === 'conflicto' && a.regla) this.#contarRegla(a.regla, at, 1)
    if (!nuevo && a.tipo === 'revision') this.#notas.avisos.set(a.id.split(':')[0] ?? '', (a.resolucion ?? null) !== null)
  }
}

/** Key of `reglas`. */
export const llaveDeRegla = (regla: string, at: number): string => `${diaLocal(at, ZONA_POR_DEFECTO)}|${regla}`

/** Key of a verdict of note. */
export const idDeNota = (negocioId: string, v: { cadenaId: string; seq: number }): string => `${negocioId}|${v.cadenaId}|${v.seq}`

/** By hub: the one thing that all parts of a server share and never copy. */
const libretas = new WeakMap<object, Libreta>()
export function libretaDe({ hub }: Pick<Deps, 'hub'>): Libreta {
  let libreta = libretas.get(hub)
  if (!libreta) {
    libreta = new Libreta()
    libretas.set(hub, libreta)
  }
  return libreta
}

/** Minutes older than this are not kept. */
export const PULSO_MS = DIAS_DE_PULSO * DIA
