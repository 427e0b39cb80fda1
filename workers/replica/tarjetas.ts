/**
 * Cards shown at this till, and the tickets it gives, with no network (SCAN-15, 23, 24; design 04 §3). What is said of a card here is an estimate: the
 * server judges.
 *
 *     age = corrected hour here − hour of the QR           tol = min(90, 30 + 2 × days without the server, of the till and of the card) seconds
 *     −tol … life + tol    verde          life: 120 s, or as the rules say (CARD-19)
 *     10 min further       ambar: sold, its points held (R11)
 *     beyond               QR_EXPIRADO
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA, horaCorregida, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import { MULTIPLICADORES_PCT, type Nivel } from '../../schema/domain/configuracion/configuracion.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Venta } from '../../schema/domain/hechos/tipos.ts'
import { versionVigente } from '../../schema/domain/puntos/puntos.ts'
import { leerQr, type QrVerificado, verificarQr, verificarTelefono } from '../../schema/domain/tarjetas/qr.ts'
import { VIDA_DEL_QR_MS, vidaDelQrMs } from '../../schema/domain/tarjetas/vida-del-qr.ts'
import { firmarTicket } from '../../schema/domain/tickets/ticket.ts'
import type { ClienteDoc } from '../../schema/protocol/documentos.ts'
import { type Almacen, estaBorrada, limpia } from './almacen.ts'
import type { CuponVisto, DeQuien, TarjetaLeida } from './api.ts'
import type { BajasDeTarjetas } from './bajas-de-tarjetas.ts'
import type { Diario } from './diario.ts'
import type { Identidad } from './identidad.ts'
import { leerConPunto } from './punto.ts'
import { puntosPorConfirmar } from './puntos-por-confirmar.ts'
import type { RelojLocal } from './reloj-local.ts'
import type { TestigosDeReloj } from './testigos-de-reloj.ts'
import { leerVersiones } from './versiones.ts'

const MARGEN_AMBAR_MS = 10 * MINUTO
/** Most days since its last sync that a card admits to in its flags: under 24 h, 7 d, 30 d, more or never. */
const DIAS_SEGUN_FLAGS = [1, 7, 30, 30]

export interface Tarjetas {
  /** @throws Rechazo qr_invalido, TARJETA_REVOCADA, TARJETA_VENCIDA, QR_USADO, QR_EXPIRADO */
  leer(texto: string): Promise<TarjetaLeida>
  /** The signed text of the ticket of a venta recorded here. @throws Rechazo NO_ENCONTRADO */
  ticket(hechoId: string): Promise<string>
}
interface Partes {
  almacen: () => Almacen
  identidad: Identidad
  diario: Diario
  reloj: RelojLocal
  testigos: TestigosDeReloj
  bajas: BajasDeTarjetas
  /** The cupón whose QR was shown (qr-cupon.ts); null: not known here. */
  cuponDe: (corto: string, de: DeQuien) => Promise<CuponVisto | null>
}

export function crearTarjetas({ almacen, identidad, diario, reloj, testigos, bajas, cuponDe }: Partes): Tarjetas {
  /** Until the server is heard in this run, a clock set back while the till was off shows in the journal. */
  async function hora(): Promise<number> {
    return reloj.horaCierta() ?? Math.max(reloj.ahora(), await diario.ultimaHora())
  }
  /** The client's row and how far its collection was pulled are read in one: the balance is of that seq. */
  async function clienteDe(cardId: string, ahora: number): Promise<{ cliente: ClienteDoc | null; porConfirmar: number }> {
    const [hallada] = await almacen().buscar('clientes', { cardId }, ['cardId'], 1)
    const { filas, punto } = await leerConPunto(almacen(), 'clientes', hallada ? [hallada.id] : [])
    const porConfirmar = await puntosPorConfirmar(almacen(), cardId, punto, ahora)
    const fila = hallada && filas.get(hallada.id)
    if (!fila || estaBorrada(fila)) return { cliente: null, porConfirmar }
    const { inverso, ...cliente } = limpia(fila)
    return { cliente: cliente as unknown as ClienteDoc, porConfirmar }
  }
  /** By the rules in force, as this till knows them (R12, CARD-19). */
  async function reglas(nivel: Nivel, ahora: number): Promise<{ multiplicadorPct: number; vidaMs: number }> {
    const version = versionVigente(await leerVersiones(almacen()), ahora)
    return { multiplicadorPct: (version?.multiplicadoresPct ?? MULTIPLICADORES_PCT)[nivel], vidaMs: vidaDelQrMs(version?.vidaQrSegundos) }
  }

  return {
    async leer(texto) {
      const { qr, probado } = await comprobar(texto, identidad.llaves())
      if (bajas.tiene(qr)) throw new Rechazo('TARJETA_REVOCADA', 'qr')
      const ahora = await hora()
      const edadMs = ahora - qr.tsMs
      if (probado) testigos.oir(qr.cardId, edadMs)
      if (ahora > qr.notAfter) throw new Rechazo('TARJETA_VENCIDA', 'qr')
      if ((await almacen().contar('diario', { usoQr: usoDe(qr) })) > 0) throw new Rechazo('QR_USADO', 'qr')
      const { multiplicadorPct, vidaMs } = await reglas(qr.nivel, ahora)
      const color = colorDe(edadMs, toleranciaMs(qr.flags, ahora, reloj.ultimoIntercambioAt()), vidaMs)
      if (color === 'rojo') throw new Rechazo('QR_EXPIRADO', 'qr')
      return {
        qr: texto,
        cardId: qr.cardId,
        nivel: qr.nivel,
        multiplicadorPct,
        estado: probado ? color : 'ambar',
        validoMs: Math.min(vidaMs, Math.max(0, vidaMs - edadMs)),
        ...(await clienteDe(qr.cardId, ahora)),
        datosAt: reloj.ultimoIntercambioAt(),
        ...(qr.cupon ? { cupon: await cuponDe(qr.cupon, { cardId: qr.cardId, nivel: qr.nivel }) } : {}),
      }
    },
    async ticket(hechoId) {
      const renglon = await diario.buscar(hechoId)
      if (renglon?.tipo !== 'venta') throw new Rechazo('NO_ENCONTRADO', 'hechoId')
      const { tiempo, datos } = JSON.parse(renglon.cuerpo) as Sobre & { datos: Venta }
      const negocio = (await almacen().porId('config', ['negocio'])).get('negocio')
      const conocido = negocio && !estaBorrada(negocio) ? (negocio as unknown as { numero: number; nombre: string }) : null
      const { folio, montoCentavos, puntosPrometidos: puntos, qr } = datos
      return firmarTicket(
        {
          hechoId,
          // Not known until the first pull; the hechoId is what finds the sale.
          negocioNumero: conocido?.numero ?? 0,
          negocioNombre: conocido?.nombre ?? identidad.alta()?.negocioNombre ?? '',
          ...{ folio, montoCentavos, puntos, effAt: Math.max(0, horaCorregida(tiempo)) },
          cardId: qr === null ? null : leerQr(qr).cardId,
        },
        (cuerpo) => identidad.firmarBytes('CYA1|ticket', cuerpo),
      )
    },
  }
}

/** Identity of one use of a card on this device. */
export const usoDe = (qr: Pick<QrVerificado, 'cardId' | 'llave' | 'ctr'>): string => `${qr.cardId}|${qr.llave}|${qr.ctr}`

/**
 * SCAN-23. `probado` false: issued with a platform key this device has not learned yet, so only the phone's own signature could be checked.
 * @throws Rechazo qr_invalido
 */
export async function comprobar(texto: string, llaves: ReadonlyMap<number, CryptoKey>): Promise<{ qr: QrVerificado; probado: boolean }> {
  const leido = leerQr(texto)
  const probado = llaves.has(leido.kid)
  const qr = probado ? await verificarQr(texto, llaves) : await verificarTelefono(leido)
  if (!qr) throw new Rechazo('qr_invalido', 'qr')
  return { qr, probado }
}

/** How far the two clocks may have drifted apart. `ultimoIntercambioAt`: null, never: the most. */
export function toleranciaMs(flags: number, ahora: number, ultimoIntercambioAt: number | null): number {
  const deLaCaja = ultimoIntercambioAt === null ? 30 : Math.max(0, ahora - ultimoIntercambioAt) / DIA
  const deLaTarjeta = DIAS_SEGUN_FLAGS[(flags >> 2) & 3] ?? 30
  return Math.min(90, 30 + 2 * (deLaCaja + deLaTarjeta)) * SEGUNDO
}

/** SCAN-24, R11. `vidaMs`: of the QR (CARD-19). */
export function colorDe(edadMs: number, toleranciaMs: number, vidaMs = VIDA_DEL_QR_MS): 'verde' | 'ambar' | 'rojo' {
  const fuera = Math.max(-toleranciaMs - edadMs, edadMs - vidaMs - toleranciaMs)
  return fuera <= 0 ? 'verde' : fuera <= MARGEN_AMBAR_MS ? 'ambar' : 'rojo'
}
