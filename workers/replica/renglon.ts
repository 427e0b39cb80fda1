/** A journal entry as this device keeps it: the text that was hashed, and beside it what the device needs to find it again. */
import { textoCanonico } from '../../schema/core/canonico.ts'
import { sha256 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { horaCorregida, type Marca } from '../../schema/core/tiempo.ts'
import { CUERPO_MAXIMO_BYTES, type Sobre } from '../../schema/domain/hechos/sobre.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { Guardada } from './almacen.ts'

/**
 * `perdido`: its text is torn, and that was declared to the server. `trasladado`: its chain went back behind what the server holds, so the hecho was entered again in the next chain, with the
 * same id. `apartado`: the server will not have it, alone as it is, for its size; it was declared so that the rest goes on, and waits here for a person.
 */
export type EstadoDeRenglon = 'pendiente' | 'recibido' | 'perdido' | 'trasladado' | 'apartado'

export interface Renglon {
  id: string
  cadenaId: string
  seq: number
  hash: string
  prevHash: string
  cuerpo: string
  tipo: string
  wall: number
  estado: EstadoDeRenglon
  /** `cardId|llave|ctr` of the card shown, '' for none: one QR counts once on this device. */
  usoQr: string
  /** Last folio number the chain used up to and with this entry: the next folio needs only the head. */
  folioNumero: number
  licenciaId: string
}
export const renglonDe = (fila: Guardada): Renglon => fila as unknown as Renglon

/** Where a chain goes on. */
export interface Cabeza {
  seq: number
  hash: string
  folioNumero: number
}
export const SIN_CABEZA: Cabeza = { seq: -1, hash: '', folioNumero: 0 }
export const cabezaDe = ({ seq, hash, folioNumero }: Renglon): Cabeza => ({ seq, hash, folioNumero })

export interface Hecho {
  id: string
  tipo: string
  datos: unknown
  operador: Sobre['operador']
  licenciaId: string | null
  tiempo: Marca
}
export interface Origen {
  cadenaId: string
  negocioId: string
  sucursalId: string | null
  dispositivoId: string
}

/** The entry that follows `cabeza`. @throws Rechazo RENGLON_EXCEDIDO above 64 KB */
export async function hacerRenglon(
  cabeza: Cabeza,
  origen: Origen,
  hecho: Hecho,
  extra: { usoQr: string; folioNumero: number },
): Promise<Renglon> {
  const seq = cabeza.seq + 1
  const { cadenaId, negocioId, sucursalId, dispositivoId } = origen
  const sobre: Sobre = { v: 1, cadenaId, seq, prevHash: cabeza.hash, negocioId, sucursalId, dispositivoId, ...hecho }
  const cuerpo = textoCanonico(sobre)
  if (new TextEncoder().encode(cuerpo).length > CUERPO_MAXIMO_BYTES) throw new Rechazo('RENGLON_EXCEDIDO')
  return {
    id: llaveDeRenglon(cadenaId, seq),
    cadenaId,
    seq,
    hash: await sha256(cuerpo),
    prevHash: cabeza.hash,
    cuerpo,
    tipo: hecho.tipo,
    wall: hecho.tiempo.wall,
    estado: 'pendiente',
    licenciaId: hecho.licenciaId ?? '',
    ...extra,
  }
}

/** `C1-000123`: the chain's series and its own count. */
export const folioDe = (serie: string, numero: number): string => `${serie}-${String(numero).padStart(6, '0')}`

/** What an entry says; null when its text was torn. */
export function leerSobre({ cuerpo }: Pick<Renglon, 'cuerpo'>): Sobre | null {
  try {
    const sobre = JSON.parse(cuerpo) as Partial<Sobre> | null
    return typeof sobre?.tiempo?.wall === 'number' ? (sobre as Sobre) : null
  } catch {
    return null
  }
}

/** Corrected hour of an entry, ms; of one that was torn, the wall hour beside its text. */
export function horaDe(renglon: Pick<Renglon, 'cuerpo' | 'wall'>): number {
  const sobre = leerSobre(renglon)
  return sobre ? horaCorregida(sobre.tiempo) : renglon.wall
}
