/** The oracle's own book: rows as the tables have them (camelCase), by primary key. */
import type {
  Canje,
  Cliente,
  CuponUso,
  HistorialPuntos,
  Retencion,
  Saldo,
  TarjetaAceptada,
  Transaccion,
  TurnoDeCaja,
  Veredicto,
} from '../../../schema/domain/hechos/libro.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'

export interface Renglon {
  n: number
  cadenaId: string
  seq: number
  recibidoAt: number
  sobre: Sobre
  effAt: number
}

/** Points that entered a balance, or a sale that never was: what lifetime is made of. */
export interface MovimientoDeVida {
  usuarioId: string
  transaccionId: string
  tipo: 'ganado' | 'corregido' | 'anulado'
  puntos: number
  effAt: number
  ventaEffAt: number
  recibidoAt: number
}

export interface UsosDeUno {
  cuponId: string
  usuarioId: string
  usados: number
  usadoAt: number
}

export class LibroDelOraculo {
  readonly transacciones = new Map<string, Transaccion>()
  readonly retenciones = new Map<string, Retencion[]>()
  readonly clientes = new Map<string, Cliente>()
  readonly saldos = new Map<string, Saldo>()
  readonly historial: HistorialPuntos[] = []
  readonly escritas = new Map<string, TarjetaAceptada>()
  readonly veredictos = new Map<string, Veredicto>()
  readonly vida: MovimientoDeVida[] = []
  readonly canjes = new Map<string, Canje>()
  readonly turnos = new Map<string, TurnoDeCaja>()
  readonly cuponUsos = new Map<string, CuponUso>()
  /** By `cuponId|usuarioId`. */
  readonly cuponUsuarios = new Map<string, UsosDeUno>()
  readonly cuponesUsados = new Map<string, number>()
  // What the fold remembers and the ledger does not show
  readonly horas = new Map<string, number>()
  readonly huecos = new Set<string>()
  readonly vistos = new Map<string, string>()
  readonly qrUsados = new Map<string, string>()
  readonly ventasDelDia = new Map<string, number>()
  readonly escritasPorEquipo = new Map<string, number>()
  readonly errores = new Map<string, number>()
  readonly ventasPorLicencia = new Map<string, number>()
  readonly montos: number[] = []
  readonly espera = new Map<string, Renglon[]>()
  readonly leidos = new Map<string, Renglon>()
}

export const lugarDe = (r: { cadenaId: string; seq: number }): string => `${r.cadenaId}|${r.seq}`
