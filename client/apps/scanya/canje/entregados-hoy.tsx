import { useMemo } from 'react'
import type { ClienteDoc } from '../../../../schema/protocol/documentos.ts'
import { useEntregados } from '../../../domain/canjes/use-entregados.ts'
import { hora } from '../../../lib/formato.ts'
import { useCaja, useVivo } from '../../../replica/contexto.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { useHoy } from '../use-dia.ts'
import { t } from './textos.ts'

/** What was given today: dashed while only this device has it. */
export function EntregadosHoy() {
  const { replica } = useCaja()
  const { zona } = useVivo()
  const entregados = useEntregados(useHoy())
  const cardIds = useMemo(() => [...new Set((entregados ?? []).flatMap(({ cardId }) => cardId ?? []))].sort(), [entregados])
  const clientes = useColeccion<ClienteDoc>(replica, 'clientes', { selector: { cardId: { $in: cardIds } } }) ?? []
  if (!entregados) return null
  const quien = (cardId: string | null) =>
    clientes.find((c) => c.cardId === cardId)?.alias ?? (cardId ? t.tarjeta(cardId.slice(-4)) : t.clienteNuevo)
  return (
    <section className="entregados" aria-labelledby="entregados">
      <h2 className="eyebrow" id="entregados">
        {t.entregadosHoy} {entregados.length > 0 && <span className="num">({entregados.length})</span>}
      </h2>
      {entregados.length === 0 ? (
        <p className="sm dim">{t.ninguno}</p>
      ) : (
        <ul className="list">
          {entregados.map(({ canjeId, nombre, puntos, cardId, at, recibido }) => (
            <li key={canjeId}>
              <span className={`state ${recibido ? 'state--received' : 'state--local'}`}>
                <Icono de="regalo" />
                <span className="sr">{recibido ? t.recibido : t.guardadoAqui}</span>
              </span>
              <span className="grow">
                <b>{nombre ?? t.recompensaNueva}</b>
                <br />
                <span className="sm soft">{quien(cardId)}</span>
              </span>
              <span className="end num">
                {puntos !== null && <b>−{t.puntosN(puntos)}</b>}
                <br />
                <span className="sm soft">{hora(at, zona)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
