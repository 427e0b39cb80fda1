import { useRef, useState } from 'react'
import type { Respuesta } from '../../../workers/replica/api.ts'
import { textoDe } from '../../lib/i18n.ts'
import { sonar } from '../../lib/sonido.ts'

/**
 * Writes one hecho of a sheet: a second press while the first is on its way does nothing, and what was refused is said in words. ID_EN_USO: an earlier press
 * recorded it, whose answer was lost (use-id-de-hecho.ts). `registrar` undefined: the replica is gone.
 */
export function useRegistrar(alTerminar: () => void): {
  ocupada: boolean
  error: string | null
  decir: (error: string | null) => void
  registrar: (hacer: () => Promise<Respuesta<unknown>> | undefined) => void
} {
  const enCurso = useRef(false)
  const [ocupada, setOcupada] = useState(false)
  const [error, decir] = useState<string | null>(null)
  const registrar = async (hacer: () => Promise<Respuesta<unknown>> | undefined) => {
    if (enCurso.current) return
    enCurso.current = true
    setOcupada(true)
    decir(null)
    const caida = { ok: false, codigo: 'REPLICA_CAIDA' } as const
    const r = await (hacer() ?? Promise.resolve(caida)).catch(() => caida)
    enCurso.current = false
    setOcupada(false)
    if (!r.ok && r.codigo !== 'ID_EN_USO') return decir(textoDe(r.codigo))
    sonar('confirmacion')
    alTerminar()
  }
  return { ocupada, error, decir, registrar: (hacer) => void registrar(hacer) }
}
