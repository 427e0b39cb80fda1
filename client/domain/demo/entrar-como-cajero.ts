/** One-tap entry of the till (design 01): the same enrolment and the same login a cashier does by hand, with what the demo world tells. */
import type { ReplicaApi, Respuesta, Turno } from '../../../workers/replica/api.ts'
import { describirEquipo } from '../../lib/equipo.ts'
import { leerDemo, type MundoDemo, NEGOCIO_DEMO, pedirEnlace } from './api-demo.ts'

type Empleado = MundoDemo['negocios'][number]['empleados'][number]

/**
 * Enrols this device when it has no alta yet and enters with the PIN of that empleado. `como`: nick without @. With the network switched off it
 * enters by the PIN kept on the device, as anybody would. The code says what stopped it: NO_ENCONTRADO (no demo, or nobody of that nick),
 * SIN_CONEXION, and those of darDeAlta and entrarEmpleado; `textoDe` puts it in words.
 */
export async function entrarComoCajero(replica: ReplicaApi, como: string): Promise<Respuesta<Turno>> {
  const demo = await leerDemo()
  if (!demo.ok) return demo
  const empleado = empleadoDe(demo.valor, como)
  if (!empleado || !replica.entrarEmpleado) return { ok: false, codigo: 'NO_ENCONTRADO' }
  const alta = await asegurarAlta(replica, empleado.sucursal)
  return alta.ok ? replica.entrarEmpleado(empleado.nick, empleado.pin) : alta
}

const empleadoDe = (demo: MundoDemo, como: string): Empleado | undefined =>
  demo.negocios.find((n) => n.codigoCaja === NEGOCIO_DEMO)?.empleados.find((e) => e.nick === como.replace(/^@/, '').toLowerCase())

/** A till that belongs to somebody keeps its alta: the PIN then is the one of its own negocio, or it does not open. */
async function asegurarAlta(replica: ReplicaApi, sucursal: string): Promise<Respuesta<null>> {
  const abierta = await replica.abrir()
  if (!abierta.ok) return abierta
  if (abierta.valor.alta) return { ok: true, valor: null }
  const enlace = await pedirEnlace(sucursal)
  if (!enlace.ok) return enlace
  const alta = await replica.darDeAlta(enlace.valor.token, describirEquipo(navigator.userAgent))
  if (!alta.ok) return alta
  // The people of this till come with the first exchange; the login does not wait for a timer.
  await replica.sincronizarAhora()
  return { ok: true, valor: null }
}
