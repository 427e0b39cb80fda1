import { inicialDe } from '../../../domain/clientes/cliente-en-palabras.ts'
import { t as tc } from '../../../domain/clientes/textos.ts'
import { enDecimal } from '../../../domain/puntos/desglose.ts'
import { usePuede } from '../../../replica/contexto.ts'
import { Icono } from '../../../ui/iconos.tsx'
import { Nivel } from '../../../ui/nivel.tsx'
import type { ClienteVisto } from './cliente-visto.ts'
import { t } from './textos.ts'

/** Whose sale it is: change it, or charge without a client. */
export function ClienteEnCobro({
  cliente,
  alCambiar,
  alQuitar,
}: {
  cliente: ClienteVisto | null
  alCambiar: () => void
  alQuitar: () => void
}) {
  const puede = usePuede()
  if (!cliente)
    return (
      <section className="panel client" aria-label={t.cliente}>
        <span className="avatar" aria-hidden="true">
          <Icono de="persona" />
        </span>
        <div className="grow">
          <b>{t.sinClienteTitulo}</b>
          <br />
          <span className="sm soft">{t.sinClienteTexto}</span>
        </div>
        {puede('escanearQR') && (
          <button type="button" className="link" onClick={alCambiar}>
            {t.agregar}
          </button>
        )}
      </section>
    )
  const { nombre, nivel, multiplicadorPct, aqui } = cliente
  return (
    <section className="panel client" aria-label={t.cliente}>
      <span className={`avatar ${nivel ? `avatar--${nivel}` : ''}`} aria-hidden="true">
        {nivel ? inicialDe(nombre) : <Icono de="teclado" />}
      </span>
      <div className="grow">
        <b>{nombre}</b> {nivel && multiplicadorPct !== null && <Nivel de={nivel} mas={`× ${enDecimal(multiplicadorPct)}`} />}
        {!nivel && <span className="sm soft num">{tc.tarjetaTerminada(cliente.terminacion ?? '')}</span>}
        {aqui && puede('verInfoCliente') && (
          <span className="more sm soft num">
            <br />
            {t.puntosAqui(aqui.puntos.texto, aqui.visitas.toLocaleString('es-MX'))}
          </span>
        )}
      </div>
      <span className="acciones">
        <button type="button" className="link" onClick={alCambiar}>
          {t.cambiar}
        </button>
        <button type="button" className="icon-btn" aria-label={t.sinCliente} title={t.sinCliente} onClick={alQuitar}>
          <Icono de="cerrar" />
        </button>
      </span>
    </section>
  )
}
