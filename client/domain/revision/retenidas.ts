/**
 * Sales whose points wait for a dueño (R2, R10, R11, R15, R16), as this device knows them: what holds them, how that ends by itself, and what somebody at
 * this device has already said. The sale itself always counts.
 */
import type { Regla } from '../../../schema/domain/hechos/tipos.ts'
import { ajustePuntos } from '../../../schema/domain/hechos/tipos.ts'
import type { ClienteDoc, ConfigDoc, RetencionDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'

export type Decision = 'aprobar' | 'rechazar'

/** A decision that is in this device's journal. `negada`: the server did not take it, `codigo` says why. */
export interface Decidida {
  transaccionId: string
  regla: Regla
  decision: Decision
  estado: 'por_enviar' | 'enviada' | 'negada'
  codigo: string | null
  at: number
}
export interface Retenida {
  venta: TransaccionDoc
  /** Holds still in force; empty in documents of the first release, which do not tell them. */
  reglas: RetencionDoc[]
  /** Alias of the client; '' when this device does not hold it. */
  cliente: string
  /** `@lucia`; '' when the dueño sold or nobody knows. */
  operador: string
  sucursal: string
  /** IANA. */
  zona: string
  /** What waits, after refunds. */
  puntos: number
  /** How it ends if nobody decides, and when (ms): the points lapse as soon as one of its rules says so. Null: not told. */
  fin: { alVencer: 'acreditar' | 'caducar'; at: number } | null
  /** What this device said, once it said it for every rule in force; null: it waits. */
  decidida: Decidida | null
}

/** Entries of the journal of kind `ajuste_puntos`, with what the server answered; the last word on each rule. */
export function decididasDe(renglones: readonly Record<string, unknown>[], veredictos: readonly VeredictoDoc[]): Decidida[] {
  const porId = new Map(veredictos.map((v) => [v.id, v]))
  const ultimas = new Map<string, Decidida>()
  for (const renglon of renglones) {
    if (renglon.tipo !== 'ajuste_puntos' || renglon.estado === 'trasladado' || renglon.estado === 'perdido') continue
    const leido = ajustePuntos.safeParse(datosDe(renglon.cuerpo))
    if (!leido.success) continue
    const { transaccionId, regla, decision } = leido.data
    const veredicto = porId.get(String(renglon.id))
    const negada = veredicto !== undefined && veredicto.estado !== 'aceptado' && veredicto.estado !== 'en_espera'
    const estado = negada ? 'negada' : renglon.estado === 'pendiente' ? 'por_enviar' : 'enviada'
    const at = Number(renglon.wall)
    const llave = `${transaccionId}|${regla}`
    if ((ultimas.get(llave)?.at ?? -1) <= at)
      ultimas.set(llave, { transaccionId, regla, decision, estado, codigo: negada ? (veredicto.motivos[0]?.codigo ?? null) : null, at })
  }
  return [...ultimas.values()]
}

function datosDe(cuerpo: unknown): unknown {
  try {
    return (JSON.parse(String(cuerpo)) as { datos?: unknown }).datos
  } catch {
    return null
  }
}

export interface Contexto {
  clientes: readonly ClienteDoc[]
  config: readonly ConfigDoc[]
  decididas: readonly Decidida[]
  /** Only of this one; null: of all. */
  sucursalId: string | null
  /** Zone of a sale whose sucursal is not known. */
  zona: string
}

/** Newest first. */
export function retenidasDe(ventas: readonly TransaccionDoc[], contexto: Contexto): Retenida[] {
  const { sucursalId } = contexto
  return ventas
    .filter((v) => v.retenida && (sucursalId === null || v.sucursalId === sucursalId))
    .map((venta) => retenidaDe(venta, contexto))
    .sort((a, b) => b.venta.effAt - a.venta.effAt)
}

export function retenidaDe(venta: TransaccionDoc, { clientes, config, decididas, zona }: Contexto): Retenida {
  const reglas = (venta.retenciones ?? []).filter((r) => r.estado === 'activa')
  const sucursal = config.find((c) => c.id === `sucursal:${venta.sucursalId}`) as
    | Extract<ConfigDoc, { sucursalId: string; zonaHoraria: string }>
    | undefined
  const empleado = config.find((c) => c.id === `empleado:${venta.empleadoId}`) as { nick?: string } | undefined
  return {
    venta,
    reglas,
    cliente: clientes.find((c) => c.id === venta.clienteId)?.alias ?? '',
    operador: empleado?.nick ? `@${empleado.nick}` : '',
    sucursal: sucursal?.nombre ?? '',
    zona: sucursal?.zonaHoraria ?? zona,
    puntos: venta.puntosOtorgados - venta.puntosDevueltos,
    fin: finDe(reglas),
    decidida: venta.retenida ? deTodas(venta.id, reglas, decididas) : null,
  }
}

/** Every rule must let go: the last to end says when, and one that lapses takes the points whatever the others say. */
function finDe(reglas: readonly RetencionDoc[]): Retenida['fin'] {
  if (reglas.length === 0) return null
  const caducan = reglas.filter((r) => r.alVencer === 'caducar')
  if (caducan.length > 0) return { alVencer: 'caducar', at: Math.min(...caducan.map((r) => r.venceAt)) }
  return { alVencer: 'acreditar', at: Math.max(...reglas.map((r) => r.venceAt)) }
}

/** The last thing said of a sale when nothing of it waits for a word any more; one that was refused by the server waits again. */
function deTodas(transaccionId: string, reglas: readonly RetencionDoc[], decididas: readonly Decidida[]): Decidida | null {
  const suyas = decididas.filter((d) => d.transaccionId === transaccionId && d.estado !== 'negada')
  if (suyas.length === 0 || reglas.some(({ regla }) => !suyas.some((d) => d.regla === regla))) return null
  return suyas.find((d) => d.estado === 'por_enviar') ?? suyas[0] ?? null
}

/** How a sale that was held ended. */
export function desenlaceDe(retenciones: readonly RetencionDoc[]): 'aprobada' | 'rechazada' | 'caducada' | null {
  if (retenciones.length === 0 || retenciones.some((r) => r.estado === 'activa')) return null
  if (retenciones.some((r) => r.estado === 'rechazada')) return 'rechazada'
  return retenciones.some((r) => r.estado === 'caducada') ? 'caducada' : 'aprobada'
}

/** Those that still wait for a word, the same count wherever it is told: what was said and may still be taken back (`enEspera`) waits no more. */
export const porDecidir = (retenidas: readonly Retenida[], enEspera: ReadonlyMap<string, unknown>): Retenida[] =>
  retenidas.filter(({ venta, decidida }) => !decidida && !enEspera.has(venta.id))

/** Points of several together. */
export const sumaDe = (retenidas: readonly Retenida[]): number => retenidas.reduce((suma, r) => suma + r.puntos, 0)
