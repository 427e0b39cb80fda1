/**
 * Installing on the home screen (PWA-25, PWA-26): the browser's own dialog is kept back and offered when it helps, after the first sale or the
 * first QR, and not again for a month once put off. iOS has no dialog, only instructions.
 */
import type { AppInstalable } from '../../schema/core/caminos.ts'
import { t } from './textos.ts'

/** The browser's dialog, kept for later. */
interface EventoDeInstalar extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** `dialogo`: the browser will ask. `a_mano`: iOS, by the share menu. `no`: this browser does not install, or it is too early to know. */
export type Instalacion = 'instalada' | 'dialogo' | 'a_mano' | 'no'

const UN_MES_MS = 30 * 24 * 60 * 60_000

interface Recuerdo {
  /** A first sale or a first QR happened here. */
  conviene?: boolean
  /** When it was put off, ms. */
  pospuestaEl?: number
  instalada?: boolean
}

const avisos = new Set<() => void>()
let app: AppInstalable = 'anunciaya'
let evento: EventoDeInstalar | null = null
/** From the installed icon's own window the answer never changes. */
let recuerdo: Recuerdo = {}

const avisar = () => {
  for (const aviso of avisos) aviso()
}

/** Whether to show the offer. Pure. @param ahora ms */
export function convieneOfrecer(estado: Instalacion, { conviene, pospuestaEl }: Recuerdo, ahora: number): boolean {
  if (estado !== 'dialogo' && estado !== 'a_mano') return false
  return conviene === true && (pospuestaEl === undefined || Math.abs(ahora - pospuestaEl) > UN_MES_MS)
}

/** An iPad calls itself a Mac, with fingers. Pure. */
export const esIos = (agente: string, dedos: number): boolean => /iPhone|iPad|iPod/.test(agente) || (/Macintosh/.test(agente) && dedos > 1)

/** Call it first thing: the browser says once that it may install. */
export function iniciarInstalacion(cual: AppInstalable): void {
  app = cual
  recuerdo = leer()
  addEventListener('beforeinstallprompt', (cuando) => {
    cuando.preventDefault()
    evento = cuando as EventoDeInstalar
    // A browser that offers to install it has it no more.
    recordar({ instalada: false })
  })
  addEventListener('appinstalled', () => {
    evento = null
    recordar({ instalada: true })
  })
}

export function estadoDeInstalacion(): Instalacion {
  if (enSuVentana() || recuerdo.instalada) return 'instalada'
  if (evento) return 'dialogo'
  return esIos(navigator.userAgent, navigator.maxTouchPoints) ? 'a_mano' : 'no'
}

/** Something happened that makes installing worth it: a first sale, a first QR. */
export function yaConvieneInstalar(): void {
  if (!recuerdo.conviene) recordar({ conviene: true })
}

/** The person came for it: whatever was put off before. */
export function quiereInstalar(): void {
  const { pospuestaEl: _, ...resto } = recuerdo
  recuerdo = resto
  recordar({ conviene: true })
}

export const seOfreceInstalar = (): boolean => convieneOfrecer(estadoDeInstalacion(), recuerdo, Date.now())

export function observarInstalacion(aviso: () => void): () => void {
  avisos.add(aviso)
  return () => avisos.delete(aviso)
}

/** Shows the browser's dialog; call it from a tap. @returns whether the person accepted */
export async function instalar(): Promise<boolean> {
  const pedido = evento
  evento = null
  const respuesta = await pedido?.prompt()
  recordar(respuesta?.outcome === 'accepted' ? { instalada: true } : { pospuestaEl: Date.now() })
  return respuesta?.outcome === 'accepted'
}

export const posponerInstalacion = (): void => recordar({ pospuestaEl: Date.now() })

/** What the offer says, line by line. */
export function textosDeInstalacion(estado: Instalacion = estadoDeInstalacion()): string[] {
  const porque = { anunciaya: t.instalaAnunciaYA, scanya: t.instalaScanYA, cardya: t.instalaCardYA }[app]
  return estado === 'a_mano' ? [porque, t.comoEnIphone, t.seBorraEnIphone] : [porque]
}

/** Opened from its icon: a window without the browser's bars. */
function enSuVentana(): boolean {
  const { standalone } = navigator as Navigator & { standalone?: boolean }
  return standalone === true || matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches
}

const clave = () => `cya-instalar-${app}`

function leer(): Recuerdo {
  try {
    return JSON.parse(localStorage.getItem(clave()) ?? '{}') as Recuerdo
  } catch {
    return {}
  }
}

function recordar(cambio: Recuerdo): void {
  recuerdo = { ...recuerdo, ...cambio }
  try {
    localStorage.setItem(clave(), JSON.stringify(recuerdo))
  } catch {
    // A private window forgets it: it is offered again.
  }
  avisar()
}
