import { type ReactNode, useEffect } from 'react'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { EstadoDeVenta, nombreDe, puntosDe, QuienCompro } from '../../domain/transacciones/partes-de-venta.tsx'
import { PuntosDelDia } from '../../domain/transacciones/puntos-del-dia.tsx'
import { hace, pesos } from '../../lib/formato.ts'
import { yaConvieneInstalar } from '../../lib/instalacion.ts'
import { useCaja, usePuede, useTurno, useVivo } from '../../replica/contexto.ts'
import { useReloj } from '../../replica/use-reloj.ts'
import { Icono } from '../../ui/iconos.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { useAncho } from '../../ui/use-ancho.ts'
import { SinConexion, useSinConexion } from './avisos.tsx'
import { useIr } from './ir.ts'
import { Marco } from './marco.tsx'
import { Menu } from './menu.tsx'
import { dia as d } from './textos.ts'
import { useCifras, useDia, useHoy } from './use-dia.ts'
import { olvidarVenta } from './venta/venta-en-curso.ts'
import './inicio.css'

const AvisoDeInstalacion = perezosa(async () => (await import('../../ui/aviso-de-instalacion.tsx')).AvisoDeInstalacion)
const CanjesDelDia = perezosa(async () => (await import('./canje/canjes-del-dia.tsx')).CanjesDelDia)
const LineaDeTurno = perezosa(async () => (await import('./turno/linea-de-turno.tsx')).LineaDeTurno)
const Recientes = perezosa(async () => (await import('./recientes.tsx')).Recientes)

/** SCAN-08..13, 61, PWA-13: what a cashier comes back to after every sale. Only what they may do is drawn (SCAN-60). */
export function InicioPantalla() {
  const { estado } = useVivo()
  const puede = usePuede()
  const ir = useIr()
  const movimientos = useDia(useHoy(), puede('verHistorialCompleto'))
  const sinConexion = useSinConexion()
  const ancho = useAncho('(min-width: 64rem)')
  const verHistorial = puede('verHistorialPropio') || puede('verHistorialCompleto')
  const yaVendio = movimientos?.some((m) => m.tipo === 'venta' && m.propio) ?? false
  useEffect(() => {
    if (yaVendio) yaConvieneInstalar()
  }, [yaVendio])
  // Also when a reload kept a sale and the start was opened by its address: "Cobrar sin cliente" must not find the last one's card.
  useEffect(olvidarVenta, [])
  return (
    <Marco clase="inicio" cabeza={<Quien />} enReposo>
      {sinConexion && estado ? (
        <>
          <SinConexion estado={estado} />
          <ResumenCorto movimientos={movimientos ?? []} />
        </>
      ) : (
        <Resumen movimientos={movimientos} conHistorial={verHistorial} />
      )}
      {puede('registrarVentas') && (
        <div className="hacer">
          {puede('escanearQR') && (
            <>
              <button className="scan" type="button" onClick={() => ir('/escanear')}>
                <span className="corner tl" />
                <span className="corner tr" />
                <span className="corner bl" />
                <span className="corner br" />
                <span className="scan-in">
                  <Icono de="qr" clase="scan-qr" />
                  <strong>{d.escanear}</strong>
                  <span>{d.tocaCamara}</span>
                </span>
              </button>
              <button type="button" className="btn btn--secondary manual" onClick={() => ir('/manual')}>
                <Icono de="teclado" />
                {d.manual}
              </button>
            </>
          )}
        </div>
      )}
      <nav className="quick" aria-label={d.accionesRapidas}>
        {puede('registrarVentas') && (
          <Accion alTocar={() => ir('/cobrar')} icono={<Icono de="efectivo" />}>
            {d.sinCliente}
          </Accion>
        )}
        {puede('registrarVentas') && puede('validarCupones') && (
          <Accion alTocar={() => ir('/cupon')} icono={<Icono de="cupon" />}>
            {d.validarCupon}
          </Accion>
        )}
        {puede('validarCanjes') && (
          <Accion alTocar={() => ir('/canje')} icono={<Icono de="regalo" />}>
            {d.validarCanje}
          </Accion>
        )}
        {verHistorial && (
          <Accion alTocar={() => ir('/historial')} icono={<Icono de="lista" />}>
            {d.historial}
          </Accion>
        )}
      </nav>
      {puede('registrarVentas') && <LineaDeTurno />}
      <AvisoDeInstalacion />
      {ancho && verHistorial && <Recientes movimientos={movimientos ?? []} />}
    </Marco>
  )
}

function Accion({ alTocar, icono, children }: { alTocar: () => void; icono: ReactNode; children: ReactNode }) {
  return (
    <button type="button" onClick={alTocar}>
      {icono}
      {children}
    </button>
  )
}

/** `@nick (Puesto)`, the negocio and the way out. Signing out never waits: what is pending stays under this person's name. */
function Quien() {
  const { replica, alta } = useCaja()
  const turno = useTurno()
  if (!turno) return null
  return (
    <div className="who-bar">
      <Menu />
      <div className="grow">
        <b>{turno.nick ? `@${turno.nick}` : turno.nombre}</b> <span className="soft">({turno.puesto})</span>
        <br />
        <span className="sm soft">{[alta.negocioNombre, alta.sucursalNombre].filter(Boolean).join(' · ')}</span>
      </div>
      <button type="button" className="btn btn--sm btn--quiet salir" onClick={() => void replica.salirDelTurno?.()}>
        <Icono de="salir" />
        <span>{d.cerrarSesion}</span>
      </button>
    </div>
  )
}

function Resumen({ movimientos, conHistorial }: { movimientos: Movimiento[] | null; conHistorial: boolean }) {
  const ir = useIr()
  const puede = usePuede()
  const { ventas, vendidoCentavos, devueltoCentavos, puntos, puntosPorConfirmar, cupones } = useCifras(movimientos ?? [])
  const [enteros = '', decimales = ''] = pesos(vendidoCentavos).split('.')
  return (
    <section className="panel day" aria-labelledby="dia">
      <div className="day-top">
        <div>
          <h1 className="eyebrow" id="dia">
            {puede('verHistorialCompleto') && puede('verEstadisticas') ? d.resumen : d.miResumen}
          </h1>
          <p className="total num">
            {enteros}
            <small>.{decimales}</small>
          </p>
        </div>
        {conHistorial && (
          <button type="button" className="link ver-historial" onClick={() => ir('/historial')}>
            {d.verHistorial}
            <Icono de="siguiente" />
          </button>
        )}
      </div>
      <dl className="facts num">
        <div>
          <dt>{d.ventas}</dt>
          <dd>{ventas.toLocaleString('es-MX')}</dd>
        </div>
        <div>
          <dt>{d.puntosOtorgados}</dt>
          <dd>
            <PuntosDelDia puntos={puntos} puntosPorConfirmar={puntosPorConfirmar} />
          </dd>
        </div>
        {(cupones > 0 || puede('validarCupones')) && (
          <div>
            <dt>{d.cupones}</dt>
            <dd>{cupones.toLocaleString('es-MX')}</dd>
          </div>
        )}
        {puede('validarCanjes') && <CanjesDelDia />}
        {devueltoCentavos > 0 && (
          <div>
            <dt>{d.devuelto}</dt>
            <dd>{pesos(devueltoCentavos)}</dd>
          </div>
        )}
      </dl>
      <UltimaVenta venta={movimientos?.find((m) => m.tipo === 'venta')} />
    </section>
  )
}

/** SCAN-13. */
function UltimaVenta({ venta }: { venta: Movimiento | undefined }) {
  const ir = useIr()
  const { estado } = useVivo()
  const ahora = useReloj() + (estado?.offsetMs ?? 0)
  if (!venta) return <p className="last sm dim">{d.sinVentas}</p>
  return (
    <button type="button" className="last" onClick={() => ir(`/venta/${venta.id}`)} data-folio={venta.folio} data-nombre={nombreDe(venta)}>
      <EstadoDeVenta m={venta} />
      <span className="grow">
        <QuienCompro m={venta} />
        <span className="sm soft">{d.ultimaVenta(hace(ahora - venta.at))}</span>
      </span>
      <span className="end num">
        <b>{pesos(venta.montoCentavos)}</b>
        <br />
        <span className="sm soft">{puntosDe(venta)}</span>
      </span>
    </button>
  )
}

/** Beside the banner there is room for one line. */
function ResumenCorto({ movimientos }: { movimientos: Movimiento[] }) {
  const { ventas, vendidoCentavos, puntos, puntosPorConfirmar } = useCifras(movimientos)
  return (
    <section className="panel day day--corto" aria-label={d.miResumen}>
      <span>
        <span className="eyebrow">{d.hoy}</span> <b className="num mini-total">{pesos(vendidoCentavos)}</b>
      </span>
      <span className="sm soft">
        <b className="num">{ventas.toLocaleString('es-MX')}</b>
        {d.ventasN(ventas)}
      </span>
      <span className="sm soft">
        {puntos > 0 && (
          <>
            <b className="num">{puntos.toLocaleString('es-MX')}</b> {d.puntosMin}
            {puntosPorConfirmar > 0 && ', '}
          </>
        )}
        {puntosPorConfirmar > 0 && (
          <>
            <b className="num unsettled">≈ {puntosPorConfirmar.toLocaleString('es-MX')}</b>
            {puntos > 0 ? d.porConfirmar : d.puntosPorConfirmar}
          </>
        )}
      </span>
    </section>
  )
}
