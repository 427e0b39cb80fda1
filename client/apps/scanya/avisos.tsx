import { situacionDeArriendo } from '../../../schema/domain/canjes/quien-entrega.ts'
import type { ConfigDoc } from '../../../schema/protocol/documentos.ts'
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { almacenCasiLleno } from '../../domain/sincronizacion/estado-en-palabras.ts'
import { faltaPoco } from '../../domain/sincronizacion/limites.ts'
import { hace } from '../../lib/formato.ts'
import { useCaja, usePuede, useVivo } from '../../replica/contexto.ts'
import { useReloj } from '../../replica/use-reloj.ts'
import { Icono } from '../../ui/iconos.tsx'
import { useSostenido } from '../../ui/use-sostenido.ts'
import { Banda } from './banda.tsx'
import { t } from './textos.ts'

type ArriendoDoc = Extract<ConfigDoc, { id: `arriendo:${string}` }>

/** The chip changes at once; the banner waits, because most cuts end sooner (design 05). */
const ESPERA_MS = 10_000
/** As many as a phone shows on a line; the number beside says the rest. */
const CASILLAS = 14

/** What cannot wait, on every screen; one at a time, the gravest first. */
export function Avisos() {
  const { replica } = useCaja()
  const { estado, turno } = useVivo()
  const ahora = useReloj() + (estado?.offsetMs ?? 0)
  if (!estado || estado.fase === 'revocado') return null
  if (estado.fase === 'reiniciando') return <Aviso titulo={t.reiniciando} texto={t.reiniciandoTexto} />
  if (estado.fase === 'caida')
    return (
      <Banda titulo={t.caida} urgente>
        <p>{t.caidaTexto}</p>
        <button type="button" className="btn btn--sm btn--secondary" onClick={() => location.reload()}>
          {t.abrirOtraVez}
        </button>
      </Banda>
    )
  if (!estado.lider)
    return (
      <Banda titulo={t.otraPestana}>
        <p>{t.otraPestanaTexto}</p>
        <button type="button" className="btn btn--sm btn--secondary" onClick={() => void replica.alHacerseVisible()}>
          {t.usarAqui}
        </button>
      </Banda>
    )
  if (almacenCasiLleno(estado)) return <Aviso titulo={t.almacenLleno} texto={t.almacenLlenoTexto} urgente />
  if (estado.licenciaVenceAt !== null && estado.licenciaVenceAt < ahora)
    return <Aviso titulo={t.licenciaVencida} texto={t.licenciaVencidaTexto} urgente />
  if (estado.relojSospechoso) return <Aviso titulo={t.relojSospechoso} texto={t.relojSospechosoTexto} urgente />
  if (turno && turno.venceAt < ahora) return <Aviso titulo={t.turnoVencido} texto={t.turnoVencidoTexto} />
  if (faltaPoco(estado, turno ?? null, ahora)) return <Aviso titulo={t.faltaPoco} texto={t.faltaPocoTexto} />
  return null
}

function Aviso({ titulo, texto, urgente = false }: { titulo: string; texto: string; urgente?: boolean }) {
  return (
    <Banda titulo={titulo} urgente={urgente}>
      <p>{texto}</p>
    </Banda>
  )
}

/** True once the network has been away for 10 s, judged by exchanges and not by what the browser believes. */
export function useSinConexion(): boolean {
  return useSostenido(useVivo().estado?.fase === 'sin_conexion', ESPERA_MS)
}

/** R5: whether this till gives canjes with no network. */
function useEntregaCanjes(): boolean {
  const { alta } = useCaja()
  const { config, estado } = useVivo()
  const ahora = useReloj() + (estado?.offsetMs ?? 0)
  const doc = config.find((c): c is ArriendoDoc => c.id === `arriendo:${alta.sucursalId}`)
  return situacionDeArriendo(doc, alta.dispositivoId, ahora) === 'esta_caja'
}

/** Offline is calm: what works beside what waits, and how much is here (design 05). */
export function SinConexion({ estado }: { estado: EstadoSync }) {
  const ahora = useReloj()
  const puede = usePuede()
  const canjesAqui = useEntregaCanjes()
  const funciona = [
    ...[t.puedeVender, t.puedeLeer],
    ...(puede('validarCupones') ? [t.puedeCupones] : []),
    ...(puede('reembolsos') ? [t.puedeReembolsar] : []),
    ...(puede('validarCanjes') && canjesAqui ? [t.puedeCanjes] : []),
  ]
  const espera = [t.esperaAviso, t.esperaPuntos, t.esperaCajas, ...(puede('validarCanjes') && !canjesAqui ? [t.puedeCanjes] : [])]
  const { pendientes, masAntiguoAt } = estado
  return (
    <section className="banner sin-conexion" role="status">
      <h1>{t.sigueVendiendo}</h1>
      {pendientes === 0 ? (
        <p className="sm soft">{t.nadaPorEnviar}</p>
      ) : (
        <p className="sm soft">
          <b className="num">{t.registros(pendientes)}</b>
          {t.enEsteEquipo(pendientes)}
          {masAntiguoAt !== null && (
            <>
              {t.elMasAntiguo}
              <b className="num">{hace(ahora - masAntiguoAt)}</b>
              {t.saldranSolos}
            </>
          )}
        </p>
      )}
      {pendientes > 0 && (
        <div className="queue" aria-hidden="true">
          {Array.from({ length: Math.min(pendientes, CASILLAS) }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: boxes without identity
            <i key={i} />
          ))}
        </div>
      )}
      <ul className="works">
        {funciona.map((texto) => (
          <li key={texto} className="yes">
            <Icono de="palomita" />
            <span className="sr">{t.funciona}: </span>
            {texto}
          </li>
        ))}
        {espera.map((texto) => (
          <li key={texto} className="wait">
            <Icono de="reloj" />
            <span className="sr">{t.espera}: </span>
            {texto}
          </li>
        ))}
      </ul>
    </section>
  )
}
