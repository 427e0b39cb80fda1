import { Link } from '@tanstack/react-router'
import { Activity, ArrowRight, KeyRound, Store } from 'lucide-react'
import { type MundoDemo, NEGOCIO_DEMO, SHOPPERS } from '../../domain/demo/api-demo.ts'
import { t as metal } from '../../ui/textos.ts'
import { Puerta } from './puerta.tsx'
import { t } from './textos.ts'

const NIVEL = { juan: 'oro', ana: 'plata', maria: 'bronce' } as const
const CUANTOS = { bronce: 1, plata: 2, oro: 3 } as const

/** One tap to enter as each. Addresses, not only clicks: every one of them also opens in another tab. */
export function PuertasDeDemo({ mundo }: { mundo: MundoDemo }) {
  return (
    <div>
      <div className="ini-puertas">
        <Puerta de="scanya" texto={t.laCajaDe}>
          <a href="/scanya-widget/demo?como=carlos">
            {t.entrarComo('carlos')}
            <ArrowRight aria-hidden="true" />
          </a>
          <a href="/scanya-widget/demo?como=lucia">{t.nick('lucia')}</a>
        </Puerta>
        <Puerta de="cardya" texto={t.laTarjeta}>
          {SHOPPERS.map(({ id, nombre }) => (
            <a key={id} href={`/cardya-widget/?demo=${id}`}>
              <span>{nombre}</span>
              <Nivel de={NIVEL[id]} />
            </a>
          ))}
        </Puerta>
        <Puerta de="studio" texto={t.porDentro} icono={<Store aria-hidden="true" />}>
          <Link to="/business-studio" search={{ demo: 'roma' }}>
            {t.dueno}
          </Link>
          <Link to="/business-studio" search={{ demo: 'norte' }}>
            {t.gerente}
          </Link>
        </Puerta>
        <Puerta de="panel" texto={t.enVivo} icono={<Activity aria-hidden="true" />}>
          <Link to="/admin" search={{ demo: 'admin' }}>
            {t.administrador}
          </Link>
        </Puerta>
      </div>
      <Credenciales mundo={mundo} />
    </div>
  )
}

/** ◆◆◇: the lozenges say the nivel, the word repeats it. */
function Nivel({ de }: { de: keyof typeof CUANTOS }) {
  return (
    <span className="ini-nivel">
      <svg viewBox="0 0 34 12" aria-hidden="true">
        {[6, 17, 28].map((x, i) => (
          <path
            key={x}
            d={`M${x} 1l5 5-5 5-5-5z`}
            fill={i < CUANTOS[de] ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
        ))}
      </svg>
      {metal[de].toLocaleLowerCase()}
    </span>
  )
}

function Credenciales({ mundo }: { mundo: MundoDemo }) {
  const caja = mundo.negocios.find((n) => n.codigoCaja === NEGOCIO_DEMO)
  return (
    <details className="ini-claves">
      <summary>
        <KeyRound aria-hidden="true" />
        {t.verCredenciales}
      </summary>
      <dl>
        {caja && (
          <div>
            <dt>{t.caja(caja.codigoCaja)}</dt>
            <dd>{caja.empleados.map((e) => `@${e.nick} ${e.pin}`).join(', ')}</dd>
          </div>
        )}
        {mundo.cuentas.map((cuenta) => (
          <div key={cuenta.correo}>
            <dt>{cuenta.papel}</dt>
            <dd>
              {cuenta.correo}
              <br />
              {cuenta.contrasena}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
