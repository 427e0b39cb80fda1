/** Every version there was, newest first: who, when, why, and a way back. */
import { Check, History } from 'lucide-react'
import type { ContenidoDeConfiguracionApp } from '../../../../schema/domain/configuracion-app/configuracion-app.ts'
import type { RespuestaConfiguracionApp } from '../../../../schema/protocol/configuracion-app.ts'
import { fecha } from '../../../lib/formato.ts'
import { ZONA } from '../palabras.ts'
import { t } from './textos.ts'

interface Props {
  leida: RespuestaConfiguracionApp
  alVolver: (contenido: ContenidoDeConfiguracionApp) => void
}

export function Historial({ leida, alVolver }: Props) {
  return (
    <>
      <h3>{t.versiones}</h3>
      {leida.historial.length === 0 && <p className="sm mut">{t.ninguna}</p>}
      <ol className="conf-historia">
        {leida.historial.map(({ version, contenido, motivo, publicadaAt, publicadaPor }) => {
          const vigente = version === leida.version
          const Icono = vigente ? Check : History
          return (
            <li key={version} data-version={version}>
              <span className={vigente ? 'conf-punto conf-punto--si' : 'conf-punto'}>
                <Icono className="i" aria-hidden="true" />
              </span>
              <p className="b">
                {vigente ? t.esVigente(version) : version} <span className="mut sm n">{fecha(publicadaAt, ZONA)}</span>
              </p>
              <p className="sm ink2">
                {[motivo, publicadaPor, vigente ? t.alDia(enCifras(leida.alDia), enCifras(leida.negocios)) : '']
                  .filter(Boolean)
                  .map(sinPunto)
                  .join('. ')}
              </p>
              {!vigente && (
                <button type="button" className="conf-enlace sm" aria-label={t.volverA(version)} onClick={() => alVolver(contenido)}>
                  {t.volver}
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </>
  )
}

const enCifras = (n: number): string => n.toLocaleString('es-MX')
const sinPunto = (frase: string): string => frase.replace(/\.$/, '')
