import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { FOTO_MAXIMA_BYTES, respuestaEvidencia } from '../../../schema/protocol/evidencias.ts'
import { limiteDe } from '../../auth/limites.ts'
import { requiereSesion } from '../../auth/middleware.ts'
import type { Deps, Sesion } from '../../context.ts'
import type { App } from '../../http/entorno.ts'
import { documentar } from '../../http/ruta.ts'
import { leerEvidencia } from './leer.ts'
import { estadoDeEvidencia, recibirParte } from './recibir.ts'

const GRUPO = 'scanya'
const HASH = /^[0-9a-f]{64}$/
const CAMINO = '/api/scanya/evidencias/{hash}'
const consultaDeParte = z.object({
  desde: z.coerce.number().int().min(0).max(FOTO_MAXIMA_BYTES).default(0),
  total: z.coerce.number().int().min(1).default(1),
})

export function montarEvidencias(app: App, deps: Deps): void {
  const admitir = limiteDe(deps.env.limites.imagenesPorMinuto, 60)
  documentar(app, {
    metodo: 'put',
    camino: CAMINO,
    resumen:
      'Hands in a part of the evidence photo of a sale (SCAN-17), from the byte `desde` of `total`; the answer says from where to go on',
    grupo: GRUPO,
    sesion: true,
    paraQuien: ['caja'],
    consulta: consultaDeParte,
    cuerpo: z.string(),
    medioDelCuerpo: 'image/webp',
    datos: respuestaEvidencia,
    ejemplo: { cuerpo: '(bytes)', datos: { recibidos: 65_536, completa: false } },
    codigos: ['IMAGEN_INVALIDA', 'IMAGEN_GRANDE', 'SIN_PERMISO', 'DATO_INVALIDO', 'DEMASIADAS_PETICIONES'],
  })
  app.on('PUT', ['/api/scanya/evidencias/:hash'], requiereSesion(deps), async (c) => {
    const hash = hashDe(c.req.param('hash'))
    const { negocioId, dispositivoId } = cajaDe(c.get('sesion'))
    const leida = consultaDeParte.safeParse(c.req.query())
    if (!leida.success) throw new Rechazo('DATO_INVALIDO', String(leida.error.issues[0]?.path[0] ?? ''))
    await admitir(dispositivoId)
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const data = await recibirParte(deps, { negocioId, dispositivoId, hash, ...leida.data, bytes })
    return c.json({ success: true as const, data, message: '' })
  })
  documentar(app, {
    metodo: 'get',
    camino: `${CAMINO}/estado`,
    resumen: 'How much of an evidence photo is here',
    grupo: GRUPO,
    sesion: true,
    paraQuien: ['caja'],
    datos: respuestaEvidencia,
    ejemplo: { datos: { recibidos: 180_224, completa: true } },
    codigos: ['SIN_PERMISO'],
  })
  app.get('/api/scanya/evidencias/:hash/estado', requiereSesion(deps), async (c) => {
    const hash = hashDe(c.req.param('hash'))
    const { negocioId } = cajaDe(c.get('sesion'))
    return c.json({ success: true as const, data: await estadoDeEvidencia(deps, negocioId, hash), message: '' })
  })
  documentar(app, {
    metodo: 'get',
    camino: CAMINO,
    resumen: 'The evidence photo of a sale, for whoever may see that sale (SCAN-34)',
    grupo: GRUPO,
    sesion: true,
    paraQuien: ['dueno', 'gerente', 'empleado', 'caja', 'studio'],
    consulta: z.object({ negocioId: z.uuid().optional() }),
    datos: z.string(),
    medio: 'image/webp',
    ejemplo: { datos: '(bytes)' },
    codigos: ['SIN_PERMISO', 'DATO_INVALIDO', 'DISPOSITIVO_REVOCADO'],
  })
  app.get('/api/scanya/evidencias/:hash', requiereSesion(deps), async (c) => {
    const hash = hashDe(c.req.param('hash'))
    const bytes = await leerEvidencia(deps, c.get('sesion'), hash, c.req.query('negocioId'))
    return c.body(bytes, 200, { 'content-type': 'image/webp', 'cache-control': 'private, max-age=86400', etag: `"${hash}"` })
  })
}

function hashDe(texto: string | undefined): string {
  if (!texto || !HASH.test(texto)) throw new Rechazo('NO_ENCONTRADO')
  return texto
}

function cajaDe(sesion: Sesion): { negocioId: string; dispositivoId: string } {
  if (sesion.clase !== 'dispositivo' || sesion.tipo !== 'caja') throw new Rechazo('SIN_PERMISO')
  return sesion
}
