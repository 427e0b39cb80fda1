/**
 * What the judge reads and writes. The server loads a Libro with a few set-based reads of all that a batch may touch, the pure judge folds the
 * entries into it in acceptance order, and what it left in `cambios` is written set-based. A till holds a smaller Libro and gets an estimate.
 * Every row type here is also the row of the table of the same name (camelCase to snake_case) unless its comment says otherwise.
 */
import type { Codigo } from '../../core/codigos.ts'
import type { EstadoDeCanje } from '../canjes/canje.ts'
import type { Configuracion, Nivel } from '../configuracion/configuracion.ts'
import type { Cupon } from '../cupones/cupon.ts'
import type { Lotes } from '../puntos/lotes.ts'
import type { Entrada } from './sobre.ts'
import type { Regla, ResumenDeTurno, TipoDeHecho } from './tipos.ts'

export type EstadoTransaccion = 'completada' | 'reembolsada' | 'anulada' // SCAN-36

/** SCAN-34. id = id of the venta's hecho. */
export interface Transaccion {
  id: string
  sucursalId: string | null
  dispositivoId: string | null
  cadenaId: string
  seq: number
  folio: string
  clienteId: string | null // usuarioId
  cardId: string | null // 16 hex
  empleadoId: string | null // null when the dueño sold (SCAN-07)
  montoCentavos: number
  descripcion: string | null
  metodoPago: 'efectivo' | 'tarjeta' | 'transferencia'
  /** `devueltas`: how many of them came back, where refunds said it. */
  lineas: { articuloId: string; nombre: string; cantidad: number; precioCentavos: number; devueltas?: number }[]
  puntosBase: number
  multiplicadorPct: number // 125 = 1.25
  puntosOtorgados: number // what the sale is worth; credited only while no retencion holds it
  puntosDevueltos: number
  /** True once puntosOtorgados entered the balance; false while held, lapsed, or without a client. */
  acreditada: boolean
  nivelCliente: Nivel | null
  configVersion: number // version the points were computed with (R12)
  reembolsadoCentavos: number
  motivo: string | null // of the last refund, of the change of monto or of the anulacion (SCAN-50)
  cuponId: string | null
  /** What its cupón took off (SCAN-28); montoCentavos is what was paid. */
  descuentoCentavos: number
  foto: string | null // SHA-256 of the evidence photo (SCAN-17)
  montoOriginalCentavos: number | null // before the first change of monto (SCAN-22); null: never changed
  sinLicencia: boolean // R15
  estado: EstadoTransaccion
  effAt: number
  recibidoAt: number
}

/** R2, R10, R11, R15, R16: one row per (transaccion, regla). */
export interface Retencion {
  transaccionId: string
  regla: Regla
  codigo: Codigo
  alVencer: 'acreditar' | 'caducar'
  venceAt: number
  estado: 'activa' | 'levantada' | 'rechazada' | 'caducada'
}

/** The only bridge from a tenant to a person (PTS-15: made by the first sale). */
export interface Cliente {
  usuarioId: string
  cardId: string
  alias: string // 'Ana L.' or 'Cliente nuevo'
  nivelUltimaVisita: Nivel
  /** Sales that were not cancelled, and what is left of them; the dates are of every sale. */
  visitas: number
  gastadoCentavos: number
  primeraVisitaAt: number
  ultimaVisitaAt: number
}

/** CARD-29, row of puntos_por_negocio. disponibles >= 0 always; what was taken back beyond the balance is `sobregiro`, paid off by later points. */
export interface Saldo {
  usuarioId: string
  sucursalId: string | null // last sucursal, informative (PTS-23)
  puntosDisponibles: number
  puntosAcumulados: number
  puntosRetenidos: number
  /** Being spent: set apart for canjes, out of puntosDisponibles. Those retained are not earned yet. */
  puntosApartados: number
  sobregiro: number
  /** PTS-24: those of disponibles and apartados that expire, by month. Never more than both; the rest never expires. */
  porVencer: Lotes
  /** What expired, by month, while returned sales may still ask (schema/domain/puntos/lotes.ts). */
  vencidos: Lotes
}

/** CARD-30. id = id of the hecho that moved the points: a hecho moves them at most once. */
export interface HistorialPuntos {
  id: string
  usuarioId: string
  sucursalId: string | null
  tipo: 'ganado' | 'canjeado' | 'expirado' | 'devuelto' | 'anulado'
  puntos: number // signed
  montoCentavos: number | null
  multiplicadorPct: number | null
  nivelAlMomento: Nivel | null
  transaccionId: string | null // null: of a canje, or expired
  descripcion: string
  effAt: number
}

/** CUP-25 as the judge needs it. Row of cupones, of which the judge writes `usados` alone. */
export interface CuponDelLibro {
  definicion: DefinicionDeCupon
  borrado: boolean
  /** Uses that count, of all clients. */
  usados: number
}
export type DefinicionDeCupon = Omit<Cupon, 'borrado' | 'sellos'>

/** CUP-24. */
export interface CuponUsuario {
  cuponId: string
  usuarioId: string
  origen: 'asignado' | 'guardado' | 'usado'
  codigoUnico: string | null
  /** Uses that count. */
  usados: number
  guardadoAt: number
  usadoAt: number | null
}

/** CUP-17, R3. `usado` counts against the limits; `excedido` was given beyond them; `devuelto`: its sale never was, or was wholly refunded. */
export interface CuponUso {
  transaccionId: string
  cuponId: string
  deUsuario: string | null
  sucursalId: string | null
  descuentoCentavos: number
  costoCentavos: number
  motivo: Codigo | null
  estado: 'usado' | 'excedido' | 'devuelto'
  /** The definition it was judged by; null: no such cupón. */
  cupon: DefinicionDeCupon | null
  effAt: number
}

/** CARD-31; R4, R5. id = id of its `canje.creado`. */
export interface Canje {
  id: string
  numero: number
  usuarioId: string
  cardId: string
  recompensaId: string
  nombre: string
  puntos: number
  valorCentavos: number
  sucursalId: string | null
  qr: string
  venceAt: number
  estado: EstadoDeCanje
  /** Its points are in puntosApartados: until it is confirmed, or they go back. */
  apartado: boolean
  creadoAt: number
  /** When it was given, cancelled, or ended. */
  cerradoAt: number | null
  /** What confirmed it; null: over HTTP, or nothing. */
  dispositivoId: string | null
  cadenaId: string | null
  empleadoId: string | null
}

/** Row of turnos_caja. */
export interface TurnoDeCaja {
  id: string
  dispositivoId: string | null
  sucursalId: string | null
  abiertoPor: string | null
  cerradoPor: string | null
  fondoCentavos: number
  contadoCentavos: number | null
  resumen: ResumenDeTurno | null
  nota: string | null
  abiertoAt: number
  cerradoAt: number | null
}

export type EstadoVeredicto = 'aceptado' | 'retenido' | 'en_revision' | 'en_espera' | 'huerfano' | 'duplicado' | 'sin_procesar'
export interface Motivo {
  regla: Regla | null
  codigo: Codigo
}
/** What the server decided about one entry. */
export interface Veredicto {
  cadenaId: string
  seq: number
  hechoId: string
  tipo: string
  dispositivoId: string | null
  estado: EstadoVeredicto
  /** Every rule that spoke, in rule order; the first is the one shown. */
  motivos: Motivo[]
  puntos: number // granted or held by this hecho (negative for those taken back)
  effAt: number
  hueco: boolean
}

/** Something the dueño must see (review entries, tasks). id = `${hechoId}:${codigo}`. */
export interface Aviso {
  id: string
  tipo: 'revision' | 'tarea' | 'alerta' | 'conflicto'
  regla: Regla | null
  codigo: Codigo
  costoCentavos: number | null
  puntos: number | null
  datos: Record<string, string | number | boolean | null>
  creadoAt: number
}

/** A balance as the shopper is told; `porVencer` only where something does. */
export type SaldoDicho = Omit<Saldo, 'porVencer' | 'vencidos'> & { porVencer?: Lotes }

/** Outbox to the projector: what one hecho did to one shopper, with absolute balances. One per hecho at most. */
export interface UsuarioEvento {
  hechoId: string
  usuarioId: string
  cuerpo: {
    historial: HistorialPuntos | null
    /** Null: of a cupón of somebody who is no client yet. */
    saldo: SaldoDicho | null
    /** The sale whose state changed, as the shopper may see it; null: it is of a canje. */
    venta: {
      transaccionId: string
      montoCentavos: number
      puntos: number
      estado: EstadoTransaccion
      retenida: boolean
      motivo: Codigo | null
      /** While retenida: when its last hold ends by itself, ms, and whether the points are then credited or lapse. */
      retenidaHasta?: number | null
      alVencer?: Retencion['alVencer'] | null
      /** Where a cupón took something off, centavos. */
      descuentoCentavos?: number
      effAt: number
    } | null
    /** The rules its points were computed with (R12). */
    reglas?: { version: number; valorPuntoCentavos: number }
    canje?: Canje
    /** A cupón of which this client has used `usados`. */
    cupon?: { definicion: DefinicionDeCupon; usados: number; codigoUnico: string | null; guardadoAt: number; usadoAt: number | null }
    /** CUP-17. What its cupón took off a sale without a card, centavos, and what became of that sale. Only beside `cupon`. */
    ahorro?: { transaccionId: string; cuponId: string; descuentoCentavos: number; estado: EstadoTransaccion; effAt: number }
    /** R2. The use of the card by which this sale has its client, as in usosQr: the projector sees it in every negocio. None: claimed by ticket. */
    uso?: string
    /** CARD-06, 20: points that will settle into puntos_lifetime, what a corrected sale is worth in all, or a sale that never was. */
    lifetime: { tipo: 'ganado' | 'corregido'; puntos: number; effAt: number } | { tipo: 'anulado'; effAt: number } | null
    recibidoAt: number
  }
}

export interface CadenaEstado {
  cadenaId: string
  dispositivoId: string | null // null: the server's own chain
  ultimoEffAt: number
  /** Entries after a lost stretch are judged, marked `hueco`. */
  hueco: boolean
}
export interface DispositivoEstado {
  id: string
  /** A till may claim any operador: what only a dueño decides is believed from a Studio alone. */
  tipo: 'caja' | 'studio'
  sucursalId: string | null
  /** The account that enrolled a Studio and acts through it; null: not known, or a till. */
  usuarioId: string | null
  bajaAt: number | null
}
/** R15. A lease; `ventas` is how many were judged under it so far. */
export interface Licencia {
  id: string
  dispositivoId: string
  emitidaAt: number
  venceAt: number
  maxVentas: number
  ventas: number
}

/** The QR of a venta after the signatures were checked, outside the fold because WebCrypto is asynchronous. */
export type EvidenciaQr =
  | {
      valida: true
      usuarioId: string
      alias: string
      cardId: string
      llave: string
      ctr: number
      tsMs: number
      nivel: Nivel
      /** Of a cupón's QR: which one it shows, by the last 8 bytes of its id, 16 hex. */
      cupon?: string
    }
  | { valida: false }

/**
 * What a card typed by hand proved to be, found out before the fold like a QR. `valida`: the 6 digits were those of one of the card's keys at `paso`, near
 * the hour of the sale. Else `cardId` tells whose digits were wrong; null: no card has that number.
 */
export type EvidenciaEscrita =
  | { valida: true; usuarioId: string; alias: string; cardId: string; paso: number; nivel: Nivel }
  | { valida: false; cardId: string | null }

/** Row of evidencias_escritas: kept, because keys and nivel change and the ledger is a fold of what was accepted. */
export interface TarjetaAceptada {
  cadenaId: string
  seq: number
  /** The device; its chain where there is none. */
  equipo: string
  dia: string
  cardId: string | null
  deUsuario: string | null
  alias: string | null
  nivel: Nivel | null
  paso: number | null
}

export interface EntradaEnEspera {
  entrada: Entrada
  esperaDe: string // id of the hecho it waits for
  venceAt: number
}

export interface Libro {
  negocioId: string
  zonas: Map<string, string> // sucursalId -> IANA zone
  /** Ordered by version; the last is the one in force. */
  configuraciones: Configuracion[]
  duenos: Set<string> // usuarioIds who may approve
  cadenas: Map<string, CadenaEstado>
  dispositivos: Map<string, DispositivoEstado>
  licencias: Map<string, Licencia>
  empleados: Map<string, { id: string; bajaAt: number | null }>
  articulos: Map<string, { id: string; disponible: boolean }>
  evidencias: Map<string, EvidenciaQr> // by qr text
  escritas: Map<string, EvidenciaEscrita> // by `${cadenaId}|${seq}` of the venta
  transacciones: Map<string, Transaccion>
  retenciones: Map<string, Retencion[]> // by transaccionId
  clientes: Map<string, Cliente> // by usuarioId
  saldos: Map<string, Saldo> // by usuarioId
  cupones: Map<string, CuponDelLibro> // by id
  cuponUsuarios: Map<string, CuponUsuario> // `${cuponId}|${usuarioId}`
  cuponUsos: Map<string, CuponUso> // by transaccionId
  canjes: Map<string, Canje> // by id
  turnos: Map<string, TurnoDeCaja> // by id
  usosQr: Map<string, string> // `${cardId}|${llave}|${ctr}` -> transaccionId first credited
  ventasDelDia: Map<string, number> // `${cardId}|${diaLocal}`
  escritasDelDia: Map<string, number> // `${equipo}|${diaLocal}`: sales with a typed card
  erradasDelDia: Map<string, number> // `${cardId}|${diaLocal}`: typed with other digits than its own
  /** Montos of the last ventas in acceptance order, oldest first, at most 101 (R16). */
  ultimosMontos: number[]
  enEspera: Map<string, EntradaEnEspera[]> // by esperaDe
  /** Entries named by `reproceso` and `espera.vencida`, loaded with their text. Key `${cadenaId}|${seq}`. */
  nombradas: Map<string, Entrada>
  /** Hecho ids judged before -> where: the same id at another place is a duplicate (R1). */
  vistos: Map<string, { cadenaId: string; seq: number }>
}

/** What a fold left to write. Maps by primary key, so a row touched twice is written once. */
export interface Cambios {
  transacciones: Set<string>
  retenciones: Set<string> // `${transaccionId}|${regla}`
  clientes: Set<string>
  saldos: Set<string>
  cadenas: Set<string>
  licencias: Set<string>
  /** Whose count of uses moved. */
  cupones: Set<string>
  cuponUsuarios: Set<string>
  cuponUsos: Set<string>
  canjes: Set<string>
  turnos: Set<string>
  usosQr: Map<string, string>
  ventasDelDia: Set<string>
  escritas: TarjetaAceptada[]
  historial: HistorialPuntos[]
  /** By `${cadenaId}|${seq}`: an entry that waited gets a second verdict, which replaces the first. */
  veredictos: Map<string, Veredicto>
  avisos: Aviso[]
  eventos: UsuarioEvento[]
  esperas: Map<string, EntradaEnEspera | null> // `${cadenaId}|${seq}` -> waiting, or null: waits no more
}

/**
 * The judge. Mutates libro, adds to cambios, never refuses. Throws only on a bug: receiving then stores the entry as `sin_procesar`.
 * `judges` maps a kind of hecho to its rule; the registry is open (schema/registry.ts).
 */
export type Juez = (libro: Libro, cambios: Cambios, entrada: Entrada) => void
export type RegistroDeJueces = Partial<Record<TipoDeHecho | (string & {}), Juez>>
