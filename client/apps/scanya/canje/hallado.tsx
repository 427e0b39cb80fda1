import { useEffect, useRef } from 'react'
import type { CanjeEntregado, CanjeLeido } from '../../../../workers/replica/api.ts'
import { hora } from '../../../lib/formato.ts'
import { useVivo } from '../../../replica/contexto.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { Nivel } from '../../../ui/nivel.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { useEnter } from '../venta/use-enter.ts'
import { minutosYSegundos } from '../venta/validez.ts'
import { t } from './textos.ts'

/** SCAN-31: whose it is, what for, and how long it still counts, before anything is given. */
export function Hallado({
  canje,
  ocupado,
  problema,
  alConfirmar,
  alCancelar,
}: {
  canje: CanjeLeido
  ocupado: boolean
  problema: string | null
  alConfirmar: () => void
  alCancelar: () => void
}) {
  useEnter(alConfirmar, !ocupado)
  const restanMs = useRestante(canje.venceAt)
  return (
    <Marco titulo={t.titulo} atras={alCancelar} etiquetaAtras={t.otro} clase="canje">
      <section className="panel hallado-canje" aria-label={t.valido}>
        <p className="row sello">
          <Icono de="circulo" />
          <b>{t.valido}</b>
          <span className="sm soft num codigo-corto">{canje.codigo}</span>
        </p>
        <div className="row premio">
          <Icono de="regalo" />
          <h2 className="grow">{canje.nombre ?? t.recompensaNueva}</h2>
        </div>
        <dl>
          <div>
            <dt>{t.cliente}</dt>
            <dd>
              {canje.cliente ?? t.clienteNuevo} {canje.nivel && <Nivel de={canje.nivel} />}
            </dd>
          </div>
          <div>
            <dt>{t.puntosCanjeados}</dt>
            <dd className="num">{canje.puntos.toLocaleString('es-MX')}</dd>
          </div>
          <div>
            <dt>{t.vigencia}</dt>
            <dd className={`num ${restanMs < POCO_MS ? 'poco' : ''}`}>{restanMs > 0 ? minutosYSegundos(restanMs) : t.vencido}</dd>
          </div>
        </dl>
      </section>
      <div className="dock">
        {problema ? (
          <p className="mal" role="alert">
            <Icono de="atencion" />
            {problema}
          </p>
        ) : (
          <p className="row sm soft promesa">
            <Icono de={canje.medio === 'aqui' ? 'equipo' : 'servidor'} />
            {canje.medio === 'aqui' ? t.porEquipo : t.porRed}
          </p>
        )}
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg" disabled={ocupado} onClick={alCancelar}>
            {t.cancelar}
          </button>
          <button type="button" className="btn btn--primary btn--lg wide" aria-disabled={ocupado} onClick={alConfirmar}>
            <Icono de="palomita" />
            {ocupado ? t.entregando : t.confirmar}
          </button>
        </div>
      </div>
    </Marco>
  )
}

/** From here on the time left is drawn as what hurries. */
const POCO_MS = 60_000

/** ms; 0 once its end passed, by the hour corrected with what the server taught. */
function useRestante(venceAt: number): number {
  const { estado } = useVivo()
  return Math.max(0, venceAt - useReloj(1_000) - (estado?.offsetMs ?? 0))
}

export function Entregado({ canje, entrega, alSeguir }: { canje: CanjeLeido; entrega: CanjeEntregado; alSeguir: () => void }) {
  const ir = useIr()
  const { zona } = useVivo()
  const titulo = useRef<HTMLHeadingElement>(null)
  useEffect(() => titulo.current?.focus(), [])
  useEnter(() => ir('/inicio'))
  return (
    <Marco titulo={t.titulo} atras="/inicio" clase="canje">
      <section className="panel hallado-canje entregado" role="status">
        <span className="seal">
          <Icono de="palomita" />
        </span>
        <h2 ref={titulo} tabIndex={-1}>
          {t.entregado}
        </h2>
        <p>
          <b>{canje.nombre ?? t.recompensaNueva}</b>
          <br />
          <span className="soft">
            {canje.cliente ?? t.clienteNuevo}, <span className="num">−{t.puntosN(canje.puntos)}</span>
          </span>
        </p>
        <p className="row sm soft donde">
          <Icono de={entrega.medio === 'aqui' ? 'equipo' : 'servidor'} />
          {entrega.medio === 'aqui' ? t.guardadoAqui : t.recibido} <span className="num">{hora(entrega.entregadoAt, zona)}</span>
        </p>
      </section>
      <div className="dock">
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg" onClick={alSeguir}>
            {t.otro}
          </button>
          <button type="button" className="btn btn--primary btn--lg wide" onClick={() => ir('/inicio')}>
            {t.inicio}
          </button>
        </div>
      </div>
    </Marco>
  )
}
