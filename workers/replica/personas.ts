/** Who may enter at this till: the empleados of its sucursal as `config` has them, with what the till knows of each. */
import { z } from 'zod'
import { trabajaEn } from '../../schema/domain/empleados/empleado.ts'
import { permisosScanYA } from '../../schema/domain/empleados/permisos.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import type { Almacen } from './almacen.ts'
import type { FinDeTurno, Persona } from './api.ts'
import type { Boveda } from './boveda.ts'
import { renglonDe } from './renglon.ts'

const documento = z.object({
  empleadoId: z.string(),
  nombre: z.string(),
  nick: z.string(),
  puesto: z.string(),
  activo: z.boolean(),
  permisosScanYA,
  sucursalId: z.string().nullable(),
  todasLasSucursales: z.boolean(),
  accesoAt: z.number().default(0),
})
export type EmpleadoDeConfig = z.infer<typeof documento>

/** The documents of empleados this device holds, those who left included, by id. */
export async function empleadosDeConfig(almacen: Almacen): Promise<Map<string, EmpleadoDeConfig>> {
  const filas = await almacen.buscar('config', { id: { $gte: 'empleado:', $lt: 'empleado;' } }, ['id'])
  const leidos = filas.map((fila) => documento.safeParse(fila)).flatMap(({ data }) => (data ? [data] : []))
  return new Map(leidos.map((e) => [e.empleadoId, e]))
}

/** TU6. Whether somebody who entered at `emitidaAt` (server ms) may still be here, by what this device holds. `visto`: its document was here once. */
export function sigueAqui(
  e: EmpleadoDeConfig | undefined,
  sucursalId: string | null,
  { emitidaAt, visto }: { emitidaAt: number; visto: boolean },
): boolean {
  if (!e) return !visto
  return e.activo && e.accesoAt <= emitidaAt && (sucursalId === null || trabajaEn(e, sucursalId))
}

/** Why somebody who entered at `emitidaAt` may not be here any more. */
export function motivoDelFin(e: EmpleadoDeConfig | undefined, sucursalId: string | null, emitidaAt: number): FinDeTurno['motivo'] {
  if (!e?.activo || (sucursalId !== null && !trabajaEn(e, sucursalId))) return 'baja'
  return e.accesoAt > emitidaAt ? 'pin_nuevo' : 'sesion'
}

/** Who entered here before comes first, then by name. `ahora`: corrected ms. */
export async function leerPersonas(almacen: Almacen, sucursalId: string | null, bovedas: Boveda[], ahora: number): Promise<Persona[]> {
  const porEnviar = await contarPorOperador(almacen)
  const deAqui = [...(await empleadosDeConfig(almacen)).values()].filter(
    (e) => e.activo && (sucursalId === null || trabajaEn(e, sucursalId)),
  )
  const personas = deAqui.map((e): Persona => {
    const boveda = bovedas.find((b) => b.empleadoId === e.empleadoId)
    const bloqueadaHasta = boveda?.bloqueadaHasta ?? 0
    return {
      empleadoId: e.empleadoId,
      nick: e.nick,
      nombre: e.nombre,
      puesto: e.puesto,
      permisos: e.permisosScanYA,
      entraSinRed: boveda !== undefined && boveda.venceAt >= ahora,
      venceAt: boveda?.venceAt ?? null,
      porEnviar: porEnviar.get(e.empleadoId) ?? 0,
      bloqueadaHasta: bloqueadaHasta > ahora ? bloqueadaHasta : null,
    }
  })
  const conBoveda = (p: Persona) => (p.venceAt === null ? 1 : 0)
  return personas.sort((a, b) => conBoveda(a) - conBoveda(b) || a.nombre.localeCompare(b.nombre, 'es') || a.nick.localeCompare(b.nick))
}

/** Hechos still on this device only, by who made them. */
export async function contarPorOperador(almacen: Almacen): Promise<Map<string, number>> {
  const cuenta = new Map<string, number>()
  for (const fila of await almacen.buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'])) {
    const id = operadorDe(renglonDe(fila).cuerpo)
    if (id) cuenta.set(id, (cuenta.get(id) ?? 0) + 1)
  }
  return cuenta
}

/** Null also for a text that was torn. */
function operadorDe(cuerpo: string): string | null {
  try {
    return (JSON.parse(cuerpo) as Sobre).operador?.id ?? null
  } catch {
    return null
  }
}
