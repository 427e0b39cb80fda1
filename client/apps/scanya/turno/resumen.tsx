import type { TurnoDeCaja } from '../../../../workers/replica/api.ts'
import { diaYHora } from '../../../lib/formato.ts'
import { useCaja, useVivo } from '../../../replica/contexto.ts'
import { cajonDe, type Linea, lineasDe } from './cuadre.ts'
import { t } from './textos.ts'

/** The paper of a shift: what was sold, and the drawer. `ticket-hoja`: it is what the printer prints. */
export function ResumenDeTurno({ turno }: { turno: TurnoDeCaja }) {
  const { alta } = useCaja()
  return (
    <section className="ticket ticket-hoja turno-papel" aria-label={t.resumen}>
      <p className="b">{alta.negocioNombre}</p>
      <p className="sm soft">{[alta.sucursalNombre, alta.serie && t.caja(alta.serie)].filter(Boolean).join(' · ')}</p>
      <p className="sm soft num">{useCuando(turno)}</p>
      <p className="sm soft">{useQuienes(turno)}</p>
      <hr className="perf" />
      <Lineas lineas={lineasDe(turno)} />
      <hr className="perf" />
      <Lineas lineas={cajonDe(turno)} />
      {turno.nota && <p className="sm soft nota-de-turno">{turno.nota}</p>}
    </section>
  )
}

const Lineas = ({ lineas }: { lineas: readonly Linea[] }) =>
  lineas.map(([de, es]) => (
    <p key={de} className={`line ${de === t.esperado || de === t.diferencia || de === t.vendido ? 'line--fuerte' : ''}`}>
      <span>{de}</span>
      <span className="num">{es}</span>
    </p>
  ))

/** From when to when, in the zone of the sucursal. */
export function useCuando({ abiertoAt, cerradoAt }: TurnoDeCaja): string {
  const { zona } = useVivo()
  return cerradoAt === null ? t.desde(diaYHora(abiertoAt, zona)) : t.deA(diaYHora(abiertoAt, zona), diaYHora(cerradoAt, zona))
}

function useQuienes({ abiertoPor, cerradoPor }: TurnoDeCaja): string {
  const { config, turno } = useVivo()
  const quien = (id: string | null): string | null => {
    const empleado = config.find((doc) => doc.id === `empleado:${id}`)
    return empleado && 'nick' in empleado ? `@${empleado.nick}` : turno?.operador.id === id ? turno.nombre : null
  }
  const [abrio, cerro] = [quien(abiertoPor), quien(cerradoPor)]
  return [abrio && `${t.abrio} ${abrio}`, cerro && `${t.cerro} ${cerro}`].filter(Boolean).join(' · ')
}

/** The same, as a text to send. */
export function useTextoDeTurno(turno: TurnoDeCaja): () => string {
  const { alta } = useCaja()
  const cuando = useCuando(turno)
  return () =>
    [
      `${alta.negocioNombre} · ${t.titulo}`,
      cuando,
      ...[...lineasDe(turno), ...cajonDe(turno)].map(([de, es]) => `${de}: ${es}`),
      ...(turno.nota ? [turno.nota] : []),
    ].join('\n')
}
