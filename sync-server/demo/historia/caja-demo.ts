/** A till of the demo world: enrolled by a real link, with a key of its own, and the journal where it stopped. */
import { uuidDeTexto } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import type { DefinicionDeCupon } from '../../../schema/domain/hechos/libro.ts'
import type { Sobre } from '../../../schema/domain/hechos/sobre.ts'
import type { Deps } from '../../context.ts'
import { leerCupones } from '../../domain/cupones/leer.sql.ts'
import { negocioDemo } from '../crear.ts'
import { DiarioDemo, type EquipoDemo } from './diario-demo.ts'
import { asegurarEquipo } from './equipo-demo.ts'
import type { CajaDelGuion } from './guion.ts'

export interface CajaDemo {
  guion: CajaDelGuion
  equipo: EquipoDemo
  diario: DiarioDemo
  /** Who sells at it. */
  operador: Sobre['operador']
  /** Entries the server had when this till was opened. */
  entregados: number
  /** Handed in by this start as they were made: those of the last day. */
  recientes: number
  /** By name. */
  articulos: Map<string, { id: string; precioCentavos: number }>
  /** By code; those that are in force. */
  cupones: Map<string, DefinicionDeCupon>
  configuraciones: Configuracion[]
}

/**
 * The till, enrolled now (the clock of `deps`) when it is not. Null when its dueño took its rights away: it sells no more.
 * @throws Rechazo NO_ENCONTRADO when its negocio is not of the demo world
 */
export async function abrirCaja(deps: Deps, guion: CajaDelGuion): Promise<CajaDemo | null> {
  const negocio = await negocioDemo(guion.negocio)
  const sucursalId = negocio?.sucursales.get(guion.sucursal)
  if (!negocio || !sucursalId) throw new Rechazo('NO_ENCONTRADO')
  const { negocioId, duenoId } = negocio
  const { nombre } = guion
  const pedido = { llave: `caja demo ${guion.clave}`, tipo: 'caja', nombre, negocioId, sucursalId, cuentaId: duenoId } as const
  const ficha = await asegurarEquipo(deps, pedido)
  if (ficha.bajaAt !== null) return null
  const equipo: EquipoDemo = { dispositivoId: ficha.id, negocioId, sucursalId, serie: ficha.serie, privada: ficha.privada }
  const cadena = await leerCadena(deps, equipo)
  const operador = await operadorDe(deps, guion, negocioId, duenoId)
  const diario = new DiarioDemo(equipo, operador, await uuidDeTexto(`demo|arranque|${guion.clave}`), cadena)
  return { guion, equipo, diario, operador, entregados: cadena.esperado, recientes: 0, ...(await leerLoQueSabe(deps, negocioId)) }
}

async function leerCadena(deps: Pick<Deps, 'db'>, { negocioId, dispositivoId }: EquipoDemo) {
  const id = await uuidDeTexto(`demo|cadena|${dispositivoId}`)
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ esperado: number; hashCabeza: string }[]>`
      select esperado, hash_cabeza from cadenas where negocio_id = ${negocioId} and cadena_id = ${id}`,
  )
  return { id, esperado: fila?.esperado ?? 0, hashCabeza: fila?.hashCabeza ?? '' }
}

async function operadorDe(deps: Pick<Deps, 'db'>, { nick }: CajaDelGuion, negocioId: string, duenoId: string): Promise<Sobre['operador']> {
  if (nick === null) return { tipo: 'usuario', id: duenoId }
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ id: string }[]>`select id from empleados where negocio_id = ${negocioId} and nick = ${nick}`,
  )
  if (!fila) throw new Rechazo('NO_ENCONTRADO')
  return { tipo: 'empleado', id: fila.id }
}

async function leerLoQueSabe(
  deps: Pick<Deps, 'db'>,
  negocioId: string,
): Promise<Pick<CajaDemo, 'articulos' | 'cupones' | 'configuraciones'>> {
  return deps.db.negocio(negocioId, async (sql) => {
    const articulos = await sql<{ id: string; nombre: string; precioCentavos: number }[]>`
      select id, nombre, precio_centavos from articulos where negocio_id = ${negocioId} and not borrado`
    const configuraciones = await sql<Configuracion[]>`
      select version, participa, valor_punto_centavos, multiplicadores_pct, umbrales, vida_qr_segundos, vigente_at from configuraciones
      where negocio_id = ${negocioId} order by version`
    const cupones = (await leerCupones(sql, negocioId)).map(({ definicion }) => [definicion.codigo, definicion] as const)
    return { articulos: new Map(articulos.map((a) => [a.nombre, a])), cupones: new Map(cupones), configuraciones: [...configuraciones] }
  })
}
