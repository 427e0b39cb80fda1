/** Enrolment of a device by a one-use link. */
import type { z } from 'zod'
import { importarPublica, verificarTexto } from '../../../schema/core/firma.ts'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { SEGUNDO } from '../../../schema/core/tiempo.ts'
import { cotejoDe } from '../../../schema/domain/dispositivos/cotejo.ts'
import type { pedidoAlta, RespuestaAlta } from '../../../schema/protocol/dispositivos.ts'
import { huella } from '../../auth/tokens.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { RechazoTemporal } from '../../http/errores.ts'
import { tomarContador } from '../../sync/bitacora.ts'
import { libretaDe } from '../../sync/plataforma/notas.ts'
import { entrarPorEnlace } from '../empleados/entrar.ts'
import { emitirLicencia } from '../licencias/emitir.ts'

type Pedido = z.infer<typeof pedidoAlta>

interface Enlace {
  negocioId: string
  sucursalId: string | null
  tipo: 'caja' | 'studio'
  nombre: string
  venceAt: number
  creadoPor: string
  creadoPorNombre: string
  dispositivoId: string | null
  claveUsada: string | null
  /** PWA-14. Whose link it is, the key that waits, and when the dueño let it in. */
  empleadoId: string | null
  clavePedida: string | null
  aprobadoAt: number | null
}
/** A till that waits for the dueño asks again after this. */
const ESPERA_DE_APROBACION_MS = 3 * SEGUNDO

/** Series of folios: C1, C2… for tills, S1… for Studios. */
const LETRA = { caja: 'C', studio: 'S' } as const

/**
 * Registers the key as a device of the link's sucursal, once. The same key with the same link gets the same answer again: a tablet that lost
 * the answer must not need another link.
 * The link of an empleado (PWA-14) lets a till in once the dueño has seen its four digits; the first key that asks is the only one that may.
 * @throws Rechazo DATO_INVALIDO (not a key), FIRMA_INVALIDA (the key does not live there), ENLACE_INVALIDO (unknown, used, taken back or expired),
 * ALTA_POR_APROBAR
 */
export async function darDeAlta(deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar' | 'llaves'>, pedido: Pedido): Promise<RespuestaAlta> {
  await exigirPosesion(pedido)
  const ahora = deps.now()
  const alta = await deps.db.plataforma(async (sql) => {
    const visto = await leerEnlace(sql, huella(pedido.token))
    if (!visto) throw new Rechazo('ENLACE_INVALIDO')
    // One enrolment at a time in a negocio: a series is given once, and two tablets with one link meet here.
    await tomarContador(sql, visto.negocioId)
    const enlace = await leerEnlace(sql, huella(pedido.token))
    if (!enlace || enlace.venceAt <= ahora) throw new Rechazo('ENLACE_INVALIDO')
    if (enlace.dispositivoId && enlace.claveUsada !== pedido.clavePublica) throw new Rechazo('ENLACE_INVALIDO')
    if (enlace.empleadoId && (await espera(sql, enlace, pedido))) return null
    const dispositivoId = enlace.dispositivoId ?? (await estrenar(sql, deps, enlace, pedido, ahora))
    const respuesta = await responder(sql, deps, enlace.negocioId, dispositivoId, ahora)
    return { ...respuesta, empleado: await entrarPorEnlace(sql, deps, dispositivoId, enlace) }
  })
  if (!alta) throw new RechazoTemporal('ALTA_POR_APROBAR', ESPERA_DE_APROBACION_MS)
  libretaDe(deps).revisar(alta)
  return alta
}

/** Whether the dueño has yet to say yes to this key. @throws Rechazo ENLACE_INVALIDO: another key asked first */
async function espera(sql: Tx, { negocioId, clavePedida, aprobadoAt }: Enlace, { token, clavePublica, modelo }: Pedido): Promise<boolean> {
  if (clavePedida !== null && clavePedida !== clavePublica) throw new Rechazo('ENLACE_INVALIDO')
  if (clavePedida === null) {
    const cotejo = await cotejoDe(token, clavePublica)
    await sql`update enlaces_alta set clave_pedida = ${clavePublica}, modelo = ${modelo}, cotejo = ${cotejo}
      where negocio_id = ${negocioId} and token_hash = ${huella(token)}`
  }
  return aprobadoAt === null
}

async function exigirPosesion({ token, clavePublica, firma }: Pedido): Promise<void> {
  const llave = await importarPublica(clavePublica).catch(() => {
    throw new Rechazo('DATO_INVALIDO', 'clavePublica')
  })
  if (!(await verificarTexto(llave, 'CYA1|alta', `${token}|${clavePublica}`, firma))) throw new Rechazo('FIRMA_INVALIDA')
}

async function leerEnlace(sql: Tx, tokenHash: string): Promise<Enlace | undefined> {
  const [fila] = await sql<Enlace[]>`
    select e.negocio_id, e.sucursal_id, e.tipo, e.nombre, e.vence_at, e.creado_por, e.dispositivo_id, d.clave_publica as clave_usada,
      e.empleado_id, e.clave_pedida, e.aprobado_at, coalesce(trim(u.nombre || ' ' || u.apellidos), '') as creado_por_nombre
    from enlaces_alta e left join usuarios u on u.id = e.creado_por left join dispositivos d on d.negocio_id = e.negocio_id and d.id = e.dispositivo_id and d.baja_at is null
    where e.token_hash = ${tokenHash} and e.cancelado_at is null`
  return fila
}

async function estrenar(sql: Tx, deps: Pick<Deps, 'azar'>, enlace: Enlace, pedido: Pedido, ahora: number): Promise<string> {
  const { negocioId, tipo } = enlace
  const id = uuidv7(ahora, deps.azar)
  await sql`insert into dispositivos ${sql({
    negocio_id: negocioId,
    id,
    sucursal_id: enlace.sucursalId,
    tipo,
    nombre: enlace.nombre,
    modelo: pedido.modelo,
    clave_publica: pedido.clavePublica,
    // A Studio acts for whoever enrolled it; a till for nobody, who works there says so with a PIN.
    usuario_id: tipo === 'studio' ? enlace.creadoPor : null,
    usuario_nombre: tipo === 'studio' ? enlace.creadoPorNombre : '',
    serie: await siguienteSerie(sql, negocioId, tipo),
    created_at: new Date(ahora),
  })}`
  await sql`update enlaces_alta set usado_at = ${new Date(ahora)}, dispositivo_id = ${id}
    where negocio_id = ${negocioId} and token_hash = ${huella(pedido.token)}`
  return id
}

/** Devices are never deleted, so the highest number ever given is there. */
async function siguienteSerie(sql: Tx, negocioId: string, tipo: 'caja' | 'studio'): Promise<string> {
  const letra = LETRA[tipo]
  const [fila] = await sql<{ ultima: number }[]>`
    select coalesce(max(substring(serie from 2)::int), 0) as ultima from dispositivos
    where negocio_id = ${negocioId} and serie ~ ${`^${letra}[0-9]+$`}`
  return `${letra}${(fila?.ultima ?? 0) + 1}`
}

type Ficha = Pick<RespuestaAlta, 'negocioNombre' | 'sucursalId' | 'sucursalNombre' | 'tipo' | 'serie'>

async function responder(
  sql: Tx,
  deps: Pick<Deps, 'now' | 'azar' | 'llaves'>,
  negocioId: string,
  dispositivoId: string,
  hora: number,
): Promise<RespuestaAlta> {
  const [ficha] = await sql<Ficha[]>`
    select n.nombre as negocio_nombre, d.sucursal_id, s.nombre as sucursal_nombre, d.tipo, d.serie
    from dispositivos d join negocios n on n.negocio_id = d.negocio_id
    left join negocio_sucursales s on s.negocio_id = d.negocio_id and s.id = d.sucursal_id
    where d.negocio_id = ${negocioId} and d.id = ${dispositivoId}`
  const licencia = await emitirLicencia(sql, deps, negocioId, dispositivoId)
  return { dispositivoId, negocioId, ...ficha!, licencia, llaves: deps.llaves.publicas, hora }
}
