import { useState } from 'react'
import type { TransaccionDoc } from '../../../schema/protocol/documentos.ts'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { fechaYHora, pesos } from '../../lib/formato.ts'
import { useCaja, usePuede, useVivo } from '../../replica/contexto.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { Icono } from '../../ui/iconos.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { compartir } from './compartir.ts'
import { useIr } from './ir.ts'
import { correccion as c } from './textos-de-correccion.ts'
import { venta as v } from './textos-de-venta.ts'
import { registroDeVenta } from './venta/registro-de-venta.ts'

const TicketHoja = perezosa(async () => (await import('../../domain/transacciones/ticket-hoja.tsx')).TicketHoja)

/** What may be done with a sale: its copy for the client, and its corrections, each only for who may make it (SCAN-22, 40, 51, 60). */
export function Acciones({ venta }: { venta: Movimiento }) {
  const { alta } = useCaja()
  const { zona } = useVivo()
  const registro = useRegistro(venta)
  const [conTicket, setConTicket] = useState(false)
  const [copiado, setCopiado] = useState(false)
  const mandar = async () => {
    const texto = v.textoCompartido(alta.negocioNombre, venta.folio, pesos(venta.montoCentavos), fechaYHora(venta.at, zona))
    setCopiado((await compartir(v.titulo(venta.folio), texto)) === 'copiado')
  }
  return (
    <div className="dock">
      <div className="actions">
        {venta.propio && registro && (
          <button type="button" className="btn btn--secondary" onClick={() => setConTicket(true)}>
            <Icono de="imprimir" />
            {v.ticket}
          </button>
        )}
        <button type="button" className="btn btn--secondary" onClick={() => void mandar()}>
          <Icono de="compartir" />
          <span role="status">{copiado ? v.copiado : v.compartir}</span>
        </button>
      </div>
      <Corregir venta={venta} />
      {conTicket && registro && (
        <TicketHoja venta={{ ...registro, hechoId: venta.id, at: registro.guardadoAt }} alCerrar={() => setConTicket(false)} />
      )}
    </div>
  )
}

function Corregir({ venta }: { venta: Movimiento }) {
  const puede = usePuede()
  const ir = useIr()
  const viva = venta.estado === 'completada'
  const [conMonto, conAnular] = [viva && puede('modificarMontos'), viva && puede('cancelaciones')]
  return (
    <>
      {(conMonto || conAnular) && (
        <div className="actions corregir">
          {conMonto && (
            <button type="button" className="btn btn--secondary" onClick={() => ir(`/cambio/${venta.id}`)}>
              <Icono de="efectivo" />
              {c.cambiarMonto}
            </button>
          )}
          {conAnular && (
            <button type="button" className="btn btn--secondary anular" onClick={() => ir(`/anulacion/${venta.id}`)}>
              <Icono de="cerrar" />
              {c.anular}
            </button>
          )}
        </div>
      )}
      {puede('reembolsos') && venta.reembolsableCentavos > 0 && (
        <button type="button" className="btn btn--secondary devolver" onClick={() => ir(`/reembolso/${venta.id}`)}>
          <Icono de="volver" />
          {v.reembolsar}
        </button>
      )}
    </>
  )
}

export function useRegistro(venta: Movimiento) {
  const { replica } = useCaja()
  const transaccion = useColeccion<TransaccionDoc>(replica, 'transacciones', { selector: { id: venta.id } })?.[0]
  return registroDeVenta(null, venta, transaccion)
}
