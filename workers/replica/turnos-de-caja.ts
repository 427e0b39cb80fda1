/**
 * Shifts of this till: opened with what is in the drawer, closed with what was counted. All of it from the journal of this device, so that the day's
 * summary needs no network; sales of earlier days that come back are looked up in what was pulled.
 */

import { azarDelSistema, uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Anulacion, CambioMonto, Reembolso, ResumenDeTurno, Turno, Venta } from '../../schema/domain/hechos/tipos.ts'
import { turno as esquemaDeTurno } from '../../schema/domain/hechos/tipos.ts'
import { esperadoEnCajon, RESUMEN_EN_CERO } from '../../schema/domain/turnos/cajon.ts'
import type { TransaccionDoc } from '../../schema/protocol/documentos.ts'
import type { Almacen } from './almacen.ts'
import type { HechoGuardado, TurnoDeCaja } from './api.ts'
import { crearCola } from './cola.ts'
import type { Diario } from './diario.ts'
import { type Registro, revisar } from './registro.ts'
import type { RelojLocal } from './reloj-local.ts'
import { horaDe, leerSobre, type Renglon, renglonDe } from './renglon.ts'
import type { Turnos } from './turno.ts'

export interface TurnosDeCaja {
  /** The one that is open, with what it adds up to so far; null: none is. */
  abierto(): Promise<TurnoDeCaja | null>
  /** Those that were closed here, newest first, as far back as the journal goes. */
  cerrados(limite: number): Promise<TurnoDeCaja[]>
  /** @throws Rechazo TURNO_ABIERTO, MONTO_*, and those of a hecho */
  abrir(fondoCentavos: number): Promise<HechoGuardado>
  /** `contadoCentavos` null: not counted. @throws Rechazo TURNO_CERRADO, and those of a hecho */
  cerrar(contadoCentavos: number | null, nota: string | null): Promise<HechoGuardado>
}
interface Partes {
  almacen: () => Almacen
  diario: Pick<Diario, 'agregar'>
  registro: Pick<Registro, 'permitir'>
  reloj: RelojLocal
  turnos: Pick<Turnos, 'autor'>
}

/** An entry of the journal, opened. */
interface Leido {
  renglon: Renglon
  sobre: Sobre
}

export function crearTurnosDeCaja({ almacen, diario, registro, reloj, turnos }: Partes): TurnosDeCaja {
  /** Two presses, or two tabs: the second sees what the first wrote, or a shift would be opened over another and its sales be in none. */
  const enCola = crearCola()

  async function leerDiario(): Promise<Leido[]> {
    const filas = await almacen().todas('diario')
    const leidos = filas.map(renglonDe).map((renglon) => ({ renglon, sobre: renglon.estado === 'trasladado' ? null : leerSobre(renglon) }))
    return leidos.filter((l): l is Leido => l.sobre !== null).sort(enOrden)
  }

  /** Of sales that are no longer in the journal, what the server says. */
  async function ventasNombradas(leidos: readonly Leido[]): Promise<Map<string, VentaVista>> {
    const vistas = new Map<string, VentaVista>()
    const ids: string[] = []
    for (const { sobre } of leidos) {
      const { transaccionId } = sobre.datos as { transaccionId?: string }
      if (sobre.tipo === 'venta') vistas.set(sobre.id, vistaDe(sobre.datos as Venta))
      else if (transaccionId) ids.push(transaccionId)
    }
    const faltan = ids.filter((id) => !vistas.has(id))
    for (const [id, fila] of faltan.length > 0 ? await almacen().porId('transacciones', faltan) : []) {
      const { montoCentavos, metodoPago, reembolsadoCentavos } = fila as unknown as TransaccionDoc
      vistas.set(id, { montoCentavos, metodoPago, devueltoCentavos: reembolsadoCentavos, descuentoCentavos: 0, puntos: 0, conCupon: false })
    }
    return vistas
  }

  async function deLaCaja(): Promise<{ abierto: TurnoDeCaja | null; cerrados: TurnoDeCaja[] }> {
    const leidos = await leerDiario()
    const inicios = leidos.flatMap((l, i) => (esTurno(l) && l.sobre.datos.accion === 'abrir' ? [i] : []))
    const cierres = new Map(
      leidos.filter(esTurno).flatMap((l) => (l.sobre.datos.accion === 'cerrar' ? [[l.sobre.datos.turnoId, l] as const] : [])),
    )
    const cerrados: TurnoDeCaja[] = []
    let abierto: TurnoDeCaja | null = null
    for (const i of inicios) {
      const inicio = leidos[i] as LeidoDeTurno
      const cierre = cierres.get(inicio.sobre.datos.turnoId)
      if (cierre) cerrados.unshift(turnoCerrado(inicio, cierre))
      else abierto = turnoAbierto(inicio, resumirDesde(leidos, i + 1, await ventasNombradas(leidos)))
    }
    return { abierto, cerrados }
  }

  async function asentar(datos: Turno): Promise<HechoGuardado> {
    await registro.permitir('turno')
    revisar(esquemaDeTurno, datos)
    const operador = await turnos.autor(null, 'turno')
    return diario.agregar({ tipo: 'turno', conFolio: false, usoQr: '', puntosPrometidos: 0, operador, datos: () => datos })
  }

  async function abrir(fondoCentavos: number): Promise<HechoGuardado> {
    if ((await deLaCaja()).abierto) throw new Rechazo('TURNO_ABIERTO')
    return asentar({ accion: 'abrir', turnoId: uuidv7(reloj.ahora(), azarDelSistema), fondoCentavos })
  }
  async function cerrar(contadoCentavos: number | null, nota: string | null): Promise<HechoGuardado> {
    const { abierto } = await deLaCaja()
    if (!abierto) throw new Rechazo('TURNO_CERRADO')
    return asentar({ accion: 'cerrar', turnoId: abierto.turnoId, contadoCentavos, resumen: abierto.resumen, nota: nota?.trim() || null })
  }

  return {
    abierto: async () => (await deLaCaja()).abierto,
    cerrados: async (limite) => (await deLaCaja()).cerrados.slice(0, limite),
    abrir: (fondoCentavos) => enCola(() => abrir(fondoCentavos)),
    cerrar: (contadoCentavos, nota) => enCola(() => cerrar(contadoCentavos, nota)),
  }
}

type LeidoDeTurno = Leido & { sobre: { datos: Turno } }
const esTurno = (l: Leido): l is LeidoDeTurno => l.sobre.tipo === 'turno'

/** Within a chain its own order, which no clock moves; between chains, which follow each other, by hour. */
const enOrden = (a: Leido, b: Leido): number =>
  a.renglon.cadenaId === b.renglon.cadenaId ? a.renglon.seq - b.renglon.seq : horaDe(a.renglon) - horaDe(b.renglon)

interface VentaVista {
  montoCentavos: number
  metodoPago: Venta['metodoPago']
  devueltoCentavos: number
  descuentoCentavos: number
  puntos: number
  conCupon: boolean
}
const vistaDe = (v: Venta): VentaVista => ({
  ...{ montoCentavos: v.montoCentavos, metodoPago: v.metodoPago, devueltoCentavos: 0, puntos: v.puntosPrometidos },
  ...{ descuentoCentavos: v.cupon?.descuentoCentavos ?? 0, conCupon: v.cupon !== undefined },
})

const CAJON = { efectivo: 'efectivoCentavos', tarjeta: 'tarjetaCentavos', transferencia: 'transferenciaCentavos' } as const

/** What the entries from this place on add up to; those before it say what became of earlier sales. */
function resumirDesde(leidos: readonly Leido[], desde: number, ventas: ReadonlyMap<string, VentaVista>): ResumenDeTurno {
  resumir(leidos.slice(0, desde), ventas)
  return resumir(leidos.slice(desde), ventas)
}

/** `ventas`: every sale they name, as it was before them; it is changed as they go by. */
function resumir(leidos: readonly Leido[], ventas: ReadonlyMap<string, VentaVista>): ResumenDeTurno {
  const r = { ...RESUMEN_EN_CERO }
  const propias = new Set<string>()
  for (const { sobre } of leidos) POR_TIPO[sobre.tipo]?.({ r, ventas, propias, sobre })
  return r
}

interface Paso {
  r: ResumenDeTurno
  ventas: ReadonlyMap<string, VentaVista>
  /** Sales of this shift. */
  propias: Set<string>
  sobre: Sobre
}

const POR_TIPO: Record<string, (paso: Paso) => void> = {
  venta({ r, ventas, propias, sobre }) {
    const v = ventas.get(sobre.id)
    if (!v) return
    propias.add(sobre.id)
    r.ventas++
    r[CAJON[v.metodoPago]] += v.montoCentavos
    r.descuentoCentavos += v.descuentoCentavos
    r.puntos += v.puntos
    if (v.conCupon) r.cupones++
  },
  reembolso({ r, ventas, sobre }) {
    const { transaccionId, montoCentavos } = sobre.datos as Reembolso
    const v = ventas.get(transaccionId)
    // Of a sale this till knows nothing of (another till's ticket) the money left the drawer too.
    devolver(r, v?.metodoPago ?? 'efectivo', montoCentavos)
    if (v) v.devueltoCentavos += montoCentavos
  },
  anulacion({ r, ventas, propias, sobre }) {
    const { transaccionId } = sobre.datos as Anulacion
    const v = ventas.get(transaccionId)
    r.anuladas++
    if (!v) return
    const queda = Math.max(0, v.montoCentavos - v.devueltoCentavos)
    if (!propias.delete(transaccionId)) return devolver(r, v.metodoPago, queda)
    r.ventas--
    r[CAJON[v.metodoPago]] -= queda
    r.descuentoCentavos -= v.descuentoCentavos
    r.puntos = Math.max(0, r.puntos - v.puntos)
    if (v.conCupon) r.cupones--
  },
  cambio_monto({ r, ventas, propias, sobre }) {
    const { transaccionId, montoCentavos } = sobre.datos as CambioMonto
    const v = ventas.get(transaccionId)
    if (!v) return
    const diferencia = montoCentavos - v.montoCentavos
    v.montoCentavos = montoCentavos
    if (propias.has(transaccionId) || diferencia > 0) r[CAJON[v.metodoPago]] += diferencia
    else devolver(r, v.metodoPago, -diferencia)
  },
  canje_confirmado({ r }) {
    r.canjes++
  },
}

function devolver(r: ResumenDeTurno, metodo: Venta['metodoPago'], centavos: number): void {
  r.reembolsadoCentavos += centavos
  if (metodo === 'efectivo') r.reembolsadoEfectivoCentavos += centavos
}

function turnoAbierto({ renglon, sobre }: LeidoDeTurno, resumen: ResumenDeTurno): TurnoDeCaja {
  const fondoCentavos = sobre.datos.accion === 'abrir' ? sobre.datos.fondoCentavos : 0
  return {
    ...{ turnoId: sobre.datos.turnoId, abiertoAt: horaDe(renglon), abiertoPor: sobre.operador?.id ?? null, fondoCentavos, resumen },
    ...{ esperadoCentavos: esperadoEnCajon(fondoCentavos, resumen), cerradoAt: null, cerradoPor: null, contadoCentavos: null, nota: null },
  }
}

function turnoCerrado(inicio: LeidoDeTurno, cierre: LeidoDeTurno): TurnoDeCaja {
  const { datos, operador } = cierre.sobre
  const { contadoCentavos, resumen, nota } =
    datos.accion === 'cerrar' ? datos : { contadoCentavos: null, resumen: RESUMEN_EN_CERO, nota: null }
  const final = { cerradoAt: horaDe(cierre.renglon), cerradoPor: operador?.id ?? null, contadoCentavos, nota }
  return { ...turnoAbierto(inicio, resumen), ...final }
}
