import { useRef, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import { condicionesDe, loQueQuita } from '../../../domain/cupones/en-palabras.ts'
import { fecha } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { sonar } from '../../../lib/sonido.ts'
import { useCaja, useTurno, useVivo } from '../../../replica/contexto.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { PorCodigo } from '../por-codigo.tsx'
import { useAplicarCupon } from '../venta/use-aplicar-cupon.ts'
import { useEnter } from '../venta/use-enter.ts'
import { useVenta } from '../venta/use-venta.ts'
import { type CuponEnVenta, cambiarVenta, SIN_USAR } from '../venta/venta-en-curso.ts'
import { t } from './textos.ts'
import './cupon.css'

/** SCAN-26, 27, 29: a cupón by its QR or its code; what it gives, or why it does not, before it goes into a sale. */
export function Cupon() {
  const { venta } = useVenta()
  return venta.cupon ? <Hallado cupon={venta.cupon} /> : <Buscar />
}

function Buscar() {
  const ir = useIr()
  const { codigo, escribir, buscar, ocupado, problema } = useCodigo()
  return (
    <Marco titulo={t.titulo} atras="/inicio" clase="validar">
      <p className="soft">{t.explica}</p>
      <PorCodigo {...{ t, codigo, problema, ocupado }} alEscribir={escribir} alEnviar={buscar} alMirar={() => ir('/escanear')} />
    </Marco>
  )
}

/** Asked of this device first; of the server only where the code is nobody's here. */
function useCodigo() {
  const { replica } = useCaja()
  const operadorId = useTurno()?.operador.id ?? ''
  const { venta } = useVenta()
  const enCurso = useRef(false)
  const [codigo, setCodigo] = useState('')
  const [ocupado, setOcupado] = useState(false)
  const [problema, setProblema] = useState<string | null>(null)

  async function buscar(): Promise<void> {
    if (enCurso.current) return
    if (codigo.trim() === '') return setProblema(t.faltaCodigo)
    enCurso.current = true
    setOcupado(true)
    const { cardId = null, nivel = null } = venta.cliente?.como === 'leido' ? venta.cliente.tarjeta : {}
    const caida = { ok: false, codigo: 'REPLICA_CAIDA' } as const
    const r = await (replica.cuponPorCodigo?.(codigo, { cardId, nivel }) ?? Promise.resolve(caida)).catch(() => caida)
    enCurso.current = false
    setOcupado(false)
    if (r.ok) {
      const { cupon: visto, codigoUnico, cliente: deQuien } = r.valor
      return cambiarVenta(operadorId, { cupon: { ...SIN_USAR, visto, medio: 'codigo', codigoUnico, deQuien } })
    }
    sonar('error')
    setProblema(r.codigo === 'SIN_CONEXION' ? t.sinRed : textoDe(r.codigo))
  }
  const escribir = (texto: string) => {
    setProblema(null)
    setCodigo(texto)
  }
  return { codigo, escribir, buscar: () => void buscar(), ocupado, problema }
}

/** Reasons that the card of the client may lift. */
const CON_TARJETA: readonly Codigo[] = ['CUPON_AJENO', 'cupon_nivel']

function Hallado({ cupon }: { cupon: CuponEnVenta }) {
  const { zona } = useVivo()
  const ir = useIr()
  const { cambiar, cliente } = useVenta()
  const { visto, deQuien } = cupon
  const { aplicar, ocupado, problema } = useAplicarCupon(visto, cupon)
  const motivo = visto.motivo === 'cupon_con_conexion' ? null : visto.motivo
  useEnter(aplicar, motivo === null && !ocupado)
  const soltar = () => cambiar({ cupon: null })
  const faltaTarjeta = motivo !== null && cliente === null && CON_TARJETA.includes(motivo)
  const condiciones = condicionesDe(visto)
  return (
    <Marco titulo={t.titulo} atras={soltar} etiquetaAtras={t.otro} clase="validar">
      <section className={`panel hallado ${motivo ? 'hallado--no' : ''}`} aria-label={motivo ? t.noVale : t.valido}>
        <p className="row sello" role="status">
          <Icono de={motivo ? 'atencion' : 'circulo'} />
          <b>{motivo ? t.noVale : t.valido}</b>
        </p>
        <div className="row titular">
          <h2 className="grow">{visto.titulo}</h2>
          <b className="num quita">{loQueQuita(visto)}</b>
        </div>
        {visto.descripcion && <p className="sm soft">{visto.descripcion}</p>}
        {motivo && <p className="porque">{faltaTarjeta ? t.escaneaTarjeta : textoDe(motivo)}</p>}
        <dl>
          <div>
            <dt>{t.cliente}</dt>
            <dd>{cliente?.nombre ?? deQuien ?? t.cualquiera}</dd>
          </div>
          <div>
            <dt>{t.vigencia}</dt>
            <dd className="num">{fecha(visto.venceAt, zona)}</dd>
          </div>
          <div>
            <dt>{t.condiciones}</dt>
            <dd>{condiciones.length > 0 ? condiciones.join(' · ') : t.sinCondiciones}</dd>
          </div>
        </dl>
      </section>
      <div className="dock">
        {problema && (
          <p className="mal" role="alert">
            <Icono de="atencion" />
            {problema}
          </p>
        )}
        <div className="actions">
          <button
            type="button"
            className="btn btn--secondary btn--lg"
            onClick={() => {
              soltar()
              ir(cliente ? '/cobrar' : '/inicio')
            }}
          >
            {cliente ? t.cobrarSin : t.cancelar}
          </button>
          {faltaTarjeta ? (
            <button type="button" className="btn btn--primary btn--lg wide" onClick={() => ir('/escanear')}>
              <Icono de="qr" />
              {t.escanear}
            </button>
          ) : motivo ? (
            <button type="button" className="btn btn--primary btn--lg wide" onClick={soltar}>
              {t.otro}
            </button>
          ) : (
            <button type="button" className="btn btn--primary btn--lg wide" aria-disabled={ocupado} onClick={aplicar}>
              <Icono de="palomita" />
              {ocupado ? t.preguntando : t.aplicar}
            </button>
          )}
        </div>
      </div>
    </Marco>
  )
}
