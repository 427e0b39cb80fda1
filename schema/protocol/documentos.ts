/**
 * What each pulled collection holds: documents of the wire. Times are ms, money centavos. Every field that a replica indexes is present and not
 * null (RxDB makes a document with a null indexed field invisible, design 07).
 */

import type { Resolucion } from '../domain/avisos/aviso.ts'
import type { Configuracion } from '../domain/configuracion/configuracion.ts'
import type { Cupon } from '../domain/cupones/cupon.ts'
import type { Aviso, Canje, Cliente, CuponUsuario, Retencion, Transaccion, Veredicto } from '../domain/hechos/libro.ts'
import type { Recompensa } from '../domain/recompensas/recompensa.ts'

/** id = `${cadenaId}|${seq padded to 10}`, the primary key of the journal entry it judges. */
export type VeredictoDoc = Veredicto & { id: string; seqStream: number }
/** `retenciones`: every hold this sale ever had; absent in documents of the first release. */
export type TransaccionDoc = Omit<Transaccion, keyof Adorno> & Partial<Adorno> & { retenida: boolean; retenciones?: RetencionDoc[] }
/** Said only of the sales that have them. */
type Adorno = Pick<Transaccion, 'cuponId' | 'descuentoCentavos' | 'foto' | 'montoOriginalCentavos' | 'sinLicencia'>
export type RetencionDoc = Pick<Retencion, 'regla' | 'codigo' | 'alVencer' | 'venceAt' | 'estado'>
/** id = usuarioId; the balance in this negocio rides along, so a till shows both from one document. No phone, no e-mail. */
export type ClienteDoc = Cliente & {
  id: string
  puntosDisponibles: number
  puntosRetenidos: number
  puntosAcumulados: number
  /** Being spent in canjes; absent in documents of the first release, and where there are none. */
  puntosApartados?: number
}
/**
 * A canje as tills and Studio hold it: never its code nor its QR. `codigoHmac` = hex of HMAC-SHA256(key: id, the six letters), which says whether a typed code is
 * of this one (design 04 §1.3).
 */
export type CanjeDoc = Omit<Canje, 'numero' | 'qr'> & { codigoHmac: string }
/** Editable. How often it was used is told over HTTP alone. */
export type CuponDoc = Cupon
/** id = `${cuponId}|${usuarioId}` (CUP-24). */
export type CuponUsuarioDoc = Omit<CuponUsuario, 'codigoUnico'> & { id: string }
/** Editable. */
export type RecompensaDoc = Recompensa
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
  | {
      /** Which till of a sucursal confirms canjes with no network, until when, ms; and the one that waits for it. */
      id: `arriendo:${string}`
      sucursalId: string
      dispositivoId: string
      venceAt: number
      pedidoPor: string | null
    }
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
      /** Being spent; absent in documents of the first release. */
      apartados?: number
      /** What expires first, and the last day of it, ms; absent where nothing expires. */
      porVencer?: { puntos: number; venceAt: number }
    }
  | {
      /** CARD-36..39. */
      id: `canje:${string}`
      tipo: 'canje'
      negocioId: string
      negocioNombre: string
      nombre: string
      puntos: number
      /** `CANJE-7X9K2M`, and its QR. */
      codigo: string
      qr: string
      sucursalId: string | null
      venceAt: number
      estado: string
      /** Its points are still apart. */
      apartado: boolean
      creadoAt: number
      cerradoAt: number | null
      at: number
    }
  | {
      /** CUP-08..17. What this shopper keeps, was given, or used. */
      id: `cupon:${string}`
      tipo: 'cupon'
      negocioId: string
      negocioNombre: string
      cuponId: string
      titulo: string
      descripcion: string
      clase: string
      valor: number
      compraMinimaCentavos: number
      desdeAt: number
      venceAt: number
      limitePorCliente: number
      nivelRequerido: string | null
      codigo: string
      codigoUnico: string | null
      imagen: string | null
      /** False: the merchant took it back. */
      activo: boolean
      usados: number
      guardadoAt: number
      usadoAt: number | null
      at: number
    }
  | {
      /**
       * CUP-17. `ahorro:<negocioId>:<transaccionId>`: what a cupón used without the card took off a purchase, centavos. Once that is claimed its own `venta` says
       * it, and this one counts no more. A reader of before leaves it alone.
       */
      id: `ahorro:${string}`
      tipo: 'ahorro'
      negocioId: string
      negocioNombre: string
      cuponId: string
      descuentoCentavos: number
      estado: string
      effAt: number
      at: number
    }
  | {
      /** `historial:<negocioId>:<hechoId>`: tills choose the ids of hechos, so that they are one negocio's. */
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
      /** Of points earned: the rules they were computed with (R12), and what a point cost by them, centavos. */
      version?: number
      valorPuntoCentavos?: number
      effAt: number
      /** When the server received what moved them, ms; absent in documents of the first release. */
      at?: number
    }
  | {
      /** `venta:<negocioId>:<transaccionId>` */
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
      /** What a cupón took off, centavos; absent where none did. */
      descuentoCentavos?: number
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
