import type { ReactNode } from 'react'
import type { ResumenDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { useAhora } from '../contexto.ts'
import { cuantosEsperan } from '../equipo.ts'
import { Nada } from '../fila-de-equipo.tsx'
import { edad, numero } from '../palabras.ts'
import { t } from './textos.ts'

/** The strip above everything. What devices have not sent is at least this: those out of contact may have sold more. */
export function Cifras({ resumen: r }: { resumen: ResumenDePlataforma }) {
  const ahora = useAhora()
  const lejos = r.enLinea < r.equipos
  return (
    <section className="card strip" aria-label={t.cifras}>
      <Cifra rotulo={t.enLinea} valor={numero(r.enLinea)} nota={t.de(numero(r.equipos))} />
      <Cifra rotulo={t.porEnviar} valor={cuantosEsperan(r.pendientes, lejos)} />
      <Cifra
        rotulo={t.masViejo}
        valor={r.masAntiguoAt === null ? <Nada dicho={!lejos} /> : edad(ahora - r.masAntiguoAt)}
        nota={r.masAntiguoAt === null ? '' : r.masAntiguoDe}
        tono={r.masAntiguoAt === null ? 'mut' : 'warn'}
      />
      <Cifra rotulo={t.recibidosHoy} valor={numero(r.recibidosHoy)} />
      <Cifra
        rotulo={t.enRevision}
        valor={numero(r.enRevision)}
        nota={t.sinProcesar(numero(r.sinProcesar))}
        tono={r.sinProcesar > 0 ? 'bad' : ''}
      />
      <Cifra rotulo={t.conAtencion} valor={numero(r.conAtencion)} nota={t.equipos(r.conAtencion)} tono={r.conAtencion > 0 ? 'warn' : ''} />
    </section>
  )
}

function Cifra({ rotulo, valor, nota, tono = '' }: { rotulo: string; valor: ReactNode; nota?: string; tono?: string }) {
  return (
    <div>
      <span className="lb">{rotulo}</span>
      <span className="v">
        <span className={tono}>{valor}</span>{' '}
        {nota && (
          <small className="tr" title={nota}>
            {nota}
          </small>
        )}
      </span>
    </div>
  )
}
