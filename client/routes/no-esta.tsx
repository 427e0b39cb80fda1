import { Link } from '@tanstack/react-router'
import { t } from '../apps/anunciaya/textos.ts'
import '../apps/anunciaya/inicio.css'

/** No screen of ours has this address. */
export function NoEsta() {
  return (
    <main className="state ini-no-esta">
      <h1>{t.noEsta}</h1>
      <p>{t.noEstaTexto}</p>
      <Link className="btn" to="/">
        {t.irAlInicio}
      </Link>
    </main>
  )
}
