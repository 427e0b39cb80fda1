/** Rows of the ledger as replicas hold them. The change log and the snapshot use these same functions, so that both give the same bytes. */
import type { Aviso, Cliente, Saldo, Transaccion, Veredicto } from '../../schema/domain/hechos/libro.ts'
import {
  type AvisoDoc,
  type ClienteDoc,
  llaveDeRenglon,
  type RetencionDoc,
  type TransaccionDoc,
  type VeredictoDoc,
} from '../../schema/protocol/documentos.ts'

export const documentoDeVeredicto = (v: Veredicto, seqStream: number): VeredictoDoc => ({
  id: llaveDeRenglon(v.cadenaId, v.seq),
  cadenaId: v.cadenaId,
  seq: v.seq,
  hechoId: v.hechoId,
  tipo: v.tipo,
  dispositivoId: v.dispositivoId,
  estado: v.estado,
  motivos: v.motivos,
  puntos: v.puntos,
  effAt: v.effAt,
  hueco: v.hueco,
  seqStream,
})

/**
 * `retenida`: its points wait. False once they were credited, or a hold of theirs was refused or lapsed. `retenciones`: all it ever had, in rule
 * order, so that whoever decides on one sees until when it waits (R2, R10, R11, R15, R16).
 */
export function documentoDeTransaccion(t: Transaccion, retenciones: readonly RetencionDoc[]): TransaccionDoc {
  const negada = retenciones.some((r) => r.estado === 'rechazada' || r.estado === 'caducada')
  const retenida = !t.acreditada && !negada && retenciones.some((r) => r.estado === 'activa')
  return {
    id: t.id,
    sucursalId: t.sucursalId,
    dispositivoId: t.dispositivoId,
    cadenaId: t.cadenaId,
    seq: t.seq,
    folio: t.folio,
    clienteId: t.clienteId,
    cardId: t.cardId,
    empleadoId: t.empleadoId,
    montoCentavos: t.montoCentavos,
    descripcion: t.descripcion,
    metodoPago: t.metodoPago,
    lineas: t.lineas,
    puntosBase: t.puntosBase,
    multiplicadorPct: t.multiplicadorPct,
    puntosOtorgados: t.puntosOtorgados,
    puntosDevueltos: t.puntosDevueltos,
    acreditada: t.acreditada,
    nivelCliente: t.nivelCliente,
    configVersion: t.configVersion,
    reembolsadoCentavos: t.reembolsadoCentavos,
    motivo: t.motivo,
    estado: t.estado,
    effAt: t.effAt,
    recibidoAt: t.recibidoAt,
    retenida,
    retenciones: retenciones.map(({ regla, codigo, alVencer, venceAt, estado }) => ({ regla, codigo, alVencer, venceAt, estado })),
  }
}

/** A client with the balance in this negocio. */
export const documentoDeCliente = (
  c: Cliente,
  saldo: Pick<Saldo, 'puntosDisponibles' | 'puntosRetenidos' | 'puntosAcumulados'> | undefined,
): ClienteDoc => ({
  id: c.usuarioId,
  usuarioId: c.usuarioId,
  cardId: c.cardId,
  alias: c.alias,
  nivelUltimaVisita: c.nivelUltimaVisita,
  visitas: c.visitas,
  gastadoCentavos: c.gastadoCentavos,
  primeraVisitaAt: c.primeraVisitaAt,
  ultimaVisitaAt: c.ultimaVisitaAt,
  puntosDisponibles: saldo?.puntosDisponibles ?? 0,
  puntosRetenidos: saldo?.puntosRetenidos ?? 0,
  puntosAcumulados: saldo?.puntosAcumulados ?? 0,
})

/** What was decided about an aviso: derived from the stamp of its one editable field. */
export type Resuelto = Required<Pick<AvisoDoc, 'resueltoAt' | 'resueltoPor' | 'resolucion' | 'sellos'>>
export type AvisoConResolucion = Aviso & Resuelto
const SIN_RESOLVER: Resuelto = { resueltoAt: null, resueltoPor: null, resolucion: null, sellos: {} }

export const documentoDeAviso = (a: Aviso, resuelto: Resuelto = SIN_RESOLVER): AvisoDoc => ({
  id: a.id,
  tipo: a.tipo,
  regla: a.regla,
  codigo: a.codigo,
  costoCentavos: a.costoCentavos,
  puntos: a.puntos,
  datos: a.datos,
  creadoAt: a.creadoAt,
  resueltoAt: resuelto.resueltoAt,
  resueltoPor: resuelto.resueltoPor,
  resolucion: resuelto.resolucion,
  borrado: false,
  sellos: resuelto.sellos,
})
