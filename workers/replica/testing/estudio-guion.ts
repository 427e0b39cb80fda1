/** A Studio of its own against a scripted server that merges field by field and clamps stamps to its own hour, as the real one does. */
import { type Doc, fusionar, recortar } from '../../../schema/merge/campos.ts'
import type { Documento } from '../../../schema/protocol/pull.ts'
import type { ReplicaApi, Respuesta } from '../api.ts'
import type { Puertos } from '../puertos.ts'
import { crearReplica } from '../replica.ts'
import { puertosDePrueba, unDisco, unReloj } from './puertos-de-prueba.ts'
import { unServidor } from './servidor-guion.ts'

/** @throws Error with the code of a refusal */
export const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
/** The n-th articulo of a test. */
export const idDe = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const unArticulo = (n: number, campos: Record<string, unknown> = {}): Documento => ({
  ...{ id: idDe(n), nombre: `Pizza ${n}`, descripcion: '', precioCentavos: 10_000 + n, categoria: 'Pizzas', tipo: 'producto' },
  ...{ visible: true, destacado: false, desde: false, agotado: false, sucursales: [], imagenes: [], borrado: false, sellos: {} },
  ...campos,
})

/** `alTerminar` collects what a test opens. `cambiar`: ports of the test instead of the usual ones. `sucursalId`: of a gerente; null: a dueño's. */
export async function unEstudio(
  alTerminar: ReplicaApi[],
  articulos: Documento[] = [],
  cambiar: Partial<Puertos> = {},
  sucursalId: string | null = null,
) {
  const reloj = unReloj()
  const disco = unDisco()
  const hora = { ahora: reloj.wall }
  const servidor = unServidor(() => hora.ahora)
  servidor.tipo = 'studio'
  servidor.sucursalId = sucursalId
  servidor.paginaDe = 500
  for (const documento of articulos) servidor.poner('articulos', documento)
  servidor.alEmpujar = ({ filas }, coleccion) => {
    const documentos = filas.map(({ nuevo }) => {
      const suyo = servidor.filas.get(coleccion)?.get(nuevo.id) as unknown as Doc | undefined
      const entrante = recortar(nuevo as unknown as Doc, hora.ahora)
      const base = suyo && { ...suyo, borrado: suyo.borrado ?? false, sellos: suyo.sellos ?? {} }
      const unido = { ...(base ? fusionar(base, entrante) : entrante), id: nuevo.id } as unknown as Documento
      servidor.poner(coleccion, unido)
      return unido
    })
    return { documentos, rechazadas: [] }
  }
  const abrir = () => {
    const replica = crearReplica({ ...puertosDePrueba(disco, (ruta, init) => servidor.fetch(ruta, init), reloj, 'studio'), ...cambiar })
    alTerminar.push(replica)
    return replica as Required<ReplicaApi>
  }
  const replica = abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Portátil'))
  const intentar = async (cual: ReplicaApi = replica) => {
    for (let i = 0; i < 10; i++) if ((await cual.sincronizarAhora()).ok) return
    throw new Error('never in sync')
  }
  const elArticulo = async (n: number, cual: ReplicaApi = replica) =>
    valor(await cual.consultar({ coleccion: 'articulos', selector: { id: idDe(n) } }))[0]
  return { reloj, disco, servidor, hora, abrir, replica, intentar, elArticulo }
}
