import { InterruptorDeRed } from '../../domain/demo/interruptor-de-red.tsx'
import { AvisoDeContexto } from './aviso-de-contexto.tsx'
import { t } from './textos.ts'

/** Three steps: dashed and solid as on every screen. */
export function Historia() {
  return (
    <div className="ini-historia">
      <h1>{t.apagaLaRed}</h1>
      <p>
        <span className="ini-largo">{t.trabajanSinInternet}</span>
        {t.pruebalo}
      </p>
      <AvisoDeContexto />
      <ol className="ini-pasos">
        <li>
          <span className="ini-n">1</span>
          <span>
            {t.entraComo}
            <b>{t.nick('carlos')}</b>
            {t.yEnOtraPestana}
            <b>{'Juan'}</b>
            {t.punto}
          </span>
        </li>
        <li>
          <span className="ini-n">2</span>
          <InterruptorDeRed que={t.apagaYCobra} />
        </li>
        <li>
          <span className="ini-n">3</span>
          <span>{t.enciendela}</span>
        </li>
      </ol>
    </div>
  )
}
