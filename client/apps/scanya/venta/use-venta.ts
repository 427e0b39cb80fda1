import { useCallback } from 'react'
import { type Cuenta, cuentaDe } from '../../../domain/cupones/cuenta.ts'
import { desgloseDe } from '../../../domain/puntos/desglose.ts'
import { reglasVigentes } from '../../../domain/puntos/reglas-vigentes.ts'
import { useTurno, useVivo } from '../../../replica/contexto.ts'
import { useReloj } from '../../../replica/use-reloj.ts'
import { type ClienteVisto, verCliente } from './cliente-visto.ts'
import { type Validez, validezDe } from './validez.ts'
import { cambiarVenta, useVentaEnCurso, type VentaEnCurso } from './venta-en-curso.ts'

export interface VentaViva {
  venta: VentaEnCurso
  cambiar: (cambios: Partial<Omit<VentaEnCurso, 'id' | 'operadorId'>>) => void
  cliente: ClienteVisto | null
  /** What it adds up to, what the cupón takes off, what is left to pay. */
  cuenta: Cuenta
  /** Null without a client. */
  validez: Validez | null
  /** Estimate by the rules this device holds; null without a scanned card, or before the first pull. */
  desglose: ReturnType<typeof desgloseDe> | null
  /** Device clock, ms, moving by the second. */
  ahora: number
}

/** The open sale of whoever is at the till, with what the screens say of it. */
export function useVenta(): VentaViva {
  const operadorId = useTurno()?.operador.id ?? ''
  const venta = useVentaEnCurso(operadorId)
  const { config, estado } = useVivo()
  const ahora = useReloj(1_000)
  const cambiar = useCallback((cambios: Partial<VentaEnCurso>) => cambiarVenta(operadorId, cambios), [operadorId])
  const { cliente } = venta
  const cuenta = cuentaDe(venta.montoCentavos, venta.cupon?.aplicado ? venta.cupon : null)
  const reglas = reglasVigentes(config, ahora + (estado?.offsetMs ?? 0))
  const desglose = reglas && cliente?.como === 'leido' ? desgloseDe(reglas, cuenta.porCobrarCentavos, cliente.tarjeta.nivel) : null
  return { venta, cambiar, cuenta, cliente: cliente && verCliente(cliente), validez: cliente && validezDe(cliente, ahora), desglose, ahora }
}
