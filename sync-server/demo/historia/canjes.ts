/**
 * What shoppers of the demo world bought with their points in the last two weeks: asked for on the phone, given at the counter, through the verbs of both. Told
 * between two stretches of sales, so that the server hears of everything in its order.
 */

import { sha256, uuidDeTexto } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA, MINUTO } from '../../../schema/core/tiempo.ts'
import type { Deps } from '../../context.ts'
import { confirmarCanje } from '../../domain/canjes/confirmar.ts'
import { canjear } from '../../domain/canjes/crear.ts'
import { RECOMPENSAS } from '../catalogo/recompensas.ts'
import { recompensaDemo, shopperDemo } from '../crear.ts'
import type { CajaDemo } from './caja-demo.ts'

const SE_CUENTAN_MS = 14 * DIA
/** Later ones would be of the day whose sales arrive one by one. */
const HASTA_HACE_MS = DIA
const EN_ENTREGAR_MS = 2 * MINUTO

/** By turns, one at each pause of the story. */
const TURNOS: readonly { caja: string; shopper: string; recompensa: string }[][] = [
  [
    { caja: 'roma-centro', shopper: 'juan', recompensa: 'Café gratis' },
    { caja: 'cafe-jardin', shopper: 'ana', recompensa: 'Concha de vainilla' },
  ],
  [
    { caja: 'roma-norte', shopper: 'ana', recompensa: 'Tiramisú' },
    { caja: 'gym-qro', shopper: 'juan', recompensa: 'Agua 600 ml' },
  ],
  [
    { caja: 'roma-centro', shopper: 'juan', recompensa: 'Cerveza artesanal' },
    { caja: 'cafe-jardin', shopper: 'juan', recompensa: 'Capuchino' },
  ],
  [
    { caja: 'roma-centro', shopper: 'maria', recompensa: 'Café gratis' },
    { caja: 'roma-norte', shopper: 'juan', recompensa: 'Pizza margarita' },
  ],
]

/**
 * The canjes of the pause at `at` (ms), if it is one of the last two weeks before `hasta`. Told again they are the same ones. `reloj` is left after them.
 * Gives how many were made.
 */
export async function contarCanjes(
  deps: Deps,
  reloj: { at: number },
  cajas: readonly CajaDemo[],
  { at, hasta }: { at: number; hasta: number },
): Promise<number> {
  if (at < hasta - SE_CUENTAN_MS || at > hasta - HASTA_HACE_MS) return 0
  let hechos = 0
  for (const turno of TURNOS[Math.floor(at / DIA / 3) % TURNOS.length] ?? []) {
    const caja = cajas.find(({ guion }) => guion.clave === turno.caja)
    if (caja && (await contarUno(deps, reloj, caja, turno, at))) hechos++
  }
  return hechos
}

async function contarUno(
  deps: Deps,
  reloj: { at: number },
  { equipo, operador, guion }: CajaDemo,
  { shopper, recompensa }: { shopper: string; recompensa: string },
  at: number,
): Promise<boolean> {
  const { negocioId, sucursalId } = equipo
  const puntos = RECOMPENSAS[guion.negocio]?.find(({ nombre }) => nombre === recompensa)?.puntos ?? 0
  const pedido = { negocioId, recompensaId: await recompensaDemo(guion.negocio, recompensa), puntos, sucursalId }
  const llave = `demo-${shopper}-${at}`
  const repetible = { hechoId: await uuidDeTexto(`demo|entrega|${negocioId}|${llave}`), llave, huella: await sha256(llave) }
  try {
    const { canjeId } = await canjear(deps, await shopperDemo(shopper), pedido, repetible)
    reloj.at += EN_ENTREGAR_MS
    const mostrador = {
      negocioId,
      sucursalId,
      operador,
      permisos: null,
      soloSuSucursal: true,
      atadura: `demo:${guion.clave}`,
      clase: 'cuenta',
    } as const
    await confirmarCanje(deps, mostrador, { canjeId }, repetible)
    return true
  } catch (error) {
    // Points it did not earn in a short world, a price its dueño changed, a recompensa that was taken back: that day nothing was redeemed.
    if (error instanceof Rechazo) return false
    throw error
  }
}
