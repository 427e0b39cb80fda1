/** What the start page needs to enter the demo world with one tap. Mounted in demo mode only; elsewhere these paths do not exist. */
import { z } from 'zod'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { instante } from '../../schema/domain/hechos/sobre.ts'
import { respuestaEnlace } from '../../schema/protocol/dispositivos.ts'
import type { Deps } from '../context.ts'
import { crearEnlace } from '../domain/dispositivos/enlazar.ts'
import { EJEMPLO } from '../http/ejemplos.ts'
import type { App } from '../http/entorno.ts'
import { ruta } from '../http/ruta.ts'
import { negocioDemo, SHOPPERS } from './crear.ts'
import { CUENTAS, NEGOCIOS } from './mundo.ts'
import { crearRedDemo, type RedDemo } from './red.ts'
import { crearTelefonos } from './telefonos.ts'

const GRUPO = 'demo'
const mundo = z.object({
  cuentas: z.array(z.object({ clave: z.string(), papel: z.string(), nombre: z.string(), correo: z.string(), contrasena: z.string() })),
  negocios: z.array(
    z.object({
      codigoCaja: z.string(),
      nombre: z.string(),
      sucursales: z.array(z.string()),
      empleados: z.array(z.object({ nick: z.string(), pin: z.string(), sucursal: z.string() })),
    }),
  ),
  shoppers: z.array(z.string()),
})

/** Credentials as they are printed at start and shown on the start page. */
export const credenciales = (): z.infer<typeof mundo> => ({
  cuentas: CUENTAS.map(({ clave, papel, nombre, apellidos, correo, contrasena }) => ({
    clave,
    papel,
    nombre: `${nombre} ${apellidos}`,
    correo,
    contrasena,
  })),
  negocios: NEGOCIOS.map(({ codigoCaja, nombre, sucursales, empleados }) => ({
    codigoCaja,
    nombre,
    sucursales,
    empleados: empleados.map(({ nick, pin, sucursal }) => ({ nick, pin, sucursal })),
  })),
  shoppers: [...SHOPPERS],
})

export function montarDemo(app: App, deps: Deps, red: RedDemo = crearRedDemo(deps)): void {
  montarRed(app, red)
  const telefonos = crearTelefonos(deps)
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/demo',
      resumen: 'Who lives in the demo world (demo mode only)',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      datos: mundo,
      ejemplo: {
        datos: {
          cuentas: [
            { clave: 'juan', papel: 'Cliente oro', nombre: 'Juan Pérez', correo: 'juan@example.mx', contrasena: 'una frase larga' },
          ],
          negocios: [
            {
              codigoCaja: 'pizzeria-roma',
              nombre: 'Pizzería Roma',
              sucursales: ['Centro'],
              empleados: [{ nick: 'carlos', pin: '482913', sucursal: 'Centro' }],
            },
          ],
          shoppers: ['juan'],
        },
      },
    },
    credenciales,
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/demo/enlace',
      resumen: 'A real one-use link that enrols a till in a negocio of the demo world',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: z.object({
        negocio: z.string().max(60).default('pizzeria-roma'),
        sucursal: z.string().max(60).default('Centro'),
        tipo: z.enum(['caja', 'studio']).default('caja'),
      }),
      datos: respuestaEnlace,
      ejemplo: {
        cuerpo: { negocio: 'pizzeria-roma', sucursal: 'Centro' },
        datos: {
          id: EJEMPLO.licencia.id,
          token: EJEMPLO.enlace,
          url: `http://localhost:8080/i#${EJEMPLO.enlace}`,
          venceAt: EJEMPLO.manana,
        },
      },
      codigos: ['NO_ENCONTRADO'],
    },
    async ({ cuerpo: { negocio, sucursal, tipo } }) => {
      const demo = await negocioDemo(negocio)
      const sucursalId = demo?.sucursales.get(sucursal)
      if (!demo || !sucursalId) throw new Rechazo('NO_ENCONTRADO')
      const nombre = tipo === 'caja' ? `Caja ${sucursal}` : `Studio ${sucursal}`
      return crearEnlace(deps, demo.negocioId, demo.duenoId, { tipo, nombre, sucursalId: tipo === 'caja' ? sucursalId : null })
    },
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/demo/qr',
      resumen: "A freshly signed QR, as a demo shopper's phone would show it",
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: z.object({ shopper: z.enum(SHOPPERS as [string, ...string[]]) }),
      datos: z.object({ qr: z.string() }),
      ejemplo: { cuerpo: { shopper: 'juan' }, datos: { qr: '6BFOXN*TS0BI$ZD.' } },
    },
    async ({ cuerpo }) => ({ qr: await telefonos.qr(cuerpo.shopper) }),
  )
}

const estadoDeRed = z.object({ encendida: z.boolean(), vuelveAt: instante.nullable() })

/** `red` must be the one whose `cortar` stands before the routes: else the switch moves and cuts nothing. */
function montarRed(app: App, red: RedDemo): void {
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/demo/red',
      resumen: 'Whether tills and cards are answered (demo mode only)',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      datos: estadoDeRed,
      ejemplo: { datos: { encendida: true, vuelveAt: null } },
    },
    () => red.estado(),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/demo/red',
      resumen:
        'Switch the network of tills and cards off or on. Off, their sockets end without an answer; it comes back by itself after 30 minutes',
      grupo: GRUPO,
      sesion: false,
      paraQuien: ['nadie'],
      cuerpo: z.object({ encendida: z.boolean() }),
      datos: estadoDeRed,
      ejemplo: { cuerpo: { encendida: false }, datos: { encendida: false, vuelveAt: EJEMPLO.manana } },
    },
    ({ cuerpo }) => red.cambiar(cuerpo.encendida),
  )
}
