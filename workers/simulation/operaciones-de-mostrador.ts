/**
 * What points and cupones do at a counter: shoppers ask for canjes and keep cupones, tills give them with the lease of their sucursal or by the server, early,
 * late or twice, and hand the lease over; dueños correct what was charged.
 */
import { descuentoDeCupon } from '../../schema/domain/cupones/descuento.ts'
import type { HechoGuardado, NuevaVenta, ReplicaApi, Respuesta } from '../replica/api.ts'
import { ignorarMuerte } from './en-pie.ts'
import { encendidas } from './encendidas.ts'
import { TrabajadorMuerto } from './equipo.ts'
import type { CanjeDelMundo, EquipoDeNegocio, Mundo, NegocioDelMundo } from './mundo.ts'
import type { Operacion } from './operaciones.ts'
import { pedirHecho, unaVenta, unOperador } from './pedir-hecho.ts'

const PERDIDOS_DE_VISTA = 12

export const delMostrador: [number, [string, Operacion]][] = [
  [5, ['canje', canjear]],
  [7, ['entrega de canje', entregar]],
  [1.5, ['cancelacion de canje', cancelar]],
  [2, ['arriendo de canjes', pasarArriendo]],
  [1.5, ['se guarda un cupon', guardarCupon]],
  [1.5, ['cambio de monto desde una cuenta', cambiarMonto]],
  [2, ['cambio de monto en la caja', cambiarMontoEnCaja]],
  [2.5, ['turno de caja', abrirOCerrar]],
  [3, ['reclamo de un ticket', reclamar]],
]

/** Somebody with points asks for a reward, here or there. */
async function canjear(mundo: Mundo): Promise<void> {
  if (!mundo.nodo.vivo) return
  const { mostrador: azar } = mundo
  const { negocioId, recompensas, sucursales } = azar.elegir(mundo.negocios)
  const { id: recompensaId, puntos } = azar.elegir(recompensas)
  const { usuarioId } = azar.elegir(mundo.telefonos)
  const sucursalId = azar.probable(0.7) ? azar.elegir(sucursales) : null
  await pedirAlServidor(mundo, 'canje', async () => {
    const { canjeId, qr, codigo } = await mundo.servicios.canjear(usuarioId, { negocioId, recompensaId, puntos, sucursalId })
    mundo.canjes.push({ negocioId, usuarioId, canjeId, sucursalId, textos: [qr, codigo] })
  })
}

async function cancelar(mundo: Mundo): Promise<void> {
  const canje = mundo.mostrador.elegir(mundo.canjes.slice(-4))
  if (!canje || !mundo.nodo.vivo) return
  await pedirAlServidor(mundo, 'canje cancelled', () => mundo.servicios.cancelarCanje(canje.usuarioId, canje.canjeId))
}

async function guardarCupon(mundo: Mundo): Promise<void> {
  if (!mundo.nodo.vivo) return
  const { mostrador: azar } = mundo
  const { negocioId, cupones } = azar.elegir(mundo.negocios)
  const { usuarioId } = azar.elegir(mundo.telefonos)
  await pedirAlServidor(mundo, 'cupon kept', () => mundo.servicios.guardarCupon(usuarioId, negocioId, azar.elegir(cupones).id))
}

/** The dueño corrects what was charged, from an account (SCAN-22). */
async function cambiarMonto(mundo: Mundo): Promise<void> {
  const { mostrador: azar } = mundo
  const venta = azar.elegir(mundo.confirmados.filter((c) => c.tipo === 'venta').slice(-PERDIDOS_DE_VISTA))
  const negocio = mundo.negocios.find((n) => n.negocioId === venta?.negocioId)
  if (!venta || !negocio || !mundo.nodo.vivo) return
  const montoCentavos = azar.elegir([
    Math.ceil(venta.montoCentavos / 2),
    venta.montoCentavos + 5_000,
    Math.max(1, venta.montoCentavos - 1),
    100,
  ])
  await pedirAlServidor(mundo, 'cambio_monto', () => mundo.servicios.cambiarMonto(negocio, venta.hechoId, montoCentavos))
}

function cambiarMontoEnCaja(mundo: Mundo): void {
  const { mostrador: azar } = mundo
  const cajas = encendidas(mundo, 'caja')
  if (cajas.length === 0) return
  const aqui = azar.elegir(cajas)
  const venta = unaVenta(mundo, aqui.negocio)
  if (!venta) return
  const montoCentavos = azar.elegir([venta.montoCentavos * 2, Math.max(1, Math.floor(venta.montoCentavos / 3)), 1])
  pedirHecho(mundo, aqui, 'cambio_monto', montoCentavos, (api) =>
    (api as Required<ReplicaApi>).registrarCambioDeMonto({
      ...{ transaccionId: venta.hechoId, montoCentavos, motivo: 'otro precio', operador: unOperador(mundo, aqui.negocio) },
    }),
  )
}

/** A till opens its shift with what is in the drawer, or counts it and closes. */
function abrirOCerrar(mundo: Mundo): void {
  const { mostrador: azar } = mundo
  const cajas = encendidas(mundo, 'caja')
  if (cajas.length === 0) return
  const contado = azar.elegir([null, azar.entre(0, 500_000)])
  const abre = azar.probable(0.5)
  pedirHecho(mundo, azar.elegir(cajas), abre ? 'turno opened' : 'turno closed', 0, (api) => {
    const caja = api as Required<ReplicaApi>
    return abre ? caja.abrirTurnoDeCaja(azar.entre(0, 100_000)) : caja.cerrarTurnoDeCaja(contado, contado === null ? 'sin contar' : null)
  })
}

/** Somebody photographed the ticket of a sale without a client, which may not have arrived yet; now and then the ticket is of another's sale. */
async function reclamar(mundo: Mundo): Promise<void> {
  const { mostrador: azar } = mundo
  const deNadie = azar.probable(0.9)
  const ventas = mundo.confirmados.filter((c) => c.tipo === 'venta' && !c.perdido && (c.sinCliente || !deNadie))
  const venta = azar.elegir(ventas.slice(-4))
  const e = mundo.equipos().find(({ equipo, tipo }) => equipo.nombre === venta?.equipo && tipo === 'caja' && equipo.encendido)
  if (!venta || !e || !mundo.nodo.vivo) return
  const { usuarioId } = azar.elegir(mundo.telefonos)
  void pedirAlEquipo(mundo, e, 'ticket shown', (api) => api.ticket(venta.hechoId))
    .then(async (texto) => {
      if (texto !== null && mundo.nodo.vivo)
        await pedirAlServidor(mundo, 'ticket claimed', () => mundo.servicios.reclamar(usuarioId, texto))
    })
    .catch(mundo.anotarError)
}

/** Mostly where it is to be given; the till with the lease gives it with no network, the others ask. By its QR or its letters. */
function entregar(mundo: Mundo): void {
  const { mostrador: azar } = mundo
  const canje = azar.elegir(mundo.canjes.slice(-4))
  const cajas = encendidas(mundo, 'caja').filter(({ negocio }) => negocio.negocioId === canje?.negocioId)
  const suyas = cajas.filter(({ e }) => canje?.sucursalId == null || e.sucursalId === canje.sucursalId)
  const donde = suyas.length > 0 && azar.probable(0.9) ? suyas : cajas
  if (!canje || donde.length === 0) return
  const texto = azar.probable(0.8) ? canje.textos[0] : canje.textos[1]
  void darlo(mundo, azar.elegir(donde).e, canje, texto)
  // Shown at a second counter before the first one told anybody (R4).
  if (azar.probable(0.3)) void darlo(mundo, azar.elegir(donde).e, canje, texto)
}

async function darlo(mundo: Mundo, e: EquipoDeNegocio, { negocioId }: CanjeDelMundo, texto: string): Promise<void> {
  const entregado = await pedirAlEquipo(mundo, e, 'canje given', (api) => api.confirmarCanje(texto))
  if (entregado?.medio !== 'aqui') return
  mundo.cuentas.mas('canje given with no network')
  mundo.entregas.push({ negocioId, equipo: e.equipo.nombre, canjeId: entregado.canjeId, perdido: false })
}

/** A till asks for the lease of its sucursal, or gives it to whoever asked: handed over when the old holder's journal is in, or its time is over. */
function pasarArriendo(mundo: Mundo): void {
  const { mostrador: azar } = mundo
  const cajas = encendidas(mundo, 'caja')
  if (cajas.length === 0) return
  const accion = azar.elegir(['pedir', 'pedir', 'ceder'] as const)
  const que = accion === 'pedir' ? 'canje lease asked for' : 'canje lease handed over'
  void pedirAlEquipo(mundo, azar.elegir(cajas).e, que, (api) => api.arriendoDeCanjes(accion))
}

/** Puts a cupón on a sale, now and then: also one that this client has no more uses of, as another till may have given it (R3). */
export function conCupon(mundo: Mundo, negocio: NegocioDelMundo, e: EquipoDeNegocio, venta: NuevaVenta): NuevaVenta {
  const { mostrador: azar } = mundo
  if (e.tipo !== 'caja' || e.equipo.linea.protocolo !== null || !azar.probable(0.15) || !Number.isInteger(venta.montoCentavos)) return venta
  const cupon = azar.elegir(negocio.cupones)
  const { lineas } = venta
  const totalCentavos = Math.max(1, venta.montoCentavos)
  const regaladoCentavos = lineas.length === 0 ? Math.min(totalCentavos, azar.entre(0, 3_000)) : 0
  const descuento = descuentoDeCupon({ ...cupon, articulos: [] }, { totalCentavos, lineas, regaladoCentavos })
  mundo.cuentas.mas('cupon put on a sale')
  const uso = { cuponId: cupon.id, totalCentavos, regaladoCentavos, medio: 'lista', codigoUnico: null, conConexion: false } as const
  return { ...venta, montoCentavos: totalCentavos - descuento, cupon: uso }
}

/** The sale; for a cupón that is taken online only the server is asked before (SCAN-41). */
export async function registrar(api: ReplicaApi, { cupones }: NegocioDelMundo, venta: NuevaVenta): Promise<Respuesta<HechoGuardado>> {
  const cupon = cupones.find(({ id }) => id === venta.cupon?.cuponId)
  if (!venta.cupon || !cupon?.soloConConexion) return api.registrarVenta(venta)
  const { cuponId, totalCentavos } = venta.cupon
  const { ok } = await (api as Required<ReplicaApi>).consultarCupon({ cuponId, codigo: cupon.codigo, qr: venta.qr, totalCentavos })
  return api.registrarVenta({ ...venta, cupon: { ...venta.cupon, conConexion: ok } })
}

/** An order to the server: done, refused with its code, or lost with it. */
async function pedirAlServidor(mundo: Mundo, que: string, orden: () => Promise<unknown>): Promise<void> {
  try {
    await orden()
    mundo.cuentas.mas(que)
  } catch (error) {
    const codigo = (error as { codigo?: unknown }).codigo
    if (typeof codigo === 'string') mundo.cuentas.mas(`${que} refused: ${codigo}`)
    else ignorarMuerte(mundo)(error)
  }
}

/** What a till is asked; nothing waits for it here. Null: refused, or it died. */
async function pedirAlEquipo<T>(
  mundo: Mundo,
  { equipo }: EquipoDeNegocio,
  que: string,
  fn: (api: Required<ReplicaApi>) => Promise<Respuesta<T>>,
): Promise<T | null> {
  try {
    const respuesta = await equipo.pedir((api) => fn(api as Required<ReplicaApi>))
    mundo.cuentas.mas(respuesta.ok ? que : `${que} refused: ${respuesta.codigo}`)
    return respuesta.ok ? respuesta.valor : null
  } catch (error) {
    if (!(error instanceof TrabajadorMuerto)) mundo.anotarError(error)
    return null
  }
}
