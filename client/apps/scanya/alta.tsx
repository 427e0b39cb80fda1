import { useEffect, useState } from 'react'
import type { Alta, ReplicaApi } from '../../../workers/replica/api.ts'
import { leerDemo, pedirEnlace } from '../../domain/demo/api-demo.ts'
import { Credenciales, type CredencialesDemo } from '../../domain/demo/credenciales.tsx'
import { textoDe } from '../../lib/i18n.ts'
import { pedirAlmacenPersistente } from '../../lib/service-worker.ts'
import { useEstadoSync } from '../../replica/use-estado.ts'
import { Icono } from '../../ui/iconos.tsx'
import { Revocado } from './revocado.tsx'
import { t } from './textos.ts'

interface Props {
  replica: ReplicaApi
  /** From the address `/i#token`, when the page was opened by an enrolment link. */
  token: string | null
  alDarDeAlta: (alta: Alta) => void
}

/** The first screen of a device: by its one-use link, or in the demo world with one tap. */
export function AltaPanel({ replica, token, alDarDeAlta }: Props) {
  const estado = useEstadoSync(replica)
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
    if (obtenido === null) setError(t.sinRespuesta)
    else {
      await pedirAlmacenPersistente()
      const r = await replica.darDeAlta(obtenido, navigator.userAgent.slice(0, 200))
      if (r.ok) return alDarDeAlta(r.valor)
      setError(textoDe(r.codigo))
    }
    setOcupado(false)
  }
  const conEnlaceDeDemo = async () => {
    const r = await pedirEnlace()
    return r.ok ? r.valor.token : null
  }

  return (
    <main className="alta">
      {estado?.fase === 'revocado' && <Revocado replica={replica} estado={estado} />}
      <h1>{estado?.fase === 'revocado' ? t.altaOtraVez : t.altaTitulo}</h1>
      <p className="suave">{t.altaTexto}</p>
      {error && (
        <p className="mal" role="alert">
          <Icono de="atencion" /> {error}
        </p>
      )}
      {token !== null && (
        <button type="button" className="boton boton--accion" disabled={ocupado} onClick={() => void darDeAlta(async () => token)}>
          {t.darDeAlta}
        </button>
      )}
      {token === null && demo && (
        <button type="button" className="boton boton--accion" disabled={ocupado} onClick={() => void darDeAlta(conEnlaceDeDemo)}>
          {t.darDeAlta}
        </button>
      )}
      {token === null && !demo && <p className="tarjeta">{t.pideEnlace}</p>}
      {demo && <Credenciales demo={demo} />}
    </main>
  )
}
