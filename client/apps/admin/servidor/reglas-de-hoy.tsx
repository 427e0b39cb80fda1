import { Link } from '@tanstack/react-router'
import type { ResumenDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { numero } from '../palabras.ts'
import { reglaEnPalabras } from '../reglas.ts'
import { t } from './textos.ts'

const LAS_MAS = 5

/** How often each rule spoke today, in words first. */
export function ReglasDeHoy({ reglas }: { reglas: ResumenDePlataforma['reglas'] }) {
  const mayor = Math.max(1, ...reglas.map((r) => r.veces))
  return (
    <section className="card c3">
      <div className="hd">
        <h2>{t.reglasHoy}</h2>
      </div>
      <div className="bd">
        {reglas.length === 0 ? (
          <p className="sm mut">{t.ningunaRegla}</p>
        ) : (
          <ul className="servidor-reglas">
            {reglas.slice(0, LAS_MAS).map(({ regla, veces }) => (
              <li key={regla}>
                <Link to="/admin/conflictos" search={{ regla, dias: '1' }}>
                  <span className="mono">{regla}</span>
                  <span className="tr sm">{reglaEnPalabras(regla).corto}</span>
                  <span className="bx" aria-hidden="true">
                    <span style={{ width: `${(100 * veces) / mayor}%` }} />
                  </span>
                  <b className="n">{numero(veces)}</b>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
