import { useEffect, useState } from 'react'
import { situacionDeArriendo } from '../../../../schema/domain/canjes/quien-entrega.ts'
import type { ArriendoDeCanjes } from '../../../../schema/protocol/canjes.ts'
import type { ConfigDoc } from '../../../../schema/protocol/documentos.ts'
import { diaYHora } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useCaja, useVivo } from '../../../replica/contexto.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { guardarNombre, nombreDe } from './nombre-de-caja.ts'
import { t } from './textos.ts'

type ArriendoDoc = Extract<ConfigDoc, { id: `arriendo:${string}` }>

/** R5: which till gives canjes with no network, said before it matters; and the way to have it here, or to let it go. */
export function Arriendo() {
  const { alta } = useCaja()
  const { config, estado, zona } = useVivo()
  const ahora = useReloj() + (estado?.offsetMs ?? 0)
  const doc = config.find((c): c is ArriendoDoc => c.id === `arriendo:${alta.sucursalId}`) ?? null
  const situacion = situacionDeArriendo(doc, alta.dispositivoId, ahora)
  const deQuien = useNombreDeQuienEntrega(doc?.dispositivoId ?? null)
  const { mover, ocupado, problema } = useMover()
  const pedido = situacion === 'otra_caja' && doc?.pedidoPor === alta.dispositivoId
  const otra = (deQuien !== null && situacion === 'otra_caja' && deQuien) || t.otraCaja
  const texto =
    situacion === 'esta_caja' ? t.esta_caja(diaYHora(doc?.venceAt ?? 0, zona)) : situacion === 'nadie' ? t.nadie : t[situacion](otra)
  return (
    <section className={`panel arriendo arriendo--${situacion}`} aria-labelledby="arriendo">
      <span className={`state ${situacion === 'esta_caja' ? 'state--received' : ''}`}>
        <Icono de={situacion === 'esta_caja' ? 'palomita' : 'sinRed'} />
      </span>
      <div className="grow">
        <h2 className="sm b" id="arriendo">
          {t.arriendo}
        </h2>
        <p className="sm soft" role="status">
          {pedido ? t.pedido : texto}
        </p>
        {problema && (
          <p className="sm mal" role="alert">
            {problema}
          </p>
        )}
      </div>
      {situacion === 'por_entregar' && (
        <button type="button" className="btn btn--sm btn--secondary" disabled={ocupado} onClick={() => mover('ceder')}>
          {t.ceder}
        </button>
      )}
      {(situacion === 'nadie' || (situacion === 'otra_caja' && !pedido)) && (
        <button type="button" className="btn btn--sm btn--secondary" disabled={ocupado} onClick={() => mover('pedir')}>
          {t.pedir}
        </button>
      )}
    </section>
  )
}

/** What that till is called; null: nobody ever said. */
function useNombreDeQuienEntrega(dispositivoId: string | null): string | null {
  const { replica } = useCaja()
  const [, setDichoAt] = useState(0)
  useEffect(() => {
    if (dispositivoId === null) return
    let vivo = true
    const preguntar = replica.pedir?.('/api/scanya/arriendo-canjes') ?? Promise.resolve({ ok: false } as const)
    preguntar.then(
      (r) => {
        const arriendo = r.ok ? (r.valor as ArriendoDeCanjes).arriendo : null
        if (arriendo) guardarNombre({ dispositivoId: arriendo.dispositivoId, nombre: arriendo.equipo })
        if (vivo) setDichoAt(Date.now())
      },
      () => {}, // what was heard before stands
    )
    return () => {
      vivo = false
    }
  }, [replica, dispositivoId])
  return nombreDe(dispositivoId)
}

function useMover() {
  const { replica } = useCaja()
  const [ocupado, setOcupado] = useState(false)
  const [problema, setProblema] = useState<string | null>(null)
  const mover = async (accion: 'pedir' | 'ceder') => {
    const caida = { ok: false, codigo: 'REPLICA_CAIDA' } as const
    setOcupado(true)
    setProblema(null)
    const r = await (replica.arriendoDeCanjes?.(accion) ?? Promise.resolve(caida)).catch(() => caida)
    setOcupado(false)
    if (!r.ok) setProblema(r.codigo === 'SIN_CONEXION' ? t.pideRed : textoDe(r.codigo))
  }
  return { mover: (accion: 'pedir' | 'ceder') => void mover(accion), ocupado, problema }
}
