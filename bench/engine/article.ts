import { uuidv7 } from '../../schema/core/ids.ts'
import type { Doc } from './floor.ts'

/** About 350 bytes of JSON as the wire carries it. */
export const article = (i: number): Doc => ({
  id: uuidv7(Date.now()),
  nombre: `Artículo ${i} de la casa, presentación ${i % 7}`,
  descripcion: `Descripción corta del artículo número ${i}, lote ${(i * 7919) % 10_007}`,
  precioCentavos: 1_000 + ((i * 37) % 90_000),
  categoria: `Categoría ${i % 12}`,
  tipo: 'producto',
  visible: true,
  destacado: i % 40 === 0,
  desde: false,
  agotado: false,
})
