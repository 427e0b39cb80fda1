import type { Db } from '../sync-server/db/db.ts'
import { CADA_MS, flusherDe } from '../sync-server/sync/flusher.ts'
import { crearCuentaDePrueba, createTestServer, type ServidorDePrueba, tokenDeCuenta } from '../sync-server/testing/servidor.ts'
import type { Measure } from './measure.ts'
import { decir, type Equipo, sembrarPlataforma } from './plataforma/sembrar.ts'
import type { Ask } from './row.ts'
import { onEachEngine } from './store.ts'

const POR_VUELTA = 500

export const measures = ({ engines }: Ask): Promise<Measure[]> => onEachEngine(engines, medidasDe)

async function medidasDe(motor: string, db: Db, alFinal: () => unknown): Promise<Measure[]> {
  const servidor = await createTestServer({ db, reloj: { ahora: Date.now, avanzar: () => {} } })
  const { usuarioId } = await crearCuentaDePrueba(servidor)
  await db.plataforma((sql) => sql`update usuarios set es_superadmin = true where id = ${usuarioId}`)
  const desde = performance.now()
  const equipos = await sembrarPlataforma(servidor.deps)
  await db.mantener()
  console.error(`${motor}: ${equipos.length} devices said how they are, in ${Math.round(performance.now() - desde)} ms`)
  const token = await tokenDeCuenta(servidor, usuarioId)
  const parar = conFlusher(servidor, equipos)
  const ver = (camino: string) => pedir(servidor, token, camino)
  const profundo = async (camino: string, paginas: number): Promise<string> => {
    let cursor = ''
    for (let i = 0; i < paginas; i++) cursor = `cursor=${encodeURIComponent((await ver(`${camino}?${cursor}`)).cursor ?? '')}`
    return `${camino}?${cursor}`
  }
  const caminos: [string, string][] = [
    ['negocios', 'negocios'],
    ['negocios, page 10', await profundo('negocios', 9)],
    ['negocios, search', 'negocios?buscar=pizzeria roma'],
    ['negocios, in need', 'negocios?filtro=atencion'],
    ['devices', 'dispositivos'],
    ['devices, page 40', await profundo('dispositivos', 39)],
    ['devices, search', 'dispositivos?buscar=caja 17 orbita'],
    ['devices, search of what is everywhere', 'dispositivos?buscar=caja'],
    ['devices, search of nothing', 'dispositivos?buscar=zzzz'],
    ['devices, in need', 'dispositivos?filtro=atencion'],
    ['devices, not in contact', 'dispositivos?filtro=sin_conexion'],
    ['devices of one negocio', `dispositivos?negocioId=${equipos[777]?.negocioId}`],
    ['one device', `dispositivos/${equipos[777]?.dispositivoId}`],
    ['verdicts', 'veredictos'],
    ['verdicts of a rule', 'veredictos?regla=R11'],
    ['verdicts, search of a folio', 'veredictos?buscar=c17-000'],
    ['summary', 'resumen'],
    ['pulse of 7 days', 'pulso?rango=7d'],
  ]
  const end = async () => {
    await parar()
    await db.close()
    await alFinal()
  }
  return caminos.map(([nombre, camino], i) => ({
    name: nombre,
    unit: 'requests',
    unitsPerTurn: 1,
    turn: () => ver(camino),
    ...(i === caminos.length - 1 ? { end } : {}),
  }))
}

async function pedir({ fetch }: ServidorDePrueba, token: string, camino: string): Promise<{ cursor?: string | null }> {
  const respuesta = await fetch(`http://localhost:8080/api/admin/${encodeURI(camino).replaceAll('%25', '%')}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (respuesta.status !== 200) throw new Error(`${camino} answered ${respuesta.status}`)
  return ((await respuesta.json()) as { data: { cursor?: string | null } }).data
}

/** What goes on beside the requests. Gives the stop. */
function conFlusher({ deps }: ServidorDePrueba, equipos: readonly Equipo[]): () => Promise<void> {
  let vuelta = 0
  let enCurso: Promise<unknown> = Promise.resolve()
  const reloj = setInterval(() => {
    for (let i = 0; i < POR_VUELTA; i++) {
      const cual = (vuelta++ * 101) % equipos.length
      decir(deps, equipos[cual] as Equipo, cual + vuelta)
    }
    enCurso = enCurso.then(() => flusherDe(deps).vaciar())
  }, CADA_MS)
  return async () => {
    clearInterval(reloj)
    await enCurso
  }
}
