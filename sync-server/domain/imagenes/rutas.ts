import { z } from 'zod'
import { esUuid } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { respuestaImagen } from '../../../schema/protocol/catalogo.ts'
import { limiteDe } from '../../auth/limites.ts'
import { requiereSesion } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { documentar } from '../../http/ruta.ts'
import { portadorDelCatalogo } from '../articulos/portador.ts'
import { almacenDe } from './almacen.ts'
import { subirImagen } from './subir.ts'

const GRUPO = 'imagenes'
const HASH = /^[0-9a-f]{64}$/

export function montarImagenes(app: App, deps: Deps): void {
  montarSubida(app, deps)
  montarLectura(app, deps)
}

function montarSubida(app: App, deps: Deps): void {
  const admitir = limiteDe(deps.env.limites.imagenesPorMinuto, 60)
  documentar(app, {
    metodo: 'put',
    camino: '/api/imagenes/{hash}',
    resumen: 'Hands in a picture (webp, JPEG or PNG, up to 6 MB) under the SHA-256 of its bytes. The same again changes nothing.',
    grupo: GRUPO,
    sesion: true,
    paraQuien: ['dueno', 'gerente', 'studio'],
    consulta: z.object({ negocioId: z.string().optional() }),
    cuerpo: z.string(),
    medioDelCuerpo: 'image/webp',
    datos: respuestaImagen,
    ejemplo: { cuerpo: '(bytes)', datos: { hash: EJEMPLO.imagen, ancho: 1_200, alto: 900, bytes: 84_210 } },
    codigos: ['IMAGEN_INVALIDA', 'IMAGEN_GRANDE', 'SIN_PERMISO', 'DATO_INVALIDO', 'DISPOSITIVO_REVOCADO', 'DEMASIADAS_PETICIONES'],
  })
  app.on('PUT', ['/api/imagenes/:hash'], requiereSesion(deps), async (c) => {
    const hash = c.req.param('hash') ?? ''
    if (!HASH.test(hash)) throw new Rechazo('NO_ENCONTRADO')
    const { negocioId, atadura } = await portadorDelCatalogo(deps, c.get('sesion'), c.req.query('negocioId'))
    await admitir(atadura)
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    return c.json({ success: true as const, data: await subirImagen(deps, negocioId, hash, bytes), message: '' })
  })
}

/** A year: the bytes of a hash never change. */
const PARA_SIEMPRE = 'public, max-age=31536000, immutable'

function montarLectura(app: App, deps: Deps): void {
  documentar(app, {
    metodo: 'get',
    camino: '/imagenes/{negocioId}/{hash}',
    resumen: 'A picture of a negocio, for anybody',
    grupo: GRUPO,
    sesion: false,
    paraQuien: ['nadie'],
    datos: z.string(),
    medio: 'image/webp',
    ejemplo: { datos: '(bytes)' },
  })
  app.get('/imagenes/:negocioId/:hash', async (c) => {
    const { negocioId, hash } = c.req.param()
    if (!esUuid(negocioId) || !HASH.test(hash)) throw new Rechazo('NO_ENCONTRADO')
    const etag = `"${hash}"`
    const bytes = await almacenDe(deps.env).leer(negocioId.toLowerCase(), hash)
    if (!bytes) throw new Rechazo('NO_ENCONTRADO')
    const cabeceras = { 'cache-control': PARA_SIEMPRE, etag }
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, cabeceras)
    return c.body(bytes, 200, { 'content-type': 'image/webp', ...cabeceras })
  })
}
