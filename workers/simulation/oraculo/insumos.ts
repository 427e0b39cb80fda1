/** What the oracle is given, read past row-level security: what was accepted, and the facts that do not depend on the judge. */
import type { Superusuario } from '../../../sync-server/testing/db.ts'
import { leerQrAparte, type QrLeido } from './qr.ts'
import type { VersionDeReglas } from './reglas.ts'

export interface Recibido {
  n: number
  cadenaId: string
  seq: number
  variante: number
  /** Null: a signed `perdido`. */
  cuerpo: string | null
  recibidoAt: number
}

export interface QrDeTarjeta extends QrLeido {
  usuarioId: string
  alias: string
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
  /** Devices from which a dueño may decide. */
  studios: Set<string>
  empleadosBaja: Map<string, number | null>
  licencias: Map<string, { dispositivoId: string; emitidaAt: number; venceAt: number; maxVentas: number }>
  /** A QR of ours, or null: forged, altered, or of a pair never issued. */
  qr(texto: string): QrDeTarjeta | null
  /** True when the articulo could be sold when the sale of this hecho was judged. */
  disponible(articuloId: string, hechoId: string): boolean
}

/** Reads one negocio. Change images of articulos tell what was on sale when; verdicts tell at which seq a sale was judged. */
export async function leerInsumos(sql: Superusuario, negocioId: string): Promise<Insumos> {
  const recibidos =
    await sql`select n, cadena_id, seq, variante, cuerpo, recibido_at from hechos_recibidos where negocio_id = ${negocioId} order by n`
  const versiones = await sql`select * from configuraciones where negocio_id = ${negocioId} order by version`
  const duenos = await sql`select usuario_id from negocio_cuentas where negocio_id = ${negocioId} and papel = 'dueno'`
  const sucursales = await sql`select id, zona_horaria from negocio_sucursales where negocio_id = ${negocioId}`
  const cadenas = await sql`select cadena_id, dispositivo_id from cadenas where negocio_id = ${negocioId}`
  const dispositivos = await sql`select id, tipo, baja_at from dispositivos where negocio_id = ${negocioId}`
  const empleados = await sql`select id, baja_at from empleados where negocio_id = ${negocioId}`
  const licencias = await sql`select id, dispositivo_id, emitida_at, vence_at, max_ventas from licencias where negocio_id = ${negocioId}`
  return {
    negocioId,
    recibidos: recibidos as Recibido[],
    versiones: versiones as VersionDeReglas[],
    duenos: new Set(duenos.map((d) => d.usuarioId)),
    zonas: new Map(sucursales.map((s) => [s.id, s.zonaHoraria])),
    cadenas: new Map(cadenas.map((c) => [c.cadenaId, c.dispositivoId])),
    dispositivosBaja: new Map(dispositivos.map((d) => [d.id, d.bajaAt])),
    studios: new Set(dispositivos.filter((d) => d.tipo === 'studio').map((d) => d.id)),
    empleadosBaja: new Map(empleados.map((e) => [e.id, e.bajaAt])),
    licencias: new Map(licencias.map((l) => [l.id, l])),
    qr: await lectorDeQr(sql),
    disponible: await historiaDeArticulos(sql, negocioId),
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

async function historiaDeArticulos(sql: Superusuario, negocioId: string): Promise<Insumos['disponible']> {
  const cambios =
    await sql`select seq, pk, despues from cambios_negocio where negocio_id = ${negocioId} and coleccion = 'articulos' order by seq`
  const juzgados = await sql`select hecho_id, seq_stream from veredictos where negocio_id = ${negocioId} and tipo = 'venta'`
  const cuando = new Map(juzgados.map((v) => [v.hechoId, v.seqStream]))
  return (articuloId, hechoId) => {
    const imagen = cambios.findLast((c) => c.pk === articuloId && c.seq <= (cuando.get(hechoId) ?? Number.POSITIVE_INFINITY))?.despues
    return Boolean(imagen?.visible) && !imagen.agotado && !borradoEn(imagen)
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
