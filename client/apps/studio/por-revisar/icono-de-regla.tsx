import { Clock, FileClock, Keyboard, type LucideIcon, MonitorX, ScanLine, TrendingUp, TriangleAlert, UserCog } from 'lucide-react'

const ICONOS: Record<string, LucideIcon> = {
  qr_repetido: ScanLine,
  cajero_baja: UserCog,
  dispositivo_revocado: MonitorX,
  reloj: Clock,
  sin_licencia: FileClock,
  limite: TrendingUp,
  manual: Keyboard,
}

export function IconoDeRegla({ codigo }: { codigo: string }) {
  const Icono = ICONOS[codigo] ?? TriangleAlert
  return (
    <span className="icb w">
      <Icono className="i" aria-hidden="true" />
    </span>
  )
}
