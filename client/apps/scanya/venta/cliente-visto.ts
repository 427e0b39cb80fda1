/** The client of a sale in words and numbers, whether scanned or typed. Pure. */
import type { Nivel } from '../../../../schema/domain/configuracion/configuracion.ts'
import { nombreCorto, type SaldoVisto, verSaldo } from '../../../domain/clientes/cliente-en-palabras.ts'
import { t } from '../../../domain/clientes/textos.ts'
import type { ClienteDeVenta } from './venta-en-curso.ts'

export interface ClienteVisto {
  nombre: string
  /** Who the points are for: `Juan`, `el cliente`. */
  corto: string
  /** Null while nobody knows: a typed card. */
  nivel: Nivel | null
  multiplicadorPct: number | null
  /** As this negocio knows the client; null: never seen here, or typed. */
  aqui: { puntos: SaldoVisto; visitas: number; ultimaVisitaAt: number } | null
  /** Points sold here and in no balance yet; 0 for none. */
  porConfirmar: number
  datosAt: number | null
  /** Last four of a typed number. */
  terminacion: string | null
}

export function verCliente(cliente: ClienteDeVenta): ClienteVisto {
  if (cliente.como === 'escrito') {
    const nadie = { nivel: null, multiplicadorPct: null, aqui: null, porConfirmar: 0, datosAt: null }
    return { nombre: t.clientePorConfirmar, corto: t.elCliente, ...nadie, terminacion: cliente.tarjeta.numero.slice(-4) }
  }
  const { nivel, multiplicadorPct, cliente: doc, datosAt, porConfirmar } = cliente.tarjeta
  return {
    nombre: doc?.alias ?? t.clienteNuevo,
    corto: nombreCorto(doc?.alias ?? null),
    nivel,
    multiplicadorPct,
    aqui: doc && {
      puntos: verSaldo(doc.puntosDisponibles, porConfirmar),
      visitas: doc.visitas,
      ultimaVisitaAt: doc.ultimaVisitaAt,
    },
    porConfirmar,
    datosAt,
    terminacion: null,
  }
}
