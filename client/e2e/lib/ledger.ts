/** The ledger as the dueño of the demo's first negocio reads it over HTTP. */
import * as assert from 'uvu/assert'
import type { PermisosScanYA } from '../../../schema/domain/empleados/permisos.ts'
import { pedir } from './pedir.ts'

const DUENO = { correo: 'dueno@pizzeriaroma.mx', contrasena: 'Roma-2026-demo' }

export interface VentaDelLedger {
  folio: string
  empleadoId: string | null
  /** Pesos. */
  monto: number
  /** Pesos. */
  reembolsado: number
  cliente: string | null
  puntosOtorgados: number
  /** The points are the client's; false while they are held. */
  acreditada: boolean
  retenida: boolean
  estado: string
  effAt: number
}

/** The day of an instant in the sucursal's zone: `2026-11-21`. */
export const diaDe = (instante: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Mexico_City' }).format(instante)

/** Every sale of a day in the sucursal's zone: today, unless another is named. */
export async function leerLedger(origen: string, dia = diaDe(Date.now())): Promise<VentaDelLedger[]> {
  const { token, base } = await comoDueno(origen)
  const respuesta = await pedir<VentaDelLedger[] | { transacciones: VentaDelLedger[] }>(`${base}/transacciones?dia=${dia}`, token)
  return Array.isArray(respuesta) ? respuesta : respuesta.transacciones
}

/** Pesos. */
export interface TurnoDelLedger {
  fondo: number
  esperado: number
  contado: number | null
  ventas: number
  total: number
  anuladas: number
}

/** The shifts of the negocio's tills, newest first. */
export async function leerTurnos(origen: string): Promise<TurnoDelLedger[]> {
  const { token, base } = await comoDueno(origen)
  return pedir(`${base}/turnos`, token)
}

/** The dueño revokes every till of that negocio. */
export async function darDeBajaLaCaja(origen: string): Promise<void> {
  const { token, base } = await comoDueno(origen)
  const equipos = await pedir<{ id: string; tipo: string; bajaAt: unknown }[]>(`${base}/dispositivos`, token)
  const vivas = equipos.filter(({ bajaAt, tipo }) => tipo === 'caja' && !bajaAt)
  for (const { id } of vivas) await pedir(`${base}/dispositivos/${id}/baja`, token, { motivo: 'Se perdió' })
}

/** The dueño deactivates somebody who sells (EMP-19). */
export async function darDeBajaA(origen: string, nick: string): Promise<void> {
  const { token, base } = await comoDueno(origen)
  const empleado = (await pedir<{ id: string; nick: string }[]>(`${base}/empleados`, token)).find((e) => e.nick === nick)
  assert.ok(empleado, `@${nick} works here`)
  await pedir(`${base}/empleados/${empleado.id}/baja`, token, {})
}

/** The dueño gives somebody these permissions (EMP-14). */
export async function darPermisosA(origen: string, nick: string, permisosScanYA: PermisosScanYA): Promise<void> {
  const { token, base } = await comoDueno(origen)
  const empleado = (await pedir<{ id: string; nick: string }[]>(`${base}/empleados`, token)).find((e) => e.nick === nick)
  assert.ok(empleado, `@${nick} works here`)
  await pedir(`${base}/empleados/${empleado.id}`, token, { permisosScanYA }, 'PATCH')
}

/** The dueño hires somebody for Centro. `otros`: ids of whoever works in the negocio, by nick. */
export async function contratar(
  origen: string,
  persona: { nombre: string; nick: string; pin: string; puesto: string; permisosScanYA: PermisosScanYA },
): Promise<{ id: string; otros: Record<string, string> }> {
  const { token, base, negocioId } = await comoDueno(origen)
  const { sucursales } = await pedir<{ sucursales: { id: string; nombre: string }[] }>(
    `${origen}/api/cardya/recompensas/${negocioId}`,
    token,
  )
  const sucursalId = sucursales.find(({ nombre }) => nombre === 'Centro')?.id
  const { id } = await pedir<{ id: string }>(`${base}/empleados`, token, { ...persona, sucursalId })
  const todos = await pedir<{ id: string; nick: string }[]>(`${base}/empleados`, token)
  return { id, otros: Object.fromEntries(todos.map((uno) => [uno.nick, uno.id])) }
}

/** PWA-14. The link behind the installation QR of somebody who works in Centro. */
export async function ligaDeInstalacion(origen: string, empleadoId: string): Promise<{ id: string; url: string }> {
  const { token, base } = await comoDueno(origen)
  const empleado = (await pedir<{ id: string; sucursalId: string }[]>(`${base}/empleados`, token)).find(({ id }) => id === empleadoId)
  const cuerpo = { tipo: 'caja', nombre: 'Caja 1', sucursalId: empleado?.sucursalId, empleadoId }
  return pedir(`${base}/dispositivos/enlaces`, token, cuerpo)
}

/** The dueño reads four digits on the screen of the till, and lets it in. */
export async function aprobarLaCaja(origen: string, enlaceId: string, cotejo: string): Promise<void> {
  const { token, base } = await comoDueno(origen)
  await pedir(`${base}/dispositivos/enlaces/${enlaceId}/aprobar`, token, { cotejo })
}

/** A session of the dueño, and where the negocio's own paths begin. */
async function comoDueno(origen: string): Promise<{ token: string; base: string; negocioId: string }> {
  const { token } = await pedir<{ token: string }>(`${origen}/api/auth/login`, undefined, DUENO)
  const yo = await pedir<{ negocios: { negocioId: string }[] }>(`${origen}/api/auth/yo`, token)
  const negocioId = yo.negocios[0]?.negocioId
  assert.ok(negocioId, 'the dueño has a negocio')
  return { token, negocioId, base: `${origen}/api/negocios/${negocioId}` }
}
