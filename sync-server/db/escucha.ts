/** LISTEN on a connection of its own. A lost connection comes back by itself; wakes sent meanwhile are lost, and polled for. */
import type postgres from 'postgres'
import { abrirSql, type Sql } from './tipos.ts'

type Oyente = (texto: string) => void

const ESPERA_MAXIMA_MS = 5_000

/** PostgreSQL's quoting of a channel name. */
const citar = (canal: string) => `"${canal.replaceAll('"', '""')}"`

export interface Escucha {
  escuchar(canal: string, fn: Oyente): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** Opens nothing until the first `escuchar`. `acceso`: the login of the pool. */
export function crearEscucha(url: string, acceso: postgres.Options<Record<string, postgres.PostgresType>>): Escucha {
  const canales = new Map<string, Set<Oyente>>()
  let sql: Sql | undefined
  let cerrada = false
  let reintento: NodeJS.Timeout | undefined

  const onnotify = (canal: string, texto: string) => {
    for (const fn of canales.get(canal) ?? []) fn(texto)
  }
  const volver = (intento: number) => {
    if (cerrada || canales.size === 0 || reintento) return
    reintento = setTimeout(
      async () => {
        reintento = undefined
        try {
          for (const canal of canales.keys()) await conexion().unsafe(`listen ${citar(canal)}`)
        } catch {
          volver(intento + 1)
        }
      },
      Math.min(ESPERA_MAXIMA_MS, 50 * 2 ** intento),
    )
    reintento.unref()
  }
  const conexion = () =>
    (sql ??= abrirSql(url, {
      ...acceso,
      max: 1,
      max_lifetime: null,
      fetch_types: false,
      onclose: () => volver(0),
      // postgres.js hands notifications to this option; its types only know the pool's own listen().
      ...({ onnotify } as object),
    }))

  return {
    async escuchar(canal, fn) {
      const oyentes = canales.get(canal) ?? new Set()
      canales.set(canal, oyentes.add(fn))
      // Asked again for every listener: harmless for PostgreSQL, and the caller may count on it once this returns.
      await conexion().unsafe(`listen ${citar(canal)}`)
      return async () => {
        oyentes.delete(fn)
        if (oyentes.size > 0 || cerrada) return
        canales.delete(canal)
        await conexion()
          .unsafe(`unlisten ${citar(canal)}`)
          .catch(() => {})
      }
    },
    async close() {
      cerrada = true
      clearTimeout(reintento)
      await sql?.end({ timeout: 1 })
    },
  }
}
