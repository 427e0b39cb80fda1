/** What only the platform's own people see: every tenant at once. Lists are pages of what the flusher keeps; what is live comes by shapes of the same rows. */
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { esUuid } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { instante } from '../../../schema/domain/hechos/sobre.ts'
import {
  DIAS_DE_REGLAS,
  detalleDeEquipo,
  diarioExportado,
  RANGOS,
  respuestaDiarioRecibido,
  respuestaEquipos,
  respuestaNegocios,
  respuestaPulso,
  respuestaReglas,
  respuestaVeredictos,
  resumenDePlataforma,
} from '../../../schema/protocol/plataforma.ts'
import { revision } from '../../../schema/protocol/revision.ts'
import { exigirCuenta, requiereSuperadmin } from '../../auth/middleware.ts'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App, Entorno } from '../../http/entorno.ts'
import { type Definicion, documentar, ruta } from '../../http/ruta.ts'
import { EJEMPLO_DE_REVISION } from '../revision/ejemplo.ts'
import { evidenciaDe } from '../revision/evidencia.ts'
import { leerDetalle } from './detalle.ts'
import { leerDiarioRecibido } from './diario-recibido.ts'
import {
  EJEMPLO_DE_CADENA,
  EJEMPLO_DE_EQUIPO,
  EJEMPLO_DE_NEGOCIO,
  EJEMPLO_DE_NODO,
  EJEMPLO_DE_RENGLON,
  EJEMPLO_DE_VEREDICTO,
} from './ejemplos.ts'
import { exportarDiario } from './exportar.ts'
import { consultaDeLista, listarEquipos, listarNegocios } from './listar.ts'
import { contarReglas, leerPulso, leerResumen } from './resumen.ts'
import { revocarDesdePlataforma } from './revocar.ts'
import { consultaDeVeredictos, listarVeredictos } from './veredictos.ts'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const ID_DE_VEREDICTO = new RegExp(`^${UUID}\\|${UUID}\\|\\d{1,10}$`)

/** What every route of the Panel has in common. */
const comun = (
  deps: Deps,
): Pick<Definicion<never, never, never>, 'grupo' | 'sesion' | 'paraQuien' | 'codigos'> & { antes: MiddlewareHandler<Entorno>[] } => ({
  grupo: 'admin',
  sesion: true,
  paraQuien: ['superadmin'],
  codigos: ['SIN_PERMISO'],
  antes: [requiereSuperadmin(deps)],
})

export function montarPlataforma(app: App, deps: Deps): void {
  montarListas(app, deps)
  montarSumas(app, deps)
  montarEquipo(app, deps)
  montarVeredictos(app, deps)
}

const pagina = <F>(fila: F) => ({ hora: EJEMPLO.ahora, filas: [fila], total: 47, cursor: null })
const cuentas = { todos: 47, atencion: 6, sin_conexion: 6 }

function montarListas(app: App, deps: Deps): void {
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/negocios',
      resumen: 'Every negocio with the sums of its devices, those with the oldest pending hecho first',
      consulta: consultaDeLista,
      datos: respuestaNegocios,
      ejemplo: { datos: { ...pagina(EJEMPLO_DE_NEGOCIO), cuentas } },
    },
    ({ consulta }) => listarNegocios(deps, consulta),
  )
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/dispositivos',
      resumen: 'Devices of every negocio, or of one, with what each last said of itself; those with the oldest pending hecho first',
      consulta: consultaDeLista,
      datos: respuestaEquipos,
      ejemplo: { datos: { ...pagina(EJEMPLO_DE_EQUIPO), cuentas } },
    },
    ({ consulta }) => listarEquipos(deps, consulta),
  )
}

function montarSumas(app: App, deps: Deps): void {
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/resumen',
      resumen: 'The platform in a strip: devices, what waits, what was received today, which rules spoke, how the nodes are',
      datos: resumenDePlataforma,
      ejemplo: {
        datos: {
          hora: EJEMPLO.ahora,
          motor: 'postgres',
          equipos: 47,
          enLinea: 41,
          pendientes: 63,
          masAntiguoAt: EJEMPLO.ahora,
          masAntiguoDe: 'Café Central, Caja Café',
          recibidosHoy: 18_204,
          enRevision: 5,
          sinProcesar: 0,
          conAtencion: 6,
          reglas: [{ regla: 'R8', veces: 31 }],
          nodos: [EJEMPLO_DE_NODO],
        },
      },
    },
    () => leerResumen(deps),
  )
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/pulso',
      resumen: 'Hechos received and their delay, over time',
      consulta: z.object({ rango: z.enum(RANGOS).default('1h') }),
      datos: respuestaPulso,
      ejemplo: { datos: { hora: EJEMPLO.ahora, cadaMs: 60_000, puntos: [{ at: EJEMPLO.ahora, hechos: 20, p50: 400, p95: 2_900 }] } },
    },
    ({ consulta }) => leerPulso(deps, consulta.rango),
  )
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/reglas',
      resumen: 'How often each rule spoke in the last days, today included',
      consulta: z.object({ dias: z.enum(DIAS_DE_REGLAS).default('1') }),
      datos: respuestaReglas,
      ejemplo: { datos: { hora: EJEMPLO.ahora, reglas: [{ regla: 'R2', veces: 7 }] } },
    },
    ({ consulta }) => contarReglas(deps, Number(consulta.dias)),
  )
}

function montarEquipo(app: App, deps: Deps): void {
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/dispositivos/:id',
      resumen: 'One device: its chains, and its last 72 hours of contact, shifts, hechos, clock and gaps',
      datos: detalleDeEquipo,
      ejemplo: {
        datos: {
          hora: EJEMPLO.ahora,
          equipo: EJEMPLO_DE_EQUIPO,
          modelo: 'Redmi 12 · Chrome 141',
          altaAt: EJEMPLO.ahora,
          bajaMotivo: null,
          licenciaVenceAt: EJEMPLO.manana,
          cadenas: [EJEMPLO_DE_CADENA],
          linea: {
            desdeAt: EJEMPLO.ahora,
            contactos: [{ desdeAt: EJEMPLO.ahora, hastaAt: EJEMPLO.ahora }],
            turnos: [{ quien: '@luis', desdeAt: EJEMPLO.ahora, hastaAt: EJEMPLO.ahora }],
            hechos: [{ at: EJEMPLO.ahora, cuantos: 3 }],
            reloj: [{ at: EJEMPLO.ahora, offsetMs: -680_000 }],
            huecos: [{ desdeSeq: 1_187, hastaSeq: 1_189, at: EJEMPLO.ahora }],
          },
        },
      },
    },
    ({ param }) => leerDetalle(deps, param('id')),
  )
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/dispositivos/:id/diario',
      resumen: 'The journal of a device as received, newest first',
      consulta: z.object({ cursor: z.string().max(400).optional() }),
      datos: respuestaDiarioRecibido,
      ejemplo: { datos: pagina(EJEMPLO_DE_RENGLON) },
    },
    ({ consulta, param }) => leerDiarioRecibido(deps, param('id'), consulta.cursor),
  )
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'post',
      camino: '/api/admin/dispositivos/:id/baja',
      resumen: 'Revoke a device of any negocio: its sessions end at once, what it sold is still received; who did it stays in the log',
      cuerpo: z.object({ motivo: z.string().trim().min(1).max(200) }),
      datos: z.object({ bajaAt: instante }),
      ejemplo: { cuerpo: { motivo: 'Tableta robada' }, datos: { bajaAt: EJEMPLO.ahora } },
    },
    ({ c, cuerpo, param }) => revocarDesdePlataforma(deps, exigirCuenta(c.get('sesion')).usuarioId, param('id'), cuerpo.motivo),
  )
  montarExportacion(app, deps)
}

function montarExportacion(app: App, deps: Deps): void {
  const { antes, ...resto } = comun(deps)
  documentar(app, {
    ...resto,
    metodo: 'get',
    camino: '/api/admin/dispositivos/{id}/diario.json',
    resumen: 'The whole journal of a device as received, as a file',
    datos: diarioExportado,
    medio: 'application/json',
    ejemplo: {
      datos: {
        dispositivoId: EJEMPLO.dispositivoId,
        negocio: 'Café Central',
        dispositivo: 'Caja Café',
        exportadoAt: EJEMPLO.ahora,
        entradas: [
          {
            cadenaId: EJEMPLO_DE_CADENA.cadenaId,
            seq: 0,
            variante: 0,
            hash: EJEMPLO_DE_RENGLON.hash,
            cuerpo: '{"v":1}',
            recibidoAt: EJEMPLO.ahora,
            estado: 'juzgado',
          },
        ],
      },
    },
  })
  app.on('GET', ['/api/admin/dispositivos/:id/diario.json'], ...antes, (c: Context<Entorno>) =>
    exportarDiario(deps, c, exigirCuenta(c.get('sesion')).usuarioId, exigirUuid(c.req.param('id') ?? '')),
  )
}

function exigirUuid(id: string): string {
  if (!esUuid(id)) throw new Rechazo('NO_ENCONTRADO')
  return id
}

function montarVeredictos(app: App, deps: Deps): void {
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/veredictos',
      resumen: 'Verdicts somebody should know of (not accepted, or accepted with a reason), newest first, with what became of them',
      consulta: consultaDeVeredictos,
      datos: respuestaVeredictos,
      ejemplo: { datos: pagina(EJEMPLO_DE_VEREDICTO) },
    },
    ({ consulta }) => listarVeredictos(deps, consulta),
  )
  ruta(
    app,
    {
      ...comun(deps),
      metodo: 'get',
      camino: '/api/admin/veredictos/:id',
      formas: { id: ID_DE_VEREDICTO },
      resumen: 'A verdict with its evidence. The id is `negocio|cadena|seq`',
      datos: revision,
      ejemplo: { datos: EJEMPLO_DE_REVISION },
    },
    ({ param }) => {
      const [negocioId = '', cadenaId = '', seq = ''] = param('id').split('|')
      return evidenciaDe(deps, negocioId, { lugar: { cadenaId, seq: Number(seq) } })
    },
  )
}
