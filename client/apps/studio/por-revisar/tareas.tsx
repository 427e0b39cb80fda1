import { BellRing, Check, CircleAlert, ClipboardList, Scale } from 'lucide-react'
import { type Codigo, esCodigo } from '../../../../schema/core/codigos.ts'
import type { AvisoDoc } from '../../../../schema/protocol/documentos.ts'
import { costoDe, explicar } from '../../../domain/revision/explicar.ts'
import { diaYHora, hace } from '../../../lib/formato.ts'
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
  const que = enPalabras(aviso)
  const { folio, nombre } = aviso.datos
  const porque = explicar(aviso)
  const detalle = [porque === null && nombre, folio, costoDe(aviso), hace(ahora - aviso.creadoAt)]
  const atender = () => void editar([{ coleccion: 'avisos', id: aviso.id, cambios: { resolucion: 'atendida' } }], t.seAtendio)
  return (
    <li>
      <span className="icb w">
        <Icono className="i" aria-hidden="true" />
      </span>
      <span className="sp col">
        <b>{que}</b>
        {porque && <span className="sm">{porque}</span>}
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

const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone
/** R2. What is known of another negocio is only that it took the same QR. */
function enPalabras(aviso: AvisoDoc): string {
  const { otroNegocio, effAt } = aviso.datos
  return otroNegocio && typeof effAt === 'number' ? t.enOtroNegocio(diaYHora(effAt, ZONA)) : textoDe(codigoDe(aviso))
}
const codigoDe = ({ codigo }: AvisoDoc): Codigo => (esCodigo(codigo) ? codigo : 'INTERNAL')
