/** The sync endpoints. Their messages are the schemas of schema/protocol; their rules, by number, its SPEC.md. */
import type { Context } from 'hono'
import { z } from 'zod'
import { archivoDePendientes, respuestaArchivo } from '../../schema/protocol/archivo.ts'
import { type PedidoDiario, pedidoDiario, respuestaDiario } from '../../schema/protocol/diario.ts'
import { respuestaPull } from '../../schema/protocol/pull.ts'
import { pedidoPush, respuestaPush } from '../../schema/protocol/push.ts'
import { CABECERA_VERSION } from '../../schema/protocol/version.ts'
import { limiteDe } from '../auth/limites.ts'
import { exigirCuenta, portadorDe, requiereCuenta, requiereDispositivo, requiereSesion } from '../auth/middleware.ts'
import type { Deps } from '../context.ts'
import type { App } from '../http/entorno.ts'
import { contarEnvio } from '../http/metricas-sync.ts'
import { documentar, leerCuerpo, leerJson } from '../http/ruta.ts'
import { recibirArchivo } from './archivo.ts'
import { EJEMPLO_SYNC } from './ejemplos.ts'
import { abrirStream } from './live.ts'
import { libretaDe } from './plataforma/notas.ts'
import { leerPedidoPull, pullEnJson } from './pull.ts'
import { empujar } from './push.ts'
import { recibirDiario } from './receive.ts'

const exito = <T>(data: T) => ({ success: true as const, data, message: '' })

export function montarSync(app: App, deps: Deps): void {
  montarDiario(app, deps)
  montarArchivo(app, deps)
  montarPull(app, deps)
  montarPush(app, deps)
  montarStream(app, deps)
}

/** Counted once the signature is known to be the device's: nobody else can spend its uploads. */
const limiteDeDiario = (deps: Deps) => limiteDe(deps.env.limites.diarioPorMinuto, 60)

/** A till counts what waits before it sends: what just arrived waits no longer. */
function despuesDeEntregar(estado: PedidoDiario['estado'], nuevos: number): PedidoDiario['estado'] {
  const pendientes = Math.max(0, (estado?.pendientes ?? 0) - nuevos)
  return estado && { ...estado, pendientes, masAntiguoAt: pendientes === 0 ? null : estado.masAntiguoAt }
}

/** Of the wire, as the client says it; null: it does not. */
function protocoloDe(c: Context): number | null {
  const version = Number(c.req.header(CABECERA_VERSION))
  return Number.isInteger(version) && version > 0 && version < 1_000_000 ? version : null
}

function montarDiario(app: App, deps: Deps): void {
  const admitir = limiteDeDiario(deps)
  documentar(app, {
    metodo: 'post',
    camino: '/sync/diario',
    resumen:
      'Uploads entries of a device journal, signed by the device. No session: a till whose session ended still hands in what it sold.',
    grupo: 'sync',
    sesion: false,
    paraQuien: ['nadie'],
    cuerpo: pedidoDiario,
    datos: respuestaDiario,
    ejemplo: EJEMPLO_SYNC.diario,
    codigos: ['FIRMA_INVALIDA', 'DIARIO_CABEZA', 'DIARIO_AJENO', 'DIARIO_EXCEDIDO', 'RENGLON_EXCEDIDO', 'DEMASIADAS_PETICIONES'],
  })
  app.post('/sync/diario', async (c) => {
    const { respuesta, pedido, equipo, nuevos } = await recibirDiario(deps, await leerJson(c), (equipo) => admitir(equipo.id))
    contarEnvio(deps, 'diario', pedido.cuerpos.length)
    const dicho = { estado: despuesDeEntregar(pedido.estado, nuevos), protocolo: protocoloDe(c) }
    libretaDe(deps).contacto({ dispositivoId: equipo.id, negocioId: equipo.negocioId }, deps.now(), dicho)
    return c.json(exito(respuesta))
  })
}

function montarArchivo(app: App, deps: Deps): void {
  documentar(app, {
    metodo: 'post',
    camino: '/sync/diario/archivo',
    resumen: "A till's pending entries, exported to a signed file and uploaded by a dueño or the gerente of its sucursal.",
    grupo: 'sync',
    sesion: true,
    paraQuien: ['dueno', 'gerente'],
    cuerpo: archivoDePendientes,
    datos: respuestaArchivo,
    ejemplo: EJEMPLO_SYNC.archivo,
    codigos: ['FIRMA_INVALIDA', 'NO_ENCONTRADO', 'DIARIO_CABEZA', 'DIARIO_AJENO', 'DIARIO_EXCEDIDO', 'RENGLON_EXCEDIDO'],
  })
  app.post('/sync/diario/archivo', requiereCuenta(deps), async (c) => {
    const { usuarioId } = exigirCuenta(c.get('sesion'))
    return c.json(exito(await recibirArchivo(deps, usuarioId, await leerJson(c))))
  })
}

function montarPull(app: App, deps: Deps): void {
  documentar(app, {
    metodo: 'get',
    camino: '/sync/pull/{coleccion}',
    resumen: 'Next documents of a collection, in the slice of the session: a snapshot in pages, then its log.',
    grupo: 'sync',
    sesion: true,
    paraQuien: ['cuenta', 'caja', 'studio'],
    consulta: z.object({ checkpoint: z.string().optional(), limite: z.string().optional(), hermanas: z.string().optional() }),
    datos: respuestaPull,
    ejemplo: EJEMPLO_SYNC.pull,
    codigos: ['COLECCION_DESCONOCIDA', 'DATO_INVALIDO', 'PROTOCOLO_ANTERIOR'],
  })
  app.get('/sync/pull/:coleccion', requiereSesion(deps), async (c) => {
    const pedido = leerPedidoPull(c.req.param('coleccion'), c.req.query())
    const sesion = c.get('sesion')
    if (sesion.clase === 'dispositivo') libretaDe(deps).presencia(sesion, deps.now())
    return c.body(`{"success":true,"data":${await pullEnJson(deps, sesion, pedido)},"message":""}`, 200, {
      'content-type': 'application/json',
    })
  })
}

function montarPush(app: App, deps: Deps): void {
  documentar(app, {
    metodo: 'post',
    camino: '/sync/push/{coleccion}',
    resumen: 'Edits of an editable collection, merged field by field. At least once: a resent row changes nothing.',
    grupo: 'sync',
    sesion: true,
    paraQuien: ['studio'],
    cuerpo: pedidoPush,
    datos: respuestaPush,
    ejemplo: EJEMPLO_SYNC.push,
    codigos: ['COLECCION_DESCONOCIDA', 'DISPOSITIVO_REQUERIDO', 'SIN_PERMISO', 'PROTOCOLO_ANTERIOR'],
  })
  app.post('/sync/push/:coleccion', requiereDispositivo(deps), async (c) => {
    const pedido = await leerCuerpo(c, pedidoPush)
    const respuesta = await empujar(deps, c.get('dispositivo'), c.req.param('coleccion'), pedido)
    contarEnvio(deps, 'ediciones', pedido.filas.length)
    return c.json(exito(respuesta))
  })
}

function montarStream(app: App, deps: Deps): void {
  documentar(app, {
    metodo: 'get',
    camino: '/sync/stream',
    resumen: 'Live hints: `hola` on open, `cambio` when collections of the slice moved, `revocado` when the session ended.',
    grupo: 'sync',
    sesion: true,
    paraQuien: ['cuenta', 'caja', 'studio'],
    datos: z.string(),
    medio: 'text/event-stream',
    ejemplo: EJEMPLO_SYNC.stream,
    codigos: ['SESION_VENCIDA', 'DISPOSITIVO_REVOCADO', 'PROTOCOLO_ANTERIOR'],
  })
  app.get('/sync/stream', requiereSesion(deps), (c) => {
    // Hono answers HEAD with this route; a stream that nobody reads would never end.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
    return abrirStream(deps, c, c.get('sesion'), portadorDe(c))
  })
}
