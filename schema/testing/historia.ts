/** A random day of a negocio: two tills, a server chain, three shoppers, every kind of hecho, in any order of arrival. */
import { DIA, HORA, MINUTO } from '../core/tiempo.ts'
import { NIVELES } from '../domain/configuracion/configuracion.ts'
import type { Entrada } from '../domain/hechos/sobre.ts'
import { type Azar, azar } from './azar.ts'
import {
  AHORA,
  CADENA,
  CADENA_SERVIDOR,
  CAJA,
  CAJERO,
  DUENO,
  darCaja,
  LICENCIA,
  Mesa,
  SUCURSAL,
  unaConfiguracion,
  unaVenta,
  unId,
  unQr,
} from './constructores.ts'

export const CADENA_2 = unId(71)

/** Runs `largo` entries of the story of a seed; gives the table and every entry in acceptance order. */
export function contarHistoria(seed: number, largo: number): { mesa: Mesa; entradas: Entrada[] } {
  const suerte = azar(seed)
  const mesa = new Mesa()
  poblar(mesa, suerte)
  const entradas: Entrada[] = []
  const ventas = Array.from({ length: 8 }, (_, i) => unId(500 + i)) // few ids, so that hechos meet, and some never arrive
  let recibidoAt = AHORA
  for (let n = 0; n < largo; n++) {
    recibidoAt += suerte.elegir([0, 0, MINUTO, HORA, suerte.entero(0, DIA)])
    const entrada = suerte() < 0.06 && entradas.length > 0 ? suerte.elegir(entradas) : unHecho(mesa, suerte, ventas, recibidoAt)
    entradas.push(entrada)
    mesa.repetir(entrada)
  }
  return { mesa, entradas }
}

function poblar(mesa: Mesa, suerte: Azar): void {
  const { libro } = mesa
  darCaja(libro, CADENA_2, unId(51), unId(61), 'studio')
  libro.configuraciones.push(unaConfiguracion({ version: 2, valorPuntoCentavos: suerte.entero(100, 5_000), vigenteAt: AHORA + HORA }))
  libro.configuraciones.push(unaConfiguracion({ version: 3, participa: suerte() < 0.7, vigenteAt: AHORA + 5 * DIA }))
  if (suerte() < 0.3) libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA + suerte.entero(-HORA, DIA) })
  if (suerte() < 0.2)
    libro.dispositivos.set(CAJA, { id: CAJA, tipo: 'caja', sucursalId: SUCURSAL, usuarioId: null, bajaAt: AHORA + suerte.entero(0, DIA) })
  const licencia = libro.licencias.get(LICENCIA)
  if (licencia) licencia.maxVentas = suerte.elegir([3, 1_500])
}

function unHecho(mesa: Mesa, suerte: Azar, ventas: string[], recibidoAt: number): Entrada {
  const cadenaId = suerte.elegir([CADENA, CADENA, CADENA_2, CADENA_SERVIDOR])
  const wall = recibidoAt + suerte.elegir([0, 0, -MINUTO, -suerte.entero(0, 3 * DIA), suerte.entero(0, DIA)])
  const transaccionId = suerte.elegir(ventas)
  const regla = suerte.elegir(['R2', 'R10', 'R11', 'R15', 'R16'])
  const montoCentavos = suerte.elegir([1, 777, suerte.entero(1, 60_000), suerte.entero(1, 60_000), 9_000_000])
  const dueno = { operador: { tipo: 'usuario' as const, id: DUENO } }
  const espera = suerte.elegir([
    { cadenaId: CADENA, seq: suerte.entero(1, 60) },
    { cadenaId: CADENA_2, seq: suerte.entero(1, 60) },
  ])
  const tipo = suerte.elegir([
    'venta',
    'venta',
    'venta',
    'reembolso',
    'reembolso',
    'anulacion',
    'ajuste_puntos',
    'retencion.vencida',
    'espera.vencida',
  ])
  const opciones = { cadenaId, wall, recibidoAt }
  switch (tipo) {
    case 'venta':
      return mesa.entrada('venta', ventaAlAzar(mesa, suerte, montoCentavos, wall), { ...opciones, id: transaccionId })
    case 'reembolso':
      return mesa.entrada(tipo, { folio: 'C1-000099', transaccionId, montoCentavos, motivo: 'x' }, opciones)
    case 'anulacion':
      return mesa.entrada(tipo, { transaccionId, motivo: 'x' }, opciones)
    case 'ajuste_puntos':
      return mesa.entrada(
        tipo,
        { transaccionId, regla, decision: suerte.elegir(['aprobar', 'aprobar', 'rechazar']), motivo: '' },
        { ...opciones, sobre: dueno },
      )
    case 'retencion.vencida':
      return mesa.entrada(tipo, { transaccionId, regla }, { ...opciones, cadenaId: CADENA_SERVIDOR })
    default:
      return mesa.entrada(tipo, espera, { ...opciones, cadenaId: CADENA_SERVIDOR })
  }
}

function ventaAlAzar(mesa: Mesa, suerte: Azar, montoCentavos: number, wall: number) {
  mesa.libro.evidencias.set('malo', { valida: false })
  const persona = suerte.entero(0, 2)
  const tarjeta = {
    usuarioId: unId(90 + persona),
    cardId: `c0ffee000000000${persona}`,
    ctr: suerte.entero(1, 9),
    nivel: suerte.elegir(NIVELES),
  }
  const texto = unQr(mesa.libro, { ...tarjeta, tsMs: Math.max(0, wall - suerte.elegir([0, MINUTO, 5 * MINUTO])) })
  const qr = suerte.elegir([null, 'malo', texto, texto, texto, texto])
  const prometido = { configVersion: suerte.entero(0, 4), puntosPrometidos: suerte.entero(0, 200) }
  return unaVenta({ montoCentavos, qr, ...prometido })
}
