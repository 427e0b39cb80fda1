/** Whose card this is, online (SCAN-15, 23, 24, 45). What was proved is kept for one sale, so that a bare client id never credits anybody. */
import { z } from 'zod'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { NIVELES, type Nivel } from '../../../schema/domain/configuracion/configuracion.ts'
import { puede } from '../../../schema/domain/empleados/permisos.ts'
import type { EvidenciaQr } from '../../../schema/domain/hechos/libro.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { vidaDelQrMs } from '../../../schema/domain/tarjetas/vida-del-qr.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { leerEvidencias, verificarTextos } from '../../sync/evidencias.ts'
import { configuracionEn } from '../configuraciones/insertar.sql.ts'
import { motivoAhora } from '../cupones/al-usar.ts'
import { comoCuponRest, cuponRest } from '../cupones/forma.ts'
import { type CuponLeido, cuponPorCorto, leerCupones, leerSuyos } from '../cupones/leer.sql.ts'
import type { Mostrador } from './mostrador.ts'

/** SCAN-24: the phone's corrected clock may be half a minute off. */
const TOLERANCIA_MS = 30 * SEGUNDO
/** An identification serves one sale within this, and never so late that its own hour would be doubted (R11). */
const VALIDEZ_MS = 10 * MINUTO

export const clienteIdentificado = z.object({
  identificacionId: uuid,
  venceAt: instante,
  cliente: z.object({
    clienteId: uuid,
    nombre: z.string(),
    nivel: z.enum(NIVELES),
    multiplicador: z.number(),
    /** False: the first visit here. */
    conocido: z.boolean(),
    /** Null without the permission verInfoCliente, and for a till that asks by itself: any cashier may be in front of it. */
    puntosDisponibles: z.number().int().nullable(),
    visitas: z.number().int().nullable(),
    ultimaVisitaAt: instante.nullable(),
  }),
  /** SCAN-16. What the client may use here now, those that end first first; none for whoever may not validate cupones. */
  cupones: z.array(cuponRest),
  /** Of a cupón's QR: which one of this negocio it shows. Null: a card, or the cupón of another negocio. */
  cuponEscaneado: uuid.nullable(),
})
export type ClienteIdentificado = z.infer<typeof clienteIdentificado>

type Valida = Extract<EvidenciaQr, { valida: true }>

/** @throws Rechazo qr_invalido, QR_EXPIRADO, QR_USADO, TARJETA_VENCIDA, TARJETA_REVOCADA */
export async function identificarCliente(deps: Deps, mostrador: Mostrador, texto: string): Promise<ClienteIdentificado> {
  const ahora = deps.now()
  const verificados = await verificarTextos(deps.llaves, [texto])
  const leido = verificados.get(texto)
  if (!leido) throw new Rechazo('qr_invalido', 'qrPayload')
  const { negocioId } = mostrador
  return deps.db.negocio(negocioId, async (sql) => {
    const edad = ahora - leido.tsMs
    const vidaMs = vidaDelQrMs((await configuracionEn(sql, negocioId, ahora))?.vidaQrSegundos)
    if (edad > vidaMs + TOLERANCIA_MS || edad < -TOLERANCIA_MS) throw new Rechazo('QR_EXPIRADO', 'qrPayload')
    if (leido.notAfter < ahora) throw new Rechazo('TARJETA_VENCIDA', 'qrPayload')
    const evidencia = (await leerEvidencias(sql, verificados)).get(texto)
    if (!evidencia?.valida) throw new Rechazo('TARJETA_REVOCADA', 'qrPayload')
    const { cardId, llave, ctr } = evidencia
    const [usado] = await sql`
      select 1 from usos_qr where negocio_id = ${negocioId} and card_id = ${cardId} and llave = ${llave} and ctr = ${ctr}`
    if (usado) throw new Rechazo('QR_USADO', 'qrPayload')
    const id = uuidv7(ahora, deps.azar)
    const venceAt = Math.min(ahora, evidencia.tsMs) + VALIDEZ_MS
    await sql`insert into identificaciones ${sql({
      negocio_id: negocioId,
      id,
      atadura: mostrador.atadura,
      qr: texto,
      de_usuario: evidencia.usuarioId,
      vence_at: new Date(venceAt),
      created_at: new Date(ahora),
    })}`
    const cliente = await describir(sql, mostrador, evidencia, ahora)
    const escaneado = evidencia.cupon === undefined ? undefined : await cuponPorCorto(sql, negocioId, evidencia.cupon)
    const cupones = await cuponesDe(sql, mostrador, evidencia, ahora)
    return { identificacionId: id, venceAt, cliente, cupones, cuponEscaneado: escaneado?.definicion.id ?? null }
  })
}

interface FilaDeCliente {
  visitas: number
  ultimaVisitaAt: number
  puntosDisponibles: number
}

async function describir(sql: Tx, mostrador: Mostrador, quien: Valida, ahora: number): Promise<ClienteIdentificado['cliente']> {
  const { negocioId, permisos, clase } = mostrador
  const [fila] = await sql<FilaDeCliente[]>`
    select c.visitas, c.ultima_visita_at, coalesce(p.puntos_disponibles, 0)::int as puntos_disponibles from clientes c
    left join puntos_por_negocio p on p.negocio_id = c.negocio_id and p.usuario_id = c.usuario_id
    where c.negocio_id = ${negocioId} and c.usuario_id = ${quien.usuarioId}`
  const veInfo = permisos === null ? clase === 'cuenta' : puede(permisos, 'verInfoCliente')
  return {
    clienteId: quien.usuarioId,
    nombre: quien.alias,
    nivel: quien.nivel,
    multiplicador: await multiplicadorDe(sql, negocioId, quien.nivel, ahora),
    conocido: fila !== undefined,
    puntosDisponibles: veInfo ? (fila?.puntosDisponibles ?? 0) : null,
    visitas: veInfo ? (fila?.visitas ?? 0) : null,
    ultimaVisitaAt: veInfo ? (fila?.ultimaVisitaAt ?? null) : null,
  }
}

/** SCAN-16. Whatever the sale comes to: a minimum is asked for when it is used. */
async function cuponesDe(sql: Tx, { negocioId, sucursalId, permisos }: Mostrador, quien: Valida, ahora: number) {
  if (permisos && !puede(permisos, 'validarCupones')) return []
  const { usuarioId, nivel } = quien
  const suyos = await leerSuyos(sql, negocioId, usuarioId)
  const vale = (cupon: CuponLeido) =>
    motivoAhora(
      { cupon, suyo: suyos.get(cupon.definicion.id), usuarioId, nivel, codigoUnico: null, medio: 'lista' },
      sucursalId,
      null,
      ahora,
    ) === null
  return (await leerCupones(sql, negocioId)).filter(vale).map(({ definicion }) => comoCuponRest(negocioId, definicion))
}

/** 1.25 for 125. */
async function multiplicadorDe(sql: Tx, negocioId: string, nivel: Nivel, ahora: number): Promise<number> {
  const version = await configuracionEn(sql, negocioId, ahora)
  return (version?.multiplicadoresPct[nivel] ?? 100) / 100
}
