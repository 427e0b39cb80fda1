import { useState } from 'react'
import { efectoDeReembolso } from '../../domain/transacciones/efecto-de-reembolso.ts'
import { MOTIVOS_DE_ANULACION, type MotivoDeReembolso, Motivos, motivoDe } from '../../domain/transacciones/motivos-de-reembolso.tsx'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { pesos } from '../../lib/formato.ts'
import { useCaja } from '../../replica/contexto.ts'
import { useOcupado } from '../../ui/aviso-de-version.tsx'
import { Hoja } from '../../ui/hoja.tsx'
import { useIr } from './ir.ts'
import { CualVenta, LoQueFallo, SobreLaVenta } from './sobre-la-venta.tsx'
import { correccion as c } from './textos-de-correccion.ts'
import { venta as v } from './textos-de-venta.ts'
import { useIdDeHecho } from './use-id-de-hecho.ts'
import { useRegistrar } from './use-registrar.ts'
import './reembolso.css'

/** SCAN-51: the sale never was, over its paper. By permission (cancelaciones) and with its reason. */
export const AnulacionPantalla = () => <SobreLaVenta accion="cancelaciones" hoja={AnulacionHoja} />

const ENTREGA: Record<string, string> = { tarjeta: v.regresasTarjeta, transferencia: v.regresasTransferencia }

function AnulacionHoja({ venta }: { venta: Movimiento }) {
  const ir = useIr()
  const { replica } = useCaja()
  const cerrar = () => ir(`/venta/${venta.id}`, { reemplazar: true })
  const { ocupada, error, decir, registrar } = useRegistrar(cerrar)
  const idDe = useIdDeHecho()
  const [motivo, setMotivo] = useState<MotivoDeReembolso | null>(null)
  const [otro, setOtro] = useState('')
  useOcupado('anulacion', true)
  const anular = () => {
    const porQue = motivoDe(motivo, otro)
    if (porQue === '') return decir(c.faltaMotivoAnular)
    const anulacion = { transaccionId: venta.id, motivo: porQue, operador: null }
    registrar(() => replica.registrarAnulacion({ id: idDe(anulacion), ...anulacion }))
  }
  const { puntos } = efectoDeReembolso(venta, venta.reembolsableCentavos, null)
  return (
    <Hoja
      titulo={c.tituloAnular}
      alCerrar={cerrar}
      pie={
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg cancelar" onClick={cerrar}>
            {c.noAnular}
          </button>
          <button type="button" className="btn btn--danger btn--lg wide" disabled={ocupada || venta.estado === 'anulada'} onClick={anular}>
            {c.anular}
          </button>
        </div>
      }
    >
      <CualVenta venta={venta} />
      <p className="soft">{c.anularExplica}</p>
      <LoQueFallo error={error} />
      <Motivos
        elegido={motivo}
        alElegir={(cual) => {
          decir(null)
          setMotivo(cual)
        }}
        otro={otro}
        alEscribir={setOtro}
        motivos={MOTIVOS_DE_ANULACION}
      />
      <div className="panel effect">
        {venta.reembolsableCentavos > 0 && (
          <p className="line">
            <span>{ENTREGA[venta.metodoPago ?? ''] ?? v.entregasEfectivo}</span>
            <span className="num b entregas">{pesos(venta.reembolsableCentavos)}</span>
          </p>
        )}
        {venta.conCliente && (
          <p className="line">
            <span>{c.puntosQueSeQuitan}</span>
            <span className="num">{puntos === 0 ? '0' : `−${puntos.toLocaleString('es-MX')}`}</span>
          </p>
        )}
      </div>
    </Hoja>
  )
}
