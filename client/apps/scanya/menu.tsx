import { useState } from 'react'
import { useTurno } from '../../replica/contexto.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { perezosa } from '../../ui/perezosa.tsx'
import { cambiarTema, useTema } from './tema.ts'
import { dia as d } from './textos.ts'
import { useSonido } from './use-sonido.ts'

const MiPin = perezosa(async () => (await import('./mi-pin.tsx')).MiPin)

/** Behind the first letter of who is at the till: what one sets once: theme, sound and vibration; and the way to Business Studio for who may enter there. */
export function Menu() {
  const [abierto, setAbierto] = useState(false)
  const [pin, setPin] = useState(false)
  const tema = useTema()
  const sonido = useSonido()
  const turno = useTurno()
  return (
    <>
      <button type="button" className="avatar menu" aria-label={d.ajustes} aria-haspopup="dialog" onClick={() => setAbierto(true)}>
        {turno?.nombre.slice(0, 1).toUpperCase()}
      </button>
      {abierto && (
        <Hoja titulo={d.ajustes} alCerrar={() => setAbierto(false)}>
          <div className="stack">
            <button type="button" className="btn btn--secondary" onClick={() => cambiarTema(tema === 'dark' ? 'light' : 'dark')}>
              <Icono de={tema === 'dark' ? 'sol' : 'luna'} />
              {tema === 'dark' ? d.temaClaro : d.temaOscuro}
            </button>
            <button type="button" className="btn btn--secondary" onClick={sonido.cambiar}>
              <Icono de={sonido.activo ? 'silencio' : 'sonido'} />
              {sonido.activo ? d.sonidoNo : d.sonidoSi}
            </button>
            {turno?.operador.tipo === 'empleado' && (
              <button
                type="button"
                className="btn btn--secondary"
                onClick={() => {
                  setAbierto(false)
                  setPin(true)
                }}
              >
                <Icono de="candado" />
                {d.cambiarPin}
              </button>
            )}
            {turno?.operador.tipo === 'usuario' && (
              <a className="btn btn--secondary" href="/business-studio">
                {d.irAStudio}
              </a>
            )}
          </div>
        </Hoja>
      )}
      {pin && <MiPin alCerrar={() => setPin(false)} />}
    </>
  )
}
