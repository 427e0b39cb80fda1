/** @jsxImportSource preact */
/** A negocio with the points a shopper has there. Points of different negocios are never added up (CARD-05). */
import { fechaCorta, haceDe } from './cuando.ts'
import type { Foto, NegocioEnFoto } from './foto.ts'
import { Icono } from './iconos.tsx'
import { numero } from './numeros.ts'
import type { Situacion } from './situacion.ts'
import { t } from './textos.ts'
import type { TicketGuardado } from './tickets.ts'

/** Promised by tickets whose sale has not arrived: points, by name of the negocio. */
export const porConfirmarEn = (nombre: string, tickets: readonly TicketGuardado[]): number =>
  tickets.filter(({ negocioNombre }) => negocioNombre === nombre).reduce((suma, { puntos }) => suma + puntos, 0)

/** The row under the card: the negocio visited last. */
export function RenglonDeNegocio({
  negocio,
  foto,
  situacion,
  tickets,
  ahora,
}: {
  negocio: NegocioEnFoto
  foto: Foto | null
  situacion: Situacion
  tickets: TicketGuardado[]
  ahora: number
}) {
  const esperando = porConfirmarEn(negocio.nombre, tickets)
  return (
    <a class="panel peek" href="#puntos">
      <Azulejo />
      <span class="grow">
        <b class="m">{negocio.nombre}</b>
        <br />
        <span class="sm soft">{detalle(negocio, foto, situacion, ahora)}</span>
      </span>
      <span class="end num">
        <b>{numero(negocio.disponibles)}</b>
        <br />
        <span class="sm soft">
          {esperando > 0 ? <span class="unsettled">≈ +{numero(esperando)}</span> : t.puntosEtiqueta(negocio.disponibles)}
        </span>
      </span>
      <Icono de="siguiente" clase="dim" />
    </a>
  )
}

/** Stale data carries its time. */
function detalle({ ultimaVisitaAt }: NegocioEnFoto, foto: Foto | null, { fase }: Situacion, ahora: number): string {
  if (foto && fase !== 'al_dia' && fase !== 'abriendo' && fase !== 'actualizando') return t.puntosAl(fechaCorta(foto.at, ahora))
  return ultimaVisitaAt === null ? '' : t.ultimaVisita(haceDe(ultimaVisitaAt, ahora))
}

export const Azulejo = () => (
  <span class="tile">
    <Icono de="tienda" />
  </span>
)
