/**
 * What each pulled collection holds: documents of the wire. Times are ms, money centavos. Every field that a replica indexes is present and not
 * null (RxDB makes a document with a null indexed field invisible, design 07).
 */

import type { Resolucion } from '../domain/avisos/aviso.ts'
import type { Configuracion } from '../domain/configuracion/configuracion.ts'
import type { Aviso, Cliente, Retencion, Transaccion, Veredicto } from '../domain/hechos/libro.ts'

/** id = `${cadenaId}|${seq padded to 10}`, the primary key of the journal entry it judges. */
export type VeredictoDoc = Veredicto & { id: string; seqStream: number }
/** `retenciones`: every hold this sale ever had; absent in documents of the first release. */
export type TransaccionDoc = Transaccion & { retenida: boolean; retenciones?: RetencionDoc[] }
export type RetencionDoc = Pick<Retencion, 'regla' | 'codigo' | 'alVencer' | 'venceAt' | 'estado'>
/** id = usuarioId; the balance in this negocio rides along, so a till shows both from one document. No phone, no e-mail. */
export type ClienteDoc = Cliente & { id: string; puntosDisponibles: number; puntosRetenidos: number; puntosAcumulados: number }
/** Editable in one field, `resolucion` (schema/domain/avisos): null while it waits for a person. */
export type AvisoDoc = Aviso & {
  resueltoAt: number | null
  /** Name of whoever decided; null: nobody yet. Absent, as the three below, in documents of the first release. */
  resueltoPor?: string | null
  resolucion?: Resolucion | null
  borrado?: boolean
  sellos?: Record<string, [number, string]>
}
export interface ArticuloDoc {
  id: string
  nombre: string
  descripcion: string
  precioCentavos: number
  categoria: string
  tipo: 'producto' | 'servicio'
  visible: boolean
  agotado: boolean
  destacado: boolean
  desde: boolean
  /** Absent in documents of the first release; empty: everywhere. */
  sucursales?: string[]
  imagenes?: string[]
  borrado: boolean
  sellos: Record<string, [number, string]>
}
/** Few documents with fixed ids. */
export type ConfigDoc =
  | { id: 'negocio'; nombre: string; numero: number; codigoCaja: string }
  | { id: `sucursal:${string}`; sucursalId: string; nombre: string; numero: number; zonaHoraria: string }
  | ({ id: `version:${string}` } & Configuracion)
  | {
      id: `empleado:${string}`
      empleadoId: string
      nombre: string
      nick: string
      puesto: string
      activo: boolean
      permisosScanYA: unknown
      /** Null, or todasLasSucursales: may sell anywhere (trabajaEn). A till holds those who may sell at its sucursal. */
      sucursalId: string | null
      todasLasSucursales: boolean
      /** Whoever entered before this instant must enter anew (TU6); 0: never. Tills of the first release have documents without it. */
      accesoAt?: number
    }

export const llaveDeRenglon = (cadenaId: string, seq: number): string => `${cadenaId}|${String(seq).padStart(10, '0')}`

/** CardYA's `mias`, by tipo. Names are frozen in them. */
export type MiaDoc =
  | { id: 'perfil'; tipo: 'perfil'; nombre: string; puntosLifetime: number; nivel: string }
  | {
      id: `puntos:${string}`
      tipo: 'puntos'
      negocioId: string
      negocioNombre: string
      disponibles: number
      acumulados: number
      retenidos: number
    }
  | {
      id: `historial:${string}`
      tipo: 'historial'
      negocioId: string
      negocioNombre: string
      movimiento: string
      puntos: number
      montoCentavos: number | null
      descripcion: string
      /** In hundredths, and the nivel of then; absent in documents of the first release. */
      multiplicadorPct?: number | null
      nivel?: string | null
      effAt: number
      /** When the server received what moved them, ms; absent in documents of the first release. */
      at?: number
    }
  | {
      id: `venta:${string}`
      tipo: 'venta'
      negocioId: string
      negocioNombre: string
      montoCentavos: number
      puntos: number
      estado: string
      retenida: boolean
      motivo: string | null
      /** While retenida: when the hold ends by itself, ms, and how; absent in documents of the first release. */
      retenidaHasta?: number | null
      alVencer?: string | null
      effAt: number
      /** When the server received what last changed it, ms; absent in documents of the first release. */
      at?: number
    }
  | AvisoDeShopper
/**
 * What no other document tells (schema/domain/notificaciones): `codigo` is its kind. `aviso:leidas` is a mark and no notice: all up to `at` was read.
 * A reader leaves alone a codigo it does not know.
 */
export interface AvisoDeShopper {
  id: `aviso:${string}`
  tipo: 'aviso'
  codigo: string
  /** Empty where it is not about a nivel. */
  nivel: string
  at: number
  negocioId?: string
  negocioNombre?: string
  /** Signed. */
  puntos?: number
  /** Of the cupón or the recompensa. */
  nombre?: string
  /** ms */
  venceAt?: number
}
