import { CircleAlert } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Respuesta } from '../../lib/http.ts'
import { textoDe } from '../../lib/i18n.ts'
import type { SesionDeCuenta, Yo } from './sesion.ts'
import { t } from './textos.ts'
import { useSesion } from './use-sesion.ts'
import './puerta-de-sesion.css'

interface Props {
  app: 'tienda' | 'panel'
  /** Of the login. */
  titulo: string
  explicacion: string
  /** One-tap credentials to enter with at once; null: none, and `buscando` while they are asked for. */
  credenciales: { correo: string; contrasena: string } | null | 'buscando'
  alEntrar: () => void
  children: (sesion: SesionDeCuenta, yo: Yo) => ReactNode
}

/** Shows what is inside to whoever has a session, and the login to everybody else. */
export function PuertaDeSesion({ app, titulo, explicacion, credenciales, alEntrar, children }: Props) {
  const { sesion, estado } = useSesion(app, credenciales === null)
  const unToque = useUnToque(sesion, credenciales, alEntrar)
  if (unToque === 'entrando' || estado.en === 'abriendo') return <p className="state">{t.abriendo}</p>
  if (estado.en === 'dentro') return children(sesion, estado.yo)
  return (
    <main className="puerta">
      <div className="puerta__hoja card">
        <span className="logo" aria-hidden="true">
          {'Ya'}
        </span>
        <h1>{titulo}</h1>
        <p>{explicacion}</p>
        {estado.sinRed ? (
          <SinRed alReintentar={() => void sesion.abrir()} />
        ) : (
          <Formulario entrar={(correo, contrasena) => sesion.entrar(correo, contrasena)} previa={unToque} />
        )}
        <a href="/">{t.inicio}</a>
      </div>
    </main>
  )
}

/** One tap is one try: what stops it is said above the ordinary login. It enters as the one that was tapped, whoever was in before. */
function useUnToque(sesion: SesionDeCuenta, credenciales: Props['credenciales'], alEntrar: () => void): 'entrando' | Falla | null {
  const [fase, setFase] = useState<'entrando' | Falla | null>(credenciales === null ? null : 'entrando')
  const hecho = useRef(false)
  useEffect(() => {
    if (credenciales === 'buscando' || hecho.current) return
    if (credenciales === null) return setFase(null)
    hecho.current = true
    setFase('entrando')
    void sesion.entrar(credenciales.correo, credenciales.contrasena).then((r) => {
      setFase(r.ok ? null : r)
      if (r.ok) alEntrar()
    })
  }, [sesion, credenciales, alEntrar])
  return fase
}

type Falla = Extract<Respuesta<null>, { ok: false }>

function SinRed({ alReintentar }: { alReintentar: () => void }) {
  return (
    <>
      <p role="status">{t.sinRed}</p>
      <button type="button" className="btn p" onClick={alReintentar}>
        {t.otraVez}
      </button>
    </>
  )
}

function Formulario({
  entrar,
  previa,
}: {
  entrar: (correo: string, contrasena: string) => Promise<Respuesta<null>>
  previa: Falla | null
}) {
  const [falla, setFalla] = useState<Falla | null>(previa)
  const [ocupado, setOcupado] = useState(false)
  const id = useId()
  const enviar = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault()
    const datos = new FormData(e.currentTarget)
    setOcupado(true)
    const r = await entrar(String(datos.get('correo')), String(datos.get('contrasena')))
    setOcupado(false)
    setFalla(r.ok ? null : r)
  }
  return (
    <form className={falla ? 'field err' : 'field'} onSubmit={(e) => void enviar(e)}>
      <label htmlFor={`${id}c`}>{t.correo}</label>
      <span className="in">
        <input id={`${id}c`} name="correo" type="email" autoComplete="username" required aria-describedby={`${id}e`} />
      </span>
      <label htmlFor={`${id}p`}>{t.contrasena}</label>
      <span className="in">
        <input id={`${id}p`} name="contrasena" type="password" autoComplete="current-password" required aria-describedby={`${id}e`} />
      </span>
      <p className="em" id={`${id}e`} role="alert">
        {falla && (
          <>
            <CircleAlert className="i" aria-hidden="true" />
            {textoDe(falla.codigo)} {falla.esperaMs ? t.espera(Math.ceil(falla.esperaMs / 60_000)) : ''}
          </>
        )}
      </p>
      <button type="submit" className="btn p" disabled={ocupado}>
        {ocupado ? t.entrando : t.entrar}
      </button>
    </form>
  )
}
