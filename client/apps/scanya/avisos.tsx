import { useEffect, useState } from 'react'
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { resumenDePendientes } from '../../domain/sincronizacion/estado-en-palabras.ts'
import { hora } from '../../lib/formato.ts'
import { Icono } from '../../ui/iconos.tsx'

/** The chip changes at once; the banner waits, because most cuts end sooner (design 05). */
const ESPERA_MS = 10_000

/** What works now and what does not. One banner at a time, the gravest first. */
export function Avisos({
  estado,
  ahora,
  zona,
  alUsarAqui,
}: {
  estado: EstadoSync | null
  ahora: number
  zona: string
  alUsarAqui: () => void
}) {
  const sinConexion = useSostenido(estado?.fase === 'sin_conexion', ESPERA_MS)
  if (!estado) return null
  if (estado.fase === 'revocado')
    return (
      <Banda titulo="Este equipo fue dado de baja">
        <p>Ya no vende. Lo que falte por enviar sale en cuanto haya conexión.</p>
      </Banda>
    )
  if (!estado.lider)
    return (
      <Banda titulo="ScanYA ya está abierta en otra pestaña">
        <p>Lo que vendas aquí también se guarda. La otra pestaña es la que envía.</p>
        <button type="button" className="boton" onClick={alUsarAqui}>
          Usar aquí
        </button>
      </Banda>
    )
  if (estado.licenciaVenceAt !== null && estado.licenciaVenceAt < ahora)
    return (
      <Banda titulo="La licencia de este equipo venció">
        <p>Puedes seguir vendiendo: los puntos quedan retenidos. Los reembolsos esperan a que lo conectes.</p>
      </Banda>
    )
  if (!sinConexion) return null
  return (
    <Banda titulo="Sigue vendiendo. Nada se pierde.">
      <p>{resumenDePendientes(estado, ahora)}</p>
      <ul className="banda__dos">
        <li>
          <Icono de="palomita" /> Vender y dar puntos
        </li>
        <li>
          <Icono de="palomita" /> Reembolsar
        </li>
        <li className="suave">
          <Icono de="enviar" /> Puntos definitivos
        </li>
        <li className="suave">
          <Icono de="enviar" /> Ver otras cajas
        </li>
      </ul>
      {estado.ultimoIntercambioAt !== null && (
        <small className="suave">Último intercambio a las {hora(estado.ultimoIntercambioAt, zona)}.</small>
      )}
    </Banda>
  )
}

function Banda({ titulo, children }: { titulo: string; children: React.ReactNode }) {
  return (
    <section className="banda" role="status">
      <h2>{titulo}</h2>
      {children}
    </section>
  )
}

/** True once `condicion` has held for `ms` without a break. */
function useSostenido(condicion: boolean, ms: number): boolean {
  const [cumplido, setCumplido] = useState(false)
  useEffect(() => {
    if (!condicion) return setCumplido(false)
    const id = setTimeout(() => setCumplido(true), ms)
    return () => clearTimeout(id)
  }, [condicion, ms])
  return cumplido
}
