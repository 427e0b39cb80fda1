import { useIr } from './ir.ts'
import { Marca } from './marco.tsx'
import { t } from './textos.ts'

/** An address of another release, or mistyped. */
export function NoExiste() {
  const ir = useIr()
  return (
    <div className="app">
      <div className="top">
        <Marca />
      </div>
      <main className="cuerpo stack">
        <h1 className="titulo">{t.noExiste}</h1>
        <p className="soft">{t.noExisteTexto}</p>
        <div className="dock">
          <button type="button" className="btn btn--primary btn--lg ancho" onClick={() => ir('/', { reemplazar: true })}>
            {t.irAlInicio}
          </button>
        </div>
      </main>
    </div>
  )
}
