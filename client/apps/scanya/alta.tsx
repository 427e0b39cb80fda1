import { useLocation } from '@tanstack/react-router'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { Alta } from '../../../workers/replica/api.ts'
import { leerDemo, pedirEnlace } from '../../domain/demo/api-demo.ts'
import { pedirAlmacenPersistente } from '../../lib/almacenamiento.ts'
import { describirEquipo } from '../../lib/equipo.ts'
import { textoDe } from '../../lib/i18n.ts'
import { quiereInstalar } from '../../lib/instalacion.ts'
import { useEstadoSync } from '../../replica/use-estado.ts'
import { Icono } from '../../ui/iconos.tsx'
import { useAbierta } from './abierta.ts'
import { Cotejo } from './cotejo.tsx'
import { DeQuienEs } from './de-quien-es.tsx'
import { useIr } from './ir.ts'
import { Marca } from './marco.tsx'
import { crearPuertaDeAlta, QUIETA } from './puerta-de-alta.ts'
import { Revocado } from './revocado.tsx'
import { alta as ta } from './textos-de-alta.ts'
import { tokenDe } from './token.ts'

/** The first screen of a device: by its one-use link or the code in it, or in the demo world with one tap. */
export function AltaPantalla() {
  const { replica, alta } = useAbierta()
  const estado = useEstadoSync(replica)
  const { hash } = useLocation()
  const deLaDireccion = tokenDe(hash)
  const { ocupado, error, darDeAlta, cotejo, dejar, empezada } = useAlta()
  const [hayDemo, setHayDemo] = useState(false)
  useEffect(() => {
    void leerDemo().then((r) => setHayDemo(r.ok))
  }, [])
  const revocado = estado?.fase === 'revocado'

  if (cotejo !== null)
    return (
      <div className="app">
        <header className="top">
          <Marca />
        </header>
        <main className="cuerpo stack alta">
          <Cotejo cotejo={cotejo} alDejar={dejar} />
        </main>
      </div>
    )
  // Enrolled before this screen was opened, and still: a link is for another device. What a revoked one shows is known with its first status.
  if (alta !== null && !empezada && !revocado)
    return (
      <div className="app">
        <header className="top">
          <Marca />
        </header>
        <main className="cuerpo stack alta">{estado && <DeQuienEs alta={alta} conEnlace={deLaDireccion !== null} />}</main>
      </div>
    )
  return (
    <div className="app">
      <header className="top">
        <Marca />
      </header>
      <main className="cuerpo stack alta">
        {revocado && <Revocado replica={replica} estado={estado} />}
        <h1 className="titulo">{revocado ? ta.altaOtraVez : ta.altaTitulo}</h1>
        <p className="soft">{ta.altaTexto}</p>
        <p className="row sm soft alta__consejo">
          <Icono de="candado" /> {ta.altaBloqueo}
        </p>
        {error && (
          <p className="mal" role="alert">
            <Icono de="atencion" /> {error === 'sin_token' ? ta.sinRespuesta : textoDe(error)}
          </p>
        )}
        {deLaDireccion === null && <ConCodigo ocupado={ocupado} alEscribir={(codigo) => void darDeAlta(async () => tokenDe(codigo))} />}
        <div className="dock stack">
          {deLaDireccion !== null && (
            <button
              type="button"
              className="btn btn--primary btn--lg ancho"
              disabled={ocupado}
              onClick={() => void darDeAlta(async () => deLaDireccion)}
            >
              {ocupado ? ta.dandoDeAlta : ta.darDeAlta}
            </button>
          )}
          {deLaDireccion === null && hayDemo && (
            <button type="button" className="btn btn--tint ancho" disabled={ocupado} onClick={() => void darDeAlta(tokenDeDemo)}>
              {ta.altaDemo}
            </button>
          )}
        </div>
      </main>
    </div>
  )
}

const tokenDeDemo = async () => {
  const r = await pedirEnlace()
  return r.ok ? r.valor.token : null
}

function useAlta() {
  const { replica, alDarDeAlta } = useAbierta()
  const ir = useIr()
  const [estado, setEstado] = useState(QUIETA)
  /** Somebody asked from this screen: it stays what it is until it is left. */
  const [empezada, setEmpezada] = useState(false)
  const alEntrar = (alta: Alta) => {
    alDarDeAlta(alta)
    if (alta.nick) quiereInstalar()
    // The token was used: it does not stay in the address bar or behind the back button.
    ir('/login', { reemplazar: true })
  }
  const [puerta] = useState(() =>
    crearPuertaDeAlta({ replica, modelo: describirEquipo(navigator.userAgent), alCambiar: setEstado, alEntrar }),
  )
  // Whoever goes to another screen waits no more.
  useEffect(() => puerta.dejar, [puerta])
  const darDeAlta = (obtenerToken: () => Promise<string | null>) => {
    setEmpezada(true)
    return puerta.pedir(async () => {
      const token = await obtenerToken()
      if (token !== null) await pedirAlmacenPersistente()
      return token
    })
  }
  return { ...estado, empezada, darDeAlta, dejar: puerta.dejar }
}

/** Typed or pasted: a machine without a camera, or a link that came by message. */
function ConCodigo({ ocupado, alEscribir }: { ocupado: boolean; alEscribir: (codigo: string) => void }) {
  const id = useId()
  const [falta, setFalta] = useState(false)
  const enviar = (evento: FormEvent<HTMLFormElement>) => {
    evento.preventDefault()
    const codigo = String(new FormData(evento.currentTarget).get('codigo') ?? '').trim()
    setFalta(codigo === '')
    if (codigo !== '') alEscribir(codigo)
  }
  return (
    <form className="stack" onSubmit={enviar}>
      <label className={`field ${falta ? 'field--error' : ''}`} htmlFor={id}>
        <span>{ta.altaConCodigo}</span>
        <input
          id={id}
          name="codigo"
          className="input"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={falta}
          aria-describedby={`${id}-ayuda`}
        />
        <span id={`${id}-ayuda`} role={falta ? 'alert' : undefined} className={falta ? 'error' : undefined}>
          {falta ? ta.altaFaltaCodigo : ta.altaConCodigoAyuda}
        </span>
      </label>
      <button type="submit" className="btn btn--primary btn--lg" disabled={ocupado}>
        {ocupado ? ta.dandoDeAlta : ta.darDeAlta}
      </button>
    </form>
  )
}
