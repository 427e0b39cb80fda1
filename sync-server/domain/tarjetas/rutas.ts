import { z } from 'zod'
import { NIVELES } from '../../../schema/domain/configuracion/configuracion.ts'
import { instante } from '../../../schema/domain/hechos/sobre.ts'
import { consultaDeBajas, respuestaDeBajas } from '../../../schema/protocol/bajas-de-tarjetas.ts'
import { exigirCuenta, requiereCuenta, requiereDispositivo } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { leerBajas } from './bajas.ts'
import { enrolarLlave } from './emitir.ts'
import { EJEMPLO_DE_REGLAS, reglasParaTarjetas } from './reglas.ts'
import { darDeBajaTelefono, listarTelefonos } from './telefonos.ts'

/** Base64 of a P-256 point, 65 bytes or compressed; `firma`: domain 'CYA1|llave', text `${usuarioId}|${clavePublica}`. */
const pedidoLlave = z.object({
  clavePublica: z.string().max(120),
  firma: z.string().max(200),
  /** What the phone calls itself, for its owner's list. */
  telefono: z.string().max(60).optional(),
})
const LLAVE = /^[0-9a-f]{32}$/
const telefono = z.object({
  llave: z.string().regex(LLAVE),
  nombre: z.string(),
  altaAt: instante,
  vistoAt: instante,
  /** The one that asks. */
  este: z.boolean(),
})
const TELEFONO = {
  llave: 'd41d8cd98f00b204e9800998ecf8427e',
  nombre: 'Android · Chrome 156',
  altaAt: EJEMPLO.ahora,
  vistoAt: EJEMPLO.ahora,
  este: true,
}
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
  /** CARD-19: the platform's numbers; the card shows by them until it hears of others. */
  reglas: reglasParaTarjetas,
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
        cuerpo: { clavePublica: EJEMPLO.punto, firma: EJEMPLO.firma, telefono: 'Android · Chrome 156' },
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
          reglas: EJEMPLO_DE_REGLAS,
        },
      },
      codigos: ['FIRMA_INVALIDA', 'DEMASIADAS_PETICIONES', 'DISPOSITIVO_REVOCADO', 'SIN_PERMISO'],
      antes: [requiereCuenta(deps)],
    },
    ({ c, cuerpo }) => {
      const { usuarioId, sesionId } = exigirCuenta(c.get('sesion'))
      return enrolarLlave(deps, usuarioId, cuerpo, { nombre: cuerpo.telefono, sesionId })
    },
  )
  montarTelefonos(app, deps)
  montarBajas(app, deps)
}

/** A card on two phones, and a phone that was lost. */
function montarTelefonos(app: App, deps: Deps): void {
  const antes = [requiereCuenta(deps)]
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/cardya/telefonos',
      resumen: "The phones that show the shopper's card, the one that asks first",
      grupo: 'cardya',
      sesion: true,
      paraQuien: ['cuenta'],
      datos: z.array(telefono),
      ejemplo: { datos: [TELEFONO] },
      codigos: ['SIN_PERMISO'],
      antes,
    },
    ({ c }) => {
      const { usuarioId, sesionId } = exigirCuenta(c.get('sesion'))
      return listarTelefonos(deps, usuarioId, sesionId)
    },
  )
  ruta(
    app,
    {
      metodo: 'delete',
      camino: '/api/cardya/telefonos/:llave',
      formas: { llave: LLAVE },
      resumen: 'A lost phone: its QR earns nothing from now on and its login ends; points stay. Tills learn of it with their next exchange',
      grupo: 'cardya',
      sesion: true,
      paraQuien: ['cuenta'],
      datos: z.object({ bajaAt: instante }),
      ejemplo: { datos: { bajaAt: EJEMPLO.ahora } },
      codigos: ['NO_ENCONTRADO', 'SIN_PERMISO'],
      antes,
    },
    ({ c, param }) => {
      const { usuarioId, sesionId } = exigirCuenta(c.get('sesion'))
      return darDeBajaTelefono(deps, usuarioId, sesionId, param('llave'))
    },
  )
}

function montarBajas(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/sync/tarjetas/bajas',
      resumen: 'Keys of cards that were taken away, for a till to refuse them with no network',
      grupo: 'sync',
      sesion: true,
      paraQuien: ['caja', 'studio'],
      consulta: consultaDeBajas,
      datos: respuestaDeBajas,
      ejemplo: {
        datos: {
          bajas: [{ cardId: '8c1f00a2b3d4e5f6', llave: TELEFONO.llave, bajaAt: EJEMPLO.ahora }],
          hasta: EJEMPLO.ahora,
          mas: false,
        },
      },
      codigos: ['DATO_INVALIDO', 'DISPOSITIVO_REQUERIDO', 'DISPOSITIVO_REVOCADO'],
      antes: [requiereDispositivo(deps)],
    },
    ({ c, consulta }) => leerBajas(deps, c.get('dispositivo').negocioId, consulta.desde),
  )
}
