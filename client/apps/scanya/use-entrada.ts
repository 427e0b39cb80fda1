import { useEffect, useState } from 'react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import type { Persona } from '../../../workers/replica/api.ts'
import { bloqueoHasta, mandaPin, teclearPin } from '../../domain/empleados/entrada.ts'
import { useCaja, useVivo } from '../../replica/contexto.ts'
import type { Tecla } from '../../ui/teclado.tsx'
import { acceso as a } from './textos.ts'

/** The PIN being typed for one person, what came of it, and how long a lock still lasts (ms). Enters by itself at the sixth digit. */
export function useEntrada(persona: Persona | null, alFallar: () => void) {
  const { replica } = useCaja()
  const { estado } = useVivo()
  const [pin, setPin] = useState('')
  const [nick, setNick] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [ocupado, setOcupado] = useState(false)
  const [fallos, setFallos] = useState(0)
  const [bloqueadaHasta, setBloqueadaHasta] = useState(0)
  const espera = useCuenta(bloqueoHasta(bloqueadaHasta, persona, estado?.offsetMs ?? 0))

  const fallar = (texto: string) => {
    setPin('')
    setError(texto)
    setFallos((n) => n + 1)
    alFallar()
  }
  const entrar = async (conPin: string) => {
    const conNick = persona?.nick ?? nick.trim().replace(/^@/, '')
    if (conNick === '') return setError(a.faltaNick)
    setOcupado(true)
    try {
      const r = await replica.entrarEmpleado?.(conNick, conPin)
      // On success the turno changes, and the screen with it.
      if (r?.ok) return
      if (r?.esperaMs) setBloqueadaHasta(Date.now() + r.esperaMs)
      fallar(await enPalabras(r?.codigo ?? 'REPLICA_CAIDA'))
    } catch {
      fallar(await enPalabras('REPLICA_CAIDA'))
    } finally {
      setOcupado(false)
    }
  }
  const alTecla = (tecla: Tecla) => {
    if (ocupado || espera > 0) return
    const siguiente = teclearPin(pin, tecla)
    setError(null)
    setPin(siguiente)
    if (mandaPin(siguiente, tecla)) void entrar(siguiente)
    else if (tecla === 'ir') setError(a.faltaPin)
  }
  return { pin, error, espera, ocupado, nick, setNick, alTecla, fallos }
}

/** The words of refusals are no part of the first screen; without them the code itself. */
const enPalabras = (codigo: Codigo): Promise<string> =>
  import('../../lib/texto-de-codigo.ts').then(
    ({ textoDe }) => textoDe(codigo),
    () => codigo,
  )

/** ms left until `hasta` (device clock), moving each half second while there are any. */
function useCuenta(hasta: number): number {
  const [ahora, setAhora] = useState(() => Date.now())
  const corre = hasta > ahora
  useEffect(() => {
    setAhora(Date.now())
    if (hasta <= Date.now()) return
    const id = setInterval(() => setAhora(Date.now()), 500)
    return () => clearInterval(id)
  }, [hasta])
  return corre ? hasta - ahora : 0
}
