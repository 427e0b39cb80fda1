import { BellRing, Check, CircleAlert, ClipboardList, Scale } from 'lucide-react'
import { type Codigo, esCodigo } from '../../../../schema/core/codigos.ts'
import type { AvisoDoc } from '../../../../schema/protocol/documentos.ts'
import { hace, pesos } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { Vacio } from '../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { useEditarVarios } from '../conflictos/use-editar-varios.ts'
import { t } from './textos.ts'

const ICONOS = { tarea: ClipboardList, alerta: BellRing, revision: Scale, conflicto: CircleAlert }

/** What somebody should see; marking one as seen to is an edit, so it works with no network and can be undone. */
export function Tareas({ tareas }: { tareas: AvisoDoc[] }) {
  if (tareas.length === 0)
    return (
      <section className="card">
        <Vacio icono={ClipboardList} titulo={t.nadaTareas} texto={t.nadaTareasTexto} />
      </section>
    )
  return (
    <ul className="card rv__tareas">
      {tareas.map((aviso) => (
        <Tarea key={aviso.id} aviso={aviso} />
      ))}
    </ul>
  )
}

function Tarea({ aviso }: { aviso: AvisoDoc }) {
  const editar = useEditarVarios()
  const ahora = useReloj()
  const Icono = ICONOS[aviso.tipo]
  const que = textoDe(codigoDe(aviso))
  const { folio, nombre } = aviso.datos
  const detalle = [nombre, folio, aviso.costoCentavos !== null && t.costo(pesos(aviso.costoCentavos)), hace(ahora - aviso.creadoAt)]
  const atender = () => void editar([{ coleccion: 'avisos', id: aviso.id, cambios: { resolucion: 'atendida' } }], t.seAtendio)
  return (
    <li>
      <span className="icb w">
        <Icono className="i" aria-hidden="true" />
      </span>
      <span className="sp col">
        <b>{que}</b>
        <span className="mut sm">{detalle.filter(Boolean).join(' · ')}</span>
      </span>
      {aviso.regla && <Etiqueta tono="out">{aviso.regla}</Etiqueta>}
      <button type="button" className="btn s" aria-label={t.atender(que)} onClick={atender}>
        <Check className="i" aria-hidden="true" />
        {t.atendida}
      </button>
    </li>
  )
}

const codigoDe = ({ codigo }: AvisoDoc): Codigo => (esCodigo(codigo) ? codigo : 'INTERNAL')
