import { FileDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { PlanDeImportacion, RenglonDeImportacion } from '../../../../workers/replica/api.ts'
import { IDIOMA, textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { Pestanas } from '../../../ui/escritorio/pestanas.tsx'
import { bajarCsv } from './archivo.ts'
import { Renglones } from './renglones.tsx'
import { t } from './textos.ts'

type Filtro = 'todas' | RenglonDeImportacion['suerte']
interface Props {
  nombre: string
  plan: PlanDeImportacion
  alImportar: () => void
  alElegirOtro: () => void
}

/** What would happen to each row. Nothing was written yet. */
export function Ensayo({ nombre, plan, alImportar, alElegirOtro }: Props) {
  const { replica } = useStudio()
  const [filtro, setFiltro] = useState<Filtro>(plan.malos > 0 ? 'malo' : 'todas')
  const visibles = useMemo(
    () => (filtro === 'todas' ? plan.renglones : plan.renglones.filter(({ suerte }) => suerte === filtro)),
    [plan, filtro],
  )
  const cuentas: Record<Filtro, number> = {
    todas: plan.renglones.length,
    nuevo: plan.nuevos,
    cambia: plan.cambian,
    igual: plan.iguales,
    malo: plan.malos,
  }
  const bajarMalas = async () => {
    const r = await replica.exportarMalos?.(plan.id, IDIOMA)
    if (r?.ok) bajarCsv('filas-con-error', r.valor)
    else avisar(textoDe(r?.codigo ?? 'REPLICA_NO_ABRE'), { tono: 'mal' })
  }
  const porImportar = plan.nuevos + plan.cambian
  return (
    <section className="card imp__ensayo" aria-label={t.ensayo(nombre)}>
      <p className="imp__titulo" role="status">
        {t.ensayo(nombre)}
      </p>
      <Pestanas
        panel="ensayo"
        etiqueta={t.suerte}
        pestanas={(['todas', 'nuevo', 'cambia', 'igual', 'malo'] as const).map((id) => ({ id, texto: t[id], cuenta: cuentas[id] }))}
        activa={filtro}
        alCambiar={setFiltro}
      />
      <div id="ensayo" role="tabpanel" aria-labelledby={`ensayo-${filtro}`}>
        <Renglones renglones={visibles} />
      </div>
      <footer className="imp__pie">
        {plan.malos > 0 && (
          <>
            <span className="sm">{t.malasTexto(plan.malos)}</span>
            <button type="button" className="btn s" onClick={() => void bajarMalas()}>
              <FileDown className="i" aria-hidden="true" />
              {t.bajarMalas(plan.malos)}
            </button>
          </>
        )}
        <span className="sp" />
        <button type="button" className="btn" onClick={alElegirOtro}>
          {t.otroArchivo}
        </button>
        <button type="button" className="btn p" disabled={porImportar === 0} onClick={alImportar}>
          {porImportar === 0 ? t.nadaPorImportar : t.boton(t.importarN(plan.nuevos, plan.cambian))}
        </button>
      </footer>
    </section>
  )
}
