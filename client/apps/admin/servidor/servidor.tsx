/** `/admin`: the sync server now. Figures, how fast it is, which rules spoke, and every tenant down to its devices (ADM-33 for sync). */
import { useMemo } from 'react'
import { MINUTO } from '../../../../schema/core/tiempo.ts'
import type { NegocioDePlataforma, Rango, RespuestaPulso } from '../../../../schema/protocol/plataforma.ts'
import { negociosEnVivo, pulsoEnVivo, veredictosEnVivo } from '../../../domain/plataforma/formas.ts'
import { Huesos } from '../../../ui/escritorio/estados.tsx'
import { RANGOS, useBusqueda } from '../busqueda.ts'
import { useAhora, useFrescura, usePanel } from '../contexto.ts'
import { BotonDePausa } from '../en-vivo.tsx'
import { Leido } from '../estados.tsx'
import { edad } from '../palabras.ts'
import { useFresco } from '../use-fresco.ts'
import { useVivo } from '../use-vivo.ts'
import { Arbol } from './arbol.tsx'
import { Cifras } from './cifras.tsx'
import { Hechos, Retraso, usePulso } from './curvas.tsx'
import { nodoQueSirve, nombreDeNodo } from './nodo.ts'
import { Nodos } from './nodos.tsx'
import { ReglasDeHoy } from './reglas-de-hoy.tsx'
import { t } from './textos.ts'
import './servidor.css'

/** Minutes come live; a window of days does not change by the second. */
const CADA_MS: Record<Rango, number> = { '15m': 15_000, '1h': 15_000, '24h': 30_000, '7d': 60_000 }

/** Three live views, and no more: a page has three requests that wait. */
const NEGOCIOS = negociosEnVivo({ desdeAhora: true })
const VEREDICTOS = veredictosEnVivo({ desdeAhora: true })
const PULSO = pulsoEnVivo({ desdeAhora: true })

export function ServidorPantalla() {
  const { resumen } = usePanel()
  const [{ rango = '1h' }, cambiar] = useBusqueda()
  const negocios = useVivo<NegocioDePlataforma>(NEGOCIOS)
  // Its changes make the figures be read again.
  useVivo(VEREDICTOS)
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <Nodo />
        </div>
        <BotonDePausa />
        <fieldset className="seg" aria-label={t.ventana}>
          {RANGOS.map((uno) => (
            <button key={uno} type="button" aria-pressed={uno === rango} onClick={() => cambiar({ rango: uno === '1h' ? undefined : uno })}>
              {t[`r${uno}`]}
            </button>
          ))}
        </fieldset>
      </div>
      <Leido de={resumen} filas={2}>
        {(r) => (
          <>
            <Cifras resumen={r} />
            <Pulso rango={rango} reglas={r.reglas} />
          </>
        )}
      </Leido>
      <Arbol resumen={resumen.valor} vivo={negocios} />
      {resumen.valor && resumen.valor.nodos.length > 0 && <Nodos nodos={resumen.valor.nodos} motor={resumen.valor.motor} />}
    </>
  )
}

/** `sync-1, versión 0.1.0, arriba desde hace 41 d, base de datos 4 ms` */
function Nodo() {
  const { resumen } = usePanel()
  const ahora = useAhora()
  if (!resumen.valor) return <p>&nbsp;</p>
  const nodo = nodoQueSirve(resumen.valor.nodos)
  if (!nodo) return <p className="warn">{t.sinNodos}</p>
  const partes = [t.nodo(nombreDeNodo(nodo.id), nodo.version, edad(ahora - nodo.iniciadoAt))]
  if (nodo.baseMs !== null) partes.push(t.base(`${nodo.baseMs.toFixed(nodo.baseMs < 10 ? 1 : 0)} ms`))
  return <p className="n">{partes.join(', ')}</p>
}

function Pulso({ rango, reglas }: { rango: Rango; reglas: { regla: string; veces: number }[] }) {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const lectura = useFresco<RespuestaPulso>({ sesion, frescura }, `/api/admin/pulso?rango=${rango}`, { cadaMs: CADA_MS[rango], pausada })
  return (
    <div className="grid">
      {lectura.valor ? (
        <Curvas leido={lectura.valor} rango={rango} />
      ) : (
        <section className="card c9">
          <Huesos filas={3} />
        </section>
      )}
      <ReglasDeHoy reglas={reglas} />
    </div>
  )
}

function Curvas({ leido, rango }: { leido: RespuestaPulso; rango: Rango }) {
  const { parches } = useVivo(PULSO)
  // Minutes that came live fill a chart of minutes; wider steps wait for the server to add them up.
  const vivos = useMemo(() => (leido.cadaMs === MINUTO ? [...parches.values()].map((p) => p.fila) : []), [parches, leido.cadaMs])
  const pulso = usePulso({ leido, vivos, rango })
  return (
    <>
      <Retraso pulso={pulso} rango={rango} />
      <Hechos pulso={pulso} rango={rango} cadaMs={leido.cadaMs} />
    </>
  )
}
