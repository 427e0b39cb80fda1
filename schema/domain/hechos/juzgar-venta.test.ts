import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO } from '../../core/tiempo.ts'
import {
  AHORA,
  CADENA_SERVIDOR,
  CAJA,
  CAJERO,
  CLIENTE,
  DUENO,
  darCaja,
  LICENCIA,
  Mesa,
  SUCURSAL,
  unaConfiguracion,
  unaVenta,
  unId,
  unLibro,
  unQr,
} from '../../testing/constructores.ts'
import type { Veredicto } from './libro.ts'
import { muyPorEncima } from './retener.ts'

const reglas = (v: Veredicto) => `${v.estado} ${v.motivos.map((m) => `${m.regla}:${m.codigo}`).join(' ')}`.trim()
const saldo = (mesa: Mesa) => {
  const s = mesa.libro.saldos.get(CLIENTE)
  return s && [s.puntosDisponibles, s.puntosAcumulados, s.puntosRetenidos, s.sobregiro]
}
const conQr = (mesa: Mesa, ctr: number, cambios = {}, datos = {}) => unaVenta({ qr: unQr(mesa.libro, { ctr, ...cambios }), ...datos })

test('SCAN-34: a sale without a client is normal: no points, no client, nothing held', () => {
  const mesa = new Mesa()
  const veredicto = mesa.juzgar('venta', unaVenta({ descripcion: 'dos pizzas', metodoPago: 'tarjeta' }), { id: unId(50), seq: 4 })
  assert.equal([veredicto.estado, veredicto.puntos, veredicto.motivos], ['aceptado', 0, []])
  const t = mesa.libro.transacciones.get(unId(50))
  assert.equal([t?.clienteId, t?.cardId, t?.puntosOtorgados, t?.acreditada, t?.configVersion], [null, null, 0, false, 1])
  assert.equal([t?.sucursalId, t?.dispositivoId, t?.empleadoId, t?.seq, t?.metodoPago], [SUCURSAL, CAJA, CAJERO, 4, 'tarjeta'])
  assert.equal([mesa.cambios.eventos, mesa.cambios.historial, mesa.libro.clientes.size], [[], [], 0])
})

test('SCAN-07: empleado is null when the dueño sells', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta(), { id: unId(50), sobre: { operador: { tipo: 'usuario', id: DUENO } } })
  assert.is(mesa.libro.transacciones.get(unId(50))?.empleadoId, null)
})

test('SCAN-20, 21, 53: a card earns by the nivel of its certificate, and everything is written at once', () => {
  const mesa = new Mesa()
  const veredicto = mesa.juzgar('venta', conQr(mesa, 1, { nivel: 'oro' }), { id: unId(50) })
  assert.equal([reglas(veredicto), veredicto.puntos], ['aceptado', 75])
  assert.equal(saldo(mesa), [75, 75, 0, 0])
  const t = mesa.libro.transacciones.get(unId(50))
  assert.equal([t?.puntosBase, t?.multiplicadorPct, t?.puntosOtorgados, t?.nivelCliente, t?.acreditada], [50, 150, 75, 'oro', true])
  const [historial] = mesa.cambios.historial
  assert.equal([historial?.id, historial?.tipo, historial?.puntos, historial?.nivelAlMomento], [unId(50), 'ganado', 75, 'oro'])
  const [evento] = mesa.cambios.eventos
  assert.equal(evento?.cuerpo.lifetime, { tipo: 'ganado', puntos: 75, effAt: AHORA })
  assert.equal([evento?.cuerpo.venta?.retenida, evento?.cuerpo.venta?.puntos, evento?.cuerpo.saldo?.puntosDisponibles], [false, 75, 75])
  assert.equal([[...mesa.cambios.saldos], [...mesa.cambios.clientes], [...mesa.cambios.licencias]], [[CLIENTE], [CLIENTE], [LICENCIA]])
})

test('PTS-15: the first sale makes the cliente, later ones count visits and money, in any order of arrival', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', conQr(mesa, 1, { nivel: 'plata' }))
  mesa.juzgar('venta', conQr(mesa, 2, { tsMs: AHORA - HORA }, { montoCentavos: 1_000 }), { wall: AHORA - HORA, cadenaId: CADENA_SERVIDOR })
  const cliente = mesa.libro.clientes.get(CLIENTE)
  assert.equal([cliente?.visitas, cliente?.gastadoCentavos, cliente?.nivelUltimaVisita], [2, 51_000, 'plata'])
  assert.equal([cliente?.primeraVisitaAt, cliente?.ultimaVisitaAt, cliente?.alias], [AHORA - HORA, AHORA, 'Ana L.'])
})

test('a QR that is not ours: the sale stands without a client and goes to review', () => {
  const mesa = new Mesa()
  mesa.libro.evidencias.set('malo', { valida: false })
  const veredicto = mesa.juzgar('venta', unaVenta({ qr: 'malo' }), { id: unId(50) })
  assert.equal([reglas(veredicto), veredicto.puntos], ['en_revision null:qr_invalido', 0])
  assert.equal(
    mesa.cambios.avisos.map((a) => [a.id, a.tipo, a.regla]),
    [[`${unId(50)}:qr_invalido`, 'revision', null]],
  )
  assert.is(mesa.libro.clientes.size, 0)
})

test('a QR that nobody verified is a bug, never a sale without points', () => {
  const mesa = new Mesa()
  assert.throws(() => mesa.juzgar('venta', unaVenta({ qr: 'sin verificar' })), /verified/)
})

test('PTS-02: when the negocio does not take part nothing is held and no row says zero', () => {
  const mesa = new Mesa()
  mesa.libro.configuraciones.splice(0, 1, unaConfiguracion({ participa: false }))
  mesa.juzgar('venta', conQr(mesa, 1))
  const veredicto = mesa.juzgar('venta', conQr(mesa, 1))
  assert.equal([reglas(veredicto), mesa.cambios.historial, mesa.libro.retenciones.size], ['aceptado', [], 0])
  assert.equal([mesa.cambios.eventos.length, mesa.cambios.eventos[0]?.cuerpo.lifetime], [2, null])
})

test('[R2] the same QR at two tills: the first accepted is credited, the other held until it lapses', () => {
  const mesa = new Mesa()
  darCaja(mesa.libro, unId(71), unId(51), unId(61))
  const [una, otra] = [
    mesa.juzgar('venta', conQr(mesa, 1), { id: unId(50) }),
    mesa.juzgar('venta', conQr(mesa, 1), { cadenaId: unId(71), id: unId(52) }),
  ]
  assert.equal([reglas(una), reglas(otra), otra.puntos], ['aceptado', 'retenido R2:qr_repetido', 50])
  assert.equal(saldo(mesa), [50, 50, 50, 0])
  assert.equal(mesa.libro.retenciones.get(unId(52)), [
    { transaccionId: unId(52), regla: 'R2', codigo: 'qr_repetido', alVencer: 'caducar', venceAt: AHORA + 14 * DIA, estado: 'activa' },
  ])
  assert.is([...mesa.libro.usosQr.values()].join(), unId(50))
  assert.equal([...mesa.cambios.usosQr.values()], [unId(50)], 'written for the next batch')
  const venta = mesa.cambios.eventos[1]?.cuerpo.venta
  assert.equal([venta?.retenida, venta?.motivo, venta?.puntos, mesa.cambios.eventos[1]?.cuerpo.lifetime], [true, 'qr_repetido', 50, null])
})

test('[R2] the event of a sale, credited or held, carries the use of its card; that of a hold that ends does not', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', conQr(mesa, 7), { id: unId(50) })
  mesa.juzgar('venta', conQr(mesa, 7), { id: unId(52) })
  mesa.juzgar('retencion.vencida', { transaccionId: unId(52), regla: 'R2' }, { cadenaId: CADENA_SERVIDOR })
  const usos = mesa.cambios.eventos.map((e) => e.cuerpo.uso)
  assert.equal(usos, [[...mesa.libro.usosQr.keys()][0], usos[0], undefined])
})

test('[R2] the same counter of another key of the card is another use', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', conQr(mesa, 1))
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 1, { llave: 'b'.repeat(32) }))), 'aceptado')
})

test('[R10] a cajero deactivated before the sale: held; at that very instant, not', () => {
  const mesa = new Mesa()
  mesa.libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA })
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 1))), 'aceptado')
  mesa.libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA - 1 })
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 2), { id: unId(50) })), 'retenido R10:cajero_baja')
  assert.is(mesa.libro.retenciones.get(unId(50))?.[0]?.alVencer, 'acreditar')
})

test('[R10] a revoked device is in quarantine: its hour is not believed, its receipt counts', () => {
  const mesa = new Mesa()
  mesa.libro.dispositivos.set(CAJA, { id: CAJA, tipo: 'caja', sucursalId: SUCURSAL, usuarioId: null, bajaAt: AHORA - MINUTO })
  const veredicto = mesa.juzgar('venta', conQr(mesa, 1, { tsMs: AHORA - HORA }), { wall: AHORA - HORA })
  assert.equal([reglas(veredicto), veredicto.effAt], ['retenido R10:dispositivo_revocado', AHORA - HORA])
})

test('[R11] card and till disagree by more than the tolerance: held, credited at the end', () => {
  const mesa = new Mesa()
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 1, { tsMs: AHORA - 210_001 }), { id: unId(50) })), 'retenido R11:reloj')
  assert.is(mesa.libro.retenciones.get(unId(50))?.[0]?.alVencer, 'acreditar')
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 2, { tsMs: AHORA - 210_000 }))), 'aceptado')
})

test('[R11] CARD-19: a QR is doubted by the life that the rules in force give it', () => {
  const mesa = new Mesa(unLibro({ configuraciones: [unaConfiguracion({ vidaQrSegundos: 300 })] }))
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 1, { tsMs: AHORA - 390_000 }))), 'aceptado')
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 2, { tsMs: AHORA - 390_001 }))), 'retenido R11:reloj')
})

test('[R12] the promise of the till counts while its version is recent, and the version used is kept', () => {
  const mesa = new Mesa()
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 2, valorPuntoCentavos: 2_000, vigenteAt: AHORA - HORA }))
  assert.is(mesa.juzgar('venta', conQr(mesa, 1, {}, { puntosPrometidos: 50 }), { id: unId(50) }).puntos, 50)
  assert.is(mesa.libro.transacciones.get(unId(50))?.configVersion, 1)
  assert.is(mesa.juzgar('venta', conQr(mesa, 2, {}, { puntosPrometidos: 0 }), { id: unId(52) }).puntos, 25)
  assert.is(mesa.libro.transacciones.get(unId(52))?.configVersion, 2)
})

test('[R13] a hidden, sold-out or deleted item never blocks a sale: one task for the dueño', () => {
  const mesa = new Mesa()
  mesa.libro.articulos.set(unId(30), { id: unId(30), disponible: true })
  mesa.libro.articulos.set(unId(31), { id: unId(31), disponible: false })
  const linea = (n: number) => ({ articuloId: unId(n), nombre: `Pizza ${n}`, cantidad: 1, precioCentavos: 100 })
  assert.is(reglas(mesa.juzgar('venta', unaVenta({ lineas: [linea(30)] }))), 'aceptado')
  const veredicto = mesa.juzgar('venta', conQr(mesa, 1, {}, { lineas: [linea(30), linea(31), linea(32)] }), { id: unId(50) })
  assert.is(reglas(veredicto), 'aceptado R13:articulo_no_disponible')
  assert.equal(
    mesa.cambios.avisos.map((a) => [a.id, a.tipo, a.datos.articuloId, a.datos.lineas]),
    [[`${unId(50)}:articulo_no_disponible`, 'tarea', unId(31), 2]],
  )
})

test('[R15] no lease, one of another till, out of its time or used up: held', () => {
  const licencia = (mesa: Mesa, cambios: object) => void Object.assign(mesa.libro.licencias.get(LICENCIA) ?? {}, cambios)
  const casos: [caso: string, licenciaId: string | null, preparar: (mesa: Mesa) => void][] = [
    ['none', null, () => {}],
    ['unknown', unId(99), () => {}],
    ['of another till', unId(61), (mesa) => darCaja(mesa.libro, unId(71), unId(51), unId(61))],
    ['ended', LICENCIA, (mesa) => licencia(mesa, { venceAt: AHORA - 1 })],
    ['not begun', LICENCIA, (mesa) => licencia(mesa, { emitidaAt: AHORA + 1 })],
    ['used up', LICENCIA, (mesa) => licencia(mesa, { maxVentas: 3, ventas: 3 })],
  ]
  for (const [caso, licenciaId, preparar] of casos) {
    const mesa = new Mesa()
    preparar(mesa)
    const veredicto = mesa.juzgar('venta', conQr(mesa, 1), { id: unId(50), sobre: { licenciaId } })
    assert.is(reglas(veredicto), 'retenido R15:sin_licencia', caso)
    assert.is(mesa.libro.retenciones.get(unId(50))?.[0]?.alVencer, 'acreditar')
  }
})

test('[R15] the last sale of a lease is credited; the server needs no lease; a sale without a client counts too', () => {
  const mesa = new Mesa()
  const licencia = mesa.libro.licencias.get(LICENCIA)
  if (licencia) licencia.maxVentas = 2
  mesa.juzgar('venta', unaVenta())
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 1))), 'aceptado')
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 2))), 'retenido R15:sin_licencia')
  assert.is(reglas(mesa.juzgar('venta', conQr(mesa, 3), { cadenaId: CADENA_SERVIDOR })), 'aceptado')
  assert.is(licencia?.ventas, 3)
})

test('[R12] [R15] without a valid lease the promise of an old version does not count', () => {
  const mesa = new Mesa()
  mesa.libro.configuraciones.push(unaConfiguracion({ version: 2, valorPuntoCentavos: 2_000, vigenteAt: AHORA - HORA }))
  const veredicto = mesa.juzgar('venta', conQr(mesa, 1, {}, { puntosPrometidos: 50 }), { sobre: { licenciaId: null } })
  assert.equal([veredicto.estado, veredicto.puntos], ['retenido', 25])
})

test('[R16] the 7th sale of a day on a card is held, by the day of the sucursal', () => {
  const mesa = new Mesa()
  const medianoche = Date.UTC(2026, 10, 22, 6) // 00:00 in Mexico City
  const vender = (ctr: number, hora: number) =>
    reglas(mesa.juzgar('venta', conQr(mesa, ctr, { tsMs: hora }), { wall: hora, recibidoAt: medianoche + DIA }))
  for (let i = 1; i <= 6; i++) assert.is(vender(i, medianoche - MINUTO), 'aceptado')
  assert.is(vender(7, medianoche - 1), 'retenido R16:limite')
  assert.is(vender(8, medianoche), 'aceptado')
  assert.equal(
    [...mesa.libro.ventasDelDia],
    [
      ['c0ffee0000000001|2026-11-21', 7],
      ['c0ffee0000000001|2026-11-22', 1],
    ],
  )
})

test('[R16] more than 20 times the median of the last sales is held, once there are 20 of them', () => {
  const mesa = new Mesa()
  mesa.libro.ultimosMontos.push(...Array<number>(9).fill(100), 1_000, ...Array<number>(9).fill(5_000))
  const vender = (ctr: number, montoCentavos: number) => reglas(mesa.juzgar('venta', conQr(mesa, ctr, {}, { montoCentavos })))
  assert.is(vender(1, 99_999), 'aceptado', '19 sales say nothing')
  assert.is(mesa.libro.ultimosMontos.length, 20)
  assert.is(vender(2, 20_001), 'retenido R16:limite', 'lower middle of 20 is 1,000')
  const previos = mesa.libro.ultimosMontos.slice(0, 20)
  assert.equal([muyPorEncima(20_000, previos), muyPorEncima(20_001, previos), muyPorEncima(20_001, previos.slice(1))], [false, true, false])
})

test('[R16] the median looks at the last 101 sales', () => {
  const mesa = new Mesa()
  for (let i = 1; i <= 103; i++) mesa.juzgar('venta', unaVenta({ montoCentavos: i }))
  assert.equal([mesa.libro.ultimosMontos.length, mesa.libro.ultimosMontos[0]], [101, 3])
})

test('[R16] a sale worth a whole nivel is held; an oro has none to cross', () => {
  const mesa = new Mesa()
  const vender = (ctr: number, nivel: string, montoCentavos: number) =>
    reglas(mesa.juzgar('venta', conQr(mesa, ctr, { nivel }, { montoCentavos })))
  assert.is(vender(1, 'bronce', 4_999_999), 'aceptado')
  assert.is(vender(2, 'bronce', 5_000_000), 'retenido R16:limite')
  assert.is(vender(3, 'plata', 8_000_000), 'retenido R16:limite')
  assert.is(vender(4, 'oro', 99_000_000), 'aceptado')
})

test('verdicts are AND-ed: every rule that speaks holds, in rule order', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', conQr(mesa, 1, { tsMs: AHORA - DIA }))
  mesa.libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: AHORA - DIA })
  mesa.libro.dispositivos.set(CAJA, { id: CAJA, tipo: 'caja', sucursalId: SUCURSAL, usuarioId: null, bajaAt: AHORA - DIA })
  const linea = { articuloId: unId(31), nombre: 'x', cantidad: 1, precioCentavos: 1 }
  const datos = conQr(mesa, 1, { tsMs: AHORA - DIA }, { montoCentavos: 5_000_000, lineas: [linea] })
  const veredicto = mesa.juzgar('venta', datos, { sobre: { licenciaId: null }, id: unId(50) })
  assert.is(reglas(veredicto), 'retenido R2:qr_repetido R10:cajero_baja R11:reloj R13:articulo_no_disponible R15:sin_licencia R16:limite')
  assert.equal(
    mesa.libro.retenciones.get(unId(50))?.map((r) => r.alVencer),
    ['caducar', 'acreditar', 'acreditar', 'acreditar', 'caducar'],
  )
})

test.run()
