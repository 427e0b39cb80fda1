import { useTurno } from '../../replica/contexto.ts'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono } from '../../ui/iconos.tsx'
import { cambiarTema, useTema } from './tema.ts'
import { dia as d } from './textos.ts'
import { hojas as h } from './textos-de-hojas.ts'
import { useSonido } from './use-sonido.ts'

/** What one sets once: theme, sound and vibration; the own PIN; and the way to Business Studio for who may enter there. */
export function MenuHoja({ alCerrar, alCambiarPin }: { alCerrar: () => void; alCambiarPin: () => void }) {
  const tema = useTema()
  const sonido = useSonido()
  const turno = useTurno()
  return (
    <Hoja titulo={d.ajustes} alCerrar={alCerrar}>
      <div className="stack">
        <button type="button" className="btn btn--secondary" onClick={() => cambiarTema(tema === 'dark' ? 'light' : 'dark')}>
          <Icono de={tema === 'dark' ? 'sol' : 'luna'} />
          {tema === 'dark' ? h.temaClaro : h.temaOscuro}
        </button>
        <button type="button" className="btn btn--secondary" onClick={sonido.cambiar}>
          <Icono de={sonido.activo ? 'silencio' : 'sonido'} />
          {sonido.activo ? h.sonidoNo : h.sonidoSi}
        </button>
        {turno?.operador.tipo === 'empleado' && (
          <button type="button" className="btn btn--secondary" onClick={alCambiarPin}>
            <Icono de="candado" />
            {h.cambiarPin}
          </button>
        )}
        {turno?.operador.tipo === 'usuario' && (
          <a className="btn btn--secondary" href="/business-studio">
            {h.irAStudio}
          </a>
        )}
      </div>
    </Hoja>
  )
}
