/**
 * `POST /sync/diario` (DI1-DI11): the journal of a device, authenticated by its signature of the head alone.
 *
 *   read → device and signature → hashes and head → one transaction: receive and judge → answer
 *
 * The answer means that the bytes are kept, and nothing else (DI3).
 */
import type { PedidoDiario, RespuestaDiario } from '../../schema/protocol/diario.ts'
import type { Deps } from '../context.ts'
import { contarRetrasos } from '../http/metricas-sync.ts'
import { aceptar } from './accept.ts'
import { atenderArriendo, verAlSaludar } from './arriendo-al-recibir.ts'
import { verificarTextos } from './evidencias.ts'
import { type Equipo, equipoDe, leerPedido, type RenglonEnviado, situar, verificarFirma } from './lote.ts'
import { libretaDe } from './plataforma/notas.ts'
import { type Lote, type RecepcionDeDiario, recibir, saludar } from './recepcion.ts'
import { qrDe } from './sobres.ts'

export interface Recibido {
  respuesta: RespuestaDiario
  pedido: PedidoDiario
  equipo: Equipo
  /** Entries and losses that were new. */
  nuevos: number
}

/**
 * Receives an upload, idempotent by (cadenaId, seq). `admitir` is called once the sender is known, before anything is stored (rate limit).
 * @throws Rechazo DATO_INVALIDO, DIARIO_EXCEDIDO, RENGLON_EXCEDIDO, FIRMA_INVALIDA, DIARIO_CABEZA, DIARIO_AJENO
 */
export async function recibirDiario(deps: Deps, crudo: unknown, admitir?: (equipo: Equipo) => Promise<void>): Promise<Recibido> {
  const pedido = leerPedido(crudo)
  const equipo = await equipoDe(deps, pedido.dispositivoId)
  await verificarFirma(equipo, pedido)
  await admitir?.(equipo)
  const enviados = situar(pedido)
  const ahora = deps.now()
  // By the device's corrected clock: one that is slow by hours would never catch up with what it says.
  const enteroHasta = pedido.estado?.alDia ? Math.min(ahora, pedido.enviadoAt + pedido.estado.offset) : null
  const lote: Lote = { dispositivoId: equipo.id, sucursalId: equipo.sucursalId, cadenaId: pedido.cadenaId, enviados, ahora, enteroHasta }
  if (enviados.length === 0) {
    const saludo = await deps.db.negocio(equipo.negocioId, (sql) => saludar(sql, equipo.negocioId, lote), { soloLectura: true })
    // One that begins elsewhere was said to a server that had more, before it was restored.
    if (enteroHasta !== null && !saludo.revocado && pedido.desde === saludo.esperado)
      await verAlSaludar(deps, equipo, saludo.arriendo, enteroHasta)
    if (!saludo.revocado) await atenderArriendo(deps, equipo, saludo.arriendo)
    return { respuesta: responder(deps, saludo), pedido, equipo, nuevos: 0 }
  }
  await adelantarFirmas(deps, pedido.cadenaId, enviados)
  const recepcion = await aceptar(deps, equipo.negocioId, (sql, contador) => recibir(sql, contador, { ...lote, ahora: deps.now() }), {
    cadenaId: pedido.cadenaId,
    renglones: enviados.length,
  })
  if (recepcion.bifurcado) deps.hub.revocar(equipo.id)
  if (!recepcion.revocado) await atenderArriendo(deps, equipo, recepcion.arriendo)
  contar(deps, equipo, enviados, recepcion)
  return { respuesta: responder(deps, recepcion), pedido, equipo, nuevos: recepcion.filas.length }
}

/** After the commit: throughput, delay and repeats (R1), for the Panel and the metrics. */
function contar(
  deps: Deps,
  equipo: Equipo,
  enviados: readonly RenglonEnviado[],
  { filas, esperado, ocurridosAt }: RecepcionDeDiario,
): void {
  const at = deps.now()
  const retrasosMs = ocurridosAt.map((ocurrido) => at - ocurrido)
  const tenidos = enviados.filter((e) => e.seq < esperado).length - filas.length
  libretaDe(deps).recibidos({ dispositivoId: equipo.id, negocioId: equipo.negocioId }, at, filas.length, retrasosMs, tenidos)
  contarRetrasos(deps, retrasosMs)
}

const responder = (deps: Pick<Deps, 'now'>, { esperado, revocado }: { esperado: number; revocado: boolean }): RespuestaDiario => ({
  recibidoHasta: esperado - 1,
  esperado,
  hora: deps.now(),
  revocado,
})

/**
 * Signatures of the QRs, before the counter is taken: other tills wait for it. The judge finds them proved. One on which checking itself throws
 * is the judge's to set apart: receiving does not depend on it (DI7).
 */
async function adelantarFirmas(deps: Pick<Deps, 'llaves' | 'log'>, cadenaId: string, enviados: readonly RenglonEnviado[]): Promise<void> {
  const textos = enviados.map(({ sobre }) => (sobre ? qrDe(sobre) : null)).filter((texto) => texto !== null)
  if (textos.length === 0) return
  await verificarTextos(deps.llaves, textos).catch((err) => deps.log.error({ err, cadenaId }, 'a QR could not be checked before judging'))
}
