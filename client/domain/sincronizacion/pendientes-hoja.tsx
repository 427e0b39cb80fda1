import { useEffect, useState } from 'react'
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { descargar } from '../../lib/descargar.ts'
import { hace, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja } from '../../replica/contexto.ts'
import { renglonDe } from '../../replica/renglon.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { resumenDePendientes } from './estado-en-palabras.ts'
import { t } from './textos.ts'

interface Pendiente {
  cadenaId: string
  seq: number
  tipo: string
  wall: number
  cuerpo: string
}
const NOMBRES: Record<string, string> = {
  venta: t.venta,
  reembolso: t.reembolso,
  anulacion: t.anulacion,
  ajuste_puntos: t.ajuste,
  'cadena.abierta': t.altaDeCaja,
}

/** Everything this device has not handed in, with its age; retry and export. */
export function PendientesHoja({ estado, ahora, alCerrar }: { estado: EstadoSync; ahora: number; alCerrar: () => void }) {
  const { replica } = useCaja()
  const [pendientes, setPendientes] = useState<Pendiente[] | null>(null)
  const [aviso, setAviso] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state of the exchange makes the list old
  useEffect(() => {
    let vivo = true
    void replica.pendientes().then((r) => vivo && (r.ok ? setPendientes(r.valor) : setAviso(textoDe(r.codigo))))
    return () => {
      vivo = false
    }
  }, [replica, estado])
  const reintentar = async () => {
    const r = await replica.sincronizarAhora()
    setAviso(r.ok ? (r.valor.fase === 'al_dia' ? t.listo : t.seguimos) : textoDe(r.codigo))
  }
  const exportar = async () => {
    const r = await replica.exportarPendientes()
    if (r.ok) descargar('pendientes', r.valor)
    else setAviso(textoDe(r.codigo))
  }
  return (
    <Hoja titulo={t.porEnviar} alCerrar={alCerrar}>
      <p className="suave">{resumenDePendientes(estado, ahora)}</p>
      <ul className="lista lista--hoja">
        {(pendientes ?? []).map((p) => (
          <li key={`${p.cadenaId}|${p.seq}`} className="renglon renglon--aqui">
            <span className="renglon__texto">
              <b>{titulo(p)}</b>
              <small>{t.registro(p.seq, hace(ahora - p.wall))}</small>
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
          {t.enviarAhora}
        </button>
        <button type="button" className="boton boton--mudo" disabled={estado.pendientes === 0} onClick={() => void exportar()}>
          {t.guardarCopia}
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
