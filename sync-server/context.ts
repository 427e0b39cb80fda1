/** What every verb gets. `now` and `azar` are injected, so the simulation owns time and chance. */
import type { Logger } from 'pino'
import type { PermisosScanYA } from '../schema/domain/empleados/permisos.ts'
import type { RegistroDeJueces } from '../schema/domain/hechos/libro.ts'
import type { Db } from './db/db.ts'
import type { Env } from './env.ts'
import type { Cambio } from './sync/bitacora.ts'

export interface Deps {
  db: Db
  env: Env
  log: Logger
  /** Server clock, integer ms. */
  now: () => number
  /** Cryptographic randomness, n bytes. */
  azar: (n: number) => Uint8Array
  /** The judges in force. A release that corrects one judges `sin_procesar` entries again. */
  jueces: RegistroDeJueces
  hub: Hub
  llaves: LlavesPlataforma
}

/** In-process wake-up after commit. Several nodes relay through one coalesced NOTIFY (sync/live). */
export interface Hub {
  /**
   * stream: `negocio:<id>` | `usuario:<id>` | `plataforma`. `cambios`: exactly what the log has up to `seq`, one row for each seq, where whoever wrote
   * them still has them; they go to the listeners of this process only.
   */
  publicar(stream: string, seq: number, colecciones: string[], cambios?: readonly Cambio[]): void
  suscribir(stream: string, fn: (aviso: { seq: number; colecciones: string[]; cambios?: readonly Cambio[] }) => void): () => void
  /** Events for the projector: these shoppers have something pending. */
  despertarProyector(usuarioIds: string[]): void
  alDespertarProyector(fn: (usuarioIds: string[]) => void): () => void
  /** A device or session lost its rights: open streams end now. */
  revocar(dispositivoId: string): void
  alRevocar(fn: (dispositivoId: string) => void): () => void
}

/** The platform's issuing keys (design 04 §1.3), loaded at boot, private part decrypted in memory only. */
export interface LlavesPlataforma {
  actual: { kid: number; privada: CryptoKey; publica: CryptoKey; publicaBase64: string }
  publicas: { kid: number; publica: string }[]
  porKid: Map<number, CryptoKey>
}

/** Who is asking: set by http/auth middleware. */
export type Sesion =
  | { clase: 'cuenta'; sesionId: string; usuarioId: string; app: string; esSuperadmin: boolean }
  | { clase: 'dispositivo'; sesionId: string; dispositivoId: string; negocioId: string; sucursalId: string | null; tipo: 'caja' | 'studio' }
  /** An empleado who entered with nick and PIN on an enrolled till; permisos are read at each request (SCAN-49). */
  | {
      clase: 'empleado'
      sesionId: string
      empleadoId: string
      dispositivoId: string
      negocioId: string
      /** Of the device. */
      sucursalId: string | null
      permisos: PermisosScanYA
    }
