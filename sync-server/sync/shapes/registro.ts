/**
 * Every shape there is (SH6): which table, which columns, whose, and by which constants it may be narrowed. The only file to open for a new one. Nothing of
 * a request becomes SQL or a column; what is not here does not exist, and what is not for this session is answered the same.
 */
import { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { seVendeEn } from '../../../schema/domain/articulos/articulo.ts'
import { instante, uuid } from '../../../schema/domain/hechos/sobre.ts'
import { type DocEditable, estaBorrado } from '../../../schema/merge/campos.ts'
import type { ArticuloDoc } from '../../../schema/protocol/documentos.ts'
import type { Deps, Sesion } from '../../context.ts'
import type { Papel } from '../../http/entorno.ts'
import { revisar } from '../../http/ruta.ts'
import type { ColeccionDePlataforma } from '../plataforma/leer.sql.ts'
import { concierneA, type Imagen } from '../rebanadas.ts'
import type { Forma } from './forma.ts'
import { COLUMNAS } from './formas-columnas.ts'
import { paginaDelNegocio, paginaDePlataforma } from './paginas.sql.ts'

type Filtros = Record<string, string>
type DeCuenta = Extract<Sesion, { clase: 'cuenta' }>

/** Filters by which anybody of the platform may narrow a list of devices or tenants; the flusher keeps what time alone changes. */
const filtro = z.enum(['atencion', 'sin_conexion']).optional()
const texto = z.string().min(1).max(100).optional()

interface DePlataforma {
  coleccion: ColeccionDePlataforma
  filtros: z.ZodObject
  incluye(fila: Imagen, filtros: Record<string, unknown>): boolean
}

const conAtencion = (fila: Imagen) => (fila.atencion as unknown[]).length > 0
const igual = (pedido: unknown, valor: unknown) => pedido === undefined || pedido === valor

/** For the platform's own people. */
const DE_PLATAFORMA: Record<string, DePlataforma> = {
  dispositivos: {
    coleccion: 'estado_dispositivos',
    filtros: z.strictObject({ filtro, negocio: uuid.optional() }),
    incluye: (fila, p) =>
      igual(p.negocio, fila.negocioId) &&
      (p.filtro !== 'atencion' || conAtencion(fila)) &&
      (p.filtro !== 'sin_conexion' || (fila.enLinea === false && fila.bajaAt === null)),
  },
  negocios: {
    coleccion: 'estado_negocios',
    filtros: z.strictObject({ filtro: z.enum(['atencion']).optional() }),
    incluye: (fila, p) => p.filtro !== 'atencion' || Number(fila.conAtencion) > 0,
  },
  veredictos: {
    coleccion: 'veredictos',
    filtros: z.strictObject({ regla: texto, negocio: uuid.optional(), dispositivo: uuid.optional() }),
    incluye: (fila, p) => igual(p.regla, fila.regla) && igual(p.negocio, fila.negocioId) && igual(p.dispositivo, fila.dispositivoId),
  },
  nodos: { coleccion: 'nodos', filtros: z.strictObject({}), incluye: () => true },
  pulso: { coleccion: 'pulso', filtros: z.strictObject({}), incluye: () => true },
}

interface DeNegocio {
  filtros: z.ZodObject
  /** `sucursalId`: the only place whoever asks may see; null for all. */
  incluye(fila: Imagen, filtros: Record<string, unknown>, sucursalId: string | null): boolean
}

/** For a dueño, and a gerente as far as the own sucursal. `negocio` is always asked for: an account may have several. */
const DE_NEGOCIO: Record<string, DeNegocio> = {
  articulos: {
    filtros: z.strictObject({ negocio: uuid }),
    incluye: (fila, _, sucursalId) => !estaBorrado(fila as unknown as DocEditable) && seVendeEn(fila as unknown as ArticuloDoc, sucursalId),
  },
  transacciones: {
    // `desde`: a constant, so that a dashboard of today does not begin with every sale there ever was.
    filtros: z.strictObject({ negocio: uuid, sucursal: uuid.optional(), desde: z.coerce.number().pipe(instante).optional() }),
    incluye: (fila, p, sucursalId) =>
      (sucursalId === null || fila.sucursalId === sucursalId) &&
      igual(p.sucursal, fila.sucursalId) &&
      (p.desde === undefined || Number(fila.effAt) >= Number(p.desde)),
  },
  avisos: {
    filtros: z.strictObject({ negocio: uuid, tipo: z.enum(['revision', 'tarea', 'alerta', 'conflicto']).optional() }),
    incluye: (fila, p, sucursalId) =>
      igual(p.tipo, fila.tipo) && concierneA((fila.datos as { sucursalId?: unknown } | null)?.sucursalId, sucursalId),
  },
}

/** Own names only: `constructor` is no shape. */
const de = <T>(registro: Record<string, T>, tabla: string): T | undefined => (Object.hasOwn(registro, tabla) ? registro[tabla] : undefined)

/**
 * The shape a session asks for.
 * @throws Rechazo SHAPE_DESCONOCIDA: there is none, or not for this session. DATO_INVALIDO with the field: a parameter that this shape does not have
 */
export async function formaPara(deps: Pick<Deps, 'db'>, sesion: Sesion, tabla: string, filtros: Filtros): Promise<Forma> {
  if (sesion.clase !== 'cuenta') throw new Rechazo('SHAPE_DESCONOCIDA')
  const plataforma = de(DE_PLATAFORMA, tabla)
  if (plataforma && sesion.esSuperadmin) return formaDePlataforma(tabla, plataforma, filtros)
  const delNegocio = de(DE_NEGOCIO, tabla)
  if (!delNegocio) throw new Rechazo('SHAPE_DESCONOCIDA')
  return formaDeNegocio(deps, sesion, tabla, delNegocio, filtros)
}

function formaDePlataforma(tabla: string, { coleccion, filtros, incluye }: DePlataforma, pedidos: Filtros): Forma {
  const leidos = revisar(filtros, pedidos) as Record<string, string | undefined>
  return {
    tabla,
    coleccion,
    negocioId: null,
    ...COLUMNAS[tabla as keyof typeof COLUMNAS],
    filtros: constantes(leidos),
    incluye: (fila) => incluye(fila, leidos),
    pagina: (sql, despuesDe, limite) => paginaDePlataforma(sql, coleccion, { ...leidos, despuesDe, limite }),
  }
}

async function formaDeNegocio(
  deps: Pick<Deps, 'db'>,
  sesion: DeCuenta,
  tabla: string,
  { filtros, incluye }: DeNegocio,
  pedidos: Filtros,
): Promise<Forma> {
  const leidos = revisar(filtros, pedidos) as { negocio: string } & Record<string, string | number | undefined>
  const { negocio: negocioId } = leidos
  const sucursalId = await alcanceEn(deps, negocioId, sesion.usuarioId)
  return {
    tabla,
    coleccion: tabla,
    negocioId,
    ...COLUMNAS[tabla as keyof typeof COLUMNAS],
    filtros: { ...constantes(leidos), alcance: sucursalId },
    incluye: (fila) => incluye(fila, leidos, sucursalId),
    pagina: (sql, despuesDe, limite) =>
      paginaDelNegocio(sql, tabla, {
        negocioId,
        sucursalId,
        sesionId: sesion.sesionId,
        desde: Number(leidos.desde ?? 0),
        despuesDe,
        limite,
      }),
  }
}

const constantes = (leidos: Record<string, string | number | undefined>): Forma['filtros'] =>
  Object.fromEntries(Object.entries(leidos).map(([nombre, valor]) => [nombre, valor ?? null]))

/** Null: every sucursal. A gerente without a sucursal is nobody. @throws Rechazo SHAPE_DESCONOCIDA for who is nobody there */
async function alcanceEn(deps: Pick<Deps, 'db'>, negocioId: string, usuarioId: string): Promise<string | null> {
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<Papel[]>`
      select papel, sucursal_id from negocio_cuentas where negocio_id = ${negocioId} and usuario_id = ${usuarioId}
        and (papel = 'dueno' or sucursal_id is not null)`,
  )
  if (!fila) throw new Rechazo('SHAPE_DESCONOCIDA')
  return fila.papel === 'dueno' ? null : fila.sucursalId
}
