import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Filtro } from '../../../schema/protocol/plataforma.ts'
import { Busqueda } from '../../ui/escritorio/busqueda.tsx'
import { useBusqueda } from './busqueda.ts'
import { numero } from './palabras.ts'
import { t } from './textos.ts'

const TRAS_MS = 200

/** Which devices, and a search among them; both live in the address. `cuentas`: how many of each; null while it is not known. */
export function FiltrosDeEquipos({ cuentas }: { cuentas: Record<Filtro, number> | null }) {
  const [{ filtro = 'todos' }, cambiar] = useBusqueda()
  const boton = (cual: Filtro, texto: string, icono = false) => (
    <button type="button" aria-pressed={filtro === cual} onClick={() => cambiar({ filtro: cual === 'todos' ? undefined : cual })}>
      {icono && <TriangleAlert className="i s" aria-hidden="true" />}
      {texto} {cuentas && <span className="n">{numero(cuentas[cual])}</span>}
    </button>
  )
  return (
    <>
      <fieldset className="seg" aria-label={t.filtro}>
        {boton('todos', t.todos)}
        {boton('atencion', t.necesitaAtencion, true)}
        {boton('sin_conexion', t.sinConexion)}
      </fieldset>
      <BusquedaEnDireccion etiqueta={t.filtrar} />
    </>
  )
}

/** What is written goes to the address a moment after the last key; what the address says anew comes to the field. */
export function BusquedaEnDireccion({ etiqueta }: { etiqueta: string }) {
  const [{ buscar = '' }, cambiar] = useBusqueda()
  const [texto, setTexto] = useState(buscar)
  const dicho = useRef(buscar)
  const alCambiar = useRef(cambiar)
  alCambiar.current = cambiar
  useEffect(() => {
    if (buscar === dicho.current) return
    dicho.current = buscar
    setTexto(buscar)
  }, [buscar])
  useEffect(() => {
    if (texto === dicho.current) return
    const id = setTimeout(() => {
      dicho.current = texto
      alCambiar.current({ buscar: texto.trim() || undefined })
    }, TRAS_MS)
    return () => clearTimeout(id)
  }, [texto])
  return <Busqueda etiqueta={etiqueta} valor={texto} alCambiar={setTexto} clase="sp" />
}
