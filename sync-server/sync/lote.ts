/** A journal upload before any transaction: is it readable, who signs it, and which seq is each text (DI1, DI4, DI5). */

import { createHash } from 'node:crypto'
import { importarPublica, verificarTexto } from '../../schema/core/firma.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { CUERPO_MAXIMO_BYTES, type Sobre } from '../../schema/domain/hechos/sobre.ts'
import { Lru } from '../../schema/domain/tarjetas/lru.ts'
import {
  BYTES_POR_ENVIO,
  mensajeDeCabeza,
  PERDIDOS_POR_ENVIO,
  type PedidoDiario,
  pedidoDiario,
  RENGLONES_POR_ENVIO,
} from '../../schema/protocol/diario.ts'
import type { Deps } from '../context.ts'
import { abrirSobre } from './sobres.ts'

/** One seq of an upload. `cuerpo` null: the device swears it lost it. */
export interface RenglonEnviado {
  seq: number
  hash: string
  cuerpo: string | null
  /** Of the text, opened once; null: it does not open, or there is none (DI8). */
  sobre: Sobre | null
}

/**
 * The request, or the precise reason why it is none.
 * @throws Rechazo DIARIO_EXCEDIDO, RENGLON_EXCEDIDO, DATO_INVALIDO (with the field)
 */
export function leerPedido(crudo: unknown): PedidoDiario {
  const cuerpos = (crudo as { cuerpos?: unknown } | null)?.cuerpos
  if (Array.isArray(cuerpos)) medir(cuerpos)
  const leido = pedidoDiario.safeParse(crudo)
  if (!leido.success) throw new Rechazo('DATO_INVALIDO', leido.error.issues[0]?.path.join('.') || undefined)
  const pedido = leido.data
  const perdidos = pedido.perdidos.reduce((suma, p) => suma + Math.max(0, p.hasta - p.desde + 1), 0)
  if (perdidos > PERDIDOS_POR_ENVIO) throw new Rechazo('DIARIO_EXCEDIDO', 'perdidos')
  if (pedido.perdidos.some((p) => p.hasta < p.desde)) throw new Rechazo('DATO_INVALIDO', 'perdidos')
  // PostgreSQL keeps no NUL in a text. No JSON has one unescaped, so no journal of ours does.
  if (pedido.cuerpos.some((c) => c.includes('\0'))) throw new Rechazo('DATO_INVALIDO', 'cuerpos')
  return pedido
}

function medir(cuerpos: readonly unknown[]): void {
  if (cuerpos.length > RENGLONES_POR_ENVIO) throw new Rechazo('DIARIO_EXCEDIDO', 'cuerpos')
  let total = 0
  for (const cuerpo of cuerpos) {
    const bytes = typeof cuerpo === 'string' ? Buffer.byteLength(cuerpo) : 0
    if (bytes > CUERPO_MAXIMO_BYTES) throw new Rechazo('RENGLON_EXCEDIDO', 'cuerpos')
    total += bytes
  }
  if (total > BYTES_POR_ENVIO) throw new Rechazo('DIARIO_EXCEDIDO', 'cuerpos')
}

export interface Equipo {
  id: string
  negocioId: string
  nombre: string
  sucursalId: string | null
  clave: CryptoKey
}

const EQUIPOS_RECORDADOS = 10_000
/** A device's negocio and key never change; whether it was revoked is asked each time, under the counter. */
const equipos = new WeakMap<object, Lru<Equipo>>()

/** The device that signs. One that does not exist answers like a wrong signature. @throws Rechazo FIRMA_INVALIDA */
export async function equipoDe(deps: Pick<Deps, 'db'>, dispositivoId: string): Promise<Equipo> {
  const recordados = equipos.get(deps.db) ?? new Lru<Equipo>(EQUIPOS_RECORDADOS)
  equipos.set(deps.db, recordados)
  const conocido = recordados.get(dispositivoId)
  if (conocido) return conocido
  const [fila] = await deps.db.plataforma(
    (sql) => sql<{ negocioId: string; nombre: string; sucursalId: string | null; clavePublica: string }[]>`
      select negocio_id, nombre, sucursal_id, clave_publica from dispositivos where id = ${dispositivoId}`,
  )
  if (!fila) throw new Rechazo('FIRMA_INVALIDA')
  const { clavePublica, ...ficha } = fila
  const equipo = { id: dispositivoId, ...ficha, clave: await importarPublica(clavePublica) }
  recordados.set(dispositivoId, equipo)
  return equipo
}

/** DI4. The device signs head, range and losses. @throws Rechazo FIRMA_INVALIDA */
export async function verificarFirma(equipo: Equipo, pedido: PedidoDiario): Promise<void> {
  const buena = await verificarTexto(equipo.clave, 'CYA1|diario', mensajeDeCabeza(pedido), pedido.firma)
  if (!buena) throw new Rechazo('FIRMA_INVALIDA')
}

/** As `sha256` of schema/core, without leaving the thread: an entry is a thousand bytes, and going to another costs ten times its hash. */
const hashDe = (cuerpo: string): string => createHash('sha256').update(cuerpo).digest('hex')

/**
 * Gives each text its seq and its hash, recomputed, with the lost ones between them, in order and without holes inside.
 * @throws Rechazo DIARIO_CABEZA when the signed head is not the last of them
 */
export function situar(pedido: PedidoDiario): RenglonEnviado[] {
  const perdidas = new Set<number>()
  for (const { desde, hasta } of pedido.perdidos) for (let seq = desde; seq <= hasta; seq++) perdidas.add(seq)
  const enviados: RenglonEnviado[] = [...perdidas].map((seq) => ({ seq, hash: '', cuerpo: null, sobre: null }))
  let seq = pedido.desde
  for (const cuerpo of pedido.cuerpos) {
    while (perdidas.has(seq)) seq++
    enviados.push({ seq, hash: hashDe(cuerpo), cuerpo, sobre: abrirSobre(cuerpo, pedido.cadenaId, seq) })
    seq++
  }
  revisarCabeza(pedido, enviados.at(-1))
  return sinAgujeros(enviados.sort((a, b) => a.seq - b.seq))
}

function revisarCabeza({ cabeza, cuerpos }: PedidoDiario, ultimo: RenglonEnviado | undefined): void {
  const esperada = cuerpos.length > 0 && ultimo ? { seq: ultimo.seq, hash: ultimo.hash } : { seq: -1, hash: '' }
  if (cabeza.seq !== esperada.seq || cabeza.hash !== esperada.hash) throw new Rechazo('DIARIO_CABEZA', 'cabeza')
}

/** A loss declared apart from the rest cannot be placed. */
function sinAgujeros(enviados: RenglonEnviado[]): RenglonEnviado[] {
  for (const [i, e] of enviados.entries()) {
    const anterior = enviados[i - 1]
    if (anterior && e.seq !== anterior.seq + 1) throw new Rechazo('DATO_INVALIDO', 'perdidos')
  }
  return enviados
}
