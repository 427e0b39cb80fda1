/** Examples of the OpenAPI document. */
import { EJEMPLO } from '../../http/ejemplos.ts'

const RECOMPENSA = '018f0000-0000-7000-8000-0000000000c1'
const CANJE = '5f1c2b7a-93d4-8e0f-a1b2-c3d4e5f60718'
const MINUTO = 60_000
/** Of 150 letters. */
const QR = 'VSB000C0000%2'.padEnd(150, '0')

export const EJEMPLO_RECOMPENSAS = {
  negocioId: EJEMPLO.negocioId,
  nombre: 'Pizzería Roma',
  puntosDisponibles: 1_250,
  puntosApartados: 0,
  sucursales: [{ id: EJEMPLO.sucursalId, nombre: 'Centro', direccion: 'Jardín Principal 4' }],
  recompensas: [
    {
      ...{ id: RECOMPENSA, nombre: 'Café gratis', descripcion: 'Americano o de olla.', puntos: 80 },
      ...{ imagen: `/imagenes/${EJEMPLO.negocioId}/${EJEMPLO.imagen}`, sucursales: [], alcanza: true },
    },
  ],
}

export const EJEMPLO_PEDIDO = { negocioId: EJEMPLO.negocioId, recompensaId: RECOMPENSA, puntos: 80, sucursalId: EJEMPLO.sucursalId }

export const EJEMPLO_MI_CANJE = {
  ...{ canjeId: CANJE, negocioId: EJEMPLO.negocioId, negocioNombre: 'Pizzería Roma', codigo: 'CANJE-7X9K2M', qr: QR },
  ...{ nombre: 'Café gratis', puntos: 80, sucursalId: EJEMPLO.sucursalId, venceAt: EJEMPLO.ahora + 15 * MINUTO },
  ...{ estado: 'pendiente' as const, apartado: true, creadoAt: EJEMPLO.ahora, cerradoAt: null },
}

export const EJEMPLO_EN_MOSTRADOR = {
  ...{ canjeId: CANJE, codigo: 'CANJE-7X9K2M', estado: 'pendiente' as const },
  cliente: { clienteId: EJEMPLO.usuarioId, nombre: 'Juan P.', nivel: 'oro' as const },
  recompensa: { id: RECOMPENSA, nombre: 'Café gratis', valor: 38 },
  ...{ puntos: 80, sucursalId: EJEMPLO.sucursalId, venceAt: EJEMPLO.ahora + 15 * MINUTO, restanteMs: 872_000, entregadoAt: null },
}

export const EJEMPLO_ARRIENDO = {
  arriendo: {
    ...{ sucursalId: EJEMPLO.sucursalId, dispositivoId: EJEMPLO.dispositivoId, equipo: 'Caja 1', esMio: true },
    ...{ venceAt: EJEMPLO.manana, pedidoPor: null },
  },
  hora: EJEMPLO.ahora,
}
