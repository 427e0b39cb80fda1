/**
 * Several nodes on one PostgreSQL wake each other: what a node published in the last 30 ms goes out as ONE notification, outside any transaction
 * (inside one it would serialize every writer). A lost notification costs at most one poll: the counters of the streams somebody here listens
 * to are read every 5 s. On the embedded database there is one process and nothing to relay.
 */
import { uuidv7 } from '../../schema/core/ids.ts'
import { COLECCIONES } from '../../schema/protocol/pull.ts'
import type { Deps } from '../context.ts'
import { enUuids } from './filas.sql.ts'
import { type AvisoDeStream, comoHubDeProceso, type HubDeProceso } from './hub.ts'
import { COLECCIONES_DE_PLATAFORMA } from './plataforma/leer.sql.ts'

const CANAL = 'anunciaya_avisos'
const JUNTAR_MS = 30
const SONDEO_MS = 5_000
/** PostgreSQL refuses a payload of 8,000 bytes. */
const CARGA_MAXIMA = 7_500
const TODAS = [...new Set([...Object.values(COLECCIONES).flat(), ...COLECCIONES_DE_PLATAFORMA])].filter((c) => c !== 'diario')

interface Mensaje {
  nodo: string
  avisos: AvisoDeStream[]
  revocados: string[]
}

/** Gives the stop. */
export async function iniciarRelevo(deps: Deps): Promise<() => Promise<void>> {
  const hub = comoHubDeProceso(deps.hub)
  if (!hub || deps.db.motor === 'pglite') return async () => {}
  const nodo = uuidv7(deps.now(), deps.azar)
  const vistos = new Map<string, number>()
  const dejarDeOir = await deps.db.escuchar(CANAL, (texto) => recibir(hub, nodo, vistos, texto))
  const parar = [enviarLoPublicado(deps, hub, nodo, vistos), sondear(deps, hub, vistos)]
  return async () => {
    for (const fin of parar) fin()
    await dejarDeOir()
  }
}

function recibir(hub: HubDeProceso, nodo: string, vistos: Map<string, number>, texto: string): void {
  const mensaje = JSON.parse(texto) as Mensaje
  if (mensaje.nodo === nodo) return
  for (const aviso of mensaje.avisos) {
    vistos.set(aviso.stream, Math.max(aviso.seq, vistos.get(aviso.stream) ?? 0))
    hub.publicarAjeno(aviso)
  }
  for (const id of mensaje.revocados) hub.revocarAjeno(id)
}

function enviarLoPublicado(deps: Deps, hub: HubDeProceso, nodo: string, vistos: Map<string, number>): () => void {
  const avisos = new Map<string, AvisoDeStream>()
  const revocados = new Set<string>()
  let reloj: ReturnType<typeof setTimeout> | undefined
  const enviar = () => {
    reloj = undefined
    for (const mensaje of enTrozos(nodo, [...avisos.values()], [...revocados]))
      deps.db.avisar(CANAL, JSON.stringify(mensaje)).catch((err) => deps.log.warn({ err }, 'a wake-up for other nodes was lost; they poll'))
    avisos.clear()
    revocados.clear()
  }
  const pronto = () => {
    reloj ??= setTimeout(enviar, JUNTAR_MS)
  }
  const bajas = [
    hub.alPublicar((aviso) => {
      const previo = avisos.get(aviso.stream)
      avisos.set(aviso.stream, previo ? unir(previo, aviso) : aviso)
      vistos.set(aviso.stream, Math.max(aviso.seq, vistos.get(aviso.stream) ?? 0))
      pronto()
    }),
    hub.alRevocarAqui((id) => {
      revocados.add(id)
      pronto()
    }),
  ]
  return () => {
    for (const quitar of bajas) quitar()
    clearTimeout(reloj)
  }
}

const unir = (a: AvisoDeStream, b: AvisoDeStream): AvisoDeStream => ({
  stream: a.stream,
  seq: Math.max(a.seq, b.seq),
  colecciones: [...new Set([...a.colecciones, ...b.colecciones])],
})

/** Splits what was joined into messages that fit. */
export function enTrozos(nodo: string, avisos: AvisoDeStream[], revocados: string[]): Mensaje[] {
  const mensajes: Mensaje[] = []
  let actual: Mensaje = { nodo, avisos: [], revocados: [] }
  let largo = 0
  const poner = (texto: string, en: (m: Mensaje) => void) => {
    if (largo + texto.length > CARGA_MAXIMA - 200) {
      mensajes.push(actual)
      actual = { nodo, avisos: [], revocados: [] }
      largo = 0
    }
    en(actual)
    largo += texto.length + 1
  }
  for (const aviso of avisos) poner(JSON.stringify(aviso), (m) => m.avisos.push(aviso))
  for (const id of revocados) poner(id, (m) => m.revocados.push(id))
  if (actual.avisos.length + actual.revocados.length > 0) mensajes.push(actual)
  return mensajes
}

function sondear(deps: Deps, hub: HubDeProceso, vistos: Map<string, number>): () => void {
  const reloj = setInterval(() => {
    revisarContadores(deps, hub, vistos).catch((err) => deps.log.warn({ err }, 'the counters could not be polled'))
  }, SONDEO_MS)
  return () => clearInterval(reloj)
}

/** A stream whose counter is past what was heard of it: its listeners pull everything. */
export async function revisarContadores(deps: Deps, hub: HubDeProceso, vistos: Map<string, number>): Promise<void> {
  const oidos = hub.streamsOidos()
  for (const stream of vistos.keys()) if (!oidos.includes(stream)) vistos.delete(stream)
  const ids = (prefijo: string) => oidos.filter((s) => s.startsWith(prefijo)).map((s) => s.slice(prefijo.length))
  const filas = await deps.db.plataforma(
    (sql) => sql<{ stream: string; seq: number }[]>`
      select 'negocio:' || negocio_id as stream, seq from contadores_negocio where negocio_id = ${enUuids(sql, ids('negocio:'))}
      union all select 'usuario:' || usuario_id, seq from contadores_usuario where usuario_id = ${enUuids(sql, ids('usuario:'))}
      union all select 'plataforma', seq from contador_plataforma where ${oidos.includes('plataforma')}`,
    { soloLectura: true },
  )
  for (const { stream, seq } of filas) {
    if (seq <= (vistos.get(stream) ?? -1)) continue
    vistos.set(stream, seq)
    hub.publicarAjeno({ stream, seq, colecciones: TODAS })
  }
}
