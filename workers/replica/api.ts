/**
 * The Comlink face of the replica worker: the only thing a screen may import. Nobody else sees RxDB. Answers are `{ ok: true, valor }` or
 * `{ ok: false, codigo, campo }`, because only name, message and stack of an Error cross comlink.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import type { Nivel } from '../../schema/domain/configuracion/configuracion.ts'
import type { PermisosScanYA } from '../../schema/domain/empleados/permisos.ts'
import type { LineaDeVenta, ResumenDeTurno } from '../../schema/domain/hechos/tipos.ts'
import type { ArticuloDoc, ClienteDoc, CuponDoc, TransaccionDoc } from '../../schema/protocol/documentos.ts'
import type { App, Coleccion, Documento } from '../../schema/protocol/pull.ts'
import type { FotoPendiente } from './fotos.ts'

/** Starts the worker; the one function of this face that runs in the page. */
export { conectarReplica } from './conectar.ts'

/** `esperaMs`: how long until a new try makes sense (lockouts). */
export type Respuesta<T> = { ok: true; valor: T } | { ok: false; codigo: Codigo; campo?: string; esperaMs?: number }

/** The five states of the status chip, plus what stands behind them (design 05). Judged by real exchanges, never by navigator.onLine. */
export interface EstadoSync {
  /** `reiniciando` and `caida` are said by the page: the worker died and is started again, or could not be. */
  fase: 'al_dia' | 'enviando' | 'sin_conexion' | 'atencion' | 'sin_sesion' | 'revocado' | 'reiniciando' | 'caida'
  lider: boolean
  pendientes: number
  /** effAt of the oldest pending hecho, ms. */
  masAntiguoAt: number | null
  /** When the server last answered, ms; also of earlier runs. */
  ultimoIntercambioAt: number | null
  /** Verdicts and edits that a person must see. */
  atencion: number
  almacen: { usadoBytes: number; cuotaBytes: number } | null
  offsetMs: number
  /** The cards shown here agree that this till's clock is wrong (design 04 §3): sales go on, many points will be held. */
  relojSospechoso: boolean
  licenciaVenceAt: number | null
  /** hechoIds of verdicts that need a person and that somebody here has marked as understood: not in `atencion`. */
  entendidos: string[]
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
  /** PWA-14. Whose phone this is: the link it was enrolled with was theirs. Null, and absent in older ones: a till of everybody. */
  nick?: string | null
}

export interface Operador {
  tipo: 'empleado' | 'usuario'
  id: string
}

/** Somebody who may work at this till: an empleado of its sucursal, from `config`. */
export interface Persona {
  empleadoId: string
  nick: string
  nombre: string
  puesto: string
  permisos: PermisosScanYA
  /** Entered online here before and the lease still runs: the PIN opens without network until `venceAt`. */
  entraSinRed: boolean
  venceAt: number | null
  /** Hechos of this person still on this device only. */
  porEnviar: number
  /** Wrong PINs: no try counts before this time, ms; null when free. */
  bloqueadaHasta: number | null
}

/** Who is at the till now. `permisos` null: a dueño, who needs none (SCAN-07). */
export interface Turno {
  operador: Operador
  nombre: string
  nick: string | null
  puesto: string
  permisos: PermisosScanYA | null
  desdeAt: number
  /** Until when this person may work without network, ms. */
  venceAt: number
}

/** A shift that ended without whoever was at the till ending it. */
export interface FinDeTurno {
  nombre: string
  /** Null: an account. */
  nick: string | null
  /** baja: does not work at this till any more. pin_nuevo: the old PIN let them in. inactividad: twelve hours. sesion: the server wants them to enter anew. */
  motivo: 'baja' | 'pin_nuevo' | 'inactividad' | 'sesion'
  /** Corrected ms. */
  at: number
  /** Hechos of this person still on this device only: they leave under their name. */
  porEnviar: number
}

/** Montos in centavos; a card typed by hand instead of scanned (design 04 §1.3). */
export interface TarjetaEscrita {
  /** 8 digits. */
  numero: string
  /** 6 digits, changes every 60 s. */
  clave: string
}

/** What this device can say of a card it was shown, with no network (SCAN-15, 23, 24; design 04 §3). */
export interface TarjetaLeida {
  qr: string
  cardId: string
  nivel: Nivel
  multiplicadorPct: number
  /** verde: fresh. ambar: within 10 minutes, the points will be held (R11). A red one is refused with its code instead. */
  estado: 'verde' | 'ambar'
  /** What is left of the QR's two minutes, ms, as the phone counts them (SCAN-14); 0 while it is accepted by tolerance only. */
  validoMs: number
  /** As this negocio knows the client; null: "Cliente nuevo". */
  cliente: ClienteDoc | null
  /** Points of what was sold here to this card and is in no pulled balance yet, as far as this till knows; below 0 when refunds wait. */
  porConfirmar: number
  /** When the data of the client was last pulled, ms; null: never. */
  datosAt: number | null
  /** The client showed the QR of a cupón, which says both (SCAN-26); null: this till does not know that cupón. */
  cupon?: CuponVisto | null
}

/** A canje as a till shows it before it is given (SCAN-31). */
export interface CanjeLeido {
  canjeId: string
  /** `CANJE-7X9K2M`. */
  codigo: string
  /** The recompensa; null: this till never heard of it. */
  nombre: string | null
  /** Alias and nivel as this negocio knows the client; null: it does not. */
  cliente: string | null
  nivel: Nivel | null
  puntos: number
  /** ms, server hours. */
  venceAt: number
  /** What is left of it when it was looked at, ms; 0: within the tolerance of R5. */
  restanMs: number
  /** aqui: this till holds the lease and gives it with no network. red: the server must say yes. */
  medio: 'aqui' | 'red'
}
export interface CanjeEntregado {
  canjeId: string
  /** ms */
  entregadoAt: number
  medio: CanjeLeido['medio']
}

/** A canje that the server gave because this till asked (SCAN-44): no entry of its journal says so. */
export interface CanjeDado extends Pick<CanjeLeido, 'canjeId' | 'nombre' | 'puntos'> {
  /** ms, server hours. */
  entregadoAt: number
  /** When this till was told, corrected ms: it was handed over then. */
  dadoAt: number
  /** Of whoever asked. */
  operadorId: string | null
}

/** A cupón as a till shows it (SCAN-16, 27). Montos in centavos, times ms. */
export interface CuponVisto
  extends Pick<CuponDoc, 'titulo' | 'descripcion' | 'tipo' | 'valor' | 'compraMinimaCentavos' | 'desdeAt' | 'venceAt' | 'nivelRequerido'> {
  cuponId: string
  codigo: string
  /** What a `dos_por_uno` pairs and a `regalo` gives; empty: any. */
  articulos: string[]
  soloConConexion: boolean
  /** How often this client may still use it, as far as this till knows. */
  quedan: number
  /** The client keeps it or was given it; false: anybody may use it. */
  propio: boolean
  /** Why it does not count now, its minimum apart; null: it does. `cupon_con_conexion`: the server has to be asked (consultarCupon). */
  motivo: Codigo | null
}
/** Whose cupones: a card that was read. `cardId` null: nobody's, a general code. */
export interface DeQuien {
  cardId: string | null
  nivel: Nivel | null
  /** Their phone signed that they hold the cupón that is asked for, or the server named them by its code: this till may not have heard of it. */
  loTiene?: boolean
}
/** The server's word on one use. `codigoUnico`: the client's own code, where that was typed (CUP-24); it says whose sale it is. */
export interface CuponConsultado {
  cupon: CuponVisto
  codigoUnico: string | null
  /** Who has it, as the negocio knows them; null: a general code. */
  cliente: string | null
}
/** SCAN-28. The cupón of a sale: what it added up to, and the price of what was given free where there are no lines. Centavos. */
export interface CuponDeVenta {
  cuponId: string
  totalCentavos: number
  regaladoCentavos: number
  medio: 'qr' | 'codigo' | 'lista'
  codigoUnico: string | null
  /** consultarCupon said yes to this use. */
  conConexion: boolean
}

/** montoCentavos 1 to 9,999,999,999; with a cupón what is left to pay, also 0. qr: text scanned, or null for a sale without a client. */
export interface NuevaVenta {
  /** A UUIDv7 the page may choose: after REPLICA_CAIDA it can look whether this sale was committed. ID_EN_USO when it was. */
  id?: string
  /** Instead of `qr`: typed by hand; its points wait for the server. */
  tarjeta?: TarjetaEscrita
  montoCentavos: number
  metodoPago: 'efectivo' | 'tarjeta' | 'transferencia'
  descripcion: string | null
  lineas: LineaDeVenta[]
  qr: string | null
  operador: Operador | null
  cupon?: CuponDeVenta
  /** Hash that guardarFoto gave (SCAN-17). */
  foto?: string
}

/** SCAN-40. `lineas`: what came back, where it is known; the money decides. */
export interface NuevoReembolso {
  /** As of NuevaVenta: pressed again after an answer that was lost, it is the same refund. */
  id?: string
  transaccionId: string
  montoCentavos: number
  motivo: string
  operador: Operador | null
  lineas?: { articuloId: string; cantidad: number }[]
  /** How the screen said that the money goes back: the drawer of the shift counts by it. Absent: as the sale was paid, as far as this till knows by then. */
  metodoPago?: NuevaVenta['metodoPago']
}

/** A shift of this till, as its own journal tells it. Instants: corrected ms. */
export interface TurnoDeCaja {
  turnoId: string
  abiertoAt: number
  /** Id of whoever opened it. */
  abiertoPor: string | null
  fondoCentavos: number
  resumen: ResumenDeTurno
  /** fondo + cash − refunds in cash. */
  esperadoCentavos: number
  /** Null: it goes on. */
  cerradoAt: number | null
  cerradoPor: string | null
  /** Null: not counted. */
  contadoCentavos: number | null
  nota: string | null
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

/** Where a document stands: the server has it; only this device has the edit; refused; or its inbox row waits for a person (R7, R9). */
export type EstadoDeFila = 'recibido' | 'en_este_equipo' | 'rechazado' | 'conflicto'

/** CAT-07. Empty or null: not asked. `texto` is matched without accents or case, every word anywhere in the name, description or category. */
export interface ConsultaDeCatalogo {
  texto: string
  categoria: string | null
  tipo: 'producto' | 'servicio' | null
  visible: boolean | null
  estado: EstadoDeFila | null
  sucursalId: string | null
  orden: 'nombre' | 'precio' | 'categoria' | 'cambio'
  dir: 'asc' | 'desc'
  desde: number
  limite: number
}
export interface FilaDeCatalogo {
  articulo: ArticuloDoc
  estado: EstadoDeFila
  /** Why the server did not take it. */
  codigo: Codigo | null
  campo: string | null
}
/** One page of the catálogo as this device knows it, with what the tabs count (the same filters without the category). */
export interface Catalogo {
  filas: FilaDeCatalogo[]
  total: number
  todos: number
  visibles: number
  porEnviar: number
  categorias: { nombre: string; cuantos: number }[]
}

/** A change of one document; what was there before, in the same form, undoes it. */
export interface CambioDeDocumento {
  coleccion: Coleccion
  id: string
  cambios: Record<string, unknown>
}

/** CAT-11. The fate of each row of a file before anything is imported. `renglon` counts from 1 below the heading. */
export interface RenglonDeImportacion {
  renglon: number
  suerte: 'nuevo' | 'cambia' | 'igual' | 'malo'
  nombre: string
  /** Of a bad row: which column, what it said, and why it is refused. */
  columna: string | null
  valor: string | null
  codigo: Codigo | null
  /** Columns that change. */
  cambios: string[]
}
export interface PlanDeImportacion {
  id: string
  renglones: RenglonDeImportacion[]
  nuevos: number
  cambian: number
  iguales: number
  malos: number
}
export type Progreso = (hechas: number, total: number) => void

/** The quick search: what this device holds, best first. */
export interface Hallazgos {
  articulos: ArticuloDoc[]
  clientes: ClienteDoc[]
  transacciones: TransaccionDoc[]
}

export interface ReplicaApi {
  /** Opens the databases; REPLICA_NO_ABRE when the platform refuses. Safe to call again. */
  abrir(): Promise<Respuesta<{ app: App; alta: Alta | null; cadenaId: string | null }>>
  /**
   * Enrols this device with a one-use token (online): makes the key, the first chain, keeps the lease. ALTA_POR_APROBAR (PWA-14): the dueño has yet to approve
   * the digits of `cotejoDeAlta`; ask again after `esperaMs`. Where the link was somebody's, they are at the till then. EQUIPO_CON_ALTA: this device was enrolled
   * with another link, and that one is not used; DISPOSITIVO_REVOCADO while it has yet to hand in what it sold. The same token again is the same answer.
   */
  darDeAlta(token: string, modelo: string): Promise<Respuesta<Alta>>
  registrarVenta(venta: NuevaVenta): Promise<Respuesta<HechoGuardado>>
  registrarReembolso(r: NuevoReembolso): Promise<Respuesta<HechoGuardado>>
  registrarAnulacion(a: {
    id?: string
    transaccionId: string
    motivo: string
    operador: Operador | null
  }): Promise<Respuesta<HechoGuardado>>
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
  /** Entries of the journal not yet acknowledged, oldest first: seq, tipo, when, and the text. After them those the server will not have, too large even alone: `apartado`. */
  pendientes(): Promise<Respuesta<{ cadenaId: string; seq: number; tipo: string; wall: number; cuerpo: string; apartado?: true }[]>>
  /** What the server refused for its size is entered again, to be tried once more. */
  enviarApartados?(): Promise<Respuesta<null>>
  /** The pending entries as a signed file, uploadable from Studio or the Panel. */
  exportarPendientes(): Promise<Respuesta<string>>
  /** The edits a revoked device could not hand in, as a JSON file for a person; nothing is removed. */
  exportarEdicionesSinEntregar(): Promise<Respuesta<string>>
  descartarEdicionesSinEntregar(): Promise<Respuesta<null>>
  /** One exchange now: upload, then pull. Resolves when done or failed. */
  sincronizarAhora(): Promise<Respuesta<EstadoSync>>
  /** The tab became visible: takes over from a frozen leader. */
  alHacerseVisible(): Promise<void>
  /** Nobody looks at the tab any more: it tries less often. */
  alOcultarse?(): Promise<void>
  /** The browser believes the network is back: tries now instead of when the timer says. */
  alVolverLaRed?(): Promise<void>
  /** CardYA: logs an account in; the token stays in memory. CREDENCIALES, CUENTA_BLOQUEADA. */
  entrar?(correo: string, contrasena: string): Promise<Respuesta<null>>
  /** CardYA: ends that login, also without network, and erases what was pulled for it. */
  salirDeCuenta?(): Promise<Respuesta<null>>
  /** An authenticated request of this device or account to a path below /api/, as the screen's own. The `data` of the answer. */
  pedir?(camino: string, opciones?: { metodo?: 'GET' | 'POST' | 'DELETE'; cuerpo?: unknown; llave?: string }): Promise<Respuesta<unknown>>

  /** ScanYA. Who may enter here, those who entered before first. */
  personas?(): Promise<Respuesta<Persona[]>>
  turno?(): Promise<Respuesta<Turno | null>>
  /** Calls back at once and on every change. */
  observarTurno?(alCambiar: (turno: Turno | null) => void): Promise<() => void>
  /** Why nobody is at the till, until somebody enters; null: nobody was, or they left by themselves. */
  finDeTurno?(): Promise<Respuesta<FinDeTurno | null>>
  /**
   * Nick and PIN. Online the first time on this device; without network while the lease runs (design 04 §4).
   * CREDENCIALES_PIN and PIN_BLOQUEADO (with esperaMs while waiting helps), PIN_NECESITA_RED, LEASE_VENCIDA, EMPLEADO_INACTIVO, SIN_PERMISO (another
   * sucursal, or no permissions), DEMASIADAS_PETICIONES, DATO_INVALIDO (not 4 to 6 digits).
   */
  entrarEmpleado?(nick: string, pin: string): Promise<Respuesta<Turno>>
  /** A dueño or gerente with an account, online. CREDENCIALES, CUENTA_BLOQUEADA, SIN_PERMISO. */
  entrarCuenta?(correo: string, contrasena: string): Promise<Respuesta<Turno>>
  /** PWA-14. The four digits of this device and that link. */
  cotejoDeAlta?(token: string): Promise<Respuesta<string>>
  /**
   * EMP-15. Changes the PIN of the empleado at the till, online; the shift goes on, and the new PIN opens without network. SIN_CONEXION, CREDENCIALES_PIN
   * (`campo` pinActual; it counts as a try), PIN_BLOQUEADO, PIN_TRIVIAL, PIN_IGUAL, DATO_INVALIDO, SIN_PERMISO (an account is here).
   */
  cambiarMiPin?(pinActual: string, pin: string): Promise<Respuesta<null>>
  /** Pending hechos stay sealed in the journal under the name of who made them. */
  salirDelTurno?(): Promise<Respuesta<null>>

  /** Checks a scanned card on this device. qr_invalido, QR_EXPIRADO, QR_USADO, TARJETA_VENCIDA, TARJETA_REVOCADA. */
  leerTarjeta?(texto: string): Promise<Respuesta<TarjetaLeida>>
  /**
   * SCAN-30, 43. A canje by its QR or its typed code: whether this till may give it now. CANJE_INVALIDO, CANJE_VENCIDO, CANJE_YA_ENTREGADO, CANJE_CANCELADO,
   * CANJE_OTRA_SUCURSAL, CANJE_OTRA_CAJA (another till holds the lease and there is no network), SIN_CONEXION (`campo` codigo: not known here),
   * LICENCIA_VENCIDA, LEASE_VENCIDA, SIN_PERMISO.
   */
  validarCanje?(texto: string): Promise<Respuesta<CanjeLeido>>
  /** SCAN-33, 44; R4, R5. The reward was given. As validarCanje. */
  confirmarCanje?(texto: string): Promise<Respuesta<CanjeEntregado>>
  /** Those of the last days that the server gave because this till asked, oldest first. */
  canjesDados?(): Promise<Respuesta<CanjeDado[]>>
  /** The lease of this sucursal's canjes (R5), online: asks for it, or hands it over to whoever asked. `config` says what came of it. */
  arriendoDeCanjes?(accion: 'pedir' | 'ceder'): Promise<Respuesta<null>>
  /** SCAN-16. The cupones a client may see here: their own, and the public ones their nivel reaches. Those that count first. */
  cupones?(de: DeQuien): Promise<Respuesta<CuponVisto[]>>
  /** SCAN-26. By the code people read out. CUPON_INVALIDO, SIN_CONEXION (`campo` codigo: not known here), SIN_PERMISO, LICENCIA_VENCIDA, LEASE_VENCIDA. */
  cuponPorCodigo?(codigo: string, de: DeQuien): Promise<Respuesta<CuponConsultado>>
  /** SCAN-41. The server's answer about this very use, for a cupón that is taken online only. The reason when it says no. */
  consultarCupon?(uso: { cuponId: string; codigo: string; qr: string | null; totalCentavos: number }): Promise<Respuesta<null>>
  /** SCAN-22. What was really charged. */
  registrarCambioDeMonto?(c: {
    id?: string
    transaccionId: string
    montoCentavos: number
    motivo: string
    operador: Operador | null
  }): Promise<Respuesta<HechoGuardado>>
  /** The shift of this till that is open; null: none. */
  turnoDeCaja?(): Promise<Respuesta<TurnoDeCaja | null>>
  /** Those closed here, newest first, as far back as the journal goes. */
  turnosCerrados?(limite: number): Promise<Respuesta<TurnoDeCaja[]>>
  /** fondo: 0 to 9,999,999,999 centavos. TURNO_ABIERTO when one is. */
  abrirTurnoDeCaja?(fondoCentavos: number): Promise<Respuesta<HechoGuardado>>
  /** `contadoCentavos` null: not counted. TURNO_CERRADO when none is open. */
  cerrarTurnoDeCaja?(contadoCentavos: number | null, nota: string | null): Promise<Respuesta<HechoGuardado>>
  /** Makes a photo small and keeps it for a sale (SCAN-17). IMAGEN_INVALIDA, IMAGEN_GRANDE, DISCO_LLENO, SIN_PERMISO where there is no store for it. */
  guardarFoto?(archivo: Blob): Promise<Respuesta<string>>
  /** The photo, from this device while it has it, else from the server; null: neither has it. SIN_CONEXION, SIN_PERMISO. */
  foto?(hash: string): Promise<Respuesta<Blob | null>>
  /** Photos of sales that the server does not have yet, oldest first. */
  fotosPendientes?(): Promise<Respuesta<FotoPendiente[]>>
  /** Only one that was refused. NO_ENCONTRADO */
  descartarFoto?(hash: string): Promise<Respuesta<null>>
  /** Somebody saw what the server says of a hecho (`si` false: undone). A view of this device: nothing is deleted, and a verdict that changes is shown anew. */
  marcarEntendido?(hechoId: string, si: boolean): Promise<Respuesta<null>>
  /** The signed text of the ticket of a sale made on this device, for its QR. NO_ENCONTRADO. */
  ticket?(hechoId: string): Promise<Respuesta<string>>

  /** Studio. One page of the catálogo, at once and on every change, until the returned function is called. */
  observarCatalogo?(consulta: ConsultaDeCatalogo, alCambiar: (catalogo: Catalogo) => void): Promise<() => void>
  /** `/` of the top bar: at most `limite` of each kind. */
  buscar?(texto: string, limite: number): Promise<Respuesta<Hallazgos>>
  /** All of them or none, in one commit. The answer undoes it when it is given back; a document that was made here is deleted by it. EDICION_INVALIDA names the field. */
  editarVarios?(cambios: CambioDeDocumento[]): Promise<Respuesta<{ deshacer: CambioDeDocumento[] }>>
  /** Edits and pictures (coleccion `imagenes`, id: the hash) not yet taken by the server, oldest first. */
  edicionesPendientes?(): Promise<
    Respuesta<{ coleccion: string; id: string; nombre: string; campos: string[]; desdeAt: number; codigo: Codigo | null }[]>
  >
  /** Takes back an edit that was refused: the server's document shows again. Of `imagenes` (id: its hash), forgets a picture that was refused. NO_ENCONTRADO. */
  descartarEdicion?(coleccion: Coleccion | 'imagenes', id: string): Promise<Respuesta<null>>
  /** CAT-11. Reads a CSV and says each row's fate; nothing is written. ARCHIVO_ILEGIBLE, ARCHIVO_GRANDE, COLUMNA_FALTA (neither id nor nombre), IMPORTACION_CANCELADA. */
  prepararImportacion?(texto: string, alAvanzar: Progreso): Promise<Respuesta<PlanDeImportacion>>
  /** Writes the good rows of a plan, all in one commit; until then `cancelarImportacion` leaves everything as it was. NO_ENCONTRADO, IMPORTACION_CANCELADA. */
  importar?(planId: string, alAvanzar: Progreso): Promise<Respuesta<{ hechas: number; deshacer: CambioDeDocumento[] }>>
  cancelarImportacion?(): Promise<void>
  /** The catálogo as CSV, in the form `prepararImportacion` reads. */
  exportarCatalogo?(consulta?: Partial<ConsultaDeCatalogo>): Promise<Respuesta<string>>
  /** The bad rows of a plan as they came, with the reason as last column. NO_ENCONTRADO. */
  exportarMalos?(planId: string, idioma?: 'es' | 'en'): Promise<Respuesta<string>>
  /** CAT-05. Shrinks a picture to webp without its metadata and keeps it for upload, before the edit that names it. IMAGEN_INVALIDA, IMAGEN_GRANDE, DISCO_LLENO. */
  guardarImagen?(archivo: Blob): Promise<Respuesta<{ hash: string }>>
  /** The picture while this device still has it; null: the server does, at `/imagenes/:negocioId/:hash`. */
  imagenLocal?(hash: string): Promise<Respuesta<Blob | null>>
  cerrar(): Promise<void>
}
