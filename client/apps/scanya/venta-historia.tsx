import type { HistoriaDeVenta } from '../../domain/transacciones/historia-de-venta.ts'
import { tituloDeMotivo } from '../../domain/transacciones/motivos.ts'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { EstadoDeVenta } from '../../domain/transacciones/partes-de-venta.tsx'
import { diaYHora, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useVivo } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { correccion as c } from './textos-de-correccion.ts'

/** What was done to a sale after it was made, as a line of time: by whom, why, and what the server said of it (SCAN-22, 40, 51). */
export function Historia({ historia, zona }: { historia: HistoriaDeVenta; zona: string }) {
  const { venta, pasos, devueltoFueraCentavos, corregidaFuera, anuladaFuera, retenciones } = historia
  const deFuera = [
    ...(corregidaFuera ? [c.cambioFuera(pesos(venta.montoOriginalCentavos ?? 0))] : []),
    ...(devueltoFueraCentavos > 0 ? [c.fuera(pesos(devueltoFueraCentavos))] : []),
    ...(anuladaFuera ? [c.anuladaFuera] : []),
  ]
  if (pasos.length + deFuera.length + retenciones.length === 0) return null
  return (
    <>
      <hr className="perf" />
      <h2 className="historia__titulo">{c.historia}</h2>
      <ol className="trail historia" aria-label={c.historia}>
        {retenciones.map(({ codigo, estado }) => (
          <li key={codigo}>
            <span className={`state ${estado === 'activa' ? 'state--review' : 'state--received'}`}>
              <Icono de={estado === 'activa' ? 'atencion' : 'palomita'} />
            </span>
            <span>
              <b>{c.retenida(tituloDeMotivo(codigo))}</b>
              <br />
              <span className="sm soft">{c[`retencion_${estado}`]}</span>
            </span>
            <span />
          </li>
        ))}
        {pasos.map((paso) => (
          <Paso key={paso.id} paso={paso} zona={zona} />
        ))}
        {deFuera.map((texto) => (
          <li key={texto}>
            <span className="state state--back">
              <Icono de="volver" />
            </span>
            <b>{texto}</b>
            <span />
          </li>
        ))}
      </ol>
    </>
  )
}

function Paso({ paso, zona }: { paso: Movimiento; zona: string }) {
  const { config } = useVivo()
  const empleado = config.find((doc) => doc.id === `empleado:${paso.operadorId}`)
  const nick = empleado && 'nick' in empleado ? `@${empleado.nick}` : null
  const detalle = [paso.descripcion, nick, paso.folio, paso.aspecto === 'aqui' && c.porEnviar].filter(Boolean).join(' · ')
  return (
    <li data-tipo={paso.tipo} data-aspecto={paso.aspecto}>
      <EstadoDeVenta m={paso} />
      <span>
        <b>{loQuePaso(paso)}</b>
        <br />
        <span className="sm soft">{detalle}</span>
        {paso.aspecto === 'atencion' && paso.motivo && <span className="sm historia__motivo">{textoDe(paso.motivo)}</span>}
      </span>
      <span className="sm soft num">{diaYHora(paso.at, zona)}</span>
    </li>
  )
}

function loQuePaso({ tipo, montoCentavos }: Movimiento): string {
  if (tipo === 'reembolso') return c.devolucion(pesos(montoCentavos))
  return tipo === 'cambio_monto' ? c.cambio(pesos(montoCentavos)) : c.anulacion
}
