/**
 * Which entries of the journal a question about shifts reads: those from the start of the open one on. Its schema has no index for them and never changes
 * (esquemas.ts), so a note says where to begin. Keys are in the order of writing (cadena.ts), and what is noted is a place before which no shift is open: an older
 * place is as good, it only means more to read.
 *
 *     ──── closed shifts ────┬─ noted ─┬─ opened ── the open shift ──►
 *      read once a run, when └ read each time, whole
 *      somebody lists them
 */
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Turno } from '../../schema/domain/hechos/tipos.ts'
import type { Almacen, Guardada } from './almacen.ts'
import type { Identidad } from './identidad.ts'
import type { Notas } from './puertos.ts'
import { leerSobre, type Renglon, renglonDe } from './renglon.ts'

const NOTA = 'turnoDeCaja'
/** With no shift open the note is written anew once so many entries would be read in vain. */
const EN_VANO = 50

/** An entry of the journal, opened. */
export interface Leido {
  renglon: Renglon
  sobre: Sobre
}
export type LeidoDeTurno = Leido & { sobre: { datos: Turno } }

interface Nota {
  /** A device enrolled anew may write smaller keys. */
  dispositivoId: string
  llave: string
}
interface Pareja {
  inicio: LeidoDeTurno
  cierre: LeidoDeTurno
}

export interface DiarioDeTurnos {
  /** In order, with the place of the entry that opened it; null: none is open. */
  delAbierto(): Promise<{ leidos: Leido[]; inicio: number | null }>
  /** Newest first. */
  cerrados(): Promise<Pareja[]>
  /** The whole journal, in order. */
  todo(): Promise<Leido[]>
}
interface Partes {
  notas: Notas
  almacen: () => Almacen
  identidad: Pick<Identidad, 'alta'>
}
/** What this run knows of one journal. */
interface Memoria {
  almacen: Almacen
  llave: string
  /** Entries between what is noted and `llave`. */
  enVano: number
  cerrados: Map<string, Pareja>
  /** Whether `cerrados` has them all. */
  entera: boolean
}

export function crearDiarioDeTurnos({ notas, almacen, identidad }: Partes): DiarioDeTurnos {
  let memoria: Memoria | null = null

  async function recordar(): Promise<Memoria> {
    const base = almacen()
    if (memoria?.almacen === base) return memoria
    const nota = await notas.leer<Nota>(NOTA)
    const llave = nota && nota.dispositivoId === identidad.alta()?.dispositivoId ? nota.llave : ''
    memoria = { almacen: base, llave, enVano: 0, cerrados: new Map(), entera: false }
    return memoria
  }

  /** Keeps what was learned of these entries, which go on to the end of the journal. */
  async function aprender(m: Memoria, leidos: Leido[]): Promise<number | null> {
    const { parejas, abiertos } = emparejar(leidos)
    for (const pareja of parejas) m.cerrados.set(pareja.inicio.sobre.datos.turnoId, pareja)
    const lugar = abiertos[0] ?? Math.max(0, leidos.length - 1)
    const llave = leidos[lugar]?.renglon.id ?? m.llave
    const nuevo = abiertos.length > 0 && llave !== m.llave
    m.enVano += llave === m.llave ? 0 : lugar
    m.llave = llave
    if (nuevo || m.enVano >= EN_VANO) await anotar(m)
    return abiertos.at(-1) ?? null
  }

  /** Only a place to begin: where it cannot be written, more is read. */
  async function anotar(m: Memoria): Promise<void> {
    const dispositivoId = identidad.alta()?.dispositivoId
    if (!dispositivoId) return
    m.enVano = 0
    await notas.escribir(NOTA, { dispositivoId, llave: m.llave } satisfies Nota).catch(() => {})
  }

  async function todo(): Promise<Leido[]> {
    return abrir(await almacen().todas('diario'))
  }

  return {
    async delAbierto() {
      const m = await recordar()
      const leidos = m.llave === '' ? await todo() : abrir(await m.almacen.buscar('diario', { id: { $gte: m.llave } }, ['id']))
      return { leidos, inicio: await aprender(m, leidos) }
    },
    async cerrados() {
      const m = await recordar()
      if (m.entera) await this.delAbierto()
      else await aprender(m, await todo())
      m.entera = true
      return [...m.cerrados.values()].sort((a, b) => (a.inicio.renglon.id < b.inicio.renglon.id ? 1 : -1))
    },
    todo,
  }
}

function abrir(filas: Guardada[]): Leido[] {
  const leidos = filas.map(renglonDe).map((renglon) => ({ renglon, sobre: renglon.estado === 'trasladado' ? null : leerSobre(renglon) }))
  const enOrden = leidos.filter((l): l is Leido => l.sobre !== null).sort((a, b) => (a.renglon.id < b.renglon.id ? -1 : 1))
  // A device that died while it entered a hecho anew in another chain has it twice.
  const vistos = new Set<string>()
  return enOrden.filter(({ sobre }) => !vistos.has(sobre.id) && vistos.add(sobre.id))
}

const esTurno = (l: Leido): l is LeidoDeTurno => l.sobre.tipo === 'turno'

/** Shifts that these entries open and close, and the places of those they only open, in order. */
function emparejar(leidos: readonly Leido[]): { parejas: Pareja[]; abiertos: number[] } {
  const cierres = new Map(leidos.filter(esTurno).flatMap((l) => (l.sobre.datos.accion === 'cerrar' ? [[l.sobre.datos.turnoId, l]] : [])))
  const parejas: Pareja[] = []
  const abiertos: number[] = []
  for (const [i, inicio] of leidos.entries()) {
    if (!esTurno(inicio) || inicio.sobre.datos.accion !== 'abrir') continue
    const cierre = cierres.get(inicio.sobre.datos.turnoId)
    if (cierre) parejas.push({ inicio, cierre })
    else abiertos.push(i)
  }
  return { parejas, abiertos }
}
