/** The last state seen, small enough to be read before the first paint (PWA-07). Made from the shopper's own stream; pure. */

import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { type Notificacion, notificacionesDe } from '../../schema/domain/notificaciones/notificacion.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'

export interface NegocioEnFoto {
  negocioId: string
  nombre: string
  disponibles: number
  retenidos: number
  /** ms; null: none known. */
  ultimaVisitaAt: number | null
}
export interface Movimiento {
  id: string
  /** `retenido`: not in the balance yet. */
  tipo: 'ganado' | 'canjeado' | 'expirado' | 'devuelto' | 'anulado' | 'retenido'
  negocioId: string
  negocioNombre: string
  /** Signed. */
  puntos: number
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
  /** Server time of what is here, ms. */
  at: number
}

/** As many as a first paint may need; the rest is in the replica. */
const MOVIMIENTOS_GUARDADOS = 100
const AVISOS = 60

type De<T extends MiaDoc['tipo']> = Extract<MiaDoc, { tipo: T }>
const deTipo = <T extends MiaDoc['tipo']>(docs: readonly MiaDoc[], tipo: T) => docs.filter((d): d is De<T> => d.tipo === tipo)

/** `at`: server time of the exchange, ms. `leidosAqui`: read on this phone, and the server may not know yet. */
export function fotoDe(docs: readonly MiaDoc[], at: number, leidosAqui = 0): Foto {
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
    ultimaVisitaAt: visitas.get(p.negocioId) ?? null,
  }))
  return {
    perfil: perfil ? { nombre: perfil.nombre, puntosLifetime: perfil.puntosLifetime, nivel: perfil.nivel as Nivel } : null,
    negocios: negocios.sort((a, b) => (b.ultimaVisitaAt ?? 0) - (a.ultimaVisitaAt ?? 0) || a.nombre.localeCompare(b.nombre)),
    movimientos: [...historial.map(deHistorial), ...ventas.filter((v) => v.retenida && v.puntos > 0).map(deVenta)].sort(
      (a, b) => b.at - a.at,
    ),
    subida: ultimaSubida(docs),
    avisos: notificaciones.slice(0, AVISOS),
    leidosHasta,
    sinLeer: notificaciones.filter((n) => n.at > leidosHasta).length,
    at,
  }
}

/** What is written down; the whole list stays in memory while the replica is there. */
export const paraGuardar = (foto: Foto): Foto => ({ ...foto, movimientos: foto.movimientos.slice(0, MOVIMIENTOS_GUARDADOS) })

const deHistorial = (h: De<'historial'>): Movimiento => ({
  id: h.id,
  tipo: h.movimiento as Movimiento['tipo'],
  negocioId: h.negocioId,
  negocioNombre: h.negocioNombre,
  puntos: h.puntos,
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
