import { DIA } from '../../../../schema/core/tiempo.ts'
import { turnoAbiertoEn } from '../../../domain/transacciones/turno-abierto.ts'
import { hora } from '../../../lib/formato.ts'
import { useCaja, useVivo } from '../../../replica/contexto.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { useIr } from '../ir.ts'
import { t } from './textos.ts'
import './turno.css'

/** On the start: whether a shift is open, or the offer of one. Nobody has to. */
export function LineaDeTurno() {
  const { replica } = useCaja()
  const { zona } = useVivo()
  const ir = useIr()
  const desde = Math.max(1, Math.floor(Date.now() / DIA) * DIA - 60 * DIA)
  const diario = useColeccion<Record<string, unknown>>(replica, 'diario', { selector: { tipo: 'turno', wall: { $gte: desde } } })
  if (!diario) return null
  const abiertoAt = turnoAbiertoEn(diario)
  return (
    <button type="button" className="linea-de-turno" onClick={() => ir('/turno')}>
      <Icono de="reloj" />
      <span className="grow">
        {abiertoAt === null ? (
          t.ofrece
        ) : (
          <>
            <b>{t.abierto}</b> <span className="soft num">{t.desde(hora(abiertoAt, zona))}</span>
          </>
        )}
      </span>
      <span className="link">{abiertoAt === null ? t.abrir : t.verTurno}</span>
    </button>
  )
}
