import { Check, CloudOff, Hourglass, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { LadoDeRevision } from '../../../../schema/protocol/revision.ts'
import { finEnPalabras, motivoPrincipal, porQue, tituloDe } from '../../../domain/revision/en-palabras.ts'
import type { Decision, Retenida } from '../../../domain/revision/retenidas.ts'
import { hora, pesos } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { LoQueSabemos } from './lo-que-sabemos.tsx'
import { MarcaDeDecision } from './marca.tsx'
import { t } from './textos.ts'
import { useEvidencia } from './use-evidencia.ts'

interface Props {
  retenida: Retenida
  enEspera: Decision | null
  /** Null: whoever looks at it may not decide. */
  alDecidir: ((decision: Decision, motivo: string) => void) | null
}

/** One sale that waits: why in words, both sides, what else is known, and the word of the dueño. */
export function Evidencia({ retenida, enEspera, alDecidir }: Props) {
  const { venta, cliente, reglas } = retenida
  const { revision, codigo, releer } = useEvidencia(venta.id)
  const motivo = motivoPrincipal(retenida)
  const codigoDeRegla = motivo?.codigo ?? ''
  return (
    <aside className="card ev" aria-label={tituloDe(codigoDeRegla)}>
      <header>
        <h2>{tituloDe(codigoDeRegla)}</h2>
        {(reglas.length > 0 ? reglas : motivo ? [motivo] : []).map(({ regla }) => (
          <Etiqueta key={regla} tono="out">
            {regla}
          </Etiqueta>
        ))}
      </header>
      <p className="ink2">{porQue(codigoDeRegla, cliente)}</p>
      {reglas.slice(1).map((r) => (
        <p key={r.regla} className="ink2 sm">
          {porQue(r.codigo, cliente)}
        </p>
      ))}
      <div className="pair">
        {revision?.otro && <Lado lado={revision.otro} zona={retenida.zona} espera={false} />}
        {revision ? <Lado lado={revision.este} zona={retenida.zona} espera /> : <LoDeEsteEquipo retenida={retenida} />}
      </div>
      {codigo === 'SIN_CONEXION' && !revision && (
        <p className="banner sm">
          <CloudOff className="i" aria-hidden="true" />
          <span>{t.sinRed}</span>
        </p>
      )}
      {codigo && codigo !== 'SIN_CONEXION' && !revision && (
        <p className="banner warn sm">
          <span className="sp">{`${t.noSePudoLeer} ${textoDe(codigo)}`}</span>
          <button type="button" className="btn s" onClick={releer}>
            {t.otraVez}
          </button>
        </p>
      )}
      {!codigo && !revision && (
        <p className="mut sm" role="status">
          {t.cargandoEvidencia}
        </p>
      )}
      {revision && <LoQueSabemos revision={revision} zona={retenida.zona} />}
      <div className="sp" />
      {finEnPalabras(retenida) && <p className="sm">{finEnPalabras(retenida)}.</p>}
      <Decidir retenida={retenida} enEspera={enEspera} alDecidir={alDecidir} />
    </aside>
  )
}

function Decidir({ retenida, enEspera, alDecidir }: Props) {
  const [motivo, setMotivo] = useState('')
  const id = useId()
  if (retenida.decidida || enEspera) return <MarcaDeDecision retenida={retenida} enEspera={enEspera} />
  if (!alDecidir) return <p className="sm mut">{t.soloDueno}</p>
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{t.motivo}</label>
        <span className="in">
          <input id={id} value={motivo} maxLength={500} placeholder={t.ejemploMotivo} onChange={(e) => setMotivo(e.target.value)} />
        </span>
      </div>
      <div className="row">
        <button type="button" className="btn sp" onClick={() => alDecidir('rechazar', motivo.trim())}>
          <X className="i" aria-hidden="true" />
          {t.noDar}
        </button>
        <button type="button" className="btn sp" onClick={() => alDecidir('aprobar', motivo.trim())}>
          <Check className="i" aria-hidden="true" />
          {t.aprobar(retenida.puntos)}
        </button>
      </div>
      <p className="sm mut">{`${retenida.cliente ? `${t.mientras(retenida.cliente.split(' ')[0] ?? '')} ` : ''}${t.paraSiempre}`}</p>
    </>
  )
}

/** `espera`: its points wait; the other one earned them. */
function Lado({ lado, zona, espera }: { lado: LadoDeRevision; zona: string; espera: boolean }) {
  return (
    <div className={espera ? 'h2' : undefined}>
      <Sello espera={espera} />
      <b className="n">{[lado.folio, lado.montoCentavos !== null && pesos(lado.montoCentavos)].filter(Boolean).join(', ')}</b>
      <span className="sm ink2">
        {[lado.operador, lado.dispositivo, lado.ajeno ? t.otraSucursal(lado.sucursal) : lado.sucursal].filter(Boolean).join(', ')}
      </span>
      <span className="sm mut n">{`${hora(lado.effAt, zona)}, ${t.recibida(hora(lado.recibidoAt, zona))}`}</span>
      {lado.ajeno ? <span className="sm mut">{t.soloDeAhi}</span> : <span className="n pt2">{t.masPuntos(lado.puntos)}</span>}
    </div>
  )
}

function LoDeEsteEquipo({ retenida: { venta, operador, sucursal, zona, puntos } }: { retenida: Retenida }) {
  return (
    <div className="h2">
      <Sello espera />
      <b className="n">{`${venta.folio}, ${pesos(venta.montoCentavos)}`}</b>
      <span className="sm ink2">{[operador, sucursal].filter(Boolean).join(', ')}</span>
      <span className="sm mut n">{`${hora(venta.effAt, zona)}, ${t.recibida(hora(venta.recibidoAt, zona))}`}</span>
      <span className="n pt2">{t.masPuntos(puntos)}</span>
    </div>
  )
}

function Sello({ espera }: { espera: boolean }) {
  return (
    <Etiqueta tono={espera ? 'warn' : 'ok'} icono={espera ? Hourglass : Check}>
      {espera ? t.enEspera : t.yaSumo}
    </Etiqueta>
  )
}
