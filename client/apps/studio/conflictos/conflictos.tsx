/** The inbox of conflicts (R7, R9): what waits by document, its fields side by side, and what was decided lately, with its way back. */
import { useSearch } from '@tanstack/react-router'
import { GitMerge } from 'lucide-react'
import { useState } from 'react'
import { seVendeEn } from '../../../../schema/domain/articulos/articulo.ts'
import type { Caso } from '../../../domain/conflictos/caso.ts'
import { alDeshacer, cambiosDe, comoEsta, type Resuelto } from '../../../domain/conflictos/decidir.ts'
import { useConflictos } from '../../../domain/conflictos/use-conflictos.ts'
import { useStudio } from '../../../replica/studio.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { DetalleDeCaso } from './detalle.tsx'
import { ListaDeConflictos, type Pestana } from './lista.tsx'
import { DetalleDeResuelto } from './resuelto.tsx'
import { t } from './textos.ts'
import { useEditarVarios } from './use-editar-varios.ts'
import './conflictos.css'

export function Conflictos() {
  const { alta } = useStudio()
  const { casos, resueltos, documentos } = useConflictos()
  const [pestana, setPestana] = useState<Pestana>('pendientes')
  const { documento } = useSearch({ strict: false })
  const [elegido, setElegido] = useState<string | null>(documento ?? null)
  /** On a phone the list and what was chosen in it are two screens. */
  const [abierto, setAbierto] = useState(documento !== undefined)
  const editar = useEditarVarios()
  const caso = useCasoElegido(casos ?? [], elegido)
  const resuelto = resueltos.find(({ id }) => id === elegido) ?? resueltos[0] ?? null
  const elegir = (id: string) => {
    setElegido(id)
    setAbierto(true)
  }
  const mover = (paso: number) => {
    const lista = casos ?? []
    const siguiente = lista[lista.findIndex(({ id }) => id === caso?.id) + paso]
    if (siguiente) setElegido(siguiente.id)
    return siguiente !== undefined
  }
  const deshacer = (r: Resuelto) => void editar(alDeshacer(r, documentos.get(r.documentoId) ?? null), t.deshecho(r.nombre))
  const dejarTodos = (todos: Caso[]) => {
    // What is sold in another sucursal alone is decided there (EMP-38).
    const suyos = todos.filter(({ documento: d }) => seVendeEn((d ?? {}) as { sucursales?: string[] }, alta.sucursalId))
    if (suyos.length > 0)
      void editar(
        suyos.flatMap((uno) => cambiosDe(uno, comoEsta(uno))),
        t.dejados(suyos.length),
      )
  }
  return (
    <>
      <Encabezado />
      <div className="inb card" data-abierto={abierto}>
        <ListaDeConflictos
          pestana={pestana}
          alCambiarPestana={setPestana}
          casos={casos}
          resueltos={resueltos}
          elegido={pestana === 'pendientes' ? (caso?.id ?? null) : (resuelto?.id ?? null)}
          alElegir={elegir}
          alDeshacer={deshacer}
          alDejarTodos={dejarTodos}
        />
        <div className="det">
          {casos === null && <Huesos filas={4} />}
          {pestana === 'pendientes' && casos?.length === 0 && <Vacio icono={GitMerge} titulo={t.nada} texto={t.nadaTexto} />}
          {pestana === 'pendientes' && caso && (
            <DetalleDeCaso key={caso.id} caso={caso} alMover={mover} alVolver={() => setAbierto(false)} alGuardar={editar} />
          )}
          {pestana === 'resueltos' && !resuelto && <Vacio icono={GitMerge} titulo={t.nadaResuelto} texto={t.nadaResueltoTexto} />}
          {pestana === 'resueltos' && resuelto && (
            <DetalleDeResuelto
              key={resuelto.id}
              resuelto={resuelto}
              alVolver={() => setAbierto(false)}
              alDeshacer={() => deshacer(resuelto)}
            />
          )}
        </div>
      </div>
    </>
  )
}

/** The one that was chosen; once it was decided, the one that took its place in the list. */
function useCasoElegido(casos: Caso[], elegido: string | null): Caso | null {
  const [lugar, setLugar] = useState(0)
  const indice = casos.findIndex(({ id }) => id === elegido)
  if (indice >= 0 && indice !== lugar) setLugar(indice)
  return casos[indice] ?? casos[Math.min(lugar, casos.length - 1)] ?? null
}

function Encabezado() {
  return (
    <div className="phead">
      <div className="t">
        <h1>{t.conflictos}</h1>
        <p>{t.lema}</p>
      </div>
      <span className="row sm mut hide-s">
        <span className="vh">{t.atajos}</span>
        <kbd className="kbd">J</kbd>
        <kbd className="kbd">K</kbd> {t.moverte} <kbd className="kbd">1</kbd> {t.teclaMio} <kbd className="kbd">2</kbd> {t.teclaSuyo}{' '}
        <kbd className="kbd">E</kbd> {t.teclaEditar}
      </span>
    </div>
  )
}
