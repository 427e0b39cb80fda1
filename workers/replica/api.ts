/**
 * The Comlink face of the replica worker: the only thing a screen may import. Nobody else sees RxDB. Answers are `{ ok: true, valor }` or
 * `{ ok: false, codigo, campo }`, because only name, message and stack of an Error cross comlink.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import type { LineaDeVenta } from '../../schema/domain/hechos/tipos.ts'
import type { App, Coleccion, Documento } from '../../schema/protocol/pull.ts'

/** Starts the worker; the one function of this face that runs in the page. */
export { conectarReplica } from './conectar.ts'

export type Respuesta<T> = { ok: true; valor: T } | { ok: false; codigo: Codigo; campo?: string }

/** The five states of the status chip, plus what stands behind them (design 05). Judged by real exchanges, never by navigator.onLine. */
export interface EstadoSync {
  /** `reiniciando` and `caida` are said by the page: the worker died and is started again, or could not be. */
  fase: 'al_dia' | 'enviando' | 'sin_conexion' | 'atencion' | 'sin_sesion' | 'revocado' | 'reiniciando' | 'caida'
  lider: boolean
  pendientes: number
  /** effAt of the oldest pending hecho, ms. */
  masAntiguoAt: number | null
  ultimoIntercambioAt: number | null
  /** Verdicts and edits that a person must see. */
  atencion: number
  almacen: { usadoBytes: number; cuotaBytes: number } | null
  offsetMs: number
  licenciaVenceAt: number | null
  /** Edits that a revoked device could not hand in, kept until somebody saves or discards them. */
  edicionesSinEntregar: number
}

export interface Alta {
  dispositivoId: string
  negocioId: string
  negocioNombre: string
  sucursalId: string | null
  sucursalNombre: string | null
  tipo: 'caja' | 'studio'
  serie: string
}

export interface Operador {
  tipo: 'empleado' | 'usuario'
  id: string
}

/** montoCentavos 1 to 9,999,999,999. qr: text scanned, or null for a sale without a client. */
export interface NuevaVenta {
  montoCentavos: number
  metodoPago: 'efectivo' | 'tarjeta' | 'transferencia'
  descripcion: string | null
  lineas: LineaDeVenta[]
  qr: string | null
  operador: Operador | null
}

/** Confirmed: committed with strict durability and read back from disk. Only now may a screen say "¡Venta registrada!". */
export interface HechoGuardado {
  hechoId: string
  cadenaId: string
  seq: number
  folio: string | null
  /** Estimate by the same rule the server will run. */
  puntosPrometidos: number
  guardadoAt: number
}

export interface Consulta {
  coleccion: Coleccion
  /** Mango selector, indexed fields first. */
  selector?: Record<string, unknown>
  orden?: { campo: string; dir: 'asc' | 'desc' }
  limite?: number
}

export interface ReplicaApi {
  /** Opens the databases; REPLICA_NO_ABRE when the platform refuses. Safe to call again. */
  abrir(): Promise<Respuesta<{ app: App; alta: Alta | null; cadenaId: string | null }>>
  /** Enrols this device with a one-use token (online): makes the key, the first chain, keeps the lease. */
  darDeAlta(token: string, modelo: string): Promise<Respuesta<Alta>>
  registrarVenta(venta: NuevaVenta): Promise<Respuesta<HechoGuardado>>
  registrarReembolso(r: {
    transaccionId: string
    montoCentavos: number
    motivo: string
    operador: Operador | null
  }): Promise<Respuesta<HechoGuardado>>
  registrarAnulacion(a: { transaccionId: string; motivo: string; operador: Operador | null }): Promise<Respuesta<HechoGuardado>>
  registrarAjuste(a: {
    transaccionId: string
    regla: string
    decision: 'aprobar' | 'rechazar'
    motivo: string
    operador: Operador
  }): Promise<Respuesta<HechoGuardado>>
  /** Editable collections (Studio): creates or changes fields, stamped per field. */
  editar(coleccion: Coleccion, id: string, cambios: Record<string, unknown>): Promise<Respuesta<Documento>>
  consultar(consulta: Consulta): Promise<Respuesta<Documento[]>>
  /** Calls back at once and on every change until the returned function is called. */
  observar(consulta: Consulta, alCambiar: (documentos: Documento[]) => void): Promise<() => void>
  estado(): Promise<EstadoSync>
  observarEstado(alCambiar: (estado: EstadoSync) => void): Promise<() => void>
  /** Entries of the journal not yet acknowledged, oldest first: seq, tipo, when, and the text. */
  pendientes(): Promise<Respuesta<{ cadenaId: string; seq: number; tipo: string; wall: number; cuerpo: string }[]>>
  /** The pending entries as a signed file, uploadable from Studio or the Panel. */
  exportarPendientes(): Promise<Respuesta<string>>
  /** The edits a revoked device could not hand in, as a JSON file for a person; nothing is removed. */
  exportarEdicionesSinEntregar(): Promise<Respuesta<string>>
  descartarEdicionesSinEntregar(): Promise<Respuesta<null>>
  /** One exchange now: upload, then pull. Resolves when done or failed. */
  sincronizarAhora(): Promise<Respuesta<EstadoSync>>
  /** The tab became visible: takes over from a frozen leader. */
  alHacerseVisible(): Promise<void>
  /** The browser believes the network is back: tries now instead of when the timer says. */
  alVolverLaRed?(): Promise<void>
  /** CardYA: logs an account in; the token stays in memory. CREDENCIALES, CUENTA_BLOQUEADA. */
  entrar?(correo: string, contrasena: string): Promise<Respuesta<null>>
  cerrar(): Promise<void>
}
