/** @jsxImportSource preact */
/** The first time on a phone: correo and contraseña, or a new account; then the phone is the card. Also the way back after a session ended. */
import type { JSX, TargetedSubmitEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Codigo } from '../../schema/core/codigos.ts'
import { credencialesDeShopper } from '../domain/demo/credenciales-de-shopper.ts'
import { avisoDeContexto } from '../lib/contexto-seguro.ts'
import { textoDe } from '../lib/i18n.ts'
import { Icono } from './iconos.tsx'
import { APP, alIrALaApp } from './ir-a-la-app.ts'
import { porGuardar } from './por-guardar.ts'
import { seQuito } from './quitado.ts'
import type { Sincronia } from './sincronia.ts'
import { t as tc } from './textos.ts'
import { t } from './textos-de-entrada.ts'

interface Propiedades {
  arrancar: () => Promise<Sincronia | null>
  demo: string | null
  /** The name on the card that is kept while its person enters again. */
  conservar: string | null
  alTerminar: () => void
  alVolver: (() => void) | null
}
type Campo = 'correo' | 'contrasena' | 'nombre' | 'apellidos'
interface Fallo {
  texto: string
  campo: Campo | null
}

/** Which field a refusal speaks of. */
const CAMPO_DE: Partial<Record<Codigo, Campo>> = { CREDENCIALES: 'contrasena', CONTRASENA_DEBIL: 'contrasena', CORREO_EN_USO: 'correo' }

export function Entrada({ arrancar, demo, conservar, alTerminar, alVolver }: Propiedades) {
  const [nueva, setNueva] = useState(false)
  const [ocupada, setOcupada] = useState(false)
  const [fallo, setFallo] = useState<Fallo | null>(null)
  const formulario = useRef<HTMLFormElement>(null)
  const aviso = avisoDeContexto()
  const [quitado] = useState(seQuito)
  const [espera] = useState(() => porGuardar() !== null)

  const fallar = (codigo: Codigo, campo?: string) => {
    const texto =
      codigo === 'DEMASIADAS_PETICIONES'
        ? t.llavesDelDia
        : codigo === 'SIN_CONEXION'
          ? `${textoDe(codigo)} ${t.necesitaRed}`
          : textoDe(codigo)
    setFallo({ texto, campo: CAMPO_DE[codigo] ?? (esCampo(campo) ? campo : null) })
  }
  async function intentar(hacer: (sincronia: Sincronia) => ReturnType<Sincronia['entrar']>): Promise<void> {
    setOcupada(true)
    setFallo(null)
    const sincronia = await arrancar()
    const hecho: Awaited<ReturnType<Sincronia['entrar']>> = sincronia ? await hacer(sincronia) : { ok: false, codigo: 'REPLICA_NO_ABRE' }
    setOcupada(false)
    if (hecho.ok) alTerminar()
    else fallar(hecho.codigo, hecho.campo)
  }
  function alEnviar(evento: TargetedSubmitEvent<HTMLFormElement>): void {
    evento.preventDefault()
    const datos = Object.fromEntries(new FormData(evento.currentTarget)) as Record<Campo, string>
    const vacio = (Object.keys(datos) as Campo[]).find((campo) => campo !== 'apellidos' && !datos[campo].trim())
    if (vacio) setFallo({ texto: t.faltaCampo, campo: vacio })
    else
      void intentar((s) =>
        nueva ? s.registrar({ ...datos, correo: datos.correo.trim() }) : s.entrar(datos.correo.trim(), datos.contrasena),
      )
  }

  // The one tap of the demo's front page.
  const probar = useRef(intentar)
  probar.current = intentar
  // Nobody of that name, or no connection: the card that is here is shown.
  const sinDemo = useRef(alVolver)
  sinDemo.current = alVolver
  useEffect(() => {
    if (!demo) return
    void credencialesDeShopper(demo).then((suyas) =>
      suyas ? probar.current((s) => s.entrar(suyas.correo, suyas.contrasena)) : sinDemo.current?.(),
    )
  }, [demo])
  useEffect(() => {
    if (fallo?.campo) formulario.current?.querySelector<HTMLInputElement>(`[name=${fallo.campo}]`)?.focus()
  }, [fallo])

  const campo = (nombre: Campo, etiqueta: string, mas: JSX.IntrinsicElements['input']) => (
    <CampoDeTexto nombre={nombre} etiqueta={etiqueta} error={fallo?.campo === nombre ? fallo.texto : null} propiedades={mas} />
  )
  return (
    <main class="app entrada">
      <header class="entrada__cabeza">
        <span class="mark entrada__marca">
          <Icono de="tarjeta" />
        </span>
        <h1>{conservar ? t.hola(conservar) : t.bienvenida}</h1>
        <p class="soft">{t.lema}</p>
      </header>
      {espera && (
        <p class="consejo panel" role="status">
          <Icono de="cupon" />
          <span class="grow">{t.cuponTeEspera}</span>
        </p>
      )}
      {quitado && (
        <p class="aviso" role="status">
          <Icono de="atencion" />
          <span>{t.quitado}</span>
        </p>
      )}
      {aviso && (
        <p class="aviso" role="alert">
          <Icono de="atencion" />
          <span>{aviso}</span>
        </p>
      )}
      <form ref={formulario} class="stack" onSubmit={alEnviar} noValidate aria-busy={ocupada}>
        {nueva && campo('nombre', t.nombre, { autocomplete: 'given-name', maxLength: 100 })}
        {nueva && campo('apellidos', t.apellidos, { autocomplete: 'family-name', maxLength: 100 })}
        {campo('correo', t.correo, { type: 'email', autocomplete: 'username', inputMode: 'email', maxLength: 254 })}
        {campo('contrasena', t.contrasena, {
          type: 'password',
          autocomplete: nueva ? 'new-password' : 'current-password',
          maxLength: 200,
          ...(nueva ? { placeholder: t.diezOMas } : {}),
        })}
        {fallo && !fallo.campo && (
          <p class="aviso" role="alert">
            <Icono de="atencion" />
            <span>{fallo.texto}</span>
          </p>
        )}
        <button type="submit" class="btn btn--primary btn--lg" disabled={ocupada}>
          {ocupada ? (nueva ? t.creando : t.entrando) : nueva ? t.crear : t.entrar}
        </button>
      </form>
      {!conservar && (
        <button
          type="button"
          class="btn btn--quiet"
          onClick={() => {
            setNueva(!nueva)
            setFallo(null)
          }}
        >
          {nueva ? t.conCuenta : t.sinCuenta}
        </button>
      )}
      {alVolver && (
        <button type="button" class="btn btn--quiet" onClick={alVolver}>
          {t.volver}
        </button>
      )}
      <p class="soft sm dato entrada__pie">
        <Icono de="candado" />
        {t.esteTelefono}
      </p>
      <a class="link entrada__salida" href={APP} onClick={alIrALaApp}>
        {tc.irALaApp}
      </a>
    </main>
  )
}

const esCampo = (nombre: string | undefined): nombre is Campo =>
  nombre === 'correo' || nombre === 'contrasena' || nombre === 'nombre' || nombre === 'apellidos'

function CampoDeTexto({
  nombre,
  etiqueta,
  error,
  propiedades,
}: {
  nombre: Campo
  etiqueta: string
  error: string | null
  propiedades: JSX.IntrinsicElements['input']
}) {
  const idDelError = `error-${nombre}`
  return (
    <label class={`field ${error ? 'field--error' : ''}`}>
      <span>{etiqueta}</span>
      <input
        class="input"
        name={nombre}
        {...propiedades}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? idDelError : undefined}
      />
      {error && (
        <span id={idDelError} class="error" role="alert">
          <Icono de="atencion" />
          {error}
        </span>
      )}
    </label>
  )
}
