/** The ledger in the tables against the oracle's, byte for byte: canonical text of every row, sorted by key. */
import canonicalize from 'canonicalize'
import type { Superusuario } from '../../../sync-server/testing/db.ts'
import type { LibroDelOraculo } from './libro.ts'

export interface Diferencia {
  tabla: string
  llave: string
  hechoId: string | null
  oraculo: string | null
  servidor: string | null
}

type Fila = Record<string, unknown>
const sin = (fila: Fila, ...llaves: string[]): Fila => Object.fromEntries(Object.entries(fila).filter(([llave]) => !llaves.includes(llave)))
const porLlave = (filas: Fila[], llave: (fila: Fila) => string) => new Map(filas.map((fila) => [llave(fila), canonicalize(fila) ?? '']))

/** The first differences, table by table; none when the ledger is what the accepted hechos make. */
export async function compararLibro(sql: Superusuario, negocioId: string, libro: LibroDelOraculo): Promise<Diferencia[]> {
  const diferencias: Diferencia[] = []
  const tabla = (nombre: string, esperadas: Fila[], reales: Fila[], llave: (fila: Fila) => string) => {
    const [a, b] = [porLlave(esperadas, llave), porLlave(reales, llave)]
    for (const id of [...new Set([...a.keys(), ...b.keys()])].sort()) {
      const [oraculo, servidor] = [a.get(id) ?? null, b.get(id) ?? null]
      if (oraculo !== servidor)
        diferencias.push({ tabla: nombre, llave: id, hechoId: hechoDe(oraculo ?? servidor ?? '{}'), oraculo, servidor })
    }
  }
  const quitar = (filas: Fila[], ...llaves: string[]) => filas.map((fila) => sin(fila, 'negocioId', 'createdAt', 'updatedAt', ...llaves))
  const veredictos = await sql`select * from veredictos where negocio_id = ${negocioId}`
  tabla(
    'veredictos',
    [...libro.veredictos.values()] as unknown as Fila[],
    quitar(veredictos, 'seqStream'),
    (f) => `${f.cadenaId}|${String(f.seq).padStart(10, '0')}`,
  )
  const transacciones = await sql`select * from transacciones where negocio_id = ${negocioId}`
  tabla('transacciones', [...libro.transacciones.values()] as unknown as Fila[], quitar(transacciones, 'monto', 'multiplicador'), (f) =>
    String(f.id),
  )
  const retenciones = await sql`select * from retenciones where negocio_id = ${negocioId}`
  tabla(
    'retenciones',
    [...libro.retenciones.values()].flat() as unknown as Fila[],
    quitar(retenciones),
    (f) => `${f.transaccionId}|${f.regla}`,
  )
  const clientes = await sql`select * from clientes where negocio_id = ${negocioId}`
  tabla('clientes', [...libro.clientes.values()] as unknown as Fila[], quitar(clientes), (f) => String(f.usuarioId))
  const saldos = await sql`select * from puntos_por_negocio where negocio_id = ${negocioId}`
  tabla('puntos_por_negocio', [...libro.saldos.values()] as unknown as Fila[], quitar(saldos, 'avisoDeMes'), (f) => String(f.usuarioId))
  const historial = await sql`select * from historial_puntos where negocio_id = ${negocioId}`
  tabla('historial_puntos', libro.historial as unknown as Fila[], quitar(historial), (f) => String(f.id))
  const escritas = await sql`select * from evidencias_escritas where negocio_id = ${negocioId}`
  tabla('evidencias_escritas', [...libro.escritas.values()] as unknown as Fila[], quitar(escritas), (f) => `${f.cadenaId}|${f.seq}`)
  const canjes = await sql`select * from canjes where negocio_id = ${negocioId}`
  tabla('canjes', [...libro.canjes.values()] as unknown as Fila[], quitar(canjes), (f) => String(f.id))
  const turnos = await sql`select * from turnos_caja where negocio_id = ${negocioId}`
  tabla('turnos_caja', [...libro.turnos.values()] as unknown as Fila[], quitar(turnos), (f) => String(f.id))
  const usos = await sql`select * from cupon_usos where negocio_id = ${negocioId}`
  tabla('cupon_usos', [...libro.cuponUsos.values()] as unknown as Fila[], quitar(usos, 'avisado'), (f) => String(f.transaccionId))
  // What was given and never used is of no hecho.
  const deClientes = await sql`
    select cupon_id, usuario_id, usados, usado_at from cupon_usuarios where negocio_id = ${negocioId} and (usados > 0 or usado_at is not null)`
  tabla('cupon_usuarios', [...libro.cuponUsuarios.values()] as unknown as Fila[], quitar(deClientes), (f) => `${f.cuponId}|${f.usuarioId}`)
  const cupones = await sql`select id, usados from cupones where negocio_id = ${negocioId}`
  const esperados = cupones.map(({ id }) => ({ id, usados: libro.cuponesUsados.get(id) ?? 0 }))
  tabla('cupones', esperados, quitar(cupones), (f) => String(f.id))
  return diferencias
}

function hechoDe(texto: string): string | null {
  const fila = JSON.parse(texto) as Fila
  return (fila.hechoId ?? fila.transaccionId ?? fila.id ?? null) as string | null
}

/** Readable: which table, which row, and the fields that differ. */
export function contarDiferencia(d: Diferencia): string {
  const [a, b] = [d.oraculo, d.servidor].map((texto) => (texto ? (JSON.parse(texto) as Fila) : null))
  const cabeza = `${d.tabla} ${d.llave}${d.hechoId ? ` (hecho ${d.hechoId})` : ''}`
  if (!a) return `${cabeza}\n    only the server has it: ${d.servidor}`
  if (!b) return `${cabeza}\n    only the oracle has it: ${d.oraculo}`
  const campos = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((campo) => canonicalize(a[campo]) !== canonicalize(b[campo]))
  const lineas = campos.map((campo) => `    ${campo}: oracle ${canonicalize(a[campo])} · server ${canonicalize(b[campo])}`)
  return [cabeza, ...lineas, `    whole row (oracle): ${d.oraculo}`].join('\n')
}
