import { uuidDeTexto, uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { cabeUnoMas, reglasDeLaPlataforma } from '../../../schema/domain/configuracion-app/reglas.ts'
import { negocio as formaDeNegocio } from '../../../schema/domain/negocios/negocio.ts'
import { ZONA_POR_DEFECTO } from '../../../schema/domain/sucursales/sucursal.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'
import { libretaDe } from '../../sync/plataforma/notas.ts'
import { insertarConfiguracion } from '../configuraciones/insertar.sql.ts'

export interface NegocioNuevo {
  /** Given by demo worlds and tests; else made here. */
  id?: string
  nombre: string
  /** SCAN-48: typed once on a till; unique on the platform. */
  codigoCaja: string
  ciudad?: string
  correo?: string
  duenoId: string
  /** At least one; the first is the principal. */
  sucursales: { id?: string; nombre: string; zonaHoraria?: string }[]
  configuracion?: Partial<Omit<Configuracion, 'version'>>
}

export interface NegocioCreado {
  negocioId: string
  numero: number
  sucursales: { id: string; nombre: string }[]
}

/** Any constant: numbers are given one at a time, over all negocios. */
const CERROJO_DE_NUMEROS = 7_265_011

/**
 * The tenant, its number for QRs, its sucursales, its dueño, version 1 of its rules, its counter and the server's own chain: one transaction.
 * @throws Rechazo CODIGO_EN_USO when another negocio has that codigoCaja, LIMITE_DE_SUCURSALES (EMP-37)
 */
export async function crearNegocio(deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>, nuevo: NegocioNuevo): Promise<NegocioCreado> {
  const ahora = deps.now()
  const negocioId = nuevo.id ?? uuidv7(ahora, deps.azar)
  const codigoCaja = formaDeNegocio.shape.codigoCaja.parse(nuevo.codigoCaja)
  const cadenaId = await cadenaDelServidor(negocioId)
  const sucursales = nuevo.sucursales.map((s) => ({ ...s, id: s.id ?? uuidv7(ahora, deps.azar) }))
  const numero = await deps.db.plataforma(async (sql) => {
    const numero = await tomarNumero(sql, codigoCaja, negocioId)
    const { nombre, ciudad = '', correo = '' } = nuevo
    const app = await configuracionDeApp(sql)
    if (!cabeUnoMas(nuevo.sucursales.length - 1, app.contenido.limites.maxSucursales))
      throw new Rechazo('LIMITE_DE_SUCURSALES', 'sucursales')
    await sql`insert into negocios ${sql({
      ...{ negocio_id: negocioId, numero, nombre, codigo_caja: codigoCaja, ciudad, correo },
      config_app_version: app.version,
    })}`
    await sql`insert into contadores_negocio ${sql({ negocio_id: negocioId })}`
    await sql`insert into negocio_sucursales ${sql(
      sucursales.map((s, i) => ({
        negocio_id: negocioId,
        id: s.id,
        numero: i + 1,
        nombre: s.nombre,
        zona_horaria: s.zonaHoraria ?? ZONA_POR_DEFECTO,
        principal: i === 0,
      })),
    )}`
    await sql`insert into negocio_cuentas ${sql({ negocio_id: negocioId, usuario_id: nuevo.duenoId, papel: 'dueno' })}`
    await insertarConfiguracion(
      sql,
      negocioId,
      { ...REGLAS_INICIALES, ...reglasDeLaPlataforma(app.contenido), vigenteAt: ahora, ...nuevo.configuracion, version: 1 },
      nuevo.duenoId,
    )
    await sql`insert into cadenas ${sql({ negocio_id: negocioId, cadena_id: cadenaId })} on conflict do nothing`
    return numero
  })
  libretaDe(deps).revisarNegocio(negocioId)
  return { negocioId, numero, sucursales: sucursales.map(({ id, nombre }) => ({ id, nombre })) }
}

/** PTS-03: what a negocio starts with, $10 a point; the rest is the platform's (CARD-19). */
const REGLAS_INICIALES = { participa: true, valorPuntoCentavos: 1_000 }

/** The chain on which the server writes its own hechos of a negocio: the same on every node. */
export const cadenaDelServidor = (negocioId: string): Promise<string> => uuidDeTexto(`servidor|${negocioId}`)

async function tomarNumero(sql: Tx, codigoCaja: string, negocioId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(${CERROJO_DE_NUMEROS})`
  const [fila] = await sql<{ numero: number }[]>`
    insert into negocio_numeros (numero, codigo_caja, de_negocio)
    select coalesce(max(numero), 0) + 1, ${codigoCaja}, ${negocioId} from negocio_numeros
    on conflict (codigo_caja) do nothing returning numero`
  if (!fila) throw new Rechazo('CODIGO_EN_USO', 'codigoCaja')
  return fila.numero
}
