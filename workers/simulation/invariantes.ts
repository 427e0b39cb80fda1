/**
 * What must hold after any history, checked from the journals and the tables alone, in no particular order. A finding is one sentence; the first
 * word says its class: lost, doubled or divergent.
 */

import { ataduraDeEquipo, hechoDeLlave, llaveDeEntrega } from '../../schema/protocol/repetible.ts'
import type { Mundo, NegocioDelMundo } from './mundo.ts'
import { leerQrAparte } from './oraculo/qr.ts'
import { leerSinFila } from './sin-fila.ts'

export interface Hallazgo {
  clase: 'lost' | 'doubled' | 'divergent'
  que: string
}

// biome-ignore lint/suspicious/noExplicitAny: rows of this file's own queries
type Fila = any
type Anotar = (clase: Hallazgo['clase'], que: string) => void

export async function revisarInvariantes(mundo: Mundo): Promise<Hallazgo[]> {
  const hallazgos: Hallazgo[] = []
  const anotar: Anotar = (clase, que) => hallazgos.push({ clase, que })
  for (const negocio of mundo.negocios) {
    const tablas = await leerTablas(mundo, negocio.negocioId)
    nadaConfirmadoFalta(mundo, negocio, tablas, anotar)
    await nadaEditadoFalta(mundo, negocio, anotar)
    elOrdenDeAceptacion(tablas, anotar)
    lasHorasNoRetroceden(tablas, anotar)
    cadaVentaSeAcreditaUnaVez(tablas, anotar)
    unCreditoPorQr(tablas, anotar)
    losPuntosCuadran(tablas, anotar)
    nadieDeBajaAcreditaSolo(tablas, anotar)
    nadaSeDaDeMas(tablas, anotar)
    await unaCajaEntregaUnaVez(negocio, tablas, anotar)
  }
  return hallazgos
}

interface Tablas {
  recibidos: Fila[]
  veredictos: Fila[]
  transacciones: Map<string, Fila>
  historial: Fila[]
  saldos: Fila[]
  retenciones: Fila[]
  /** By `cadenaId|seq`. */
  escritas: Map<string, Fila>
  empleados: Map<string, number | null>
  licencias: Map<string, Fila>
  cupones: Map<string, Fila>
  usos: Fila[]
  seqs: number[]
  publicas: Map<number, Buffer>
}

async function leerTablas(mundo: Mundo, id: string): Promise<Tablas> {
  const sql = mundo.db.superusuario
  const transacciones = await sql`select * from transacciones where negocio_id = ${id}`
  const empleados = await sql`select id, baja_at from empleados where negocio_id = ${id}`
  const licencias = await sql`select * from licencias where negocio_id = ${id}`
  const escritas = await sql`select * from evidencias_escritas where negocio_id = ${id}`
  const cambios = await sql`select seq from cambios_negocio where negocio_id = ${id} order by seq`
  const llaves = await sql`select kid, publica from llaves_plataforma`
  const cupones = await sql`select * from cupones where negocio_id = ${id}`
  return {
    recibidos: await sql`select * from hechos_recibidos where negocio_id = ${id} order by n`,
    veredictos: await sql`select * from veredictos where negocio_id = ${id} order by cadena_id, seq`,
    transacciones: new Map(transacciones.map((t) => [t.id, t])),
    historial: await sql`select * from historial_puntos where negocio_id = ${id}`,
    saldos: await sql`select * from puntos_por_negocio where negocio_id = ${id}`,
    retenciones: await sql`select * from retenciones where negocio_id = ${id}`,
    escritas: new Map(escritas.map((e) => [`${e.cadenaId}|${e.seq}`, e])),
    empleados: new Map(empleados.map((e) => [e.id, e.bajaAt])),
    licencias: new Map(licencias.map((l) => [l.id, l])),
    cupones: new Map(cupones.map((c) => [c.id, c])),
    usos: await sql`select * from cupon_usos where negocio_id = ${id}`,
    seqs: cambios.map((c) => c.seq),
    publicas: new Map(llaves.map((l) => [l.kid, Buffer.from(l.publica, 'base64')])),
  }
}

/** Neither a hecho a screen confirmed nor an entry on a living disk is missing at the server, byte for byte. */
function nadaConfirmadoFalta(mundo: Mundo, negocio: NegocioDelMundo, t: Tablas, anotar: Anotar): void {
  const ids = new Set(t.recibidos.filter((r) => r.cuerpo !== null && r.variante === 0).map((r) => r.hechoId))
  for (const c of mundo.confirmados)
    if (c.negocioId === negocio.negocioId && !c.perdido && !ids.has(c.hechoId))
      anotar('lost', `${c.tipo} ${c.hechoId} confirmed on ${c.equipo}`)
  const entregados = new Set(
    t.recibidos.filter((r) => r.tipo === 'canje_confirmado' && r.cuerpo).map((r) => JSON.parse(r.cuerpo).datos.canjeId),
  )
  for (const e of mundo.entregas)
    if (e.negocioId === negocio.negocioId && !e.perdido && !entregados.has(e.canjeId))
      anotar('lost', `canje ${e.canjeId} given on ${e.equipo}`)
  const porLugar = new Map(t.recibidos.map((r) => [`${r.cadenaId}|${r.seq}|${r.variante}`, r]))
  for (const { equipo } of negocio.equipos)
    for (const renglon of equipo.disco.todos('diario')) {
      const alla = porLugar.get(`${renglon.cadenaId}|${renglon.seq}|0`)
      if (
        renglon.estado === 'trasladado'
          ? !ids.has(JSON.parse(renglon.cuerpo as string).id) && renglon.tipo !== 'cadena.abierta'
          : alla?.cuerpo !== renglon.cuerpo
      )
        anotar('lost', `entry ${renglon.id} (${renglon.estado}) of ${equipo.nombre} is not at the server as written`)
    }
}

/** R7, R8: each field somebody wrote reached the server, as it was or in a later edit of the same device. */
async function nadaEditadoFalta(mundo: Mundo, negocio: NegocioDelMundo, anotar: Anotar): Promise<void> {
  const { negocioId, equipos } = negocio
  const sinFila = await leerSinFila(mundo, negocio)
  const filas = await mundo.db.superusuario`
    select pk, campo, dispositivo, max(eff_at_original)::float8 as ultimo from ediciones, jsonb_object_keys(campos) as campo where negocio_id = ${negocioId} group by 1, 2, 3`
  const ultimos = new Map(filas.map((f) => [`${f.pk}|${f.campo}|${f.dispositivo}`, Number(f.ultimo)]))
  for (const { equipo: nombre, id, documento } of mundo.ediciones.filter((edicion) => edicion.negocioId === negocioId)) {
    const donde = equipos.find(({ equipo }) => equipo.nombre === nombre)
    if (donde && sinFila(donde, id)) continue
    const suyo = donde?.dispositivoId
    for (const [campo, [effAt, dispositivo]] of Object.entries(documento.sellos as Record<string, [number, string]>))
      if (dispositivo === suyo && (ultimos.get(`${id}|${campo}|${dispositivo}`) ?? -1) < effAt)
        anotar('lost', `${campo} of ${id}, confirmed on ${nombre} at ${effAt}`)
  }
}

/** DI10, PU2: n and seq without holes, receipt never earlier. */
function elOrdenDeAceptacion(t: Tablas, anotar: Anotar): void {
  t.recibidos.forEach((r, i) => {
    if (r.n !== i + 1) anotar('divergent', `acceptance order has a hole at n=${i + 1}`)
    if (i > 0 && r.recibidoAt < t.recibidos[i - 1].recibidoAt) anotar('divergent', `recibidoAt falls at n=${r.n}`)
  })
  const hueco = t.seqs.findIndex((seq, i) => i > 0 && seq !== (t.seqs[i - 1] as number) + 1)
  if (hueco >= 0) anotar('divergent', `change log has a hole before seq ${t.seqs[hueco]}`)
}

/** R11. */
function lasHorasNoRetroceden(t: Tablas, anotar: Anotar): void {
  const recibido = new Map(t.recibidos.map((r) => [`${r.cadenaId}|${r.seq}`, r.recibidoAt]))
  t.veredictos.forEach((v, i) => {
    const antes = t.veredictos[i - 1]
    if (antes?.cadenaId === v.cadenaId && v.effAt < antes.effAt) anotar('divergent', `effAt falls in chain ${v.cadenaId} at seq ${v.seq}`)
    if (v.effAt > (recibido.get(`${v.cadenaId}|${v.seq}`) ?? 0)) anotar('divergent', `effAt after receipt at ${v.cadenaId}|${v.seq}`)
  })
}

/** R1: points are minted once per sale, whatever its monto was corrected to, and a hecho id has effects at one place. */
function cadaVentaSeAcreditaUnaVez(t: Tablas, anotar: Anotar): void {
  const correcciones = new Set(t.recibidos.filter((r) => r.tipo === 'cambio_monto').map((r) => r.hechoId))
  const creditos = contar(t.historial.filter((h) => h.tipo === 'ganado' && !correcciones.has(h.id)).map((h) => h.transaccionId))
  for (const [id, n] of creditos) if (n > 1) anotar('doubled', `sale ${id} was credited ${n} times`)
  const efectivos = contar(t.veredictos.filter((v) => v.estado !== 'duplicado').map((v) => v.hechoId))
  for (const [id, n] of efectivos) if (n > 1) anotar('doubled', `hecho ${id} took effect at ${n} places`)
  for (const venta of t.transacciones.values()) {
    const neto = t.historial.filter((h) => h.transaccionId === venta.id).reduce((suma, h) => suma + h.puntos, 0)
    if (neto > venta.puntosOtorgados) anotar('doubled', `sale ${venta.id} gave ${neto} points and is worth ${venta.puntosOtorgados}`)
  }
}

/** R2: at most one automatic credit per (card, key, counter), and per (card, step) of a typed one. Automatic: the sale's own hecho moved the points. */
function unCreditoPorQr(t: Tablas, anotar: Anotar): void {
  const automaticos = new Set(t.historial.filter((h) => h.tipo === 'ganado' && h.id === h.transaccionId).map((h) => h.transaccionId))
  const usos: string[] = []
  for (const r of t.recibidos) {
    const sobre = r.cuerpo ? JSON.parse(r.cuerpo) : null
    const qr = automaticos.has(sobre?.id) && sobre.tipo === 'venta' ? usoDe(t, r, sobre.datos) : null
    // The same hecho may have arrived in two chains: one use.
    if (qr) usos.push(`${qr.cardId}|${qr.llave}|${qr.ctr}|${sobre.id}`)
  }
  const distintos = contar([...new Set(usos)].map((uso) => uso.split('|').slice(0, 3).join('|')))
  for (const [uso, n] of distintos) if (n > 1) anotar('doubled', `QR ${uso} was credited automatically ${n} times`)
}

function usoDe(t: Tablas, r: Fila, datos: Fila): { cardId: string; llave: string; ctr: number } | null {
  if (datos.qr !== null) return leerQrAparte(datos.qr, t.publicas)
  const escrita = t.escritas.get(`${r.cadenaId}|${r.seq}`)
  return escrita?.paso != null ? { cardId: escrita.cardId, llave: 'manual', ctr: escrita.paso } : null
}

/** Balance = sum of what moved it; nothing negative; refunds never take back more than their share (R6). */
function losPuntosCuadran(t: Tablas, anotar: Anotar): void {
  for (const s of t.saldos) {
    const suma = t.historial.filter((h) => h.usuarioId === s.usuarioId).reduce((total, h) => total + h.puntos, 0)
    if (suma !== s.puntosDisponibles + s.puntosApartados - s.sobregiro)
      anotar(
        'divergent',
        `balance of ${s.usuarioId}: ${s.puntosDisponibles} + ${s.puntosApartados} − ${s.sobregiro} against history ${suma}`,
      )
    if (s.puntosDisponibles < 0 || s.puntosRetenidos < 0 || s.puntosApartados < 0 || s.sobregiro < 0)
      anotar('divergent', `negative balance of ${s.usuarioId}`)
    const porVencer = (s.porVencer ?? []).reduce((total: number, lote: { puntos: number }) => total + lote.puntos, 0)
    if (porVencer > s.puntosDisponibles + s.puntosApartados) anotar('divergent', `more points of ${s.usuarioId} expire than there are`)
    if (s.puntosDisponibles > 0 && s.sobregiro > 0) anotar('divergent', `balance and overdraft at once for ${s.usuarioId}`)
  }
  for (const v of t.transacciones.values()) {
    const tope = (BigInt(v.puntosOtorgados) * BigInt(v.reembolsadoCentavos)) / BigInt(v.montoCentavos || 1)
    if (v.estado !== 'anulada' && BigInt(v.puntosDevueltos) > tope)
      anotar('doubled', `sale ${v.id} gave back ${v.puntosDevueltos} of at most ${tope}`)
    if (v.reembolsadoCentavos > v.montoCentavos) anotar('doubled', `sale ${v.id} was refunded beyond its amount`)
  }
  const retenidos = [...t.transacciones.values()].filter((v) => estaRetenida(t, v))
  for (const s of t.saldos) {
    const suma = retenidos.filter((v) => v.clienteId === s.usuarioId).reduce((total, v) => total + v.puntosOtorgados - v.puntosDevueltos, 0)
    if (suma !== s.puntosRetenidos) anotar('divergent', `held points of ${s.usuarioId}: ${s.puntosRetenidos} against sales ${suma}`)
  }
}

function estaRetenida(t: Tablas, venta: Fila): boolean {
  const suyas = t.retenciones.filter((r) => r.transaccionId === venta.id)
  return (
    !venta.acreditada && suyas.some((r) => r.estado === 'activa') && !suyas.some((r) => r.estado === 'rechazada' || r.estado === 'caducada')
  )
}

/** R10, R15: a fired cashier, or a till beyond its lease, credits nothing by itself. */
function nadieDeBajaAcreditaSolo(t: Tablas, anotar: Anotar): void {
  const automaticos = new Set(t.historial.filter((h) => h.tipo === 'ganado' && h.id === h.transaccionId).map((h) => h.transaccionId))
  for (const r of t.recibidos) {
    const sobre = r.cuerpo ? JSON.parse(r.cuerpo) : null
    const venta = automaticos.has(sobre?.id) ? t.transacciones.get(sobre.id) : undefined
    if (!venta || venta.cadenaId !== r.cadenaId) continue
    const baja = venta.empleadoId ? t.empleados.get(venta.empleadoId) : null
    if (baja != null && venta.effAt > baja) anotar('divergent', `sale ${venta.id} of a fired cashier was credited by itself (R10)`)
    const licencia = t.licencias.get(sobre.licenciaId)
    if (venta.dispositivoId && !(licencia?.dispositivoId === venta.dispositivoId && venta.effAt <= licencia.venceAt))
      anotar('divergent', `sale ${venta.id} without a lease was credited by itself (R15)`)
  }
}

/** R3: no cupón counts more often than its limits allow, what was given beyond is there to review. R4: a canje takes points once. */
function nadaSeDaDeMas(t: Tablas, anotar: Anotar): void {
  const usados = t.usos.filter((u) => u.estado === 'usado')
  for (const [cuponId, n] of contar(usados.map((u) => u.cuponId)))
    if (n > (t.cupones.get(cuponId)?.limiteTotal ?? Number.POSITIVE_INFINITY))
      anotar('doubled', `cupón ${cuponId} counted ${n} times in all`)
  for (const [quien, n] of contar(usados.filter((u) => u.deUsuario !== null).map((u) => `${u.cuponId}|${u.deUsuario}`)))
    if (n > (t.cupones.get(quien.split('|')[0] as string)?.limitePorCliente ?? 0))
      anotar('doubled', `cupón and client ${quien} counted ${n} times`)
  const canjeDe = new Map(
    t.recibidos.filter((r) => r.tipo === 'canje_confirmado' && r.cuerpo).map((r) => [r.hechoId, JSON.parse(r.cuerpo).datos.canjeId]),
  )
  for (const [canjeId, n] of contar(t.historial.filter((h) => h.tipo === 'canjeado').map((h) => canjeDe.get(h.id))))
    if (n > 1) anotar('doubled', `canje ${canjeId} took its points ${n} times`)
}

/** R4: what a till asked of the server and what its journal says of the same canje are one hecho. */
async function unaCajaEntregaUnaVez({ negocioId }: NegocioDelMundo, t: Tablas, anotar: Anotar): Promise<void> {
  const ids = new Set(t.recibidos.map((r) => r.hechoId))
  for (const r of t.recibidos) {
    if (r.tipo !== 'canje_confirmado' || !r.cuerpo) continue
    const { id, dispositivoId, datos } = JSON.parse(r.cuerpo)
    const pedida = await hechoDeLlave(negocioId, ataduraDeEquipo(dispositivoId), llaveDeEntrega(datos.canjeId))
    if (id !== pedida && ids.has(pedida)) anotar('doubled', `canje ${datos.canjeId} given by ${dispositivoId} online and by its journal`)
  }
}

function contar(textos: string[]): Map<string, number> {
  const cuantos = new Map<string, number>()
  for (const texto of textos) cuantos.set(texto, (cuantos.get(texto) ?? 0) + 1)
  return cuantos
}
