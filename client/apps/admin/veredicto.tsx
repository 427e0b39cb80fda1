/** What became of a hecho, in a word and a shape, and what kind of hecho it is. */
import { Check, Copy, Hourglass, Minus, ShieldAlert, TriangleAlert, X } from 'lucide-react'
import { Etiqueta } from '../../ui/escritorio/etiqueta.tsx'
import { t } from './textos-de-veredicto.ts'

const palabra = (de: string): string => (Object.hasOwn(t, de) ? t[de as keyof typeof t] : de)
/** `venta`, `inicio de turno`; one this release does not know keeps its name on the wire. */
export const nombreDeHecho = (tipo: string | null): string => palabra(tipo ?? 'ilegible')

const MAL = { tono: 'bad', icono: TriangleAlert } as const
const ESPERA = { tono: 'warn', icono: Hourglass } as const
const PINTA = {
  acreditado: { tono: 'ok', icono: Check },
  sin_procesar: MAL,
  perdido: MAL,
  huerfano: MAL,
  duplicado: { icono: Copy },
  rechazado: { icono: X },
  caducado: { icono: Minus },
  cerrado: { icono: Minus },
  en_revision: ESPERA,
  retenido: ESPERA,
  en_espera: ESPERA,
  pendiente: ESPERA,
} as const

/** `estado`: of a verdict or its outcome; what is in order needs no tag. `regla`: the first that spoke. */
export function Veredicto({ estado, regla }: { estado: string; regla?: string | null }) {
  const texto = [palabra(estado), regla].filter(Boolean).join(' ')
  if (estado === 'aceptado')
    return (
      <span className="ok sm nw">
        <Check className="i s" aria-hidden="true" /> {texto}
      </span>
    )
  const pinta = Object.hasOwn(PINTA, estado) ? PINTA[estado as keyof typeof PINTA] : { icono: ShieldAlert }
  return <Etiqueta {...pinta}>{texto}</Etiqueta>
}
