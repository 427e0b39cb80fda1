/** The card's clockwork: a fresh QR while it is looked at, the typed code, the second hand, the screen kept awake. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { LlaveGuardada } from '../../schema/core/llave-guardada.ts'
import { vidaDelQrMs } from '../../schema/domain/tarjetas/vida-del-qr.ts'
import type { Almacen, TarjetaGuardada } from './almacen.ts'
import { claveEscrita, emitirQr, type FirmarUso, QR_NUEVO_CADA_MS, type QrEnPantalla } from './emisor.ts'
import type { Reloj } from './reloj.ts'

export interface Portador {
  almacen: Almacen
  reloj: Reloj
  tarjeta: TarjetaGuardada
  llave: LlaveGuardada
}
export type EstadoDeQr =
  | { fase: 'preparando' }
  | { fase: 'listo'; qr: QrEnPantalla; quedanMs: number }
  /** The certificate is over. */
  | { fase: 'vencida' }
  /** The number could not be committed. */
  | { fase: 'sin_espacio' }

/** CARD-19, 26. How long a QR of this card is good, ms. */
export const vidaDe = ({ reglas }: TarjetaGuardada): number => vidaDelQrMs(reglas?.vidaQrSegundos)

/** CARD-27. One at once, one every 30 s, one when the page is seen again; none while nobody looks. `firmar`: the same function each time. */
export function useQr({ almacen, reloj, tarjeta, llave }: Portador, firmar?: FirmarUso): EstadoDeQr {
  const [estado, setEstado] = useState<EstadoDeQr>({ fase: 'preparando' })
  const vidaMs = vidaDe(tarjeta)
  useEffect(() => {
    let vivo = true
    let vuelta = 0
    let alarma: ReturnType<typeof setTimeout> | undefined
    async function renovar(): Promise<void> {
      clearTimeout(alarma)
      const mia = ++vuelta
      const nuevo = await emitirQr(almacen, reloj, tarjeta, llave, firmar).then(
        (qr): EstadoDeQr => (qr ? { fase: 'listo', qr, quedanMs: vidaDe(tarjeta) } : { fase: 'vencida' }),
        (error: unknown): EstadoDeQr => {
          console.error('the QR could not be made', error)
          return { fase: 'sin_espacio' }
        },
      )
      if (!vivo || mia !== vuelta) return
      setEstado(nuevo)
      alarma = setTimeout(renovar, QR_NUEVO_CADA_MS)
    }
    const alVer = () => {
      if (document.visibilityState === 'visible') void renovar()
      else clearTimeout(alarma)
    }
    void renovar()
    document.addEventListener('visibilitychange', alVer)
    return () => {
      vivo = false
      clearTimeout(alarma)
      document.removeEventListener('visibilitychange', alVer)
    }
  }, [almacen, reloj, tarjeta, llave, firmar])
  useSegundero(estado.fase === 'listo')
  return estado.fase === 'listo' ? { ...estado, quedanMs: Math.max(0, estado.qr.at + vidaMs - reloj.ahora()) } : estado
}

/** Draws again every second while `activo` and somebody looks. */
export function useSegundero(activo: boolean, cadaMs = 1_000): void {
  const [, setPulso] = useState(0)
  useEffect(() => {
    if (!activo) return
    const alarma = setInterval(() => document.visibilityState === 'visible' && setPulso((n) => n + 1), cadaMs)
    return () => clearInterval(alarma)
  }, [activo, cadaMs])
}

/** The 6 digits that are typed instead, new every minute; null on a phone without a secret. */
export function useClave({ reloj, tarjeta }: Pick<Portador, 'reloj' | 'tarjeta'>): string | null {
  const [clave, setClave] = useState<string | null>(null)
  useEffect(() => {
    let vivo = true
    let alarma: ReturnType<typeof setTimeout> | undefined
    const renovar = async () => {
      clearTimeout(alarma)
      const dada = await claveEscrita(tarjeta, reloj.ahora()).catch(() => null)
      if (!vivo) return
      setClave(dada?.clave ?? null)
      if (dada) alarma = setTimeout(renovar, Math.max(250, dada.quedanMs + 50))
    }
    const alVer = () => document.visibilityState === 'visible' && void renovar()
    void renovar()
    document.addEventListener('visibilitychange', alVer)
    return () => {
      vivo = false
      clearTimeout(alarma)
      document.removeEventListener('visibilitychange', alVer)
    }
  }, [reloj, tarjeta])
  return clave
}

/** The screen stays on while the card shows (design 05 "Feel"). The platform lets go by itself when the page hides. */
export function usePantallaDespierta(): void {
  useEffect(() => {
    let vivo = true
    let candado: WakeLockSentinel | null = null
    const pedir = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock
        ?.request('screen')
        .then((dado) => {
          if (vivo) candado = dado
          else void dado.release()
        })
        .catch(() => {}) // low battery, or not allowed: the card works all the same
    }
    pedir()
    document.addEventListener('visibilitychange', pedir)
    return () => {
      vivo = false
      document.removeEventListener('visibilitychange', pedir)
      void candado?.release().catch(() => {})
    }
  }, [])
}

/** True once `condicion` has held for `ms` without a break: the chip changes at once, a banner waits (design 05). */
export function useSostenida(condicion: boolean, ms: number): boolean {
  const [si, setSi] = useState(false)
  const antes = useRef(false)
  useEffect(() => {
    antes.current = condicion
    if (!condicion) return setSi(false)
    const alarma = setTimeout(() => antes.current && setSi(true), ms)
    return () => clearTimeout(alarma)
  }, [condicion, ms])
  return si
}
