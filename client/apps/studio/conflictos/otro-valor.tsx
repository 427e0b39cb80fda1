import { Check, CircleAlert } from 'lucide-react'
import { useId } from 'react'
import { TIPOS_DE_CUPON } from '../../../../schema/domain/cupones/cupon.ts'
import { escribirOtro, type Marca } from '../../../domain/conflictos/borrador.ts'
import { nombreDelCampo } from '../../../domain/conflictos/en-palabras.ts'
import { t as delCampo } from '../../../domain/conflictos/textos.ts'
import { tipoDe } from '../../../domain/conflictos/valor.ts'
import { useStudio } from '../../../replica/studio.ts'
import { t } from './textos.ts'

type Otro = Extract<Marca, { en: 'otro' }>
interface Props {
  campo: string
  marca: Otro
  invalido: boolean
  alMarcar: (marca: Marca) => void
}

/** A third value, typed as its field asks. */
export function OtroValor({ campo, marca, invalido, alMarcar }: Props) {
  const id = useId()
  const rotulo = t.valorDe(nombreDelCampo(campo))
  return (
    <div className={`cl cl--tercera on field ${invalido ? 'err' : ''}`}>
      <span className="use">
        <Check className="i" aria-hidden="true" />
        {t.otroValor}
      </span>
      <Entrada id={id} campo={campo} marca={marca} rotulo={rotulo} invalido={invalido} alMarcar={alMarcar} />
      <span id={`${id}e`} className="em" role="alert">
        {invalido && (
          <>
            <CircleAlert className="i" aria-hidden="true" />
            {tipoDe(campo) === 'dinero' ? t.precioMalo : t.valorMalo}
          </>
        )}
      </span>
    </div>
  )
}

function Entrada({ id, campo, marca, rotulo, invalido, alMarcar }: Props & { id: string; rotulo: string }) {
  const comunes = { id, 'aria-label': rotulo, 'aria-invalid': invalido || undefined, 'aria-describedby': `${id}e` }
  const tipo = tipoDe(campo)
  if (tipo === 'sucursales') return <Sucursales valor={marca.valor} rotulo={rotulo} alCambiar={(valor) => alMarcar({ ...marca, valor })} />
  if (tipo === 'imagenes')
    return <span className="val">{delCampo.cuantasImagenes(Array.isArray(marca.valor) ? marca.valor.length : 0)}</span>
  if (tipo === 'eleccion')
    return (
      <span className="in">
        <select {...comunes} value={String(marca.valor)} onChange={(e) => alMarcar({ en: 'otro', valor: e.target.value, texto: '' })}>
          {tiposComo(String(marca.valor)).map((cual) => (
            <option key={cual} value={cual}>
              {delCampo[cual]}
            </option>
          ))}
        </select>
      </span>
    )
  const escribir = (texto: string) => alMarcar(escribirOtro(campo, texto))
  if (tipo === 'parrafo')
    return (
      <span className="in in--alta">
        <textarea {...comunes} rows={3} maxLength={2_000} value={marca.texto} ref={enfocar} onChange={(e) => escribir(e.target.value)} />
      </span>
    )
  return (
    <span className="in">
      {tipo === 'dinero' && <span aria-hidden="true">$</span>}
      <input
        {...comunes}
        value={marca.texto}
        ref={enfocar}
        inputMode={tipo === 'dinero' ? 'decimal' : 'text'}
        onChange={(e) => escribir(e.target.value)}
      />
    </span>
  )
}

/** The kinds of an artículo, or those of a cupón: as the value is one of either. */
const tiposComo = (valor: string) =>
  (TIPOS_DE_CUPON as readonly string[]).includes(valor) ? TIPOS_DE_CUPON : (['producto', 'servicio'] as const)

/** None chosen means all of them. */
function Sucursales({ valor, rotulo, alCambiar }: { valor: unknown; rotulo: string; alCambiar: (ids: string[]) => void }) {
  const { negocio } = useStudio()
  const elegidas = Array.isArray(valor) ? (valor as string[]) : []
  return (
    <fieldset className="cl__lista">
      <legend className="vh">{rotulo}</legend>
      {negocio.sucursales.map(({ id, nombre }) => (
        <label key={id} className="row">
          <input
            className="ck"
            type="checkbox"
            checked={elegidas.includes(id)}
            onChange={(e) => alCambiar(e.target.checked ? [...elegidas, id] : elegidas.filter((otra) => otra !== id))}
          />
          {nombre}
        </label>
      ))}
      {elegidas.length === 0 && <small>{delCampo.todasLasSucursales}</small>}
    </fieldset>
  )
}

/** It appears because somebody asked to write in it; what they type takes the place of what was there. */
const enfocar = (campo: HTMLInputElement | HTMLTextAreaElement | null) => {
  campo?.focus()
  if (campo instanceof HTMLInputElement) campo.select()
}
