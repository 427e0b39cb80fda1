/** The cupones of a world: each kind, and each limit that two tills can break without knowing of each other (R3). */
import { uuidv7 } from '../../schema/core/ids.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import { type Cupon, cupones } from '../../schema/domain/cupones/cupon.ts'
import type { Deps } from '../../sync-server/context.ts'
import { escribirEnNegocio } from '../../sync-server/domain/escribir.ts'
import { aplicarEdiciones, leerDocs, leerFilas } from '../../sync-server/sync/ediciones.ts'

type Definido = Pick<Cupon, 'titulo' | 'tipo' | 'valor' | 'codigo'> & Partial<Cupon>

const DEL_MUNDO: Definido[] = [
  { titulo: '10 %', tipo: 'porcentaje', valor: 10, codigo: 'DIEZ' },
  { titulo: '$20', tipo: 'monto', valor: 2_000, codigo: 'VEINTE', compraMinimaCentavos: 5_000, limitePorCliente: 2, limiteTotal: 3 },
  { titulo: '2 por 1', tipo: 'dos_por_uno', valor: 0, codigo: 'PAR', limitePorCliente: 3 },
  { titulo: 'Regalo de plata', tipo: 'regalo', valor: 0, codigo: 'REGALO', nivelRequerido: 'plata' },
  { titulo: 'Todo', tipo: 'porcentaje', valor: 100, codigo: 'TODO', soloConConexion: true },
]

/** Stamped by the dueño, through the door every edit takes. `ahora`: they begin then, and the first ends two days later. */
export function crearCupones(deps: Pick<Deps, 'db' | 'hub' | 'now' | 'azar'>, negocioId: string, duenoId: string): Promise<Cupon[]> {
  return escribirEnNegocio(deps, negocioId, async (sql, ahora, contador) => {
    const sellos = Object.fromEntries(cupones.campos.map((campo) => [campo, [ahora, duenoId]]))
    const docs = DEL_MUNDO.map((definido, i) => {
      const vigencia = { desdeAt: ahora, venceAt: ahora + (i === 0 ? 2 : 90) * DIA }
      const limites = { compraMinimaCentavos: 0, limitePorCliente: 1, limiteTotal: null, nivelRequerido: null, soloConConexion: false }
      const resto = { descripcion: '', imagen: null, activo: true, publico: true, sucursales: [], articulos: [] }
      return cupones.schema.parse({ id: uuidv7(ahora, deps.azar), ...vigencia, ...limites, ...resto, ...definido, borrado: false, sellos })
    })
    const leidas = leerFilas('cupones', { filas: docs.map((nuevo) => ({ nuevo, asumido: null })) })
    const editor = { id: duenoId, sucursalId: null, quien: '', equipo: '' }
    const { cambios } = await aplicarEdiciones(sql, contador, editor, leidas, await leerDocs(sql, negocioId, null, leidas), ahora)
    return { resultado: docs, cambios, anotados: true }
  })
}
