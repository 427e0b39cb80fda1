/** What an orchestrator asks: alive, able to serve, and how it is doing. */
import { z } from 'zod'
import type { Deps } from '../context.ts'
import { leerMigraciones } from '../db/migrate.ts'
import { seDespide } from './despedida.ts'
import type { App } from './entorno.ts'
import type { Metricas } from './metricas.ts'
import { documentar, ruta } from './ruta.ts'

/** A database that does not answer in this time is not ready, whatever it answers later. */
const ESPERA_MS = 2_000

async function baseLista(deps: Deps): Promise<boolean> {
  const pregunta = deps.db.plataforma((sql) => sql`select 1 from contador_plataforma`).then((filas) => filas.length === 1)
  let reloj: NodeJS.Timeout | undefined
  const limite = new Promise<boolean>((listo) => {
    reloj = setTimeout(listo, ESPERA_MS, false)
  })
  try {
    return await Promise.race([pregunta.catch(() => false), limite])
  } finally {
    clearTimeout(reloj)
  }
}

export function montarSalud(app: App, deps: Deps, metricas: Metricas): void {
  // The database is opened only once every migration is in, so what this release brings is what is applied.
  const migraciones = leerMigraciones().length
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/health',
      resumen: 'The process is alive',
      grupo: 'salud',
      sesion: false,
      paraQuien: ['nadie'],
      datos: z.object({ estado: z.literal('ok') }),
      ejemplo: { datos: { estado: 'ok' } },
    },
    () => ({ estado: 'ok' as const }),
  )
  documentar(app, {
    metodo: 'get',
    camino: '/ready',
    resumen: 'Able to serve: the database answers and the server is not stopping. 503 with the same body while that is not so',
    grupo: 'salud',
    sesion: false,
    paraQuien: ['nadie'],
    datos: z.object({ base: z.boolean(), motor: z.enum(['pglite', 'postgres']), migraciones: z.number().int() }),
    ejemplo: { datos: { base: true, motor: 'pglite', migraciones: 5 } },
    codigos: ['SIN_CONEXION'],
  })
  documentar(app, {
    metodo: 'get',
    camino: '/metrics',
    resumen: 'Figures of this node for Prometheus',
    grupo: 'salud',
    sesion: false,
    paraQuien: ['nadie'],
    datos: z.string(),
    medio: 'text/plain',
    ejemplo: { datos: 'anunciaya_hechos_recibidos_total{estado="recibido"} 220' },
  })
  app.get('/ready', async (c) => {
    const base = await baseLista(deps)
    const lista = base && !seDespide(deps)
    const message = !base ? 'La base de datos no responde.' : lista ? '' : 'El servidor se está deteniendo.'
    return c.json({ success: lista, data: { base, motor: deps.db.motor, migraciones }, message }, lista ? 200 : 503)
  })
  app.get('/metrics', async (c) => c.text(await metricas.registro.metrics(), 200, { 'content-type': metricas.registro.contentType }))
}
