import { useCallback, useRef, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { CambioDeDocumento, PlanDeImportacion, Progreso } from '../../../../workers/replica/api.ts'
import { useStudio } from '../../../replica/studio.ts'
import { ARCHIVO_MAXIMO_BYTES, leerTexto } from './archivo.ts'

interface Avance {
  hechas: number
  total: number
}
export type Importacion =
  | { en: 'eleccion'; codigo: Codigo | null; cancelada: boolean }
  | { en: 'lectura'; nombre: string; avance: Avance }
  | { en: 'ensayo'; nombre: string; plan: PlanDeImportacion }
  | { en: 'escritura'; nombre: string; plan: PlanDeImportacion; avance: Avance }
  | { en: 'hecha'; hechas: number; deshacer: CambioDeDocumento[] }

const INICIO = { en: 'eleccion', codigo: null, cancelada: false } as const
const CERO: Avance = { hechas: 0, total: 0 }

/** CAT-11. From a file to its dry run to the catálogo; nothing is written before `importar`, and what was written can be given back. */
export function useImportacion() {
  const { replica } = useStudio()
  const [estado, setEstado] = useState<Importacion>(INICIO)
  /** What comes late from a file that was let go is of nobody. */
  const vuelta = useRef(0)

  const leer = useCallback(
    async (archivo: File) => {
      const mia = ++vuelta.current
      const vigente = () => vuelta.current === mia
      if (archivo.size > ARCHIVO_MAXIMO_BYTES) return setEstado({ ...INICIO, codigo: 'ARCHIVO_GRANDE' })
      setEstado({ en: 'lectura', nombre: archivo.name, avance: CERO })
      const alAvanzar: Progreso = (hechas, total) => {
        if (vigente()) setEstado((e) => (e.en === 'lectura' ? { ...e, avance: { hechas, total } } : e))
      }
      const r = await leerTexto(archivo).then(
        (texto) => replica.prepararImportacion?.(texto, alAvanzar),
        () => null,
      )
      if (!vigente()) return
      if (r?.ok) setEstado({ en: 'ensayo', nombre: archivo.name, plan: r.valor })
      else setEstado(alFallar(r?.codigo ?? 'ARCHIVO_ILEGIBLE'))
    },
    [replica],
  )

  const importar = useCallback(
    async (nombre: string, plan: PlanDeImportacion) => {
      const mia = ++vuelta.current
      setEstado({ en: 'escritura', nombre, plan, avance: { hechas: 0, total: plan.nuevos + plan.cambian } })
      const r = await replica.importar?.(plan.id, (hechas, total) => {
        if (vuelta.current === mia) setEstado((e) => (e.en === 'escritura' ? { ...e, avance: { hechas, total } } : e))
      })
      if (vuelta.current !== mia) return
      if (r?.ok) setEstado({ en: 'hecha', ...r.valor })
      else setEstado(alFallar(r?.codigo ?? 'REPLICA_NO_ABRE'))
    },
    [replica],
  )

  /** The answer to what was asked says that it was cancelled: until then it may still have been too late. */
  const cancelar = useCallback(() => void replica.cancelarImportacion?.(), [replica])
  const empezar = useCallback(() => {
    vuelta.current++
    setEstado(INICIO)
  }, [])
  return { estado, leer, importar, cancelar, empezar }
}

const alFallar = (codigo: Codigo): Importacion =>
  codigo === 'IMPORTACION_CANCELADA' ? { ...INICIO, cancelada: true } : { ...INICIO, codigo }
