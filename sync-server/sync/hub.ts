/**
 * Wake-ups inside one process, always after the commit they speak of. They may be lost or repeated: whoever is woken reads the log (LI1), or finds in
 * the hint what the log has (LI3). A listener that throws does not keep the others from hearing.
 */
import type { Hub } from '../context.ts'
import type { Cambio } from './bitacora.ts'

export interface AvisoDeStream {
  stream: string
  seq: number
  colecciones: string[]
}

/** What the relay between nodes needs beside the Hub everybody uses. */
export interface HubDeProceso extends Hub {
  /** Every publication and revocation made in this process, not those that came from another node. */
  alPublicar(fn: (aviso: AvisoDeStream) => void): () => void
  alRevocarAqui(fn: (dispositivoId: string) => void): () => void
  /** From another node: to the subscribers here, and no further. */
  publicarAjeno(aviso: AvisoDeStream): void
  revocarAjeno(dispositivoId: string): void
  /** Streams somebody here listens to. */
  streamsOidos(): string[]
}

type Oyente<T> = (valor: T) => void

function avisarA<T>(oyentes: Iterable<Oyente<T>>, valor: T): void {
  for (const oyente of [...oyentes]) {
    try {
      oyente(valor)
    } catch {
      // A hint: the listener polls anyway, and the commit it speaks of is done.
    }
  }
}

function anotarEn<T>(oyentes: Set<Oyente<T>>, oyente: Oyente<T>): () => void {
  const propio: Oyente<T> = (valor) => oyente(valor) // the same function may subscribe twice
  oyentes.add(propio)
  return () => void oyentes.delete(propio)
}

export function crearHub(): HubDeProceso {
  const porStream = new Map<string, Set<Oyente<{ seq: number; colecciones: string[]; cambios?: readonly Cambio[] }>>>()
  const alPublicar = new Set<Oyente<AvisoDeStream>>()
  const proyector = new Set<Oyente<string[]>>()
  const revocados = new Set<Oyente<string>>()
  const revocadosAqui = new Set<Oyente<string>>()

  const entregar = ({ stream, seq, colecciones }: AvisoDeStream, cambios?: readonly Cambio[]) =>
    avisarA(porStream.get(stream) ?? [], { seq, colecciones, ...(cambios && { cambios }) })

  return {
    publicar(stream, seq, colecciones, cambios) {
      const aviso = { stream, seq, colecciones }
      entregar(aviso, cambios)
      avisarA(alPublicar, aviso)
    },
    suscribir(stream, fn) {
      const oyentes = porStream.get(stream) ?? new Set()
      porStream.set(stream, oyentes)
      const quitar = anotarEn(oyentes, fn)
      return () => {
        quitar()
        if (oyentes.size === 0 && porStream.get(stream) === oyentes) porStream.delete(stream)
      }
    },
    despertarProyector: (usuarioIds) => avisarA(proyector, usuarioIds),
    alDespertarProyector: (fn) => anotarEn(proyector, fn),
    revocar(dispositivoId) {
      avisarA(revocados, dispositivoId)
      avisarA(revocadosAqui, dispositivoId)
    },
    alRevocar: (fn) => anotarEn(revocados, fn),
    alPublicar: (fn) => anotarEn(alPublicar, fn),
    alRevocarAqui: (fn) => anotarEn(revocadosAqui, fn),
    publicarAjeno: (aviso) => entregar(aviso),
    revocarAjeno: (dispositivoId) => avisarA(revocados, dispositivoId),
    streamsOidos: () => [...porStream.keys()],
  }
}

/** The relay's side of a hub; undefined for a hub that was not made here. */
export const comoHubDeProceso = (hub: Hub): HubDeProceso | undefined => ('publicarAjeno' in hub ? (hub as HubDeProceso) : undefined)
