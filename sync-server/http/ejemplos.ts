/** Values shown in the OpenAPI document. They parse by the schemas they illustrate (openapi.test.ts) and open nothing. */
const id = (n: number) => `018f0000-0000-7000-8000-00000000000${n}`
const ahora = Date.UTC(2026, 10, 21, 18)
const HORA = 3_600_000
const punto = `BA${'A'.repeat(86)}`
const firma = `${'A'.repeat(86)}==`
const licencia = {
  id: id(5),
  dispositivoId: id(3),
  emitidaAt: ahora,
  venceAt: ahora + 72 * HORA,
  maxVentas: 1_500,
  jws: 'eyJhbGciOiJFUzI1NiJ9.eyJpZCI6IjAxOGYifQ.AAAA',
}
const llaves = [{ kid: 1, publica: punto }]
const enlace = 'mZ3t9vQ0T1yX5bWc7dLkPA'
const reto = 'mhk3x0.q2Vn1z9PqkT0aWcd.aXqk2'

export const EJEMPLO = {
  negocioId: id(1),
  sucursalId: id(2),
  dispositivoId: id(3),
  usuarioId: id(4),
  articuloId: id(6),
  imagen: '3b1f0c9d'.repeat(8),
  ahora,
  manana: ahora + 24 * HORA,
  enlace,
  reto,
  firma,
  token: 'Q0k6ZbJ3v1s9mXyT8hPq2w5rN7cL4dFgK0aVeUiOjRE',
  punto,
  licencia,
  llaves,
  pedidoAlta: { token: enlace, clavePublica: punto, modelo: 'Lenovo Tab M9 · Chrome 156', firma },
  respuestaAlta: {
    dispositivoId: id(3),
    negocioId: id(1),
    negocioNombre: 'Pizzería Roma',
    sucursalId: id(2),
    sucursalNombre: 'Centro',
    tipo: 'caja' as const,
    serie: 'C1',
    licencia,
    llaves,
    hora: ahora,
  },
  sesion: { token: 'Q0k6ZbJ3v1s9mXyT8hPq2w5rN7cL4dFgK0aVeUiOjRE', venceAt: ahora + 600_000, licencia, llaves, hora: ahora },
  ficha: {
    id: id(3),
    nombre: 'Caja 1',
    modelo: 'Lenovo Tab M9 · Chrome 156',
    tipo: 'caja' as const,
    sucursalId: id(2),
    serie: 'C1',
    altaAt: ahora,
    bajaAt: null,
    bajaMotivo: null,
    licenciaVenceAt: ahora + 72 * HORA,
  },
}
