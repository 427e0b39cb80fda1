/** EMP-15. The own PIN, changed at the till by who is at it. The server does it; the seal of this till is made anew with what it answers. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import { pin as esquemaDePin } from '../../schema/domain/empleados/empleado.ts'
import { esPinTrivial } from '../../schema/domain/empleados/pin.ts'
import { type RespuestaLoginEmpleado, respuestaLoginEmpleado } from '../../schema/protocol/turnos.ts'
import type { Bovedas } from './boveda.ts'
import { FalloDeRed, pedir } from './http.ts'
import type { Puertos } from './puertos.ts'
import type { Turnos } from './turno.ts'

interface Partes {
  puertos: Puertos
  turnos: Turnos
  bovedas: Bovedas
  /** A login of this person, signed by the till: a session to ask with. @throws FalloDeRed */
  entrar: (nick: string, pin: string) => Promise<RespuestaLoginEmpleado>
}

/**
 * The shift goes on under the new lease. `pinActual` wrong counts as an attempt to enter.
 * @throws Rechazo SIN_PERMISO (nobody with a PIN is here), DATO_INVALIDO, PIN_TRIVIAL, PIN_IGUAL; FalloDeRed SIN_CONEXION, CREDENCIALES_PIN, PIN_BLOQUEADO
 */
export async function cambiarMiPin({ puertos, turnos, bovedas, entrar }: Partes, pinActual: string, pin: string): Promise<void> {
  for (const [campo, valor] of Object.entries({ pinActual, pin }))
    if (!esquemaDePin.safeParse(valor).success) throw new Rechazo('DATO_INVALIDO', campo)
  if (esPinTrivial(pin)) throw new Rechazo('PIN_TRIVIAL', 'pin')
  if (pin === pinActual) throw new Rechazo('PIN_IGUAL', 'pin')
  const nota = await turnos.leer()
  const nick = nota?.turno.operador.tipo === 'empleado' ? nota.turno.nick : null
  if (!nota || nick === null) throw new Rechazo('SIN_PERMISO')
  const { token } = await conSuCampo(() => entrar(nick, pinActual))
  const peticion = { metodo: 'POST' as const, token, cuerpo: { pinActual, pin } }
  const dada = await conSuCampo(() => pedir(puertos, '/api/scanya/mi-pin', respuestaLoginEmpleado, peticion))
  const visto = nota.licencia?.visto ?? false
  await bovedas.guardar(dada, pin, visto)
  const { id, emitidaAt, venceAt } = dada.licencia
  await turnos.poner({ ...nota, turno: { ...nota.turno, venceAt }, licencia: { id, emitidaAt, visto } })
}

/** The login does not know of which field it is told. */
async function conSuCampo<T>(pregunta: () => Promise<T>): Promise<T> {
  try {
    return await pregunta()
  } catch (error) {
    if (!(error instanceof FalloDeRed) || error.codigo !== 'CREDENCIALES_PIN') throw error
    throw new FalloDeRed(error.codigo, error.status, 'pinActual', error.esperaMs)
  }
}
