import { Check, Pencil, Plus } from 'lucide-react'
import { useId } from 'react'
import { empezarOtro, juntar, type Marca } from '../../../domain/conflictos/borrador.ts'
import type { CampoEnConflicto, Opcion } from '../../../domain/conflictos/caso.ts'
import { nombreDelCampo, procedencia, valorEnPalabras } from '../../../domain/conflictos/en-palabras.ts'
import { tipoDe } from '../../../domain/conflictos/valor.ts'
import { useStudioVivo } from '../../../replica/studio.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { tituloDeLado } from './detalle.tsx'
import { OtroValor } from './otro-valor.tsx'
import { t } from './textos.ts'
import { useNombresDeSucursales } from './use-nombres.ts'
import { Valor } from './valor.tsx'

interface Props {
  campo: CampoEnConflicto
  lados: Opcion[]
  marca: Marca
  /** Keys act on it. */
  activo: boolean
  /** It is going to be deleted: nothing of this counts. */
  inerte: boolean
  invalido: boolean
  alActivar: () => void
  alMarcar: (marca: Marca) => void
}

/** One field: before, each side, and a third value when none of them will do. */
export function RenglonDeCampo({ campo, lados, marca, activo, inerte, invalido, alActivar, alMarcar }: Props) {
  const id = useId()
  const nombre = nombreDelCampo(campo.campo)
  const ninguna = !campo.opciones.some(({ vigente }) => vigente)
  return (
    <fieldset className="cr" data-campo={campo.campo} data-activo={activo} disabled={inerte} onFocus={alActivar}>
      <legend className="vh">{nombre}</legend>
      <div className="fl">
        <span aria-hidden="true">{nombre}</span>
        <Acciones campo={campo} nombre={nombre} marca={marca} alMarcar={alMarcar} />
      </div>
      <Base campo={campo} />
      {campo.opciones.map((opcion, i) => (
        <Celda
          key={opcion.de || i}
          grupo={id}
          campo={campo}
          opcion={opcion}
          titulo={tituloDeLado({ lados }, i)}
          elegida={marca.en === 'opcion' && marca.indice === i}
          alElegir={() => alMarcar({ en: 'opcion', indice: i })}
        />
      ))}
      {ninguna && (
        <label className={`cl cl--tercera ${marca.en === 'ahora' ? 'on' : ''}`}>
          <input type="radio" name={id} checked={marca.en === 'ahora'} onChange={() => alMarcar({ en: 'ahora' })} />
          <small>{t.ahoraDice}</small>
          <Valor campo={campo.campo} valor={campo.actual} base={campo.base} />
          <small>{t.ahoraTexto}</small>
        </label>
      )}
      {marca.en === 'otro' && <OtroValor campo={campo.campo} marca={marca} invalido={invalido} alMarcar={alMarcar} />}
    </fieldset>
  )
}

function Base({ campo }: { campo: CampoEnConflicto }) {
  const sucursales = useNombresDeSucursales()
  return (
    <span className="cl base">
      <span className="cl__antes">{t.antes}: </span>
      {campo.base === undefined ? <em>{t.noSeSabe}</em> : <span>{valorEnPalabras(campo.campo, campo.base, sucursales)}</span>}
    </span>
  )
}

interface DeCelda {
  grupo: string
  campo: CampoEnConflicto
  opcion: Opcion
  titulo: string
  elegida: boolean
  alElegir: () => void
}

function Celda({ grupo, campo, opcion, titulo, elegida, alElegir }: DeCelda) {
  const ahora = useReloj()
  const { zona } = useStudioVivo()
  return (
    <label className={elegida ? 'cl on' : 'cl'}>
      <input type="radio" name={grupo} checked={elegida} onChange={alElegir} />
      <small className="cl__quien">{`${titulo}, ${procedencia(opcion, ahora, zona)}`}</small>
      <Valor campo={campo.campo} valor={opcion.valor} base={campo.base} />
      {elegida && (
        <span className="use">
          <Check className="i" aria-hidden="true" />
          {t.queda}
        </span>
      )}
      <small>{pieDe(campo, opcion)}</small>
    </label>
  )
}

function pieDe({ opciones }: CampoEnConflicto, opcion: Opcion): string {
  if (!opcion.vigente) return t.seRestaura
  return opciones.every((otra) => otra.effAt <= opcion.effAt) ? t.ganaria : t.vigente
}

function Acciones({
  campo,
  nombre,
  marca,
  alMarcar,
}: {
  campo: CampoEnConflicto
  nombre: string
  marca: Marca
  alMarcar: (m: Marca) => void
}) {
  const tipo = tipoDe(campo.campo)
  const juntables = tipo === 'linea' || tipo === 'parrafo' || tipo === 'sucursales' || tipo === 'imagenes'
  return (
    <span className="fl__acciones">
      {tipo !== 'interruptor' && tipo !== 'imagenes' && tipo !== 'fijo' && (
        <button type="button" className="btn s g" aria-label={t.editarCampo(nombre)} onClick={() => alMarcar(empezarOtro(campo, marca))}>
          <Pencil className="i" aria-hidden="true" />
          {t.editar}
        </button>
      )}
      {juntables && campo.opciones.length > 1 && (
        <button type="button" className="btn s g" aria-label={t.ambasDe(nombre)} onClick={() => alMarcar(juntar(campo))}>
          <Plus className="i" aria-hidden="true" />
          {t.ambas}
        </button>
      )}
    </span>
  )
}
