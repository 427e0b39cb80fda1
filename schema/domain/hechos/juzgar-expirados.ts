/** PTS-24 (decision 0040). Points whose month is over: the server's own chain says so, once for a shopper and month. */
import { ultimoMesVencido } from '../puntos/lotes.ts'
import { veredictoDe } from './dictamen.ts'
import type { Cambios, Libro } from './libro.ts'
import { expirar } from './mover-puntos.ts'
import type { Entrada } from './sobre.ts'
import type { PuntosExpirados } from './tipos.ts'

/** Judge of `puntos.expirados`. Of a month that is not over, or of nothing that expires: no effect. */
export function juzgarPuntosExpirados(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const { usuarioId, hasta } = entrada.sobre.datos as PuntosExpirados
  const primero = libro.saldos.get(usuarioId)?.porVencer?.[0]
  if (!primero || primero.mes > hasta || hasta > ultimoMesVencido(entrada.recibidoAt)) return
  veredictoDe(cambios, entrada).puntos = 0 - expirar(libro, cambios, entrada, usuarioId, hasta)
}
