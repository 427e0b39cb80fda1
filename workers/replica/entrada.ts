/**
 * Entering and leaving a till, and what a contact with the server changes of it.
 *
 *     nick and PIN ─► server (5 s) ─ its answer counts: in, or refused
 *                        └─ no answer ─► what this till sealed at the last login (boveda.ts), while the lease runs
 *
 * After each exchange living leases are renewed in silence (TU4), and who left or has a new PIN loses seal and shift (TU6). The journal is never touched.
 */
import { z } from 'zod'
import type { Codigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { HORA, SEGUNDO } from '../../schema/core/tiempo.ts'
import { DURACION_DE_LICENCIA_MS } from '../../schema/domain/dispositivos/limites.ts'
import { pin as esquemaDePin } from '../../schema/domain/empleados/empleado.ts'
import { permisosScanYA } from '../../schema/domain/empleados/permisos.ts'
import { type RespuestaAlta, respuestaReto } from '../../schema/protocol/dispositivos.ts'
import { type RespuestaLoginEmpleado, respuestaLicencias, respuestaLoginEmpleado } from '../../schema/protocol/turnos.ts'
import type { Actividad } from './actividad.ts'
import type { Almacen } from './almacen.ts'
import type { Alta, FinDeTurno, Persona, Turno } from './api.ts'
import type { Boveda, Bovedas } from './boveda.ts'
import { crearCola } from './cola.ts'
import { FalloDeRed, type Lector, pedir } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Mostrador } from './mostrador.ts'
import { contarPorOperador, empleadosDeConfig, leerPersonas, motivoDelFin, sigueAqui } from './personas.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'
import type { Sesion } from './sesion.ts'
import type { NotaDeTurno, Turnos } from './turno.ts'

/** A dead network keeps nobody waiting longer than this. */
export const ESPERA_DE_LOGIN_MS = 5 * SEGUNDO
/** Of an account at a till the server is asked this often. */
const REVISAR_CUENTA_MS = HORA
/** The account app of the till's refresh cookie. */
const APP = 'caja'
/** The server knows better than the seal. Anything else is no answer. */
const RESPUESTAS: Codigo[] = [
  'CREDENCIALES_PIN',
  'PIN_BLOQUEADO',
  'EMPLEADO_INACTIVO',
  'SIN_PERMISO',
  'DISPOSITIVO_REVOCADO',
  'DATO_INVALIDO',
]
const FUERA: Codigo[] = ['EMPLEADO_INACTIVO', 'SIN_PERMISO']

const NADA: Lector<null> = { parse: () => null }
const respuestaToken = z.object({ token: z.string() })
const respuestaYo = z.object({
  id: z.string(),
  nombre: z.string(),
  apellidos: z.string(),
  negocios: z.array(
    z.object({
      negocioId: z.string(),
      papel: z.enum(['dueno', 'gerente']),
      sucursalId: z.string().nullable(),
      /** Of a gerente; null, and of a server that does not tell: everything (SCAN-05). */
      permisosScanYA: permisosScanYA.nullable().default(null),
    }),
  ),
})
const PUESTOS = { dueno: 'Dueño', gerente: 'Gerente' } as const

export interface Entrada {
  personas(): Promise<Persona[]>
  /** @throws Rechazo as ReplicaApi.entrarEmpleado */
  entrarEmpleado(nick: string, pin: string): Promise<Turno>
  /** @throws FalloDeRed CREDENCIALES, CUENTA_BLOQUEADA, SIN_CONEXION; Rechazo SIN_PERMISO */
  entrarCuenta(correo: string, contrasena: string): Promise<Turno>
  /** PWA-14. The link this device was enrolled with was somebody's: they are inside. */
  empezarPorEnlace(dado: NonNullable<RespuestaAlta['empleado']>): Promise<void>
  /** EMP-15. @throws as cambiarMiPin */
  cambiarPin(pinActual: string, pin: string): Promise<void>
  salir(): Promise<void>
  fin(): Promise<FinDeTurno | null>
  /** The server was reached just now. Never throws: the exchange went well whatever comes of this. */
  alIntercambiar(): Promise<void>
  /** `config` changed. */
  alCambiarConfig(): Promise<void>
  /** This device belongs to nobody any more. */
  olvidar(): Promise<void>
}
interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
  sesion: Sesion
  turnos: Turnos
  bovedas: Bovedas
  actividad: Actividad
  /** In a file of their own. */
  mostrador: () => Promise<Pick<Mostrador, 'cambiarMiPin'>>
}

export function crearEntrada(partes: Partes): Entrada {
  const { puertos, identidad, reloj, sesion, turnos, bovedas, actividad } = partes
  const entradas = crearCola()
  const contactos = crearCola()

  /** @throws Rechazo REPLICA_SIN_ALTA, also on a Studio: nobody is at a till there */
  function exigirCaja(): Alta {
    const alta = identidad.alta()
    if (alta?.tipo !== 'caja') throw new Rechazo('REPLICA_SIN_ALTA')
    return alta
  }
  const nuevaNota = (turno: Omit<Turno, 'desdeAt'>, licencia: NotaDeTurno['licencia']): NotaDeTurno => {
    const ahora = reloj.ahora()
    return { turno: { ...turno, desdeAt: ahora }, licencia, actividadAt: ahora, revisadoAt: ahora }
  }
  async function empezar(nota: NotaDeTurno): Promise<Turno> {
    await turnos.poner(nota)
    return nota.turno
  }
  const deEmpleado = (ficha: RespuestaLoginEmpleado['empleado'], l: { id: string; emitidaAt: number; venceAt: number }, visto: boolean) => {
    const { id, nombre, nick, puesto, permisos } = ficha
    const turno = { operador: { tipo: 'empleado' as const, id }, nombre, nick, puesto, permisos, venceAt: l.venceAt }
    return nuevaNota(turno, { id: l.id, emitidaAt: l.emitidaAt, visto })
  }

  async function preguntarAlServidor({ dispositivoId, negocioId }: Alta, nick: string, pin: string): Promise<RespuestaLoginEmpleado> {
    const hasta = puertos.reloj.mono() + ESPERA_DE_LOGIN_MS
    const quedan = () => Math.max(1, hasta - puertos.reloj.mono())
    const comun = { metodo: 'POST' as const }
    const { reto } = await pedir(puertos, '/api/dispositivos/reto', respuestaReto, {
      ...comun,
      cuerpo: { dispositivoId },
      esperaMs: quedan(),
    })
    const firma = await identidad.firmar('CYA1|pin', `${dispositivoId}|${reto}|${nick}`)
    const antes = reloj.leer()
    const cuerpo = { negocioId, nick, pin, dispositivoId, reto, firma }
    const dada = await pedir(puertos, '/api/scanya/login-empleado', respuestaLoginEmpleado, { ...comun, cuerpo, esperaMs: quedan() })
    reloj.aprender(dada.hora, antes)
    return dada
  }
  async function porElServidor(alta: Alta, nick: string, pin: string): Promise<{ turno: Turno } | { fallo: FalloDeRed }> {
    try {
      const dada = await preguntarAlServidor(alta, nick, pin)
      const visto = (await empleadosDeConfig(partes.almacen())).has(dada.empleado.id)
      await bovedas.guardar(dada, pin, visto)
      return { turno: await empezar(deEmpleado(dada.empleado, dada.licencia, visto)) }
    } catch (error) {
      if (!(error instanceof FalloDeRed)) throw error
      if (FUERA.includes(error.codigo)) await echar(nick)
      if (RESPUESTAS.includes(error.codigo)) throw error
      return { fallo: error }
    }
  }
  /** The server said that whoever has this nick has nothing to do here. */
  async function echar(nick: string): Promise<void> {
    await bovedas.cambiar((boveda) => (boveda.nick === nick ? null : boveda))
    if ((await turnos.leer())?.turno.nick === nick) await turnos.quitar('baja')
  }
  async function porLaBoveda(nick: string, pin: string, fallo: FalloDeRed): Promise<Turno> {
    const suya = (await bovedas.leer()).find((boveda) => boveda.nick === nick)
    try {
      const { ficha, licenciaId, emitidaAt, venceAt, visto } = await bovedas.abrir(nick, pin)
      const turno = await empezar(deEmpleado(ficha, { id: licenciaId, emitidaAt, venceAt }, visto))
      await actividad.anotar({ empleadoId: ficha.id, tipo: 'login', resultado: 'ok' })
      return turno
    } catch (error) {
      // EMP-17: a PIN that this till refused by itself.
      if (suya && error instanceof Rechazo) await actividad.anotar({ empleadoId: suya.empleadoId, tipo: 'login', resultado: error.codigo })
      const sinBoveda = error instanceof Rechazo && error.codigo === 'PIN_NECESITA_RED'
      throw sinBoveda && fallo.codigo !== 'SIN_CONEXION' ? fallo : error
    }
  }

  async function leerCuenta(
    token: string,
    { negocioId, sucursalId }: Alta,
  ): Promise<{ yo: z.infer<typeof respuestaYo>; papel: 'dueno' | 'gerente' | null; permisos: Turno['permisos'] }> {
    const yo = await pedir(puertos, '/api/auth/yo', respuestaYo, { token })
    const suyo = yo.negocios.find((n) => n.negocioId === negocioId && (n.papel === 'dueno' || n.sucursalId === sucursalId))
    return { yo, papel: suyo?.papel ?? null, permisos: suyo?.papel === 'gerente' ? suyo.permisosScanYA : null }
  }
  /** Best effort: the till is free at once, whatever becomes of the cookie. */
  function cerrarCuenta(token?: string): void {
    void pedir(puertos, '/api/auth/logout', NADA, { metodo: 'POST', cuerpo: { app: APP }, ...(token ? { token } : {}) }).catch(() => {})
  }

  async function renovarLicencias(): Promise<void> {
    const nota = await turnos.leer()
    const ids = new Set((await bovedas.leer()).map((b) => b.licenciaId))
    if (nota?.licencia) ids.add(nota.licencia.id)
    if (ids.size === 0) return
    const peticion = { metodo: 'POST' as const, cuerpo: { ids: [...ids] } }
    const { licencias } = await sesion.con((token) => pedir(puertos, '/api/scanya/licencias', respuestaLicencias, { ...peticion, token }))
    const porId = new Map(licencias.map((l) => [l.id, l]))
    await bovedas.cambiar((boveda) => {
      const l = porId.get(boveda.licenciaId)
      if (!l || (l.estado !== 'terminada' && l.venceAt === boveda.venceAt)) return boveda
      return l.estado === 'terminada' ? null : { ...boveda, venceAt: l.venceAt }
    })
    const suya = nota?.licencia && porId.get(nota.licencia.id)
    if (nota && suya) await aplicarAlTurno(nota, suya.estado === 'terminada' ? null : suya.venceAt)
  }
  async function aplicarAlTurno(nota: NotaDeTurno, venceAt: number | null): Promise<void> {
    if (venceAt === null) return quitarEste(nota, await porQueTermino(nota))
    if (venceAt !== nota.turno.venceAt) await turnos.cambiar(nota, { turno: { ...nota.turno, venceAt }, revisadoAt: reloj.ahora() })
  }
  /** Somebody else may have entered meanwhile, or the same person have got a new PIN and lease (EMP-15). */
  async function quitarEste({ turno, licencia }: NotaDeTurno, motivo: FinDeTurno['motivo']): Promise<void> {
    const ahora = await turnos.leer()
    const elMismo = ahora?.turno.operador.id === turno.operador.id && ahora.turno.desdeAt === turno.desdeAt
    if (elMismo && ahora.licencia?.id === licencia?.id) await turnos.quitar(motivo)
  }
  /** The server only says that the lease is over; what was pulled with it says why. */
  async function porQueTermino({ turno, licencia }: NotaDeTurno): Promise<FinDeTurno['motivo']> {
    const doc = (await empleadosDeConfig(partes.almacen())).get(turno.operador.id)
    return motivoDelFin(doc, identidad.alta()?.sucursalId ?? null, licencia?.emitidaAt ?? 0)
  }

  /** Whether the account at the till still is somebody here. Without its cookie the server cannot say; a shift ends by itself then. */
  async function revisarCuenta(): Promise<void> {
    const nota = await turnos.leer()
    const alta = identidad.alta()
    if (!alta || nota?.turno.operador.tipo !== 'usuario' || reloj.ahora() - nota.revisadoAt < REVISAR_CUENTA_MS) return
    try {
      const { token } = await pedir(puertos, '/api/auth/refresh', respuestaToken, { metodo: 'POST', cuerpo: { app: APP } })
      const { papel, permisos } = await leerCuenta(token, alta)
      if (papel === null) return await quitarEste(nota, 'baja')
      const ahora = reloj.ahora()
      await turnos.cambiar(nota, { turno: { ...nota.turno, permisos, venceAt: ahora + DURACION_DE_LICENCIA_MS }, revisadoAt: ahora })
    } catch (error) {
      if (error instanceof FalloDeRed && error.codigo === 'SESION_VENCIDA') await quitarEste(nota, 'sesion')
    }
  }

  async function revisarConfig(): Promise<void> {
    const alta = identidad.alta()
    if (!alta) return
    const empleados = await empleadosDeConfig(partes.almacen())
    await bovedas.cambiar((boveda) => {
      const doc = empleados.get(boveda.empleadoId)
      if (!sigueAqui(doc, alta.sucursalId, boveda)) return null
      return doc ? conFicha(boveda, doc) : boveda
    })
    const nota = await turnos.leer()
    if (!nota?.licencia) return
    const doc = empleados.get(nota.turno.operador.id)
    if (!sigueAqui(doc, alta.sucursalId, nota.licencia))
      return quitarEste(nota, motivoDelFin(doc, alta.sucursalId, nota.licencia.emitidaAt))
    if (doc) await ponerAlDia(nota, doc)
  }
  /** Permissions, name and puesto as they are now (SCAN-60). */
  async function ponerAlDia(nota: NotaDeTurno, { nombre, nick, puesto, permisosScanYA: permisos }: EmpleadoVigente): Promise<void> {
    const turno = { ...nota.turno, nombre, nick, puesto, permisos }
    if (nota.licencia?.visto && JSON.stringify(turno) === JSON.stringify(nota.turno)) return
    await turnos.cambiar(nota, { turno, ...(nota.licencia ? { licencia: { ...nota.licencia, visto: true } } : {}) })
  }

  const sinFallar = (haciendo: string, trabajo: () => Promise<void>) =>
    trabajo().catch((error: unknown) => {
      if (!(error instanceof FalloDeRed) && !(error instanceof Rechazo)) puertos.anotarFallo?.(haciendo, error)
    })

  return {
    async personas() {
      const alta = identidad.alta()
      if (alta?.tipo !== 'caja') return []
      return leerPersonas(partes.almacen(), alta.sucursalId, await bovedas.leer(), reloj.ahora())
    },
    async entrarEmpleado(nickEscrito, pin) {
      const alta = exigirCaja()
      const nick = nickEscrito.trim().replace(/^@/, '').toLowerCase()
      if (!esquemaDePin.safeParse(pin).success) throw new Rechazo('DATO_INVALIDO', 'pin')
      if (nick === '') throw new Rechazo('DATO_INVALIDO', 'nick')
      return entradas(async () => {
        const dada = await porElServidor(alta, nick, pin)
        return 'turno' in dada ? dada.turno : porLaBoveda(nick, pin, dada.fallo)
      })
    },
    async entrarCuenta(correo, contrasena) {
      const alta = exigirCaja()
      const cuerpo = { correo, contrasena, app: APP }
      const { token } = await pedir(puertos, '/api/auth/login', respuestaToken, { metodo: 'POST', cuerpo })
      const { yo, papel, permisos } = await leerCuenta(token, alta)
      if (!papel) {
        cerrarCuenta(token)
        throw new Rechazo('SIN_PERMISO')
      }
      const nombre = `${yo.nombre} ${yo.apellidos}`.trim()
      const venceAt = reloj.ahora() + DURACION_DE_LICENCIA_MS
      const turno = {
        operador: { tipo: 'usuario' as const, id: yo.id },
        nombre,
        nick: null,
        puesto: PUESTOS[papel],
        permisos,
        venceAt,
      }
      return empezar(nuevaNota(turno, null))
    },
    async empezarPorEnlace({ ficha, licencia }) {
      await empezar(deEmpleado(ficha, licencia, false))
    },
    cambiarPin(pinActual, pin) {
      const alta = exigirCaja()
      const entrar = (nick: string, conPin: string) => preguntarAlServidor(alta, nick, conPin)
      // What the server says of the change to everybody must not end this shift before this till knows its new lease.
      return entradas(() =>
        contactos(async () => (await partes.mostrador()).cambiarMiPin({ puertos, turnos, bovedas, entrar }, pinActual, pin)),
      )
    },
    async salir() {
      const nota = await turnos.leer()
      await turnos.quitar()
      if (nota?.turno.operador.tipo === 'usuario') cerrarCuenta()
    },
    async fin() {
      const fin = await turnos.fin()
      if (!fin) return null
      const { operadorId, ...dicho } = fin
      return { ...dicho, porEnviar: (await contarPorOperador(partes.almacen())).get(operadorId) ?? 0 }
    },
    alIntercambiar: () =>
      contactos(() =>
        sinFallar('renewing leases', renovarLicencias)
          .then(() => sinFallar('asking for the account', revisarCuenta))
          .then(() => sinFallar('telling what was tried', actividad.contar)),
      ),
    alCambiarConfig: () => contactos(() => sinFallar('reading who works here', revisarConfig)),
    async olvidar() {
      await turnos.quitar()
      await bovedas.destruir()
      await actividad.olvidar()
    },
  }
}

type EmpleadoVigente = Pick<Boveda['ficha'], 'nombre' | 'nick' | 'puesto'> & { permisosScanYA: Boveda['ficha']['permisos'] }

/** The next login without network is under the name and the permissions of now (EMP-14); the seal itself names neither. */
function conFicha(boveda: Boveda, { nombre, nick, puesto, permisosScanYA: permisos }: EmpleadoVigente): Boveda {
  const ficha = { ...boveda.ficha, nombre, nick, puesto, permisos }
  const igual = boveda.visto && boveda.nick === nick && JSON.stringify(ficha) === JSON.stringify(boveda.ficha)
  return igual ? boveda : { ...boveda, nick, ficha, visto: true }
}
