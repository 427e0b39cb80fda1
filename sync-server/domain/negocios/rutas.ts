import { limitador } from '../../auth/limites.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { leerPerfilPublico, perfilPublico } from './publico.ts'

/** As the field of its name says (schema/domain/negocios). */
const CODIGO = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Before every other route of /api/negocios: `publico` is no id of a negocio. */
export function montarNegocios(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/negocios/publico/:codigo',
      formas: { codigo: CODIGO },
      resumen: 'The public page of a negocio: its sucursales and its visible catálogo (CAT-15)',
      grupo: 'negocios',
      sesion: false,
      paraQuien: ['nadie'],
      datos: perfilPublico,
      ejemplo: {
        datos: {
          negocioId: EJEMPLO.negocioId,
          nombre: 'Pizzería Roma',
          ciudad: 'San Miguel de Allende',
          sitioWeb: '',
          sucursales: [{ id: EJEMPLO.sucursalId, nombre: 'Centro', direccion: 'Jardín 4' }],
          articulos: [
            {
              ...{ id: EJEMPLO.articuloId, nombre: 'Pizza pepperoni', descripcion: 'Doble queso', categoria: 'Pizzas', tipo: 'producto' },
              ...{ destacado: true, desde: false, agotado: false, precio: 189, sucursales: [] },
              imagenes: [`/imagenes/${EJEMPLO.negocioId}/${EJEMPLO.imagen}`],
            },
          ],
        },
      },
      codigos: ['DEMASIADAS_PETICIONES'],
      antes: [limitador(deps.env.limites.publicoPorMinuto, 60)],
    },
    ({ param }) => leerPerfilPublico(deps, param('codigo')),
  )
}
