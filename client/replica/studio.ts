/** What the screens of Business Studio stand on: the replica of one account in one negocio, and the way to the server as that account. */
import { createContext, useContext } from 'react'
import type { Codigo } from '../../schema/core/codigos.ts'
import type { AvisoDoc, ConfigDoc } from '../../schema/protocol/documentos.ts'
import type { Alta, EstadoSync, ReplicaApi } from '../../workers/replica/api.ts'
import type { Peticion, Respuesta } from '../lib/http.ts'

export interface Studio {
  replica: ReplicaApi
  alta: Alta
  negocio: {
    negocioId: string
    nombre: string
    papel: 'dueno' | 'gerente'
    /** Of a gerente: the only one they see. */
    sucursalId: string | null
    sucursales: { id: string; nombre: string }[]
  }
  /** The account: it signs what is decided here (`operador` of registrarAjuste). */
  usuario: { id: string; nombre: string }
  /** What the selector of the top bar says; null: all of them. */
  sucursalId: string | null
  /** A request of this account over HTTP; SIN_CONEXION when the server does not answer. */
  pedir<T>(ruta: string, peticion?: Peticion): Promise<Respuesta<T>>
}

/** What moves by itself. */
export interface StudioVivo {
  /** Null until the replica spoke. */
  estado: EstadoSync | null
  /** Documents of `config`; empty until they arrived. */
  config: ConfigDoc[]
  /** IANA zone of the sucursal in view, or of the first one. */
  zona: string
  /** The inbox, as this device knows it; null until it was read. */
  avisos: AvisoDoc[] | null
  /** Edits that the server has not taken yet: waiting, or refused with a code. */
  ediciones: EdicionPendiente[]
}
export interface EdicionPendiente {
  coleccion: string
  id: string
  nombre: string
  campos: string[]
  desdeAt: number
  codigo: Codigo | null
}

export const StudioContext = createContext<Studio | null>(null)
export const StudioVivoContext = createContext<StudioVivo | null>(null)

export function useStudio(): Studio {
  const studio = useContext(StudioContext)
  if (!studio) throw new Error('useStudio is only called below an opened Studio')
  return studio
}

/** The same while it may not be opened yet: null. */
export const useSiHayStudio = (): StudioVivo | null => useContext(StudioVivoContext)

export function useStudioVivo(): StudioVivo {
  const vivo = useContext(StudioVivoContext)
  if (!vivo) throw new Error('useStudioVivo is only called below an opened Studio')
  return vivo
}

/** Whether an aviso still waits for a person: a decision is its `resolucion`, which may be taken back. Those of the first release only have the hour. */
export const espera = ({ resolucion, resueltoAt }: AvisoDoc): boolean =>
  resolucion === undefined ? resueltoAt === null : resolucion === null
