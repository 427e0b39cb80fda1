/** Examples of the sync messages for the OpenAPI document: they parse by the schemas they illustrate and open nothing. */
import { EJEMPLO } from '../http/ejemplos.ts'

const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const cadenaId = '018f0000-0000-7000-8000-000000000006'
const cuerpo = JSON.stringify({ cadenaId, seq: 0, tipo: 'cadena.abierta', datos: { motivo: 'alta', serie: 'C1' } })
const estado = { pendientes: 1, masAntiguoAt: EJEMPLO.ahora, offset: -140, almacenBytes: 184_320, versionApp: '1.0.0' }
const pedido = {
  dispositivoId: EJEMPLO.dispositivoId,
  cadenaId,
  desde: 0,
  cuerpos: [cuerpo],
  perdidos: [],
  cabeza: { seq: 0, hash },
  enviadoAt: EJEMPLO.ahora,
  estado,
  firma: EJEMPLO.firma,
}
const articulo = {
  id: '018f0000-0000-7000-8000-000000000007',
  nombre: 'Pizza margarita',
  descripcion: '',
  precioCentavos: 16_500,
  categoria: 'Pizzas',
  tipo: 'producto',
  visible: true,
  destacado: true,
  desde: false,
  agotado: false,
  borrado: false,
  sellos: { precioCentavos: [EJEMPLO.ahora, EJEMPLO.dispositivoId] },
}
const checkpoint = { epoca: '018f0000-0000-7000-8000-000000000008', seq: 4_312, rebanada: '9f86d081884c7d65' }

export const EJEMPLO_SYNC = {
  diario: { cuerpo: pedido, datos: { recibidoHasta: 0, esperado: 1, hora: EJEMPLO.ahora, revocado: false } },
  archivo: {
    cuerpo: {
      formato: 'anunciaya-pendientes' as const,
      v: 1 as const,
      dispositivoId: EJEMPLO.dispositivoId,
      pedidos: [pedido],
      firma: EJEMPLO.firma,
    },
    datos: { nuevos: 1, cadenas: [{ cadenaId, recibidoHasta: 0, completa: true }] },
  },
  pull: { datos: { documents: [articulo], checkpoint, hayMas: false, reiniciar: false } },
  push: { cuerpo: { filas: [{ nuevo: articulo, asumido: null }] }, datos: { documentos: [articulo], rechazadas: [] } },
  stream: {
    datos: `event: hola\ndata: {"hora":${EJEMPLO.ahora},"seq":4312}\n\nevent: cambio\ndata: {"seq":4313,"colecciones":["articulos"]}\n\n`,
  },
}
