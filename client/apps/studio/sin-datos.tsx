import { WifiOff } from 'lucide-react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import { textoDe } from '../../lib/i18n.ts'
import { Huesos, NoSePudo, Vacio } from '../../ui/escritorio/estados.tsx'
import { t } from './textos.ts'

/** Where a section that reads the server has nothing to show yet: it is being read, there is no network, or the server said no. */
export function SinDatos({ falla }: { falla: string | null }) {
  if (falla === null) return <Huesos texto={t.cargando} />
  if (falla === 'SIN_CONEXION') return <Vacio icono={WifiOff} titulo={t.necesitaRed} texto={t.necesitaRedTexto} />
  return <NoSePudo texto={textoDe(falla as Codigo)} />
}
