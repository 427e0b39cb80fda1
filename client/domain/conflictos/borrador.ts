/** A decision while it is being made: which value of each field is marked, or what somebody is typing instead. */
import type { CampoEnConflicto, Caso } from './caso.ts'
import type { Eleccion } from './decidir.ts'
import { ambas, centavosDe, esValido, iguales, tipoDe } from './valor.ts'

export type Marca =
  | { en: 'opcion'; indice: number }
  /** What the document says now, which is none of the options. */
  | { en: 'ahora' }
  /** `texto`: as it is being typed; of lists and choices there is none. */
  | { en: 'otro'; valor: unknown; texto: string }
export interface Borrador {
  marcas: Record<string, Marca>
  destino: Eleccion['destino']
}

/** Everything marked as it is now. */
export const borradorDe = (caso: Caso, eleccion: Eleccion): Borrador => ({
  marcas: Object.fromEntries(caso.campos.map((c) => [c.campo, marcaDe(c, eleccion.valores[c.campo])])),
  destino: eleccion.destino,
})

function marcaDe({ opciones, actual }: CampoEnConflicto, valor: unknown): Marca {
  const indice = opciones.findIndex((opcion) => iguales(opcion.valor, valor))
  if (indice >= 0) return { en: 'opcion', indice }
  return iguales(valor, actual) ? { en: 'ahora' } : { en: 'otro', valor, texto: textoEditable(valor) }
}

/** Begins a third value from what is marked now. */
export function empezarOtro(campo: CampoEnConflicto, marca: Marca): Marca {
  const valor = valorMarcado(campo, marca)
  return { en: 'otro', valor, texto: tipoDe(campo.campo) === 'dinero' ? enPesos(valor) : textoEditable(valor) }
}

/** `texto` typed into the field: the value it stands for, null when it stands for none. */
export function escribirOtro(campo: string, texto: string): Marca {
  return { en: 'otro', valor: tipoDe(campo) === 'dinero' ? centavosDe(texto) : texto, texto }
}

const MAXIMO_DE_IMAGENES = 5

/** Both values together: texts one after the other, lists united. */
export function juntar({ campo, opciones }: CampoEnConflicto): Marca {
  const [uno, otro] = opciones.map(({ valor }) => valor)
  if (Array.isArray(uno) && Array.isArray(otro)) {
    const unidas = [...new Set([...uno, ...otro])]
    // No sucursal means all of them.
    const todas = campo === 'sucursales' && (uno.length === 0 || otro.length === 0)
    return { en: 'otro', valor: todas ? [] : unidas.slice(0, campo === 'imagenes' ? MAXIMO_DE_IMAGENES : undefined), texto: '' }
  }
  const valor = ambas(String(uno ?? ''), String(otro ?? ''))
  return { en: 'otro', valor, texto: valor }
}

export function valorMarcado({ opciones, actual }: CampoEnConflicto, marca: Marca | undefined): unknown {
  if (marca?.en === 'opcion') return opciones[marca.indice]?.valor
  return marca?.en === 'otro' ? marca.valor : actual
}

/** The fields whose third value the document would refuse. */
export const camposInvalidos = (caso: Caso, { marcas, destino }: Borrador): string[] =>
  destino === 'eliminar'
    ? []
    : caso.campos
        .filter((c) => marcas[c.campo]?.en === 'otro' && !esValido(c.campo, valorMarcado(c, marcas[c.campo])))
        .map(({ campo }) => campo)

export const eleccionDe = (caso: Caso, { marcas, destino }: Borrador): Eleccion => ({
  valores: Object.fromEntries(caso.campos.map((c) => [c.campo, valorMarcado(c, marcas[c.campo])])),
  destino,
})

/** The same while something typed is no value yet: that field stays as it is. */
export const eleccionPosible = (caso: Caso, borrador: Borrador): Eleccion => {
  const invalidos = camposInvalidos(caso, borrador)
  const eleccion = eleccionDe(caso, borrador)
  const actuales = caso.campos.filter(({ campo }) => invalidos.includes(campo)).map(({ campo, actual }) => [campo, actual])
  return { ...eleccion, valores: { ...eleccion.valores, ...Object.fromEntries(actuales) } }
}

const textoEditable = (valor: unknown): string => (typeof valor === 'string' ? valor : '')
const enPesos = (valor: unknown): string => (typeof valor === 'number' ? (valor / 100).toFixed(2) : '')
