/** What a till or a shopper says later of a sale: what was really charged (SCAN-22), whose it is (a claim), and the shift it was of. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA } from '../../core/tiempo.ts'
import {
  AHORA,
  CADENA,
  CAJA,
  CAJERO,
  CLIENTE,
  DUENO,
  Mesa,
  type OpcionesDeEntrada,
  SUCURSAL,
  unaConfiguracion,
  unaVenta,
  unCupon,
  unId,
  unQr,
  unUso,
} from '../../testing/constructores.ts'
import type { Veredicto } from './libro.ts'

const VENTA = unId(50)
const reglas = (v: Veredicto) => `${v.estado} ${v.motivos.map((m) => `${m.regla}:${m.codigo}`).join(' ')}`.trim()
/** Disponibles, acumulados, retenidos, sobregiro, and what the history adds up to. */
const saldo = (mesa: Mesa, de = CLIENTE) => {
  const s = mesa.libro.saldos.get(de)
  return [
    s?.puntosDisponibles,
    s?.puntosAcumulados,
    s?.puntosRetenidos,
    s?.sobregiro,
    mesa.cambios.historial.reduce((n, h) => n + h.puntos, 0),
  ]
}
const t = (mesa: Mesa) => mesa.libro.transacciones.get(VENTA)
const cambiar = (mesa: Mesa, montoCentavos: number, opciones: OpcionesDeEntrada = {}) =>
  mesa.juzgar('cambio_monto', { transaccionId: VENTA, montoCentavos, motivo: 'se tecleó mal' }, opciones)
const devolver = (mesa: Mesa, montoCentavos: number) =>
  mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: VENTA, montoCentavos, motivo: 'x' })
const lifetime = (mesa: Mesa) => mesa.cambios.eventos.at(-1)?.cuerpo.lifetime

/** $500.00 by an oro: 75 points; `retenida` by an old QR (R11). */
function mesaConVenta({ retenida = false, montoCentavos = 50_000 } = {}): Mesa {
  const mesa = new Mesa()
  const qr = unQr(mesa.libro, { nivel: 'oro', tsMs: retenida ? AHORA - DIA : AHORA })
  mesa.juzgar('venta', unaVenta({ qr, montoCentavos }), { id: VENTA })
  return mesa
}

test('SCAN-22: a lower monto takes the difference of the points back, and is what the client spent', () => {
  const mesa = mesaConVenta()
  const v = cambiar(mesa, 30_000, { id: unId(60) })
  assert.equal([reglas(v), v.puntos, ...saldo(mesa)], ['aceptado', -30, 45, 75, 0, 0, 45])
  assert.equal([t(mesa)?.montoCentavos, t(mesa)?.montoOriginalCentavos, t(mesa)?.motivo], [30_000, 50_000, 'se tecleó mal'])
  assert.equal([t(mesa)?.puntosBase, t(mesa)?.puntosOtorgados, t(mesa)?.puntosDevueltos], [30, 45, 0])
  assert.is(mesa.libro.clientes.get(CLIENTE)?.gastadoCentavos, 30_000)
  const renglon = mesa.cambios.historial.at(-1)
  assert.equal([renglon?.id, renglon?.tipo, renglon?.puntos, renglon?.montoCentavos], [unId(60), 'anulado', -30, 30_000])
  assert.equal(lifetime(mesa), { tipo: 'corregido', puntos: 45, effAt: AHORA })
  assert.equal(mesa.cambios.avisos, [])
})

test('SCAN-22: a higher monto gives the difference, and the first monto is kept through further changes', () => {
  const mesa = mesaConVenta()
  assert.equal([cambiar(mesa, 60_000).puntos, ...saldo(mesa)], [15, 90, 90, 0, 0, 90])
  assert.is(mesa.cambios.historial.at(-1)?.tipo, 'ganado')
  assert.equal([cambiar(mesa, 40_000).puntos, ...saldo(mesa)], [-30, 60, 90, 0, 0, 60])
  assert.equal([t(mesa)?.montoOriginalCentavos, mesa.libro.ultimosMontos], [50_000, [50_000]])
  assert.equal([reglas(cambiar(mesa, 40_000)), saldo(mesa)[0]], ['aceptado', 60], 'the same monto changes nothing')
  const nueva = mesaConVenta()
  assert.is(reglas(cambiar(nueva, 50_000)), 'aceptado')
  assert.equal([t(nueva)?.montoOriginalCentavos, t(nueva)?.motivo, nueva.cambios.eventos.length], [null, null, 1])
})

test('SCAN-22: by the version and the nivel of the sale, whatever is in force by then (R12)', () => {
  const mesa = mesaConVenta()
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 2, valorPuntoCentavos: 100, vigenteAt: AHORA + HORA }))
  assert.is(cambiar(mesa, 20_000, { recibidoAt: AHORA + 2 * HORA }).puntos, -45)
  assert.is(saldo(mesa)[0], 30)
})

test('SCAN-22: of a held sale, what changes is what is held', () => {
  const mesa = mesaConVenta({ retenida: true })
  assert.equal([cambiar(mesa, 30_000).puntos, ...saldo(mesa)], [-30, 0, 0, 45, 0, 0])
  assert.equal([cambiar(mesa, 60_000).puntos, ...saldo(mesa)], [45, 0, 0, 90, 0, 0])
  assert.is(lifetime(mesa), null)
  assert.is(mesa.decidir(VENTA, 'R11', 'aprobar').puntos, 90)
  assert.equal(saldo(mesa), [90, 90, 0, 0, 90])
})

test('SCAN-22: of a sale whose points were refused, nothing moves', () => {
  const mesa = mesaConVenta({ retenida: true })
  mesa.decidir(VENTA, 'R11', 'rechazar')
  assert.equal([cambiar(mesa, 60_000).puntos, t(mesa)?.puntosOtorgados, ...saldo(mesa)], [0, 90, 0, 0, 0, 0, 0])
  assert.is(lifetime(mesa), null)
})

test('SCAN-22: without a client only the monto changes, and the shopper of nobody is told', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta(), { id: VENTA })
  assert.equal([cambiar(mesa, 60_000).puntos, t(mesa)?.montoCentavos, mesa.cambios.eventos], [0, 60_000, []])
})

test('[R6] SCAN-22: with a refund before it, what was taken back is again the share of the whole', () => {
  const mesa = mesaConVenta()
  devolver(mesa, 25_000)
  assert.equal([t(mesa)?.puntosDevueltos, saldo(mesa)[0]], [37, 38])
  cambiar(mesa, 40_000)
  assert.equal([t(mesa)?.puntosOtorgados, t(mesa)?.puntosDevueltos, saldo(mesa)[0], saldo(mesa)[4]], [60, 37, 23, 23])
  assert.is(reglas(cambiar(mesa, 24_999, { id: unId(60) })), 'en_revision R6:cambio_excedido')
  assert.equal([t(mesa)?.montoCentavos, mesa.cambios.avisos.at(-1)?.id], [40_000, `${unId(60)}:cambio_excedido`])
  cambiar(mesa, 25_000)
  assert.equal([t(mesa)?.estado, t(mesa)?.puntosDevueltos, saldo(mesa)[0]], ['reembolsada', 37, 0])
  cambiar(mesa, 50_000)
  assert.equal([t(mesa)?.estado, saldo(mesa)[0]], ['completada', 38])
})

test('[R6] SCAN-22: points already spent become a named sobregiro', () => {
  const mesa = mesaConVenta()
  mesa.servidor('canje.creado', {
    ...{ numero: 1, usuarioId: CLIENTE, cardId: 'c0ffee0000000001', recompensaId: unId(811), nombre: 'Café', puntos: 70 },
    ...{ valorCentavos: 1, sucursalId: null, qr: 'CANJE', venceAt: AHORA + HORA },
  })
  const v = cambiar(mesa, 10_000, { id: unId(60) })
  assert.equal([reglas(v), v.puntos, saldo(mesa)[0], saldo(mesa)[3]], ['aceptado R6:sobregiro', -60, 0, 55])
  assert.equal([mesa.cambios.avisos[0]?.id, mesa.cambios.avisos[0]?.puntos], [`${unId(60)}:sobregiro`, 55])
})

test('[R1] a cancelled sale has no monto to change', () => {
  const mesa = mesaConVenta()
  mesa.juzgar('anulacion', { transaccionId: VENTA, motivo: 'x' })
  assert.equal([reglas(cambiar(mesa, 1)), t(mesa)?.montoCentavos], ['aceptado R1:ya_anulada', 50_000])
})

test('[R14] a change that comes before its sale waits for it', () => {
  const mesa = new Mesa()
  assert.is(reglas(cambiar(mesa, 30_000)), 'en_espera R14:en_espera')
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { nivel: 'oro' }) }), { id: VENTA })
  assert.equal([t(mesa)?.montoCentavos, ...saldo(mesa)], [30_000, 45, 75, 0, 0, 45])
})

/** A plata sells $500.00 for 62 points. */
function mesaDePlata(): Mesa {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { nivel: 'plata' }) }), { id: VENTA })
  return mesa
}
const noSube = (mesa: Mesa, v: Veredicto, motivo: string, montoCentavos: number) => {
  assert.equal([reglas(v), v.puntos], [`en_revision ${motivo}`, 0])
  assert.equal([t(mesa)?.montoCentavos, t(mesa)?.puntosOtorgados, saldo(mesa)[0]], [montoCentavos, 62, 62])
  assert.equal([mesa.cambios.avisos.length, lifetime(mesa)], [1, null])
}

test('[R16] SCAN-22: a rise worth a whole nivel, or 20 times the median: the monto stands, the points stay', () => {
  const nivel = mesaDePlata()
  const { plata, oro } = unaConfiguracion().umbrales
  const justo = ((oro - plata) * 1_000 * 100) / 125
  assert.is(reglas(cambiar(mesaDePlata(), justo - 1_000)), 'aceptado')
  noSube(nivel, cambiar(nivel, justo), 'R16:limite', justo)
  const mediana = mesaDePlata()
  mediana.libro.ultimosMontos = Array.from({ length: 20 }, () => 5_000)
  noSube(mediana, cambiar(mediana, 100_001), 'R16:limite', 100_001)
})

test('[R15] SCAN-22: a rise by a till without a lease: the monto stands, the points stay; a fall needs none', () => {
  const mesa = mesaDePlata()
  noSube(mesa, cambiar(mesa, 60_000, { sobre: { licenciaId: null } }), 'R15:sin_licencia', 60_000)
  const baja = mesaDePlata()
  assert.equal([reglas(cambiar(baja, 40_000, { sobre: { licenciaId: null } })), saldo(baja)[0]], ['aceptado', 50])
})

test('[R10] SCAN-22: a rise by a cashier after the baja, or by a revoked till: the monto stands, the points stay', () => {
  const mesa = mesaDePlata()
  mesa.libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA })
  noSube(mesa, cambiar(mesa, 60_000, { recibidoAt: AHORA + 1 }), 'R10:cajero_baja', 60_000)
  const caja = mesaDePlata()
  caja.libro.dispositivos.set(CAJA, { id: CAJA, tipo: 'caja', sucursalId: SUCURSAL, usuarioId: null, bajaAt: AHORA })
  noSube(caja, cambiar(caja, 60_000, { recibidoAt: AHORA + 1 }), 'R10:dispositivo_revocado', 60_000)
})

test('[R2] SCAN-22: a sale worth nothing was held by no rule, so its points do not rise from nothing; one that fell to nothing comes back', () => {
  const mesa = new Mesa()
  const qr = unQr(mesa.libro, { nivel: 'oro' })
  mesa.juzgar('venta', unaVenta({ qr }), { id: unId(49) })
  mesa.juzgar('venta', unaVenta({ qr, montoCentavos: 100 }), { id: VENTA })
  assert.is(reglas(cambiar(mesa, 50_000)), 'en_revision R16:limite')
  assert.is(reglas(cambiar(mesa, 60_000)), 'en_revision R16:limite')
  assert.equal([t(mesa)?.montoCentavos, saldo(mesa)[0]], [60_000, 75])
  const otra = mesaConVenta()
  cambiar(otra, 100)
  assert.equal([reglas(cambiar(otra, 50_000)), saldo(otra)[0]], ['aceptado', 75])
})

test('SCAN-22: a monto that earns the same is no rise, whoever says it', () => {
  const mesa = mesaConVenta()
  assert.equal([reglas(cambiar(mesa, 50_100, { sobre: { licenciaId: null } })), saldo(mesa)[0]], ['aceptado', 75])
})

test('SCAN-22: a sale under the second version is corrected by the second, and by none where the negocio took no part', () => {
  const mesa = new Mesa()
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 2, valorPuntoCentavos: 500, vigenteAt: AHORA }))
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { nivel: 'oro' }), configVersion: 2 }), { id: VENTA })
  cambiar(mesa, 30_000)
  assert.equal([t(mesa)?.configVersion, t(mesa)?.puntosBase, saldo(mesa)[0]], [2, 60, 90])
  assert.equal(mesa.cambios.eventos.at(-1)?.cuerpo.reglas, { version: 2, valorPuntoCentavos: 500 })
  const fuera = new Mesa()
  fuera.libro.configuraciones.push(unaConfiguracion({ version: 2, participa: false, vigenteAt: AHORA }))
  fuera.juzgar('venta', unaVenta({ qr: unQr(fuera.libro), configVersion: 2 }), { id: VENTA })
  assert.equal([reglas(cambiar(fuera, 90_000)), t(fuera)?.puntosBase, saldo(fuera)[0]], ['aceptado', 0, 0])
})

test('SCAN-22: what was nothing, was corrected before it was claimed, and was then judged, may rise', () => {
  const mesa = mesaConTicket({ montoCentavos: 100 })
  cambiar(mesa, 50_000)
  assert.is(reclamar(mesa).puntos, 75)
  assert.equal([reglas(cambiar(mesa, 60_000)), saldo(mesa)[0]], ['aceptado', 90])
})

// ---- a sale without a client, claimed by its ticket

const reclamar = (mesa: Mesa, opciones: OpcionesDeEntrada = {}, usuarioId = CLIENTE) =>
  mesa.servidor(
    'venta.reclamada',
    { transaccionId: VENTA, usuarioId, cardId: 'c0ffee0000000001', alias: 'Ana L.', nivel: 'oro' },
    { recibidoAt: AHORA + HORA, ...opciones },
  )
function mesaConTicket(cambios: object = {}, opciones: OpcionesDeEntrada = {}): Mesa {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta(cambios), { id: VENTA, ...opciones })
  return mesa
}

test('[R1] a sale claimed by its ticket is of who claims it first, by the rules of its own hour; a second claim changes nothing', () => {
  const mesa = mesaConTicket({ puntosPrometidos: 900 })
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 2, valorPuntoCentavos: 100, vigenteAt: AHORA + 1 }))
  const v = reclamar(mesa, { id: unId(60) })
  assert.equal([reglas(v), v.puntos, ...saldo(mesa)], ['aceptado', 75, 75, 75, 0, 0, 75])
  assert.equal([t(mesa)?.clienteId, t(mesa)?.nivelCliente, t(mesa)?.configVersion, t(mesa)?.acreditada], [CLIENTE, 'oro', 1, true])
  const cliente = mesa.libro.clientes.get(CLIENTE)
  assert.equal([cliente?.alias, cliente?.visitas, cliente?.gastadoCentavos, cliente?.ultimaVisitaAt], ['Ana L.', 1, 50_000, AHORA])
  assert.equal([mesa.cambios.historial[0]?.id, mesa.libro.usosQr.size], [unId(60), 0])
  assert.equal(lifetime(mesa), { tipo: 'ganado', puntos: 75, effAt: AHORA })
  assert.is(reglas(reclamar(mesa, {}, unId(91))), 'aceptado R1:reclamo_repetido')
  assert.equal([t(mesa)?.clienteId, saldo(mesa)[0]], [CLIENTE, 75])
})

test('PTS-15: of a sale claimed after a refund in part, its client spent what was left; and nothing once it is cancelled', () => {
  const mesa = mesaConTicket()
  devolver(mesa, 20_000)
  reclamar(mesa)
  const cuentas = () => [mesa.libro.clientes.get(CLIENTE)?.visitas, mesa.libro.clientes.get(CLIENTE)?.gastadoCentavos]
  assert.equal(cuentas(), [1, 30_000])
  cambiar(mesa, 45_000)
  assert.equal(cuentas(), [1, 25_000])
  mesa.juzgar('anulacion', { transaccionId: VENTA, motivo: 'x' })
  assert.equal(cuentas(), [0, 0])
})

test('a claim counts to the last instant of its 24 h, by its receipt', () => {
  const mesa = mesaConTicket()
  assert.is(reglas(reclamar(mesa, { recibidoAt: AHORA + DIA + 1 })), 'aceptado null:reclamo_tardio')
  assert.is(t(mesa)?.clienteId, null)
  assert.is(reglas(reclamar(mesa, { recibidoAt: AHORA + DIA })), 'aceptado')
})

test('[R1] a sale of a card, one cancelled or refunded whole, and one whose cupón was of another cannot be claimed', () => {
  const conTarjeta = mesaConVenta()
  const anulada = mesaConTicket()
  anulada.juzgar('anulacion', { transaccionId: VENTA, motivo: 'x' })
  const devuelta = mesaConTicket()
  devolver(devuelta, 50_000)
  const deOtro = new Mesa()
  deOtro.libro.cupones.set(unId(801), { definicion: unCupon(), borrado: false, usados: 0 })
  deOtro.libro.cuponUsuarios.set(`${unId(801)}|${unId(91)}`, {
    ...{ cuponId: unId(801), usuarioId: unId(91), origen: 'asignado', codigoUnico: 'CAFE-BBBB', usados: 0, guardadoAt: 0, usadoAt: null },
  })
  const cupon = unUso({ codigoUnico: 'CAFE-BBBB', medio: 'codigo' })
  deOtro.juzgar('venta', unaVenta({ montoCentavos: 45_000, cupon }), { id: VENTA })
  for (const mesa of [conTarjeta, anulada, devuelta, deOtro]) assert.is(reglas(reclamar(mesa)), 'aceptado R1:reclamo_repetido')
  assert.is(reglas(reclamar(deOtro, {}, unId(91))), 'aceptado')
})

test('[R6] what was refunded before a claim earns nothing', () => {
  const mesa = mesaConTicket()
  devolver(mesa, 25_000)
  assert.equal([reclamar(mesa).puntos, t(mesa)?.puntosDevueltos, saldo(mesa)[0]], [38, 37, 38])
  devolver(mesa, 25_000)
  assert.equal([t(mesa)?.puntosDevueltos, saldo(mesa)[0]], [75, 0])
})

test('[R16] a claim beyond what is normal waits for the dueño, who is told: a cashier who keeps tickets shows here', () => {
  const mesa = new Mesa()
  for (let i = 0; i < 6; i++) mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { ctr: i }) }))
  mesa.juzgar('venta', unaVenta(), { id: VENTA })
  mesa.cambios.transacciones.clear() // another batch
  const v = reclamar(mesa, { id: unId(60) })
  assert.equal([reglas(v), saldo(mesa)[2], mesa.cambios.transacciones.has(VENTA)], ['retenido R16:limite', 75, true])
  assert.equal(
    [mesa.cambios.avisos[0]?.id, mesa.libro.retenciones.get(VENTA)?.[0]?.venceAt],
    [`${unId(60)}:limite`, AHORA + HORA + 14 * DIA],
  )
  assert.is(mesa.decidir(VENTA, 'R16', 'aprobar').puntos, 75)
})

test('[R15] [R10] a claim of what a till without a lease or a fired cashier sold is held as that sale would have been', () => {
  const sinLicencia = mesaConTicket({}, { sobre: { licenciaId: null } })
  assert.is(reglas(reclamar(sinLicencia)), 'retenido R15:sin_licencia')
  const despedido = new Mesa()
  despedido.libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA - 1 })
  despedido.juzgar('venta', unaVenta(), { id: VENTA })
  assert.is(reglas(reclamar(despedido)), 'retenido R10:cajero_baja')
})

test('[R14] a claim waits for its sale, and is judged by its own receipt', () => {
  const mesa = new Mesa()
  assert.is(reglas(reclamar(mesa)), 'en_espera R14:en_espera')
  mesa.juzgar('venta', unaVenta(), { id: VENTA, wall: AHORA, recibidoAt: AHORA + 3 * DIA })
  assert.equal([t(mesa)?.clienteId, saldo(mesa)[0]], [CLIENTE, 75])
  const tarde = new Mesa()
  reclamar(tarde, { recibidoAt: AHORA + DIA + HORA })
  tarde.juzgar('venta', unaVenta(), { id: VENTA, wall: AHORA, recibidoAt: AHORA + 3 * DIA })
  assert.is(t(tarde)?.clienteId, null)
})

test('a till cannot claim a sale for anybody', () => {
  const mesa = mesaConTicket()
  assert.is(reglas(reclamar(mesa, { cadenaId: CADENA })), 'sin_procesar null:SIN_PERMISO')
})

// ---- shifts

const RESUMEN = {
  ...{ ventas: 9, efectivoCentavos: 200_000, tarjetaCentavos: 0, transferenciaCentavos: 0, reembolsadoCentavos: 0 },
  ...{ reembolsadoEfectivoCentavos: 0, descuentoCentavos: 0, puntos: 100, cupones: 0, canjes: 0, anuladas: 0 },
}
const TURNO = unId(820)
const abrir = (mesa: Mesa, fondoCentavos = 50_000, opciones: OpcionesDeEntrada = {}) =>
  mesa.juzgar('turno', { accion: 'abrir', turnoId: TURNO, fondoCentavos }, opciones)
const cerrar = (mesa: Mesa, contadoCentavos: number | null, opciones: OpcionesDeEntrada = {}) =>
  mesa.juzgar('turno', { accion: 'cerrar', turnoId: TURNO, contadoCentavos, resumen: RESUMEN, nota: null }, opciones)

test('[R1] a shift opens and closes once: the first opening and the first closing stand', () => {
  const mesa = new Mesa()
  assert.is(reglas(abrir(mesa)), 'aceptado')
  abrir(mesa, 1, { recibidoAt: AHORA + 1 })
  const duenoEnCaja = { sobre: { operador: { tipo: 'usuario' as const, id: DUENO } } }
  assert.is(reglas(cerrar(mesa, 249_000, { recibidoAt: AHORA + HORA, ...duenoEnCaja })), 'aceptado')
  assert.is(reglas(cerrar(mesa, 1, { recibidoAt: AHORA + DIA })), 'aceptado R1:TURNO_CERRADO')
  assert.equal(mesa.libro.turnos.get(TURNO), {
    ...{ id: TURNO, dispositivoId: CAJA, sucursalId: SUCURSAL, abiertoPor: CAJERO, cerradoPor: DUENO, fondoCentavos: 50_000 },
    ...{ contadoCentavos: 249_000, resumen: RESUMEN, nota: null, abiertoAt: AHORA, cerradoAt: AHORA + HORA },
  })
  assert.equal([mesa.cambios.saldos.size, mesa.cambios.avisos.length], [0, 0])
})

test('a closing whose opening was lost opens it too', () => {
  const mesa = new Mesa()
  cerrar(mesa, null)
  const turno = mesa.libro.turnos.get(TURNO)
  assert.equal([turno?.abiertoAt, turno?.cerradoAt, turno?.fondoCentavos, turno?.contadoCentavos], [AHORA, AHORA, 0, null])
  abrir(mesa)
  assert.is(mesa.libro.turnos.get(TURNO)?.cerradoAt, AHORA)
})

test('[R16] a claim that waits is told to the dueño with its sale, also of a revoked till (R10)', () => {
  const mesa = mesaConTicket({}, { recibidoAt: AHORA })
  mesa.libro.dispositivos.set(CAJA, { id: CAJA, tipo: 'caja', sucursalId: SUCURSAL, usuarioId: null, bajaAt: AHORA - 1 })
  assert.is(reglas(reclamar(mesa)), 'retenido R10:dispositivo_revocado')
  const [aviso] = mesa.cambios.avisos
  assert.equal([aviso?.tipo, aviso?.datos.transaccionId, aviso?.datos.folio], ['revision', VENTA, 'C1-000001'])
  assert.equal(mesa.cambios.avisos.length, 1)
})

test.run()
