import { useCaja, useVivo } from '../../replica/contexto.ts'
import { useIr } from './ir.ts'
import { Marco } from './marco.tsx'
import { Revocado } from './revocado.tsx'
import { alta as ta } from './textos-de-alta.ts'

/** The last screen of a revoked till. It may be enrolled again, with a new link. */
export function RevocadoPantalla() {
  const { replica } = useCaja()
  const { estado } = useVivo()
  const ir = useIr()
  return (
    <Marco>
      <h1 className="sr">{ta.revocado}</h1>
      {estado && <Revocado replica={replica} estado={estado} />}
      {estado?.pendientes === 0 && (
        <div className="dock">
          <button type="button" className="btn btn--secondary ancho" onClick={() => ir('/alta')}>
            {ta.darDeAltaOtraVez}
          </button>
        </div>
      )}
    </Marco>
  )
}
