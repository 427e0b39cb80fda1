import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../../schema/core/canonico.ts'
import { uuidv7 } from '../../../schema/core/ids.ts'
import { HORA } from '../../../schema/core/tiempo.ts'
import type { TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import { renglonDe } from '../../replica/renglon.ts'
import { buscarEn } from './buscar.ts'
import { efectoDeReembolso } from './efecto-de-reembolso.ts'
import { historiaDeVenta } from './historia-de-venta.ts'
import { cifrasPara, type Fuentes, movimientosDelDia, resumenDelDia, visiblesPara } from './movimientos.ts'
import { lineasDe, montoDeLineas, tieneLineas } from './por-lineas.ts'
import { cardIdsDe, momentoDeUuid } from './tarjetas-vistas.ts'
import { turnoAbiertoEn } from './turno-abierto.ts'
import { ventaDeTicket } from './venta-de-ticket.ts'

const ZONA = 'America/Mexico_City'
const DIA = '2026-11-21'
const MEDIODIA = Date.UTC(2026, 10, 21, 18)
const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const CADENA = uuid(900)
const llave = (seq: number) => `${CADENA}|${String(seq).padStart(10, '0')}`

function renglon(seq: number, tipo: string, datos: unknown, wall = MEDIODIA + seq, estado = 'pendiente') {
  const cuerpo = textoCanonico({
    v: 1,
    id: uuid(seq),
    cadenaId: CADENA,
    seq,
    prevHash: seq === 0 ? '' : 'a'.repeat(64),
    negocioId: uuid(800),
    sucursalId: uuid(801),
    dispositivoId: uuid(802),
    licenciaId: null,
    operador: null,
    tiempo: { wall, offset: 0, offsetAt: 0, mono: 0, arranque: uuid(803) },
    tipo,
    datos,
  })
  return { id: llave(seq), cuerpo, estado }
}
const venta = (seq: number, montoCentavos: number, mas: object = {}, wall?: number) =>
  renglon(
    seq,
    'venta',
    {
      folio: `C1-${String(seq).padStart(6, '0')}`,
      montoCentavos,
      metodoPago: 'efectivo',
      descripcion: null,
      lineas: [],
      qr: null,
      configVersion: 1,
      puntosPrometidos: 0,
      ...mas,
    },
    wall,
  )
const veredicto = (seq: number, mas: Partial<VeredictoDoc> = {}): VeredictoDoc => ({
  id: llave(seq),
  cadenaId: CADENA,
  seq,
  hechoId: uuid(seq),
  tipo: 'venta',
  dispositivoId: uuid(802),
  estado: 'aceptado',
  motivos: [],
  puntos: 0,
  effAt: MEDIODIA,
  hueco: false,
  seqStream: 1,
  ...mas,
})
const transaccion = (seq: number, montoCentavos: number, mas: Partial<TransaccionDoc> = {}): TransaccionDoc => ({
  id: uuid(seq),
  sucursalId: uuid(801),
  dispositivoId: uuid(802),
  cadenaId: CADENA,
  seq,
  folio: `C1-${String(seq).padStart(6, '0')}`,
  clienteId: null,
  cardId: null,
  empleadoId: null,
  montoCentavos,
  descripcion: null,
  metodoPago: 'efectivo',
  lineas: [],
  puntosBase: 0,
  multiplicadorPct: 100,
  puntosOtorgados: 0,
  puntosDevueltos: 0,
  acreditada: false,
  nivelCliente: null,
  configVersion: 1,
  reembolsadoCentavos: 0,
  motivo: null,
  estado: 'completada',
  effAt: MEDIODIA,
  recibidoAt: MEDIODIA + 5_000,
  retenida: false,
  ...mas,
})
const lista = (fuentes: Partial<Fuentes>, dia = DIA) =>
  movimientosDelDia({ diario: [], veredictos: [], transacciones: [], ...fuentes }, dia, ZONA)

test('a sale that the server has not acknowledged is only here', () => {
  const [m] = lista({ diario: [venta(1, 12_500)] })
  assert.is(m?.aspecto, 'aqui')
  assert.is(m?.recibido, false)
  assert.is(m?.montoCentavos, 12_500)
  assert.is(m?.reembolsableCentavos, 12_500)
})

test('an acknowledged sale is solid, dated by the server’s own receipt', () => {
  const [m] = lista({ diario: [venta(1, 100)], veredictos: [veredicto(1)], transacciones: [transaccion(1, 100)] })
  assert.is(m?.aspecto, 'servidor')
  assert.is(m?.recibidoAt, MEDIODIA + 5_000)
  assert.is(lista({ diario: [{ ...venta(1, 100), estado: 'recibido' }] })[0]?.recibido, true, 'acknowledged, not pulled yet')
})

test('a sale appears once, though the journal and the pull both have it', () => {
  assert.is(lista({ diario: [venta(1, 100)], transacciones: [transaccion(1, 100)] }).length, 1)
})

test('sales of another till of the sucursal, and of a lost journal, come from the pull', () => {
  const [m] = lista({ transacciones: [transaccion(7, 300)] })
  assert.is(m?.propio, false)
  assert.is(m?.aspecto, 'servidor')
})

test('held points need a person, and say why', () => {
  const [m] = lista({
    diario: [venta(1, 100, { puntosPrometidos: 9 })],
    veredictos: [veredicto(1, { estado: 'retenido', motivos: [{ regla: 'R2', codigo: 'qr_repetido' }], puntos: 9 })],
  })
  assert.is(m?.aspecto, 'atencion')
  assert.is(m?.motivo, 'qr_repetido')
  assert.is(m?.puntosFirmes, false)
})

test('SCAN-11: held points that were approved are the client’s, of one’s own sale and of another’s; refused or lapsed, nobody’s', () => {
  const diario = [venta(1, 1_000, { puntosPrometidos: 9, qr: undefined })]
  const veredictos = [veredicto(1, { estado: 'retenido', motivos: [{ regla: 'R2', codigo: 'qr_repetido' }], puntos: 9 })]
  const ver = (mas: Partial<TransaccionDoc>) => {
    const transacciones = [1, 2].map((n) => transaccion(n, 1_000, { clienteId: uuid(700), puntosOtorgados: 9, ...mas }))
    const movimientos = lista({ diario, veredictos, transacciones })
    return [
      movimientos.map((m) => [m.aspecto, m.puntosFirmes]),
      resumenDelDia(movimientos).puntos,
      resumenDelDia(movimientos).puntosPorConfirmar,
    ]
  }
  const dos = <T>(m: T) => [m, m]
  assert.equal(ver({ retenida: true }), [dos(['atencion', false]), 0, 18])
  assert.equal(ver({ acreditada: true }), [dos(['servidor', true]), 18, 0])
  assert.equal(ver({}), [dos(['servidor', true]), 0, 0])
})

test('a refund that waits here is not offered twice; once judged, only the server’s sum counts', () => {
  const reembolso = renglon(2, 'reembolso', { folio: 'C1-000002', transaccionId: uuid(1), montoCentavos: 400, motivo: 'frío' })
  const diario = [venta(1, 1_000), reembolso]
  const antes = lista({ diario }).find((m) => m.tipo === 'venta')
  assert.is(antes?.reembolsableCentavos, 600)
  const despues = lista({
    diario,
    veredictos: [veredicto(1), veredicto(2)],
    transacciones: [transaccion(1, 1_000, { reembolsadoCentavos: 400 })],
  })
  assert.is(despues.find((m) => m.tipo === 'venta')?.reembolsableCentavos, 600)
})

test('R6: verdicts that came before their sales: a refund, a cancellation and a changed monto still count, once', () => {
  const reembolso = (seq: number, montoCentavos: number) =>
    renglon(seq, 'reembolso', { folio: `C1-00000${seq}`, transaccionId: uuid(1), montoCentavos, motivo: 'frío' })
  const ver = (mas: Partial<TransaccionDoc>, ...diario: ReturnType<typeof renglon>[]) => {
    const veredictos = [veredicto(1), ...diario.map((_, i) => veredicto(i + 2, { seqStream: i + 2 }))]
    const fuentes = { diario: [venta(1, 1_000), ...diario], veredictos, transacciones: [transaccion(1, 1_000, mas)] }
    return lista(fuentes).find((m) => m.tipo === 'venta')
  }
  const dos = [reembolso(2, 400), reembolso(3, 250)]
  for (const reembolsadoCentavos of [0, 400, 650]) assert.is(ver({ reembolsadoCentavos }, ...dos)?.reembolsableCentavos, 350)
  assert.is(ver({ reembolsadoCentavos: 750 }, ...dos)?.reembolsableCentavos, 250, 'and what another till gave back')
  const anulacion = renglon(2, 'anulacion', { transaccionId: uuid(1), motivo: 'error' })
  assert.equal([ver({}, anulacion)?.estado, ver({ estado: 'anulada' }, anulacion)?.estado], ['anulada', 'anulada'])
  const cambio = renglon(2, 'cambio_monto', { transaccionId: uuid(1), montoCentavos: 800, motivo: 'error' })
  assert.is(ver({}, cambio)?.montoCentavos, 800)
  assert.is(ver({ montoCentavos: 700, montoOriginalCentavos: 1_000 }, cambio)?.montoCentavos, 700, 'changed again elsewhere')
})

test('a cancelled sale is not in the sum and cannot be refunded', () => {
  const diario = [venta(1, 1_000), venta(2, 500), renglon(3, 'anulacion', { transaccionId: uuid(1), motivo: 'error' })]
  const movimientos = lista({ diario })
  assert.is(movimientos.find((m) => m.id === uuid(1))?.reembolsableCentavos, 0)
  assert.equal(resumenDelDia(movimientos), {
    ventas: 1,
    vendidoCentavos: 500,
    devueltoCentavos: 0,
    puntos: 0,
    puntosPorConfirmar: 0,
    cupones: 0,
  })
})

test('EMP-11: without verEstadisticas the figures are of one’s own sales, whatever the list shows', () => {
  const [mia, ajena] = lista({ diario: [venta(1, 1_000), venta(2, 500)] }).map((m, i) => ({ ...m, operadorId: uuid(700 + i) }))
  const cifras = (estadisticas: boolean) => {
    const { ventas, vendidoCentavos } = cifrasPara([mia!, ajena!], mia!.operadorId, estadisticas)
    return [ventas, vendidoCentavos]
  }
  assert.equal(
    [cifras(false), cifras(true)],
    [
      [1, mia!.montoCentavos],
      [2, 1_500],
    ],
  )
})

const cambio = (seq: number, montoCentavos: number, de = 1) =>
  renglon(seq, 'cambio_monto', { transaccionId: uuid(de), montoCentavos, motivo: 'tecleé mal' })
const VERSION = {
  ...{ version: 1, participa: true, valorPuntoCentavos: 1_000, validezMeses: null, vigenteAt: 0 },
  ...{ minimosLifetime: { plata: 1_000, oro: 3_000 }, multiplicadoresPct: { bronce: 100, plata: 125, oro: 150 } },
} as unknown as NonNullable<Fuentes['versiones']>[number]

test('SCAN-22: a monto changed here is what the day adds up to and what may be given back, before and after the verdict', () => {
  const diario = [venta(1, 5_000), cambio(2, 50_000)]
  const antes = lista({ diario })
  const laVenta = (movimientos: typeof antes) => movimientos.find((m) => m.tipo === 'venta')
  assert.is(resumenDelDia(antes).vendidoCentavos, 50_000)
  assert.is(laVenta(antes)?.reembolsableCentavos, 50_000)
  assert.is(laVenta(antes)?.montoOriginalCentavos, 5_000)
  const despues = lista({
    diario,
    veredictos: [veredicto(1), veredicto(2)],
    transacciones: [transaccion(1, 50_000, { montoOriginalCentavos: 5_000 })],
  })
  assert.is(resumenDelDia(despues).vendidoCentavos, 50_000)
  assert.is(laVenta(despues)?.montoOriginalCentavos, 5_000)
})

test('SCAN-22: what cannot be changes nothing here either: less than was given back, a cancelled sale', () => {
  const reembolso = renglon(2, 'reembolso', { folio: 'C1-000002', transaccionId: uuid(1), montoCentavos: 400, motivo: 'frío' })
  const [, , quedo] = lista({ diario: [venta(1, 1_000), reembolso, cambio(3, 300)] })
  assert.is(quedo?.montoCentavos, 1_000)
  const anulada = lista({ diario: [venta(1, 1_000), renglon(2, 'anulacion', { transaccionId: uuid(1), motivo: 'x' }), cambio(3, 2_000)] })
  assert.is(anulada.find((m) => m.tipo === 'venta')?.montoCentavos, 1_000)
  assert.is(resumenDelDia(anulada).vendidoCentavos, 0)
})

test('[R12] the points of a changed monto are promised by the rules of its sale, and are the server’s once it judged', () => {
  const sold = transaccion(1, 50_000, { nivelCliente: 'oro', puntosOtorgados: 75, acreditada: true, clienteId: uuid(500) })
  const [, antes] = lista({ diario: [cambio(2, 100_000)], transacciones: [sold], versiones: [VERSION] })
  assert.equal([antes?.puntos, antes?.puntosFirmes], [150, false])
  const juzgada = { ...sold, montoCentavos: 100_000, montoOriginalCentavos: 50_000, puntosOtorgados: 150 }
  const diario = [venta(1, 50_000, { puntosPrometidos: 75 }), cambio(2, 100_000)]
  const despues = lista({ diario, veredictos: [veredicto(1, { puntos: 75 }), veredicto(2, { puntos: 75 })], transacciones: [juzgada] })
  const laVenta = despues.find((m) => m.tipo === 'venta')
  assert.equal([laVenta?.puntos, laVenta?.puntosFirmes], [150, true])
})

test('SCAN-40: what came back is told by line, never more of it than was sold', () => {
  const lineas = [{ articuloId: uuid(70), nombre: 'Pizza', cantidad: 2, precioCentavos: 500 }]
  const devuelve = (seq: number, cantidad: number) =>
    renglon(seq, 'reembolso', {
      ...{ folio: `C1-00000${seq}`, transaccionId: uuid(1), montoCentavos: 500, motivo: 'frío' },
      lineas: [{ articuloId: uuid(70), cantidad }],
    })
  const movimientos = lista({ diario: [venta(1, 1_000, { lineas }), devuelve(2, 1), devuelve(3, 9)] })
  const laVenta = movimientos.find((m) => m.tipo === 'venta')
  assert.equal(
    laVenta?.lineas.map((l) => l.devueltas),
    [2],
  )
  assert.is(laVenta?.estado, 'reembolsada')
})

test('SCAN-22, 40, 51: the story of a sale, oldest first, with what this till did not see', () => {
  const reembolso = renglon(2, 'reembolso', { folio: 'C1-000002', transaccionId: uuid(1), montoCentavos: 400, motivo: 'frío' })
  const fuentes = { diario: [venta(1, 1_000), reembolso, cambio(3, 900)], veredictos: [], transacciones: [] }
  const historia = historiaDeVenta(fuentes, uuid(1))
  assert.equal(
    historia?.pasos.map((paso) => paso.tipo),
    ['reembolso', 'cambio_monto'],
  )
  assert.is(historia?.devueltoFueraCentavos, 0)
  const ajena = transaccion(7, 300, { reembolsadoCentavos: 120, montoOriginalCentavos: 350 })
  const fuera = historiaDeVenta({ ...fuentes, transacciones: [ajena] }, uuid(7))
  assert.equal([fuera?.devueltoFueraCentavos, fuera?.corregidaFuera, fuera?.anuladaFuera], [120, true, false])
  assert.is(historiaDeVenta(fuentes, uuid(2)), undefined, 'a refund is no sale')
})

test('SCAN-40: by line, what was paid is shared, a cupón or not; all of them is all that remains', () => {
  const lineas = [
    { articuloId: uuid(70), nombre: 'Pizza', cantidad: 2, precioCentavos: 500 },
    { articuloId: uuid(71), nombre: 'Agua', cantidad: 1, precioCentavos: 333 },
  ]
  const [conDescuento] = lista({ diario: [venta(1, 1_200, { lineas })] })
  assert.ok(conDescuento && tieneLineas(conDescuento))
  assert.is(montoDeLineas(conDescuento, { 0: 1 }), 450)
  assert.is(montoDeLineas(conDescuento, { 1: 1 }), 299)
  assert.is(montoDeLineas(conDescuento, { 0: 2, 1: 1 }), 1_200, 'no centavo is left over')
  assert.is(montoDeLineas(conDescuento, {}), 0)
  assert.equal(lineasDe(conDescuento, { 0: 2, 1: 0 }), [{ articuloId: uuid(70), cantidad: 2 }])
  const reembolso = renglon(2, 'reembolso', { folio: 'C1-000002', transaccionId: uuid(1), montoCentavos: 1_000, motivo: 'frío' })
  const [, conResto] = lista({ diario: [venta(1, 1_333, { lineas }), reembolso] })
  assert.is(conResto && montoDeLineas(conResto, { 0: 1 }), 333, 'never more than remains')
})

test('SCAN-40: [R14] a sale that only its ticket tells of can be given back here, and no more than remains of it', () => {
  const ticket = {
    ...{ hechoId: uuid(40), negocioNumero: 1, negocioNombre: 'Roma', folio: 'C2-000009', montoCentavos: 5_000, puntos: 7 },
    ...{ effAt: MEDIODIA, cardId: 'a'.repeat(16) },
  }
  const reembolso = renglon(2, 'reembolso', { folio: 'C1-000002', transaccionId: uuid(40), montoCentavos: 3_000, motivo: 'frío' })
  const fuentes = { diario: [reembolso], veredictos: [], transacciones: [] }
  const { venta: ajena, conocida } = ventaDeTicket(fuentes, ticket)
  assert.equal([conocida, ajena.propio, ajena.reembolsableCentavos, ajena.conCliente], [false, false, 2_000, true])
  // Also once the server answered and the sale itself has not come.
  assert.is(ventaDeTicket({ ...fuentes, veredictos: [veredicto(2)] }, ticket).venta.reembolsableCentavos, 2_000)
  const llegada = transaccion(40, 5_000, { reembolsadoCentavos: 3_000 })
  const sabida = ventaDeTicket({ ...fuentes, veredictos: [veredicto(2)], transacciones: [llegada] }, ticket)
  assert.equal([sabida.conocida, sabida.venta.reembolsableCentavos], [true, 2_000])
})

test('a shift is open from its opening to its closing, also when it was carried to another chain', () => {
  const abrir = (seq: number, turno: number) => renglon(seq, 'turno', { accion: 'abrir', turnoId: uuid(turno), fondoCentavos: 0 })
  const cerrar = (seq: number, turno: number) => renglon(seq, 'turno', { accion: 'cerrar', turnoId: uuid(turno) })
  assert.is(turnoAbiertoEn([]), null)
  assert.is(turnoAbiertoEn([abrir(1, 60)]), MEDIODIA + 1)
  assert.is(turnoAbiertoEn([abrir(1, 60), cerrar(2, 60), { cuerpo: '{' }]), null)
  assert.is(turnoAbiertoEn([abrir(1, 60), cerrar(2, 60), abrir(3, 61)]), MEDIODIA + 3)
  assert.is(turnoAbiertoEn([{ ...abrir(1, 60), estado: 'trasladado' }]), null)
})

test('a sale that a cupón paid whole has no points to take back', () => {
  const cupon = { cuponId: uuid(700), totalCentavos: 200, descuentoCentavos: 200, regaladoCentavos: 0 }
  const [gratis] = lista({ diario: [venta(1, 0, { cupon })] })
  assert.is(gratis?.estado, 'completada')
  assert.equal(gratis && efectoDeReembolso(gratis, 0, null), { puntos: 0, quedan: null })
})

test('what moves no money is in no list of sales', () => {
  const diario = [
    renglon(1, 'canje_confirmado', { canjeId: uuid(60), numero: 7, qr: null }),
    renglon(2, 'turno', { accion: 'abrir', turnoId: uuid(61), fondoCentavos: 50_000 }),
  ]
  assert.is(lista({ diario }).length, 0)
  assert.equal(
    diario.map((fila) => renglonDe(fila)?.montoCentavos),
    [0, 50_000],
  )
})

test('the day is the sucursal’s: 23:59 and 00:01 fall on two lists', () => {
  const medianoche = Date.UTC(2026, 10, 22, 6)
  const diario = [venta(1, 100, {}, medianoche - 60_000), venta(2, 200, {}, medianoche + 60_000)]
  assert.equal(
    lista({ diario }).map((m) => m.montoCentavos),
    [100],
  )
  assert.equal(
    lista({ diario }, '2026-11-22').map((m) => m.montoCentavos),
    [200],
  )
})

test('a hecho entered again in the next chain is listed once', () => {
  assert.is(lista({ diario: [{ ...venta(1, 100), estado: 'trasladado' }, venta(2, 100)] }).length, 1)
})

test('newest first; what cannot be read is left to the pending list', () => {
  const diario = [
    venta(1, 100),
    venta(2, 200, {}, MEDIODIA + HORA),
    { id: llave(3), cuerpo: 'no es json' },
    renglon(0, 'cadena.abierta', { motivo: 'alta', serie: 'C1' }),
  ]
  assert.equal(
    lista({ diario }).map((m) => m.montoCentavos),
    [200, 100],
  )
})

test('SCAN-11: cupones used are counted, of this till and of another; a cancelled sale has used none', () => {
  const cupon = { cuponId: uuid(700), totalCentavos: 1_200, descuentoCentavos: 200, regaladoCentavos: 0 }
  const diario = [
    venta(1, 1_000, { cupon }),
    venta(2, 0, { cupon }),
    venta(3, 500),
    renglon(4, 'anulacion', { transaccionId: uuid(2), motivo: 'x' }),
  ]
  const transacciones = [transaccion(5, 300, { cuponId: uuid(701), descuentoCentavos: 50 })]
  const movimientos = lista({ diario, transacciones })
  assert.is(resumenDelDia(movimientos).cupones, 2)
  assert.equal(
    [1, 3, 5].map((n) => movimientos.find((m) => m.id === uuid(n))).map((m) => [m?.montoCentavos, m?.descuentoCentavos, m?.cuponId]),
    [
      [1_000, 200, uuid(700)],
      [500, 0, null],
      [300, 50, uuid(701)],
    ],
  )
})

test('[SCAN-11] the sum counts settled points, and apart from them those only promised', () => {
  const diario = [venta(1, 1_000, { puntosPrometidos: 3 }), venta(2, 500, { puntosPrometidos: 2 })]
  const juzgada = { diario, veredictos: [veredicto(1, { puntos: 3 })] }
  assert.is(resumenDelDia(lista(juzgada)).puntos, 3)
  assert.is(resumenDelDia(lista(juzgada)).puntosPorConfirmar, 2)
  const veredictos = [veredicto(1, { puntos: 3 }), veredicto(2, { puntos: 2 })]
  assert.is(resumenDelDia(lista({ diario, veredictos })).puntos, 5)
  assert.is(resumenDelDia(lista({ diario, veredictos })).puntosPorConfirmar, 0)
})

test('[SCAN-52] a cashier sees their own sales, a supervisor all', () => {
  const ajena = transaccion(7, 300, { empleadoId: uuid(600) })
  const movimientos = lista({ transacciones: [ajena, transaccion(8, 200, { empleadoId: uuid(601) })] })
  assert.equal(
    visiblesPara(movimientos, uuid(600), false).map((m) => m.id),
    [uuid(7)],
  )
  assert.is(visiblesPara(movimientos, uuid(600), true).length, 2)
})

test('a client is named as this negocio knows them, by the card; a card not met before has no name', () => {
  const cliente = { cardId: 'a'.repeat(16), alias: 'Ana L.' } as NonNullable<Fuentes['clientes']>[number]
  const conTarjeta = transaccion(1, 300, { cardId: cliente.cardId, clienteId: uuid(500), nivelCliente: 'plata' })
  const [conocida] = lista({ transacciones: [conTarjeta], clientes: [cliente] })
  assert.equal([conocida?.clienteNombre, conocida?.nivel, conocida?.conCliente], ['Ana L.', 'plata', true])
  assert.is(lista({ transacciones: [conTarjeta] })[0]?.clienteNombre, null)
})

test('a search finds a name without accents, the end of a folio, and an amount as it is typed', () => {
  const clientes = [{ cardId: 'a'.repeat(16), alias: 'María G.' }] as unknown as NonNullable<Fuentes['clientes']>
  const movimientos = lista({
    transacciones: [transaccion(1, 125_050, { cardId: 'a'.repeat(16), clienteId: uuid(500) }), transaccion(2, 9_900)],
    clientes,
  })
  const folios = (texto: string) => buscarEn(movimientos, texto).map((m) => m.folio)
  assert.equal(folios('maria'), ['C1-000001'])
  assert.equal(folios('$1,250.50'), ['C1-000001'])
  assert.equal(folios('0002'), ['C1-000002'])
  assert.equal(folios('maria 99'), [])
  assert.is(folios('  ').length, 2)
})

test('[R6] a refund shows what it takes back before it is done, and never twice what was given', () => {
  const [sin] = lista({ transacciones: [transaccion(1, 10_000)] })
  assert.equal(efectoDeReembolso(sin!, 10_000, 50), { puntos: 0, quedan: 50 }, 'no client, no points')
  const acreditada = { clienteId: uuid(500), cardId: 'a'.repeat(16), puntosOtorgados: 15, acreditada: true } as const
  const [m] = lista({ transacciones: [transaccion(1, 10_000, acreditada)] })
  assert.equal(efectoDeReembolso(m!, 3_333, 100), { puntos: 4, quedan: 96 })
  const [media] = lista({ transacciones: [transaccion(1, 10_000, { ...acreditada, reembolsadoCentavos: 3_333 })] })
  assert.equal(efectoDeReembolso(media!, 6_667, 96), { puntos: 11, quedan: 85 }, '4 + 11 = 15')
  assert.is(efectoDeReembolso(m!, 10_000, 3).quedan, 0, 'a balance never falls below zero')
  const [retenida] = lista({ transacciones: [transaccion(1, 10_000, { ...acreditada, acreditada: false, retenida: true })] })
  assert.equal(efectoDeReembolso(retenida!, 10_000, 100), { puntos: 15, quedan: 100 }, 'held points never entered the balance')
})

test('when a UUIDv7 was made, and which cards a day met', () => {
  assert.is(momentoDeUuid(uuidv7(MEDIODIA)), MEDIODIA)
  assert.is(momentoDeUuid('no'), 0)
  const t = transaccion(1, 100, { cardId: 'b'.repeat(16) })
  assert.equal(cardIdsDe([venta(2, 100)], [t, { ...t, id: uuid(3) }, transaccion(4, 1)]), ['b'.repeat(16)])
})

test.run()
