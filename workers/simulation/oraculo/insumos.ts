/** What the oracle is given, read past row-level security: what was accepted, and the facts that do not depend on the judge. */

import type { DefinicionDeCupon } from '../../../schema/domain/hechos/libro.ts'
import { CLAVE_DE_PRUEBA, type Superusuario } from '../../../sync-server/testing/db.ts'
import { pasoEscrito } from './clave.ts'
import { leerQrAparte, type QrLeido } from './qr.ts'
import type { Nivel, VersionDeReglas } from './reglas.ts'

export interface Recibido {
  n: number
  cadenaId: string
  seq: number
  variante: number
  /** Null: a signed `perdido`. */
  cuerpo: string | null
  recibidoAt: number
}

export interface QrDeTarjeta extends Omit<QrLeido, 'tsMs'> {
  usuarioId: string
  alias: string
  /** Null: typed by hand. */
  tsMs: number | null
}

export interface ClaveDeTarjeta {
  cardId: string
  usuarioId: string
  /** Null: these digits are not its own. */
  paso: number | null
}

export interface Insumos {
  negocioId: string
  recibidos: Recibido[]
  versiones: VersionDeReglas[]
  duenos: Set<string>
  zonas: Map<string, string>
  /** cadenaId -> dispositivo, null for the server's own. */
  cadenas: Map<string, string | null>
  dispositivosBaja: Map<string, number | null>
  /** Devices from which a dueño may decide, each with the account it acts for; null: not known. */
  studios: Map<string, string | null>
  empleadosBaja: Map<string, number | null>
  licencias: Map<string, { dispositivoId: string; emitidaAt: number; venceAt: number; maxVentas: number }>
  /** A QR of ours, or null: forged, altered, or of a pair never issued. */
  qr(texto: string): QrDeTarjeta | null
  /** Whose card was typed, and the step of its digits around an hour. Null: no such number. */
  clave(escrita: { numero: string; clave: string }, hora: number): ClaveDeTarjeta | null
  /** What the server kept of a typed card, by `cadenaId|seq`: nothing but the nivel and the alias of that moment is taken from it. */
  escritas: Map<string, { nivel: Nivel | null; alias: string | null }>
  /** True when the articulo could be sold when the sale of this hecho was judged. */
  disponible(articuloId: string, hechoId: string): boolean
  /** A cupón as it was defined when the sale of this hecho was judged; null: there was none. */
  cupon(cuponId: string, hechoId: string): DefinicionDeEntonces | null
  /** Whether it had been given to this person, or kept, by then. */
  loTiene(cuponId: string, usuarioId: string, hechoId: string): boolean
  /** Whose code of this cupón it was by then. */
  duenoDelCodigo(cuponId: string, codigo: string, hechoId: string): string | null
}

/** Nothing but fields of the document: what they do is said by cupones.ts. */
export type DefinicionDeEntonces = DefinicionDeCupon & { borrado: boolean }

/** The log of what is edited and held: images of documents, by seq. */
export const leerBitacora = (sql: Superusuario, negocioId: string) => sql`select seq, coleccion, pk, despues from cambios_negocio
  where negocio_id = ${negocioId} and coleccion in ('articulos', 'cupones', 'cuponUsuarios') order by seq`
export type Bitacora = Awaited<ReturnType<typeof leerBitacora>>

/**
 * Reads one negocio. Change images of articulos tell what was on sale when; verdicts tell at which seq a sale was judged. `previa`: what the log held before it was
 * compacted.
 */
export async function leerInsumos(sql: Superusuario, negocioId: string, previa: Bitacora | undefined = undefined): Promise<Insumos> {
  const recibidos =
    await sql`select n, cadena_id, seq, variante, cuerpo, recibido_at from hechos_recibidos where negocio_id = ${negocioId} order by n`
  const versiones = await sql`select * from configuraciones where negocio_id = ${negocioId} order by version`
  const duenos = await sql`select usuario_id from negocio_cuentas where negocio_id = ${negocioId} and papel = 'dueno'`
  const sucursales = await sql`select id, zona_horaria from negocio_sucursales where negocio_id = ${negocioId}`
  const cadenas = await sql`select cadena_id, dispositivo_id from cadenas where negocio_id = ${negocioId}`
  const dispositivos = await sql`select id, tipo, usuario_id, baja_at from dispositivos where negocio_id = ${negocioId}`
  const empleados = await sql`select id, baja_at from empleados where negocio_id = ${negocioId}`
  const licencias = await sql`select id, dispositivo_id, emitida_at, vence_at, max_ventas from licencias where negocio_id = ${negocioId}`
  const escritas = await sql`select cadena_id, seq, nivel, alias from evidencias_escritas where negocio_id = ${negocioId}`
  return {
    negocioId,
    recibidos: recibidos as Recibido[],
    versiones: versiones as VersionDeReglas[],
    duenos: new Set(duenos.map((d) => d.usuarioId)),
    zonas: new Map(sucursales.map((s) => [s.id, s.zonaHoraria])),
    cadenas: new Map(cadenas.map((c) => [c.cadenaId, c.dispositivoId])),
    dispositivosBaja: new Map(dispositivos.map((d) => [d.id, d.bajaAt])),
    studios: new Map(dispositivos.filter((d) => d.tipo === 'studio').map((d) => [d.id, d.usuarioId])),
    empleadosBaja: new Map(empleados.map((e) => [e.id, e.bajaAt])),
    licencias: new Map(licencias.map((l) => [l.id, l])),
    qr: await lectorDeQr(sql),
    clave: await lectorDeClaves(sql),
    escritas: new Map(escritas.map((e) => [`${e.cadenaId}|${e.seq}`, { nivel: e.nivel, alias: e.alias }])),
    ...(await historiaDelCatalogo(sql, negocioId, previa)),
  }
}

async function lectorDeQr(sql: Superusuario): Promise<Insumos['qr']> {
  const llaves = await sql`select kid, publica from llaves_plataforma`
  const publicas = new Map<number, Buffer>(llaves.map((l) => [l.kid, Buffer.from(l.publica, 'base64')]))
  const emitidas = await sql`select card_id, llave, de_usuario, alias, baja_at from tarjetas_emitidas`
  const porPar = new Map(emitidas.map((e) => [`${e.cardId}|${e.llave}`, e]))
  return (texto) => {
    const leido = leerQrAparte(texto, publicas)
    const emitida = leido && porPar.get(`${leido.cardId}|${leido.llave}`)
    return leido && emitida && (emitida.bajaAt === null || emitida.bajaAt > leido.tsMs)
      ? { ...leido, usuarioId: emitida.deUsuario, alias: emitida.alias }
      : null
  }
}

async function lectorDeClaves(sql: Superusuario): Promise<Insumos['clave']> {
  const llaves = await sql`
    select n.numero, e.card_id, e.llave, e.de_usuario, e.baja_at from tarjetas_emitidas e join tarjeta_numeros n on n.card_id = e.card_id`
  return ({ numero, clave }, hora) => {
    const suyas = llaves.filter((l) => l.numero === numero)
    const [una] = suyas
    if (!una) return null
    const vivas = suyas.filter((l) => l.bajaAt === null || l.bajaAt > hora)
    const pasos = vivas.map((l) => pasoEscrito(CLAVE_DE_PRUEBA, { cardId: l.cardId, llave: l.llave }, clave, hora))
    return { cardId: una.cardId, usuarioId: una.deUsuario, paso: pasos.find((paso) => paso !== null) ?? null }
  }
}

/** What an editable, or what somebody holds, was when a sale was judged: the last image in the log before that sale's own effects. */
async function historiaDelCatalogo(
  sql: Superusuario,
  negocioId: string,
  previa: Bitacora | undefined,
): Promise<Pick<Insumos, 'disponible' | 'cupon' | 'loTiene' | 'duenoDelCodigo'>> {
  const bitacora = await leerBitacora(sql, negocioId)
  const conocidas = new Set(previa?.map((c) => c.seq))
  const cambios = [...(previa ?? []), ...bitacora.filter((c) => !conocidas.has(c.seq))]
  const juzgados = await sql`select hecho_id, seq_stream from veredictos where negocio_id = ${negocioId} and tipo = 'venta'`
  const codigos = await sql`select cupon_id, usuario_id, codigo_unico from cupon_usuarios
    where negocio_id = ${negocioId} and codigo_unico is not null`
  const porDoc = new Map<string, typeof cambios>()
  for (const c of cambios) porDoc.set(`${c.coleccion}|${c.pk}`, [...(porDoc.get(`${c.coleccion}|${c.pk}`) ?? []), c])
  const cuando = new Map(juzgados.map((v) => [v.hechoId, v.seqStream]))
  const imagen = (coleccion: string, pk: string, hechoId: string) =>
    porDoc.get(`${coleccion}|${pk}`)?.findLast((c) => c.seq <= (cuando.get(hechoId) ?? Number.POSITIVE_INFINITY))?.despues ?? null
  const loTiene = (cuponId: string, usuarioId: string, hechoId: string) => {
    const suyo = imagen('cuponUsuarios', `${cuponId}|${usuarioId}`, hechoId)
    return suyo !== null && suyo.origen !== 'usado'
  }
  return {
    disponible(articuloId, hechoId) {
      const doc = imagen('articulos', articuloId, hechoId)
      return Boolean(doc?.visible) && !doc.agotado && !borradoEn(doc)
    },
    cupon(cuponId, hechoId) {
      const doc = imagen('cupones', cuponId, hechoId)
      if (!doc) return null
      const { sellos: _, ...definicion } = doc
      return { ...definicion, borrado: borradoEn(doc) }
    },
    loTiene,
    duenoDelCodigo(cuponId, codigo, hechoId) {
      const suyo = codigos.find((c) => c.cuponId === cuponId && c.codigoUnico === codigo)
      return suyo && loTiene(cuponId, suyo.usuarioId, hechoId) ? suyo.usuarioId : null
    },
  }
}

/** R9: deleted only while no other field was stamped later. */
function borradoEn(imagen: { borrado: boolean; sellos: Record<string, [number, string]> }): boolean {
  const [cuando, quien] = imagen.sellos.borrado ?? [0, '']
  const despues = Object.entries(imagen.sellos).some(
    ([campo, [t, d]]) => campo !== 'borrado' && (t > cuando || (t === cuando && d > quien)),
  )
  return imagen.borrado && !despues
}
