/**
 * `POST /api/cardya/canjear` (CARD-36, 38; SCAN-30, 32, 33). Points are never spent from an offline balance: they are set apart here, under the negocio's counter,
 * where two phones of one shopper meet. Name, price and worth are frozen in the canje, and in the QR the platform signs.
 */

import { textoCanonico } from '../../../schema/core/canonico.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { SEGUNDO } from '../../../schema/core/tiempo.ts'
import { VIDA_DEL_CANJE_MS } from '../../../schema/domain/canjes/canje.ts'
import { CODIGOS_DE_CANJE, idDeCanje } from '../../../schema/domain/canjes/codigo.ts'
import { firmarQrDeCanje } from '../../../schema/domain/canjes/qr-canje.ts'
import type { CanjeCreado } from '../../../schema/domain/hechos/tipos.ts'
import { numeroDeRecompensa } from '../../../schema/domain/recompensas/recompensa.ts'
import type { MiCanje, PedidoDeCanje } from '../../../schema/protocol/canjes.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { asentarPedido } from '../../sync/server-chain.ts'
import { estaVivo } from '../articulos/leer.sql.ts'
import { type Atado, type Repetible, recordar } from '../scanya/repetible.ts'
import { comoMiCanje, fueProcesado, leerCanje } from './leer.sql.ts'

/** A number that is taken, or a recompensa edited in this very moment: tried again with what is true now. */
const INTENTOS = 5
class OtraVez extends Error {}
/** The very same request was quicker. */
class YaHecho extends Error {}

export const atadoA = (negocioId: string, usuarioId: string): Atado => ({ negocioId, atadura: `cuenta:${usuarioId}` })

/**
 * Sets the points apart. `admitir` is asked once it is known that this is a new canje that can be made (rate limit).
 * @throws Rechazo RECOMPENSA_NO_DISPONIBLE (also of a negocio that does not exist), DATO_INVALIDO `puntos` (another price) or `sucursalId`, PUNTOS_INSUFICIENTES,
 * IDEMPOTENCIA_DISTINTA, HECHO_EN_PROCESO
 */
export async function canjear(
  deps: Deps,
  usuarioId: string,
  pedido: PedidoDeCanje,
  repetible: Repetible,
  admitir?: (cardId: string) => Promise<void>,
): Promise<MiCanje> {
  const { negocioId } = pedido
  const atado = atadoA(negocioId, usuarioId)
  for (let intento = 1; ; intento++) {
    const previo = await deps.db.negocio(negocioId, (sql) => deLlave(sql, atado, repetible))
    if (previo) return responder(deps, negocioId, previo)
    const oferta = await deps.db.negocio(negocioId, (sql) => leerOferta(sql, usuarioId, pedido))
    if (intento === 1) await admitir?.(oferta.cardId)
    try {
      return await responder(deps, negocioId, await asentar(deps, usuarioId, pedido, oferta, { atado, repetible }))
    } catch (error) {
      if (!(error instanceof OtraVez || error instanceof YaHecho) || intento === INTENTOS) throw error
    }
  }
}

interface Llave {
  atado: Atado
  repetible: Repetible
}

async function asentar(deps: Deps, usuarioId: string, pedido: PedidoDeCanje, oferta: Oferta, { atado, repetible }: Llave): Promise<string> {
  const { negocioId, recompensaId } = pedido
  const numero = deps.azar(6).reduce((n, byte) => n * 256 + byte, 0)
  const canjeId = await idDeCanje(negocioId, numero)
  const datos = await datosDe(deps, usuarioId, recompensaId, oferta, numero)
  const hecho = { tipo: 'canje.creado', datos, id: canjeId, sucursalId: datos.sucursalId } as const
  const nuevo = await asentarPedido(deps, negocioId, hecho, async (sql) => {
    if (await deLlave(sql, atado, repetible)) throw new YaHecho('an earlier request with this key was quicker')
    if (textoCanonico(await leerOferta(sql, usuarioId, pedido)) !== textoCanonico(oferta)) throw new OtraVez('what is bought has changed')
    if (await numeroTomado(sql, negocioId, numero)) throw new OtraVez('this number is of another canje')
    await recordar(sql, deps.now(), atado, { ...repetible, hechoId: canjeId })
  })
  if (!nuevo) throw new OtraVez('this number was given before')
  return canjeId
}

/** The canje a key stands for. @throws Rechazo IDEMPOTENCIA_DISTINTA when it was used for another request */
async function deLlave(sql: Tx, { negocioId, atadura }: Atado, { llave, huella }: Repetible): Promise<string | null> {
  if (llave === null) return null
  const [previa] = await sql<{ huella: string; hechoId: string }[]>`
    select huella, hecho_id from idempotencias where negocio_id = ${negocioId} and atadura = ${atadura} and llave = ${llave}`
  if (previa && previa.huella !== huella) throw new Rechazo('IDEMPOTENCIA_DISTINTA')
  return previa?.hechoId ?? null
}

interface Lugar {
  id: string
  numero: number
}

/** All that a canje freezes. */
interface Oferta {
  nombre: string
  puntos: number
  valorCentavos: number
  negocioNumero: number
  cardId: string
  /** Null: anywhere. */
  sucursal: Lugar | null
}

interface Fila extends Omit<Oferta, 'sucursal' | 'cardId'> {
  sucursales: string[]
  lugares: Lugar[]
  disponibles: number
  cardId: string | null
}

/** What is asked for, as it is now. @throws Rechazo as canjear */
async function leerOferta(sql: Tx, usuarioId: string, { negocioId, recompensaId, puntos, sucursalId }: PedidoDeCanje): Promise<Oferta> {
  const [fila] = await sql<Fila[]>`
    select r.nombre, r.puntos, r.valor_centavos, r.sucursales, n.numero as negocio_numero, c.card_id, coalesce(p.puntos_disponibles, 0) as disponibles,
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'numero', s.numero) order by s.numero), '[]') from negocio_sucursales s
        where s.negocio_id = n.negocio_id and s.activa) as lugares
    from recompensas r join negocios n on n.negocio_id = r.negocio_id
    left join clientes c on c.negocio_id = r.negocio_id and c.usuario_id = ${usuarioId}
    left join puntos_por_negocio p on p.negocio_id = r.negocio_id and p.usuario_id = ${usuarioId}
    where r.negocio_id = ${negocioId} and r.id = ${recompensaId} and r.activa and n.activo and ${estaVivo(sql)}`
  if (!fila) throw new Rechazo('RECOMPENSA_NO_DISPONIBLE')
  const { sucursales, lugares, disponibles, cardId, ...congelado } = fila
  const donde = lugares.filter(({ id }) => sucursales.length === 0 || sucursales.includes(id))
  const pedida = sucursalId == null ? undefined : donde.find(({ id }) => id === sucursalId)
  if (sucursalId != null && !pedida) throw new Rechazo('DATO_INVALIDO', 'sucursalId')
  if (donde.length === 0) throw new Rechazo('RECOMPENSA_NO_DISPONIBLE')
  if (fila.puntos !== puntos) throw new Rechazo('DATO_INVALIDO', 'puntos')
  if (cardId === null || disponibles < puntos) throw new Rechazo('PUNTOS_INSUFICIENTES')
  return { ...congelado, cardId, sucursal: pedida ?? (donde.length === 1 ? (donde[0] ?? null) : null) }
}

async function datosDe(deps: Deps, usuarioId: string, recompensaId: string, oferta: Oferta, numero: number): Promise<CanjeCreado> {
  const { kid, privada } = deps.llaves.actual
  const { nombre, puntos, valorCentavos, cardId, sucursal, negocioNumero } = oferta
  // In whole seconds, as the QR has it: the till and the server name one end.
  const venceAt = Math.floor((deps.now() + VIDA_DEL_CANJE_MS) / SEGUNDO) * SEGUNDO
  const qr = await firmarQrDeCanje(privada, {
    ...{ kid, negocioNumero, cardId, canjeNumero: numero, puntos, valorCentavos, venceAt },
    ...{ recompensaNumero: numeroDeRecompensa(recompensaId), sucursalNumero: sucursal?.numero ?? 0 },
  })
  return { numero, usuarioId, cardId, recompensaId, nombre, puntos, valorCentavos, sucursalId: sucursal?.id ?? null, qr, venceAt }
}

/** Of any canje, or with the code of one that may still be given. */
async function numeroTomado(sql: Tx, negocioId: string, numero: number): Promise<boolean> {
  const [tomado] = await sql`
    select 1 where exists (select from canjes where negocio_id = ${negocioId} and numero = ${numero})
      or exists (select from canjes where negocio_id = ${negocioId} and apartado and numero % ${CODIGOS_DE_CANJE}::bigint = ${numero % CODIGOS_DE_CANJE}::bigint)`
  return tomado !== undefined
}

async function responder(deps: Pick<Deps, 'db'>, negocioId: string, canjeId: string): Promise<MiCanje> {
  const [fila, procesado] = await deps.db.negocio(
    negocioId,
    async (sql) => [await leerCanje(sql, negocioId, canjeId), await fueProcesado(sql, negocioId, canjeId)] as const,
  )
  if (fila) return comoMiCanje(negocioId, fila)
  // What waited to be judged before it took the points.
  if (procesado === false) throw new Rechazo('PUNTOS_INSUFICIENTES')
  // Received and safe, but judging failed for now: a job does it (DI7).
  throw new RechazoTemporal('HECHO_EN_PROCESO', 2_000)
}
