/** @jsxImportSource preact */
/**
 * What the points of one negocio buy (CARD-37, 38): what is within reach first, what is missing for the rest, and the question before points are set apart.
 * Asked of the server each time: a price that is shown is a price that holds. Loaded when it opens.
 */
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { RecompensaPublica, RecompensasDeNegocio } from '../../schema/protocol/canjes.ts'
import './canjes.css'
import { CanjesVivos } from './canjes-vivos.tsx'
import { ConfirmarCanje } from './confirmar-canje.tsx'
import { CuponesDeNegocio } from './cupones-de-negocio.tsx'
import { Esperando } from './esperando.tsx'
import type { Foto } from './foto.ts'
import { Icono } from './iconos.tsx'
import { numero } from './numeros.ts'
import type { Sincronia } from './sincronia.ts'
import { t } from './textos-de-canjes.ts'

export interface PropiedadesDeRecompensas {
  negocioId: string
  foto: Foto | null
  /** Corrected ms. */
  hora: () => number
  /** The last exchange with the server went well. */
  enLinea: boolean
  sincronia: Sincronia | null
  /** A canje was made: its code is shown. */
  alCanjear: (canjeId: string) => void
}

export function Recompensas({ negocioId, foto, hora, enLinea, sincronia, alCanjear }: PropiedadesDeRecompensas) {
  const [lista, setLista] = useState<RecompensasDeNegocio | null>(null)
  const [fallo, setFallo] = useState(false)
  const [elegida, setElegida] = useState<RecompensaPublica | null>(null)
  const enFoto = foto?.negocios.find((n) => n.negocioId === negocioId)
  const traer = useCallback(async () => {
    const dado = await sincronia?.pedir(`/api/cardya/recompensas/${negocioId}`)
    if (!dado) return
    setFallo(!dado.ok)
    if (dado.ok) setLista(dado.valor as RecompensasDeNegocio)
  }, [sincronia, negocioId])
  // What a till or another phone does to the balance is asked about again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the balance is what it is asked again for
  useEffect(() => {
    if (enLinea) void traer()
  }, [enLinea, traer, enFoto?.disponibles])
  const puntos = lista?.puntosDisponibles ?? enFoto?.disponibles ?? 0
  const apartados = lista?.puntosApartados ?? enFoto?.apartados ?? 0
  return (
    <>
      <section class="panel saldo">
        <h2>{lista?.nombre ?? enFoto?.nombre ?? ''}</h2>
        <p class="cifras m">{t.tienes(numero(puntos))}</p>
        {apartados > 0 && <p class="sm soft cifras">{t.apartados(numero(apartados))}</p>}
      </section>
      <CanjesVivos canjes={(foto?.canjes ?? []).filter((c) => c.negocioId === negocioId)} hora={hora} />
      {!enLinea && (
        <p class="consejo panel" data-estado="sin-red">
          <Icono de="sinRed" />
          <span>{t.necesitaRed}</span>
        </p>
      )}
      {lista ? (
        <Lista lista={lista} puntos={puntos} enLinea={enLinea} alElegir={setElegida} />
      ) : (
        enLinea && <Esperando {...{ fallo, t }} alPedir={traer} />
      )}
      <CuponesDeNegocio negocioId={negocioId} enLinea={enLinea} sincronia={sincronia} />
      {elegida && lista && sincronia && (
        <ConfirmarCanje
          {...{ recompensa: elegida, lista, sincronia, alCanjear }}
          alCerrar={() => {
            setElegida(null)
            void traer()
          }}
        />
      )}
    </>
  )
}

interface DeLista {
  lista: RecompensasDeNegocio
  puntos: number
  enLinea: boolean
  alElegir: (recompensa: RecompensaPublica) => void
}

function Lista({ lista, puntos, enLinea, alElegir }: DeLista) {
  if (lista.recompensas.length === 0)
    return (
      <div class="empty panel">
        <Icono de="regalo" />
        <b>{t.vacioTitulo}</b>
        <p>{t.vacio}</p>
      </div>
    )
  // Within reach first, the dearest of them on top; then what is nearest.
  const a = lista.recompensas.filter((r) => r.puntos <= puntos).sort((x, y) => y.puntos - x.puntos)
  const b = lista.recompensas.filter((r) => r.puntos > puntos).sort((x, y) => x.puntos - y.puntos)
  return (
    <section aria-label={t.loQueCompran}>
      <ul class="recompensas">
        {[...a, ...b].map((recompensa) => (
          <Renglon key={recompensa.id} {...{ recompensa, lista, puntos, enLinea, alElegir }} />
        ))}
      </ul>
    </section>
  )
}

function Renglon({ recompensa: r, lista, puntos, enLinea, alElegir }: DeLista & { recompensa: RecompensaPublica }) {
  const faltan = r.puntos - puntos
  const lugares = lista.sucursales.filter(({ id }) => r.sucursales.includes(id)).map(({ nombre }) => nombre)
  const soloEn = lugares.length > 0 && lugares.length < lista.sucursales.length
  return (
    <li class="panel recompensa" data-recompensa={r.nombre} data-alcanza={faltan <= 0}>
      {r.imagen ? (
        <img class="recompensa__imagen" src={r.imagen} alt="" loading="lazy" />
      ) : (
        <span class="tile">
          <Icono de="regalo" />
        </span>
      )}
      <div class="grow recompensa__dicho">
        <h3>{r.nombre}</h3>
        {r.descripcion && <p class="sm soft">{r.descripcion}</p>}
        {soloEn && <p class="sm soft">{t.soloEn(lugares.join(', '))}</p>}
        <p class="num recompensa__precio">
          <b>{numero(r.puntos)}</b> <span class="sm soft">{t.pts}</span>
        </p>
      </div>
      {faltan <= 0 ? (
        <button
          type="button"
          class="btn btn--sm btn--tint"
          disabled={!enLinea}
          aria-label={t.canjearEsto(r.nombre)}
          onClick={() => alElegir(r)}
        >
          {t.canjear}
        </button>
      ) : (
        <p class="recompensa__falta sm cifras">
          <progress class="avance" max={r.puntos} value={puntos} aria-hidden="true" />
          {t.faltan(numero(faltan))}
        </p>
      )}
    </li>
  )
}
