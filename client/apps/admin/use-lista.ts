/** A page of a list of the server: its rows stay where they are while they change, and a person takes the new order. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Filtro } from '../../../schema/protocol/plataforma.ts'
import { consulta } from './busqueda.ts'
import { useFrescura, usePanel } from './contexto.ts'
import { cambiosDeOrden, conservar } from './orden.ts'
import { CON_VIVO_MS, type Lectura, useFresco } from './use-fresco.ts'
import type { Vivo } from './use-vivo.ts'

interface Pagina<T> {
  hora: number
  filas: T[]
  total: number
  cursor: string | null
  /** How many rows each filter would give. */
  cuentas?: Record<Filtro, number>
}

export interface Lista<T> extends Lectura<Pagina<T>> {
  /** In the order that is shown. */
  filas: T[]
  total: number
  /** How many rows are elsewhere by now. */
  cambios: number
  reordenar: () => void
  /** From 1. */
  desde: number
  anterior: (() => void) | null
  siguiente: (() => void) | null
}

interface Opciones<T> {
  /** A function that does not change. */
  idDe: (fila: T) => string
  /** What changes meanwhile: its rows take the place of those that were asked for before, and the page is read again. */
  vivo?: Vivo<T>
  senal?: number
  /** Whether the signal comes from a view that is live now; otherwise the page is asked for more often. */
  enVivo?: boolean
  /** Rows keep their place; false for lists by time, where what is new comes first. */
  quieta?: boolean
}

/** `filtros`: of the question; another one begins at its first page. */
export function useLista<T>(
  ruta: string | null,
  filtros: Record<string, string | null | undefined>,
  { idDe, vivo, senal = vivo?.senal ?? 0, enVivo = vivo?.enVivo ?? false, quieta = true }: Opciones<T>,
): Lista<T> {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const pregunta = ruta === null ? null : ruta + consulta(filtros)
  // How many rows were before each page, by cursor; of the question they were taken from.
  const [paso, setPaso] = useState<{ de: string | null; antes: { cursor: string | null; filas: number }[] }>({ de: pregunta, antes: [] })
  const antes = paso.de === pregunta ? paso.antes : []
  const cursor = antes.at(-1)?.cursor ?? null
  const camino = ruta === null ? null : ruta + consulta({ ...filtros, cursor })
  const lectura = useFresco<Pagina<T>>({ sesion, frescura }, camino, { senal, pausada, ...(enVivo ? { cadaMs: CON_VIVO_MS } : {}) })
  const quietas = useQuietas(lectura.leyendo ? null : camino, lectura.valor?.filas, idDe, quieta)
  const filas = quietas.filas.map((fila) => {
    const parche = vivo?.parches.get(idDe(fila))
    return parche && parche.en > lectura.pedidoEn ? parche.fila : fila
  })
  const saltadas = antes.reduce((suma, p) => suma + p.filas, 0)
  const siguienteCursor = lectura.leyendo ? null : (lectura.valor?.cursor ?? null)
  return {
    ...lectura,
    ...quietas,
    filas,
    total: lectura.valor?.total ?? 0,
    desde: saltadas + 1,
    anterior: antes.length === 0 ? null : () => setPaso({ de: pregunta, antes: antes.slice(0, -1) }),
    siguiente:
      siguienteCursor === null
        ? null
        : () => setPaso({ de: pregunta, antes: [...antes, { cursor: siguienteCursor, filas: lectura.valor?.filas.length ?? 0 }] }),
  }
}

/** Rows by id, in the order in which they were first seen. Another page, or a person, takes the order of the answer. */
function useQuietas<T>(camino: string | null, nuevas: T[] | undefined, idDe: (fila: T) => string, quieta: boolean) {
  const vistas = useRef<{ camino: string | null; orden: string[]; porId: Map<string, T> }>({ camino: null, orden: [], porId: new Map() })
  const [, repintar] = useState(0)
  const actual = useMemo(() => nuevas?.map(idDe) ?? [], [nuevas, idDe])
  const v = vistas.current
  if (camino !== null && v.camino !== camino) {
    v.camino = camino
    v.orden = actual
    v.porId = new Map()
  }
  const orden = quieta ? conservar(v.orden, actual) : actual
  const porId = new Map(v.porId)
  for (const fila of nuevas ?? []) porId.set(idDe(fila), fila)
  useEffect(() => {
    vistas.current.orden = orden
    vistas.current.porId = porId
  })
  const filas = orden.flatMap((id) => porId.get(id) ?? [])
  const reordenar = () => {
    vistas.current.orden = actual
    vistas.current.porId = new Map()
    repintar((n) => n + 1)
  }
  return { filas, cambios: quieta ? cambiosDeOrden(orden, actual) : 0, reordenar }
}
