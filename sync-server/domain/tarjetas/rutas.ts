import { z } from 'zod'
import { NIVELES } from '../../../schema/domain/configuracion/configuracion.ts'
import { instante } from '../../../schema/domain/hechos/sobre.ts'
import { exigirCuenta, requiereCuenta } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { enrolarLlave } from './emitir.ts'

/** Base64 of a P-256 point, 65 bytes or compressed; `firma`: domain 'CYA1|llave', text `${usuarioId}|${clavePublica}`. */
const pedidoLlave = z.object({ clavePublica: z.string().max(120), firma: z.string().max(200) })
const tarjetaEmitida = z.object({
  cardId: z.string(),
  numero: z.string(),
  certificado: z.string(),
  llave: z.string(),
  /** Base64, 32 bytes: the secret of the 6 digits to type. */
  claveTotp: z.string(),
  nivel: z.enum(NIVELES),
  venceAt: instante,
  llaves: z.array(z.object({ kid: z.number().int(), publica: z.string() })),
  hora: instante,
})

export function montarTarjetas(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/cardya/llaves',
      resumen: "Enrol this phone's key for the shopper's card, or renew its certificate (14 days)",
      grupo: 'cardya',
      sesion: true,
      paraQuien: ['cuenta'],
      cuerpo: pedidoLlave,
      datos: tarjetaEmitida,
      ejemplo: {
        cuerpo: { clavePublica: EJEMPLO.punto, firma: EJEMPLO.firma },
        datos: {
          cardId: '8c1f00a2b3d4e5f6',
          numero: '48210937',
          certificado: `${'A'.repeat(152)}`,
          llave: 'd41d8cd98f00b204e9800998ecf8427e',
          claveTotp: `${'A'.repeat(43)}=`,
          nivel: 'plata',
          venceAt: EJEMPLO.manana,
          llaves: EJEMPLO.llaves,
          hora: EJEMPLO.ahora,
        },
      },
      codigos: ['FIRMA_INVALIDA', 'DEMASIADAS_PETICIONES', 'DISPOSITIVO_REVOCADO', 'SIN_PERMISO'],
      antes: [requiereCuenta(deps)],
    },
    ({ c, cuerpo }) => enrolarLlave(deps, exigirCuenta(c.get('sesion')).usuarioId, cuerpo),
  )
}
