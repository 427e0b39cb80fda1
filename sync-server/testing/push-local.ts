/**
 * A push service and the browsers behind it, in this process: it answers over HTTP, checks who sends (RFC 8292) and opens what was sent with the
 * browser's own private key (RFC 8291), written apart from the code that closes it.
 */
import { createDecipheriv, createECDH, createHmac, type ECDH, randomBytes } from 'node:crypto'
import http from 'node:http'
import { importJWK, jwtVerify } from 'jose'

export interface NavegadorDePrueba {
  endpoint: string
  llaves: { p256dh: string; auth: string }
}
export interface Recibido {
  navegador: number
  mensaje: { id: string; titulo: string; cuerpo: string; ir: string }
  cabeceras: http.IncomingHttpHeaders
  /** Claims of the JWT. */
  jwt: Record<string, unknown>
}

export class ServicioPushLocal {
  readonly recibidos: Recibido[] = []
  /** What was wrong with what came, in words. */
  readonly quejas: string[] = []
  /** What it answers next; 201 when there is nothing. */
  readonly respuestas: { estado: number; retryAfter?: number }[] = []
  origen = ''
  readonly #navegadores: { privada: ECDH; auth: Buffer }[] = []
  readonly #servidor = http.createServer((pedido, respuesta) => {
    void this.#atender(pedido)
      .catch((error) => this.quejas.push(String(error)))
      .then(() => {
        const { estado, retryAfter } = this.respuestas.shift() ?? { estado: 201 }
        respuesta.writeHead(estado, retryAfter ? { 'retry-after': String(retryAfter) } : {}).end()
      })
  })

  async abrir(): Promise<this> {
    await new Promise<void>((listo) => this.#servidor.listen(0, '127.0.0.1', listo))
    this.origen = `http://127.0.0.1:${(this.#servidor.address() as { port: number }).port}`
    return this
  }

  cerrar(): Promise<void> {
    this.#servidor.closeAllConnections()
    return new Promise((listo) => this.#servidor.close(() => listo()))
  }

  /** A browser that subscribes: what it would hand to the server. */
  navegador(): NavegadorDePrueba {
    const privada = createECDH('prime256v1')
    const p256dh = privada.generateKeys().toString('base64url')
    const auth = randomBytes(16)
    const n = this.#navegadores.push({ privada, auth }) - 1
    return { endpoint: `${this.origen}/push/${n}`, llaves: { p256dh, auth: auth.toString('base64url') } }
  }

  async #atender(pedido: http.IncomingMessage): Promise<void> {
    const partes: Buffer[] = []
    for await (const parte of pedido) partes.push(parte as Buffer)
    const n = Number(pedido.url?.split('/').at(-1))
    const navegador = this.#navegadores[n]
    if (!navegador) throw new Error(`no browser at ${pedido.url}`)
    const texto = abrirMensaje(navegador.privada, navegador.auth, Buffer.concat(partes))
    const jwt = await exigirVapid(pedido.headers.authorization ?? '', this.origen)
    this.recibidos.push({ navegador: n, mensaje: JSON.parse(texto), cabeceras: pedido.headers, jwt })
  }
}

const hmac = (llave: Buffer, ...datos: Buffer[]): Buffer => createHmac('sha256', llave).update(Buffer.concat(datos)).digest()
/** RFC 5869 with one block. */
const hkdf = (sal: Buffer, secreto: Buffer, info: Buffer, largo: number): Buffer =>
  hmac(hmac(sal, secreto), info, Buffer.of(1)).subarray(0, largo)

/** As a browser does it. @throws when the message is not for this key, or not of the form of the RFC */
export function abrirMensaje(privada: ECDH, auth: Buffer, cuerpo: Buffer): string {
  const [sal, largoDeLlave] = [cuerpo.subarray(0, 16), cuerpo.readUInt8(20)]
  const suya = cuerpo.subarray(21, 21 + largoDeLlave)
  const cerrado = cuerpo.subarray(21 + largoDeLlave)
  if (cerrado.length > cuerpo.readUInt32BE(16)) throw new Error('more than one record')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), privada.getPublicKey(), suya])
  const comun = hkdf(auth, privada.computeSecret(suya), info, 32)
  const llave = hkdf(sal, comun, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = hkdf(sal, comun, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cifra = createDecipheriv('aes-128-gcm', llave, nonce)
  cifra.setAuthTag(cerrado.subarray(-16))
  const abierto = Buffer.concat([cifra.update(cerrado.subarray(0, -16)), cifra.final()])
  const fin = abierto.lastIndexOf(2)
  if (fin < 0 || abierto.subarray(fin + 1).some((byte) => byte !== 0)) throw new Error('no end of the last record')
  return abierto.subarray(0, fin).toString()
}

/** The claims, when the signature is of the key that is named and the audience is this service. @throws otherwise */
async function exigirVapid(autorizacion: string, origen: string): Promise<Record<string, unknown>> {
  const [, jwt = '', llave = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(autorizacion) ?? []
  const punto = Buffer.from(llave, 'base64url')
  const [x, y] = [punto.subarray(1, 33).toString('base64url'), punto.subarray(33).toString('base64url')]
  const publica = await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256')
  // The server under test has a clock of its own.
  const { payload } = await jwtVerify(jwt, publica, { audience: origen, algorithms: ['ES256'], currentDate: new Date(0) })
  return { ...payload, k: llave }
}
