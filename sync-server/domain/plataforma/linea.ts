/** The last 72 hours of a device: when it was in contact, who worked at it, what it sold, its clock, what it lost. */
import { HORA } from '../../../schema/core/tiempo.ts'
import type { DetalleDeEquipo } from '../../../schema/protocol/plataforma.ts'
import type { Tx } from '../../db/db.ts'
import { abrirSobre } from '../../sync/sobres.ts'
import { nombresDeOperadores, type Operador } from './operadores.ts'

export const LINEA_MS = 72 * HORA
/** A till makes fewer entries than this in 72 hours; a chain is read from its end. */
const ENTRADAS_A_LO_MAS = 5_000
/** A shift whose end nobody wrote (the tablet was left, the app was closed) ends with the last thing done in it. */
const SILENCIO_MS = 4 * HORA

type Linea = DetalleDeEquipo['linea']

export async function leerLinea(sql: Tx, negocioId: string, dispositivoId: string, ahora: number): Promise<Linea> {
  const desdeAt = ahora - LINEA_MS
  const contactos = await sql<Linea['contactos']>`
    select desde_at, hasta_at from contactos where dispositivo_id = ${dispositivoId} and hasta_at >= ${new Date(desdeAt)} order by desde_at`
  const reloj = await sql<Linea['reloj']>`
    select hora_at as at, offset_ms from relojes where dispositivo_id = ${dispositivoId} and hora_at >= ${new Date(desdeAt - HORA)} order by hora_at`
  const entradas = await leerEntradas(sql, negocioId, dispositivoId, desdeAt)
  return {
    desdeAt,
    contactos: [...contactos],
    turnos: await turnosDe(sql, negocioId, entradas),
    hechos: porHora(entradas),
    reloj: [...reloj],
    huecos: await leerHuecos(sql, negocioId, dispositivoId),
  }
}

interface EntradaDeLinea {
  at: number
  operador: Operador | null
}

/**
 * What happened there in these hours, by the corrected clock, oldest first; whenever it arrived. Bodies are opened here and not by the database, which
 * stops at what JSON may hold and its texts may not (a NUL, half a pair): one odd entry would hide all the others.
 */
async function leerEntradas(sql: Tx, negocioId: string, dispositivoId: string, desdeAt: number): Promise<EntradaDeLinea[]> {
  const filas = await sql<{ at: number; cadenaId: string; seq: number; cuerpo: string }[]>`
  select v.eff_at as at, h.cadena_id, h.seq, h.cuerpo
  from cadenas c
  join hechos_recibidos h on h.negocio_id = c.negocio_id and h.cadena_id = c.cadena_id and h.seq >= c.esperado - ${ENTRADAS_A_LO_MAS}
    and h.variante = 0 and h.hecho_id is not null
  join veredictos v on v.negocio_id = h.negocio_id and v.cadena_id = h.cadena_id and v.seq = h.seq
  where c.negocio_id = ${negocioId} and c.dispositivo_id = ${dispositivoId} and v.eff_at >= ${new Date(desdeAt)}
  order by v.eff_at, h.seq`
  return filas.map(({ at, cadenaId, seq, cuerpo }) => ({ at, operador: abrirSobre(cuerpo, cadenaId, seq)?.operador ?? null }))
}

async function turnosDe(sql: Tx, negocioId: string, entradas: readonly EntradaDeLinea[]): Promise<Linea['turnos']> {
  const nombres = await nombresDeOperadores(
    sql,
    negocioId,
    entradas.map((e) => e.operador),
  )
  const turnos: (Linea['turnos'][number] & { id: string })[] = []
  for (const { at, operador } of entradas) {
    if (!operador) continue
    const ultimo = turnos.at(-1)
    if (ultimo?.id === operador.id && at - ultimo.hastaAt <= SILENCIO_MS) ultimo.hastaAt = at
    else turnos.push({ id: operador.id, quien: nombres.get(operador.id) ?? '', desdeAt: at, hastaAt: at })
  }
  return turnos.map(({ id: _, ...turno }) => turno)
}

function porHora(entradas: readonly EntradaDeLinea[]): Linea['hechos'] {
  const horas = new Map<number, number>()
  for (const { at } of entradas) {
    const hora = Math.floor(at / HORA) * HORA
    horas.set(hora, (horas.get(hora) ?? 0) + 1)
  }
  return [...horas].map(([at, cuantos]) => ({ at, cuantos }))
}

const HUECOS_A_LO_MAS = 50

/** Stretches of seqs that the device swore it lost, newest first. */
const leerHuecos = async (sql: Tx, negocioId: string, dispositivoId: string): Promise<Linea['huecos']> => [
  ...(await sql<Linea['huecos']>`
    with perdidas as (
      select h.cadena_id, h.seq, h.recibido_at, h.seq - row_number() over (partition by h.cadena_id order by h.seq) as tramo
      from cadenas c join hechos_recibidos h on h.negocio_id = c.negocio_id and h.cadena_id = c.cadena_id
      where c.negocio_id = ${negocioId} and c.dispositivo_id = ${dispositivoId} and h.estado in ('perdido', 'bifurcado', 'sin_procesar')
        and h.estado = 'perdido')
    select min(seq) as desde_seq, max(seq) as hasta_seq, min(recibido_at) as at from perdidas
    group by cadena_id, tramo order by 3 desc, 1 desc limit ${HUECOS_A_LO_MAS}`),
]
