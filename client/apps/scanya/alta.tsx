import { useEffect, useState } from 'react'
import { textoDeCodigo } from '../../../schema/core/codigos.ts'
import type { Alta, ReplicaApi } from '../../../workers/replica/api.ts'
import { leerDemo, pedirEnlace } from '../../domain/demo/api-demo.ts'
import { Credenciales, type CredencialesDemo } from '../../domain/demo/credenciales.tsx'
import { pedirAlmacenPersistente } from '../../lib/service-worker.ts'
import { Icono } from '../../ui/iconos.tsx'

interface Props {
  replica: ReplicaApi
  /** From the address `/i#token`, when the page was opened by an enrolment link. */
  token: string | null
  alDarDeAlta: (alta: Alta) => void
}

/** The first screen of a device: by its one-use link, or in the demo world with one tap. */
export function AltaPanel({ replica, token, alDarDeAlta }: Props) {
  const [demo, setDemo] = useState<CredencialesDemo | null>(null)
  const [ocupado, setOcupado] = useState(false)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    void leerDemo().then((r) => r.ok && setDemo(r.valor as CredencialesDemo))
  }, [])

  const darDeAlta = async (obtenerToken: () => Promise<string | null>) => {
    setOcupado(true)
    setError(null)
    const obtenido = await obtenerToken()
    if (obtenido === null) setError('El servidor no respondió. Intenta otra vez.')
    else {
      await pedirAlmacenPersistente()
      const r = await replica.darDeAlta(obtenido, navigator.userAgent.slice(0, 200))
      if (r.ok) return alDarDeAlta(r.valor)
      setError(textoDeCodigo(r.codigo))
    }
    setOcupado(false)
  }
  const conEnlaceDeDemo = async () => {
    const r = await pedirEnlace()
    return r.ok ? r.valor.token : null
  }

  return (
    <main className="alta">
      <h1>Esta caja es nueva</h1>
      <p className="suave">Dala de alta una vez, con conexión. Después vende con o sin ella: lo que se registra aquí no se pierde.</p>
      {error && (
        <p className="mal" role="alert">
          <Icono de="atencion" /> {error}
        </p>
      )}
      {token !== null && (
        <button type="button" className="boton boton--accion" disabled={ocupado} onClick={() => void darDeAlta(async () => token)}>
          Dar de alta esta caja
        </button>
      )}
      {token === null && demo && (
        <button type="button" className="boton boton--accion" disabled={ocupado} onClick={() => void darDeAlta(conEnlaceDeDemo)}>
          Dar de alta esta caja
        </button>
      )}
      {token === null && !demo && <p className="tarjeta">Pide al dueño el enlace de alta y ábrelo en este equipo.</p>}
      {demo && <Credenciales demo={demo} />}
    </main>
  )
}
