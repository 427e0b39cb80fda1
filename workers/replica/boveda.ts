/**
 * What lets a PIN open this till without network (design 04 §4, TU5). There is no verifier: a random key from the last login online is sealed, and only
 * the right PIN with this device's own key unseals it.
 *
 *     KEK = HMAC(device key that cannot be exported, argon2id(PIN, salt))      sealed = AES-GCM(KEK, key, bound to empleado, device, negocio and lease)
 *
 *   1 2 3 4 ─► 5th wrong: 30 s ─► 6th: 1 min ─► 7th: 5 ─► 8th, 9th: 15 ─► 10th: destroyed, the next login needs the network
 *
 * The try is written before the PIN is tried. All of this is a speed bump: who owns the disk owns the tries; leases and revocation bound the loss.
 */
import { aBase64, deBase64 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { RespuestaLoginEmpleado } from '../../schema/protocol/turnos.ts'
import { RechazoConEspera } from './espera.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'

/** OWASP's minimum: 50 ms here, 200 on a cheap tablet. */
const ARGON2 = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const
const LIBRES = 4
const ESPERAS_MS = [30 * SEGUNDO, MINUTO, 5 * MINUTO, 15 * MINUTO]
const INTENTOS_MAXIMOS = 10
const NOTA_DE_BOVEDAS = 'bovedas'
const NOTA_DE_LLAVE = 'llaveDePin'

export interface Boveda {
  empleadoId: string
  nick: string
  ficha: RespuestaLoginEmpleado['empleado']
  licenciaId: string
  emitidaAt: number
  venceAt: number
  parametros: typeof ARGON2
  /** Base64. */
  sal: string
  iv: string
  sellada: string
  /** Wrong PINs in a row, the one being tried included. */
  intentos: number
  bloqueadaHasta: number | null
  /** Corrected hour of the last try, ms: a clock set back brings no lease back. */
  ultimaAt: number
  /** Its document was in `config` once: when it is no longer there, the empleado left this sucursal. */
  visto: boolean
}
type NotaDeLlave = { llave: CryptoKey } | { bytes: string }

export interface Bovedas {
  leer(): Promise<Boveda[]>
  /** Seals what a login online gave. Replaces an earlier one of this empleado. */
  guardar(dada: RespuestaLoginEmpleado, pin: string, visto: boolean): Promise<void>
  /** @throws Rechazo PIN_NECESITA_RED (none, or destroyed), PIN_BLOQUEADO, LEASE_VENCIDA, CREDENCIALES_PIN; with `esperaMs` where waiting helps */
  abrir(nick: string, pin: string): Promise<Boveda>
  /** Gives each to `cambio`: what it returns stays, null destroys. */
  cambiar(cambio: (boveda: Boveda) => Boveda | null): Promise<void>
  /** All of them, and the key they need. */
  destruir(): Promise<void>
}

/** How long the n-th wrong PIN in a row waits, ms; 0 for none. */
export const esperaDePin = (seguidos: number): number =>
  seguidos <= LIBRES ? 0 : (ESPERAS_MS[Math.min(seguidos - LIBRES, ESPERAS_MS.length) - 1] ?? 0)

export function crearBovedas({ puertos, identidad, reloj }: { puertos: Puertos; identidad: Identidad; reloj: RelojLocal }): Bovedas {
  const { notas } = puertos
  const leer = async () => (await notas.leer<Boveda[]>(NOTA_DE_BOVEDAS)) ?? []
  const escribir = (bovedas: Boveda[]) => (bovedas.length > 0 ? notas.escribir(NOTA_DE_BOVEDAS, bovedas) : notas.borrar(NOTA_DE_BOVEDAS))
  /** Two tabs share the note, and two tries at once are two tries. */
  const aSolas = <T>(fn: () => Promise<T>) => puertos.candados.pedir(`${puertos.nombre}-bovedas`, {}, fn)
  const poner = async (boveda: Boveda) => escribir([...(await leer()).filter((b) => b.empleadoId !== boveda.empleadoId), boveda])
  const quitar = async ({ empleadoId }: Boveda) => escribir((await leer()).filter((b) => b.empleadoId !== empleadoId))

  const atadura = (empleadoId: string, licenciaId: string) => {
    const alta = identidad.alta()
    return new TextEncoder().encode([empleadoId, alta?.dispositivoId, alta?.negocioId, licenciaId].join('|'))
  }

  async function abrirAhora(nick: string, pin: string): Promise<Boveda> {
    const boveda = (await leer()).find((b) => b.nick === nick)
    const llave = boveda && (await leerLlave(puertos))
    if (!boveda || !llave) throw new Rechazo('PIN_NECESITA_RED')
    const ahora = Math.max(reloj.ahora(), boveda.ultimaAt)
    if (ahora > boveda.venceAt) {
      await poner({ ...boveda, ultimaAt: ahora })
      throw new Rechazo('LEASE_VENCIDA')
    }
    if ((boveda.bloqueadaHasta ?? 0) > ahora) throw new RechazoConEspera('PIN_BLOQUEADO', boveda.bloqueadaHasta! - ahora)
    const intentos = boveda.intentos + 1
    const esperaMs = esperaDePin(intentos)
    // A tenth try that was cut short was a try too.
    if (intentos > INTENTOS_MAXIMOS) return destruida(boveda)
    await poner({ ...boveda, intentos, bloqueadaHasta: esperaMs ? ahora + esperaMs : null, ultimaAt: ahora })
    if (await abre(boveda, llave, pin, atadura(boveda.empleadoId, boveda.licenciaId))) {
      const abierta = { ...boveda, intentos: 0, bloqueadaHasta: null, ultimaAt: ahora }
      await poner(abierta)
      return abierta
    }
    if (intentos >= INTENTOS_MAXIMOS) return destruida(boveda)
    throw esperaMs ? new RechazoConEspera('CREDENCIALES_PIN', esperaMs) : new Rechazo('CREDENCIALES_PIN')
  }
  async function destruida(boveda: Boveda): Promise<never> {
    await quitar(boveda)
    throw new Rechazo('PIN_NECESITA_RED')
  }

  return {
    leer,
    async guardar({ empleado, licencia, llave: clave }, pin, visto) {
      const deEquipo = (await leerLlave(puertos)) ?? (await nuevaLlave(puertos))
      const [sal, iv] = [puertos.azar(16), puertos.azar(12)]
      const kek = await llaveDePin(deEquipo, pin, sal, ARGON2)
      const additionalData = atadura(empleado.id, licencia.id)
      const sellada = await globalThis.crypto.subtle.encrypt({ name: 'AES-GCM', iv: copia(iv), additionalData }, kek, deBase64(clave))
      const { id: licenciaId, emitidaAt, venceAt } = licencia
      const textos = { sal: aBase64(sal), iv: aBase64(iv), sellada: aBase64(new Uint8Array(sellada)) }
      const comun = { empleadoId: empleado.id, nick: empleado.nick, ficha: empleado, parametros: ARGON2, intentos: 0, bloqueadaHasta: null }
      await aSolas(() => poner({ ...comun, ...textos, licenciaId, emitidaAt, venceAt, ultimaAt: emitidaAt, visto }))
    },
    abrir: (nick, pin) => aSolas(() => abrirAhora(nick, pin)),
    cambiar: (cambio) =>
      aSolas(async () => {
        const antes = await leer()
        const despues = antes.map(cambio)
        if (despues.some((boveda, i) => boveda !== antes[i])) await escribir(despues.filter((boveda) => boveda !== null))
      }),
    destruir: () =>
      aSolas(async () => {
        await notas.borrar(NOTA_DE_BOVEDAS)
        await notas.borrar(NOTA_DE_LLAVE)
      }),
  }
}

const copia = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

async function abre(boveda: Boveda, llave: CryptoKey, pin: string, additionalData: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const kek = await llaveDePin(llave, pin, deBase64(boveda.sal), boveda.parametros)
  try {
    await globalThis.crypto.subtle.decrypt({ name: 'AES-GCM', iv: deBase64(boveda.iv), additionalData }, kek, deBase64(boveda.sellada))
    return true
  } catch (error) {
    if ((error as Error).name === 'OperationError') return false
    throw error
  }
}

/** hash-wasm is loaded by the first PIN: a till that only sells does not need it. */
async function llaveDePin(llave: CryptoKey, pin: string, sal: Uint8Array, parametros: typeof ARGON2): Promise<CryptoKey> {
  const { argon2id } = await import('hash-wasm')
  const derivada = await argon2id({ ...parametros, password: pin, salt: sal, outputType: 'binary' })
  const kek = await globalThis.crypto.subtle.sign('HMAC', llave, copia(derivada))
  return globalThis.crypto.subtle.importKey('raw', kek, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

const HMAC = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const

async function leerLlave({ notas }: Puertos): Promise<CryptoKey | null> {
  const nota = await notas.leer<NotaDeLlave>(NOTA_DE_LLAVE)
  if (!nota) return null
  return 'llave' in nota ? nota.llave : globalThis.crypto.subtle.importKey('raw', deBase64(nota.bytes), HMAC, false, ['sign'])
}

/** Some phones cannot store a key that cannot be exported (design 04 §1.1): they keep its bytes. */
async function nuevaLlave(puertos: Puertos): Promise<CryptoKey> {
  try {
    const llave = await globalThis.crypto.subtle.generateKey(HMAC, false, ['sign'])
    await puertos.notas.escribir(NOTA_DE_LLAVE, { llave } satisfies NotaDeLlave)
    const guardada = await leerLlave(puertos)
    if (guardada && (await mismaFirma(llave, guardada))) return guardada
  } catch {
    // DataCloneError
  }
  await puertos.notas.escribir(NOTA_DE_LLAVE, { bytes: aBase64(puertos.azar(32)) } satisfies NotaDeLlave)
  return (await leerLlave(puertos))!
}

async function mismaFirma(a: CryptoKey, b: CryptoKey): Promise<boolean> {
  const firmas = await Promise.all([a, b].map((llave) => globalThis.crypto.subtle.sign('HMAC', llave, new Uint8Array(8))))
  const [una, otra] = firmas.map((firma) => aBase64(new Uint8Array(firma)))
  return una === otra
}
