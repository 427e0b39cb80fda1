import type { RecompensaDoc } from '../../../../schema/protocol/documentos.ts'
import { useCaja } from '../../../replica/contexto.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { t } from './textos.ts'

/** The dearest recompensa that the points of the client reach: a word at the right moment. The shopper asks for it in CardYA. */
export function LeAlcanza({ puntos }: { puntos: number }) {
  const { replica } = useCaja()
  const recompensas = useColeccion<RecompensaDoc>(replica, 'recompensas')
  const alcanzan = (recompensas ?? []).filter((r) => r.activa && !r.borrado && r.puntos <= puntos)
  const mejor = alcanzan.sort((a, b) => b.puntos - a.puntos)[0]
  if (!mejor) return null
  return (
    <p className="le-alcanza sm">
      <Icono de="regalo" />
      <span>
        {t.leAlcanza}
        <b>{mejor.nombre}</b>
        <span className="num">{t.puntosN(mejor.puntos.toLocaleString('es-MX'))}</span>
      </span>
    </p>
  )
}
