/** A shopper's stream: counter, documents, log, lifetime points. Every function runs inside the shopper's context. */
import { assert } from '../../schema/core/rechazo.ts'
import { NIVELES, type Nivel } from '../../schema/domain/configuracion/configuracion.ts'
import { calcularNivel } from '../../schema/domain/niveles/niveles.ts'
import type { MiaDoc } from '../../schema/protocol/documentos.ts'
import type { Tx } from '../db/db.ts'
import { umbralesDeApp } from './configuracion-app.sql.ts'

export interface ContadorDeUsuario {
  usuarioId: string
  seq: number
}

/** Locks the shopper's counter, made when it is missing. First statement of the transaction, as with a negocio's. */
export async function tomarContadorDeUsuario(sql: Tx, usuarioId: string): Promise<ContadorDeUsuario> {
  const leer = () => sql<ContadorDeUsuario[]>`select usuario_id, seq from contadores_usuario where usuario_id = ${usuarioId} for update`
  const [fila] = await leer()
  if (fila) return { ...fila }
  await sql`insert into contadores_usuario (usuario_id) values (${usuarioId}) on conflict do nothing`
  const [nueva] = await leer()
  assert(nueva, 'a shopper has a counter once it was made')
  return { ...nueva }
}

/** Writes documents and their log, and the counter. Gives the last seq. */
export async function anotarMias(sql: Tx, contador: ContadorDeUsuario, docs: readonly MiaDoc[], at: number): Promise<number> {
  const primero = contador.seq + 1
  contador.seq += docs.length
  const filas = docs.map((doc, i) => ({ seq: primero + i, id: doc.id, tipo: doc.tipo, doc }))
  const { usuarioId } = contador
  await sql`
    with filas as materialized (
      select seq, id, tipo, doc from jsonb_to_recordset(${sql.json(filas as never)}) as x(seq bigint, id text, tipo text, doc jsonb)),
    guardadas as (
      insert into mias (usuario_id, id, tipo, doc) select ${usuarioId}, id, tipo, doc from filas
      on conflict (usuario_id, id) do update set doc = excluded.doc),
    anotadas as (
      insert into cambios_usuario (usuario_id, seq, coleccion, pk, despues, at)
      select ${usuarioId}, seq, 'mias', id, doc, ${new Date(at)} from filas)
    update contadores_usuario set seq = ${contador.seq} where usuario_id = ${usuarioId}`
  return contador.seq
}

export interface Persona {
  nombre: string
  puntosLifetime: number
  nivelCardya: Nivel
}

export async function leerPersona(sql: Tx, usuarioId: string): Promise<Persona> {
  const [fila] = await sql<Persona[]>`select nombre, puntos_lifetime, nivel_cardya from usuarios where id = ${usuarioId}`
  assert(fila, 'a shopper with a stream is a person')
  return fila
}

export const documentoDePerfil = (p: Persona): MiaDoc => ({
  id: 'perfil',
  tipo: 'perfil',
  nombre: p.nombre,
  puntosLifetime: p.puntosLifetime,
  nivel: p.nivelCardya,
})

/** The perfil document as it should be, when the stored one is another or none. */
export async function asegurarPerfil(sql: Tx, usuarioId: string): Promise<MiaDoc | null> {
  const doc = documentoDePerfil(await leerPersona(sql, usuarioId))
  const [guardado] = await sql<{ igual: boolean }[]>`
    select doc = ${sql.json(doc as never)} as igual from mias where usuario_id = ${usuarioId} and id = 'perfil'`
  return guardado?.igual ? null : doc
}

/**
 * CARD-06, 16, 20. Adds settled points (or takes out those of a sale that never was); 0: thresholds may be lower than they were. A nivel once reached stays.
 * Gives the new nivel when it rose.
 */
export async function moverLifetime(sql: Tx, usuarioId: string, puntos: number): Promise<Nivel | null> {
  const { puntosLifetime, nivelCardya } = await leerPersona(sql, usuarioId)
  const total = Math.max(0, puntosLifetime + puntos)
  const calculado = calcularNivel(total, await umbralesDeApp(sql))
  const sube = NIVELES.indexOf(calculado) > NIVELES.indexOf(nivelCardya)
  await sql`
    update usuarios set puntos_lifetime = ${total}, nivel_cardya = ${sube ? calculado : nivelCardya}, updated_at = now() where id = ${usuarioId}`
  return sube ? calculado : null
}
