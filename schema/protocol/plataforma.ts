/**
 * What the Panel asks (superadmin only). Lists are paginated on the server; what is live comes by shapes of the same rows. What a device says of
 * itself is as old as its last contact: null means that it never said.
 */
import { z } from 'zod'
import { instante, uuid } from '../domain/hechos/sobre.ts'

export const POR_PAGINA = 50
/** `cursor`: opaque, of the answer before. `total` of verdicts is counted up to 10,000. */
export const paginaDe = <T extends z.ZodType>(fila: T) =>
  z.object({ hora: instante, filas: z.array(fila), total: z.number().int(), cursor: z.string().nullable() })
/** The same, and how many rows each filter would give for what is searched. */
const paginaConCuentas = <T extends z.ZodType>(fila: T) =>
  paginaDe(fila).extend({
    cuentas: z.object({ todos: z.number().int(), atencion: z.number().int(), sin_conexion: z.number().int() }),
  })

/** Why a device needs a person. */
export const ATENCIONES = ['sin_procesar', 'hueco', 'bifurcada', 'reloj', 'sin_contacto', 'version', 'almacen'] as const
export type Atencion = (typeof ATENCIONES)[number]

export const equipoDePlataforma = z.object({
  id: uuid,
  negocioId: uuid,
  negocio: z.string(),
  sucursalId: uuid.nullable(),
  sucursal: z.string().nullable(),
  nombre: z.string(),
  tipo: z.enum(['caja', 'studio']),
  serie: z.string(),
  bajaAt: instante.nullable(),
  /** To the minute while it is in contact. */
  ultimoContactoAt: instante.nullable(),
  /** Heard of within the last minutes (EN_LINEA_MS of the server). */
  enLinea: z.boolean(),
  pendientes: z.number().int().nullable(),
  /** When the oldest of them happened. */
  masAntiguoAt: instante.nullable(),
  /** Server − device, ms. */
  offsetMs: z.number().int().nullable(),
  almacenBytes: z.number().int().nullable(),
  cuotaBytes: z.number().int().nullable(),
  /** Whether the browser promised not to erase what it stores. */
  persistente: z.boolean().nullable(),
  versionApp: z.string().nullable(),
  /** Of the wire. */
  protocolo: z.number().int().nullable(),
  /** Entries received from it, ever; of those, entries no judge could process. */
  recibidos: z.number().int(),
  sinProcesar: z.number().int(),
  /** From the button to the ledger, ms, over its last hechos; null: none. */
  retrasoP50: z.number().int().nullable(),
  retrasoP95: z.number().int().nullable(),
  atencion: z.array(z.enum(ATENCIONES)),
})
export type EquipoDePlataforma = z.infer<typeof equipoDePlataforma>

/** `GET /api/admin/negocios?negocioId=&buscar=&filtro=&cursor=`: tenants, those with the oldest pending hecho first. */
export const negocioDePlataforma = z.object({
  negocioId: uuid,
  nombre: z.string(),
  numero: z.number().int(),
  sucursales: z.number().int(),
  equipos: z.number().int(),
  enLinea: z.number().int(),
  conAtencion: z.number().int(),
  pendientes: z.number().int(),
  masAntiguoAt: instante.nullable(),
  ultimoContactoAt: instante.nullable(),
  recibidos: z.number().int(),
})
export type NegocioDePlataforma = z.infer<typeof negocioDePlataforma>
export const FILTROS = ['todos', 'atencion', 'sin_conexion'] as const
export type Filtro = (typeof FILTROS)[number]
export const respuestaNegocios = paginaConCuentas(negocioDePlataforma)
export type RespuestaNegocios = z.infer<typeof respuestaNegocios>
/** `GET /api/admin/dispositivos?negocioId=&buscar=&filtro=&cursor=`: revoked ones last. */
export const respuestaEquipos = paginaConCuentas(equipoDePlataforma)
export type RespuestaEquipos = z.infer<typeof respuestaEquipos>

export const nodoDePlataforma = z.object({
  id: z.string(),
  version: z.string(),
  iniciadoAt: instante,
  latidoAt: instante,
  /** Of its last heartbeat; null: a node of an older release. */
  memoriaBytes: z.number().int().nullable(),
  /** Delay of the event loop, ms, p99 since the heartbeat before. */
  bucleMs: z.number().nullable(),
  baseMs: z.number().nullable(),
  streams: z.number().int().nullable(),
})
export type NodoDePlataforma = z.infer<typeof nodoDePlataforma>
/** `GET /api/admin/resumen`: the strip above everything. */
export const resumenDePlataforma = z.object({
  hora: instante,
  motor: z.enum(['pglite', 'postgres']),
  equipos: z.number().int(),
  enLinea: z.number().int(),
  pendientes: z.number().int(),
  masAntiguoAt: instante.nullable(),
  masAntiguoDe: z.string(),
  recibidosHoy: z.number().int(),
  /** Verdicts that wait for somebody: held, in review, waiting for their parent, or unprocessed. */
  enRevision: z.number().int(),
  sinProcesar: z.number().int(),
  conAtencion: z.number().int(),
  /** How often each rule spoke today, most frequent first (R7, R8, R9 from edits). */
  reglas: z.array(z.object({ regla: z.string(), veces: z.number().int() })),
  nodos: z.array(nodoDePlataforma),
})
export type ResumenDePlataforma = z.infer<typeof resumenDePlataforma>

/** `GET /api/admin/pulso?rango=`: throughput and delay. A point per minute (15m, 1h), per 15 minutes (24h), per 2 hours (7d); points without hechos are absent. */
export const RANGOS = ['15m', '1h', '24h', '7d'] as const
export type Rango = (typeof RANGOS)[number]
export const puntoDePulso = z.object({
  at: instante,
  hechos: z.number().int(),
  p50: z.number().int().nullable(),
  p95: z.number().int().nullable(),
})
export type PuntoDePulso = z.infer<typeof puntoDePulso>
export const respuestaPulso = z.object({ hora: instante, cadaMs: z.number().int(), puntos: z.array(puntoDePulso) })
export type RespuestaPulso = z.infer<typeof respuestaPulso>

/** One entry of a device's journal as received. `anteriorFalta`: how many seqs before it never came. */
export const renglonRecibido = z.object({
  cadenaId: uuid,
  seq: z.number().int(),
  variante: z.number().int(),
  hash: z.string(),
  tipo: z.string().nullable(),
  folio: z.string().nullable(),
  montoCentavos: z.number().int().nullable(),
  operador: z.string(),
  wallAt: instante.nullable(),
  recibidoAt: instante,
  estado: z.string(),
  motivos: z.array(z.object({ regla: z.string().nullable(), codigo: z.string() })),
  puntos: z.number().int().nullable(),
  anteriorFalta: z.number().int(),
})
export type RenglonRecibido = z.infer<typeof renglonRecibido>
/** `GET /api/admin/dispositivos/:id/diario?cursor=` */
export const respuestaDiarioRecibido = paginaDe(renglonRecibido)

/** `GET /api/admin/dispositivos/:id`: one device, its chains and its last days. */
export const detalleDeEquipo = z.object({
  hora: instante,
  equipo: equipoDePlataforma,
  modelo: z.string(),
  altaAt: instante,
  bajaMotivo: z.string().nullable(),
  licenciaVenceAt: instante.nullable(),
  cadenas: z.array(
    z.object({
      cadenaId: uuid,
      esperado: z.number().int(),
      hueco: z.boolean(),
      bifurcada: z.boolean(),
      abiertaAt: instante,
      entradas: z.number().int(),
    }),
  ),
  /** Stretches with contact (nothing longer than 5 minutes between two exchanges), hechos per hour, clock at each hour; the last 72 hours. */
  linea: z.object({
    desdeAt: instante,
    contactos: z.array(z.object({ desdeAt: instante, hastaAt: instante })),
    turnos: z.array(z.object({ quien: z.string(), desdeAt: instante, hastaAt: instante })),
    hechos: z.array(z.object({ at: instante, cuantos: z.number().int() })),
    reloj: z.array(z.object({ at: instante, offsetMs: z.number().int() })),
    huecos: z.array(z.object({ desdeSeq: z.number().int(), hastaSeq: z.number().int(), at: instante })),
  }),
})
export type DetalleDeEquipo = z.infer<typeof detalleDeEquipo>

/**
 * What became of it. `pendiente`: it still waits. Of held points: `acreditado` (every hold was lifted), `rechazado`, `caducado`. `cerrado`: nothing waits.
 */
export const RESULTADOS = ['pendiente', 'acreditado', 'rechazado', 'caducado', 'cerrado'] as const
export type Resultado = (typeof RESULTADOS)[number]

/** A verdict somebody should know of: not accepted, or accepted with a reason. Also row of the shape `veredictos`. */
export const veredictoDeNota = z.object({
  /** `${negocioId}|${cadenaId}|${seq}` */
  id: z.string(),
  negocioId: uuid,
  negocio: z.string(),
  sucursal: z.string(),
  dispositivoId: uuid.nullable(),
  dispositivo: z.string(),
  hechoId: uuid,
  tipo: z.string(),
  estado: z.string(),
  /** The first of its reasons. */
  regla: z.string().nullable(),
  codigo: z.string(),
  montoCentavos: z.number().int().nullable(),
  puntos: z.number().int(),
  folio: z.string().nullable(),
  effAt: instante,
  juzgadoAt: instante,
  resultado: z.enum(RESULTADOS),
})
export type VeredictoDeNota = z.infer<typeof veredictoDeNota>
/**
 * `GET /api/admin/veredictos?regla=&resultado=&negocioId=&dispositivoId=&buscar=&dias=&cursor=`, newest first, of those decided in the last `dias` days
 * (the same as of `reglas`); one with its evidence: `GET /api/admin/veredictos/:id` answers a `Revision`.
 */
export const respuestaVeredictos = paginaDe(veredictoDeNota)
export type RespuestaVeredictos = z.infer<typeof respuestaVeredictos>

/**
 * `GET /api/admin/reglas?dias=`: how often each rule spoke, today and the days before, most frequent first; once for each hecho. What was sent again (R1)
 * and edits (R7, R8, R9) are counted and leave no verdict.
 */
export const DIAS_DE_REGLAS = ['1', '7', '30'] as const
export const respuestaReglas = z.object({ hora: instante, reglas: z.array(z.object({ regla: z.string(), veces: z.number().int() })) })
export type RespuestaReglas = z.infer<typeof respuestaReglas>

/** `GET /api/admin/dispositivos/:id/diario.json`: a journal as received, for whoever has to look at it elsewhere. */
export const diarioExportado = z.object({
  dispositivoId: uuid,
  negocio: z.string(),
  dispositivo: z.string(),
  exportadoAt: instante,
  entradas: z.array(
    z.object({
      cadenaId: uuid,
      seq: z.number().int(),
      variante: z.number().int(),
      hash: z.string(),
      /** The text that was hashed; null: the device swore it lost it. */
      cuerpo: z.string().nullable(),
      recibidoAt: instante,
      estado: z.string(),
    }),
  ),
})
