/** What the catálogo is asked for, kept while the screen lives; the view is remembered on this browser. */
import { useCallback, useEffect, useState } from 'react'
import type { Catalogo, ConsultaDeCatalogo, FilaDeCatalogo, ReplicaApi } from '../../../../workers/replica/api.ts'
import { seguir } from '../../../replica/use-consulta.ts'

export type Filtros = Omit<ConsultaDeCatalogo, 'desde' | 'limite' | 'sucursalId'>

export const SIN_FILTROS: Filtros = {
  texto: '',
  categoria: null,
  tipo: null,
  visible: null,
  estado: null,
  orden: 'nombre',
  dir: 'asc',
}

/** Rows that are held at once, around those in view; a window moves by a third of it. */
const VENTANA = 300
const PASO = VENTANA / 3

/** How many of the filters behind the button are set. */
export const cuantosFiltros = (f: Filtros): number => [f.tipo, f.visible, f.estado].filter((valor) => valor !== null).length

export interface Ventana {
  catalogo: Catalogo | null
  /** Row `i` of all that were found; undefined while it is not here. */
  fila(i: number): FilaDeCatalogo | undefined
  /** The first row in view: the window follows. */
  mirar(primera: number): void
}

/** The found rows, live. What was known stays until the next answer is here. */
export function useVentana(replica: ReplicaApi, filtros: Filtros, sucursalId: string | null): Ventana {
  const [desde, setDesde] = useState(0)
  const [leida, setLeida] = useState<{ desde: number; catalogo: Catalogo } | null>(null)
  const pedida = JSON.stringify({ ...filtros, sucursalId })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts from its top
  useEffect(() => setDesde(0), [pedida])
  useEffect(() => {
    const { observarCatalogo } = replica
    if (!observarCatalogo) return
    const consulta = { ...(JSON.parse(pedida) as Filtros & { sucursalId: string | null }), desde, limite: VENTANA }
    return seguir(
      (alCambiar: (c: Catalogo) => void) => observarCatalogo(consulta, alCambiar),
      (catalogo) => setLeida({ desde, catalogo }),
    )
  }, [replica, pedida, desde])
  const fila = useCallback((i: number) => leida?.catalogo.filas[i - leida.desde], [leida])
  const mirar = useCallback((primera: number) => setDesde(Math.max(0, Math.floor(primera / PASO) * PASO - PASO)), [])
  return { catalogo: leida?.catalogo ?? null, fila, mirar }
}

/** Rows that are asked for at a time when all of them are wanted. */
const PAGINA = 500

/** Every row that is found, once: to choose them all. */
export async function todasLasFilas(
  replica: ReplicaApi,
  filtros: Filtros,
  sucursalId: string | null,
  total: number,
): Promise<FilaDeCatalogo[]> {
  const filas: FilaDeCatalogo[] = []
  for (let desde = 0; desde < total; desde += PAGINA)
    filas.push(...(await unaVez(replica, { ...filtros, sucursalId, desde, limite: PAGINA })))
  return filas
}

/** The first answer to a question that is not followed. */
async function unaVez(replica: ReplicaApi, consulta: ConsultaDeCatalogo): Promise<FilaDeCatalogo[]> {
  const { observarCatalogo } = replica
  if (!observarCatalogo) return []
  let resolver: (filas: FilaDeCatalogo[]) => void = () => {}
  const primera = new Promise<FilaDeCatalogo[]>((r) => {
    resolver = r
  })
  const terminar = await observarCatalogo(consulta, (catalogo) => resolver(catalogo.filas))
  const filas = await primera
  terminar()
  return filas
}
