import { useEffect, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { CuponVisto, TarjetaLeida } from '../../../../workers/replica/api.ts'
import { sirve } from '../../../domain/cupones/cuenta.ts'
import { condicionesDe, loQueQuita, vencePronto } from '../../../domain/cupones/en-palabras.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useCaja, usePuede, useVivo } from '../../../replica/contexto.ts'
import { moverConFlechas } from '../../../ui/flechas.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { t } from './textos.ts'
import './cupones-del-cliente.css'

/**
 * What this till knows of a client's cupones, after `traido`, that the sale came with; null: not asked yet, or nobody to ask for. Only `traido` is chosen by itself: without
 * it Enter charges, and gives nothing away.
 */
export function useCupones(
  tarjeta: TarjetaLeida | null,
  traido: CuponVisto | null,
): {
  cupones: CuponVisto[] | null
  elegido: CuponVisto | null
  elegir: (cupon: CuponVisto) => void
} {
  const { replica } = useCaja()
  const puede = usePuede()('validarCupones')
  const [cupones, setCupones] = useState<CuponVisto[] | null>(null)
  const [elegido, setElegido] = useState(traido && sirve(traido) ? traido : null)
  const { cardId = null, nivel = null } = tarjeta ?? {}
  useEffect(() => {
    if (!puede || cardId === null) return
    let vivo = true
    const preguntar = replica.cupones?.({ cardId, nivel }) ?? Promise.resolve({ ok: false } as const)
    preguntar.then(
      (r) => {
        if (!vivo || !r.ok) return
        setCupones(r.valor)
      },
      () => {}, // the sale goes on without them
    )
    return () => {
      vivo = false
    }
  }, [replica, puede, cardId, nivel])
  const otros = cupones?.filter(({ cuponId }) => cuponId !== traido?.cuponId)
  return { cupones: traido ? [traido, ...(otros ?? [])] : cupones, elegido, elegir: setElegido }
}

/** SCAN-16: the cupones of the client at the counter, with what each takes off and until when. */
export function CuponesDelCliente({
  cupones,
  elegido,
  alElegir,
}: {
  cupones: CuponVisto[]
  elegido: CuponVisto | null
  alElegir: (cupon: CuponVisto) => void
}) {
  const sirven = cupones.filter(sirve).length
  if (cupones.length === 0) return null
  return (
    <section className="cupones-del-cliente" aria-labelledby="cupones">
      <h2 id="cupones" className="row">
        <span className="grow">{sirven === cupones.length ? t.cuponesDisponibles(sirven) : t.cuponesSuyos(cupones.length)}</span>
        {sirven < cupones.length && <span className="sm soft m">{t.sirvenHoy(sirven)}</span>}
      </h2>
      <div className="opciones" role="radiogroup" aria-labelledby="cupones" onKeyDown={moverConFlechas}>
        {cupones.map((cupon, i) => (
          <Opcion
            key={cupon.cuponId}
            cupon={cupon}
            elegida={cupon.cuponId === elegido?.cuponId}
            enTab={elegido ? cupon.cuponId === elegido.cuponId : i === 0}
            alTocar={() => alElegir(cupon)}
          />
        ))}
      </div>
    </section>
  )
}

function Opcion({ cupon, elegida, enTab, alTocar }: { cupon: CuponVisto; elegida: boolean; enTab: boolean; alTocar: () => void }) {
  const { zona, estado } = useVivo()
  const puede = sirve(cupon)
  const pronto = vencePronto(cupon.venceAt, Date.now() + (estado?.offsetMs ?? 0), zona)
  return (
    // biome-ignore lint/a11y/useSemanticElements: the whole ticket is the target, and arrows move it as radios do
    <button
      type="button"
      role="radio"
      aria-checked={elegida}
      aria-disabled={!puede}
      tabIndex={enTab ? 0 : -1}
      className="opt"
      onClick={() => puede && alTocar()}
    >
      <span className="radio">{elegida && <Icono de="palomita" />}</span>
      <span>
        <b>{cupon.titulo}</b>
        <br />
        <span className="sm soft">{puede ? condicionesDe(cupon).join(' · ') : textoDe(cupon.motivo as Codigo)}</span>
        {puede && pronto && (
          <>
            <br />
            <span className="due">
              <Icono de="reloj" />
              {pronto}
            </span>
          </>
        )}
      </span>
      <span className="off num">{loQueQuita(cupon)}</span>
    </button>
  )
}
