/** PS3. The inbox rows of what a merge left behind: base, the value that lost and the one that stayed, each with who wrote it and where. */
import { textoCanonico } from '../../schema/core/canonico.ts'
import type { Aviso } from '../../schema/domain/hechos/libro.ts'
import type { Tx } from '../db/db.ts'
import type { Autor } from './editables.sql.ts'
import { enTextos } from './filas.sql.ts'
import { autorDe, type Mesa, type PerdidaEnMesa } from './mesa.ts'

/** One row per loss however often it is noticed: its id names the stamp that lost. */
export async function avisosDePerdidas(sql: Tx, negocioId: string, coleccion: string, mesa: Mesa): Promise<Aviso[]> {
  if (mesa.perdidas.length === 0) return []
  const porEquipo = await nombresDeEquipos(sql, negocioId, mesa)
  const autor = (pk: string, campo: string, sello: [number, string]): Autor => {
    const recordado = autorDe(mesa, pk, campo, sello)
    return recordado.quien || recordado.equipo ? recordado : (porEquipo.get(sello[1]) ?? recordado)
  }
  return mesa.perdidas.map((una) => avisoDe(coleccion, una, mesa, autor))
}

/** Edits of before names were kept with them: the device is called what it is called now. */
async function nombresDeEquipos(sql: Tx, negocioId: string, mesa: Mesa): Promise<Map<string, Autor>> {
  const ids = new Set(mesa.perdidas.flatMap(({ perdida }) => [perdida.sello[1], perdida.selloGanador[1]]))
  const filas = await sql<({ id: string } & Autor)[]>`
    select id::text, usuario_nombre as quien, nombre as equipo from dispositivos
    where negocio_id = ${negocioId} and id::text = ${enTextos(sql, ids)}`
  return new Map(filas.map(({ id, ...autor }) => [id, autor]))
}

function avisoDe(
  coleccion: string,
  { pk, perdida, base, combinados }: PerdidaEnMesa,
  mesa: Mesa,
  autor: (pk: string, campo: string, sello: [number, string]) => Autor,
): Aviso {
  const campoGanador = perdida.codigo === 'borrado_con_edicion' ? campoDelGanador(mesa, pk, perdida) : perdida.campo
  const [pierde, gana] = [autor(pk, perdida.campo, perdida.sello), autor(pk, campoGanador, perdida.selloGanador)]
  return {
    id: `${coleccion}|${perdida.id}`,
    tipo: 'conflicto',
    regla: perdida.codigo === 'borrado_con_edicion' ? 'R9' : 'R7',
    codigo: perdida.codigo,
    costoCentavos: null,
    puntos: null,
    datos: {
      coleccion,
      documentoId: pk,
      nombre: String(mesa.docs.get(pk)?.nombre ?? ''),
      campo: perdida.campo,
      base: comoDato(base),
      valor: comoDato(perdida.valor),
      dispositivo: perdida.sello[1],
      effAt: perdida.sello[0],
      quien: pierde.quien,
      equipo: pierde.equipo,
      valorGanador: comoDato(perdida.valorGanador),
      dispositivoGanador: perdida.selloGanador[1],
      effAtGanador: perdida.selloGanador[0],
      quienGanador: gana.quien,
      equipoGanador: gana.equipo,
      ...(combinados.length > 0 ? { combinados: textoCanonico(combinados.map(enLinea)) } : {}),
    },
    creadoAt: mesa.ahora,
  }
}

/** R9. What met: the deletion, or the edit that was newer than it. */
function campoDelGanador(mesa: Mesa, pk: string, { campo, selloGanador: [effAt, dispositivo] }: PerdidaEnMesa['perdida']): string {
  if (campo !== 'borrado') return 'borrado'
  const sellos = Object.entries(mesa.docs.get(pk)?.sellos ?? {})
  return sellos.find(([otro, sello]) => otro !== 'borrado' && sello[0] === effAt && sello[1] === dispositivo)?.[0] ?? 'borrado'
}

/** What was put together by itself: [field, before, now, device]. */
const enLinea = ({ campo, base, valor, sello }: PerdidaEnMesa['combinados'][number]) => [campo, base ?? null, valor ?? null, sello[1]]

/** Lists and objects travel as their canonical text. */
const comoDato = (valor: unknown): string | number | boolean | null =>
  typeof valor === 'string' || typeof valor === 'number' || typeof valor === 'boolean' ? valor : valor == null ? null : textoCanonico(valor)
