import { useState } from 'react'
import type { TurnoDeCaja } from '../../../../workers/replica/api.ts'
import { Hoja } from '../../../ui/hoja.tsx'
import { Icono } from '../../../ui/iconos.tsx'
import { compartir } from '../compartir.ts'
import { ResumenDeTurno, useTextoDeTurno } from './resumen.tsx'
import { t } from './textos.ts'
import '../../../domain/transacciones/ticket-hoja.css'

/** A shift that was closed, to print or to send. */
export function HojaDeTurno({ turno, alCerrar }: { turno: TurnoDeCaja; alCerrar: () => void }) {
  const texto = useTextoDeTurno(turno)
  const [copiado, setCopiado] = useState(false)
  return (
    <Hoja
      titulo={t.cerrado}
      alCerrar={alCerrar}
      pie={
        <div className="actions">
          <button type="button" className="btn btn--secondary" onClick={() => window.print()}>
            <Icono de="imprimir" />
            {t.imprimir}
          </button>
          <button
            type="button"
            className="btn btn--secondary"
            onClick={() => void compartir(t.titulo, texto()).then((como) => setCopiado(como === 'copiado'))}
          >
            <Icono de="compartir" />
            <span role="status">{copiado ? t.copiado : t.compartir}</span>
          </button>
        </div>
      }
    >
      <ResumenDeTurno turno={turno} />
    </Hoja>
  )
}
