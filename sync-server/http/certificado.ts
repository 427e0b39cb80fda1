/**
 * A certificate of this machine for its local network (`npm start -- --https`), because browsers give camera, keys and offline work only to
 * https or localhost. An authority made for it signs it, and each phone must trust that authority once: it can be fetched at /certificado.crt.
 * The authority's key is forgotten at once, so nobody can ever sign another site's certificate for those phones. Kept in DATA_DIR/tls, readable by its
 * owner only, and made again, authority and all, when an address is missing from it or it is about to end.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { DIA } from '../../schema/core/tiempo.ts'
import type { App } from './entorno.ts'
import { direccionesDeLan, nombresDeLan } from './red.ts'

export interface Certificado {
  /** PEM. */
  llave: string
  /** PEM: this machine's, then the authority's. */
  certificado: string
}

/** Browsers refuse longer ones. */
const VIGENCIA_MS = 397 * DIA
const RENOVAR_ANTES_MS = 30 * DIA
/** A phone's clock may be behind. */
const MARGEN_MS = DIA

const DE_AUTORIDAD = [
  { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
  { name: 'keyUsage', keyCertSign: true, critical: true },
] as const
const DE_SERVIDOR = [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, critical: true },
  { name: 'extKeyUsage', serverAuth: true },
] as const

/**
 * The kept certificate, or a new one.
 * @param ahora ms
 * @param direcciones IPv4 it must be good for, besides 127.0.0.1
 */
export async function certificadoDeLan(dataDir: string, ahora: number, direcciones = direccionesDeLan()): Promise<Certificado> {
  const carpeta = path.join(dataDir, 'tls')
  const guardado = leer(carpeta)
  if (guardado && sirve(guardado, ahora, direcciones)) return guardado
  const nuevo = await hacer(ahora, direcciones)
  fs.mkdirSync(carpeta, { recursive: true, mode: 0o700 })
  escribir(path.join(carpeta, 'llave.pem'), nuevo.llave)
  escribir(path.join(carpeta, 'certificado.pem'), nuevo.certificado)
  return nuevo
}

/** What a phone downloads to trust this machine. */
export function montarCertificado(app: App, { certificado }: Certificado): void {
  const der = new Uint8Array(autoridadDe(certificado).raw)
  app.get('/certificado.crt', (c) =>
    c.body(der, 200, { 'content-type': 'application/x-x509-ca-cert', 'content-disposition': 'attachment; filename="anunciaya.crt"' }),
  )
}

/** The second of the chain. */
export const autoridadDe = (cadena: string): X509Certificate =>
  new X509Certificate(cadena.slice(cadena.indexOf('-----BEGIN CERTIFICATE-----', cadena.indexOf('-----END'))))

async function hacer(ahora: number, direcciones: string[]): Promise<Certificado> {
  const { generate } = await import('selfsigned')
  const nombres = nombresDeLan()
  const comun = {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(ahora - MARGEN_MS),
    notAfterDate: new Date(ahora - MARGEN_MS + VIGENCIA_MS),
  } as const
  // The moment is in the name: a phone may still have the one before.
  const nombre = `AnunciaYA ${nombres[1] ?? 'local'} ${new Date(ahora).toISOString().slice(0, 16)}`
  const autoridad = await generate([{ name: 'commonName', value: nombre }], { ...comun, extensions: [...DE_AUTORIDAD] })
  const altNames = [
    ...nombres.map((value) => ({ type: 2 as const, value })),
    ...['127.0.0.1', ...direcciones].map((ip) => ({ type: 7 as const, ip })),
  ]
  const hecho = await generate([{ name: 'commonName', value: nombres[1] ?? 'localhost' }], {
    ...comun,
    ca: { key: autoridad.private, cert: autoridad.cert },
    extensions: [...DE_SERVIDOR, { name: 'subjectAltName', altNames }],
  })
  return { llave: hecho.private, certificado: `${hecho.cert.trim()}\n${autoridad.cert.trim()}\n` }
}

function leer(carpeta: string): Certificado | null {
  try {
    const [llave, certificado] = ['llave.pem', 'certificado.pem'].map((nombre) => fs.readFileSync(path.join(carpeta, nombre), 'utf8'))
    return { llave: llave ?? '', certificado: certificado ?? '' }
  } catch {
    return null
  }
}

/** A pair that does not belong together (a start that was cut) does not serve either. */
function sirve({ llave, certificado }: Certificado, ahora: number, direcciones: string[]): boolean {
  try {
    const x509 = new X509Certificate(certificado)
    const vigente = Date.parse(x509.validFrom) <= ahora && ahora < Date.parse(x509.validTo) - RENOVAR_ANTES_MS
    return vigente && x509.checkPrivateKey(createPrivateKey(llave)) && direcciones.every((ip) => x509.checkIP(ip) !== undefined)
  } catch {
    return false
  }
}

function escribir(ruta: string, texto: string): void {
  const temporal = `${ruta}.${process.pid}`
  fs.writeFileSync(temporal, texto, { mode: 0o600, flush: true })
  fs.renameSync(temporal, ruta)
}
