/** @jsxImportSource preact */
import { Icono } from './iconos.tsx'
import type { Lugar } from './lugar.ts'
import { chipDe, type Situacion } from './situacion.ts'
import { t } from './textos.ts'

/** Title, the way to the whole app, and the status chip. */
export function Cabeza({ lugar, situacion, alTocarChip }: { lugar: Lugar; situacion: Situacion; alTocarChip: () => void }) {
  const chip = chipDe(situacion)
  const deFrente = lugar.vista === 'tarjeta' || lugar.vista === 'entrar'
  const dentro = lugar.vista === 'historial' || lugar.vista === 'ticket'
  return (
    <header class="top cabeza">
      <h1 class="brand grow">
        {dentro ? (
          <a class="icon-btn" href="#puntos" aria-label={t.volver}>
            <Icono de="volver" />
          </a>
        ) : (
          <span class="mark">
            <Icono de="tarjeta" />
          </span>
        )}
        <span>{deFrente ? t.miTarjeta : lugar.vista === 'ticket' ? t.sumarTicket : t.misPuntos}</span>
      </h1>
      <a class="icon-btn" href="/" aria-label={t.irALaApp} title={t.irALaApp}>
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

export function Pestanas({ vista }: { vista: Lugar['vista'] }) {
  const enTarjeta = vista === 'tarjeta' || vista === 'entrar'
  return (
    <nav class="tabs tabs--dos" aria-label={t.secciones}>
      <a href="#tarjeta" aria-current={enTarjeta ? 'page' : undefined}>
        <Icono de="tarjeta" />
        {t.tarjeta}
      </a>
      <a href="#puntos" aria-current={enTarjeta ? undefined : 'page'}>
        <Icono de="lista" />
        {t.puntos}
      </a>
    </nav>
  )
}
