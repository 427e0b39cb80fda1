/** Shifts of a till. They move nothing: what was counted stands as it was said. */
import { cadenaDe, motivar, veredictoDe } from './dictamen.ts'
import type { Cambios, Libro, TurnoDeCaja } from './libro.ts'
import type { Entrada } from './sobre.ts'
import type { Turno } from './tipos.ts'

/** Judge of `turno`. A closing whose opening is nowhere opens it too; the first closing stands (R1). */
export function juzgarTurno(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as Turno
  const previo = libro.turnos.get(datos.turnoId)
  if (datos.accion === 'abrir') {
    if (!previo) poner(libro, cambios, { ...abierto(libro, cambios, entrada, datos.turnoId), fondoCentavos: datos.fondoCentavos })
    return
  }
  if (previo?.cerradoAt != null) return void motivar(veredictoDe(cambios, entrada), 'R1', 'TURNO_CERRADO')
  const { contadoCentavos, resumen, nota } = datos
  const cerradoPor = entrada.sobre.operador?.id ?? null
  const cierre = { contadoCentavos, resumen, nota, cerradoPor, cerradoAt: veredictoDe(cambios, entrada).effAt }
  poner(libro, cambios, { ...(previo ?? abierto(libro, cambios, entrada, datos.turnoId)), ...cierre })
}

function poner(libro: Libro, cambios: Cambios, turno: TurnoDeCaja): void {
  libro.turnos.set(turno.id, turno)
  cambios.turnos.add(turno.id)
}

const abierto = (libro: Libro, cambios: Cambios, entrada: Entrada, id: string): TurnoDeCaja => ({
  ...{ id, dispositivoId: cadenaDe(libro, entrada).dispositivoId, sucursalId: entrada.sobre.sucursalId },
  ...{
    abiertoPor: entrada.sobre.operador?.id ?? null,
    cerradoPor: null,
    fondoCentavos: 0,
    contadoCentavos: null,
    resumen: null,
    nota: null,
  },
  ...{ abiertoAt: veredictoDe(cambios, entrada).effAt, cerradoAt: null },
})
