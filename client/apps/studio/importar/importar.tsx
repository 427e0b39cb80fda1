/** CAT-11. The catálogo from and to a spreadsheet: a dry run of every row, the import with its way back, the export. Works with no network. */
import { Link } from '@tanstack/react-router'
import { ChevronLeft, CircleAlert, CircleCheck, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio } from '../../../replica/studio.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { Avance } from './avance.tsx'
import { Ensayo } from './ensayo.tsx'
import { Exportar } from './exportar.tsx'
import { Soltar } from './soltar.tsx'
import { t } from './textos.ts'
import { type Importacion, useImportacion } from './use-importacion.ts'
import './importar.css'

export function Importar() {
  const { estado, leer, importar, cancelar, empezar } = useImportacion()
  return (
    <>
      <div className="phead">
        <div className="t">
          <Link to="/business-studio/$seccion" params={{ seccion: 'catalogo' }} className="imp__atras sm">
            <ChevronLeft className="i" aria-hidden="true" />
            {t.catalogo}
          </Link>
          <h1>{t.importar}</h1>
          <p>{t.lema}</p>
        </div>
      </div>
      {estado.en === 'eleccion' && (
        <>
          <Falla estado={estado} />
          <Soltar alElegir={(archivo) => void leer(archivo)} />
          <Exportar />
        </>
      )}
      {estado.en === 'lectura' && <Avance titulo={t.leyendo(estado.nombre)} avance={estado.avance} alCancelar={cancelar} />}
      {estado.en === 'escritura' && <Avance titulo={t.importando} avance={estado.avance} alCancelar={cancelar} />}
      {estado.en === 'ensayo' && (
        <Ensayo
          nombre={estado.nombre}
          plan={estado.plan}
          alImportar={() => void importar(estado.nombre, estado.plan)}
          alElegirOtro={empezar}
        />
      )}
      {estado.en === 'hecha' && <Hecha estado={estado} alElegirOtro={empezar} />}
    </>
  )
}

function Falla({ estado }: { estado: Extract<Importacion, { en: 'eleccion' }> }) {
  if (estado.cancelada)
    return (
      <p className="banner" role="status">
        {t.nadaCambio}
      </p>
    )
  if (!estado.codigo) return null
  return (
    <p className="banner bad" role="alert">
      <CircleAlert className="i" aria-hidden="true" />
      {textoDe(estado.codigo)}
    </p>
  )
}

function Hecha({ estado, alElegirOtro }: { estado: Extract<Importacion, { en: 'hecha' }>; alElegirOtro: () => void }) {
  const { replica } = useStudio()
  const [deshaciendo, setDeshaciendo] = useState(false)
  const deshacer = async () => {
    setDeshaciendo(true)
    const r = await replica.editarVarios?.(estado.deshacer)
    setDeshaciendo(false)
    avisar(r?.ok ? t.deshecho : textoDe(r?.codigo ?? 'REPLICA_NO_ABRE'), { tono: r?.ok ? 'normal' : 'mal' })
    if (r?.ok) alElegirOtro()
  }
  return (
    <section className="card state" role="status">
      <CircleCheck className="i" aria-hidden="true" />
      <h2>{t.hecho(estado.hechas)}</h2>
      <p>{t.hechoTexto}</p>
      <div className="row wrap imp__salidas">
        <button type="button" className="btn" disabled={deshaciendo} onClick={() => void deshacer()}>
          <Undo2 className="i" aria-hidden="true" />
          {deshaciendo ? t.deshaciendo : t.deshacer}
        </button>
        <button type="button" className="btn" onClick={alElegirOtro}>
          {t.otroArchivo}
        </button>
        <Link to="/business-studio/$seccion" params={{ seccion: 'catalogo' }} className="btn p">
          {t.verCatalogo}
        </Link>
      </div>
    </section>
  )
}
