import { useCaja, useVivo } from '../../replica/contexto.ts'
import { useIr } from './ir.ts'
import { Marco } from './marco.tsx'
import { Revocado } from './revocado.tsx'
import { t } from './textos.ts'

/** The last screen of a revoked till. It may be enrolled again, with a new link. */
export function RevocadoPantalla() {
  const { replica } = useCaja()
  const { estado } = useVivo()
  const ir = useIr()
  return (
    <Marco>
      <h1 className="sr">{t.revocado}</h1>
      {estado && <Revocado replica={replica} estado={estado} />}
      {estado?.pendientes === 0 && (
        <div className="dock">
          <button type="button" className="btn btn--secondary ancho" onClick={() => ir('/alta')}>
            {t.darDeAltaOtraVez}
          </button>
        </div>
      )}
    </Marco>
  )
}
