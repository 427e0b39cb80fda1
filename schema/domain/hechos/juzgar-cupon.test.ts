import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../core/tiempo.ts'
import { AHORA, CLIENTE, Mesa, SUCURSAL, unaVenta, unCupon, unId, unQr, unUso } from '../../testing/constructores.ts'
import type { CuponDelLibro, Veredicto } from './libro.ts'
import { venta } from './tipos.ts'

const CUPON = unId(801)
const OTRO = unId(91)
const reglas = (v: Veredicto) => `${v.estado} ${v.motivos.map((m) => `${m.regla}:${m.codigo}`).join(' ')}`.trim()

/** Ana has an account here; `cupon`: what is said of the one cupón, 10 % of at least nothing, once for each client. */
function mesaConCupon(cupon: Partial<CuponDelLibro['definicion']> = {}, resto: Partial<CuponDelLibro> = {}): Mesa {
  const mesa = new Mesa()
  mesa.libro.cupones.set(CUPON, { definicion: unCupon({ id: CUPON, ...cupon }), borrado: false, usados: 0, ...resto })
  return mesa
}
let contador = 100
const usar = (mesa: Mesa, uso: object = {}, cambios: object = {}, id = unId(500)) =>
  mesa.juzgar('venta', unaVenta({ montoCentavos: 45_000, qr: qrNuevo(mesa), cupon: unUso({ cuponId: CUPON, ...uso }), ...cambios }), { id })
const qrNuevo = (mesa: Mesa, de: object = {}) => unQr(mesa.libro, { ctr: contador++, ...de })
const uso = (mesa: Mesa, id = unId(500)) => mesa.libro.cuponUsos.get(id)
const cuentas = (mesa: Mesa, de = CLIENTE) => [
  mesa.libro.cupones.get(CUPON)?.usados,
  mesa.libro.cuponUsuarios.get(`${CUPON}|${de}`)?.usados ?? null,
]
const dar = (mesa: Mesa, usuarioId = CLIENTE, codigoUnico: string | null = null) =>
  mesa.libro.cuponUsuarios.set(`${CUPON}|${usuarioId}`, {
    ...{ cuponId: CUPON, usuarioId, origen: 'asignado', codigoUnico, usados: 0, guardadoAt: AHORA - DIA, usadoAt: null },
  })

test('[R3] a cupón within its limits: what was due is given, it counts, and the sale is of what was paid', () => {
  const mesa = mesaConCupon()
  const v = usar(mesa)
  assert.equal([reglas(v), v.puntos], ['aceptado', 45])
  const t = mesa.libro.transacciones.get(unId(500))
  assert.equal([t?.montoCentavos, t?.cuponId, t?.descuentoCentavos], [45_000, CUPON, 5_000])
  assert.equal([uso(mesa)?.estado, uso(mesa)?.costoCentavos, uso(mesa)?.deUsuario, uso(mesa)?.motivo], ['usado', 0, CLIENTE, null])
  assert.equal([...cuentas(mesa), mesa.cambios.avisos], [1, 1, []])
  const deEvento = mesa.cambios.eventos[0]?.cuerpo
  assert.equal([deEvento?.cupon?.usados, deEvento?.venta?.descuentoCentavos], [1, 5_000])
  assert.is(mesa.libro.cuponUsuarios.get(`${CUPON}|${CLIENTE}`)?.origen, 'usado')
})

test('[R3] beyond the limit of a client: the sale stands, all of it is the cost of the merchant, and it counts nowhere', () => {
  const mesa = mesaConCupon()
  usar(mesa)
  const v = usar(mesa, {}, {}, unId(501))
  assert.equal([reglas(v), v.puntos], ['en_revision R3:cupon_repetido', 45])
  assert.equal([uso(mesa, unId(501))?.estado, uso(mesa, unId(501))?.costoCentavos], ['excedido', 5_000])
  assert.equal(cuentas(mesa), [1, 1])
  const [aviso] = mesa.cambios.avisos
  assert.equal([aviso?.tipo, aviso?.regla, aviso?.codigo, aviso?.costoCentavos], ['revision', 'R3', 'cupon_repetido', 5_000])
  assert.is(mesa.libro.saldos.get(CLIENTE)?.puntosDisponibles, 90, 'the client is never charged again')
})

test('[R3] beyond the limit of all clients together: the first accepted have it, whoever they are', () => {
  const mesa = mesaConCupon({ limiteTotal: 2, limitePorCliente: 5 })
  const de = (n: number) => ({ qr: qrNuevo(mesa, { usuarioId: unId(90 + n), cardId: `c0ffee000000000${n}` }) })
  const estados = [1, 2, 3].map((n) => reglas(usar(mesa, {}, de(n), unId(500 + n))))
  assert.equal(estados, ['aceptado', 'aceptado', 'en_revision R3:cupon_repetido'])
  assert.equal([mesa.libro.cupones.get(CUPON)?.usados, mesa.libro.cuponUsuarios.has(`${CUPON}|${unId(93)}`)], [2, false])
})

const NO_DEBIDO: [por: string, mesa: () => Mesa, codigo: string, de?: object, venta?: object][] = [
  ['of a sale below its minimum', () => mesaConCupon({ compraMinimaCentavos: 50_001 }), 'cupon_minimo'],
  ['of a nivel the client does not have', () => mesaConCupon({ nivelRequerido: 'plata' }), 'cupon_nivel'],
  ['in another sucursal', () => mesaConCupon({ sucursales: [unId(77)] }), 'cupon_otra_sucursal'],
  ['before its first day', () => mesaConCupon({ desdeAt: AHORA + 1 }), 'cupon_no_empieza'],
  ['after its last', () => mesaConCupon({ venceAt: AHORA - 1 }), 'cupon_vencido'],
  ['that is off', () => mesaConCupon({ activo: false }), 'cupon_inactivo'],
  ['that was deleted', () => mesaConCupon({}, { borrado: true }), 'cupon_inactivo'],
  ['that was given to others alone', () => mesaConCupon({ publico: false }), 'CUPON_AJENO'],
  ['only with connection, given without', () => mesaConCupon({ soloConConexion: true }), 'cupon_con_conexion'],
  ['nobody knows', () => mesaConCupon(), 'cupon_desconocido', { cuponId: unId(899) }],
]
for (const [por, mesaDe, codigo, de] of NO_DEBIDO)
  test(`[R3] a cupón ${por}: the discount stays given and is the cost of the merchant`, () => {
    const mesa = mesaDe()
    assert.is(reglas(usar(mesa, de)), `en_revision R3:${codigo}`)
    assert.equal([uso(mesa)?.costoCentavos, uso(mesa)?.estado, mesa.cambios.avisos[0]?.costoCentavos], [5_000, 'excedido', 5_000])
    assert.equal(cuentas(mesa), [0, null])
  })

test('[R3] on its very edges it counts: the first and the last instant, the minimum to the centavo, its nivel, its sucursal, with connection', () => {
  const justo = { desdeAt: AHORA, venceAt: AHORA, compraMinimaCentavos: 50_000, nivelRequerido: 'plata' as const, sucursales: [SUCURSAL] }
  const mesa = mesaConCupon({ ...justo, soloConConexion: true, limiteTotal: 1 })
  assert.is(reglas(usar(mesa, { conConexion: true }, { qr: qrNuevo(mesa, { nivel: 'plata' }) })), 'aceptado')
  assert.is(uso(mesa)?.estado, 'usado')
})

test('[R3] more than was due: it counts, and only the difference is the cost of the merchant', () => {
  const mesa = mesaConCupon()
  const v = usar(mesa, { descuentoCentavos: 8_000 }, { montoCentavos: 42_000 })
  assert.is(reglas(v), 'en_revision R3:cupon_excedido')
  assert.equal([uso(mesa)?.estado, uso(mesa)?.costoCentavos, mesa.cambios.avisos[0]?.costoCentavos], ['usado', 3_000, 3_000])
  assert.equal(cuentas(mesa), [1, 1])
})

test('[R3] less than was due is no cost of anybody', () => {
  const mesa = mesaConCupon()
  assert.is(reglas(usar(mesa, { descuentoCentavos: 100 }, { montoCentavos: 49_900 })), 'aceptado')
  assert.is(uso(mesa)?.costoCentavos, 0)
})

test('[R3] a cupón that paid it all: a sale of nothing earns nothing, and its QR is used (R2)', () => {
  const mesa = mesaConCupon({ tipo: 'monto', valor: 90_000 })
  const qr = qrNuevo(mesa)
  const v = usar(mesa, { descuentoCentavos: 50_000 }, { montoCentavos: 0, qr })
  assert.equal([reglas(v), v.puntos, mesa.cambios.historial], ['aceptado', 0, []])
  assert.equal([mesa.libro.clientes.get(CLIENTE)?.visitas, mesa.libro.ultimosMontos], [1, []])
  assert.is(reglas(mesa.juzgar('venta', unaVenta({ qr }))), 'retenido R2:qr_repetido')
  assert.is(
    reglas(mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: unId(500), montoCentavos: 1, motivo: 'x' })),
    'en_revision R6:reembolso_excedido',
  )
})

test('a sale of 0 without a cupón, or whose sums are not right, is no sale', () => {
  const bien = unaVenta({ montoCentavos: 45_000, cupon: unUso({}) })
  assert.ok(venta.safeParse(bien).success)
  assert.not.ok(venta.safeParse({ ...bien, montoCentavos: 45_001 }).success)
  assert.not.ok(venta.safeParse(unaVenta({ montoCentavos: 0 })).success)
})

test('[R3] a private cupón counts for whoever was given it, by card or by the code of that client alone', () => {
  const mesa = mesaConCupon({ publico: false })
  dar(mesa, CLIENTE, 'CAFE-AAAA')
  dar(mesa, OTRO, 'CAFE-BBBB')
  assert.is(reglas(usar(mesa)), 'aceptado')
  assert.is(mesa.libro.cuponUsuarios.get(`${CUPON}|${CLIENTE}`)?.origen, 'asignado', 'it stays as it was given')
  const conOtro = usar(mesa, { codigoUnico: 'CAFE-BBBB', medio: 'codigo' }, {}, unId(501))
  assert.is(reglas(conOtro), 'en_revision R3:CUPON_AJENO')
  const sinTarjeta = usar(mesa, { codigoUnico: 'CAFE-BBBB', medio: 'codigo' }, { qr: null }, unId(502))
  assert.equal([reglas(sinTarjeta), uso(mesa, unId(502))?.deUsuario], ['aceptado', OTRO])
  assert.equal(
    [cuentas(mesa), cuentas(mesa, OTRO)],
    [
      [2, 1],
      [2, 1],
    ],
  )
  assert.is(reglas(usar(mesa, { codigoUnico: 'NADIE', medio: 'codigo' }, { qr: null }, unId(503))), 'en_revision R3:CUPON_AJENO')
})

test('CUP-24: without a card the owner of the code is told of the use, of no balance, and of its return', () => {
  const mesa = mesaConCupon()
  dar(mesa, OTRO, 'CAFE-BBBB')
  usar(mesa, { codigoUnico: 'CAFE-BBBB', medio: 'codigo' }, { qr: null })
  mesa.juzgar('anulacion', { transaccionId: unId(500), motivo: 'x' })
  const eventos = mesa.cambios.eventos.map((e) => [e.usuarioId, e.cuerpo.cupon?.usados, e.cuerpo.saldo, e.cuerpo.venta])
  assert.equal(eventos, [
    [OTRO, 1, null, null],
    [OTRO, 0, null, null],
  ])
  assert.is(mesa.libro.saldos.size, 0)
})

test('CUP-17: whoever used a cupón by its code is told what it took off that purchase, and what became of it; also of a use that never counted', () => {
  for (const limitePorCliente of [1, 2]) {
    const mesa = mesaConCupon({ limitePorCliente })
    dar(mesa, OTRO, 'CAFE-BBBB')
    const sinTarjeta = [{ codigoUnico: 'CAFE-BBBB', medio: 'codigo' }, { qr: null }] as const
    usar(mesa, ...sinTarjeta)
    usar(mesa, ...sinTarjeta, unId(501))
    mesa.cambios.cuponUsos.clear() // another batch
    const contar = (tipo: string, datos: object) => {
      mesa.juzgar(tipo, { transaccionId: unId(501), motivo: 'x', ...datos })
      return mesa.cambios.eventos.map((e) => [e.cuerpo.ahorro?.transaccionId, e.cuerpo.ahorro?.descuentoCentavos, e.cuerpo.ahorro?.estado])
    }
    const primeras = [
      [unId(500), 5_000, 'completada'],
      [unId(501), 5_000, 'completada'],
    ]
    assert.equal(contar('reembolso', { folio: 'C1-000002', montoCentavos: 10_000 }), primeras)
    const entera = [...primeras, [unId(501), 5_000, 'reembolsada']]
    assert.equal(contar('reembolso', { folio: 'C1-000003', montoCentavos: 35_000 }), entera)
    const otraVez = [...entera, [unId(501), 5_000, 'completada']]
    assert.equal(contar('cambio_monto', { montoCentavos: 46_000 }), otraVez)
    assert.equal(contar('anulacion', {}), [...otraVez, [unId(501), 5_000, 'anulada']])
    assert.ok(mesa.cambios.eventos.every((e) => e.usuarioId === OTRO && e.cuerpo.cupon && e.cuerpo.venta === null))
  }
  const conTarjeta = mesaConCupon()
  usar(conTarjeta)
  assert.is(conTarjeta.cambios.eventos[0]?.cuerpo.ahorro, undefined, 'its sale says it')
})

test('[R3] a QR that is not ours takes the client from the cupón too: a general one still counts in all', () => {
  const mesa = mesaConCupon({ limiteTotal: 1 })
  mesa.libro.evidencias.set('malo', { valida: false })
  assert.is(reglas(usar(mesa, {}, { qr: 'malo' })), 'en_revision null:qr_invalido')
  assert.equal([uso(mesa)?.deUsuario, ...cuentas(mesa)], [null, 1, null])
  assert.is(reglas(usar(mesa, {}, { qr: null }, unId(501))), 'en_revision R3:cupon_repetido')
})

const DEVUELVEN: [por: string, tipo: string, datos: object][] = [
  ['cancelled', 'anulacion', { transaccionId: unId(500), motivo: 'x' }],
  ['refunded whole', 'reembolso', { folio: 'C1-000002', transaccionId: unId(500), montoCentavos: 45_000, motivo: 'x' }],
]
for (const [por, tipo, datos] of DEVUELVEN)
  test(`[R6] a sale that was ${por} gives the use of its cupón back, once, and it may be used again (R3)`, () => {
    const mesa = mesaConCupon({ limiteTotal: 1 })
    usar(mesa)
    mesa.juzgar(tipo, datos)
    assert.equal([uso(mesa)?.estado, ...cuentas(mesa)], ['devuelto', 0, 0])
    assert.is(mesa.cambios.eventos.at(-1)?.cuerpo.cupon?.usados, 0)
    mesa.juzgar('anulacion', { transaccionId: unId(500), motivo: 'otra vez' })
    assert.equal(cuentas(mesa), [0, 0])
    assert.is(reglas(usar(mesa, {}, {}, unId(501))), 'aceptado')
  })

test('[R6] a partial refund gives no use back; the one that completes it does', () => {
  const mesa = mesaConCupon()
  usar(mesa)
  for (const [montoCentavos, usados] of [
    [44_999, 1],
    [1, 0],
  ]) {
    mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: unId(500), montoCentavos, motivo: 'x' })
    assert.equal(cuentas(mesa), [usados, usados])
  }
})

test('[R6] a monto lowered to what was refunded already is a sale refunded whole, and gives the use back', () => {
  const mesa = mesaConCupon()
  usar(mesa)
  mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: unId(500), montoCentavos: 10_000, motivo: 'x' })
  mesa.juzgar('cambio_monto', { transaccionId: unId(500), montoCentavos: 10_000, motivo: 'x' })
  assert.equal([mesa.libro.transacciones.get(unId(500))?.estado, uso(mesa)?.estado, ...cuentas(mesa)], ['reembolsada', 'devuelto', 0, 0])
})

test('[R3] a sale refunded whole that is worth more after all uses its cupón again; one used elsewhere meanwhile was given too often', () => {
  const volver = (mesa: Mesa) => {
    mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: unId(500), montoCentavos: 45_000, motivo: 'x' })
    return () => mesa.juzgar('cambio_monto', { transaccionId: unId(500), montoCentavos: 50_000, motivo: 'x' })
  }
  const cabe = mesaConCupon()
  usar(cabe)
  const subir = volver(cabe)
  assert.equal([uso(cabe)?.estado, ...cuentas(cabe)], ['devuelto', 0, 0])
  assert.is(reglas(subir()), 'aceptado')
  assert.equal([uso(cabe)?.estado, uso(cabe)?.costoCentavos, ...cuentas(cabe)], ['usado', 0, 1, 1])
  assert.is(cabe.cambios.eventos.at(-1)?.cuerpo.cupon?.usados, 1)
  cabe.juzgar('cambio_monto', { transaccionId: unId(500), montoCentavos: 60_000, motivo: 'x' })
  assert.equal(cuentas(cabe), [1, 1], 'once')

  for (const limites of [{ limitePorCliente: 1 }, { limitePorCliente: 9, limiteTotal: 1 }]) {
    const mesa = mesaConCupon(limites)
    usar(mesa)
    const deMas = volver(mesa)
    usar(mesa, {}, {}, unId(501))
    assert.is(reglas(deMas()), 'en_revision R3:cupon_repetido')
    const { estado, costoCentavos, motivo } = uso(mesa)!
    assert.equal([estado, costoCentavos, motivo, ...cuentas(mesa)], ['excedido', 5_000, 'cupon_repetido', 1, 1])
    assert.equal([mesa.cambios.avisos.length, mesa.cambios.avisos[0]?.costoCentavos], [1, 5_000])
  }

  // Of nobody, and of a cupón that this judge was not given.
  const deNadie = mesaConCupon({ limiteTotal: 1 })
  usar(deNadie, {}, { qr: null })
  const otra = volver(deNadie)
  deNadie.libro.cupones.delete(CUPON)
  otra()
  assert.is(uso(deNadie)?.estado, 'usado')
})

test('[R3] a use beyond the limit is not given back: it was never counted', () => {
  const mesa = mesaConCupon({ limitePorCliente: 1 })
  usar(mesa)
  usar(mesa, {}, {}, unId(501))
  mesa.juzgar('anulacion', { transaccionId: unId(501), motivo: 'x' })
  assert.equal([uso(mesa, unId(501))?.estado, ...cuentas(mesa)], ['excedido', 1, 1])
})

test('CUP-24: of a code whose cupón nobody knows, and of a refund in part, its owner hears nothing', () => {
  const mesa = mesaConCupon()
  dar(mesa, OTRO, 'CAFE-BBBB')
  const suyo = mesa.libro.cuponUsuarios.get(`${CUPON}|${OTRO}`)
  if (suyo) mesa.libro.cuponUsuarios.set(`${unId(899)}|${OTRO}`, { ...suyo, cuponId: unId(899) })
  const porCodigo = { codigoUnico: 'CAFE-BBBB', medio: 'codigo' }
  assert.is(reglas(usar(mesa, { ...porCodigo, cuponId: unId(899) }, { qr: null })), 'en_revision R3:cupon_desconocido')
  assert.equal(mesa.cambios.eventos, [])
  usar(mesa, porCodigo, { qr: null }, unId(501))
  mesa.cambios.cuponUsos.clear() // another batch
  mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: unId(501), montoCentavos: 1, motivo: 'x' })
  assert.is(mesa.cambios.eventos.length, 1)
})

test('[R6] a use is given back also when its cupón is no more', () => {
  const mesa = mesaConCupon()
  usar(mesa)
  mesa.libro.cupones.clear()
  mesa.juzgar('anulacion', { transaccionId: unId(500), motivo: 'x' })
  assert.equal([uso(mesa)?.estado, ...cuentas(mesa)], ['devuelto', undefined, 0])
})

test('CUP-24: whose use is given back hears of the cupón as it is by then: changed, switched off, deleted', () => {
  const ahora = { titulo: 'Otro título', venceAt: AHORA + 1 }
  for (const [cambios, activo] of [
    [{ definicion: unCupon({ id: CUPON, ...ahora }), borrado: false }, true],
    [{ definicion: unCupon({ id: CUPON, ...ahora, activo: false }), borrado: false }, false],
    [{ definicion: unCupon({ id: CUPON, ...ahora }), borrado: true }, false],
  ] as const) {
    const mesa = mesaConCupon()
    usar(mesa)
    mesa.libro.cupones.set(CUPON, { ...cambios, usados: 1 })
    mesa.juzgar('anulacion', { transaccionId: unId(500), motivo: 'error' }, { id: unId(502) })
    const dicho = mesa.cambios.eventos.at(-1)?.cuerpo.cupon
    assert.equal([dicho?.usados, dicho?.definicion.titulo, dicho?.definicion.venceAt], [0, 'Otro título', AHORA + 1])
    assert.is(dicho?.definicion.activo, activo)
  }
})

test('[R3] without a card everybody is bronce; a code of another cupón is nobody’s here', () => {
  const mesa = mesaConCupon({ nivelRequerido: 'bronce', limitePorCliente: 3 })
  dar(mesa, OTRO, 'CAFE-BBBB')
  const suyo = mesa.libro.cuponUsuarios.get(`${CUPON}|${OTRO}`)
  if (suyo)
    mesa.libro.cuponUsuarios.set(`${unId(802)}|${CLIENTE}`, { ...suyo, cuponId: unId(802), usuarioId: CLIENTE, codigoUnico: 'TE-CCCC' })
  assert.is(reglas(usar(mesa, { codigoUnico: 'TE-CCCC', medio: 'codigo' }, { qr: null })), 'aceptado')
  assert.is(uso(mesa)?.deUsuario, null)
})

test('[R3] whoever used one while it was for everybody was not given it', () => {
  const mesa = mesaConCupon({ limitePorCliente: 3 })
  usar(mesa)
  const suyo = mesa.libro.cupones.get(CUPON)
  if (suyo) suyo.definicion = { ...suyo.definicion, publico: false }
  assert.is(reglas(usar(mesa, {}, {}, unId(501))), 'en_revision R3:CUPON_AJENO')
})

test('[R3] two for one and a gift: of the lines the cheapest ones are due, without lines what the cashier said', () => {
  const linea = (n: number, cantidad: number, precioCentavos: number) => ({
    articuloId: unId(n),
    nombre: 'Pizza',
    cantidad,
    precioCentavos,
  })
  const lineas = [linea(30, 3, 10_000), linea(31, 3, 6_000), linea(32, 1, 2_000)]
  const debido = (tipo: 'dos_por_uno' | 'regalo', articulos: string[], cambios: object, regaladoCentavos = 0) => {
    const mesa = mesaConCupon({ tipo, articulos })
    usar(mesa, { descuentoCentavos: 50_000, regaladoCentavos }, { montoCentavos: 0, ...cambios })
    return 50_000 - (uso(mesa)?.costoCentavos ?? 0)
  }
  // 10 10 | 10 6 | 6 6 | 2
  assert.is(debido('dos_por_uno', [], { lineas }), 22_000)
  assert.is(debido('dos_por_uno', [unId(31)], { lineas }), 6_000)
  assert.is(debido('regalo', [], { lineas }), 2_000)
  assert.is(debido('regalo', [unId(30), unId(31)], { lineas }), 6_000)
  for (const tipo of ['dos_por_uno', 'regalo'] as const) {
    assert.is(debido(tipo, [unId(99)], { lineas }), 0)
    assert.is(debido(tipo, [], {}, 7_000), 7_000)
  }
})

test('CUP-24: the owner of a code hears of its return after a whole refund, and after a monto lowered to it', () => {
  for (const [montoCentavos, hechos] of [
    [45_000, 2],
    [1_000, 3],
  ] as const) {
    const mesa = mesaConCupon()
    dar(mesa, OTRO, 'CAFE-BBBB')
    usar(mesa, { codigoUnico: 'CAFE-BBBB', medio: 'codigo' }, { qr: null })
    mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: unId(500), montoCentavos, motivo: 'x' })
    if (hechos === 3) mesa.juzgar('cambio_monto', { transaccionId: unId(500), montoCentavos, motivo: 'x' })
    assert.equal([mesa.cambios.eventos.length, mesa.cambios.eventos.at(-1)?.cuerpo.cupon?.usados], [hechos, 0])
  }
})

test('a sale without a cupón says nothing of a discount', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta({ qr: qrNuevo(mesa) }))
  assert.not.ok('descuentoCentavos' in (mesa.cambios.eventos[0]?.cuerpo.venta ?? {}))
})

test.run()
