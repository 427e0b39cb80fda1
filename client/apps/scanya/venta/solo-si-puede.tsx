import type { ReactNode } from 'react'
import type { AccionScanYA } from '../../../../schema/domain/empleados/permisos.ts'
import { usePuede } from '../../../replica/contexto.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { useIr } from '../ir.ts'
import { Marco } from '../marco.tsx'
import { t } from './textos.ts'

/** What only some may do (SCAN-60): who may not is told so, and who can change it. */
export function SoloSiPuede({ accion, children }: { accion: AccionScanYA; children: ReactNode }) {
  const puede = usePuede()
  const ir = useIr()
  if (puede(accion)) return children
  return (
    <Marco titulo={t.sinPermiso} atras="/inicio">
      <section className="empty">
        <Icono de="candado" />
        <p>{t.sinPermisoTexto}</p>
        <button type="button" className="btn btn--secondary" onClick={() => ir('/inicio')}>
          {t.volverAlInicio}
        </button>
      </section>
    </Marco>
  )
}
