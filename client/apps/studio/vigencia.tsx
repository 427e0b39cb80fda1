import { CircleCheck, CloudOff } from 'lucide-react'
import { hora } from '../../lib/formato.ts'
import { t } from './textos.ts'

const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

/** How old what is on the screen is: judged by real answers. Dashed when the last try got none. */
export function Vigencia({ falla, leidoAt }: { falla: string | null; leidoAt: number | null }) {
  const cuando = leidoAt === null ? null : hora(leidoAt, ZONA)
  return (
    <span className={falla ? 'sync off' : 'sync aldia'} role="status">
      {falla ? <CloudOff className="i" aria-hidden="true" /> : <CircleCheck className="i" aria-hidden="true" />}
      {falla ? (cuando ? t.sinConexionDatos(cuando) : t.sinConexion) : cuando ? t.alDia(cuando) : t.cargando}
    </span>
  )
}
