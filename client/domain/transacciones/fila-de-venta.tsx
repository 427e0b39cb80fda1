import type { ReactNode } from 'react'
import { hora, pesos } from '../../lib/formato.ts'
import { Icono, type Icono as Trazo } from '../../ui/iconos.tsx'
import { Nivel } from '../../ui/nivel.tsx'
import { tituloDeMotivo } from './motivos.ts'
import type { Aspecto, Movimiento } from './movimientos.ts'
import { nombreDeMetodo, t } from './textos.ts'

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

/** One line of a list: state, who and when, how much and its points. */
export function FilaDeVenta({ m, zona, detalle }: { m: Movimiento; zona: string; detalle?: string }) {
  return (
    <>
      <EstadoDeVenta m={m} />
      <span className="grow">
        <QuienCompro m={m} />
        <span className="sm dim num fila__detalle">{detalle ?? detalleDe(m, zona)}</span>
      </span>
      <span className="end num">
        <b className={m.estado === 'anulada' || m.estado === 'reembolsada' ? 'struck' : undefined}>{montoDe(m)}</b>
        <br />
        <span className="sm soft">{puntosDe(m)}</span>
      </span>
    </>
  )
}

export function montoDe(m: Movimiento): string {
  if (m.tipo === 'anulacion' || m.tipo === 'canje_confirmado') return ''
  return m.tipo === 'reembolso' ? `−${pesos(m.montoCentavos)}` : pesos(m.montoCentavos)
}

function detalleDe(m: Movimiento, zona: string): string {
  const partes = [hora(m.at, zona)]
  if (m.aspecto === 'atencion') partes.push(m.motivo ? t.enRevision(tituloDeMotivo(m.motivo)) : t.atencion)
  else if (m.estado !== 'completada') partes.push(t[m.estado])
  else if (m.metodoPago) partes.push(nombreDeMetodo(m.metodoPago))
  else if (m.descripcion) partes.push(m.descripcion)
  if (m.aspecto === 'aqui') partes.push(t.guardadaAqui)
  if (!m.propio) partes.push(t.otraCaja)
  return partes.join(' · ')
}

/** Settled points stand bare; promised ones wear dashes. */
export function puntosDe(m: Movimiento): ReactNode {
  if (m.tipo !== 'venta') return null
  if (!m.conCliente) return t.sinPuntos
  if (m.estado !== 'completada' && m.puntosFirmes) return `−${m.puntos.toLocaleString('es-MX')}`
  if (m.puntosFirmes) return `+${m.puntos.toLocaleString('es-MX')}`
  if (m.aspecto === 'atencion') return t.retenidos
  return <span className="unsettled">≈ {m.puntos.toLocaleString('es-MX')}</span>
}
