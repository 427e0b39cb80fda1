/** A day's figures are of one day: a journey that adds up its own sales does not begin in the last minutes before the sucursal's midnight. */
import { setTimeout as dormir } from 'node:timers/promises'
import { diaLocal, MINUTO } from '../../../schema/core/tiempo.ts'

const ZONA = 'America/Mexico_City'

/** Resolves at once, or after midnight when less than `minutos` of the day are left. */
export async function conDiaPorDelante(minutos: number): Promise<void> {
  const hoy = diaLocal(Date.now(), ZONA)
  if (diaLocal(Date.now() + minutos * MINUTO, ZONA) === hoy) return
  let medianoche = Math.ceil(Date.now() / MINUTO) * MINUTO
  while (diaLocal(medianoche, ZONA) === hoy) medianoche += MINUTO
  await dormir(medianoche - Date.now() + 2_000)
}
