/** Prometheus metrics of one server. Each app has a registry of its own, so that tests and nodes in one process do not collide. */
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metricas {
  registro: Registry
  /** Seconds by method, route pattern and status. */
  peticiones: Histogram<'metodo' | 'ruta' | 'estado'>
}

/** `proceso`: also memory, event loop and GC of this process; they keep observers alive, so tests leave them out. */
export function crearMetricas(opciones: { proceso?: boolean } = {}): Metricas {
  const registro = new Registry()
  if (opciones.proceso) collectDefaultMetrics({ register: registro, prefix: 'anunciaya_' })
  return {
    registro,
    peticiones: new Histogram({
      name: 'anunciaya_http_segundos',
      help: 'Duration of HTTP requests',
      labelNames: ['metodo', 'ruta', 'estado'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registro],
    }),
  }
}
