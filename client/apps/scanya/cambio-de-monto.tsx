import { useState } from 'react'
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { puntosSegun } from '../../../schema/domain/puntos/puntos.ts'
import { MOTIVOS_DE_CAMBIO, type MotivoDeReembolso, Motivos, motivoDe } from '../../domain/transacciones/motivos-de-reembolso.tsx'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'
import { useOcupado } from '../../ui/aviso-de-version.tsx'
import { Hoja } from '../../ui/hoja.tsx'
import { type Tecla, Teclado } from '../../ui/teclado.tsx'
import { useIr } from './ir.ts'
import { CualVenta, LoQueFallo, SobreLaVenta } from './sobre-la-venta.tsx'
import { correccion as c } from './textos-de-correccion.ts'
import { useIdDeHecho } from './use-id-de-hecho.ts'
import { useRegistrar } from './use-registrar.ts'
import { conTecla, faltaDeMonto, type Monto, SIN_MONTO } from './venta/monto.ts'
import './reembolso.css'

/** SCAN-22: what was really charged, over the paper of the sale. By permission (modificarMontos) and with its reason. */
export const CambioDeMontoPantalla = () => <SobreLaVenta accion="modificarMontos" hoja={CambioHoja} />

function CambioHoja({ venta }: { venta: Movimiento }) {
  const ir = useIr()
  const { replica } = useCaja()
  const cerrar = () => ir(`/venta/${venta.id}`, { reemplazar: true })
  const { ocupada, error, decir, registrar } = useRegistrar(cerrar)
  const idDe = useIdDeHecho()
  const [monto, setMonto] = useState<Monto>(SIN_MONTO)
  const [motivo, setMotivo] = useState<MotivoDeReembolso | null>(null)
  const [otro, setOtro] = useState('')
  useOcupado('cambio', true)
  const cambiar = () => {
    const montoCentavos = monto.centavos
    const porQue = motivoDe(motivo, otro)
    const falta = montoCentavos === 0 ? c.faltaMonto : loQueImpide(venta, montoCentavos)
    if (falta) return decir(falta)
    if (porQue === '') return decir(c.faltaMotivoCambiar)
    const cambio = { transaccionId: venta.id, montoCentavos, motivo: porQue, operador: null }
    registrar(() => replica.registrarCambioDeMonto?.({ id: idDe(cambio), ...cambio }))
  }
  const teclear = (tecla: Tecla) => {
    if (tecla === 'ir') return cambiar()
    decir(null)
    setMonto((antes) => conTecla(antes, tecla))
  }
  return (
    <Hoja
      titulo={c.tituloCambiar}
      alCerrar={cerrar}
      pie={
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg cancelar" onClick={cerrar}>
            {c.dejarlo}
          </button>
          <button type="button" className="btn btn--primary btn--lg wide" disabled={ocupada} onClick={cambiar}>
            {c.guardarCambio}
          </button>
        </div>
      }
    >
      <CualVenta venta={venta} />
      <LoQueFallo error={error} />
      <div className="parte">
        <p className="pregunta">{c.loCobrado}</p>
        <output className="monto num" aria-label={c.montoNuevo} aria-live="polite">
          {pesos(monto.centavos)}
        </output>
        <Teclado etiqueta={c.montoNuevo} alTecla={teclear} />
      </div>
      <Motivos
        elegido={motivo}
        alElegir={(cual) => {
          decir(null)
          setMotivo(cual)
        }}
        otro={otro}
        alEscribir={setOtro}
        motivos={MOTIVOS_DE_CAMBIO}
      />
      {monto.centavos > 0 && <Efecto venta={venta} montoCentavos={monto.centavos} />}
    </Hoja>
  )
}

/** Why this cannot be its monto, in words; null: it can. */
function loQueImpide(venta: Movimiento, montoCentavos: number): string | null {
  const falta = faltaDeMonto(montoCentavos)
  if (falta) return textoDe(falta)
  if (montoCentavos === venta.montoCentavos) return c.mismoMonto
  return montoCentavos < venta.devueltoCentavos ? c.menosQueDevuelto(pesos(venta.devueltoCentavos)) : null
}

/** The points by the rules of the sale, as the server will compute them. */
function Efecto({ venta, montoCentavos }: { venta: Movimiento; montoCentavos: number }) {
  const { config } = useVivo()
  const version = config.find((doc) => doc.id === `version:${venta.configVersion}`) as Configuracion | undefined
  const puntos = venta.nivel && version ? puntosSegun(version, montoCentavos, venta.nivel) : null
  return (
    <div className="panel effect">
      <p className="line">
        <span>{c.antes}</span>
        <span className="num struck">{pesos(venta.montoCentavos)}</span>
      </p>
      <p className="line">
        <span>{c.ahora}</span>
        <span className="num b entregas">{pesos(montoCentavos)}</span>
      </p>
      {venta.conCliente && puntos !== null && (
        <>
          <p className="line">
            <span>{c.puntosAntes}</span>
            <span className="num">{venta.puntos.toLocaleString('es-MX')}</span>
          </p>
          <p className="line">
            <span>{c.puntosAhora}</span>
            <span className="num unsettled">≈ {puntos.toLocaleString('es-MX')}</span>
          </p>
        </>
      )}
    </div>
  )
}
