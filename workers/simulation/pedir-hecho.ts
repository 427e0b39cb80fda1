/** Hechos that a screen asks for. */
import type { HechoGuardado, Operador, ReplicaApi, Respuesta } from '../replica/api.ts'
import { TrabajadorMuerto } from './equipo.ts'
import type { EquipoDeNegocio, Mundo, NegocioDelMundo } from './mundo.ts'

/** Asks a replica for a hecho; what it confirms is written down as promised. Nothing waits for it here. */
export function pedirHecho(
  mundo: Mundo,
  { negocio, e }: { negocio: NegocioDelMundo; e: EquipoDeNegocio },
  tipo: string,
  montoCentavos: number,
  fn: (api: ReplicaApi) => Promise<Respuesta<HechoGuardado>>,
  sinCliente = false,
): void {
  e.equipo.pedir(fn).then(
    (respuesta) => {
      mundo.cuentas.mas(respuesta.ok ? `${tipo} confirmed` : `${tipo} refused: ${respuesta.codigo}`)
      if (!respuesta.ok) return
      const { hechoId } = respuesta.valor
      mundo.confirmados.push({
        hechoId,
        tipo,
        negocioId: negocio.negocioId,
        equipo: e.equipo.nombre,
        montoCentavos,
        sinCliente,
        perdido: false,
      })
    },
    (error) => {
      if (!(error instanceof TrabajadorMuerto)) mundo.anotarError(error)
    },
  )
}

/** A sale somebody confirmed, mostly recent; maybe one the server will never see. */
export function unaVenta(mundo: Mundo, negocio: NegocioDelMundo) {
  const ventas = mundo.confirmados.filter((c) => c.tipo === 'venta' && c.negocioId === negocio.negocioId)
  return ventas.length > 0 ? mundo.azar.elegir(mundo.azar.probable(0.8) ? ventas.slice(-8) : ventas) : undefined
}

export const unOperador = (mundo: Mundo, { empleados, duenoId }: NegocioDelMundo): Operador | null =>
  mundo.azar.pesar<Operador | null>([
    [6, { tipo: 'empleado', id: mundo.azar.elegir(empleados) }],
    [2, { tipo: 'usuario', id: duenoId }],
    [1, null],
  ])
