import { useEffect, useRef, useState } from 'react'
import { buscarEn } from '../../domain/transacciones/buscar.ts'
import { FilaDeVenta } from '../../domain/transacciones/fila-de-venta.tsx'
import { type Movimiento, resumenDelDia } from '../../domain/transacciones/movimientos.ts'
import { PuntosDelDia } from '../../domain/transacciones/puntos-del-dia.tsx'
import { fecha, pesos } from '../../lib/formato.ts'
import { usePuede, useVivo } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { useIr } from './ir.ts'
import { Marco } from './marco.tsx'
import { dia as d } from './textos.ts'
import { historial as h } from './textos-de-historial.ts'
import { useDia, useHoy } from './use-dia.ts'
import './historial.css'

/** Drawn at a time: a till sells two thousand times a day. */
const PAGINA = 100

/** SCAN-52: the sales of a day, one's own unless verHistorialCompleto; where each of them is, by shape. */
export function HistorialPantalla() {
  const hoy = useHoy()
  const puede = usePuede()
  const ir = useIr()
  const completo = puede('verHistorialCompleto')
  const [elegido, setElegido] = useState<string | null>(null)
  const [deTodos, setDeTodos] = useState(completo)
  const [texto, setTexto] = useState<string | null>(null)
  const dia = elegido ?? hoy
  const movimientos = useDia(dia, deTodos)
  const vistos = movimientos && buscarEn(movimientos, texto ?? '')
  const buscador = useBuscador(texto !== null, () => setTexto(''))
  if (!completo && !puede('verHistorialPropio'))
    return (
      <Marco titulo={d.historial} atras="/inicio">
        <p className="soft">{h.noHistorial}</p>
      </Marco>
    )
  return (
    <Marco titulo={d.historial} atras="/inicio" clase="historial">
      <div className="filters">
        <ElDia dia={dia} hoy={hoy} alElegir={(cual) => setElegido(cual === hoy ? null : cual)} />
        {completo && (
          <label className="btn btn--sm btn--secondary filtro">
            <span className="sr">{h.deQuien}</span>
            <select value={deTodos ? 'todas' : 'mias'} onChange={(evento) => setDeTodos(evento.currentTarget.value === 'todas')}>
              <option value="mias">{h.misVentas}</option>
              <option value="todas">{h.todas}</option>
            </select>
            <Icono de="abajo" />
          </label>
        )}
        {puede('reembolsos') && (
          <button type="button" className="btn btn--sm btn--secondary con-ticket" aria-label={h.leerTicket} onClick={() => ir('/ticket')}>
            <Icono de="qr" />
          </button>
        )}
        <button
          type="button"
          className="btn btn--sm btn--secondary lupa"
          aria-label={texto === null ? h.buscar : h.cerrarBusqueda}
          aria-expanded={texto !== null}
          aria-keyshortcuts="/"
          onClick={() => setTexto(texto === null ? '' : null)}
        >
          <Icono de={texto === null ? 'buscar' : 'cerrar'} />
        </button>
      </div>
      {texto !== null && (
        <input
          ref={buscador}
          type="search"
          className="input buscador"
          aria-label={h.buscar}
          placeholder={h.buscarPista}
          value={texto}
          onChange={(evento) => setTexto(evento.currentTarget.value)}
          onKeyDown={(evento) => evento.key === 'Escape' && setTexto(null)}
        />
      )}
      {(!deTodos || puede('verEstadisticas')) && <Totales movimientos={vistos ?? []} />}
      {vistos && <Lista key={`${dia}|${deTodos}`} movimientos={vistos} dia={dia} hoy={hoy} buscando={(texto ?? '') !== ''} />}
    </Marco>
  )
}

function Lista({ movimientos, dia, hoy, buscando }: { movimientos: Movimiento[]; dia: string; hoy: string; buscando: boolean }) {
  const { zona } = useVivo()
  const ir = useIr()
  const [cuantos, setCuantos] = useState(PAGINA)
  if (movimientos.length === 0)
    return (
      <div className="empty">
        <Icono de={buscando ? 'buscar' : 'lista'} />
        <p>{buscando ? h.vacioBusqueda : dia === hoy ? h.vacioHoy : h.vacioDia}</p>
      </div>
    )
  return (
    <>
      <h2 className="dia">{dia === hoy ? d.hoy : fechaDe(dia)}</h2>
      <ul className="sales">
        {movimientos.slice(0, cuantos).map((m) => (
          <li key={m.id} data-folio={m.folio} data-aspecto={m.aspecto} data-tipo={m.tipo} data-propio={m.propio}>
            {/* What was given back stands under its sale. */}
            <button type="button" className="sale" onClick={() => ir(`/venta/${m.tipo === 'venta' ? m.id : m.transaccionId}`)}>
              <FilaDeVenta m={m} zona={zona} />
            </button>
          </li>
        ))}
      </ul>
      {movimientos.length > cuantos && (
        <button type="button" className="btn btn--secondary mas" onClick={() => setCuantos(cuantos + PAGINA)}>
          {h.verMas(movimientos.length - cuantos)}
        </button>
      )}
    </>
  )
}

function Totales({ movimientos }: { movimientos: Movimiento[] }) {
  const { ventas, vendidoCentavos, puntos, puntosPorConfirmar } = resumenDelDia(movimientos)
  return (
    <section className="panel totales" aria-label={h.totalDelDia}>
      <dl className="sum num">
        <div>
          <dt>{h.total}</dt>
          <dd>{pesos(vendidoCentavos)}</dd>
        </div>
        <div>
          <dt>{h.ventasMin}</dt>
          <dd>{ventas.toLocaleString('es-MX')}</dd>
        </div>
        <div>
          <dt>{d.puntosMin}</dt>
          <dd>
            <PuntosDelDia puntos={puntos} puntosPorConfirmar={puntosPorConfirmar} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** The date as people read it, over the platform's own picker. */
function ElDia({ dia, hoy, alElegir }: { dia: string; hoy: string; alElegir: (dia: string) => void }) {
  const campo = useRef<HTMLInputElement>(null)
  return (
    <label className="btn btn--sm btn--secondary filtro">
      <span className="sr">{h.elegirDia}</span>
      <span aria-hidden="true" className="num">
        {fechaDe(dia)}
      </span>
      <input
        ref={campo}
        type="date"
        className="fecha"
        value={dia}
        max={hoy}
        onClick={() => campo.current?.showPicker?.()}
        onChange={(evento) => evento.currentTarget.value !== '' && alElegir(evento.currentTarget.value)}
      />
      <Icono de="abajo" />
    </label>
  )
}

const fechaDe = (dia: string): string => fecha(Date.parse(`${dia}T12:00:00Z`), 'UTC')

/** `/` opens the search, as on every desktop screen. */
function useBuscador(abierto: boolean, abrir: () => void) {
  const campo = useRef<HTMLInputElement>(null)
  const ultimo = useRef(abrir)
  ultimo.current = abrir
  useEffect(() => {
    if (abierto) return campo.current?.focus()
    const alPulsar = (evento: KeyboardEvent) => {
      if (evento.key !== '/' || (evento.target instanceof Element && evento.target.closest('input, textarea, select, dialog'))) return
      evento.preventDefault()
      ultimo.current()
    }
    document.addEventListener('keydown', alPulsar)
    return () => document.removeEventListener('keydown', alPulsar)
  }, [abierto])
  return campo
}
