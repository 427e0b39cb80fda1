/** @jsxImportSource preact */
/** What the shopper was told (SCAN-25, CARD-21), from what is stored on the phone; being told on this phone; and about what. Loaded when it opens. */
import { useEffect, useState } from 'preact/hooks'
import { lugarDeNotificacion, type Notificacion, type TipoDeNotificacion } from '../../schema/domain/notificaciones/notificacion.ts'
import { textoDeNotificacion } from '../../schema/domain/notificaciones/textos.ts'
import { IDIOMA } from '../lib/idioma.ts'
import { diaDe } from './cuando.ts'
import type { Foto } from './foto.ts'
import { Icono, type NombreDeIcono } from './iconos.tsx'
import './notificaciones.css'
import { EnEsteTelefono, Preferencias } from './preferencias.tsx'
import type { Sincronia } from './sincronia.ts'
import { t } from './textos-de-notificaciones.ts'

/** Where the phone is: its owner reads days by it everywhere else in the card. */
const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

interface Propiedades {
  foto: Foto | null
  ahora: number
  /** The last exchange with the server went well. */
  enLinea: boolean
  sincronia: Sincronia | null
}

export function Notificaciones({ foto, ahora, enLinea, sincronia }: Propiedades) {
  const avisos = foto?.avisos ?? []
  const hasta = avisos[0]?.at ?? 0
  // What was unread when it opened stays marked while it is looked at.
  const [leidosAlAbrir] = useState(foto?.leidosHasta ?? 0)
  useEffect(() => {
    if (hasta > 0) void sincronia?.leerAvisos(hasta)
  }, [hasta, sincronia])
  // Nobody is asked before there was something to be told of.
  const conviene = foto?.movimientos.some(({ tipo }) => tipo === 'ganado') ?? false
  return (
    <>
      {!enLinea && foto && <p class="soft sm">{t.sinRed}</p>}
      {conviene && sincronia && <EnEsteTelefono pedir={sincronia.pedir} enLinea={enLinea} />}
      {avisos.length === 0 ? (
        <div class="empty panel">
          <Icono de="campana" />
          <b>{t.vacioTitulo}</b>
          <p>{t.vacio}</p>
        </div>
      ) : (
        <section aria-label={t.titulo}>
          <ul class="list panel hist">
            {avisos.map((n) => (
              <Renglon key={n.id} n={n} nueva={n.at > leidosAlAbrir} ahora={ahora} />
            ))}
          </ul>
        </section>
      )}
      {conviene && sincronia && <Preferencias pedir={sincronia.pedir} enLinea={enLinea} />}
    </>
  )
}

/** As in the movements: what waits for somebody is filled amber, what went back has an outline. */
const ASPECTO: Record<TipoDeNotificacion, { clase: string; icono: NombreDeIcono }> = {
  puntos_ganados: { clase: 'received', icono: 'mas' },
  puntos_liberados: { clase: 'received', icono: 'palomita' },
  puntos_retenidos: { clase: 'review', icono: 'reloj' },
  puntos_por_vencer: { clase: 'review', icono: 'reloj' },
  devolucion: { clase: 'back', icono: 'regresa' },
  nivel: { clase: 'received', icono: 'sol' },
  canje: { clase: 'received', icono: 'regalo' },
  cupon_nuevo: { clase: 'received', icono: 'cupon' },
  cupon_por_vencer: { clase: 'review', icono: 'reloj' },
  cupon_usado: { clase: 'received', icono: 'palomita' },
  cupon_vencido: { clase: 'back', icono: 'reloj' },
}

function Renglon({ n, nueva, ahora }: { n: Notificacion; nueva: boolean; ahora: number }) {
  const { titulo, cuerpo } = textoDeNotificacion(n, IDIOMA, ZONA)
  const { clase, icono } = ASPECTO[n.tipo]
  const lugar = lugarDeNotificacion(n)
  const ir = lugar === '#avisos' ? null : lugar
  const dentro = (
    <>
      <span class={`state state--${clase}`}>
        <Icono de={icono} />
      </span>
      <span class="grow renglon">
        <b class="num">{titulo}</b>
        <span class="sm renglon__aparte">{cuerpo}</span>
        <span class="sm dim num">{diaDe(n.at, ahora)}</span>
      </span>
      {nueva && (
        <span class="sin-leer">
          <span class="sr">{t.nueva}</span>
        </span>
      )}
    </>
  )
  return (
    <li data-aviso={n.tipo} data-nueva={nueva}>
      {ir ? (
        <a class="aviso-renglon" href={ir}>
          {dentro}
        </a>
      ) : (
        <div class="aviso-renglon">{dentro}</div>
      )}
    </li>
  )
}
