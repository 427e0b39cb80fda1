import { useState } from 'react'
import { useTurno } from '../../replica/contexto.ts'
import { perezosa } from '../../ui/perezosa.tsx'
import { dia as d } from './textos.ts'

const MenuHoja = perezosa(async () => (await import('./menu-hoja.tsx')).MenuHoja)
const MiPin = perezosa(async () => (await import('./mi-pin.tsx')).MiPin)

/** The first letter of who is at the till, and behind it what one sets once. */
export function Menu() {
  const [abierto, setAbierto] = useState<'menu' | 'pin' | null>(null)
  const turno = useTurno()
  const cerrar = () => setAbierto(null)
  return (
    <>
      <button type="button" className="avatar menu" aria-label={d.ajustes} aria-haspopup="dialog" onClick={() => setAbierto('menu')}>
        {turno?.nombre.slice(0, 1).toUpperCase()}
      </button>
      {abierto === 'menu' && <MenuHoja alCerrar={cerrar} alCambiarPin={() => setAbierto('pin')} />}
      {abierto === 'pin' && <MiPin alCerrar={cerrar} />}
    </>
  )
}
