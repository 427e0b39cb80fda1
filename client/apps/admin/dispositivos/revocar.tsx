import { CircleAlert, Lock } from 'lucide-react'
import { useId, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { EquipoDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { usePanel } from '../contexto.ts'
import { t } from './textos.ts'

interface Props {
  equipo: EquipoDePlataforma
  alCerrar: () => void
  alRevocar: () => void
}

/** Takes a device's rights away, with a reason that stays in the audit (ADM-51). There is no way back, so it is asked. */
export function Revocar({ equipo, alCerrar, alRevocar }: Props) {
  const { sesion } = usePanel()
  const [motivo, setMotivo] = useState('')
  const [falla, setFalla] = useState<Codigo | 'falta' | null>(null)
  const [ocupado, setOcupado] = useState(false)
  const id = useId()
  const revocar = async () => {
    const dicho = motivo.trim()
    if (dicho === '') return setFalla('falta')
    setOcupado(true)
    const r = await sesion.pedir(`/api/admin/dispositivos/${equipo.id}/baja`, { cuerpo: { motivo: dicho } })
    setOcupado(false)
    if (!r.ok) return setFalla(r.codigo)
    avisar(t.revocado(equipo.nombre))
    alRevocar()
    return alCerrar()
  }
  return (
    <Hoja
      titulo={t.revocarTitulo(equipo.nombre)}
      ancho="angosta"
      alCerrar={alCerrar}
      alGuardar={() => void revocar()}
      pie={
        <>
          <span className="sp" />
          <button type="button" className="btn" onClick={alCerrar}>
            {t.cancelar}
          </button>
          <button type="button" className="btn d" disabled={ocupado} onClick={() => void revocar()}>
            <Lock className="i" aria-hidden="true" />
            {ocupado ? t.revocando : t.revocar}
          </button>
        </>
      }
    >
      <div className="disp-revocar">
        <p>{t.revocarTexto}</p>
        <p className="b">{t.sinRegreso}</p>
        <div className={falla ? 'field err' : 'field'}>
          <label htmlFor={id}>{t.motivo}</label>
          <span className="in">
            <input
              id={id}
              value={motivo}
              maxLength={200}
              aria-describedby={`${id}a ${id}e`}
              aria-invalid={falla === 'falta'}
              onChange={(evento) => {
                setMotivo(evento.target.value)
                setFalla(null)
              }}
            />
          </span>
          <p className="hint" id={`${id}a`}>
            {t.motivoAyuda}
          </p>
          <p className="em" id={`${id}e`} role="alert">
            {falla && (
              <>
                <CircleAlert className="i" aria-hidden="true" />
                {falla === 'falta' ? t.motivoFalta : textoDe(falla)}
              </>
            )}
          </p>
        </div>
      </div>
    </Hoja>
  )
}
