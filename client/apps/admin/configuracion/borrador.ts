/** What is being written in the form of ConfiguracionApp: texts over the version in force, so that another version that arrives meanwhile takes nothing away. */
import type { ContenidoDeConfiguracionApp } from '../../../../schema/domain/configuracion-app/configuracion-app.ts'
import {
  ADELANTO_MAXIMO_DIAS,
  LIMITE_MAXIMO,
  PCT_MAXIMO,
  PCT_MINIMO,
  UMBRAL_MAXIMO,
} from '../../../../schema/domain/configuracion-app/rangos.ts'
import { VIDA_DEL_QR_MAXIMA_S, VIDA_DEL_QR_MINIMA_S } from '../../../../schema/domain/tarjetas/vida-del-qr.ts'

type Contenido = ContenidoDeConfiguracionApp
interface Rango {
  min: number
  max: number
  /** Hundredths are written with two decimals. */
  decimales?: 2
}
const PUNTOS: Rango = { min: 1, max: UMBRAL_MAXIMO }
const VECES: Rango = { min: PCT_MINIMO, max: PCT_MAXIMO, decimales: 2 }
const DIAS: Rango = { min: 0, max: ADELANTO_MAXIMO_DIAS }
const LIMITE: Rango = { min: 0, max: LIMITE_MAXIMO }

/** By the path of the field in the content, which is also how the server names it. */
export const NUMEROS = {
  'umbrales.plata': PUNTOS,
  'umbrales.oro': PUNTOS,
  vidaQrSegundos: { min: VIDA_DEL_QR_MINIMA_S, max: VIDA_DEL_QR_MAXIMA_S },
  'multiplicadoresPct.bronce': VECES,
  'multiplicadoresPct.plata': VECES,
  'multiplicadoresPct.oro': VECES,
  'beneficios.plata.adelantoDias': DIAS,
  'beneficios.oro.adelantoDias': DIAS,
  'limites.maxSucursales': LIMITE,
  'limites.maxEmpleados': LIMITE,
} as const satisfies Record<string, Rango>
export const INTERRUPTORES = [
  'beneficios.plata.multiplicador',
  'beneficios.oro.multiplicador',
  'beneficios.plata.cuponesExclusivos',
  'beneficios.oro.cuponesExclusivos',
] as const
export type Numero = keyof typeof NUMEROS
export type Llave = (typeof INTERRUPTORES)[number]
export type Campo = Numero | Llave
/** Only what differs from the version in force. */
export type Borrador = Partial<Record<Numero, string> & Record<Llave, boolean>>
export type Falla = 'rango' | 'orden'

const rangoDe = (campo: Numero): Rango => NUMEROS[campo]
const esNumero = (campo: Campo): campo is Numero => campo in NUMEROS
export const CAMPOS: readonly Campo[] = [...(Object.keys(NUMEROS) as Numero[]), ...INTERRUPTORES]

/** The value of a field, a number or a switch. */
export const valorEn = (contenido: Contenido, campo: Campo): number | boolean =>
  campo.split('.').reduce<unknown>((dentro, paso) => (dentro as Record<string, unknown>)[paso], contenido) as number | boolean

/** `5,000`, `1.25` */
export function enTexto(campo: Numero, valor: number): string {
  const { decimales } = rangoDe(campo)
  return decimales ? (valor / 100).toFixed(decimales) : valor.toLocaleString('es-MX')
}

/** Null: no number of this field. */
export function deTexto(campo: Numero, texto: string): number | null {
  const { min, max, decimales } = rangoDe(campo)
  const limpio = texto.trim().replaceAll(',', '')
  const forma = decimales ? /^\d{1,2}(\.\d{1,2})?$/ : /^\d{1,7}$/
  if (!forma.test(limpio)) return null
  const valor = decimales ? Math.round(Number(limpio) * 100) : Number(limpio)
  return valor >= min && valor <= max ? valor : null
}

/** The draft with this field as written; what is again as in force is no change. */
export function escribir(base: Contenido, borrador: Borrador, campo: Campo, valor: string | boolean): Borrador {
  const { [campo]: _antes, ...resto } = borrador
  const leido = esNumero(campo) ? deTexto(campo, String(valor)) : valor
  return leido === valorEn(base, campo) ? resto : { ...resto, [campo]: valor }
}

export interface Propuesta {
  /** Null while a field is wrong. */
  contenido: Contenido | null
  fallas: Partial<Record<Campo, Falla>>
  /** In the order of the form. */
  cambios: { campo: Campo; antes: number | boolean; despues: number | boolean }[]
}

/** What would be published: the version in force with the draft over it. */
export function proponer(base: Contenido, borrador: Borrador): Propuesta {
  const contenido = structuredClone(base)
  const fallas: Partial<Record<Campo, Falla>> = {}
  const cambios: Propuesta['cambios'] = []
  for (const campo of CAMPOS) {
    const escrito = borrador[campo]
    if (escrito === undefined) continue
    const despues = esNumero(campo) ? deTexto(campo, String(escrito)) : (escrito as boolean)
    if (despues === null) {
      fallas[campo] = 'rango'
      continue
    }
    const antes = valorEn(base, campo)
    poner(contenido, campo, despues)
    if (antes !== despues) cambios.push({ campo, antes, despues })
  }
  const { umbrales, multiplicadoresPct: m } = contenido
  if (umbrales.plata >= umbrales.oro) fallas['umbrales.oro'] ??= 'orden'
  if (m.bronce > m.plata) fallas['multiplicadoresPct.plata'] ??= 'orden'
  if (m.plata > m.oro) fallas['multiplicadoresPct.oro'] ??= 'orden'
  return { contenido: Object.keys(fallas).length === 0 ? contenido : null, fallas, cambios }
}

function poner(contenido: Contenido, campo: Campo, valor: number | boolean): void {
  const pasos = campo.split('.')
  const ultimo = pasos.pop() as string
  const dentro = pasos.reduce<Record<string, unknown>>((d, paso) => d[paso] as Record<string, unknown>, contenido as never)
  dentro[ultimo] = valor
}

/** What has to be written to come back to another version. */
export const comoEra = (base: Contenido, otra: Contenido): Borrador =>
  Object.fromEntries(
    CAMPOS.filter((campo) => valorEn(otra, campo) !== valorEn(base, campo)).map((campo) => {
      const valor = valorEn(otra, campo)
      return [campo, esNumero(campo) ? enTexto(campo, Number(valor)) : valor]
    }),
  )
