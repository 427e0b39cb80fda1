/** The evidence behind a verdict, for whoever decides: the same function for Studio and Panel. Read in the context of its negocio. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { LadoDeRevision, Revision } from '../../../schema/protocol/revision.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { nombresDeOperadores } from '../plataforma/operadores.ts'
import { leerDatos } from './datos.sql.ts'
import { leerPieza, lugarDe, type Pieza } from './lado.sql.ts'
import { leerOtro } from './otro.sql.ts'

/** An entry by its place, or a hecho by its id. `sucursalId`: only that one's (a gerente); null: any. */
export type Pedida = { lugar: { cadenaId: string; seq: number } } | { hechoId: string }

/** @throws Rechazo NO_ENCONTRADO: nothing was judged there, or it is of another sucursal */
export async function evidenciaDe(
  deps: Pick<Deps, 'db'>,
  negocioId: string,
  pedida: Pedida,
  sucursalId: string | null = null,
): Promise<Revision> {
  const { este, otro, datos, retenciones } = await deps.db.negocio(negocioId, (sql) => leerTodo(sql, negocioId, pedida, sucursalId), {
    soloLectura: true,
  })
  const deOtra = otro !== undefined && sucursalId !== null && otro.sucursalId !== sucursalId
  const nombres = await leerOperadores(deps, negocioId, deOtra ? [este] : [este, otro])
  const motivo = este.motivos.find((m) => retenciones.some((r) => r.regla === m.regla && r.estado === 'activa')) ?? este.motivos[0]
  const conNombre = (pieza: Pieza): LadoDeRevision => ({
    ...pieza.lado,
    operador: (pieza.sobre?.operador && nombres.get(pieza.sobre.operador.id)) ?? '',
  })
  return {
    regla: motivo?.regla ?? '',
    codigo: motivo?.codigo ?? este.lado.estado,
    este: conNombre(este),
    otro: otro ? (deOtra ? sinLoAjeno(otro.lado) : conNombre(otro)) : null,
    datos,
    retenciones,
  }
}

/** EMP-38. That there is another one, where and when: not who bought, how much, nor whose hand and device it was. */
const sinLoAjeno = (lado: LadoDeRevision): LadoDeRevision => ({
  ...lado,
  transaccionId: null,
  montoCentavos: null,
  puntos: 0,
  dispositivoId: null,
  dispositivo: '',
  operador: '',
  cliente: '',
  offsetMs: null,
  qrAt: null,
  qrContador: null,
  ajeno: true,
})

async function leerTodo(sql: Tx, negocioId: string, pedida: Pedida, sucursalId: string | null) {
  const lugar = 'lugar' in pedida ? pedida.lugar : await lugarDe(sql, negocioId, pedida.hechoId)
  const este = lugar && (await leerPieza(sql, negocioId, lugar))
  if (!este || (sucursalId !== null && este.sucursalId !== sucursalId)) throw new Rechazo('NO_ENCONTRADO')
  return {
    este,
    otro: await leerOtro(sql, negocioId, este),
    datos: await leerDatos(sql, negocioId, este),
    retenciones: await leerRetenciones(sql, negocioId, este.lado.hechoId),
  }
}

const leerRetenciones = async (sql: Tx, negocioId: string, hechoId: string): Promise<Revision['retenciones']> => [
  ...(await sql<Revision['retenciones']>`
    select regla, codigo, estado, al_vencer, vence_at from retenciones where negocio_id = ${negocioId} and transaccion_id = ${hechoId}
    order by length(regla), regla`),
]

/** Names of accounts are nobody's in a negocio's context: the platform reads those of the two entries, and no other. */
const leerOperadores = (deps: Pick<Deps, 'db'>, negocioId: string, piezas: readonly (Pieza | undefined)[]): Promise<Map<string, string>> =>
  deps.db.plataforma(
    (sql) =>
      nombresDeOperadores(
        sql,
        negocioId,
        piezas.map((p) => p?.sobre?.operador ?? null),
      ),
    { soloLectura: true },
  )
