/** The ledger after the kills, read past the server: every entry once, in chains without holes, judged once, and summing to what was sold. */
import * as assert from 'uvu/assert'
import type { Db, Tx } from '../db/db.ts'
import type { Escritor } from './kill-escritor.ts'

interface Recibido {
  cadenaId: string
  seq: number
  n: number
  variante: number
  hash: string
  estado: string
  recibidoAt: number
}

export async function revisarLibro(db: Db, escritores: Escritor[]): Promise<{ renglones: number; ventas: number }> {
  const negocioId = escritores[0]!.alta.negocioId
  return db.negocio(negocioId, async (sql) => {
    const recibidos = await revisarEntero(sql)
    for (const escritor of escritores) revisarCadena(escritor, recibidos)
    const ventas = await revisarVentas(sql, escritores)
    return { renglones: recibidos.length, ventas }
  })
}

/** What must hold of a negocio whoever wrote in it: no hole in the order of acceptance, a verdict for each entry, no hole in the change log. */
export async function revisarEntero(sql: Tx): Promise<Recibido[]> {
  const recibidos = await sql<Recibido[]>`select cadena_id, seq, n, variante, hash, estado, recibido_at from hechos_recibidos order by n`
  revisarOrden(recibidos)
  await revisarVeredictos(sql)
  await revisarBitacora(sql)
  return recibidos
}

/** [DI10] */
function revisarOrden(recibidos: Recibido[]): void {
  recibidos.forEach((r, i) => {
    assert.is(r.n, recibidos[0]!.n + i, 'acceptance order has no hole')
    assert.ok(i === 0 || r.recibidoAt >= recibidos[i - 1]!.recibidoAt, 'recibidoAt never falls')
  })
}

/** [DI2] [DI3] */
function revisarCadena(escritor: Escritor, recibidos: Recibido[]): void {
  const mios = recibidos.filter((r) => r.cadenaId === escritor.cadenaId).sort((a, b) => a.seq - b.seq)
  assert.equal(
    mios.map((r) => [r.seq, r.variante, r.hash, r.estado]),
    escritor.hashes.map((hash, seq) => [seq, 0, hash, 'juzgado']),
  )
}

async function revisarVeredictos(sql: Tx): Promise<void> {
  const [fila] = await sql<{ sin: number; raros: number }[]>`
    select count(*) filter (where v.cadena_id is null)::int8 as sin, count(*) filter (where v.estado = 'sin_procesar')::int8 as raros
    from hechos_recibidos h left join veredictos v using (negocio_id, cadena_id, seq) where h.cuerpo is not null`
  assert.equal({ ...fila }, { sin: 0, raros: 0 }, 'every entry has its verdict, and none was unreadable')
}

async function revisarVentas(sql: Tx, escritores: Escritor[]): Promise<number> {
  const cadenas = escritores.map((e) => e.cadenaId)
  const filas = await sql<{ id: string; montoCentavos: number }[]>`
    select id, monto_centavos from transacciones where cadena_id in ${sql(cadenas)} order by id`
  const esperadas = escritores.flatMap((e) => [...e.montos].map(([id, montoCentavos]) => ({ id, montoCentavos })))
  esperadas.sort((a, b) => (a.id < b.id ? -1 : 1))
  assert.equal(
    filas.map((f) => ({ ...f })),
    esperadas,
    'one transaccion per sale, with its amount',
  )
  return filas.length
}

/** [PU2] The change log of the negocio has no hole, and its counter is its head. */
async function revisarBitacora(sql: Tx): Promise<void> {
  const [fila] = await sql<{ cuantos: number; primero: number; ultimo: number; seq: number }[]>`
    select count(*)::int8 as cuantos, coalesce(min(c.seq), 1)::int8 as primero, coalesce(max(c.seq), 0)::int8 as ultimo,
      (select seq from contadores_negocio) as seq from cambios_negocio c`
  assert.is(fila!.ultimo, fila!.seq)
  assert.is(fila!.cuantos, fila!.ultimo - fila!.primero + 1)
}
