/**
 * Shifts of this till: opened with what is in the drawer, closed with what was counted. All of it from the journal of this device, so that the day's
 * summary needs no network; sales of earlier days that come back are looked up in what was pulled.
 */

import { azarDelSistema, uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { CanjeConfirmado, ResumenDeTurno, Turno, Venta } from '../../schema/domain/hechos/tipos.ts'
import { turno as esquemaDeTurno } from '../../schema/domain/hechos/tipos.ts'
import { esperadoEnCajon, RESUMEN_EN_CERO } from '../../schema/domain/turnos/cajon.ts'
import type { Almacen } from './almacen.ts'
import type { CanjeDado, HechoGuardado, TurnoDeCaja } from './api.ts'
import type { Canjes } from './canjes.ts'
import { crearCola } from './cola.ts'
import type { Devoluciones } from './devoluciones.ts'
import type { Diario } from './diario.ts'
import { crearDiarioDeTurnos, type Leido, type LeidoDeTurno } from './diario-de-turnos.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import { type Registro, revisar } from './registro.ts'
import type { RelojLocal } from './reloj-local.ts'
import { horaDe } from './renglon.ts'
import { resumir, type VentaVista, vistaDe } from './resumen-de-turno.ts'
import type { Turnos } from './turno.ts'
import { ventasAjenas } from './ventas-ajenas.ts'

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
  puertos: Puertos
  almacen: () => Almacen
  identidad: Identidad
  diario: Pick<Diario, 'agregar'>
  registro: Pick<Registro, 'permitir'>
  reloj: RelojLocal
  turnos: Pick<Turnos, 'autor'>
  devoluciones: Pick<Devoluciones, 'leer'>
  canjes: Pick<Canjes, 'dados'>
}

export function crearTurnosDeCaja({
  puertos,
  almacen,
  identidad,
  diario,
  registro,
  reloj,
  turnos,
  devoluciones,
  canjes,
}: Partes): TurnosDeCaja {
  const leidosDe = crearDiarioDeTurnos({ notas: puertos.notas, almacen, identidad })
  const enCola = crearCola()
  /** Two presses, or two tabs: the second sees what the first wrote, or a shift would be opened over another and its sales be in none. */
  const aSolas = <T>(fn: () => Promise<T>): Promise<T> => enCola(() => puertos.candados.pedir(`${puertos.nombre}-turno-de-caja`, {}, fn))
  /** Sales as they were before the entries from `llave` on. Those do not change: they are read once for a shift, and only where it names such a sale. */
  let antes: { llave: string; ventas: ReadonlyMap<string, VentaVista> } | null = null

  async function ventasAntesDe(llave: string): Promise<ReadonlyMap<string, VentaVista>> {
    if (antes?.llave === llave) return antes.ventas
    const previos = (await leidosDe.todo()).filter(({ renglon }) => renglon.id < llave)
    const ventas = new Map(
      previos.flatMap(({ sobre }) => (sobre.tipo === 'venta' ? [[sobre.id, vistaDe(sobre.datos as Venta)] as const] : [])),
    )
    resumir(previos, ventas)
    antes = { llave, ventas }
    return ventas
  }

  /** Every sale these entries name, as it was before them. Of those that are not in the journal, what the server says. */
  async function ventasNombradas(leidos: readonly Leido[]): Promise<Map<string, VentaVista>> {
    const vistas = new Map<string, VentaVista>()
    const ids: string[] = []
    for (const { sobre } of leidos) {
      const { transaccionId } = sobre.datos as { transaccionId?: string }
      if (sobre.tipo === 'venta') vistas.set(sobre.id, vistaDe(sobre.datos as Venta))
      else if (transaccionId) ids.push(transaccionId)
    }
    const ajenas = ids.filter((id) => !vistas.has(id))
    if (ajenas.length === 0) return vistas
    const previas = await ventasAntesDe(leidos[0]?.renglon.id ?? '')
    for (const id of ajenas) {
      const vista = previas.get(id)
      if (vista) vistas.set(id, { ...vista })
    }
    const faltan = [...new Set(ajenas)].filter((id) => !vistas.has(id))
    if (faltan.length > 0) for (const [id, vista] of await ventasAjenas(almacen(), faltan, leidos)) vistas.set(id, vista)
    return vistas
  }

  async function abierto(): Promise<TurnoDeCaja | null> {
    const { leidos, inicio } = await leidosDe.delAbierto()
    if (inicio === null) return null
    const ventas = await ventasNombradas(leidos)
    // Those before it say what became of earlier sales.
    resumir(leidos.slice(0, inicio + 1), ventas)
    const apertura = leidos[inicio] as LeidoDeTurno
    const suyos = leidos.slice(inicio + 1)
    const resumen = resumir(suyos, ventas, await devoluciones.leer())
    const enRed = (await canjes.dados()).filter(({ dadoAt }) => dadoAt > horaDe(apertura.renglon))
    return turnoAbierto(apertura, { ...resumen, canjes: resumen.canjes + sinRenglon(enRed, suyos).length })
  }

  /** `contar` in its turn: a sale that is being written when the shift is closed is in its sum. */
  async function asentar(contar: () => Promise<Turno>): Promise<HechoGuardado> {
    await registro.permitir('turno')
    const operador = await turnos.autor(null, 'turno')
    return diario.agregar(async () => {
      const datos = await contar()
      revisar(esquemaDeTurno, datos)
      return { tipo: 'turno', conFolio: false, usoQr: '', puntosPrometidos: 0, operador, datos: () => datos }
    })
  }

  async function abrir(fondoCentavos: number): Promise<HechoGuardado> {
    const hecho = await asentar(async () => {
      if ((await leidosDe.delAbierto()).inicio !== null) throw new Rechazo('TURNO_ABIERTO')
      return { accion: 'abrir', turnoId: uuidv7(reloj.ahora(), azarDelSistema), fondoCentavos }
    })
    await leidosDe.delAbierto().catch(() => {}) // notes where it begins, for after a restart
    return hecho
  }
  const cerrar = (contadoCentavos: number | null, nota: string | null): Promise<HechoGuardado> =>
    asentar(async () => {
      const suyo = await abierto()
      if (!suyo) throw new Rechazo('TURNO_CERRADO')
      return { accion: 'cerrar', turnoId: suyo.turnoId, contadoCentavos, resumen: suyo.resumen, nota: nota?.trim() || null }
    })

  return {
    abierto,
    async cerrados(limite) {
      const parejas = await leidosDe.cerrados()
      return parejas.slice(0, limite).map(({ inicio, cierre }) => turnoCerrado(inicio, cierre))
    },
    abrir: (fondoCentavos) => aSolas(() => abrir(fondoCentavos)),
    cerrar: (contadoCentavos, nota) => aSolas(() => cerrar(contadoCentavos, nota)),
  }
}

/** R4. Those that are not in the journal too. */
function sinRenglon(dados: readonly CanjeDado[], leidos: readonly Leido[]): CanjeDado[] {
  const enDiario = new Set(leidos.map(({ sobre }) => (sobre.tipo === 'canje_confirmado' ? (sobre.datos as CanjeConfirmado).canjeId : null)))
  return dados.filter(({ canjeId }) => !enDiario.has(canjeId))
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
