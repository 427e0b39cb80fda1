/** A start that failed, in one sentence for whoever runs the server; never a password that was in an address. */
import { ErrorDb } from './db/errores.ts'
import { ErrorDeArranque } from './env.ts'

const DE_RED: Record<string, string> = {
  EADDRINUSE: 'The port is in use by another process: stop it, or choose another with PORT.',
  EACCES: 'No permission for the port or the data folder: choose others with PORT and DATA_DIR.',
  EADDRNOTAVAIL: 'This machine does not have the address of HOST.',
  ECONNREFUSED: 'The database of DATABASE_URL does not answer: is it running there?',
  ENOTFOUND: 'The machine of DATABASE_URL does not exist.',
  ETIMEDOUT: 'The database of DATABASE_URL does not answer in time.',
  CONNECT_TIMEOUT: 'The database of DATABASE_URL does not answer in time.',
  '28P01': 'The user or password of DATABASE_URL is wrong.',
  '3D000': 'The database named in DATABASE_URL does not exist: create it first.',
}

export function oracionDe(error: unknown): string {
  if (error instanceof ErrorDeArranque || error instanceof ErrorDb) return error.message
  const code = (error as { code?: string }).code ?? ''
  const conocida = DE_RED[code]
  if (conocida) return conocida
  return `The server could not start: ${error instanceof Error ? error.message : String(error)}`
}
