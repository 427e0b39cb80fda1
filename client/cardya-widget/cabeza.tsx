/** @jsxImportSource preact */
import { Icono } from './iconos.tsx'
import { APP, alIrALaApp } from './ir-a-la-app.ts'
import type { Lugar } from './lugar.ts'
import { chipDe, type Situacion } from './situacion.ts'
import { t } from './textos.ts'

interface Propiedades {
  lugar: Lugar
  situacion: Situacion
  /** Notices not read yet. */
  sinLeer: number
  alTocarChip: () => void
}

/** Title, the bell, the way to the whole app, and the status chip. */
export function Cabeza({ lugar, situacion, sinLeer, alTocarChip }: Propiedades) {
  const chip = chipDe(situacion)
  const deFrente = lugar.vista === 'tarjeta' || lugar.vista === 'entrar'
  const regreso = REGRESO[lugar.vista]
  return (
    <header class="top cabeza">
      <h1 class="brand grow">
        {regreso ? (
          <a class="icon-btn" href={regreso} aria-label={t.volver}>
            <Icono de="volver" />
          </a>
        ) : (
          <span class="mark">
            <Icono de="tarjeta" />
          </span>
        )}
        <span>{deFrente ? t.miTarjeta : TITULO[lugar.vista]}</span>
      </h1>
      {lugar.vista !== 'avisos' && lugar.vista !== 'telefonos' && <Campana sinLeer={sinLeer} />}
      <a class="icon-btn cabeza__app" href={APP} onClick={alIrALaApp} aria-label={t.irALaApp} title={t.irALaApp}>
        <Icono de="app" />
      </a>
      <button type="button" class={`chip chip--${chip.forma}`} aria-haspopup="dialog" data-fase={situacion.fase} onClick={alTocarChip}>
        <Icono de={chip.icono} />
        <span role="status">
          {chip.texto}
          {chip.detalle && <span class="dim"> {chip.detalle}</span>}
        </span>
      </button>
    </header>
  )
}

/** From what is inside something, back to it. */
const REGRESO: Partial<Record<Lugar['vista'], string>> = {
  historial: '#puntos',
  recompensas: '#puntos',
  canje: '#puntos',
  cupon: '#cupones',
  guardar: '#cupones',
  ticket: '#puntos',
  avisos: '#tarjeta',
  telefonos: '#tarjeta',
}

const TITULO: Record<Lugar['vista'], string> = {
  tarjeta: t.miTarjeta,
  entrar: t.miTarjeta,
  puntos: t.misPuntos,
  historial: t.misPuntos,
  recompensas: t.canjear,
  canje: t.canje,
  cupones: t.cupones,
  cupon: t.cupon,
  guardar: t.cupon,
  ticket: t.ticket,
  avisos: t.avisos,
  telefonos: t.misTelefonos,
}

/** The number is said in the name, and drawn up to 9. */
const Campana = ({ sinLeer }: { sinLeer: number }) => (
  <a class="icon-btn campana" href="#avisos" aria-label={sinLeer > 0 ? t.avisosSinLeer(sinLeer) : t.avisos} data-sin-leer={sinLeer}>
    <Icono de="campana" />
    {sinLeer > 0 && (
      <span class="campana__cuenta num" aria-hidden="true">
        {sinLeer > 9 ? '9+' : sinLeer}
      </span>
    )}
  </a>
)

export function Pestanas({ vista }: { vista: Lugar['vista'] }) {
  const enTarjeta = vista === 'tarjeta' || vista === 'entrar'
  const enCupones = vista === 'cupones' || vista === 'cupon' || vista === 'guardar'
  const enPuntos = !enTarjeta && !enCupones && vista !== 'avisos' && vista !== 'telefonos'
  return (
    <nav class="tabs" aria-label={t.secciones}>
      <a href="#tarjeta" aria-current={enTarjeta ? 'page' : undefined}>
        <Icono de="tarjeta" />
        {t.tarjeta}
      </a>
      <a href="#puntos" aria-current={enPuntos ? 'page' : undefined}>
        <Icono de="lista" />
        {t.puntos}
      </a>
      <a href="#cupones" aria-current={enCupones ? 'page' : undefined}>
        <Icono de="cupon" />
        {t.cupones}
      </a>
    </nav>
  )
}
