import { Check } from 'lucide-react'
import { useId } from 'react'
import type { Borrado, Caso } from '../../../domain/conflictos/caso.ts'
import type { Eleccion } from '../../../domain/conflictos/decidir.ts'
import { cuando, nombreDelCampo, quienEs } from '../../../domain/conflictos/en-palabras.ts'
import { useStudioVivo } from '../../../replica/studio.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { t } from './textos.ts'
import { Valor } from './valor.tsx'

interface Props {
  caso: Caso
  borrado: Borrado
  destino: Eleccion['destino']
  alElegir: (destino: 'conservar' | 'eliminar') => void
}

/** R9. Edited by one and deleted by another: kept with the edits, or deleted. */
export function Destino({ caso, borrado, destino, alElegir }: Props) {
  const id = useId()
  const ahora = useReloj()
  const { zona } = useStudioVivo()
  const { borro, edito } = borrado
  const [cuandoBorro, cuandoEdito] = [cuando(borro.effAt, ahora, zona), cuando(edito.effAt, ahora, zona)]
  const opciones = [
    {
      cual: 'conservar' as const,
      titulo: caso.eliminado ? t.recuperarlo : t.conservarlo,
      texto: caso.eliminado ? t.recuperarTexto : t.conservarTexto,
      quien: edito.mio ? t.editasteTu(cuandoEdito) : t.edito(quienEs(edito), cuandoEdito),
    },
    {
      cual: 'eliminar' as const,
      titulo: caso.eliminado ? t.dejarloEliminado : t.eliminarlo,
      texto: t.eliminarTexto,
      quien: borro.mio ? t.eliminasteTu(cuandoBorro) : t.elimino(quienEs(borro), cuandoBorro),
    },
  ]
  return (
    <fieldset className="dst">
      <legend className="vh">{t.destinos}</legend>
      {opciones.map(({ cual, titulo, texto, quien }) => (
        <label key={cual} className={destino === cual ? 'cl on' : 'cl'}>
          <input type="radio" name={id} checked={destino === cual} onChange={() => alElegir(cual)} />
          <span className="val">{titulo}</span>
          <small>{`${quien}${quien ? '. ' : ''}${texto}.`}</small>
          {cual === 'conservar' && <Cambios borrado={borrado} />}
          {destino === cual && (
            <span className="use">
              <Check className="i" aria-hidden="true" />
              {t.queda}
            </span>
          )}
        </label>
      ))}
      <p className="mut sm dst__ahora">{caso.eliminado ? t.ahoraEliminado : t.ahoraVivo}</p>
    </fieldset>
  )
}

function Cambios({ borrado }: { borrado: Borrado }) {
  return borrado.cambios.map(({ campo, base, valor }) => (
    <span key={campo} className="dst__cambio">
      <small>{nombreDelCampo(campo)}</small> <Valor campo={campo} valor={valor} base={base} />
    </span>
  ))
}
