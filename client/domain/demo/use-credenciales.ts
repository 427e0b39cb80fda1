import { useEffect, useState } from 'react'
import { leerDemo } from './api-demo.ts'

/** The credentials of an account of the demo world by its key (`roma`, `norte`, `admin`…); null when there is none, 'buscando' meanwhile. */
export function useCredenciales(clave: string | null): { correo: string; contrasena: string } | null | 'buscando' {
  const [encontradas, setEncontradas] = useState<{ correo: string; contrasena: string } | null | 'buscando'>(clave ? 'buscando' : null)
  useEffect(() => {
    if (!clave) return
    let vivo = true
    void leerDemo().then((r) => {
      if (vivo) setEncontradas((r.ok && r.valor.cuentas.find((c) => c.clave === clave)) || null)
    })
    return () => {
      vivo = false
    }
  }, [clave])
  return encontradas
}
