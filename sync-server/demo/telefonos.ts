/** The phones of the demo's shoppers. A real phone keeps its key to itself; these live in the server, in the demo world only. */
import { deBase64 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { HORA } from '../../schema/core/tiempo.ts'
import { CTR_MAXIMO, firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import type { Deps } from '../context.ts'
import { emitirTarjeta, type TarjetaEmitida } from '../domain/tarjetas/emitir.ts'
import { shopperDemo } from './crear.ts'
import { llaveDemo } from './llave.ts'

/** Counters are tenths of a second, so a restarted server never shows one twice. */
const DECIMA_MS = 100

interface Telefono {
  privada: CryptoKey
  tarjeta: TarjetaEmitida
  ctr: number
  /** Hour of the last one, ms. */
  mostradoAt: number
}

export interface Telefonos {
  /**
   * A fresh QR of this shopper's card, as the phone would show it now. `shopper`: a key of SHOPPERS. `elDeEntonces`: the very one it showed last, when
   * that was at this hour: what a screenshot of it would be (R2).
   */
  qr(shopper: string, elDeEntonces?: boolean): Promise<string>
}

export function crearTelefonos(deps: Deps): Telefonos {
  const telefonos = new Map<string, Promise<Telefono>>()
  return {
    async qr(shopper, elDeEntonces = false) {
      const ahora = deps.now()
      let telefono = await (telefonos.get(shopper) ?? recordar(telefonos, shopper, abrir(deps, shopper)))
      if (ahora > telefono.tarjeta.venceAt - HORA) telefono = await recordar(telefonos, shopper, abrir(deps, shopper))
      const delReloj = Math.floor(ahora / DECIMA_MS) % CTR_MAXIMO
      if (!elDeEntonces || telefono.mostradoAt !== ahora) telefono.ctr = Math.max(telefono.ctr + 1, delReloj)
      telefono.mostradoAt = ahora
      const uso = { tsSegundos: Math.floor(ahora / 1_000), ctr: telefono.ctr, flags: 0 }
      return firmarQr(telefono.privada, deBase64(telefono.tarjeta.certificado), uso)
    },
  }
}

function recordar(telefonos: Map<string, Promise<Telefono>>, shopper: string, telefono: Promise<Telefono>): Promise<Telefono> {
  telefonos.set(shopper, telefono)
  telefono.catch(() => telefonos.delete(shopper))
  return telefono
}

/** The same key at every start: a new one each time would use up the shopper's keys of the day. */
async function abrir(deps: Deps, shopper: string, vez = 0): Promise<Telefono> {
  const { privada, publica } = await llaveDemo(deps.env.secretKey, `telefono demo ${shopper}${vez === 0 ? '' : ` ${vez}`}`)
  try {
    const quien = { nombre: 'Demo', sesionId: null }
    return { privada, tarjeta: await emitirTarjeta(deps, await shopperDemo(shopper), publica, quien), ctr: 0, mostradoAt: 0 }
  } catch (error) {
    // Somebody tried what a lost phone is with it: it is another phone from now on.
    if (error instanceof Rechazo && error.codigo === 'DISPOSITIVO_REVOCADO') return abrir(deps, shopper, vez + 1)
    throw error
  }
}
