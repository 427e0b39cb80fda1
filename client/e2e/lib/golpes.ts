/** kill -9 by turns, of the server and of the tills that sell meanwhile; each comes back by itself. */
import { setTimeout as dormir } from 'node:timers/promises'
import type { Azar } from '../../../schema/testing/azar.ts'
import { hasta } from './caja.ts'
import type { Cajero } from './cajero.ts'
import type { Mundo } from './mundo.ts'

const PAUSA_MS = 1_500
const MOMENTO_MS = 2_500
/** After the press: the button is on its way down, the journal is written, the entry is sent, the server judges it. Mostly soon. */
const TRAS_LA_PRESION_MS = 1_200
/** Between two blows. */
const VENTAS_A_LO_MENOS = 2
const VENTAS_A_LO_MAS = 6

interface Victima {
  nombre: string
  viva(): boolean
  /** Somebody whose sale this one has in hand presses "Confirmar venta". */
  presion(): Promise<void>
  matar(): Promise<void>
}

/** The server, which starts again after a while whenever it was killed. */
export class ServidorQueVuelve {
  cortes = 0
  viva = true
  vuelta: Promise<void> = Promise.resolve()
  private readonly mundo: Mundo
  private readonly azar: Azar

  constructor(mundo: Mundo, azar: Azar) {
    this.mundo = mundo
    this.azar = azar
  }

  async matar(): Promise<void> {
    this.cortes++
    this.viva = false
    await this.mundo.quitarServidor()
    this.vuelta = this.volver()
  }

  private async volver(): Promise<void> {
    await dormir(this.azar.entero(0, PAUSA_MS))
    await this.mundo.levantarServidor()
    this.viva = true
  }
}

/**
 * `rondas` blows: each of the three gets its turn, in an order of chance; while one comes back the next may be struck. Between two blows sales
 * are confirmed.
 */
export async function golpear(rondas: number, servidor: ServidorQueVuelve, cajeros: readonly Cajero[], azar: Azar): Promise<void> {
  const todas: Victima[] = [
    {
      nombre: 'server',
      viva: () => servidor.viva,
      presion: () => Promise.race(cajeros.map((c) => c.proximaPresion())),
      matar: () => servidor.matar(),
    },
    ...cajeros.map((c, i) => ({
      nombre: `till ${i + 1}`,
      viva: () => c.viva,
      presion: () => c.proximaPresion(),
      matar: () => c.matar(),
    })),
  ]
  let turnos: Victima[] = []
  const confirmadas = () => cajeros.reduce((n, c) => n + c.intentos.filter((i) => i.folio !== null).length, 0)
  for (let ronda = 1, antes = 0; ronda <= rondas; ronda++) {
    if (turnos.length === 0) turnos = barajar(todas, azar)
    const victima = turnos.pop() ?? todas[0]
    if (!victima) return
    const meta = antes + azar.entero(VENTAS_A_LO_MENOS, VENTAS_A_LO_MAS)
    await hasta(async () => confirmadas() >= meta, 'sales between two blows')
    await unMomento(victima, azar)
    await hasta(async () => victima.viva(), `the ${victima.nombre} is there`)
    antes = confirmadas()
    console.log(`blow ${ronda}: ${victima.nombre}, after ${antes} sales`)
    await victima.matar()
  }
}

/** Any, or one just after a press of "Confirmar venta". */
async function unMomento(victima: Victima, azar: Azar): Promise<void> {
  if (azar() < 0.4) return dormir(azar.entero(0, MOMENTO_MS))
  await victima.presion()
  await dormir(azar() ** 2 * TRAS_LA_PRESION_MS)
}

const barajar = <T>(lista: readonly T[], azar: Azar): T[] =>
  lista
    .map((uno) => ({ uno, orden: azar() }))
    .sort((a, b) => a.orden - b.orden)
    .map(({ uno }) => uno)
