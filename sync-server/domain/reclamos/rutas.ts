/** `POST /api/cardya/reclamar-ticket`: the shopper's purchase that was rung up without a card. */
import { z } from 'zod'
import { limiteDe } from '../../auth/limites.ts'
import { exigirCuenta, requiereCuenta } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { reclamarTicket, reclamo } from './reclamar.ts'

const DIA_EN_SEGUNDOS = 86_400

export function montarReclamos(app: App, deps: Deps): void {
  // Good or bad: who picks tickets up from the floor stops here.
  const admitir = limiteDe(deps.env.limites.reclamosPorDia, DIA_EN_SEGUNDOS)
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/cardya/reclamar-ticket',
      resumen: 'Makes a purchase of the last 24 hours, rung up without a card, the shopper’s own, by the QR of its ticket',
      grupo: 'cardya',
      sesion: true,
      paraQuien: ['cuenta'],
      cuerpo: z.strictObject({ ticket: z.string().min(1).max(400) }),
      datos: reclamo,
      ejemplo: {
        cuerpo: { ticket: 'V8FAZ4ZZ0LZ0PZ0' },
        datos: {
          ...{ transaccionId: EJEMPLO.usuarioId, negocioId: EJEMPLO.negocioId, negocioNombre: 'Pizzería Roma', folio: 'C1-000123' },
          ...{ monto: 250, estado: 'abonada', puntos: 25 },
        },
      },
      codigos: ['SIN_PERMISO', 'TICKET_INVALIDO', 'RECLAMO_TARDIO', 'RECLAMO_AJENO', 'NO_ENCONTRADO', 'DEMASIADAS_PETICIONES'],
      antes: [requiereCuenta(deps)],
    },
    async ({ c, cuerpo }) => {
      const { usuarioId } = exigirCuenta(c.get('sesion'))
      await admitir(usuarioId)
      return reclamarTicket(deps, usuarioId, cuerpo.ticket)
    },
  )
}
