/** Errors of the database layer that an operator must understand. Everything else is PostgreSQL's own error. */
export type CodigoDb =
  | 'DATOS_EN_USO'
  | 'DATOS_DE_OTRA_VERSION'
  | 'MIGRACION_CAMBIADA'
  | 'MIGRACION_FALLIDA'
  | 'BASE_INSEGURA'
  | 'BASE_SIN_ACCESO'
  | 'BASE_NO_RESPONDE'
  | 'TRANSACCION_ANIDADA'
  | 'ID_INVALIDO'
  | 'RESPALDO_EN_CURSO'
  | 'RESPALDO_CORTADO'
  | 'RESPALDO_ILEGIBLE'
  | 'CARPETA_OCUPADA'
  | 'RESTAURACION_A_MEDIAS'

const textos: Record<CodigoDb, { es: string; en: string }> = {
  DATOS_EN_USO: {
    es: 'Otro proceso ya usa esta carpeta de datos.',
    en: 'Another process already uses this data folder.',
  },
  DATOS_DE_OTRA_VERSION: {
    es: 'La carpeta de datos es de otra versión de la base de datos.',
    en: 'The data folder belongs to another version of the database.',
  },
  MIGRACION_CAMBIADA: {
    es: 'Una migración ya aplicada fue modificada o falta.',
    en: 'A migration that was already applied has been changed or is missing.',
  },
  MIGRACION_FALLIDA: { es: 'Una migración no se pudo aplicar.', en: 'A migration could not be applied.' },
  BASE_INSEGURA: {
    es: 'La base de datos no aísla a los negocios: el servidor no arranca.',
    en: 'The database does not isolate tenants: the server refuses to start.',
  },
  BASE_SIN_ACCESO: {
    es: 'El servidor no puede entrar a la base de datos con su propio rol.',
    en: 'The server cannot log in to the database with its own role.',
  },
  BASE_NO_RESPONDE: {
    es: 'No se pudo conectar a la base de datos de DATABASE_URL.',
    en: 'The database of DATABASE_URL could not be reached.',
  },
  TRANSACCION_ANIDADA: {
    es: 'Se abrió una transacción dentro de otra.',
    en: 'A transaction was opened inside another one.',
  },
  ID_INVALIDO: { es: 'El identificador no es un UUID.', en: 'The identifier is not a UUID.' },
  RESPALDO_EN_CURSO: { es: 'Ya se está haciendo un respaldo.', en: 'A backup is being made already.' },
  RESPALDO_CORTADO: { es: 'El respaldo quedó a medias; no se guardó.', en: 'The backup was cut short; nothing was kept.' },
  RESPALDO_ILEGIBLE: { es: 'Este archivo no es un respaldo entero.', en: 'This file is not a whole backup.' },
  CARPETA_OCUPADA: {
    es: 'La carpeta de datos no está vacía: usa --force para apartar lo que tiene.',
    en: 'The data folder is not empty: use --force to move what is in it aside.',
  },
  RESTAURACION_A_MEDIAS: {
    es: 'Una restauración quedó a medias en esta carpeta de datos: repite npm run restore y la termina.',
    en: 'A restore stopped halfway in this data folder: run npm run restore again and it ends it.',
  },
}

export class ErrorDb extends Error {
  readonly code: CodigoDb
  constructor(code: CodigoDb, detalle: string, causa?: unknown) {
    super(`${code}: ${textos[code].es} ${textos[code].en} (${detalle})`, { cause: causa })
    this.name = 'ErrorDb'
    this.code = code
  }
}
