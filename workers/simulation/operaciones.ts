/**
 * What may happen in a world, and how often. Every operation starts something and lets it run: the scheduler decides when the world gets quiet,
 * so a sale may meet a cut line, a dying server and another till's refund in any order.
 */
import type { Operador, TarjetaEscrita } from '../replica/api.ts'
import { editar } from './ediciones.ts'
import { ignorarMuerte } from './en-pie.ts'
import { encendidas } from './encendidas.ts'
import { fallos } from './fallos.ts'
import type { Mundo, NegocioDelMundo } from './mundo.ts'
import { conCupon, delMostrador, registrar } from './operaciones-de-mostrador.ts'
import { pedirHecho, unaVenta, unOperador } from './pedir-hecho.ts'
import type { Telefono } from './telefono.ts'
import { PALABRA } from './veneno.ts'

export type Operacion = (mundo: Mundo) => Promise<void> | void
const SEGUNDO = 1_000
const HORA = 3_600_000

/** Draws one operation. */
export function sortear(mundo: Mundo): [nombre: string, operacion: Operacion] {
  return mundo.azar.pesar<[string, Operacion]>([...negocio, ...delMostrador, ...fallos])
}

const negocio: [number, [string, Operacion]][] = [
  [46, ['venta', vender]],
  [4, ['venta con el QR de otra venta', (m) => vender(m, { repetirQr: true })]],
  [8, ['reembolso', reembolsar]],
  [4, ['anulacion', anular]],
  [5, ['ajuste', ajustar]],
  [2, ['cambio de configuracion', cambiarConfiguracion]],
  [9, ['edicion', editar]],
  [1, ['baja de empleado', bajaDeEmpleado]],
  [0.5, ['baja de dispositivo', bajaDeDispositivo]],
  [10, ['pasan minutos', (m) => m.tiempo.avanzar(m.azar.entre(10, 240) * SEGUNDO)]],
  [2, ['pasan horas', (m) => pasar(m, m.azar.entre(1, 20) * HORA)]],
  [0.6, ['pasan dias', (m) => pasar(m, m.azar.entre(30, 100) * HORA)]],
  [5, ['sincronizar', sincronizar]],
]

/** Devices sleep through long stretches; the server's jobs do not. */
async function pasar(mundo: Mundo, ms: number): Promise<void> {
  await mundo.tiempo.dormir(ms)
  if (mundo.nodo.vivo) await mundo.servicios.trabajos().catch(ignorarMuerte(mundo))
  await conectarTelefonos(mundo)
}

async function conectarTelefonos(mundo: Mundo): Promise<void> {
  for (const telefono of mundo.telefonos) if (mundo.nodo.vivo) await telefono.conectar().catch(ignorarMuerte(mundo))
}

async function vender(mundo: Mundo, { repetirQr = false } = {}): Promise<void> {
  const { azar } = mundo
  const cajas = encendidas(mundo, azar.probable(0.95) ? 'caja' : undefined)
  if (cajas.length === 0) return
  const donde = azar.elegir(cajas)
  const qr = repetirQr
    ? (azar.elegir(mundo.telefonos).ultimoQr ?? null)
    : azar.probable(0.75)
      ? await unQr(mundo, azar.elegir(mundo.telefonos))
      : null
  const tarjeta = await unaTarjetaEscrita(mundo)
  const montoCentavos = azar.pesar([
    [20, azar.entre(1_000, 60_000)],
    [2, azar.entre(1, 999)],
    [1, azar.entre(2_000_000, 900_000_000)],
    [0.5, azar.elegir([0, -500, 12.5, 10_000_000_000])], // refused before it exists
  ])
  const veneno = azar.probable(mundo.veneno.activo ? 0.15 : 0.01)
  const lineas = azar.probable(0.4) ? [unaLinea(mundo, donde.negocio)] : []
  const venta = conCupon(mundo, donde.negocio, donde.e, {
    montoCentavos,
    metodoPago: azar.elegir(['efectivo', 'tarjeta', 'transferencia']),
    descripcion: veneno ? PALABRA : azar.probable(0.2) ? 'mesa 4 «ñandú» 🍕' : null,
    lineas,
    ...(tarjeta ? { qr: null, tarjeta } : { qr }),
    operador: unOperador(mundo, donde.negocio),
  })
  const sinCliente = venta.qr === null && !tarjeta
  pedirHecho(mundo, donde, 'venta', venta.montoCentavos, (api) => registrar(api, donde.negocio, venta), sinCliente)
}

/** Instead of the QR: digits of this minute, of a few minutes ago, of another card, or of a card that does not exist. */
async function unaTarjetaEscrita(mundo: Mundo): Promise<TarjetaEscrita | null> {
  const { azar, cuantas } = mundo.escritas
  if (!azar.probable(cuantas)) return null
  mundo.cuentas.mas('card typed')
  const tarjeta = await azar.elegir(mundo.telefonos).decir(azar.elegir([0, 0, 0, 30, 90, 150, 400]) * SEGUNDO)
  return azar.pesar([
    [17, tarjeta],
    [2, { ...tarjeta, clave: '000000' }],
    [1, { ...tarjeta, numero: '00000000' }],
  ])
}

const unaLinea = (mundo: Mundo, negocio: NegocioDelMundo) => ({
  articuloId: mundo.azar.elegir(negocio.articulos),
  nombre: 'Pizza',
  cantidad: mundo.azar.entre(1, 4),
  precioCentavos: 2_500,
})

/** Fresh, stale (R11), or altered by one character. */
async function unQr(mundo: Mundo, telefono: Telefono): Promise<string> {
  const edadMs = mundo.azar.pesar([
    [20, mundo.azar.entre(0, 60) * SEGUNDO],
    [2, mundo.azar.entre(200, 500) * SEGUNDO],
    [1, -120 * SEGUNDO],
  ])
  const texto = await telefono.mostrar(edadMs)
  if (!mundo.azar.probable(0.02)) return texto
  const lugar = mundo.azar.entero(texto.length)
  return texto.slice(0, lugar) + (texto[lugar] === 'A' ? 'B' : 'A') + texto.slice(lugar + 1)
}

function reembolsar(mundo: Mundo): void {
  const { azar } = mundo
  const donde = encendidas(mundo)
  if (donde.length === 0) return
  const aqui = azar.elegir(donde)
  const venta = unaVenta(mundo, aqui.negocio)
  if (!venta && !azar.probable(0.1)) return
  const monto = venta?.montoCentavos ?? 10_000
  const montoCentavos = azar.elegir([monto, Math.max(1, Math.floor(monto / 3)), Math.max(1, Math.floor(monto / 2)), monto * 2, 1])
  const transaccionId = venta?.hechoId ?? azar.uuid() // a sale nobody knows waits, and becomes an orphan
  pedirHecho(mundo, aqui, 'reembolso', montoCentavos, (api) =>
    api.registrarReembolso({ transaccionId, montoCentavos, motivo: 'salió frío', operador: unOperador(mundo, aqui.negocio) }),
  )
}

function anular(mundo: Mundo): void {
  const donde = encendidas(mundo)
  if (donde.length === 0) return
  const aqui = mundo.azar.elegir(donde)
  const venta = unaVenta(mundo, aqui.negocio)
  if (!venta) return
  pedirHecho(mundo, aqui, 'anulacion', 0, (api) =>
    api.registrarAnulacion({ transaccionId: venta.hechoId, motivo: 'cobro doble', operador: unOperador(mundo, aqui.negocio) }),
  )
}

/** The dueño decides on held points, seen or not; somebody else tries too. */
async function ajustar(mundo: Mundo): Promise<void> {
  const { azar } = mundo
  const studios = encendidas(mundo, 'studio')
  if (studios.length === 0) return
  const aqui = azar.elegir(studios)
  const [retenida] = mundo.nodo.vivo
    ? await mundo.db
        .superusuario`select transaccion_id, regla from retenciones where negocio_id = ${aqui.negocio.negocioId} and estado = 'activa' order by transaccion_id limit 1 offset ${azar.entero(3)}`
    : []
  const venta = unaVenta(mundo, aqui.negocio)
  const transaccionId = retenida?.transaccionId ?? venta?.hechoId
  if (!transaccionId) return
  const regla = azar.probable(0.9) && retenida ? retenida.regla : azar.elegir(['R2', 'R10', 'R11', 'R15', 'R16'])
  const operador: Operador = azar.probable(0.9) ? { tipo: 'usuario', id: aqui.negocio.duenoId } : { tipo: 'usuario', id: azar.uuid() }
  pedirHecho(mundo, aqui, 'ajuste', 0, (api) =>
    api.registrarAjuste({ transaccionId, regla, decision: azar.probable(0.7) ? 'aprobar' : 'rechazar', motivo: 'visto', operador }),
  )
}

async function cambiarConfiguracion(mundo: Mundo): Promise<void> {
  if (!mundo.nodo.vivo) return
  const { azar } = mundo
  const { negocioId, duenoId } = azar.elegir(mundo.negocios)
  const cambio = azar.pesar<object>([
    [6, { valorPuntoCentavos: azar.elegir([100, 500, 1_000, 1_500, 2_000]) }],
    [2, { multiplicadoresPct: { bronce: azar.entre(100, 110), plata: 125, oro: 160 } }],
    [1, { participa: azar.probable(0.7) }],
    [1, dePlataforma(azar.elegir([3_000, 5_000]))],
  ])
  await mundo.servicios.configurar(negocioId, duenoId, cambio).catch(ignorarMuerte(mundo))
}

/** What the platform changes in every negocio (CARD-19): two of its numbers at a time. */
const dePlataforma = (plata: number) => ({ umbrales: { plata, oro: 15_000 }, vidaQrSegundos: plata === 3_000 ? 60 : 180 })

async function bajaDeEmpleado(mundo: Mundo): Promise<void> {
  if (!mundo.nodo.vivo) return
  const negocio = mundo.azar.elegir(mundo.negocios)
  const empleado = negocio.empleados[0]
  if (empleado) await mundo.servicios.bajaDeEmpleado(negocio.negocioId, empleado).catch(ignorarMuerte(mundo))
}

/** A till with sales still pending, most of the time; another takes its place. */
async function bajaDeDispositivo(mundo: Mundo): Promise<void> {
  const [negocio] = mundo.negocios
  const cajas = negocio?.equipos.filter((e) => e.tipo === 'caja' && !e.deBaja) ?? []
  const caja = cajas[0]
  if (!mundo.nodo.vivo || !negocio || !caja?.dispositivoId || cajas.length < 2) return
  caja.deBaja = true
  await mundo.servicios.bajaDeDispositivo(negocio.negocioId, caja.dispositivoId).catch(ignorarMuerte(mundo))
  mundo.cuentas.mas('device revoked')
}

function sincronizar(mundo: Mundo): void {
  const donde = encendidas(mundo)
  if (donde.length === 0) return
  mundo.azar
    .elegir(donde)
    .e.equipo.pedir((api) => api.sincronizarAhora())
    .catch(() => {})
}
