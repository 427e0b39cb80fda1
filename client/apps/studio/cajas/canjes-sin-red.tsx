import { HandCoins } from 'lucide-react'
import type { ConfigDoc } from '../../../../schema/protocol/documentos.ts'
import { diaYHora } from '../../../lib/formato.ts'
import { useSiHayStudio } from '../../../replica/studio.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import type { NegocioDeYo } from '../studio.tsx'
import { t } from './textos.ts'

type ArriendoDoc = Extract<ConfigDoc, { id: `arriendo:${string}` }>

/** R5. Which till of each sucursal gives canjes with no network, and who waits for it. The tills pass it among themselves. */
export function CanjesSinRed({
  negocio,
  sucursalId,
  nombreDe,
}: {
  negocio: NegocioDeYo
  sucursalId: string | null
  nombreDe: (dispositivoId: string) => string
}) {
  const vivo = useSiHayStudio()
  const ahora = useReloj()
  const arriendos = (vivo?.config ?? []).filter((c): c is ArriendoDoc => c.id.startsWith('arriendo:'))
  // Where nothing was ever redeemed nobody leases anything.
  if (!vivo || arriendos.length === 0) return null
  return (
    <section className="card" aria-label={t.canjes}>
      <div className="hd">
        <h2>{t.canjes}</h2>
      </div>
      <p className="sm mut ca-explica">{`${t.canjesTexto} ${t.sePide}`}</p>
      <ul className="studio-lista">
        {negocio.sucursales
          .filter((s) => sucursalId === null || s.id === sucursalId)
          .map((s) => {
            const suyo = arriendos.find((a) => a.sucursalId === s.id && a.venceAt > ahora)
            return (
              <li key={s.id} className="studio-renglon">
                <HandCoins className="i" aria-hidden="true" />
                <span className="studio-quees">
                  <b>{s.nombre}</b>
                  <span className="sm mut">
                    {suyo ? t.laTiene(nombreDe(suyo.dispositivoId), diaYHora(suyo.venceAt, vivo.zona)) : t.nadie}
                  </span>
                  {suyo?.pedidoPor && <span className="sm">{t.laPide(nombreDe(suyo.pedidoPor))}</span>}
                </span>
              </li>
            )
          })}
      </ul>
    </section>
  )
}
