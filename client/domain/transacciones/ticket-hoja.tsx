import { useEffect, useState } from 'react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import { fechaYHora, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'
import { CodigoQr } from '../../ui/codigo-qr.tsx'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { nombreDeMetodo, t } from './textos.ts'
import './ticket-hoja.css'

export interface VentaDeTicket {
  hechoId: string
  folio: string | null
  montoCentavos: number
  metodoPago: string | null
  descripcion: string | null
  /** ms. */
  at: number
}

type Firmado = { texto: string } | { codigo: Codigo } | null

/** The client's copy: what was paid, and a QR signed by this till that CardYA shows as points to be confirmed, with no network (design 05 §4). */
export function TicketHoja({
  venta,
  conCliente = true,
  alCerrar,
}: {
  venta: VentaDeTicket
  /** False: nobody waits for points of this sale. */
  conCliente?: boolean
  alCerrar: () => void
}) {
  const { alta } = useCaja()
  const { zona } = useVivo()
  const firmado = useTicketFirmado(venta.hechoId)
  const donde = [alta.sucursalNombre, alta.serie && t.caja(alta.serie)].filter(Boolean).join(' · ')
  const lineas: [string, string][] = [
    [t.folio, venta.folio ?? ''],
    ...(venta.descripcion ? [[venta.descripcion, ''] as [string, string]] : []),
    [t.pago, nombreDeMetodo(venta.metodoPago ?? 'efectivo')],
    [t.total, pesos(venta.montoCentavos)],
  ]
  const enTexto = () =>
    [alta.negocioNombre, donde, fechaYHora(venta.at, zona), ...lineas.map((linea) => linea.filter(Boolean).join(': '))].join('\n')
  return (
    <Hoja titulo={t.ticketDe(venta.folio ?? '')} alCerrar={alCerrar} pie={<Acciones titulo={alta.negocioNombre} texto={enTexto} />}>
      <section className="ticket ticket-hoja">
        <p className="b">{alta.negocioNombre}</p>
        <p className="sm soft">{donde}</p>
        <p className="sm soft num">{fechaYHora(venta.at, zona)}</p>
        <hr className="perf" />
        {lineas.map(([de, es]) => (
          <p key={de} className="line">
            <span>{de}</span>
            <span className="num">{es}</span>
          </p>
        ))}
        <hr className="perf" />
        {firmado && 'texto' in firmado && (
          <>
            <div className="qr-plate">
              <CodigoQr texto={firmado.texto} titulo={t.ticketQr} />
            </div>
            <p className="sm soft">{conCliente ? t.ticketExplica : t.ticketSinCliente}</p>
          </>
        )}
        {firmado && 'codigo' in firmado && (
          <p className="sm soft ticket-hoja__nota" role="status">
            <Icono de="atencion" />
            {t.ticketNoListo} {textoDe(firmado.codigo)}
          </p>
        )}
      </section>
    </Hoja>
  )
}

function useTicketFirmado(hechoId: string): Firmado {
  const { replica } = useCaja()
  const [firmado, setFirmado] = useState<Firmado>(null)
  useEffect(() => {
    let vivo = true
    const pedido = replica.ticket?.(hechoId) ?? Promise.resolve({ ok: false, codigo: 'REPLICA_CAIDA' } as const)
    void pedido
      .catch(() => ({ ok: false, codigo: 'REPLICA_CAIDA' }) as const)
      .then((r) => {
        if (vivo) setFirmado(r.ok ? { texto: r.valor } : { codigo: r.codigo })
      })
    return () => {
      vivo = false
    }
  }, [replica, hechoId])
  return firmado
}

function Acciones({ titulo, texto }: { titulo: string; texto: () => string }) {
  const puedeCompartir = typeof navigator.share === 'function'
  return (
    <div className="actions">
      <button type="button" className="btn btn--secondary" onClick={() => window.print()}>
        <Icono de="imprimir" />
        {t.imprimir}
      </button>
      {puedeCompartir && (
        // Whoever changes their mind has not failed at anything.
        <button
          type="button"
          className="btn btn--secondary"
          onClick={() => void navigator.share({ title: titulo, text: texto() }).catch(() => {})}
        >
          <Icono de="compartir" />
          {t.compartir}
        </button>
      )}
    </div>
  )
}
