/** The environment, read once. What is wrong stops the start with one sentence that says what to change. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { direccionesDeLan } from './http/red.ts'
import { NIVELES_DE_LOG, type NivelDeLog } from './log.ts'
import { claveEnCarpeta } from './secreto.ts'

/** Requests a node takes before it answers 429 (design 04 §6). Kept in memory, per node. */
export interface Limites {
  /** Journal uploads, per device and minute. */
  diarioPorMinuto: number
  /** Logins, registrations and refreshes, per IP and minute. */
  accesoPorMinuto: number
  /** Enrolments with a link that does not work, per IP and hour. */
  altasFallidasPorHora: number
  /** New phone keys, per shopper and day. */
  llavesPorDia: number
  /** Logins with a PIN, per device and hour, and per IP and hour. */
  pinPorHora: number
  pinPorHoraIp: number
  /** Pictures handed in, per device or account and minute. */
  imagenesPorMinuto: number
  /** Public pages of a negocio and looks at their articulos, per IP and minute. */
  publicoPorMinuto: number
  /** Requests about push and notifications, per account and minute. */
  avisosPorMinuto: number
  /** Canjes asked for, per card and hour. */
  canjesPorHora: number
  /** Codes of canjes typed, per till or account and minute. */
  canjesTecleadosPorMinuto: number
  /** Codes of cupones typed in vain, per till or account and minute. */
  cuponesEnVanoPorMinuto: number
  /** Tickets shown to claim a purchase, good or bad, per shopper. */
  reclamosPorDia: number
}

export interface Env {
  port: number
  host: string
  dataDir: string
  /** Absent: the embedded database in dataDir. */
  databaseUrl: string | undefined
  secretKey: string
  /** Undefined: only on an embedded database that was empty when it was first opened. */
  demo: boolean | undefined
  /** How many days of sales a new demo world has behind it. */
  demoDias: number
  /** Serves https with a certificate of its own, for phones on the same network (http/certificado.ts). */
  https: boolean
  /** Base URLs without a final slash. The last three equal the first unless given hostnames of their own. */
  publicUrl: string
  cardyaUrl: string
  scanyaUrl: string
  panelUrl: string
  /** Folder of the built client; nothing is served from it while it does not exist. */
  clientDir: string
  /** Pictures of the catálogo. Every node of one database needs the same folder. */
  imagenesDir: string
  /** Where the daily backups of an embedded database go; undefined: none is made. */
  backupDir: string | undefined
  /** How long a server that was told to stop goes on while /ready says 503, ms. */
  drainMs: number
  /** Whom a push service may write to about this installation (RFC 8292): a mailto: or https: address. */
  pushSubject: string | undefined
  /** Origins notifications may be sent to besides the push services of the browsers. */
  pushExtra: string[]
  logLevel: NivelDeLog
  limites: Limites
}

/** A start that cannot go on, in one sentence for whoever runs the server. */
export class ErrorDeArranque extends Error {
  constructor(oracion: string) {
    super(oracion)
    this.name = 'ErrorDeArranque'
  }
}

export const LIMITES: Limites = {
  diarioPorMinuto: 60,
  accesoPorMinuto: 30,
  altasFallidasPorHora: 5,
  llavesPorDia: 3,
  pinPorHora: 20,
  pinPorHoraIp: 60,
  imagenesPorMinuto: 300,
  publicoPorMinuto: 300,
  avisosPorMinuto: 60,
  canjesPorHora: 5,
  canjesTecleadosPorMinuto: 5,
  cuponesEnVanoPorMinuto: 10,
  reclamosPorDia: 20,
}
export const CARPETA_DEL_CLIENTE = fileURLToPath(new URL('../client/dist', import.meta.url))

/** Twelve weeks: enough for a regular to become oro. */
const DIAS_DE_DEMO = 84
const DIAS_DE_DEMO_A_LO_MAS = 200
const vacioEsAusente = (valor: unknown) => (valor === '' ? undefined : valor)
const opcional = <T extends z.ZodType>(tipo: T) => z.preprocess(vacioEsAusente, tipo.optional())
const url = z.url({ protocol: /^https?$/ }).transform((texto) => texto.replace(/\/+$/, ''))
const CLAVE_MINIMA = 16

const fuenteDeEnv = z.object({
  PORT: opcional(z.coerce.number().int().min(0).max(65_535)),
  HOST: opcional(z.string()),
  DATA_DIR: opcional(z.string()),
  DATABASE_URL: opcional(z.string().regex(/^postgres(ql)?:\/\//)),
  SECRET_KEY: opcional(z.string().min(CLAVE_MINIMA)),
  DEMO: opcional(z.enum(['0', '1', 'true', 'false'])),
  DEMO_DIAS: opcional(z.coerce.number().int().min(0).max(DIAS_DE_DEMO_A_LO_MAS)),
  PUBLIC_URL: opcional(url),
  CARDYA_URL: opcional(url),
  SCANYA_URL: opcional(url),
  PANEL_URL: opcional(url),
  CLIENT_DIR: opcional(z.string()),
  HTTPS: opcional(z.enum(['0', '1', 'true', 'false'])),
  IMAGENES_DIR: opcional(z.string()),
  BACKUP_DIR: opcional(z.string()),
  LOG_LEVEL: opcional(z.enum(NIVELES_DE_LOG)),
  DRAIN_MS: opcional(z.coerce.number().int().min(0).max(60_000)),
  PUSH_SUBJECT: opcional(z.string().regex(/^(mailto:[^@\s]+@[^@\s]+|https:\/\/\S+)$/)),
  PUSH_ENDPOINTS_EXTRA: opcional(
    z
      .string()
      .transform((texto) => texto.split(',').map((uno) => uno.trim()))
      .pipe(z.array(url.transform((una) => new URL(una).origin))),
  ),
})

const FORMA: Record<keyof z.infer<typeof fuenteDeEnv>, string> = {
  PORT: 'a port number from 0 to 65535',
  HOST: 'an address to listen on',
  DATA_DIR: 'a folder',
  DATABASE_URL: 'a postgres:// address',
  SECRET_KEY: `at least ${CLAVE_MINIMA} characters`,
  DEMO: '0 or 1',
  DEMO_DIAS: `a number of days from 0 to ${DIAS_DE_DEMO_A_LO_MAS}`,
  PUBLIC_URL: 'an http:// or https:// address',
  CARDYA_URL: 'an http:// or https:// address',
  SCANYA_URL: 'an http:// or https:// address',
  PANEL_URL: 'an http:// or https:// address',
  CLIENT_DIR: 'a folder',
  HTTPS: '0 or 1',
  IMAGENES_DIR: 'a folder',
  BACKUP_DIR: 'a folder, or 0 for no daily backup',
  LOG_LEVEL: `one of ${NIVELES_DE_LOG.join(', ')}`,
  DRAIN_MS: 'milliseconds from 0 to 60000',
  PUSH_SUBJECT: 'a mailto: or https:// address',
  PUSH_ENDPOINTS_EXTRA: 'http:// or https:// addresses, with commas between them',
}

/** Every variable the server reads. */
export const VARIABLES = Object.keys(FORMA)

const si = (valor: string | undefined): boolean => valor === '1' || valor === 'true'

/** Where people open it: this machine, or with a certificate of its own the first address phones reach. */
const direccionPropia = (https: boolean, port: number): string =>
  https ? `https://${direccionesDeLan()[0] ?? 'localhost'}:${port}` : `http://localhost:${port}`

/**
 * Reads the variables. With DATABASE_URL a SECRET_KEY is required: two nodes with a key each of their own would make garbage of each other's
 * sessions and certificates. Embedded, it is made once and kept in DATA_DIR.
 * @throws ErrorDeArranque
 */
export function leerEnv(fuente: Record<string, string | undefined>): Env {
  const leido = fuenteDeEnv.safeParse(fuente)
  if (!leido.success) {
    const nombre = String(leido.error.issues[0]?.path[0]) as keyof typeof FORMA
    throw new ErrorDeArranque(`${nombre} must be ${FORMA[nombre]}.`)
  }
  const v = leido.data
  if (v.DATABASE_URL && !v.SECRET_KEY)
    throw new ErrorDeArranque(
      'SECRET_KEY is required with DATABASE_URL: every node needs the same one. Make it with: openssl rand -base64 32',
    )
  const port = v.PORT ?? 8080
  const dataDir = v.DATA_DIR ?? './data'
  const https = si(v.HTTPS)
  const publicUrl = v.PUBLIC_URL ?? direccionPropia(https, port)
  return {
    port,
    host: v.HOST ?? '0.0.0.0',
    dataDir,
    databaseUrl: v.DATABASE_URL,
    secretKey: v.SECRET_KEY ?? claveEnCarpeta(dataDir),
    demo: v.DEMO === undefined ? undefined : si(v.DEMO),
    demoDias: v.DEMO_DIAS ?? DIAS_DE_DEMO,
    https,
    publicUrl,
    cardyaUrl: v.CARDYA_URL ?? publicUrl,
    scanyaUrl: v.SCANYA_URL ?? publicUrl,
    panelUrl: v.PANEL_URL ?? publicUrl,
    clientDir: v.CLIENT_DIR ?? CARPETA_DEL_CLIENTE,
    imagenesDir: v.IMAGENES_DIR ?? path.join(dataDir, 'imagenes'),
    // A PostgreSQL has its own backups.
    backupDir: v.DATABASE_URL || v.BACKUP_DIR === '0' ? undefined : (v.BACKUP_DIR ?? path.join(dataDir, 'respaldos')),
    drainMs: v.DRAIN_MS ?? 0,
    pushSubject: v.PUSH_SUBJECT ?? (publicUrl.startsWith('https:') ? publicUrl : undefined),
    pushExtra: v.PUSH_ENDPOINTS_EXTRA ?? [],
    logLevel: v.LOG_LEVEL ?? 'info',
    limites: LIMITES,
  }
}
