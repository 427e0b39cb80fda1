/** The part of the scripted server that knows who works at the till. It checks no signature: the real server does in its own tests. */
import { HORA } from '../../../schema/core/tiempo.ts'
import type { PermisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
import type { ActividadDeCaja } from '../../../schema/protocol/turnos.ts'

export interface PersonaDeGuion {
  id: string
  nombre: string
  pin: string
  puesto: string
  permisos: PermisosScanYA
}
export interface CuentaDeGuion {
  id: string
  nombre: string
  apellidos: string
  negocios: { negocioId: string; papel: 'dueno' | 'gerente'; sucursalId: string | null; permisosScanYA?: PermisosScanYA | null }[]
}
export interface TurnosDeGuion {
  /** By nick. */
  personas: Map<string, PersonaDeGuion>
  /** Every employeeKey handed out, base64. */
  llavesDadas: string[]
  /** empleadoIds whose leases are over. */
  terminadas: Set<string>
  /** Who /api/auth/login and /refresh let in. */
  cuenta: CuentaDeGuion | null
  /** Whose the link is that enrols; null: nobody's. */
  deEnlace: string | null
  /** What the till told of a time without network. */
  actividad: ActividadDeCaja[]
}

type Respuesta = { status: number; data?: unknown; code?: string } | null

interface TurnosQueAtienden {
  turnos: TurnosDeGuion
  atender(ruta: string, cuerpo: unknown): Respuesta
  /** Of the enrolment's answer. */
  porEnlace(): object | null
}

export function crearTurnosDeGuion(hora: () => number): TurnosQueAtienden {
  const turnos: TurnosDeGuion = { personas: new Map(), llavesDadas: [], terminadas: new Set(), cuenta: null, deEnlace: null, actividad: [] }
  const licencias = new Map<string, { empleadoId: string; venceAt: number }>()
  let n = 0

  let ultimoNick = ''

  /** Of whoever logged in last: the token says nothing here. */
  function miPin({ pinActual, pin }: { pinActual: string; pin: string }): Respuesta {
    const persona = turnos.personas.get(ultimoNick)
    if (persona?.pin !== pinActual) return { status: 401, code: 'CREDENCIALES_PIN' }
    persona.pin = pin
    licencias.clear()
    return login({ nick: ultimoNick, pin })
  }
  function login({ nick, pin }: { nick: string; pin: string }): Respuesta {
    const persona = turnos.personas.get(nick)
    if (persona?.pin !== pin) return { status: 401, code: 'CREDENCIALES_PIN' }
    ultimoNick = nick
    const id = `01900000-0000-7000-8000-00000001${String(++n).padStart(4, '0')}`
    const licencia = { id, emitidaAt: hora(), venceAt: hora() + 72 * HORA }
    licencias.set(id, { empleadoId: persona.id, venceAt: licencia.venceAt })
    const llave = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(32))).toString('base64')
    turnos.llavesDadas.push(llave)
    const { pin: _pin, ...ficha } = persona
    return { status: 200, data: { token: 'turno', venceAt: hora() + 600_000, empleado: { ...ficha, nick }, licencia, llave, hora: hora() } }
  }
  function renovar({ ids }: { ids: string[] }): Respuesta {
    const estados = ids.map((id) => {
      const licencia = licencias.get(id)
      if (!licencia || turnos.terminadas.has(licencia.empleadoId)) return { id, estado: 'terminada', venceAt: 0 }
      if (licencia.venceAt > hora()) licencia.venceAt = hora() + 72 * HORA
      return { id, estado: licencia.venceAt > hora() ? 'viva' : 'vencida', venceAt: licencia.venceAt }
    })
    return { status: 200, data: { licencias: estados } }
  }

  return {
    turnos,
    porEnlace() {
      const persona = turnos.deEnlace === null ? undefined : turnos.personas.get(turnos.deEnlace)
      const dada = persona && login({ nick: turnos.deEnlace!, pin: persona.pin })?.data
      return dada ? { ficha: (dada as { empleado: object }).empleado, licencia: (dada as { licencia: object }).licencia } : null
    },
    atender(ruta, cuerpo) {
      if (ruta === '/api/scanya/login-empleado') return login(cuerpo as { nick: string; pin: string })
      if (ruta === '/api/scanya/mi-pin') return miPin(cuerpo as { pinActual: string; pin: string })
      if (ruta === '/api/scanya/actividad') {
        const { actividad } = cuerpo as { actividad: ActividadDeCaja[] }
        turnos.actividad.push(...actividad)
        return { status: 200, data: { recibidas: actividad.length } }
      }
      if (ruta === '/api/scanya/licencias') return renovar(cuerpo as { ids: string[] })
      if (ruta === '/api/auth/logout') return { status: 200, data: null }
      if (!turnos.cuenta) return null
      if (ruta === '/api/auth/login' || ruta === '/api/auth/refresh')
        return { status: 200, data: { token: 'cuenta', venceAt: hora() + 600_000, usuarioId: turnos.cuenta.id, hora: hora() } }
      return ruta === '/api/auth/yo' ? { status: 200, data: turnos.cuenta } : null
    },
  }
}
