/** R5. The lease of the sucursal's canjes as this till handles it: asked for, handed over, and given up to whoever waits once everything was sent. */
import { HORA } from '../../schema/core/tiempo.ts'
import { RENOVAR_CON_MENOS_DE_MS } from '../../schema/domain/canjes/arriendo.ts'
import { ESPERA_DEL_CANJE_MS, TOLERANCIA_DEL_CANJE_MS } from '../../schema/domain/canjes/canje.ts'
import { situacionDeArriendo } from '../../schema/domain/canjes/quien-entrega.ts'
import type { CanjeDoc, ConfigDoc } from '../../schema/protocol/documentos.ts'
import { type Almacen, estaBorrada } from './almacen.ts'
import type { CanjesEnRed } from './canjes-en-red.ts'
import type { Identidad } from './identidad.ts'
import { contarPendientes } from './por-enviar.ts'
import type { RelojLocal } from './reloj-local.ts'

export type ArriendoDoc = Extract<ConfigDoc, { id: `arriendo:${string}` }>

export interface ArriendoPropio {
  /** Online. @throws FalloDeRed */
  pedirOCeder(accion: 'pedir' | 'ceder'): Promise<void>
  /** After an exchange: hands it over where another till waits, if nothing of this one is unsent. Never throws: it is tried again with the next. */
  alIntercambiar(): Promise<void>
}

/** Null: no till of this sucursal ever had it, or it was not pulled yet. */
export async function leerArriendo(almacen: Almacen, identidad: Pick<Identidad, 'alta'>): Promise<ArriendoDoc | null> {
  const id = `arriendo:${identidad.alta()?.sucursalId}`
  const fila = (await almacen.porId('config', [id])).get(id)
  return fila && !estaBorrada(fila) ? (fila as unknown as ArriendoDoc) : null
}

/** A renewal is asked for at most this often. */
const RENOVAR_CADA_MS = HORA

/** When this till last handed its lease over in this run, corrected ms; 0: it did not. */
export interface Cesion {
  at: number
}

/**
 * R5. Whether the server waits to hear that nothing of this till is unsent: it holds the lease, and that is to be renewed or handed over, or the points of a canje that
 * ended are still apart; or it held it until just now. `dichoAt`: when it was last told.
 */
export async function debeDecirAlDia(
  { almacen, identidad, cesion }: { almacen: Almacen; identidad: Pick<Identidad, 'alta'>; cesion: Cesion },
  ahora: number,
  dichoAt: number,
): Promise<boolean> {
  if (cesion.at > dichoAt) return true
  const arriendo = await leerArriendo(almacen, identidad)
  const situacion = situacionDeArriendo(arriendo, identidad.alta()?.dispositivoId ?? '', ahora)
  if (!arriendo || (situacion !== 'esta_caja' && situacion !== 'por_entregar')) return false
  if (arriendo.venceAt - ahora < RENOVAR_CON_MENOS_DE_MS && ahora - dichoAt >= RENOVAR_CADA_MS) return true
  const filas = await almacen.buscar('canjes', { creadoAt: { $gte: Math.max(1, ahora - ESPERA_DEL_CANJE_MS) } }, ['creadoAt'])
  const terminado = ({ apartado, venceAt }: CanjeDoc) => {
    const fin = venceAt + TOLERANCIA_DEL_CANJE_MS
    return apartado && fin < ahora && dichoAt <= fin
  }
  return (filas as unknown as CanjeDoc[]).some(terminado)
}

interface Partes {
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
  red: Pick<CanjesEnRed, 'arriendo'>
  cesion: Cesion
}
export function crearArriendo({ almacen, identidad, reloj, red, cesion }: Partes): ArriendoPropio {
  async function pedirOCeder(accion: 'pedir' | 'ceder'): Promise<void> {
    await red.arriendo(accion)
    if (accion === 'ceder') cesion.at = reloj.ahora()
  }
  return {
    pedirOCeder,
    async alIntercambiar() {
      const situacion = situacionDeArriendo(await leerArriendo(almacen(), identidad), identidad.alta()?.dispositivoId ?? '', reloj.ahora())
      if (situacion !== 'por_entregar' || (await contarPendientes(almacen())) > 0) return
      await pedirOCeder('ceder').catch(() => {})
    },
  }
}
