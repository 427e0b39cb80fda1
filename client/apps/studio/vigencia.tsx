import { CircleCheck, CloudOff } from 'lucide-react'
import { hora } from '../../lib/formato.ts'
import { useSiHayStudio } from '../../replica/studio.ts'
import { t } from './textos.ts'

const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * How old what is on the screen is: judged by real answers. Whether there is a network is said once: by the chip of the top bar, and here (dashed when
 * the last try got no answer) only while the replica is not open and that chip is not there.
 */
export function Vigencia({ falla, leidoAt }: { falla: string | null; leidoAt: number | null }) {
  const cuando = leidoAt === null ? null : hora(leidoAt, ZONA)
  const hayChip = useSiHayStudio() !== null
  if (hayChip) return cuando && <span className="mut sm n">{t.datosDe(cuando)}</span>
  return (
    <span className={falla ? 'sync off' : 'sync aldia'} role="status">
      {falla ? <CloudOff className="i" aria-hidden="true" /> : <CircleCheck className="i" aria-hidden="true" />}
      {falla ? (cuando ? t.sinConexionDatos(cuando) : t.sinConexion) : cuando ? t.alDia(cuando) : t.cargando}
    </span>
  )
}
