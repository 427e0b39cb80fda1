/** @jsxImportSource preact */
/** Points that land while the card is looked at (PWA-06): the moment a shopper waits for at the till. */
import { useEffect, useState } from 'preact/hooks'
import { vibrar } from '../lib/vibrar.ts'
import type { Foto, Movimiento } from './foto.ts'
import { Icono } from './iconos.tsx'
import { conSigno } from './numeros.ts'
import { t } from './textos.ts'

const A_LA_VISTA_MS = 6_000
/** What is older was not just earned: a phone that comes back after days is told by its list. */
const RECIENTE_MS = 10 * 60_000

/** The newest credit that was not there before; null for none, and for the first snapshot of a run. */
export function llegadaEntre(antes: Foto | null, despues: Foto): Movimiento | null {
  if (!antes) return null
  const previos = new Set(antes.movimientos.filter(({ tipo }) => tipo === 'ganado').map(({ id }) => id))
  return despues.movimientos.find((m) => m.tipo === 'ganado' && !previos.has(m.id) && despues.at - m.at < RECIENTE_MS) ?? null
}

export function Llegada({ llegada }: { llegada: Movimiento | null }) {
  const [vista, setVista] = useState<Movimiento | null>(null)
  useEffect(() => {
    if (!llegada) return
    setVista(llegada)
    vibrar(40)
    const alarma = setTimeout(() => setVista(null), A_LA_VISTA_MS)
    return () => clearTimeout(alarma)
  }, [llegada])
  return (
    <div class="llegada" role="status">
      {vista && (
        <p class="toast num">
          <Icono de="palomita" />
          {t.llegaron(conSigno(vista.puntos), vista.negocioNombre)}
        </p>
      )}
    </div>
  )
}
