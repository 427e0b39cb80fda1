/** What became of a hecho, in a word and a shape, and what kind of hecho it is. */
import { Check, Copy, Hourglass, Minus, ShieldAlert, TriangleAlert, X } from 'lucide-react'
import { Etiqueta } from '../../ui/escritorio/etiqueta.tsx'
import { t } from './textos-de-veredicto.ts'

const palabra = (de: string): string => (Object.hasOwn(t, de) ? t[de as keyof typeof t] : de)
/** `venta`, `inicio de turno`; one this release does not know keeps its name on the wire. */
export const nombreDeHecho = (tipo: string | null): string => palabra(tipo ?? 'ilegible')

/** `estado`: of a verdict or its outcome. `regla`: the first that spoke. */
export function Veredicto({ estado, regla }: { estado: string; regla?: string | null }) {
  const texto = [palabra(estado), regla].filter(Boolean).join(' ')
  switch (estado) {
    case 'aceptado':
      return (
        <span className="ok sm nw">
          <Check className="i s" aria-hidden="true" /> {texto}
        </span>
      )
    case 'acreditado':
      return (
        <Etiqueta tono="ok" icono={Check}>
          {texto}
        </Etiqueta>
      )
    case 'sin_procesar':
    case 'perdido':
    case 'huerfano':
      return (
        <Etiqueta tono="bad" icono={TriangleAlert}>
          {texto}
        </Etiqueta>
      )
    case 'duplicado':
      return <Etiqueta icono={Copy}>{texto}</Etiqueta>
    case 'rechazado':
      return <Etiqueta icono={X}>{texto}</Etiqueta>
    case 'caducado':
    case 'cerrado':
      return <Etiqueta icono={Minus}>{texto}</Etiqueta>
    case 'en_revision':
    case 'retenido':
    case 'en_espera':
    case 'pendiente':
      return (
        <Etiqueta tono="warn" icono={Hourglass}>
          {texto}
        </Etiqueta>
      )
    default:
      return <Etiqueta icono={ShieldAlert}>{texto}</Etiqueta>
  }
}
