/** `POST /api/scanya/validar-canje` (SCAN-30, 31, 43): which canje a code or a QR is, and whether this counter may give it now. Nothing is written. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import { CODIGOS_DE_CANJE, idDeCanje, leerCodigoDeCanje } from '../../../schema/domain/canjes/codigo.ts'
import { motivoParaNoEntregar } from '../../../schema/domain/canjes/motivo.ts'
import { verificarQrDeCanje } from '../../../schema/domain/canjes/qr-canje.ts'
import type { CanjeEnMostrador, PedidoDeValidacion } from '../../../schema/protocol/canjes.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import type { Mostrador } from '../scanya/mostrador.ts'
import { comoEnMostrador, type FilaDeCanje, leerCanje } from './leer.sql.ts'

/** A code is said to be given, cancelled or late for this long; after that it is no code. */
const SE_RECUERDA_MS = DIA

/**
 * `admitirTecleo` is asked for codes only: nobody guesses a signature.
 * @throws Rechazo CANJE_INVALIDO (no such canje here), CANJE_YA_ENTREGADO, CANJE_OTRA_SUCURSAL, CANJE_CANCELADO, CANJE_VENCIDO, DEMASIADAS_PETICIONES
 */
export async function validarCanje(
  deps: Deps,
  m: Mostrador,
  { codigo, qr }: PedidoDeValidacion,
  admitirTecleo?: (atadura: string) => Promise<void>,
): Promise<CanjeEnMostrador> {
  if (codigo !== undefined) await admitirTecleo?.(m.atadura)
  const firmado = qr === undefined ? null : await verificarQrDeCanje(qr, deps.llaves.porKid)
  if (qr !== undefined && !firmado) throw new Rechazo('CANJE_INVALIDO', 'qr')
  const { negocioId } = m
  const ahora = deps.now()
  return deps.db.negocio(
    negocioId,
    async (sql) => {
      const id = firmado ? await idDelQr(sql, negocioId, firmado) : await idDelCodigo(sql, negocioId, codigo ?? '', ahora)
      const canje = id === null ? undefined : await leerCanje(sql, negocioId, id)
      if (!canje) throw new Rechazo('CANJE_INVALIDO', qr === undefined ? 'codigo' : 'qr')
      exigirEntregable(canje, m, ahora)
      return comoEnMostrador(canje, ahora)
    },
    { soloLectura: true },
  )
}

/** @throws Rechazo CANJE_YA_ENTREGADO, CANJE_OTRA_SUCURSAL (also where its recompensa is not given), CANJE_CANCELADO, CANJE_VENCIDO */
export function exigirEntregable(canje: FilaDeCanje, { sucursalId }: Pick<Mostrador, 'sucursalId'>, ahora: number): void {
  const motivo = motivoParaNoEntregar(canje, sucursalId, ahora)
  if (motivo) throw new Rechazo(motivo)
  const enCualquiera = canje.sucursalId !== null || !canje.lugares?.length
  if (!enCualquiera && !canje.lugares?.includes(sucursalId)) throw new Rechazo('CANJE_OTRA_SUCURSAL')
}

async function idDelQr(sql: Tx, negocioId: string, { negocioNumero, canjeNumero }: { negocioNumero: number; canjeNumero: number }) {
  const [propio] = await sql`select 1 from negocios where negocio_id = ${negocioId} and numero = ${negocioNumero}`
  return propio ? idDeCanje(negocioId, canjeNumero) : null
}

/** The living one with these six letters; else the newest that had them. */
async function idDelCodigo(sql: Tx, negocioId: string, codigo: string, ahora: number): Promise<string | null> {
  const numero = leerCodigoDeCanje(codigo)
  if (numero === null) return null
  const [fila] = await sql<{ id: string }[]>`
    select id from canjes where negocio_id = ${negocioId} and creado_at > ${new Date(ahora - SE_RECUERDA_MS)}
      and numero % ${CODIGOS_DE_CANJE}::bigint = ${numero}::bigint
    order by estado = 'pendiente' desc, creado_at desc limit 1`
  return fila?.id ?? null
}
