/**
 * Tells the story to the server: tills write what they sold and hand it in, the judge judges it, the projector credits it, points settle a day
 * later, phones renew their certificates with the nivel they reached. Nothing is put into a table by hand: only the clock is another one, and it
 * walks from the first day of the world to now, a lease of 72 hours at a time.
 */
import { DIA, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { motivoDeCupon } from '../../../schema/domain/cupones/cupon.ts'
import { descuentoDeCupon } from '../../../schema/domain/cupones/descuento.ts'
import type { LineaDeVenta, UsoDeCuponEnVenta } from '../../../schema/domain/hechos/tipos.ts'
import { puntosSegun, versionVigente } from '../../../schema/domain/puntos/puntos.ts'
import { leerQr } from '../../../schema/domain/tarjetas/qr.ts'
import { VERSION } from '../../../schema/protocol/version.ts'
import type { Deps } from '../../context.ts'
import { emitirLicencia } from '../../domain/licencias/emitir.ts'
import { avisarUsos } from '../../jobs/avisar-cupones.ts'
import { asentarLifetime } from '../../jobs/settlement.ts'
import { barrerVencidos } from '../../jobs/sweep.ts'
import { libretaDe } from '../../sync/plataforma/notas.ts'
import { proyectarTodo } from '../../sync/projector.ts'
import { VERSION_DEL_SERVIDOR } from '../../version.ts'
import { crearTelefonos, type Telefonos } from '../telefonos.ts'
import { abrirCaja, type CajaDemo } from './caja-demo.ts'
import { contarCanjes } from './canjes.ts'
import { CAJAS, diaDe, type VentaDelGuion, ventasDelDia } from './guion.ts'

/** A lease lives 72 h: within a stretch every till works with one, and hands in at its end. */
const TRAMO_MS = 3 * DIA
/** More entries than this take a second or more: whoever waits is told. */
const LARGA = 200
/** The sales of the last day arrive one by one, as from a till in contact: the Panel opens with a pulse. */
const RECIENTE_MS = DIA
/** How long one takes to arrive, ms: some tills have a slow network. */
const retrasoDe = (seq: number): number => 250 + ((seq * 7_919) % 97) ** 2 / 2
/** How long a shopper holds the card to the camera before the sale is confirmed. */
const MOSTRAR_MS = 12 * SEGUNDO

/** One thing a till does, at its time. */
type Paso = { at: number; venta: VentaDelGuion } | { at: number; reembolso: VentaDelGuion; deSeq: number }

/**
 * Brings the story up to now. `desde`: when the world began, ms; always the same one, or the story would be another. What the server already has is
 * not told again. `decir` hears how many entries a long one has. Gives how many were handed in.
 */
export async function contarHistoria(deps: Deps, desde: number, decir?: (entradas: number) => void): Promise<number> {
  const hasta = deps.now()
  const reloj = { at: desde }
  const now = () => reloj.at
  // Its hub is another object, so what the Panel and the metrics count is not told of weeks that were handed in in a minute.
  const enElPasado: Deps = { ...deps, hub: { ...deps.hub }, now }
  const recientes = { desde: hasta - RECIENTE_MS, deps: { ...deps, now } }
  const historias = []
  for (const guion of CAJAS) {
    const caja = await abrirCaja(enElPasado, guion)
    if (caja) historias.push({ caja, pasos: pasosDe(guion.clave, desde, hasta) })
  }
  const faltan = historias.reduce((suma, { caja, pasos }) => suma + Math.max(0, pasos.length + 1 - caja.entregados), 0)
  if (faltan > LARGA) decir?.(faltan)
  let entregados = 0
  for (let inicio = desde; inicio < hasta; inicio += TRAMO_MS) {
    const tramo = { inicio, fin: Math.min(inicio + TRAMO_MS, hasta) }
    let nuevos = 0
    // Renewed at each stretch: the certificate says the nivel its shopper has reached.
    const telefonos = crearTelefonos(enElPasado)
    for (const { caja, pasos } of historias)
      nuevos += await contarTramo({ deps: enElPasado, reloj, telefonos, recientes }, caja, pasos, tramo)
    if (nuevos === 0) continue
    reloj.at = tramo.fin
    await contarCanjes(
      enElPasado,
      reloj,
      historias.map(({ caja }) => caja),
      { at: tramo.fin, hasta },
    )
    await barrerVencidos(enElPasado)
    await avisarUsos(enElPasado)
    await proyectarTodo(enElPasado)
    await asentarLifetime(enElPasado)
    entregados += nuevos
  }
  for (const { caja } of historias) await saludar(deps, caja)
  return entregados
}

/** The exchange that ends the story: a till in contact says how it is, for the Panel, and its lease is renewed. */
async function saludar(deps: Deps, { equipo, diario, entregados, recientes }: CajaDemo): Promise<void> {
  const estado = { pendientes: 0, masAntiguoAt: null, offset: 0, almacenBytes: null, versionApp: VERSION_DEL_SERVIDOR }
  const { dispositivoId, negocioId } = equipo
  await deps.db.plataforma((sql) => emitirLicencia(sql, deps, negocioId, dispositivoId))
  const libreta = libretaDe(deps)
  libreta.recibidos({ dispositivoId, negocioId }, deps.now(), diario.seq - entregados - recientes, [], 0)
  libreta.contacto({ dispositivoId, negocioId }, deps.now(), { estado, protocolo: VERSION })
}

/** Every step of a till from the beginning, seq 1 first (0 opens the journal). */
function pasosDe(clave: string, desde: number, hasta: number): Paso[] {
  const pasos: Paso[] = []
  const porDevolver: { at: number; venta: VentaDelGuion; deSeq: number }[] = []
  const devolver = (antesDe: number) => {
    for (let r = porDevolver[0]; r && r.at < antesDe; r = porDevolver[0]) {
      pasos.push({ at: r.at, reembolso: r.venta, deSeq: r.deSeq })
      porDevolver.shift()
    }
  }
  for (let dia = diaDe(desde); dia <= diaDe(hasta); dia++)
    for (const venta of ventasDelDia(clave, dia)) {
      if (venta.at < desde || venta.at > hasta) continue
      devolver(venta.at)
      pasos.push({ at: venta.at, venta })
      if (venta.reembolso) porDevolver.push({ at: venta.at + venta.reembolso.despuesMs, venta, deSeq: pasos.length })
    }
  devolver(hasta)
  return pasos
}

interface Narrador {
  deps: Deps
  reloj: { at: number }
  telefonos: Telefonos
  /** Sales from this instant on are handed in at once, and counted by these. */
  recientes: { desde: number; deps: Deps }
}

/** Up to and with `fin`: what falls on the last instant is told, and the next stretch finds it told. */
async function contarTramo(
  { deps, reloj, telefonos, recientes }: Narrador,
  caja: CajaDemo,
  pasos: Paso[],
  { inicio, fin }: { inicio: number; fin: number },
): Promise<number> {
  const { diario } = caja
  const faltan = pasos.slice(Math.max(0, diario.seq - 1)).filter((p) => p.at <= fin)
  const abre = diario.seq === 0
  if (faltan.length === 0 && !abre) return 0
  const antes = diario.seq
  reloj.at = inicio
  const { negocioId, dispositivoId, serie } = caja.equipo
  const licencia = await deps.db.plataforma((sql) => emitirLicencia(sql, deps, negocioId, dispositivoId))
  if (abre) await diario.escribir('cadena.abierta', { motivo: 'alta', serie }, inicio, licencia.id)
  let alDia = false
  for (const paso of faltan) {
    reloj.at = paso.at
    await dar(caja, paso, licencia.id, telefonos, reloj)
    if (paso.at < recientes.desde) continue
    // What was made before that day goes first, by itself.
    if (!alDia) await diario.subir(deps, diario.seq - 1)
    alDia = true
    reloj.at = Math.min(fin, paso.at + Math.round(retrasoDe(diario.seq)))
    await diario.subir(recientes.deps)
    caja.recientes++
  }
  reloj.at = fin
  const escritos = diario.seq - antes
  await diario.subir(deps)
  return escritos
}

async function dar(caja: CajaDemo, paso: Paso, licenciaId: string, telefonos: Telefonos, reloj: { at: number }): Promise<void> {
  const { diario } = caja
  // Entry and folio count together: the journal is this till's whole life.
  const folio = `${caja.equipo.serie}-${String(diario.seq).padStart(6, '0')}`
  if ('reembolso' in paso) {
    const { reembolso, lineas } = paso.reembolso
    const linea = lineas[reembolso?.linea ?? 0]
    const montoCentavos = linea ? importe(caja, [linea]) : 0
    const datos = { folio, transaccionId: await diario.idDe(paso.deSeq), montoCentavos, motivo: reembolso?.motivo ?? '' }
    return diario.escribir('reembolso', datos, paso.at, licenciaId)
  }
  const { venta } = paso
  const qr = venta.shopper ? await qrDe(venta, venta.shopper, telefonos, reloj) : null
  reloj.at = paso.at
  const lineas = venta.lineas.flatMap(([nombre, cantidad]) => {
    const articulo = caja.articulos.get(nombre)
    return articulo ? [{ articuloId: articulo.id, nombre, cantidad, precioCentavos: articulo.precioCentavos }] : []
  })
  const cupon = cuponDe(caja, venta, lineas)
  const montoCentavos = cupon ? cupon.totalCentavos - cupon.descuentoCentavos : importe(caja, venta.lineas)
  const version = versionVigente(caja.configuraciones, paso.at)
  const datos = {
    folio,
    montoCentavos,
    metodoPago: venta.metodoPago,
    descripcion: null,
    lineas,
    ...(cupon ? { cupon } : {}),
    qr,
    configVersion: version?.version ?? 1,
    puntosPrometidos: qr && version ? puntosSegun(version, montoCentavos, leerQr(qr).nivel) : 0,
  }
  await diario.escribir('venta', datos, paso.at, venta.rara?.regla === 'R15' ? null : licenciaId)
}

/** The cupón of a sale as its till gives it, from the list and with no network; none where it does not count, by what the till knows. */
function cuponDe(caja: CajaDemo, { at, cupon, lineas: cuales }: VentaDelGuion, lineas: LineaDeVenta[]): UsoDeCuponEnVenta | null {
  const definicion = cupon === undefined ? undefined : caja.cupones.get(cupon)
  const totalCentavos = importe(caja, cuales)
  const { sucursalId } = caja.equipo
  const uso = {
    effAt: at,
    totalCentavos,
    nivel: 'bronce',
    sucursalId,
    delCliente: 0,
    loTiene: false,
    deTodos: null,
    conConexion: false,
  } as const
  if (!definicion || motivoDeCupon(definicion, false, uso) !== null) return null
  const descuentoCentavos = descuentoDeCupon(definicion, { totalCentavos, lineas, regaladoCentavos: 0 })
  const cuenta = { totalCentavos, descuentoCentavos, regaladoCentavos: 0 }
  return { cuponId: definicion.id, ...cuenta, medio: 'lista', codigoUnico: null, conConexion: false }
}

/** What the phone shows, at the hour it shows it. */
function qrDe({ at, rara }: VentaDelGuion, shopper: string, telefonos: Telefonos, reloj: { at: number }): Promise<string> {
  const antes = rara?.regla === 'R11' ? rara.mostradoMs : rara?.regla === 'R2' ? rara.tras + MOSTRAR_MS : MOSTRAR_MS
  reloj.at = at - antes
  return telefonos.qr(shopper, rara?.regla === 'R2')
}

/** Centavos. An articulo the dueño deleted meanwhile is sold at nothing but a peso: the story goes on. */
function importe(caja: CajaDemo, lineas: VentaDelGuion['lineas']): number {
  const total = lineas.reduce((suma, [nombre, cantidad]) => suma + (caja.articulos.get(nombre)?.precioCentavos ?? 0) * cantidad, 0)
  return Math.max(total, 100)
}
