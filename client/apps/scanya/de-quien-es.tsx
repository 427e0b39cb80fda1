import type { Alta } from '../../../workers/replica/api.ts'
import { useIr } from './ir.ts'
import { t } from './textos.ts'
import { alta as ta } from './textos-de-alta.ts'

/** PWA-14. A device that is enrolled already: whose it is, and that a link opened here is for another one. It is neither used nor spent. */
export function DeQuienEs({ alta, conEnlace }: { alta: Alta; conEnlace: boolean }) {
  const ir = useIr()
  const { negocioNombre, sucursalNombre, serie, nick } = alta
  return (
    <>
      <h1 className="titulo">{nick ? ta.yaEsDe(`@${nick}`) : ta.yaEsCaja}</h1>
      <p className="b">
        {[negocioNombre, sucursalNombre && t.sucursal(sucursalNombre), serie && t.caja(serie)].filter(Boolean).join(' · ')}
      </p>
      {conEnlace && <p>{ta.enlaceDeOtro}</p>}
      <p className="soft">{ta.paraCambiar}</p>
      <div className="dock">
        <button type="button" className="btn btn--primary btn--lg ancho" onClick={() => ir('/login', { reemplazar: true })}>
          {ta.entrarAqui}
        </button>
      </div>
    </>
  )
}
