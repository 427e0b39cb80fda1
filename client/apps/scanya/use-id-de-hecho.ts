import { useRef } from 'react'
import { uuidv7 } from '../../../schema/core/ids.ts'

/**
 * The id of what a sheet is about to record, the same as long as it says the same: pressed again after an answer that was lost, the replica says ID_EN_USO, and
 * it was recorded once.
 */
export function useIdDeHecho(): (contenido: object) => string {
  const dado = useRef({ texto: '', id: '' })
  return (contenido) => {
    const texto = JSON.stringify(contenido)
    if (dado.current.texto !== texto) dado.current = { texto, id: uuidv7(Date.now()) }
    return dado.current.id
  }
}
