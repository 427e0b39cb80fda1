/**
 * What an upload adds to a chain, decided under the negocio's counter: seqs already held are compared, the next ones are taken, a gap takes
 * nothing. The chain's row says which device it belongs to; what a text claims about itself is never asked.
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { horaCorregida } from '../../schema/core/tiempo.ts'
import type { Aviso } from '../../schema/domain/hechos/libro.ts'
import type { Tx } from '../db/db.ts'
import type { Recepcion } from './accept.ts'
import { type ArriendoVisto, columnasDeArriendo, fuentesDeArriendo, ver } from './arriendo-al-recibir.ts'
import type { Contador } from './bitacora.ts'
import type { RenglonEnviado } from './lote.ts'
import type { FilaRecibida } from './recibidos.sql.ts'

export interface Lote {
  dispositivoId: string
  /** Of the device. */
  sucursalId: string | null
  cadenaId: string
  enviados: readonly RenglonEnviado[]
  ahora: number
  /** R5. Until when this is all the till did, server ms; null: it does not say. */
  enteroHasta: number | null
}

export interface RecepcionDeDiario extends Recepcion {
  esperado: number
  revocado: boolean
  /** This upload showed a fork: the device loses its rights now (DI6). */
  bifurcado: boolean
  /** When each new entry was written, by its device's corrected clock. */
  ocurridosAt: number[]
  arriendo: ArriendoVisto
}

interface Estado extends ArriendoVisto {
  /** Null: the chain is not known yet. */
  dispositivoId: string | null
  conocida: boolean
  esperado: number
  hashCabeza: string
  bajaAt: number | null
  tieneOtras: boolean
  hayPendientes: boolean
}

/** @throws Rechazo DIARIO_AJENO when the chain is of another device, FIRMA_INVALIDA when the device is of another negocio */
export async function recibir(sql: Tx, contador: Contador, lote: Lote): Promise<RecepcionDeDiario> {
  const estado = await leerEstado(sql, contador.negocioId, lote)
  const recepcion = new EnCurso(contador, lote, estado)
  const nuevos = lote.enviados.filter((e) => e.seq >= estado.esperado)
  const repetidos = lote.enviados.filter((e) => e.seq < estado.esperado)
  if (repetidos.length > 0) recepcion.comparar(repetidos, await leerGuardados(sql, contador.negocioId, lote.cadenaId, repetidos))
  if (nuevos[0] && nuevos[0].seq === estado.esperado) recepcion.tomar(nuevos)
  if (recepcion.filas.length > 0) await guardarCadena(sql, contador.negocioId, lote, recepcion)
  if (recepcion.bifurcado) await darDeBaja(sql, contador.negocioId, lote.dispositivoId, recepcion.recibidoAt)
  const recibido = recepcion.cerrar()
  const entero = lote.enteroHasta !== null && !recibido.revocado && recibido.esperado === (lote.enviados.at(-1)?.seq ?? 0) + 1
  const caja = { id: lote.dispositivoId, negocioId: contador.negocioId, sucursalId: lote.sucursalId }
  if (entero && lote.enteroHasta !== null) await ver(sql, caja, estado, lote.enteroHasta)
  return recibido
}

/** What the server wants next, and nothing written: the answer to a greeting (DI1). @throws Rechazo as recibir */
export async function saludar(
  sql: Tx,
  negocioId: string,
  lote: Lote,
): Promise<Pick<RecepcionDeDiario, 'esperado' | 'revocado' | 'arriendo'>> {
  const arriendo = await leerEstado(sql, negocioId, lote)
  return { esperado: arriendo.esperado, revocado: arriendo.bajaAt !== null, arriendo }
}

async function leerEstado(sql: Tx, negocioId: string, { dispositivoId, cadenaId }: Lote): Promise<Estado> {
  const [fila] = await sql<Estado[]>`
    select d.baja_at, c.dispositivo_id, c.cadena_id is not null as conocida, coalesce(c.esperado, 0) as esperado,
      coalesce(c.hash_cabeza, '') as hash_cabeza,
      exists (select from cadenas o where o.negocio_id = d.negocio_id and o.dispositivo_id = d.id and o.cadena_id <> ${cadenaId}) as tiene_otras,
      exists (select from hechos_recibidos h where h.negocio_id = d.negocio_id and h.estado = 'recibido') as hay_pendientes,
      ${columnasDeArriendo(sql)}
    from dispositivos d left join cadenas c on c.negocio_id = d.negocio_id and c.cadena_id = ${cadenaId} ${fuentesDeArriendo(sql)}
    where d.negocio_id = ${negocioId} and d.id = ${dispositivoId}`
  if (!fila) throw new Rechazo('FIRMA_INVALIDA')
  if (fila.conocida && fila.dispositivoId !== dispositivoId) throw new Rechazo('DIARIO_AJENO')
  return fila
}

interface Guardado {
  seq: number
  variante: number
  hash: string
}

/** Every body held for these seqs. */
function leerGuardados(sql: Tx, negocioId: string, cadenaId: string, repetidos: readonly RenglonEnviado[]): Promise<Guardado[]> {
  const seqs = repetidos.map((r) => r.seq)
  return sql<Guardado[]>`
    select seq, variante, hash from hechos_recibidos
    where negocio_id = ${negocioId} and cadena_id = ${cadenaId} and seq between ${Math.min(...seqs)} and ${Math.max(...seqs)}`
}

class EnCurso {
  readonly filas: FilaRecibida[] = []
  readonly avisos: Aviso[] = []
  readonly huecos = new Map<string, number>()
  readonly ocurridosAt: number[] = []
  readonly recibidoAt: number
  esperado: number
  hashCabeza: string
  bifurcado = false
  readonly #contador: Contador
  readonly #lote: Lote
  readonly #estado: Estado

  constructor(contador: Contador, lote: Lote, estado: Estado) {
    this.#contador = contador
    this.#lote = lote
    this.#estado = estado
    this.recibidoAt = Math.max(lote.ahora, contador.ultimoRecibidoAt) // DI10
    this.esperado = estado.esperado
    this.hashCabeza = estado.hashCabeza
  }

  /** DI2, DI6. Bytes already held are skipped; others for the same seq are kept beside them. */
  comparar(repetidos: readonly RenglonEnviado[], guardados: readonly Guardado[]): void {
    for (const r of repetidos) {
      const iguales = guardados.filter((g) => g.seq === r.seq)
      if (r.cuerpo === null || iguales.some((g) => g.hash === r.hash)) continue
      const variante = Math.max(...iguales.map((g) => g.variante), 0) + 1
      this.#poner(r, 'bifurcado', variante)
      // A loss that came back is for a person to see; two bodies mean two holders of the key.
      this.bifurcado ||= !iguales.some((g) => g.hash === '')
      this.#avisar('DIARIO_BIFURCADO', `${r.seq}:${r.hash.slice(0, 16)}`, { seq: r.seq, variante })
    }
  }

  /** The next seqs, bodies and losses. */
  tomar(nuevos: readonly RenglonEnviado[]): void {
    if (!this.#estado.conocida && this.#estado.tieneOtras) this.#avisar('cadena_nueva', 'nueva', {})
    for (const r of nuevos) {
      if (r.cuerpo === null) this.#perder(r)
      else {
        const fila = this.#poner(r, 'recibido', 0)
        if (fila.prevHash !== null && fila.prevHash !== this.#eslabon(r.seq))
          this.#avisar('hueco', String(r.seq), { seq: r.seq, eslabon: false })
      }
      this.esperado = r.seq + 1
      this.hashCabeza = r.hash
    }
  }

  cerrar(): RecepcionDeDiario {
    const { filas, avisos, huecos, esperado, bifurcado, ocurridosAt } = this
    const revocado = bifurcado || this.#estado.bajaAt !== null
    return {
      filas,
      avisos,
      huecos,
      esperado,
      bifurcado,
      revocado,
      ocurridosAt,
      hayPendientes: this.#estado.hayPendientes,
      arriendo: this.#estado,
    }
  }

  /** The hash the next entry must carry; undefined after a loss, which explains any. */
  #eslabon(seq: number): string | undefined {
    return seq > 0 && this.hashCabeza === '' ? undefined : this.hashCabeza
  }

  #perder(r: RenglonEnviado): void {
    const fila = this.#poner(r, 'perdido', 0)
    if (!this.huecos.has(this.#lote.cadenaId)) {
      this.huecos.set(this.#lote.cadenaId, fila.n)
      this.#avisar('hueco', String(r.seq), { seq: r.seq, perdidos: this.#lote.enviados.filter((e) => e.cuerpo === null).length })
    }
  }

  #poner(r: RenglonEnviado, estado: FilaRecibida['estado'], variante: number): { n: number; prevHash: string | null } {
    const { sobre } = r
    const n = ++this.#contador.aceptados
    this.#contador.ultimoRecibidoAt = this.recibidoAt
    const { cadenaId } = this.#lote
    const comun = { n, cadenaId, seq: r.seq, variante, hash: r.hash, cuerpo: r.cuerpo, recibidoAt: this.recibidoAt, estado }
    this.filas.push({ ...comun, hechoId: sobre?.id ?? null, tipo: sobre?.tipo ?? null, abierto: sobre })
    if (sobre && variante === 0) this.ocurridosAt.push(horaCorregida(sobre.tiempo))
    const explicado = sobre === null || this.#eslabon(r.seq) === undefined
    return { n, prevHash: explicado ? null : sobre.prevHash }
  }

  #avisar(codigo: Aviso['codigo'], llave: string, datos: Aviso['datos']): void {
    const { cadenaId, dispositivoId, sucursalId } = this.#lote
    const comun = { tipo: 'alerta', regla: null, costoCentavos: null, puntos: null } as const
    this.avisos.push({
      ...comun,
      id: `${cadenaId}:${llave}:${codigo}`,
      codigo,
      datos: { cadenaId, dispositivoId, ...(sucursalId === null ? {} : { sucursalId }), ...datos },
      creadoAt: this.recibidoAt,
    })
  }
}

async function guardarCadena(sql: Tx, negocioId: string, lote: Lote, r: EnCurso): Promise<void> {
  await sql`
    insert into cadenas (negocio_id, cadena_id, dispositivo_id, esperado, hash_cabeza, bifurcada, created_at)
    values (${negocioId}, ${lote.cadenaId}, ${lote.dispositivoId}, ${r.esperado}, ${r.hashCabeza}, ${r.bifurcado}, ${new Date(r.recibidoAt)})
    on conflict (negocio_id, cadena_id) do update set esperado = excluded.esperado, hash_cabeza = excluded.hash_cabeza,
      bifurcada = cadenas.bifurcada or excluded.bifurcada`
}

/** DI6. Two bodies for one seq: somebody else has the key. */
async function darDeBaja(sql: Tx, negocioId: string, dispositivoId: string, at: number): Promise<void> {
  await sql`
    update dispositivos set baja_at = ${new Date(at)}, baja_motivo = 'bifurcacion'
    where negocio_id = ${negocioId} and id = ${dispositivoId} and baja_at is null`
}
