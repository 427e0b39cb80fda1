/** The last state seen, small enough to be read before the first paint (PWA-07). Made from the shopper's own stream; pure. */

import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { type Notificacion, notificacionesDe } from '../../schema/domain/notificaciones/notificacion.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import { type CanjeEnFoto, canjesDe } from './mis-canjes.ts'
import { ahorroDe, type CuponEnFoto, cuponesDe } from './mis-cupones.ts'

export interface NegocioEnFoto {
  negocioId: string
  nombre: string
  disponibles: number
  retenidos: number
  /** Being spent in canjes that are not given yet; absent in what an earlier release wrote down. */
  apartados?: number
  /** PTS-24. What expires first, and the last day of it, ms; absent where nothing expires. */
  porVencer?: { puntos: number; venceAt: number }
  /** ms; null: none known. */
  ultimaVisitaAt: number | null
}
export interface Movimiento {
  id: string
  /** `retenido`: not in the balance yet. `apartado`: of a canje that is not given yet. `sin_usar`: of one that never was, its points are back. */
  tipo: 'ganado' | 'canjeado' | 'expirado' | 'devuelto' | 'anulado' | 'retenido' | 'apartado' | 'sin_usar'
  negocioId: string
  negocioNombre: string
  /** Signed. */
  puntos: number
  /** What was got for them; absent where they were not spent. */
  nombre?: string
  montoCentavos: number | null
  nivel: string | null
  multiplicadorPct: number | null
  /** Of points earned: the version of the negocio's rules, and what a point cost by it, centavos (R12); absent where the server does not say. */
  version?: number
  valorPuntoCentavos?: number
  /** Of points on hold: why, until when (ms), and what happens then. */
  motivo: string | null
  hastaAt: number | null
  alVencer: string | null
  at: number
}
export interface Foto {
  perfil: { nombre: string; puntosLifetime: number; nivel: Nivel } | null
  /** Last visited first. */
  negocios: NegocioEnFoto[]
  /** Newest first. */
  movimientos: Movimiento[]
  /** Of the notice of a new nivel: the nivel and when, ms. */
  subida: { nivel: Nivel; at: number } | null
  /** What the shopper was told, newest first; absent in what an earlier release wrote down. */
  avisos?: Notificacion[]
  /** Of those, up to which instant they were read, ms, and how many were not. */
  leidosHasta?: number
  sinLeer?: number
  /** Newest first; these three are absent in what an earlier release wrote down. */
  canjes?: CanjeEnFoto[]
  cupones?: CuponEnFoto[]
  /** What cupones took off in all, centavos (CUP-17). */
  ahorroCentavos?: number
  /** Server time of what is here, ms. */
  at: number
}

/** As many as a first paint may need; the rest is in the replica. */
const MOVIMIENTOS_GUARDADOS = 100
const AVISOS = 60
const CANJES_GUARDADOS = 40

type De<T extends MiaDoc['tipo']> = Extract<MiaDoc, { tipo: T }>
const deTipo = <T extends MiaDoc['tipo']>(docs: readonly MiaDoc[], tipo: T) => docs.filter((d): d is De<T> => d.tipo === tipo)

/**
 * `at`: server time of the exchange, ms. `leidosAqui`: read on this phone, and the server may not know yet. `previos`: canjes that this phone wrote down before.
 */
export function fotoDe(docs: readonly MiaDoc[], at: number, leidosAqui = 0, previos: readonly CanjeEnFoto[] = []): Foto {
  const { notificaciones, leidasHasta } = notificacionesDe(docs)
  const leidosHasta = Math.max(leidasHasta, leidosAqui)
  const ventas = deTipo(docs, 'venta')
  const historial = deTipo(docs, 'historial')
  const visitas = new Map<string, number>()
  for (const { negocioId, effAt } of [...ventas, ...historial]) visitas.set(negocioId, Math.max(visitas.get(negocioId) ?? 0, effAt))
  const [perfil] = deTipo(docs, 'perfil')
  const negocios = deTipo(docs, 'puntos').map((p) => ({
    negocioId: p.negocioId,
    nombre: p.negocioNombre,
    disponibles: p.disponibles,
    retenidos: p.retenidos,
    apartados: p.apartados ?? 0,
    ...(p.porVencer ? { porVencer: p.porVencer } : {}),
    ultimaVisitaAt: visitas.get(p.negocioId) ?? null,
  }))
  const canjes = canjesDe(docs, previos)
  return {
    perfil: perfil ? { nombre: perfil.nombre, puntosLifetime: perfil.puntosLifetime, nivel: perfil.nivel as Nivel } : null,
    negocios: negocios.sort((a, b) => (b.ultimaVisitaAt ?? 0) - (a.ultimaVisitaAt ?? 0) || a.nombre.localeCompare(b.nombre)),
    movimientos: [
      ...historial.map(deHistorial),
      ...ventas.filter((v) => v.retenida && v.puntos > 0).map(deVenta),
      ...canjes.filter(({ estado }) => estado !== 'confirmado').map(deCanje),
    ].sort((a, b) => b.at - a.at),
    subida: ultimaSubida(docs),
    avisos: notificaciones.slice(0, AVISOS),
    leidosHasta,
    sinLeer: notificaciones.filter((n) => n.at > leidosHasta).length,
    canjes,
    cupones: cuponesDe(docs),
    ahorroCentavos: ahorroDe(docs),
    at,
  }
}

/** What is written down; the whole list stays in memory while the replica is there. */
export const paraGuardar = (foto: Foto): Foto => ({
  ...foto,
  movimientos: foto.movimientos.slice(0, MOVIMIENTOS_GUARDADOS),
  ...(foto.canjes ? { canjes: foto.canjes.slice(0, CANJES_GUARDADOS) } : {}),
})

const SIN_DETALLE = { montoCentavos: null, nivel: null, multiplicadorPct: null, motivo: null, hastaAt: null, alVencer: null } as const

/** CARD-40. One that was not given: its points are apart, or back. */
const deCanje = (c: CanjeEnFoto): Movimiento => ({
  ...SIN_DETALLE,
  ...{ id: `canje:${c.id}`, tipo: c.apartado ? 'apartado' : 'sin_usar', negocioId: c.negocioId, negocioNombre: c.negocioNombre },
  ...{ puntos: c.apartado ? -c.puntos : 0, nombre: c.nombre, at: c.cerradoAt ?? c.creadoAt },
})

const deHistorial = (h: De<'historial'>): Movimiento => ({
  id: h.id,
  tipo: h.movimiento as Movimiento['tipo'],
  negocioId: h.negocioId,
  negocioNombre: h.negocioNombre,
  puntos: h.puntos,
  ...(h.movimiento === 'canjeado' && h.descripcion ? { nombre: h.descripcion } : {}),
  montoCentavos: h.montoCentavos,
  nivel: h.nivel ?? null,
  multiplicadorPct: h.multiplicadorPct ?? null,
  ...(h.version === undefined || h.valorPuntoCentavos === undefined
    ? {}
    : { version: h.version, valorPuntoCentavos: h.valorPuntoCentavos }),
  motivo: null,
  hastaAt: null,
  alVencer: null,
  at: h.effAt,
})

const deVenta = (v: De<'venta'>): Movimiento => ({
  id: v.id,
  tipo: 'retenido',
  negocioId: v.negocioId,
  negocioNombre: v.negocioNombre,
  puntos: v.puntos,
  montoCentavos: v.montoCentavos,
  nivel: null,
  multiplicadorPct: null,
  motivo: v.motivo,
  hastaAt: v.retenidaHasta ?? null,
  alVencer: v.alVencer ?? null,
  at: v.effAt,
})

function ultimaSubida(docs: readonly MiaDoc[]): Foto['subida'] {
  const subidas = deTipo(docs, 'aviso').filter(({ codigo }) => codigo === 'nivel')
  const ultima = subidas.sort((a, b) => b.at - a.at)[0]
  return ultima ? { nivel: ultima.nivel as Nivel, at: ultima.at } : null
}
