/** A random day of a negocio: two tills, a server chain, three shoppers, every kind of hecho, in any order of arrival. */
import { DIA, HORA, MINUTO } from '../core/tiempo.ts'
import { VIDA_DEL_CANJE_MS } from '../domain/canjes/canje.ts'
import { NIVELES } from '../domain/configuracion/configuracion.ts'
import type { Entrada } from '../domain/hechos/sobre.ts'
import type { UsoDeCuponEnVenta } from '../domain/hechos/tipos.ts'
import { mesDe } from '../domain/puntos/lotes.ts'
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
  unCanje,
  unCupon,
  unId,
  unQr,
  unUso,
} from './constructores.ts'

export const CADENA_2 = unId(71)
/** One anybody may use, and one that was given to the first person alone. */
const CUPONES = [unId(801), unId(802)] as const
const CODIGO = 'CAFE-7X9K2M'
const CANJES = Array.from({ length: 5 }, (_, i) => unId(600 + i))
const TURNOS = [unId(820), unId(821)]
const persona = (n: number) => ({ usuarioId: unId(90 + n), cardId: `c0ffee000000000${n}` })

/** Runs `largo` entries of the story of a seed; gives the table and every entry in acceptance order. */
export function contarHistoria(seed: number, largo: number): { mesa: Mesa; entradas: Entrada[] } {
  const suerte = azar(seed)
  const mesa = new Mesa()
  poblar(mesa, suerte)
  const entradas: Entrada[] = []
  const ventas = Array.from({ length: 8 }, (_, i) => unId(500 + i)) // few ids, so that hechos meet, and some never arrive
  let recibidoAt = AHORA
  for (let n = 0; n < largo; n++) {
    recibidoAt += suerte.elegir([0, 0, MINUTO, HORA, suerte.entero(0, suerte() < 0.1 ? 30 * DIA : DIA)])
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
  for (const version of libro.configuraciones) version.expiranEnMeses = suerte.elegir([null, 1, 2])
  if (suerte() < 0.3) libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA + suerte.entero(-HORA, DIA) })
  if (suerte() < 0.2)
    libro.dispositivos.set(CAJA, { id: CAJA, tipo: 'caja', sucursalId: SUCURSAL, usuarioId: null, bajaAt: AHORA + suerte.entero(0, DIA) })
  const licencia = libro.licencias.get(LICENCIA)
  if (licencia) licencia.maxVentas = suerte.elegir([3, 1_500])
  const limites = { limitePorCliente: suerte.entero(1, 3), limiteTotal: suerte.elegir([null, 2, 4]) }
  const [general, privado] = CUPONES
  const definicion = unCupon({ id: general, ...limites, soloConConexion: suerte() < 0.2, compraMinimaCentavos: suerte.elegir([0, 40_000]) })
  libro.cupones.set(general, { definicion, borrado: suerte() < 0.1, usados: 0 })
  const regalo = unCupon({ id: privado, tipo: 'monto', valor: 20_000, publico: false, limitePorCliente: 2 })
  libro.cupones.set(privado, { definicion: regalo, borrado: false, usados: 0 })
  const { usuarioId } = persona(0)
  const suyo = { cuponId: privado, usuarioId, origen: 'asignado' as const, codigoUnico: CODIGO, guardadoAt: AHORA - DIA }
  libro.cuponUsuarios.set(`${privado}|${usuarioId}`, { ...suyo, usados: 0, usadoAt: null })
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
  const tipo = suerte.elegir(TIPOS)
  const opciones = { cadenaId, wall, recibidoAt }
  const delServidor = { ...opciones, cadenaId: CADENA_SERVIDOR }
  const canjeId = suerte.elegir(CANJES)
  switch (tipo) {
    case 'venta':
      return mesa.entrada('venta', ventaAlAzar(mesa, suerte, montoCentavos, wall), { ...opciones, id: transaccionId })
    case 'reembolso':
      return mesa.entrada(tipo, { folio: 'C1-000099', transaccionId, montoCentavos, motivo: 'x' }, opciones)
    case 'anulacion':
      return mesa.entrada(tipo, { transaccionId, motivo: 'x' }, opciones)
    case 'cambio_monto':
      return mesa.entrada(tipo, { transaccionId, montoCentavos, motivo: 'x' }, opciones)
    case 'ajuste_puntos':
      return mesa.entrada(
        tipo,
        { transaccionId, regla, decision: suerte.elegir(['aprobar', 'aprobar', 'rechazar']), motivo: '' },
        { ...opciones, sobre: dueno },
      )
    case 'retencion.vencida':
      return mesa.entrada(tipo, { transaccionId, regla }, delServidor)
    case 'venta.reclamada':
      return mesa.entrada(
        tipo,
        { transaccionId, ...persona(suerte.entero(0, 2)), alias: 'Ana L.', nivel: suerte.elegir(NIVELES) },
        delServidor,
      )
    case 'canje.creado':
      return mesa.entrada(tipo, canjeAlAzar(suerte, canjeId, recibidoAt), { ...delServidor, id: canjeId })
    case 'canje.cancelado':
    case 'canje.vencido':
      return mesa.entrada(tipo, { canjeId, devolver: suerte() < 0.6 }, delServidor)
    case 'canje_confirmado':
      return mesa.entrada(tipo, { canjeId, numero: 1, qr: null }, opciones)
    case 'turno':
      return mesa.entrada(tipo, turnoAlAzar(suerte), opciones)
    case 'puntos.expirados':
      return mesa.entrada(
        tipo,
        { usuarioId: persona(suerte.entero(0, 2)).usuarioId, hasta: mesDe(recibidoAt) - suerte.entero(0, 2) },
        delServidor,
      )
    default:
      return mesa.entrada('espera.vencida', espera, delServidor)
  }
}

const TIPOS = [
  ...(['venta', 'venta', 'venta', 'venta', 'venta', 'reembolso', 'reembolso', 'anulacion', 'ajuste_puntos', 'retencion.vencida'] as const),
  ...(['espera.vencida', 'cambio_monto', 'venta.reclamada', 'canje.creado', 'canje.creado', 'canje.cancelado', 'canje.vencido'] as const),
  ...(['canje_confirmado', 'canje_confirmado', 'turno', 'puntos.expirados'] as const),
]

const canjeAlAzar = (suerte: Azar, id: string, recibidoAt: number) =>
  unCanje({
    ...persona(suerte.entero(0, 2)),
    ...{ numero: Number.parseInt(id.slice(-3), 16), puntos: suerte.entero(1, 40), sucursalId: suerte.elegir([null, SUCURSAL]) },
    venceAt: recibidoAt + suerte.elegir([VIDA_DEL_CANJE_MS, 2 * DIA]),
  })

function turnoAlAzar(suerte: Azar) {
  const turnoId = suerte.elegir(TURNOS)
  if (suerte() < 0.5) return { accion: 'abrir', turnoId, fondoCentavos: suerte.entero(0, 90_000) }
  const cero = {
    tarjetaCentavos: 0,
    transferenciaCentavos: 0,
    reembolsadoCentavos: 0,
    reembolsadoEfectivoCentavos: 0,
    descuentoCentavos: 0,
  }
  const resumen = { ventas: 1, efectivoCentavos: 50_000, ...cero, puntos: 0, cupones: 0, canjes: 0, anuladas: 0 }
  return { accion: 'cerrar', turnoId, contadoCentavos: suerte.elegir([null, 50_000]), resumen, nota: null }
}

/** About a third of the sales have a cupón: of 10 % or more than that, sometimes by the code of one client, sometimes for the whole sale. */
function cuponAlAzar(suerte: Azar, totalCentavos: number): UsoDeCuponEnVenta | undefined {
  if (suerte() > 0.35) return undefined
  const descuentoCentavos = suerte.elegir([
    Math.floor(totalCentavos / 10),
    Math.floor(totalCentavos / 10),
    Math.floor(totalCentavos / 5),
    totalCentavos,
  ])
  const codigoUnico = suerte.elegir([null, null, null, CODIGO, 'DE-NADIE'])
  const cuponId = codigoUnico === CODIGO ? CUPONES[1] : suerte.elegir([...CUPONES, CUPONES[0], unId(899)])
  return unUso({ cuponId, totalCentavos, descuentoCentavos, codigoUnico, conConexion: suerte() < 0.3 })
}

function ventaAlAzar(mesa: Mesa, suerte: Azar, montoCentavos: number, wall: number) {
  mesa.libro.evidencias.set('malo', { valida: false })
  const tarjeta = {
    ...persona(suerte.entero(0, 2)),
    ctr: suerte.entero(1, 9),
    nivel: suerte.elegir(NIVELES),
  }
  const texto = unQr(mesa.libro, { ...tarjeta, tsMs: Math.max(0, wall - suerte.elegir([0, MINUTO, 5 * MINUTO])) })
  const qr = suerte.elegir([null, 'malo', texto, texto, texto, texto])
  const prometido = { configVersion: suerte.entero(0, 4), puntosPrometidos: suerte.entero(0, 200) }
  const cupon = cuponAlAzar(suerte, montoCentavos)
  const pagado = montoCentavos - (cupon?.descuentoCentavos ?? 0)
  return unaVenta({ montoCentavos: pagado, qr, ...prometido, ...(cupon ? { cupon } : {}) })
}
