import { type ReactNode, useState } from 'react'
import type { ClienteDoc, TransaccionDoc } from '../../../schema/protocol/documentos.ts'
import type { NuevaVenta } from '../../../workers/replica/api.ts'
import { nombreCorto, nombreDeNivel } from '../../domain/clientes/cliente-en-palabras.ts'
import { efectoDeReembolso } from '../../domain/transacciones/efecto-de-reembolso.ts'
import { type MotivoDeReembolso, Motivos, motivoDe } from '../../domain/transacciones/motivos-de-reembolso.tsx'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { type Elegidas, lineasDe, montoDeLineas, quedanDe, tieneLineas } from '../../domain/transacciones/por-lineas.ts'
import { pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { sonar } from '../../lib/sonido.ts'
import { useCaja, usePuede } from '../../replica/contexto.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { useOcupado } from '../../ui/aviso-de-version.tsx'
import { moverConFlechas } from '../../ui/flechas.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { type Tecla, Teclado } from '../../ui/teclado.tsx'
import { useIr } from './ir.ts'
import { PorArticulo } from './reembolso-lineas.tsx'
import { CualVenta, SobreLaVenta } from './sobre-la-venta.tsx'
import { correccion as c } from './textos-de-correccion.ts'
import { venta as v } from './textos-de-venta.ts'
import { useIdDeHecho } from './use-id-de-hecho.ts'
import { conTecla, type Monto, SIN_MONTO } from './venta/monto.ts'
import './reembolso.css'

/** SCAN-40, 50: gives back all or part of a sale, over its paper. What it does to the points is shown before the money moves. */
export const ReembolsoPantalla = () => <SobreLaVenta accion="reembolsos" hoja={SobreSuVenta} />

type MetodoDePago = NuevaVenta['metodoPago']
const TEXTO_DE_ENTREGA: Record<MetodoDePago, string> = {
  efectivo: v.entregasEfectivo,
  tarjeta: v.regresasTarjeta,
  transferencia: v.regresasTransferencia,
}
/** How the money goes back: what the sheet says is what is recorded, for the drawer of the shift. */
const entregaDe = ({ metodoPago }: Movimiento): MetodoDePago =>
  metodoPago === 'tarjeta' || metodoPago === 'transferencia' ? metodoPago : 'efectivo'

function SobreSuVenta({ venta }: { venta: Movimiento }) {
  const ir = useIr()
  const cerrar = () => ir(`/venta/${venta.id}`, { reemplazar: true })
  return <ReembolsoHoja venta={venta} alCerrar={cerrar} />
}

/** Over the paper of `venta`, which may be one that only its ticket tells of. */
export function ReembolsoHoja({ venta, alCerrar }: { venta: Movimiento; alCerrar: () => void }) {
  const { como, setComo, monto, teclear, elegidas, elegir, motivo, setMotivo, otro, setOtro, error, ocupada, devolver } = useReembolso(
    venta,
    alCerrar,
  )
  useOcupado('reembolso', true)
  const montoCentavos = { todo: venta.reembolsableCentavos, parte: monto.centavos, lineas: montoDeLineas(venta, elegidas) }[como]
  const lineas = como === 'lineas' ? lineasDe(venta, elegidas) : como === 'todo' ? lineasDe(venta, todasLas(venta)) : []
  const devolverlo = () => devolver(montoCentavos, lineas)
  const porLineas = tieneLineas(venta)
  return (
    <Hoja
      titulo={v.reembolso}
      alCerrar={alCerrar}
      pie={
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg cancelar" onClick={alCerrar}>
            {v.cancelar}
          </button>
          <button type="button" className="btn btn--danger btn--lg wide" disabled={ocupada} onClick={() => void devolverlo()}>
            <span>
              {v.reembolsar} <span className="num">{pesos(montoCentavos)}</span>
            </span>
          </button>
        </div>
      }
    >
      <CualVenta venta={venta} />
      {error && (
        <p className="mal" role="alert" id="reembolso-mal">
          <Icono de="atencion" /> {error}
        </p>
      )}
      <fieldset className="grupo">
        <legend>{v.cuanto}</legend>
        <div className={`seg ${porLineas ? 'seg--tres' : ''}`} role="radiogroup" aria-label={v.cuanto} onKeyDown={moverConFlechas}>
          <Opcion elegida={como === 'todo'} alTocar={() => setComo('todo')}>
            {v.todo}
            <span className="num">{pesos(venta.reembolsableCentavos)}</span>
          </Opcion>
          <Opcion elegida={como === 'parte'} alTocar={() => setComo('parte')}>
            {v.parte}
          </Opcion>
          {porLineas && (
            <Opcion elegida={como === 'lineas'} alTocar={() => setComo('lineas')}>
              {c.porArticulo}
            </Opcion>
          )}
        </div>
      </fieldset>
      {como === 'lineas' && <PorArticulo venta={venta} elegidas={elegidas} alElegir={elegir} />}
      {como === 'parte' && (
        <div className="parte">
          <output className="monto num" aria-label={v.montoADevolver} aria-live="polite">
            {pesos(monto.centavos)}
          </output>
          <Teclado etiqueta={v.montoADevolver} alTecla={(tecla) => (tecla === 'ir' ? void devolverlo() : teclear(tecla))} />
        </div>
      )}
      <Motivos elegido={motivo} alElegir={setMotivo} otro={otro} alEscribir={setOtro} />
      <Efecto venta={venta} montoCentavos={montoCentavos} />
    </Hoja>
  )
}

const todasLas = (venta: Movimiento): Elegidas => Object.fromEntries(venta.lineas.map((linea, i) => [i, quedanDe(linea)]))

function Opcion({ elegida, alTocar, children }: { elegida: boolean; alTocar: () => void; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a segment; the group around it is the radiogroup
    <button type="button" role="radio" aria-checked={elegida} onClick={alTocar}>
      {elegida && <Icono de="palomita" />}
      {children}
    </button>
  )
}

function Efecto({ venta, montoCentavos }: { venta: Movimiento; montoCentavos: number }) {
  const puede = usePuede()
  const disponibles = useDisponibles(venta)
  const { puntos, quedan } = efectoDeReembolso(venta, montoCentavos, puede('verInfoCliente') ? disponibles : null)
  const nombre = nombreCorto(venta.clienteNombre)
  return (
    <div className="panel effect">
      <p className="line">
        <span>{TEXTO_DE_ENTREGA[entregaDe(venta)]}</span>
        <span className="num b entregas">{pesos(montoCentavos)}</span>
      </p>
      {venta.conCliente && (
        <>
          <p className="line">
            <span>{v.puntosQueSeQuitan}</span>
            <span className="num">{puntos === 0 ? '0' : `−${puntos.toLocaleString('es-MX')}`}</span>
          </p>
          {quedan !== null && (
            <p className="line">
              <span>{v.seLeQuedan(nombre)}</span>
              <span className="num">{v.puntosN(quedan)}</span>
            </p>
          )}
          {venta.nivel && (
            <p className="line">
              <span>{v.suNivel(nombreDeNivel(venta.nivel))}</span>
              <span>{v.noCambia}</span>
            </p>
          )}
        </>
      )}
    </div>
  )
}

/** The client's points here as this till last heard; null when it does not know them. */
function useDisponibles(venta: Movimiento): number | null {
  const { replica } = useCaja()
  const transaccion = useColeccion<TransaccionDoc>(replica, 'transacciones', { selector: { id: venta.id } })?.[0]
  const clienteId = transaccion?.clienteId ?? ''
  const cliente = useColeccion<ClienteDoc>(replica, 'clientes', { selector: { id: clienteId } })?.[0]
  return cliente && cliente.id === clienteId ? cliente.puntosDisponibles : null
}

function useReembolso(venta: Movimiento, alTerminar: () => void) {
  const { replica } = useCaja()
  const idDe = useIdDeHecho()
  const [como, setComo] = useState<'todo' | 'parte' | 'lineas'>('todo')
  const [elegidas, setElegidas] = useState<Elegidas>({})
  const [monto, setMonto] = useState<Monto>(SIN_MONTO)
  const [motivo, setMotivo] = useState<MotivoDeReembolso | null>(null)
  const [otro, setOtro] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [ocupada, setOcupada] = useState(false)

  const teclear = (tecla: Tecla) => {
    if (tecla === 'ir') return
    setError(null)
    setMonto((antes) => conTecla(antes, tecla))
  }
  const elegir = (cuales: Elegidas) => {
    setError(null)
    setElegidas(cuales)
  }
  const devolver = async (montoCentavos: number, lineas: { articuloId: string; cantidad: number }[]) => {
    const porQue = motivoDe(motivo, otro)
    if (como === 'lineas' && montoCentavos === 0) return setError(c.faltaArticulo)
    if (montoCentavos > venta.reembolsableCentavos) return setError(v.quedan(pesos(venta.reembolsableCentavos)))
    if (porQue === '') return setError(v.faltaMotivo)
    if (ocupada) return
    setOcupada(true)
    setError(null)
    try {
      const reembolso = { transaccionId: venta.id, montoCentavos, motivo: porQue, operador: null, lineas }
      const r = await replica.registrarReembolso({ id: idDe(reembolso), ...reembolso, metodoPago: entregaDe(venta) })
      if (!r.ok && r.codigo !== 'ID_EN_USO') return setError(textoDe(r.codigo))
      sonar('confirmacion')
      alTerminar()
    } catch {
      setError(textoDe('REPLICA_CAIDA'))
    } finally {
      setOcupada(false)
    }
  }
  return { como, setComo, monto, teclear, elegidas, elegir, motivo, setMotivo, otro, setOtro, error, ocupada, devolver }
}
