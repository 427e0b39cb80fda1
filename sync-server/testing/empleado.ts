import { firmarTexto } from '../../schema/core/firma.ts'
import type { RespuestaLoginEmpleado } from '../../schema/protocol/turnos.ts'
import { type CajaDePrueba, pedir, type ServidorDePrueba } from './servidor.ts'

type Equipo = Pick<CajaDePrueba, 'dispositivoId' | 'par'>

/** The body of a login, signed by the till over a fresh challenge. */
export async function pedidoDeLogin(servidor: ServidorDePrueba, equipo: Equipo, nick: string, pin: string) {
  const { dispositivoId, par } = equipo
  const { reto } = (await pedir<{ reto: string }>(servidor, '/api/dispositivos/reto', { cuerpo: { dispositivoId } })).cuerpo.data
  const firma = await firmarTexto(par.privateKey, 'CYA1|pin', `${dispositivoId}|${reto}|${nick}`)
  return { nick, pin, dispositivoId, reto, firma }
}

/** Logs an empleado in at a till by HTTP; gives status and body, refused or not. */
export async function loginEmpleado(servidor: ServidorDePrueba, equipo: Equipo, nick: string, pin: string) {
  const cuerpo = await pedidoDeLogin(servidor, equipo, nick, pin)
  return pedir<RespuestaLoginEmpleado>(servidor, '/api/scanya/login-empleado', { cuerpo })
}
