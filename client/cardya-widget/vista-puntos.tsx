/** @jsxImportSource preact */
/** Points per negocio and every movement (CARD-24, CARD-40). */
import { Instalar, Version } from './avisos.tsx'
import { CanjesVivos } from './canjes-vivos.tsx'
import { dia, fechaCorta } from './cuando.ts'
import type { Foto, NegocioEnFoto } from './foto.ts'
import { Icono } from './iconos.tsx'
import { Insignia } from './insignia.tsx'
import { Movimientos } from './movimientos.tsx'
import { Azulejo, porConfirmarEn } from './negocio.tsx'
import { numero } from './numeros.ts'
import type { Situacion } from './situacion.ts'
import { t } from './textos.ts'
import type { TicketGuardado } from './tickets.ts'

interface Propiedades {
  foto: Foto | null
  situacion: Situacion
  tickets: TicketGuardado[]
  ahora: number
  /** Corrected ms, at any moment. */
  hora: () => number
  /** Puts away a ticket that came to nothing. */
  alQuitar: (hechoId: string) => void
}

export function VistaPuntos({ foto, situacion, tickets, ahora, hora, alQuitar }: Propiedades) {
  const negocios = foto?.negocios ?? []
  const vieja = foto && situacion.fase === 'sin_conexion'
  return (
    <>
      <Version />
      <p class="life sm soft">
        <span>{t.seUsanDonde}</span>
        {vieja && <span class="num">{t.puntosAl(fechaCorta(foto.at, ahora))}</span>}
      </p>
      {negocios.length === 0 ? (
        <div class="empty panel">
          <Icono de="lista" />
          <b>{t.sinPuntosTitulo}</b>
          <p>{t.sinPuntos}</p>
        </div>
      ) : (
        <ul class="negs">
          {negocios.map((negocio) => (
            <Negocio key={negocio.negocioId} {...{ negocio, foto, tickets, ahora, hora }} />
          ))}
        </ul>
      )}
      {foto?.perfil && (
        <p class="life num">
          <span class="soft sm">
            {t.deVida} <b class="fuerte">{t.deVidaPuntos(numero(foto.perfil.puntosLifetime))}</b>
          </span>
          <Insignia nivel={foto.perfil.nivel} />
        </p>
      )}
      <a class="btn btn--sm btn--tint" href="#ticket">
        <Icono de="escanear" />
        {t.sumarTicket}
      </a>
      <Instalar />
      <Movimientos titulo={t.movimientos} movimientos={foto?.movimientos ?? []} {...{ tickets, ahora, alQuitar }} />
    </>
  )
}

interface DeNegocio extends Pick<Propiedades, 'foto' | 'tickets' | 'ahora' | 'hora'> {
  negocio: NegocioEnFoto
}

/** CARD-24. */
function Negocio({ negocio, foto, tickets, ahora, hora }: DeNegocio) {
  const esperando = porConfirmarEn(negocio.nombre, tickets)
  const { apartados = 0, porVencer } = negocio
  return (
    <li class="panel neg" data-negocio={negocio.nombre}>
      <div class="row">
        <Azulejo />
        <h2 class="grow b">{negocio.nombre}</h2>
        <span class="num end">
          <b class="pts">{numero(negocio.disponibles)}</b> <span class="sm soft">{t.pts}</span>
        </span>
      </div>
      {(esperando > 0 || negocio.retenidos > 0 || apartados > 0 || porVencer) && (
        <p class="reach sm num">
          {apartados > 0 && <span class="due">{t.apartadosAqui(numero(apartados))}</span>}
          {esperando > 0 && <span class="unsettled">{t.porConfirmarAqui(numero(esperando))}</span>}
          {negocio.retenidos > 0 && <span class="due due--soon">{t.retenidosAqui(numero(negocio.retenidos))}</span>}
          {porVencer && <span class="due">{t.vencenEl(numero(porVencer.puntos), dia(porVencer.venceAt, ahora))}</span>}
        </p>
      )}
      <CanjesVivos canjes={(foto?.canjes ?? []).filter((c) => c.negocioId === negocio.negocioId)} hora={hora} />
      <div class="actions">
        <a class="btn btn--sm btn--tint" href={`#recompensas=${negocio.negocioId}`}>
          <Icono de="regalo" />
          <span>
            {t.canjear}
            <span class="sr"> {t.enNegocio(negocio.nombre)}</span>
          </span>
        </a>
        <a class="btn btn--sm btn--quiet" href={`#historial=${negocio.negocioId}`}>
          <span>
            {t.verHistorial}
            <span class="sr"> {t.enNegocio(negocio.nombre)}</span>
          </span>
        </a>
      </div>
    </li>
  )
}

/** The timeline of one negocio. */
export function VistaHistorial({ negocioId, foto, situacion, tickets, ahora, alQuitar }: Propiedades & { negocioId: string }) {
  const negocio = foto?.negocios.find((n) => n.negocioId === negocioId)
  const nombre = negocio?.nombre ?? ''
  return (
    <>
      {negocio && (
        <p class="panel neg row">
          <Azulejo />
          <b class="grow">{nombre}</b>
          <span class="num end">
            <b class="pts">{numero(negocio.disponibles)}</b> <span class="sm soft">{t.pts}</span>
          </span>
        </p>
      )}
      {foto && situacion.fase === 'sin_conexion' && <p class="life sm soft num">{t.puntosAl(fechaCorta(foto.at, ahora))}</p>}
      <Movimientos
        titulo={t.movimientos}
        movimientos={(foto?.movimientos ?? []).filter((m) => m.negocioId === negocioId)}
        tickets={tickets.filter(({ negocioNombre }) => negocioNombre === nombre)}
        ahora={ahora}
        alQuitar={alQuitar}
        deUno
      />
    </>
  )
}
