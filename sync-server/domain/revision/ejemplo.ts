import type { Revision } from '../../../schema/protocol/revision.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'

const MINUTO = 60_000
const otro = {
  hechoId: '018f0000-0000-7000-8000-000000000011',
  transaccionId: '018f0000-0000-7000-8000-000000000011',
  tipo: 'venta',
  folio: 'C1-002871',
  montoCentavos: 48_000,
  puntos: 48,
  negocio: 'Pizzería Roma',
  sucursal: 'Centro',
  dispositivoId: EJEMPLO.dispositivoId,
  dispositivo: 'Caja 1 Centro',
  operador: '@carlos',
  cliente: 'Juan P.',
  cadenaId: '018f0000-0000-7000-8000-000000000012',
  seq: 2_871,
  wallAt: EJEMPLO.ahora - 23 * MINUTO,
  effAt: EJEMPLO.ahora - 23 * MINUTO,
  recibidoAt: EJEMPLO.ahora - 23 * MINUTO + 278,
  offsetMs: 400,
  qrAt: EJEMPLO.ahora - 23 * MINUTO - 9_000,
  qrContador: 318,
  estado: 'aceptado',
  ajeno: false,
}

/** R2: one QR at two tills. */
export const EJEMPLO_DE_REVISION: Revision = {
  regla: 'R2',
  codigo: 'qr_repetido',
  este: {
    ...otro,
    hechoId: '018f0000-0000-7000-8000-000000000013',
    transaccionId: '018f0000-0000-7000-8000-000000000013',
    folio: 'C2-001204',
    puntos: 72,
    sucursal: 'Norte',
    dispositivo: 'Caja 1 Norte',
    operador: '@lucia',
    cadenaId: '018f0000-0000-7000-8000-000000000014',
    seq: 1_204,
    wallAt: EJEMPLO.ahora - 20 * MINUTO,
    effAt: EJEMPLO.ahora - 20 * MINUTO,
    recibidoAt: EJEMPLO.ahora,
    estado: 'retenido',
  },
  otro,
  datos: { tarjeta: '••4821', contador: 318, escrita: false },
  retenciones: [
    { regla: 'R2', codigo: 'qr_repetido', estado: 'activa', alVencer: 'caducar', venceAt: EJEMPLO.ahora + 14 * 24 * 60 * MINUTO },
  ],
}
