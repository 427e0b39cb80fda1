/**
 * The challenge a device signs to open a session. Nothing is stored for it: it carries its own time and our seal, so any node can check one
 * made by another. A used one is remembered while it lives, in memory.
 */
import { createHmac } from 'node:crypto'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { MINUTO } from '../../../schema/core/tiempo.ts'
import { igual } from '../../auth/tokens.ts'
import type { Deps } from '../../context.ts'
import { derivar } from '../../secreto.ts'

const RETO_MS = 2 * MINUTO

export interface Retos {
  crear(dispositivoId: string): string
  /** Takes it: a second use fails. @throws Rechazo FIRMA_INVALIDA */
  usar(dispositivoId: string, reto: string): void
}

export function crearRetos(deps: Pick<Deps, 'env' | 'now' | 'azar'>): Retos {
  const clave = derivar(deps.env.secretKey, 'retos de dispositivos')
  const usados = new Map<string, number>()
  const sello = (dispositivoId: string, at: string, nonce: string) =>
    createHmac('sha256', clave).update(`${dispositivoId}|${at}|${nonce}`).digest('base64url')

  const olvidar = (ahora: number) => {
    for (const [reto, venceAt] of usados) {
      if (venceAt > ahora) return // in order of use
      usados.delete(reto)
    }
  }

  return {
    crear(dispositivoId) {
      const at = deps.now().toString(36)
      const nonce = Buffer.from(deps.azar(12)).toString('base64url')
      return `${at}.${nonce}.${sello(dispositivoId, at, nonce)}`
    },
    usar(dispositivoId, reto) {
      const ahora = deps.now()
      olvidar(ahora)
      const [at = '', nonce = '', firma = ''] = reto.split('.')
      const edad = ahora - Number.parseInt(at, 36)
      if (!igual(firma, sello(dispositivoId, at, nonce)) || !(edad >= 0 && edad <= RETO_MS) || usados.has(reto))
        throw new Rechazo('FIRMA_INVALIDA')
      usados.set(reto, ahora + RETO_MS)
    },
  }
}
