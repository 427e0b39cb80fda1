/** Rows of the ledger as replicas hold them. The change log and the snapshot use these same functions, so that both give the same bytes. */
import { createHmac } from 'node:crypto'
import { CODIGOS_DE_CANJE, codigoDeCanje } from '../../schema/domain/canjes/codigo.ts'
import type { Aviso, Canje, Cliente, CuponUsuario, Saldo, Transaccion, Veredicto } from '../../schema/domain/hechos/libro.ts'
import {
  type AvisoDoc,
  type CanjeDoc,
  type ClienteDoc,
  type ConfigDoc,
  type CuponUsuarioDoc,
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
    ...adornos(t),
    retenida,
    retenciones: retenciones.map(({ regla, codigo, alVencer, venceAt, estado }) => ({ regla, codigo, alVencer, venceAt, estado })),
  }
}

const adornos = (t: Transaccion): Partial<TransaccionDoc> => ({
  ...(t.cuponId === null ? {} : { cuponId: t.cuponId, descuentoCentavos: t.descuentoCentavos }),
  ...(t.foto === null ? {} : { foto: t.foto }),
  ...(t.montoOriginalCentavos === null ? {} : { montoOriginalCentavos: t.montoOriginalCentavos }),
  ...(t.sinLicencia ? { sinLicencia: true } : {}),
})

/** The six letters keyed by the id: enough to know a code that is typed, not to read it off a till. */
export function documentoDeCanje({ numero, qr: _qr, ...c }: Canje): CanjeDoc {
  const letras = codigoDeCanje(numero % CODIGOS_DE_CANJE).slice(-6)
  return { ...c, codigoHmac: createHmac('sha256', c.id).update(letras).digest('hex') }
}

/** Which till confirms canjes with no network, as the config of its sucursal's tills says it (R5). */
export const documentoDeArriendo = (a: {
  sucursalId: string
  dispositivoId: string
  venceAt: number
  pedidoPor: string | null
}): Extract<ConfigDoc, { id: `arriendo:${string}` }> => ({ id: `arriendo:${a.sucursalId}`, ...a })

export const documentoDeCuponUsuario = ({ codigoUnico: _codigo, ...c }: CuponUsuario): CuponUsuarioDoc => ({
  id: `${c.cuponId}|${c.usuarioId}`,
  ...c,
})

/** A client with the balance in this negocio. */
export const documentoDeCliente = (
  c: Cliente,
  saldo: Pick<Saldo, 'puntosDisponibles' | 'puntosRetenidos' | 'puntosAcumulados' | 'puntosApartados'> | undefined,
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
  ...(saldo?.puntosApartados ? { puntosApartados: saldo.puntosApartados } : {}),
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
