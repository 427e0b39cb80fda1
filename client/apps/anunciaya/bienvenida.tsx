import { Link } from '@tanstack/react-router'
import { ArrowRight, CloudOff, Store } from 'lucide-react'
import { AvisoDeContexto } from './aviso-de-contexto.tsx'
import { Puerta } from './puerta.tsx'
import { t } from './textos.ts'

/** Outside the demo: three doors, and a word when the server is away (this page then came from the device). */
export function Bienvenida({ conServidor, alReintentar }: { conServidor: boolean; alReintentar: () => void }) {
  return (
    <main className="ini-hojas">
      <div className="ini-historia">
        <h1>{t.negociosDeBarrio}</h1>
        <p>{t.bienvenida}</p>
        <AvisoDeContexto />
        {!conServidor && (
          <div className="ini-aviso ini-aviso--sin-red" role="status">
            <CloudOff aria-hidden="true" />
            <span>
              <b>{t.sinServidor}</b>
              {t.sinServidorTexto}
              <button type="button" className="btn" onClick={alReintentar}>
                {t.otraVez}
              </button>
            </span>
          </div>
        )}
      </div>
      <div className="ini-puertas">
        <Puerta de="scanya" texto={t.laCaja}>
          <a href="/scanya-widget/">
            {t.abrirCaja}
            <ArrowRight aria-hidden="true" />
          </a>
        </Puerta>
        <Puerta de="cardya" texto={t.laTarjeta}>
          <a href="/cardya-widget/">{t.abrirTarjeta}</a>
          <a href="/cardya-widget/?instalar">{t.instalarTarjeta}</a>
        </Puerta>
        <Puerta de="studio" texto={t.porDentro} icono={<Store aria-hidden="true" />}>
          <Link to="/business-studio">{t.entrarAlNegocio}</Link>
        </Puerta>
      </div>
    </main>
  )
}
