/** SECRET_KEY of an embedded installation, and what is derived from any SECRET_KEY. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { exigirSinRestauracion } from './db/restauracion.ts'

const ARCHIVO = 'secret.key'

/** The key kept in DATA_DIR, made on the first start: owner-only, flushed before it is used. Two starts at once agree on one. @throws ErrorDb RESTAURACION_A_MEDIAS */
export function claveEnCarpeta(dataDir: string): string {
  const ruta = path.join(dataDir, ARCHIVO)
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // Its key may be on its way.
  exigirSinRestauracion(dataDir)
  if (!fs.existsSync(ruta)) estrenar(ruta)
  const clave = fs.readFileSync(ruta, 'utf8').trim()
  if (!clave) throw new Error(`${ruta} is empty: put back the key it had, or start with an empty DATA_DIR`)
  return clave
}

/** Written whole under another name and linked into place: a reader never sees half a key, and the first of two writers wins. */
function estrenar(ruta: string): void {
  const temporal = `${ruta}.${process.pid}.${randomBytes(4).toString('hex')}`
  const fd = fs.openSync(temporal, 'wx', 0o600)
  fs.writeSync(fd, `${randomBytes(32).toString('base64url')}\n`)
  fs.fsyncSync(fd)
  fs.closeSync(fd)
  try {
    fs.linkSync(temporal, ruta)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(temporal, { force: true })
  }
}

/** 32 bytes for one purpose. Knowing one derived key says nothing about another, nor about SECRET_KEY. */
export const derivar = (secretKey: string, proposito: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secretKey, 'anunciaya', proposito, 32))

/** AES-256-GCM: iv, what was hidden, tag, in base64. `clave` is a derived one. */
export function cifrar(clave: Buffer, claro: Buffer): string {
  const iv = randomBytes(12)
  const cifra = createCipheriv('aes-256-gcm', clave, iv)
  const cuerpo = Buffer.concat([cifra.update(claro), cifra.final()])
  return Buffer.concat([iv, cuerpo, cifra.getAuthTag()]).toString('base64')
}

/** @throws when the text was not hidden with this key */
export function descifrar(clave: Buffer, texto: string): Buffer {
  const bytes = Buffer.from(texto, 'base64')
  const cifra = createDecipheriv('aes-256-gcm', clave, bytes.subarray(0, 12))
  cifra.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([cifra.update(bytes.subarray(12, -16)), cifra.final()])
}
