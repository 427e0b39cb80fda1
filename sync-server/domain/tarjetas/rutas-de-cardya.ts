/** What the shopper's own app reads. A session of a person; a device or an empleado gets SIN_PERMISO. */
import { z } from 'zod'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { NIVELES } from '../../../schema/domain/niveles/nivel.ts'
import { exigirCuenta, requiereCuenta } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { historialDeMovimientos, leerHistorial, leerMiTarjeta, leerPuntosEn, miTarjeta, puntosEnNegocio } from './consultar.ts'
import { EJEMPLO_DE_REGLAS, reglasParaTarjetas } from './reglas.ts'
import { renovarCertificado } from './renovar.ts'

const GRUPO = 'cardya'
const LIMITE_POR_PAGINA = 100
const EN_NEGOCIO = {
  negocioId: EJEMPLO.negocioId,
  nombre: 'Pizzería Roma',
  puntosDisponibles: 1_250,
  puntosAcumulados: 3_400,
  puntosRetenidos: 0,
  ultimaVisitaAt: EJEMPLO.ahora,
}

const consultaDeQr = z.object({
  /** Name of this phone's key (32 hex); without it, the newest one. */
  llave: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
})
const respuestaQr = z.object({
  cardId: z.string(),
  numero: z.string(),
  /** Base64, 114 bytes: what the phone puts in front of each QR it signs. */
  certificado: z.string(),
  llave: z.string(),
  nivel: z.enum(NIVELES),
  venceAt: instante,
  llaves: z.array(z.object({ kid: z.number().int(), publica: z.string() })),
  /** Server time, ms: the phone signs with it, whatever its own clock says. */
  hora: instante,
  /** CARD-19: the platform's numbers; the card shows by them until it hears of others. */
  reglas: reglasParaTarjetas,
})
const consultaDeHistorial = z.object({
  negocioId: uuid.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(LIMITE_POR_PAGINA).default(20),
})

export function montarCardya(app: App, deps: Deps): void {
  const antes = [requiereCuenta(deps)]
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/cardya/mi-tarjeta',
      resumen: 'The shopper, nivel, progress and points per negocio (CARD-32)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['cuenta'],
      datos: miTarjeta,
      ejemplo: {
        datos: {
          usuario: { id: EJEMPLO.usuarioId, nombre: 'Ana', apellidos: 'López' },
          nivelCardya: 'plata',
          multiplicador: 1.25,
          puntosLifetime: 12_500,
          puntosDisponibles: 1_250,
          progreso: { progreso: 75, siguiente: 'oro', faltantes: 2_500 },
          negocios: [EN_NEGOCIO],
        },
      },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c }) => leerMiTarjeta(deps, exigirCuenta(c.get('sesion')).usuarioId),
  )
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/cardya/qr',
      resumen: 'A fresh certificate for the phone’s key and the server’s time; the phone signs each QR with them (CARD-33)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['cuenta'],
      consulta: consultaDeQr,
      datos: respuestaQr,
      ejemplo: {
        datos: {
          cardId: '8c1f00a2b3d4e5f6',
          numero: '48210937',
          certificado: 'A'.repeat(152),
          llave: 'd41d8cd98f00b204e9800998ecf8427e',
          nivel: 'plata',
          venceAt: EJEMPLO.manana,
          llaves: EJEMPLO.llaves,
          hora: EJEMPLO.ahora,
          reglas: EJEMPLO_DE_REGLAS,
        },
      },
      codigos: ['DATO_INVALIDO', 'NO_ENCONTRADO', 'DISPOSITIVO_REVOCADO', 'SIN_PERMISO'],
      antes,
    },
    ({ c, consulta }) => {
      const { usuarioId, sesionId } = exigirCuenta(c.get('sesion'))
      return renovarCertificado(deps, usuarioId, consulta.llave, { sesionId })
    },
  )
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/cardya/puntos/:negocioId',
      resumen: 'The shopper’s points in one negocio (CARD-34)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['cuenta'],
      datos: puntosEnNegocio,
      ejemplo: { datos: EN_NEGOCIO },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c, param }) => leerPuntosEn(deps, exigirCuenta(c.get('sesion')).usuarioId, param('negocioId')),
  )
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/cardya/historial',
      resumen: 'The shopper’s movements of points, newest first (CARD-35)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['cuenta'],
      consulta: consultaDeHistorial,
      datos: historialDeMovimientos,
      ejemplo: {
        datos: {
          movimientos: [
            {
              id: EJEMPLO.usuarioId,
              negocioId: EJEMPLO.negocioId,
              tipo: 'ganado',
              puntos: 62,
              montoCompra: 500,
              multiplicador: 1.25,
              nivelAlMomento: 'plata',
              transaccionId: EJEMPLO.usuarioId,
              descripcion: 'Compra C1-000123',
              fecha: EJEMPLO.ahora,
            },
          ],
          page: 1,
          limit: 20,
          total: 1,
        },
      },
      codigos: ['DATO_INVALIDO', 'SIN_PERMISO'],
      antes,
    },
    ({ c, consulta }) => leerHistorial(deps, exigirCuenta(c.get('sesion')).usuarioId, consulta),
  )
}
