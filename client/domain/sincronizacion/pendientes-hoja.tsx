import { useEffect, useState } from 'react'
import { textoDeCodigo } from '../../../schema/core/codigos.ts'
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { hace, pesos } from '../../lib/formato.ts'
import { useCaja } from '../../replica/contexto.ts'
import { renglonDe } from '../../replica/renglon.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { resumenDePendientes } from './estado-en-palabras.ts'

interface Pendiente {
  cadenaId: string
  seq: number
  tipo: string
  wall: number
  cuerpo: string
}
const NOMBRES: Record<string, string> = {
  venta: 'Venta',
  reembolso: 'Reembolso',
  anulacion: 'Anulación',
  ajuste_puntos: 'Ajuste de puntos',
  'cadena.abierta': 'Alta de esta caja',
}

/** Everything this device has not handed in, with its age; retry and export. */
export function PendientesHoja({ estado, ahora, alCerrar }: { estado: EstadoSync; ahora: number; alCerrar: () => void }) {
  const { replica } = useCaja()
  const [pendientes, setPendientes] = useState<Pendiente[] | null>(null)
  const [aviso, setAviso] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state of the exchange makes the list old
  useEffect(() => {
    let vivo = true
    void replica.pendientes().then((r) => vivo && (r.ok ? setPendientes(r.valor) : setAviso(textoDeCodigo(r.codigo))))
    return () => {
      vivo = false
    }
  }, [replica, estado])
  const reintentar = async () => {
    const r = await replica.sincronizarAhora()
    setAviso(r.ok ? (r.valor.fase === 'al_dia' ? 'Listo: el servidor ya tiene todo.' : 'Seguimos intentando.') : textoDeCodigo(r.codigo))
  }
  const exportar = async () => {
    const r = await replica.exportarPendientes()
    if (r.ok) descargar(r.valor)
    else setAviso(textoDeCodigo(r.codigo))
  }
  return (
    <Hoja titulo="Por enviar" alCerrar={alCerrar}>
      <p className="suave">{resumenDePendientes(estado, ahora)}</p>
      <ul className="lista lista--hoja">
        {(pendientes ?? []).map((p) => (
          <li key={`${p.cadenaId}|${p.seq}`} className="renglon renglon--aqui">
            <span className="renglon__texto">
              <b>{titulo(p)}</b>
              <small>
                Registro {p.seq} · {hace(ahora - p.wall)}
              </small>
            </span>
            <span className="cifra">{monto(p)}</span>
          </li>
        ))}
      </ul>
      {aviso && (
        <p role="status" className="suave">
          {aviso}
        </p>
      )}
      <div className="fila">
        <button type="button" className="boton" onClick={() => void reintentar()}>
          Enviar ahora
        </button>
        <button type="button" className="boton boton--mudo" disabled={estado.pendientes === 0} onClick={() => void exportar()}>
          Guardar copia firmada
        </button>
      </div>
    </Hoja>
  )
}

const leido = (p: Pendiente) => renglonDe({ id: `${p.cadenaId}|${p.seq}`, cuerpo: p.cuerpo })
const titulo = (p: Pendiente) => [NOMBRES[p.tipo] ?? p.tipo, leido(p)?.folio].filter(Boolean).join(' ')
function monto(p: Pendiente): string {
  const renglon = leido(p)
  return renglon && renglon.montoCentavos > 0 ? pesos(renglon.montoCentavos) : ''
}

function descargar(texto: string): void {
  const url = URL.createObjectURL(new Blob([texto], { type: 'application/json' }))
  const enlace = document.createElement('a')
  enlace.href = url
  enlace.download = `pendientes-${new Date().toISOString().slice(0, 10)}.json`
  enlace.click()
  URL.revokeObjectURL(url)
}
