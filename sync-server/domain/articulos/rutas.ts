/** CAT-14. The catálogo over HTTP, for the account of a dueño or gerente; what is only read, for a Studio too. */
import { z } from 'zod'
import { uuid } from '../../../schema/domain/hechos/sobre.ts'
import { respuestaHistoria, respuestaMetricas } from '../../../schema/protocol/catalogo.ts'
import { limitador } from '../../auth/limites.ts'
import { exigirCuenta, requiereCuenta, requiereSesion } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { type Definicion, type Llamada, ruta } from '../../http/ruta.ts'
import { leerRepetible } from '../scanya/repetible.ts'
import { borrarArticulo, copiaDe, crearUno, editarArticulo, fichaDe } from './editar.ts'
import {
  comoCambios,
  consultaDeArticulos,
  consultaDelNegocio,
  fichaDeArticulo,
  paginaDeArticulos,
  pedidoArticulo,
  pedidoDuplicar,
  pedidoEdicion,
  pedidoEstado,
} from './forma.ts'
import { historiaDe } from './historia.ts'
import { listarArticulos } from './leer.sql.ts'
import { metricasDe } from './metricas.ts'
import { portadorDelCatalogo } from './portador.ts'
import { unaVez } from './una-vez.ts'
import { contarVista } from './vista.ts'

/** Whoever reads the catálogo, and whoever writes it by account. */
const LECTORES = ['dueno', 'gerente', 'studio'] as const
const COMUN = { grupo: 'catalogo', sesion: true, paraQuien: ['dueno', 'gerente'] } as const
const CODIGOS = ['SIN_PERMISO', 'NO_ENCONTRADO', 'DATO_INVALIDO'] as const
const DEL_PRECIO = ['MONTO_DECIMALES', 'MONTO_EXCEDIDO'] as const
const UNA_VEZ = ['IDEMPOTENCIA_DISTINTA'] as const
const CON_LLAVE = z.object({ 'Idempotency-Key': z.string().optional() })

const ESCRITO = {
  nombre: 'Pizza pepperoni',
  descripcion: 'Doble queso, pepperoni y orilla dorada',
  precio: 189,
  categoria: 'Pizzas',
  tipo: 'producto' as const,
  visible: true,
  destacado: true,
  desde: false,
  agotado: false,
  sucursales: [],
  imagenes: [EJEMPLO.imagen],
}
const FICHA = { ...ESCRITO, id: EJEMPLO.articuloId, negocioId: EJEMPLO.negocioId, creadoAt: EJEMPLO.ahora, modificadoAt: EJEMPLO.ahora }

/** Who asks, from the session, the query and the body. */
type Quien = { c: Llamada<z.ZodType, z.ZodType>['c']; consulta?: unknown; cuerpo?: unknown }
const negocioPedido = ({ consulta, cuerpo }: Quien): string | undefined =>
  (cuerpo as { negocioId?: string } | undefined)?.negocioId ?? (consulta as { negocioId?: string } | undefined)?.negocioId

export function montarArticulos(app: App, deps: Deps): void {
  montarLecturas(app, deps)
  montarEscrituras(app, deps)
  montarVista(app, deps)
}

/** Fixed names first: `/metricas` is no id. */
function montarLecturas(app: App, deps: Deps): void {
  const antes = [requiereSesion(deps)]
  const portador = (quien: Quien) => portadorDelCatalogo(deps, quien.c.get('sesion'), negocioPedido(quien))
  ruta(
    app,
    {
      ...COMUN,
      paraQuien: LECTORES,
      metodo: 'get',
      camino: '/api/articulos/metricas',
      resumen: 'Looks and sales of each articulo in the last 30 days (of the own sucursal, for a gerente)',
      consulta: consultaDelNegocio,
      datos: respuestaMetricas,
      ejemplo: {
        datos: { desdeAt: EJEMPLO.ahora, articulos: [{ id: EJEMPLO.articuloId, vistas: 1_240, ventas: 318, vendidoCentavos: 6_010_200 }] },
      },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => {
      const { negocioId, sucursalId } = await portador(llamada)
      return metricasDe(deps, negocioId, sucursalId)
    },
  )
  ruta(
    app,
    {
      ...COMUN,
      paraQuien: LECTORES,
      metodo: 'get',
      camino: '/api/articulos',
      resumen: 'The catálogo, by nombre, in pages',
      consulta: consultaDeArticulos,
      datos: paginaDeArticulos,
      ejemplo: { datos: { articulos: [FICHA], total: 1, page: 1, limit: 50 } },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => {
      const { negocioId } = await portador(llamada)
      return deps.db.negocio(negocioId, (sql) => listarArticulos(sql, negocioId, llamada.consulta))
    },
  )
  ruta(
    app,
    {
      ...COMUN,
      paraQuien: LECTORES,
      metodo: 'get',
      camino: '/api/articulos/:id',
      resumen: 'One articulo',
      consulta: consultaDelNegocio,
      datos: fichaDeArticulo,
      ejemplo: { datos: FICHA },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => fichaDe(deps, (await portador(llamada)).negocioId, llamada.param('id')),
  )
  ruta(
    app,
    {
      ...COMUN,
      paraQuien: LECTORES,
      metodo: 'get',
      camino: '/api/articulos/:id/historia',
      resumen: 'Every value a field had, newest first, with who wrote it and where',
      consulta: consultaDelNegocio.extend({ campo: z.string().max(40).optional() }),
      datos: respuestaHistoria,
      ejemplo: {
        datos: {
          ediciones: [
            {
              ...{ campo: 'precioCentavos', valor: 18_900, effAt: EJEMPLO.ahora, recibidoAt: EJEMPLO.ahora },
              ...{ quien: 'Rosa Romano', equipo: 'Laptop Centro', vigente: true },
            },
          ],
        },
      },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => {
      const { negocioId } = await portador(llamada)
      return { ediciones: await historiaDe(deps, negocioId, llamada.param('id'), llamada.consulta.campo) }
    },
  )
}

function montarEscrituras(app: App, deps: Deps): void {
  const antes = [requiereCuenta(deps)]
  const portador = (quien: Quien) => portadorDelCatalogo(deps, exigirCuenta(quien.c.get('sesion')), negocioPedido(quien))
  const deUno = <C extends z.ZodType>(
    def: Pick<Definicion<C, typeof consultaDelNegocio, typeof fichaDeArticulo>, 'metodo' | 'camino' | 'resumen' | 'cuerpo' | 'ejemplo'>,
  ) => ({ ...COMUN, ...def, consulta: consultaDelNegocio, datos: fichaDeArticulo, antes })
  const crear = async (llamada: Llamada<z.ZodType, z.ZodType>, nuevo: Parameters<typeof crearUno>[3]) => {
    const p = await portador(llamada)
    const { pathname } = new URL(llamada.c.req.url)
    const repetible = await leerRepetible(deps, llamada.c, { ...p, clase: 'cuenta' }, { ...(llamada.cuerpo as object), pathname })
    return crearUno(deps, p, repetible, nuevo)
  }
  ruta(
    app,
    {
      ...deUno({
        metodo: 'post',
        camino: '/api/articulos',
        resumen: 'A new articulo. nombre, precio (pesos) and categoria; the rest has a default',
        cuerpo: pedidoArticulo,
        ejemplo: { cuerpo: { nombre: 'Pizza pepperoni', precio: 189, categoria: 'Pizzas' }, datos: FICHA },
      }),
      cabeceras: CON_LLAVE,
      codigos: [...CODIGOS, ...DEL_PRECIO, ...UNA_VEZ],
    },
    (llamada) =>
      crear(llamada, async () => {
        const { nombre } = llamada.cuerpo
        return { precioCentavos: 0, ...comoCambios(llamada.cuerpo), nombre }
      }),
  )
  ruta(
    app,
    {
      ...deUno({
        metodo: 'post',
        camino: '/api/articulos/:id/duplicar',
        resumen: 'A copy, named "… (copia)" unless a nombre is given (CAT-04)',
        cuerpo: pedidoDuplicar,
        ejemplo: { cuerpo: {}, datos: { ...FICHA, nombre: 'Pizza pepperoni (copia)' } },
      }),
      cabeceras: CON_LLAVE,
      codigos: [...CODIGOS, ...UNA_VEZ],
    },
    async (llamada) => {
      const { negocioId } = await portador(llamada)
      return crear(llamada, (sql) => copiaDe(sql, negocioId, llamada.param('id'), llamada.cuerpo.nombre))
    },
  )
  ruta(
    app,
    {
      ...deUno({
        metodo: 'put',
        camino: '/api/articulos/:id',
        resumen: 'Edits an articulo; what is not said stays as it is',
        cuerpo: pedidoEdicion,
        ejemplo: { cuerpo: { precio: 199 }, datos: { ...FICHA, precio: 199 } },
      }),
      codigos: [...CODIGOS, ...DEL_PRECIO],
    },
    async (llamada) => editarArticulo(deps, await portador(llamada), llamada.param('id'), comoCambios(llamada.cuerpo)),
  )
  ruta(
    app,
    {
      ...deUno({
        metodo: 'patch',
        camino: '/api/articulos/:id/estado',
        resumen: 'Shows or hides an articulo, makes it destacado, or says that it ran out (CAT-06)',
        cuerpo: pedidoEstado,
        ejemplo: { cuerpo: { visible: false }, datos: { ...FICHA, visible: false } },
      }),
      codigos: [...CODIGOS],
    },
    async (llamada) => editarArticulo(deps, await portador(llamada), llamada.param('id'), comoCambios(llamada.cuerpo)),
  )
  ruta(
    app,
    {
      ...COMUN,
      metodo: 'delete',
      camino: '/api/articulos/:id',
      resumen: 'Deletes an articulo. An edit that was made later on another device keeps it alive (R9)',
      consulta: consultaDelNegocio,
      datos: z.object({ id: uuid }),
      ejemplo: { datos: { id: EJEMPLO.articuloId } },
      codigos: [...CODIGOS],
      antes,
    },
    async (llamada) => borrarArticulo(deps, await portador(llamada), llamada.param('id')),
  )
}

/** Public: whoever looks at the page of a negocio has no account. */
function montarVista(app: App, deps: Deps): void {
  const estrena = unaVez(deps)
  ruta(
    app,
    {
      ...COMUN,
      sesion: false,
      paraQuien: ['nadie'],
      metodo: 'post',
      camino: '/api/articulos/:id/vista',
      resumen: 'Somebody looked at an articulo of a public page: counted once a day for each who looks',
      datos: z.object({ contada: z.boolean() }),
      ejemplo: { datos: { contada: true } },
      codigos: ['DEMASIADAS_PETICIONES'],
      antes: [limitador(deps.env.limites.publicoPorMinuto, 60)],
    },
    async ({ c, param }) => {
      const contada = estrena(c, param('id'))
      if (contada) await contarVista(deps, param('id'))
      return { contada }
    },
  )
}
