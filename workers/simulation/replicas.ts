/**
 * Replicas once quiet: a device born now, with an empty disk, pulls its slice from scratch; every older device of that slice must hold the same
 * documents, and none of another tenant or sucursal. And every shopper's stream must say what the ledger says.
 */
import canonicalize from 'canonicalize'
import type { Hallazgo } from './invariantes.ts'
import type { EquipoDeNegocio, Mundo, NegocioDelMundo } from './mundo.ts'
import type { LibroDelOraculo } from './oraculo/libro.ts'
import { leerSinFila, type SinFila } from './sin-fila.ts'

type Documento = Record<string, unknown>
const COMUNES = ['articulos', 'clientes', 'transacciones', 'config', 'avisos', 'canjes', 'cupones', 'cuponUsuarios', 'recompensas']

/** Enrols one newborn per slice. Call it when everything else is quiet: it is the reference of `compararReplicas`. */
export async function nacerReferencias(mundo: Mundo): Promise<void> {
  for (const negocio of mundo.negocios) {
    const rebanadas = new Map(negocio.equipos.map((e) => [rebanadaDe(e), e]))
    for (const muestra of rebanadas.values()) await mundo.darDeAlta(negocio, mundo.nuevoEquipo(negocio, muestra.tipo, muestra.sucursalId))
  }
}

const rebanadaDe = (e: EquipoDeNegocio): string => `${e.tipo} ${e.sucursalId}`

export async function compararReplicas(mundo: Mundo): Promise<Hallazgo[]> {
  const hallazgos: Hallazgo[] = []
  for (const negocio of mundo.negocios) {
    const vivos = negocio.equipos.filter((e) => !e.deBaja)
    const sinFila = await leerSinFila(mundo, negocio)
    for (const rebanada of new Set(vivos.map(rebanadaDe))) {
      const iguales = vivos.filter((e) => rebanadaDe(e) === rebanada)
      const referencia = iguales.at(-1) as EquipoDeNegocio
      for (const e of iguales.slice(0, -1)) for (const coleccion of COMUNES) comparar(coleccion, e, referencia, { sinFila, hallazgos })
    }
    for (const e of vivos) await nadaAjeno(mundo, negocio, e, hallazgos)
  }
  return hallazgos
}

interface Cotejo {
  sinFila: SinFila
  hallazgos: Hallazgo[]
}
function comparar(coleccion: string, e: EquipoDeNegocio, referencia: EquipoDeNegocio, { sinFila, hallazgos }: Cotejo): void {
  const [suyos, esperados] = [porId(e, coleccion), porId(referencia, coleccion)]
  for (const id of new Set([...suyos.keys(), ...esperados.keys()])) {
    if (suyos.get(id) === esperados.get(id)) continue
    // Versions of the rules leave the slice with time: an older replica may still hold one that a newborn does not get.
    if (coleccion === 'config' && id.startsWith('version:') && !esperados.has(id)) continue
    if (coleccion === 'avisos' && !esperados.has(id) && sinFila(e, id)) continue
    const que = `${coleccion} ${id} on ${e.equipo.nombre}: ${suyos.get(id) ?? 'missing'}\n      a newborn has: ${esperados.get(id) ?? 'nothing'}`
    hallazgos.push({ clase: 'divergent', que })
  }
}

const porId = (e: EquipoDeNegocio, coleccion: string): Map<string, string> =>
  new Map(e.equipo.disco.todos(coleccion).map((d) => [String(d.id), canonicalize(limpio(d)) ?? '']))

const limpio = (d: Documento): Documento => Object.fromEntries(Object.entries(d).filter(([llave]) => !llave.startsWith('_')))

/** No replica holds a row of another tenant, nor a till one of another sucursal. */
async function nadaAjeno(mundo: Mundo, negocio: NegocioDelMundo, e: EquipoDeNegocio, hallazgos: Hallazgo[]): Promise<void> {
  const { negocioId } = negocio
  const ventas = await mundo.db.superusuario`select id, sucursal_id from transacciones where negocio_id = ${negocioId}`
  const sucursalDe = new Map(ventas.map((v) => [v.id, v.sucursalId]))
  for (const d of e.equipo.disco.todos('transacciones')) {
    if (!sucursalDe.has(d.id))
      hallazgos.push({ clase: 'divergent', que: `${e.equipo.nombre} holds transaccion ${d.id}, which is not of its negocio` })
    else if (e.tipo === 'caja' && sucursalDe.get(d.id) !== e.sucursalId)
      hallazgos.push({ clase: 'divergent', que: `${e.equipo.nombre} holds transaccion ${d.id} of another sucursal` })
  }
  const veredictos = await mundo.db
    .superusuario`select cadena_id, seq, estado, puntos, eff_at, dispositivo_id from veredictos where negocio_id = ${negocioId} and dispositivo_id = ${e.dispositivoId}`
  const suyos = new Map(veredictos.map((v) => [`${v.cadenaId}|${String(v.seq).padStart(10, '0')}`, v]))
  for (const d of e.equipo.disco.todos('veredictos')) {
    const alla = suyos.get(d.id as string)
    if (!alla) hallazgos.push({ clase: 'divergent', que: `${e.equipo.nombre} holds verdict ${d.id}, which is not its own` })
    else if (alla.estado !== d.estado || alla.puntos !== d.puntos)
      hallazgos.push({
        clase: 'divergent',
        que: `${e.equipo.nombre}: verdict ${d.id} says ${d.estado} ${d.puntos}, the server ${alla.estado} ${alla.puntos}`,
      })
  }
}

/** Each shopper's documents against the oracle's books of every negocio. */
export async function compararMias(mundo: Mundo, libros: Map<string, LibroDelOraculo>): Promise<Hallazgo[]> {
  const hallazgos: Hallazgo[] = []
  for (const { usuarioId } of mundo.telefonos) {
    const filas = await mundo.db.superusuario`select id, doc from mias where usuario_id = ${usuarioId}`
    const reales = new Map(filas.map((f) => [f.id as string, f.doc as Documento]))
    const esperadas = new Map<string, Documento>()
    for (const [negocioId, libro] of libros) esperarMias(usuarioId, negocioId, libro, esperadas)
    for (const [id, doc] of esperadas) {
      const real = reales.get(id)
      const recortada = real && Object.fromEntries(Object.keys(doc).map((llave) => [llave, real[llave]]))
      // Of a sale refused by several rules the shopper is told the one that decided, whichever came first.
      if (doc.motivo && !doc.retenida && recortada && motivosDe(libros, id).includes(String(recortada.motivo)))
        recortada.motivo = doc.motivo
      if (canonicalize(recortada) !== canonicalize(doc))
        hallazgos.push({
          clase: 'divergent',
          que: `mias ${id} of ${usuarioId}: ${canonicalize(real) ?? 'missing'}\n      the ledger says: ${canonicalize(doc)}`,
        })
    }
    for (const id of reales.keys())
      if (/^(puntos|historial|venta|canje):/.test(id) && !esperadas.has(id))
        hallazgos.push({ clase: 'divergent', que: `mias ${id} of ${usuarioId} is of no hecho` })
  }
  return hallazgos
}

function motivosDe(libros: Map<string, LibroDelOraculo>, id: string): string[] {
  const holds = [...libros.values()].flatMap((libro) => libro.retenciones.get(id.slice(id.lastIndexOf(':') + 1)) ?? [])
  return holds.filter((h) => h.estado === 'rechazada' || h.estado === 'caducada').map((h) => h.codigo)
}

function esperarMias(usuarioId: string, negocioId: string, libro: LibroDelOraculo, esperadas: Map<string, Documento>): void {
  const saldo = libro.saldos.get(usuarioId)
  if (saldo)
    esperadas.set(`puntos:${negocioId}`, {
      negocioId,
      disponibles: saldo.puntosDisponibles,
      acumulados: saldo.puntosAcumulados,
      retenidos: saldo.puntosRetenidos,
      ...(saldo.puntosApartados > 0 ? { apartados: saldo.puntosApartados } : {}),
      ...(saldo.porVencer ? { porVencer: { puntos: saldo.porVencer[0]?.puntos, venceAt: finDelMes(saldo.porVencer[0]?.mes ?? 0) } } : {}),
    })
  for (const { id, estado, apartado, puntos } of [...libro.canjes.values()].filter((canje) => canje.usuarioId === usuarioId))
    esperadas.set(`canje:${id}`, { negocioId, estado, apartado, puntos })
  for (const h of libro.historial)
    if (h.usuarioId === usuarioId)
      esperadas.set(`historial:${negocioId}:${h.id}`, {
        negocioId,
        movimiento: h.tipo,
        puntos: h.puntos,
        montoCentavos: h.montoCentavos,
        effAt: h.effAt,
      })
  for (const t of libro.transacciones.values()) {
    if (t.clienteId !== usuarioId) continue
    const holds = libro.retenciones.get(t.id) ?? []
    const negada = holds.find((h) => h.estado === 'rechazada' || h.estado === 'caducada')
    const activa = holds.find((h) => h.estado === 'activa')
    const retenida = !t.acreditada && !negada && activa !== undefined
    const motivo = t.acreditada ? null : ((retenida ? activa : negada)?.codigo ?? null)
    const puntos = t.acreditada || retenida ? t.puntosOtorgados - t.puntosDevueltos : 0
    esperadas.set(`venta:${negocioId}:${t.id}`, {
      negocioId,
      montoCentavos: t.montoCentavos,
      puntos,
      estado: t.estado,
      retenida,
      motivo,
      effAt: t.effAt,
    })
  }
}

/** The last day of a month counted from year 0, at noon by UTC. */
const finDelMes = (mes: number): number => Date.UTC(0, mes + 1 - 1900 * 12, 0, 12)
