import { useState } from 'react'
import type { Configuracion } from '../../../../schema/domain/configuracion/configuracion.ts'
import type { CambioDeReglas } from '../../../domain/puntos/reglas-nuevas.ts'
import { pesos } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { t } from './textos.ts'

interface Props {
  vigente: Configuracion
  cambio: CambioDeReglas
  alCerrar: () => void
  /** With the version that the server made of it. */
  alGuardar: (nuevas: Configuracion) => void
}

/** PTS-05. What changes, from when, and what does not; then the server makes a new version of it (R12). */
export function Confirmar({ vigente, cambio, alCerrar, alGuardar }: Props) {
  const { pedir, negocio } = useStudio()
  const [falla, setFalla] = useState('')
  const [enviando, setEnviando] = useState(false)
  const guardar = async () => {
    if (enviando) return
    setEnviando(true)
    const r = await pedir<Configuracion>(`/api/negocios/${negocio.negocioId}/configuracion`, { metodo: 'POST', cuerpo: cambio })
    setEnviando(false)
    if (r.ok) alGuardar(r.valor)
    else setFalla(textoDe(r.codigo))
  }
  return (
    <Hoja
      titulo={t.confirmar}
      ancho="angosta"
      alCerrar={alCerrar}
      alGuardar={() => void guardar()}
      pie={
        <>
          <span className="sp" />
          <button type="button" className="btn" onClick={alCerrar}>
            {t.cancelar}
          </button>
          <button type="button" className="btn p" disabled={enviando} onClick={() => void guardar()} data-foco="">
            {enviando ? t.guardando : t.guardar}
          </button>
        </>
      }
    >
      <div className="pu-confirmar">
        <ul className="pu-cambios">
          {enPalabras(vigente, cambio).map((linea) => (
            <li key={linea} className="b">
              {linea}
            </li>
          ))}
        </ul>
        <p>{t.desdeYa}</p>
        <p>{t.loGanado}</p>
        <p className="sm mut">{t.cajasSinRed}</p>
        <p className="bad" role="alert">
          {falla}
        </p>
      </div>
    </Hoja>
  )
}

function enPalabras(vigente: Configuracion, { participa, valorPuntoCentavos, expiranEnMeses }: CambioDeReglas): string[] {
  const siNo = (si: boolean) => (si ? t.si : t.no)
  const cuando = (meses: number | null | undefined) => (meses == null ? t.nunca : t.enMeses(meses))
  return [
    ...(participa === undefined ? [] : [t.cambia(t.queParticipa, siNo(vigente.participa), siNo(participa))]),
    ...(valorPuntoCentavos === undefined ? [] : [t.cambia(t.queValor, pesos(vigente.valorPuntoCentavos), pesos(valorPuntoCentavos))]),
    ...(expiranEnMeses === undefined ? [] : [t.cambia(t.queVence, cuando(vigente.expiranEnMeses), cuando(expiranEnMeses))]),
  ]
}
