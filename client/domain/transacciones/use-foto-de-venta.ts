import { useEffect, useState } from 'react'
import type { ReplicaApi } from '../../../workers/replica/api.ts'

export type FotoVista = { como: 'buscando' } | { como: 'esta'; src: string } | { como: 'no_esta'; sinRed: boolean }

/** The evidence photo of a sale (SCAN-17): from this device while it has it, else from the server. */
export function useFotoDeVenta(replica: Pick<ReplicaApi, 'foto'>, hash: string): FotoVista {
  const [foto, setFoto] = useState<FotoVista>({ como: 'buscando' })
  useEffect(() => {
    let vivo = true
    let url: string | null = null
    const caida = { ok: false, codigo: 'REPLICA_CAIDA' } as const
    void (replica.foto?.(hash) ?? Promise.resolve(caida))
      .catch(() => caida)
      .then((r) => {
        if (!vivo) return
        if (!r.ok || r.valor === null) return setFoto({ como: 'no_esta', sinRed: !r.ok })
        url = URL.createObjectURL(r.valor)
        setFoto({ como: 'esta', src: url })
      })
    return () => {
      vivo = false
      if (url) URL.revokeObjectURL(url)
    }
  }, [replica, hash])
  return foto
}
