/** Points that wait for the dueño, with their evidence (R2, R10, R11, R15, R16); and the tasks and alerts of the counter. */
import { ClipboardCheck, Clock } from 'lucide-react'
import { useRef, useState } from 'react'
import { motivoPrincipal, reglaEnPalabras } from '../../../domain/revision/en-palabras.ts'
import { porDecidir, type Retenida, sumaDe } from '../../../domain/revision/retenidas.ts'
import { tareasDe } from '../../../domain/revision/tareas.ts'
import { useDecidir } from '../../../domain/revision/use-decidir.ts'
import { useRetenidas } from '../../../domain/revision/use-revision.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { Pestanas } from '../../../ui/escritorio/pestanas.tsx'
import { Evidencia } from './evidencia.tsx'
import { ListaDeRetenidas } from './lista.tsx'
import { Tareas } from './tareas.tsx'
import { t } from './textos.ts'
import { YaDecididas } from './ya-decididas.tsx'
import '../conflictos/conflictos.css'
import './por-revisar.css'

/** `todas`, `tareas`, or the code of a reason. */
type Pestana = string

export function PorRevisar() {
  const { negocio, sucursalId } = useStudio()
  const { avisos } = useStudioVivo()
  const { retenidas, negadas } = useRetenidas()
  const { decidir, enEspera } = useDecidir()
  const [pestana, setPestana] = useState<Pestana>('todas')
  const [decididas, setDecididas] = useState(false)
  const [elegida, setElegida] = useState<string | null>(null)
  const evidencia = useRef<HTMLDivElement>(null)
  const ver = (id: string) => {
    setElegida(id)
    // Under the list it would be out of sight.
    if (matchMedia('(max-width: 1100px)').matches) requestAnimationFrame(() => evidencia.current?.scrollIntoView({ block: 'start' }))
  }
  const tareas = tareasDe(avisos ?? [], sucursalId)
  const todas = retenidas ?? []
  const pendientes = porDecidir(todas, enEspera)
  const visibles = pestana === 'todas' ? todas : todas.filter((v) => motivoPrincipal(v)?.codigo === pestana)
  const activa = visibles.find((v) => v.venta.id === elegida) ?? visibles[0] ?? null
  const puedeDecidir = negocio.papel === 'dueno'
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.porRevisar}</h1>
          <p>{pendientes.length > 0 ? t.resumen(pendientes.length, sumaDe(pendientes)) : t.sinEspera}</p>
        </div>
        <span className="row">
          <button type="button" className="btn" onClick={() => setDecididas(!decididas)}>
            {decididas ? <ClipboardCheck className="i" aria-hidden="true" /> : <Clock className="i" aria-hidden="true" />}
            {decididas ? t.porDecidir : t.yaDecididas}
          </button>
        </span>
      </div>
      {!puedeDecidir && !decididas && <p className="banner">{t.soloDueno}</p>}
      {negadas.map((d) => (
        <p key={`${d.transaccionId}|${d.regla}`} className="banner warn" role="status">
          {t.negadaPorElServidor(textoDe((d.codigo ?? 'INTERNAL') as Parameters<typeof textoDe>[0]))}
        </p>
      ))}
      {decididas ? (
        <YaDecididas />
      ) : (
        <>
          <Pestanas
            panel="por-revisar"
            etiqueta={t.porRevisar}
            pestanas={pestanasDe(todas, pendientes, tareas.length)}
            activa={pestana}
            alCambiar={setPestana}
          />
          <div id="por-revisar" role="tabpanel" aria-labelledby={`por-revisar-${pestana}`} className="rv__panel">
            {retenidas === null && <Huesos />}
            {pestana === 'tareas' && <Tareas tareas={tareas} />}
            {pestana !== 'tareas' && retenidas && visibles.length === 0 && (
              <section className="card">
                <Vacio icono={ClipboardCheck} titulo={t.nada} texto={t.nadaTexto} />
              </section>
            )}
            {pestana !== 'tareas' && activa && (
              <div className="rv">
                <ListaDeRetenidas
                  retenidas={visibles}
                  activa={activa.venta.id}
                  alVer={ver}
                  enEspera={enEspera}
                  alDecidir={puedeDecidir ? decidir : null}
                />
                <div ref={evidencia} className="rv__evidencia">
                  <Evidencia
                    key={activa.venta.id}
                    retenida={activa}
                    enEspera={enEspera.get(activa.venta.id) ?? null}
                    alDecidir={puedeDecidir ? (decision, motivo) => decidir([activa], decision, motivo) : null}
                  />
                </div>
              </div>
            )}
          </div>
        </>
      )}
    </>
  )
}

/** A tab for each reason that holds something now, with how many of it wait for a word. */
function pestanasDe(
  retenidas: readonly Retenida[],
  pendientes: readonly Retenida[],
  tareas: number,
): { id: Pestana; texto: string; cuenta: number }[] {
  const codigos = new Set(retenidas.flatMap((v) => motivoPrincipal(v)?.codigo ?? []))
  const cuantas = (codigo: string) => pendientes.filter((v) => motivoPrincipal(v)?.codigo === codigo).length
  return [
    { id: 'todas', texto: t.todas, cuenta: pendientes.length },
    ...[...codigos].map((id) => ({ id, texto: reglaEnPalabras(id), cuenta: cuantas(id) })),
    { id: 'tareas', texto: t.tareas, cuenta: tareas },
  ]
}
