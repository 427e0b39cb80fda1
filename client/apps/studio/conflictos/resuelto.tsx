import { ChevronLeft, Smartphone, Undo2 } from 'lucide-react'
import type { AvisoDoc } from '../../../../schema/protocol/documentos.ts'
import type { Resuelto } from '../../../domain/conflictos/decidir.ts'
import { cuando, nombreDelCampo, primerNombre } from '../../../domain/conflictos/en-palabras.ts'
import { leerDato } from '../../../domain/conflictos/valor.ts'
import { useStudioVivo } from '../../../replica/studio.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { comoQuedo } from './lista.tsx'
import { t } from './textos.ts'
import { Valor } from './valor.tsx'

/** A decision that was made: what stayed, what did not, who decided, and the way back. */
export function DetalleDeResuelto({
  resuelto,
  alVolver,
  alDeshacer,
}: {
  resuelto: Resuelto
  alVolver: () => void
  alDeshacer: () => void
}) {
  const ahora = useReloj()
  const { zona } = useStudioVivo()
  const at = cuando(resuelto.at, ahora, zona)
  return (
    <section className="det__caso" aria-label={resuelto.nombre}>
      <header className="dh">
        <button type="button" className="btn ic g volver" aria-label={t.volver} onClick={alVolver}>
          <ChevronLeft className="i" aria-hidden="true" />
        </button>
        <div className="sp">
          <h2>{resuelto.nombre}</h2>
          <p className="mut sm">{`${comoQuedo(resuelto)}. ${resuelto.porMi ? t.decidisteTu(at) : t.decidio(primerNombre(resuelto.por) || '…', at)}`}</p>
        </div>
        {!resuelto.recibido && (
          <Etiqueta tono="local" icono={Smartphone}>
            {t.porEnviar}
          </Etiqueta>
        )}
      </header>
      <div className="cmp">
        {resuelto.avisos.map((aviso) => (
          <Renglon key={aviso.id} aviso={aviso} />
        ))}
      </div>
      <footer className="df">
        <span className="sp" />
        <span className="mut sm hide-s">{t.puedesDeshacer}</span>
        <button type="button" className="btn" onClick={alDeshacer}>
          <Undo2 className="i" aria-hidden="true" />
          {t.deshacer}
        </button>
      </footer>
    </section>
  )
}

function Renglon({ aviso: { codigo, datos, resolucion } }: { aviso: AvisoDoc }) {
  const campo = String(datos.campo)
  const [perdio, gano] = [leerDato(campo, datos.valor), leerDato(campo, datos.valorGanador)]
  const [queda, no] = resolucion === 'restaurada' ? [perdio, gano] : [gano, perdio]
  return (
    <div className="cr cr--resuelto">
      <span className="fl">{nombreDelCampo(campo)}</span>
      {codigo === 'borrado_con_edicion' ? (
        <>
          <span className="cl base">
            <span className="val">{(campo === 'borrado') === (resolucion === 'restaurada') ? t.quedoEliminado : t.quedoVivo}</span>
          </span>
          {campo !== 'borrado' && (
            <span className="cl base">
              <small>{resolucion === 'restaurada' ? t.quedoAqui : t.noQuedo}</small>
              <Valor campo={campo} valor={perdio} base={undefined} />
            </span>
          )}
        </>
      ) : (
        <>
          <span className="cl base">
            <small>{t.noQuedo}</small>
            <Valor campo={campo} valor={no} base={undefined} />
          </span>
          {resolucion !== 'editada' && (
            <span className="cl base">
              <small>{t.quedoAqui}</small>
              <Valor campo={campo} valor={queda} base={undefined} />
            </span>
          )}
        </>
      )}
    </div>
  )
}
