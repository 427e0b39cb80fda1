import { ShieldAlert } from 'lucide-react'
import { avisoDeContexto } from '../../lib/contexto-seguro.ts'
import { t } from './textos.ts'

/** A LAN address over http gives no camera, no keys and no offline mode: said before anybody tries, with what to do. */
export function AvisoDeContexto() {
  const aviso = avisoDeContexto()
  if (!aviso) return null
  return (
    <div className="ini-aviso" role="note">
      <ShieldAlert aria-hidden="true" />
      <span>
        <b>{t.noSeguro}</b>
        {aviso}
      </span>
    </div>
  )
}
