import type { ReactNode } from 'react'
import { Icono, type Icono as Trazo } from '../../ui/iconos.tsx'
import { Nivel } from '../../ui/nivel.tsx'
import type { Aspecto, Movimiento } from './movimientos.ts'
import { t } from './textos.ts'

const ESTADOS: Record<Aspecto, { clase: string; icono: Trazo }> = {
  aqui: { clase: 'state--local', icono: 'subir' },
  servidor: { clase: 'state--received', icono: 'palomita' },
  atencion: { clase: 'state--review', icono: 'atencion' },
}

/** Where a record is, by shape first: dashed only here, solid at the server, amber square a person must act, outlined given back. */
export function EstadoDeVenta({ m }: { m: Movimiento }) {
  const { clase, icono } = ESTADOS[m.aspecto]
  const devuelta = m.tipo === 'venta' ? m.estado !== 'completada' : m.tipo === 'reembolso' || m.tipo === 'anulacion'
  const deVuelta = devuelta && m.aspecto !== 'atencion'
  return (
    <span className={`state ${deVuelta && m.aspecto === 'servidor' ? 'state--back' : clase}`} role="img" aria-label={t[m.aspecto]}>
      <Icono de={deVuelta ? 'volver' : icono} />
    </span>
  )
}

/** Who bought: as the negocio knows them, a new card, or nobody. */
export function QuienCompro({ m }: { m: Movimiento }) {
  return (
    <span className="row quien">
      <b className="m">{nombreDe(m)}</b>
      {m.nivel && <Nivel de={m.nivel} />}
    </span>
  )
}

const NOMBRES = { anulacion: t.anulacion, cambio_monto: t.cambioDeMonto, canje_confirmado: t.canjeEntregado, turno: t.turno } as const

export function nombreDe(m: Movimiento): string {
  if (m.tipo === 'reembolso') return t.reembolsoFolio(m.folio)
  if (m.tipo !== 'venta') return NOMBRES[m.tipo]
  return m.clienteNombre ?? (m.conCliente ? t.clienteNuevo : t.sinCliente)
}

/** Settled points stand bare; promised ones wear dashes. */
export function puntosDe(m: Movimiento): ReactNode {
  if (m.tipo !== 'venta') return null
  if (!m.conCliente || (m.puntosFirmes && m.puntos === 0)) return t.sinPuntos
  if (m.estado !== 'completada' && m.puntosFirmes) return `−${m.puntos.toLocaleString('es-MX')}`
  if (m.puntosFirmes) return `+${m.puntos.toLocaleString('es-MX')}`
  if (m.aspecto === 'atencion') return t.retenidos
  return <span className="unsettled">≈ {m.puntos.toLocaleString('es-MX')}</span>
}
