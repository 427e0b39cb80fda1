/** @jsxImportSource preact */
/** Being told on this phone, and what about. The permission is asked from a tap and nowhere else. */
import { useCallback, useEffect, useState } from 'preact/hooks'
import { type Preferencias as Quiere, TEMAS, type Tema } from '../../schema/domain/notificaciones/notificacion.ts'
import { Icono } from './iconos.tsx'
import { apagar, type EstadoDePush, encender, estadoDePush } from './push.ts'
import type { Sincronia } from './sincronia.ts'
import { t } from './textos-de-notificaciones.ts'

interface Propiedades {
  pedir: Sincronia['pedir']
  enLinea: boolean
}

export function EnEsteTelefono({ pedir, enLinea }: Propiedades) {
  const [estado, setEstado] = useState<EstadoDePush | null>(null)
  const [ocupado, setOcupado] = useState(false)
  const [fallo, setFallo] = useState(false)
  const mirar = useCallback(() => estadoDePush().then(setEstado), [])
  useEffect(() => void mirar(), [mirar])
  const hacer = async (que: typeof encender) => {
    setOcupado(true)
    setFallo(false)
    const hecho = await que(pedir).catch(() => ({ ok: false }))
    await mirar()
    setOcupado(false)
    setFallo(!hecho.ok && globalThis.Notification?.permission !== 'denied')
  }
  if (estado === null) return null
  if (estado === 'no' || estado === 'instalar' || estado === 'negado')
    return (
      <p class="consejo panel" data-push={estado}>
        <Icono de={estado === 'negado' ? 'atencion' : 'campana'} />
        <span>{t[estado]}</span>
      </p>
    )
  if (estado === 'encendido')
    return (
      <p class="consejo panel" role="status" data-push={estado}>
        <Icono de="palomita" />
        <span class="grow">{t.encendido}</span>
        <button type="button" class="link" disabled={ocupado || !enLinea} onClick={() => void hacer(apagar)}>
          {t.apagar}
        </button>
      </p>
    )
  return (
    <section class="consejo consejo--alto panel" data-push={estado}>
      <h2 class="aviso-oferta">
        <Icono de="campana" />
        {t.ofreceTitulo}
      </h2>
      <p>{t.ofrece}</p>
      {fallo && (
        <p class="aviso" role="alert">
          <Icono de="atencion" />
          <span>{t.noSePudo}</span>
        </p>
      )}
      <button type="button" class="btn btn--sm btn--tint" disabled={ocupado || !enLinea} onClick={() => void hacer(encender)}>
        {ocupado ? t.activando : t.activar}
      </button>
    </section>
  )
}

const CAMINO = '/api/cardya/notificaciones/preferencias'
const DETALLE = { puntos: 'puntosDe', nivel: 'nivelDe', canjes: 'canjesDe', cupones: 'cuponesDe' } as const satisfies Record<
  Tema,
  keyof typeof t
>

export function Preferencias({ pedir, enLinea }: Propiedades) {
  const [quiere, setQuiere] = useState<Quiere | null>(null)
  const [abierta, setAbierta] = useState(false)
  const [fallo, setFallo] = useState(false)
  const traer = useCallback(async () => {
    const dado = await pedir(CAMINO)
    setFallo(!dado.ok)
    if (dado.ok) setQuiere(dado.valor as Quiere)
  }, [pedir])
  useEffect(() => {
    if (abierta && enLinea) void traer()
  }, [abierta, enLinea, traer])
  /** Shown at once, and taken back when the server does not take it. */
  const cambiar = async (tema: Tema, si: boolean) => {
    if (!quiere) return
    setQuiere({ ...quiere, [tema]: si })
    const hecho = await pedir(CAMINO, { metodo: 'POST', cuerpo: { ...quiere, [tema]: si } })
    setFallo(!hecho.ok)
    if (!hecho.ok) setQuiere(quiere)
  }
  return (
    <details class="panel ajustes" onToggle={(evento) => setAbierta(evento.currentTarget.open)}>
      <summary>{t.preferencias}</summary>
      {quiere ? (
        <>
          {TEMAS.map((tema) => (
            <label key={tema} class="ajuste">
              <span class="grow">
                <b class="m">{t[tema]}</b>
                <span class="sm dim">{t[DETALLE[tema]]}</span>
              </span>
              <input
                type="checkbox"
                class="interruptor"
                checked={quiere[tema]}
                disabled={!enLinea}
                onChange={(evento) => void cambiar(tema, evento.currentTarget.checked)}
              />
            </label>
          ))}
          <p class="sm soft">{t.enLaLista}</p>
        </>
      ) : (
        (fallo || !enLinea) && <p class="sm soft">{t.sinPreferencias}</p>
      )}
      {fallo && (
        <button type="button" class="btn btn--sm btn--secondary" onClick={() => void traer()}>
          {t.otraVez}
        </button>
      )}
    </details>
  )
}
