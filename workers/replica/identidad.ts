/**
 * Who this device is: its key, its enrolment and its lease, kept in Notas, apart from the journal's store. R15: past the lease a till goes on
 * selling while refunds stop; seven days later it stops.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { type Dominio, firmarBytes, firmarTexto, importarPublica } from '../../schema/core/firma.ts'
import { sha256 } from '../../schema/core/ids.ts'
import { asegurarLlave, type LlaveGuardada, privadaDe, type SitioDeLlave } from '../../schema/core/llave-guardada.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import { cotejoDe } from '../../schema/domain/dispositivos/cotejo.ts'
import { type LicenciaFirmada, type RespuestaAlta, respuestaAlta } from '../../schema/protocol/dispositivos.ts'
import type { Alta } from './api.ts'
import { pedir } from './http.ts'
import type { Puertos } from './puertos.ts'

/** R15. After the lease a till sells for this long. */
export const GRACIA_DE_LICENCIA_MS = 7 * DIA

type LlavePublicada = { kid: number; publica: string }

export interface Identidad {
  cargar(): Promise<void>
  alta(): Alta | null
  licencia(): LicenciaFirmada | null
  /** Platform keys by kid: a card's QR is verified with them offline. */
  llaves(): ReadonlyMap<number, CryptoKey>
  firmar(dominio: Dominio, texto: string): Promise<string>
  /** The same over bytes: the 64 of the signature. */
  firmarBytes(dominio: Dominio, bytes: Uint8Array): Promise<Uint8Array>
  /** Enrols with a one-use token. @throws FalloDeRed */
  darDeAlta(token: string, modelo: string): Promise<RespuestaAlta>
  /** Whether this device was enrolled with that token: an answer that was lost is asked for again. */
  dadaCon(token: string): Promise<boolean>
  /** PWA-14. The four digits the dueño compares, of a link this device asked with. */
  cotejo(token: string): Promise<string>
  renovar(licencia: LicenciaFirmada, llaves: LlavePublicada[]): Promise<void>
  revocadoAt(): number | null
  revocar(at: number): Promise<void>
  /** Somebody entered here again. */
  readmitir(): Promise<void>
  /** Forgets key, enrolment and lease; that it was revoked stays. */
  olvidar(): Promise<void>
}

export function crearIdentidad(puertos: Puertos): Identidad {
  const { notas } = puertos
  let alta: Alta | null = null
  let licencia: LicenciaFirmada | null = null
  let privada: CryptoKey | null = null
  let revocadoAt: number | null = null
  let llaves = new Map<number, CryptoKey>()

  async function ponerLlaves(publicadas: LlavePublicada[]): Promise<void> {
    const nuevas = new Map<number, CryptoKey>()
    for (const { kid, publica } of publicadas) nuevas.set(kid, await importarPublica(publica))
    llaves = nuevas
  }
  async function renovar(nueva: LicenciaFirmada, publicadas: LlavePublicada[]): Promise<void> {
    await ponerLlaves(publicadas)
    await notas.escribir('llaves', publicadas)
    if (licencia?.id === nueva.id && licencia.venceAt === nueva.venceAt) return
    await notas.escribir('licencia', nueva)
    licencia = nueva
  }

  const suLlave = (): CryptoKey => {
    if (!privada) throw new Error('signing needs the device key')
    return privada
  }

  return {
    async cargar() {
      alta = (await notas.leer<Alta>('alta')) ?? null
      licencia = (await notas.leer<LicenciaFirmada>('licencia')) ?? null
      revocadoAt = (await notas.leer<number>('revocadoAt')) ?? null
      await ponerLlaves((await notas.leer<LlavePublicada[]>('llaves')) ?? [])
      const llave = alta && (await sitioDe(puertos).leer())
      if (alta) privada = llave ? await privadaDe(llave) : null
    },
    alta: () => alta,
    licencia: () => licencia,
    llaves: () => llaves,
    firmar: async (dominio, texto) => firmarTexto(suLlave(), dominio, texto),
    firmarBytes: async (dominio, bytes) => firmarBytes(suLlave(), dominio, bytes),
    async darDeAlta(token, modelo) {
      // Kept before the token is spent: a lost answer is asked again with the same key.
      const llave = await asegurarLlave(sitioDe(puertos), 'CYA1|alta')
      const suya = await privadaDe(llave)
      const firma = await firmarTexto(suya, 'CYA1|alta', `${token}|${llave.publica}`)
      const cuerpo = { token, clavePublica: llave.publica, modelo, firma }
      const dada = await pedir(puertos, '/api/dispositivos/alta', respuestaAlta, { metodo: 'POST', cuerpo })
      await renovar(dada.licencia, dada.llaves)
      const { dispositivoId, negocioId, negocioNombre, sucursalId, sucursalNombre, tipo, serie } = dada
      const nick = dada.empleado?.ficha.nick ?? null
      const nueva: Alta = { dispositivoId, negocioId, negocioNombre, sucursalId, sucursalNombre, tipo, serie, nick }
      await notas.borrar('revocadoAt')
      await notas.escribir('enlace', await sha256(token))
      await notas.escribir('alta', nueva)
      privada = suya
      revocadoAt = null
      alta = nueva
      return dada
    },
    dadaCon: async (token) => (await notas.leer<string>('enlace')) === (await sha256(token)),
    cotejo: async (token) => cotejoDe(token, (await asegurarLlave(sitioDe(puertos), 'CYA1|alta')).publica),
    renovar,
    revocadoAt: () => revocadoAt,
    async revocar(at) {
      if (revocadoAt !== null) return
      await notas.escribir('revocadoAt', at)
      revocadoAt = at
    },
    async readmitir() {
      if (revocadoAt === null) return
      await notas.borrar('revocadoAt')
      revocadoAt = null
    },
    async olvidar() {
      for (const nota of ['alta', 'enlace', 'licencia', 'llave', 'llaves', 'cadena']) await notas.borrar(nota)
      alta = null
      licencia = null
      privada = null
    },
  }
}

/** R15. What goes on past a lease: a till sells, and counts what it sold. */
export const SIEMPRE: ReadonlySet<string> = new Set(['venta', 'turno'])

/** R15. Why this device may not record a hecho of this kind now; null: it may. `ahora`: corrected time, ms. */
export function motivoPorLicencia(
  licencia: LicenciaFirmada | null,
  ahora: number,
  ventasBajoLicencia: number,
  tipo: string,
): Codigo | null {
  if (!licencia) return 'LICENCIA_VENCIDA'
  if (ahora > licencia.venceAt + GRACIA_DE_LICENCIA_MS) return 'LICENCIA_AGOTADA'
  const vencida = ahora > licencia.venceAt || ventasBajoLicencia >= licencia.maxVentas
  return vencida && !SIEMPRE.has(tipo) ? 'LICENCIA_VENCIDA' : null
}

const sitioDe = ({ notas }: Puertos): SitioDeLlave => ({
  leer: () => notas.leer<LlaveGuardada>('llave'),
  escribir: (llave) => notas.escribir('llave', llave),
})
