/** What became of a hecho, in a word and a shape, and what kind of hecho it is. */
import { Check, Copy, Hourglass, Minus, ShieldAlert, TriangleAlert, X } from 'lucide-react'
import { catalogo } from '../../lib/i18n.ts'
import { Etiqueta } from '../../ui/escritorio/etiqueta.tsx'

const t = catalogo({
  es: {
    aceptado: 'Aceptado',
    retenido: 'Retenido',
    en_revision: 'En revisión',
    en_espera: 'En espera',
    huerfano: 'Huérfano',
    duplicado: 'Repetido',
    sin_procesar: 'Sin procesar',
    perdido: 'Perdido',
    pendiente: 'En revisión',
    acreditado: 'Aprobado',
    rechazado: 'Rechazado',
    caducado: 'Caducó',
    cerrado: 'Cerrado',
    venta: 'venta',
    reembolso: 'reembolso',
    anulacion: 'anulación',
    ajuste_puntos: 'ajuste de puntos',
    'cadena.abierta': 'diario abierto',
    'turno.abierto': 'inicio de turno',
    'turno.cerrado': 'cierre de turno',
    'retencion.vencida': 'fin de un plazo',
    'espera.vencida': 'fin de una espera',
    reproceso: 'juzgado otra vez',
    ilegible: 'ilegible',
  },
  en: {
    aceptado: 'Accepted',
    retenido: 'On hold',
    en_revision: 'In review',
    en_espera: 'Waiting',
    huerfano: 'Orphan',
    duplicado: 'Repeated',
    sin_procesar: 'Not processed',
    perdido: 'Lost',
    pendiente: 'In review',
    acreditado: 'Approved',
    rechazado: 'Refused',
    caducado: 'Lapsed',
    cerrado: 'Closed',
    venta: 'sale',
    reembolso: 'refund',
    anulacion: 'cancellation',
    ajuste_puntos: 'points adjustment',
    'cadena.abierta': 'journal opened',
    'turno.abierto': 'shift start',
    'turno.cerrado': 'shift end',
    'retencion.vencida': 'end of a hold',
    'espera.vencida': 'end of a wait',
    reproceso: 'judged again',
    ilegible: 'unreadable',
  },
})

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
