/** Makes this phone a shopper's card, and keeps it one: key, certificate, secret of the typed code, hour (design 04 §1, CARD-33). */
import type { Codigo } from '../../schema/core/codigos.ts'
import { firmarTexto } from '../../schema/core/firma.ts'
import { deBase64 } from '../../schema/core/ids.ts'
import { type LlaveGuardada, privadaDe } from '../../schema/core/llave-guardada.ts'
import type { ReglasDeLaPlataforma } from '../../schema/domain/configuracion-app/reglas.ts'
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { importarSecreto } from '../../schema/domain/tarjetas/totp.ts'
import { describirEquipo } from '../lib/equipo.ts'
import type { Almacen, TarjetaGuardada } from './almacen.ts'
import { asegurarLlave } from './llave.ts'
import type { Lectura, Reloj } from './reloj.ts'

export type Respuesta<T> = { ok: true; valor: T } | { ok: false; codigo: Codigo; campo?: string }
/** An authenticated request as the shopper. */
export type Pedir = (camino: string, opciones?: { metodo?: 'GET' | 'POST'; cuerpo?: unknown }) => Promise<Respuesta<unknown>>
export interface Herramientas {
  pedir: Pedir
  almacen: Almacen
  reloj: Reloj
}
export interface PortadorGuardado {
  tarjeta: TarjetaGuardada
  llave: LlaveGuardada
}

interface Yo {
  id: string
  correo: string
  nombre: string
  apellidos: string
}
interface Emitida {
  cardId: string
  numero: string
  certificado: string
  llave: string
  nivel: Nivel
  venceAt: number
  hora: number
  /** Base64 of 32 bytes; only where the key is enrolled. */
  claveTotp?: string
  reglas?: ReglasDeLaPlataforma
}

/**
 * Two tabs of one phone share one cookie and one store: when a person enters in one, the other soon asks as that person too. One at a time, and each
 * looks again at what is stored, or the key of one would stand beside the certificate of the other.
 */
const deUnoEnUno = <T>(fn: () => Promise<T>): Promise<T> =>
  (globalThis.navigator?.locks ? navigator.locks.request('cardya-enrolar', fn) : fn()) as Promise<T>

/** For whoever has just entered. What another person left on this phone goes first. */
export const enrolar = (con: Herramientas): Promise<Respuesta<PortadorGuardado>> => deUnoEnUno(() => enrolarSolo(con))

async function enrolarSolo(con: Herramientas): Promise<Respuesta<PortadorGuardado>> {
  const yo = (await con.pedir('/api/auth/yo')) as Respuesta<Yo>
  if (!yo.ok) return yo
  const { tarjeta } = await con.almacen.leer()
  if (tarjeta && tarjeta.usuarioId !== yo.valor.id) await con.almacen.borrarTodo()
  const primera = await emitir(con, yo.valor)
  if (primera.ok || primera.codigo !== 'DISPOSITIVO_REVOCADO') return primera
  // This phone's key was taken away: it makes another, once.
  await con.almacen.borrarTodo()
  return emitir(con, yo.valor)
}

async function emitir({ pedir, almacen, reloj }: Herramientas, yo: Yo): Promise<Respuesta<PortadorGuardado>> {
  const llave = await asegurarLlave(almacen)
  const firma = await firmarTexto(await privadaDe(llave), 'CYA1|llave', `${yo.id}|${llave.publica}`)
  const antes = reloj.leer()
  const cuerpo = { clavePublica: llave.publica, firma, telefono: describirEquipo(navigator.userAgent) }
  const dada = (await pedir('/api/cardya/llaves', { metodo: 'POST', cuerpo })) as Respuesta<Emitida>
  if (!dada.ok) return dada
  const nombre = `${yo.nombre} ${yo.apellidos}`.trim()
  const { claveTotp } = dada.valor
  const clave = claveTotp ? await guardable(deBase64(claveTotp), almacen) : null
  const tarjeta = await guardar({ almacen, reloj }, dada.valor, { usuarioId: yo.id, correo: yo.correo, nombre, clave }, antes)
  return { ok: true, valor: { tarjeta, llave } }
}

/** A fresh certificate for the same key. A server that does not know the key any more is told of it again. */
export const renovar = (con: Herramientas, tarjeta: TarjetaGuardada): Promise<Respuesta<PortadorGuardado>> =>
  deUnoEnUno(() => renovarSolo(con, tarjeta))

async function renovarSolo(con: Herramientas, tarjeta: TarjetaGuardada): Promise<Respuesta<PortadorGuardado>> {
  const { tarjeta: guardada, llave } = await con.almacen.leer()
  // Another tab made it somebody else's card, or the same person's anew.
  if (!llave || guardada?.llave !== tarjeta.llave) return enrolarSolo(con)
  const antes = con.reloj.leer()
  const dada = (await con.pedir(`/api/cardya/qr?llave=${tarjeta.llave}`)) as Respuesta<Emitida>
  // Its owner took it away: it does not come back by itself.
  if (!dada.ok) return dada.codigo === 'NO_ENCONTRADO' ? enrolarSolo(con) : dada
  return { ok: true, valor: { tarjeta: await guardar(con, dada.valor, tarjeta, antes), llave } }
}

async function guardar(
  { almacen, reloj }: Pick<Herramientas, 'almacen' | 'reloj'>,
  { cardId, numero, certificado, llave, nivel, venceAt, hora, reglas }: Emitida,
  { usuarioId, correo, nombre, clave }: Pick<TarjetaGuardada, 'usuarioId' | 'correo' | 'nombre' | 'clave'>,
  antes: Lectura,
): Promise<TarjetaGuardada> {
  await almacen.poner('reloj', reloj.aprender(hora, antes))
  const tarjeta = {
    usuarioId,
    correo,
    nombre,
    cardId,
    numero,
    certificado: deBase64(certificado),
    llave,
    nivel,
    venceAt,
    emitidaAt: hora,
    clave,
    reglas,
  }
  await almacen.poner('tarjeta', tarjeta)
  return tarjeta
}

/** The secret as a key that cannot be read back; its bytes where the platform does not store keys. */
async function guardable(secreto: Uint8Array<ArrayBuffer>, almacen: Almacen): Promise<CryptoKey | Uint8Array> {
  const llave = await almacen.leerLlave()
  return llave && 'privada' in llave ? importarSecreto(secreto) : secreto
}
