import { Check, GitMerge, Trash2, Undo2 } from 'lucide-react'
import type { Caso } from '../../../domain/conflictos/caso.ts'
import type { Resuelto } from '../../../domain/conflictos/decidir.ts'
import { cuando, lista as enLista, nombreDelCampo, primerNombre, quienEs } from '../../../domain/conflictos/en-palabras.ts'
import { hace } from '../../../lib/formato.ts'
import { useStudioVivo } from '../../../replica/studio.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { Pestanas } from '../../../ui/escritorio/pestanas.tsx'
import { t } from './textos.ts'

export type Pestana = 'pendientes' | 'resueltos'
/** As many as fit under what waits. */
const POCOS = 3

interface Props {
  pestana: Pestana
  alCambiarPestana: (pestana: Pestana) => void
  casos: Caso[] | null
  resueltos: Resuelto[]
  elegido: string | null
  alElegir: (id: string) => void
  alDeshacer: (resuelto: Resuelto) => void
  alDejarTodos: (casos: Caso[]) => void
}

export function ListaDeConflictos(props: Props) {
  const { pestana, alCambiarPestana, casos, resueltos, elegido, alElegir, alDeshacer, alDejarTodos } = props
  const cuantos = { pendientes: casos?.length ?? 0, resueltos: resueltos.length }
  return (
    <section className="lst" aria-label={t.conflictos}>
      <Pestanas
        panel="conflictos-lista"
        etiqueta={t.conflictos}
        pestanas={(['pendientes', 'resueltos'] as const).map((id) => ({ id, texto: t[id], cuenta: cuantos[id] }))}
        activa={pestana}
        alCambiar={alCambiarPestana}
      />
      <div id="conflictos-lista" role="tabpanel" aria-labelledby={`conflictos-lista-${pestana}`}>
        {pestana === 'pendientes' ? (
          <>
            <ul>
              {(casos ?? []).map((caso) => (
                <Pendiente key={caso.id} caso={caso} elegido={caso.id === elegido} alElegir={() => alElegir(caso.id)} />
              ))}
            </ul>
            {casos && casos.length > 1 && (
              <p className="lst__todos">
                <button type="button" className="btn s g" onClick={() => alDejarTodos(casos)}>
                  {t.todosComoEstan(casos.length)}
                </button>
              </p>
            )}
            {resueltos.length > 0 && <h2 className="dn">{t.resueltosHacePoco}</h2>}
            <Resueltos resueltos={resueltos.slice(0, POCOS)} alDeshacer={alDeshacer} />
          </>
        ) : (
          <Resueltos resueltos={resueltos} elegido={elegido} alElegir={alElegir} alDeshacer={alDeshacer} />
        )}
      </div>
    </section>
  )
}

function Pendiente({ caso, elegido, alElegir }: { caso: Caso; elegido: boolean; alElegir: () => void }) {
  const ahora = useReloj()
  const [uno, otro] = caso.lados
  const Icono = caso.borrado ? Trash2 : GitMerge
  const campos = enLista(caso.campos.map(({ campo }) => nombreDelCampo(campo).toLocaleLowerCase()))
  return (
    <li>
      <button type="button" className="it" aria-current={elegido ? 'true' : undefined} onClick={alElegir}>
        <span className="icb w">
          <Icono className="i" aria-hidden="true" />
        </span>
        <span className="sp col">
          <span className="row">
            <b className="tr sp">{caso.nombre}</b>
            <span className="mut sm nw">{hace(ahora - caso.at)}</span>
          </span>
          <span className="ink2 tr">
            {caso.borrado ? quienElimino(caso) : uno && otro && t.cambiaronLoMismo(quienEs(uno), quienEs(otro))}
          </span>
          <span className="mut sm tr">{caso.borrado ? t.editadoYEliminado : t.articuloCampos(campos)}</span>
        </span>
      </button>
    </li>
  )
}
const quienElimino = ({ borrado }: Caso) => (borrado?.borro.mio ? t.loEliminasteTu : t.loElimino(borrado ? quienEs(borrado.borro) : ''))

interface DeResueltos {
  resueltos: Resuelto[]
  elegido?: string | null
  /** Without it they are only told. */
  alElegir?: (id: string) => void
  alDeshacer: (resuelto: Resuelto) => void
}

function Resueltos({ resueltos, elegido = null, alElegir, alDeshacer }: DeResueltos) {
  const { zona } = useStudioVivo()
  const ahora = useReloj()
  return (
    <ul className="lst__resueltos">
      {resueltos.map((r) => (
        <li key={r.id} className="dd" data-elegido={r.id === elegido}>
          <span className="icb">
            <Check className="i" aria-hidden="true" />
          </span>
          <span className="sp col">
            {alElegir ? (
              <button
                type="button"
                className="tr nombre"
                aria-current={r.id === elegido ? 'true' : undefined}
                onClick={() => alElegir(r.id)}
              >
                {r.nombre}
              </button>
            ) : (
              <b className="tr nombre">{r.nombre}</b>
            )}
            <span className="mut sm tr">
              {`${comoQuedo(r)}, ${cuando(r.at, ahora, zona)}`}
              {!r.recibido && <span className="vh"> {t.porEnviar}</span>}
            </span>
          </span>
          <button type="button" className="btn s g" aria-label={t.deshacerDe(r.nombre)} onClick={() => alDeshacer(r)}>
            <Undo2 className="i" aria-hidden="true" />
            {t.deshacer}
          </button>
        </li>
      ))}
    </ul>
  )
}

export function comoQuedo({ resoluciones, quedoLoMio, quedoDe }: Resuelto): string {
  if (resoluciones.includes('editada')) return t.editadoAMano
  if (quedoLoMio === null) return t.quedoMezcla
  return quedoLoMio ? t.quedoLoTuyo : t.quedoLoDe(primerNombre(quedoDe) || '…')
}
