/** LISTEN on a connection of its own. A lost connection comes back by itself; wakes sent meanwhile are lost, and polled for. */
import type postgres from 'postgres'
import { esCorte } from './piscina.ts'
import { abrirSql, type Sql } from './tipos.ts'

type Oyente = (texto: string) => void

const ESPERA_MAXIMA_MS = 5_000

/** PostgreSQL's quoting of a channel name. */
const citar = (canal: string) => `"${canal.replaceAll('"', '""')}"`

export interface Escucha {
  escuchar(canal: string, fn: Oyente): Promise<() => Promise<void>>
  close(): Promise<void>
}

type Acceso = postgres.Options<Record<string, postgres.PostgresType>>

/** Sends statements one at a time on one connection, which is never used again once cut (`piscina.ts` says why). */
function crearLinea(url: string, acceso: Acceso, onnotify: (canal: string, texto: string) => void, alCortarse: () => void) {
  let sql: Sql | undefined
  let turno: Promise<unknown> = Promise.resolve()
  let cerrada = false
  const perder = (cual: Sql) => {
    if (cual !== sql) return
    sql = undefined
    void cual.end({ timeout: 1 }).catch(() => {})
    alCortarse()
  }
  const conectada = (): Sql => {
    if (sql) return sql
    // postgres.js hands notifications to this option; its types only know the pool's own listen().
    const oido = { onnotify } as object
    const nueva: Sql = abrirSql(url, { ...acceso, max: 1, max_lifetime: null, onclose: () => perder(nueva), ...oido })
    sql = nueva
    return nueva
  }
  const mandar = async (texto: string): Promise<void> => {
    if (cerrada) throw Object.assign(new Error('CONNECTION_ENDED: the database is closed'), { code: 'CONNECTION_ENDED' })
    const cual = conectada()
    try {
      await cual.unsafe(texto)
    } catch (error) {
      if (esCorte(error)) perder(cual)
      throw error
    }
  }
  return {
    pedir(texto: string): Promise<void> {
      const mio = turno.then(() => mandar(texto))
      turno = mio.catch(() => {})
      return mio
    },
    async close() {
      cerrada = true
      const ultima = sql
      sql = undefined
      await ultima?.end({ timeout: 1 })
    },
  }
}

/** Opens nothing until the first `escuchar`. `acceso`: the login of the pool. */
export function crearEscucha(url: string, acceso: Acceso): Escucha {
  const canales = new Map<string, Set<Oyente>>()
  let cerrada = false
  let reintento: NodeJS.Timeout | undefined
  let fallidos = 0

  const onnotify = (canal: string, texto: string) => {
    for (const fn of canales.get(canal) ?? []) fn(texto)
  }
  const volver = () => {
    if (cerrada || canales.size === 0 || reintento) return
    reintento = setTimeout(reanudar, Math.min(ESPERA_MAXIMA_MS, 50 * 2 ** fallidos++))
    reintento.unref()
  }
  const linea = crearLinea(url, acceso, onnotify, volver)
  async function reanudar(): Promise<void> {
    reintento = undefined
    try {
      for (const canal of [...canales.keys()]) if (!cerrada) await linea.pedir(`listen ${citar(canal)}`)
      fallidos = 0
    } catch {
      volver()
    }
  }
  const olvidar = (canal: string, fn: Oyente): boolean => {
    const oyentes = canales.get(canal)
    return Boolean(oyentes?.delete(fn) && oyentes.size === 0 && canales.delete(canal))
  }

  return {
    async escuchar(canal, fn) {
      const oyentes = canales.get(canal) ?? new Set()
      canales.set(canal, oyentes.add(fn))
      const listen = () => linea.pedir(`listen ${citar(canal)}`)
      try {
        // Asked again for every listener: harmless for PostgreSQL, and the caller may count on it once this returns.
        await listen().catch((error) => (esCorte(error) ? listen() : Promise.reject(error)))
      } catch (error) {
        olvidar(canal, fn)
        throw error
      }
      return async () => {
        if (!olvidar(canal, fn) || cerrada) return
        await linea.pedir(`unlisten ${citar(canal)}`).catch(() => {})
      }
    },
    async close() {
      cerrada = true
      clearTimeout(reintento)
      await linea.close()
    },
  }
}
