/**
 * What the server writes of itself: one JSON line at a time, to standard output. Never a body, a query, a token or what a row says of a person: of
 * an error only what it is and where, for PostgreSQL likes to quote the row it complains about.
 */
import pino, { type DestinationStream, type Logger } from 'pino'

export const NIVELES_DE_LOG = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type NivelDeLog = (typeof NIVELES_DE_LOG)[number]

const CAUSAS_A_LO_MAS = 3

interface ErrorEscrito {
  type: string
  message: string
  stack: string
  code?: string
  constraint?: string
  causa?: ErrorEscrito
}

/** Names, codes and places. A value that PostgreSQL quotes in its message goes; `detail`, `where` and the parameters of a query are not written. */
export function sinDatos(error: unknown, hondura = 0): ErrorEscrito | string {
  if (!(error instanceof Error)) return typeof error
  const { code, constraint_name, cause } = error as { code?: unknown; constraint_name?: unknown; cause?: unknown }
  const message = error.name === 'PostgresError' ? error.message.replace(/: ".*"/s, ': "…"') : error.message
  const causa = cause instanceof Error && hondura < CAUSAS_A_LO_MAS ? sinDatos(cause, hondura + 1) : undefined
  return {
    type: error.name,
    message,
    stack: (error.stack ?? '').replace(error.message, message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint_name === 'string' ? { constraint: constraint_name } : {}),
    ...(typeof causa === 'object' ? { causa } : {}),
  }
}

/** `destino`: elsewhere than standard output, for tests. */
export const crearLog = (level: NivelDeLog, destino?: DestinationStream): Logger =>
  pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: sinDatos } },
    destino ?? pino.destination(1),
  )
