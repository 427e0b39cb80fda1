import { useId, useState } from 'react'
import type { TurnoDeCaja } from '../../../../workers/replica/api.ts'
import { pesos } from '../../../lib/formato.ts'
import { useCaja } from '../../../replica/contexto.ts'
import { useOcupado } from '../../../ui/aviso-de-version.tsx'
import { Hoja } from '../../../ui/hoja.tsx'
import { Icono } from '../../../ui/iconos.tsx'
import { type Tecla, Teclado } from '../../../ui/teclado.tsx'
import { useRegistrar } from '../use-registrar.ts'
import { contadoCon, diferenciaEnPalabras } from './cuadre.ts'
import { t } from './textos.ts'

const NOTA_MAXIMA = 500

/** The end of a shift: what is in the drawer is counted, and said beside what there should be before anything is written. */
export function Cerrar({ turno, alDejar, alCerrar }: { turno: TurnoDeCaja; alDejar: () => void; alCerrar: (turnoId: string) => void }) {
  const { replica } = useCaja()
  const [contando, setContando] = useState(true)
  const [contado, setContado] = useState<number | null>(null)
  const [nota, setNota] = useState('')
  const { ocupada, error, decir, registrar } = useRegistrar(() => alCerrar(turno.turnoId))
  const id = useId()
  useOcupado('turno', true)
  const cerrar = () => {
    if (contando && contado === null) return decir(t.faltaContar)
    registrar(() => replica.cerrarTurnoDeCaja?.(contando ? contado : null, nota.trim() || null))
  }
  const teclear = (tecla: Tecla) => {
    if (tecla === 'ir') return cerrar()
    decir(null)
    setContado((antes) => contadoCon(antes, tecla))
  }
  const alternar = () => {
    decir(null)
    setContando(!contando)
  }
  const diferencia = (contado ?? 0) - turno.esperadoCentavos
  return (
    <Hoja
      titulo={t.cerrar}
      alCerrar={alDejar}
      pie={
        <div className="actions">
          <button type="button" className="btn btn--secondary btn--lg" onClick={alternar}>
            {contando ? t.noContar : t.contar}
          </button>
          <button type="button" className="btn btn--primary btn--lg wide" aria-disabled={ocupada} onClick={cerrar}>
            {ocupada ? t.cerrando : t.cerrar}
          </button>
        </div>
      }
    >
      <div className="panel effect">
        <p className="line line--fuerte">
          <span>
            {t.esperado}
            <br />
            <span className="sm soft">{t.esperadoExplica}</span>
          </span>
          <span className="num">{pesos(turno.esperadoCentavos)}</span>
        </p>
        {contando && contado !== null && (
          <p className="line" role="status">
            <span>{t.diferencia}</span>
            <span className={`num b ${diferencia < 0 ? 'falta' : ''}`}>{diferenciaEnPalabras(diferencia)}</span>
          </p>
        )}
      </div>
      {error && (
        <p className="mal" role="alert">
          <Icono de="atencion" /> {error}
        </p>
      )}
      {contando && (
        <div className="contar">
          <p className="pregunta">{t.cuentaEfectivo}</p>
          <output className="monto num" aria-label={t.contado} aria-live="polite">
            {pesos(contado ?? 0)}
          </output>
          <Teclado etiqueta={t.cuentaEfectivo} alTecla={teclear} />
        </div>
      )}
      <div className="field nota-campo">
        <label htmlFor={id}>{t.nota}</label>
        <input
          id={id}
          className="input"
          autoComplete="off"
          maxLength={NOTA_MAXIMA}
          placeholder={t.notaPista}
          value={nota}
          onChange={(evento) => setNota(evento.currentTarget.value)}
        />
      </div>
    </Hoja>
  )
}
