/** How fresh the page is, in shape and words: live only while the server answers (design 05). */
import { CloudOff, Pause, Play, Radio } from 'lucide-react'
import { hora } from '../../lib/formato.ts'
import { Etiqueta } from '../../ui/escritorio/etiqueta.tsx'
import { useFrescura, usePanel } from './contexto.ts'
import type { EstadoDeFrescura } from './frescura.ts'
import { ZONA } from './palabras.ts'
import { t } from './textos.ts'

export function EtiquetaDeFrescura() {
  const estado = useFrescura()
  return (
    <span role="status" className="panel-frescura" data-frescura={estado.como}>
      <Tag estado={estado} />
    </span>
  )
}

function Tag({ estado }: { estado: EstadoDeFrescura }) {
  if (estado.como === 'viva')
    return (
      <Etiqueta tono="ok" icono={Radio}>
        {t.enVivo}
      </Etiqueta>
    )
  if (estado.como === 'abriendo') return <Etiqueta tono="out">{t.conectando}</Etiqueta>
  if (estado.como === 'pausada')
    return (
      <Etiqueta tono="out" icono={Pause}>
        {estado.at === null ? t.enPausaSinHora : t.enPausa(hora(estado.at, ZONA))}
      </Etiqueta>
    )
  return (
    <Etiqueta tono="local" icono={CloudOff}>
      {t.reconectando}
      {estado.at !== null && <span className="panel-desde">{t.datosDe(hora(estado.at, ZONA))}</span>}
    </Etiqueta>
  )
}

/** Holds the page still to be read, and lets it go on. */
export function BotonDePausa() {
  const { frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const Icono = pausada ? Play : Pause
  return (
    <button type="button" className="btn" onClick={() => frescura.pausar(!pausada)}>
      <Icono className="i" aria-hidden="true" />
      {pausada ? t.continuar : t.pausar}
    </button>
  )
}
