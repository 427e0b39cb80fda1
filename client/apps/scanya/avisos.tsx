import { useEffect, useState } from 'react'
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { resumenDePendientes } from '../../domain/sincronizacion/estado-en-palabras.ts'
import { hora } from '../../lib/formato.ts'
import { Icono } from '../../ui/iconos.tsx'
import { Banda } from './banda.tsx'
import { t } from './textos.ts'

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
  if (estado.fase === 'reiniciando')
    return (
      <Banda titulo={t.reiniciando}>
        <p>{t.reiniciandoTexto}</p>
      </Banda>
    )
  if (estado.fase === 'caida')
    return (
      <Banda titulo={t.caida}>
        <p>{t.caidaTexto}</p>
        <button type="button" className="boton" onClick={() => location.reload()}>
          {t.abrirOtraVez}
        </button>
      </Banda>
    )
  if (!estado.lider)
    return (
      <Banda titulo={t.otraPestana}>
        <p>{t.otraPestanaTexto}</p>
        <button type="button" className="boton" onClick={alUsarAqui}>
          {t.usarAqui}
        </button>
      </Banda>
    )
  if (estado.licenciaVenceAt !== null && estado.licenciaVenceAt < ahora)
    return (
      <Banda titulo={t.licenciaVencida}>
        <p>{t.licenciaVencidaTexto}</p>
      </Banda>
    )
  if (!sinConexion) return null
  return (
    <Banda titulo={t.sigueVendiendo}>
      <p>{resumenDePendientes(estado, ahora)}</p>
      <ul className="banda__dos">
        <li>
          <Icono de="palomita" /> {t.puedeVender}
        </li>
        <li>
          <Icono de="palomita" /> {t.puedeReembolsar}
        </li>
        <li className="suave">
          <Icono de="enviar" /> {t.noPuntos}
        </li>
        <li className="suave">
          <Icono de="enviar" /> {t.noOtrasCajas}
        </li>
      </ul>
      {estado.ultimoIntercambioAt !== null && (
        <small className="suave">{t.ultimoIntercambio(hora(estado.ultimoIntercambioAt, zona))}</small>
      )}
    </Banda>
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
