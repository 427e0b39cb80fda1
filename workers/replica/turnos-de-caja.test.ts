/** A till's shift by its own journal: what the drawer should hold, with no network at all (SCAN-22, 40, 51). */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { HORA } from '../../schema/core/tiempo.ts'
import { CAJERO_BASICO, SUPERVISOR } from '../../schema/domain/empleados/permisos.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { NuevaVenta, ReplicaApi, Respuesta } from './api.ts'
import { crearReplica } from './replica.ts'
import { valor } from './testing/estudio-guion.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { unServidor } from './testing/servidor-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : [respuesta.codigo, respuesta.campo].filter(Boolean).join(' '))

async function mundo(permisos = { ...SUPERVISOR, ajustes: { ...SUPERVISOR.ajustes, modificarMontos: true } }) {
  const [reloj, disco] = [unReloj(), unDisco()]
  const servidor = unServidor(() => reloj.wall)
  const carlos = { id: '01900000-0000-7000-8000-0000000e0600', nombre: 'Carlos', pin: '482913', puesto: 'Cajero', permisos }
  servidor.turnos.personas.set('carlos', carlos)
  const abrir = () => {
    const replica = crearReplica(puertosDePrueba(disco, servidor.fetch, reloj)) as Required<ReplicaApi>
    abiertas.push(replica)
    return replica
  }
  const replica = abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  valor(await replica.sincronizarAhora())
  valor(await replica.entrarEmpleado('carlos', '482913'))
  servidor.sinRed = true
  const vender = async (montoCentavos: number, metodoPago: NuevaVenta['metodoPago'] = 'efectivo') =>
    valor(await replica.registrarVenta({ montoCentavos, metodoPago, descripcion: null, lineas: [], qr: null, operador: null })).hechoId
  return { replica, servidor, reloj, disco, vender, abrir, carlos }
}
/** How many documents each reading of the journal gives from now on. */
function contarLecturas(disco: ReturnType<typeof unDisco>): number[] {
  const leidos: number[] = []
  const diario = disco.instancias.get('diario')!
  const query = diario.query.bind(diario)
  diario.query = async (pedida) => {
    const dado = await query(pedida)
    leidos.push(dado.documents.length)
    return dado
  }
  return leidos
}
const de = { motivo: 'x', operador: null }

test('a shift adds up its sales, and what was given back, cancelled or corrected, wherever the sale was made', async () => {
  const { replica, vender, carlos } = await mundo()
  const deAntes = await vender(10_000)
  valor(await replica.registrarReembolso({ transaccionId: deAntes, montoCentavos: 1_000, ...de }))
  assert.is(valor(await replica.turnoDeCaja()), null)
  valor(await replica.abrirTurnoDeCaja(50_000))
  assert.is(codigo(await replica.abrirTurnoDeCaja(0)), 'TURNO_ABIERTO')
  const una = await vender(30_000)
  const otra = await vender(20_000)
  await vender(7_000, 'tarjeta')
  const mala = await vender(5_000)
  valor(await replica.registrarReembolso({ transaccionId: una, montoCentavos: 3_000, ...de }))
  valor(await replica.registrarAnulacion({ transaccionId: mala, ...de }))
  valor(await replica.registrarAnulacion({ transaccionId: deAntes, ...de }))
  valor(await replica.registrarCambioDeMonto({ transaccionId: otra, montoCentavos: 25_000, ...de }))
  const turno = valor(await replica.turnoDeCaja())
  assert.equal([turno?.fondoCentavos, turno?.abiertoPor, turno?.cerradoAt], [50_000, carlos.id, null])
  const { ventas, efectivoCentavos, tarjetaCentavos, reembolsadoCentavos, reembolsadoEfectivoCentavos, anuladas } = turno!.resumen
  assert.equal([ventas, efectivoCentavos, tarjetaCentavos, anuladas], [3, 55_000, 7_000, 2])
  assert.equal([reembolsadoCentavos, reembolsadoEfectivoCentavos], [12_000, 12_000], 'of the sale of before, what remained of it')
  assert.is(turno?.esperadoCentavos, 50_000 + 55_000 - 12_000)
  valor(await replica.cerrarTurnoDeCaja(92_000, '  faltan $10  '))
  assert.is(codigo(await replica.cerrarTurnoDeCaja(null, null)), 'TURNO_CERRADO')
  const [cerrado] = valor(await replica.turnosCerrados(10))
  assert.equal([cerrado?.esperadoCentavos, cerrado?.contadoCentavos, cerrado?.nota], [93_000, 92_000, 'faltan $10'])
  assert.is(valor(await replica.turnoDeCaja()), null)
})

test('a shift that goes on survives a restart; its end is counted although the lease is over (R15), and no other correction is', async () => {
  const { replica, vender, reloj, abrir, servidor } = await mundo()
  valor(await replica.abrirTurnoDeCaja(0))
  const id = await vender(12_345)
  await replica.cerrar()
  const otra = abrir()
  assert.is(valor(await otra.turnoDeCaja())?.esperadoCentavos, 12_345)
  reloj.avanzar(73 * HORA)
  servidor.sinRed = true
  const operador = { tipo: 'usuario' as const, id: '01900000-0000-7000-8000-000000000777' }
  assert.is(codigo(await otra.registrarCambioDeMonto({ transaccionId: id, montoCentavos: 1, motivo: 'x', operador })), 'LICENCIA_VENCIDA')
  valor(await otra.cerrarTurnoDeCaja(12_345, null))
})

test('SCAN-22: the monto of a sale is changed by whoever may, to an amount that can be charged', async () => {
  const { replica, vender } = await mundo()
  const id = await vender(100)
  assert.is(codigo(await replica.registrarCambioDeMonto({ transaccionId: id, montoCentavos: 0, ...de })), 'MONTO_CERO montoCentavos')
  assert.is(
    codigo(await replica.registrarCambioDeMonto({ transaccionId: id, montoCentavos: 5, motivo: '', operador: null })),
    'DATO_INVALIDO motivo',
  )
  assert.is(
    codigo(await replica.registrarReembolso({ transaccionId: id, montoCentavos: 5, ...de, lineas: [{ articuloId: 'x', cantidad: 1 }] })),
    'DATO_INVALIDO lineas',
  )
  await replica.cerrar() // one process opens the collections of one till
  const basico = await mundo(CAJERO_BASICO)
  const suya = await basico.vender(100)
  assert.is(codigo(await basico.replica.registrarCambioDeMonto({ transaccionId: suya, montoCentavos: 5, ...de })), 'SIN_PERMISO')
})

test('SCAN-51: however long the journal, the open shift is told from its own entries, also after a restart; what comes back from an earlier shift is still known', async () => {
  const { replica, disco, vender, abrir } = await mundo()
  let deAyer = ''
  for (let turno = 0; turno < 3; turno++) {
    valor(await replica.abrirTurnoDeCaja(100))
    for (let i = 0; i < 25; i++) deAyer = await vender(1_000)
    valor(await replica.registrarReembolso({ transaccionId: deAyer, montoCentavos: 300, ...de }))
    valor(await replica.cerrarTurnoDeCaja(null, `turno ${turno}`))
  }
  valor(await replica.abrirTurnoDeCaja(50_000))
  await vender(30_000)
  await replica.cerrar()
  const otra = abrir()
  await otra.abrir()
  const leidos = contarLecturas(disco)
  const cuanto = async () => {
    leidos.length = 0
    const turno = valor(await otra.turnoDeCaja())
    const pocas = leidos.reduce((suma, n) => suma + n, 0) < 10 // of a journal of some ninety
    return [turno?.esperadoCentavos, turno?.resumen.ventas, pocas]
  }
  assert.equal(await cuanto(), [80_000, 1, true])
  valor(await otra.registrarAnulacion({ transaccionId: deAyer, ...de }))
  assert.equal((await cuanto()).slice(0, 2), [80_000 - 700, 1], 'what was left of it after its own shift')
  assert.equal(await cuanto(), [80_000 - 700, 1, true], 'what came before does not change: it is read once')
  const cerrados = valor(await otra.turnosCerrados(2))
  assert.equal(
    cerrados.map(({ nota, resumen }) => [nota, resumen.ventas, resumen.reembolsadoCentavos]),
    [
      ['turno 2', 25, 300],
      ['turno 1', 25, 300],
    ],
  )
  leidos.length = 0
  valor(await otra.cerrarTurnoDeCaja(null, null))
  assert.is(valor(await otra.turnosCerrados(10)).length, 4)
  assert.ok(leidos.reduce((suma, n) => suma + n, 0) < 20, leidos.join())
  assert.is(valor(await otra.turnoDeCaja()), null)
})

test('SCAN-22, 40, 51: a correction pressed again after an answer that was lost is one, also through another worker', async () => {
  const { replica, vender, abrir } = await mundo()
  valor(await replica.abrirTurnoDeCaja(0))
  const [una, otra] = [await vender(10_000), await vender(20_000)]
  const ids = [1, 2, 3].map((n) => `01900000-0000-7000-8000-0000000000b${n}`)
  const corregir = async (cual: Required<ReplicaApi>) => [
    codigo(await cual.registrarReembolso({ id: ids[0]!, transaccionId: una, montoCentavos: 3_000, ...de })),
    codigo(await cual.registrarCambioDeMonto({ id: ids[1]!, transaccionId: una, montoCentavos: 9_000, ...de })),
    codigo(await cual.registrarAnulacion({ id: ids[2]!, transaccionId: otra, ...de })),
  ]
  assert.equal(await corregir(replica), [null, null, null])
  await replica.cerrar()
  const nueva = abrir()
  assert.equal(await corregir(nueva), ['ID_EN_USO id', 'ID_EN_USO id', 'ID_EN_USO id'])
  assert.is(codigo(await nueva.registrarAnulacion({ id: 'no', transaccionId: otra, ...de })), 'DATO_INVALIDO id')
  const turno = valor(await nueva.turnoDeCaja())
  assert.equal([turno?.esperadoCentavos, turno?.resumen.reembolsadoCentavos, turno?.resumen.anuladas], [6_000, 3_000, 1])
})

test('SCAN-51: a sale that is being written when the shift is closed is in its sum', async () => {
  const { replica, vender } = await mundo()
  valor(await replica.abrirTurnoDeCaja(1_000))
  const [, , cierre] = await Promise.all([vender(10_000), vender(20_000), replica.cerrarTurnoDeCaja(31_000, null)])
  assert.is(codigo(cierre!), null)
  const [cerrado] = valor(await replica.turnosCerrados(1))
  assert.equal([cerrado?.resumen.ventas, cerrado?.esperadoCentavos], [2, 31_000])
})

test('SCAN-22, 40, 51: what a shift gives back of another till’s sale leaves its drawer once, before and after the server knows', async () => {
  const { replica, servidor, reloj } = await mundo()
  valor(await replica.abrirTurnoDeCaja(50_000))
  const [una, otra] = ['01900000-0000-7000-8000-00000000aaa1', '01900000-0000-7000-8000-00000000aaa2'] as const
  const poner = (id: string, campos: object = {}) => {
    const doc = { metodoPago: 'efectivo', montoCentavos: 10_000, reembolsadoCentavos: 0, estado: 'completada', effAt: reloj.wall }
    servidor.poner('transacciones', { id, ...doc, ...campos })
  }
  servidor.sinRed = false
  poner(una, { reembolsadoCentavos: 1_000 })
  poner(otra)
  valor(await replica.sincronizarAhora())
  valor(await replica.registrarReembolso({ transaccionId: una, montoCentavos: 2_000, ...de }))
  valor(await replica.registrarCambioDeMonto({ transaccionId: otra, montoCentavos: 8_000, ...de }))
  valor(await replica.registrarAnulacion({ transaccionId: una, ...de }))
  valor(await replica.registrarAnulacion({ transaccionId: una, ...de }))
  const resumen = async () => {
    const turno = valor(await replica.turnoDeCaja())
    return [turno?.esperadoCentavos, turno?.resumen.reembolsadoCentavos, turno?.resumen.anuladas]
  }
  const esperado = [50_000 - 2_000 - 2_000 - 7_000, 11_000, 1]
  assert.equal(await resumen(), esperado)
  const suyos = valor(await replica.pendientes()).filter(({ tipo }) => tipo !== 'turno')
  poner(una, { reembolsadoCentavos: 3_000, estado: 'anulada' })
  poner(otra, { montoCentavos: 8_000, montoOriginalCentavos: 10_000 })
  // As the server does: a verdict says the seq at which its effects are in.
  const seqStream = servidor.seq()
  for (const { cadenaId, seq } of suyos)
    servidor.poner('veredictos', { id: llaveDeRenglon(cadenaId, seq), estado: 'aceptado', effAt: reloj.wall, seqStream })
  valor(await replica.sincronizarAhora())
  assert.is((await replica.estado()).pendientes, 0)
  assert.equal(await resumen(), esperado)
})

test('SCAN-40: [R14] money went back the way the till was told to give it, whatever is pulled of the sale afterwards', async () => {
  const { replica, servidor, reloj, abrir } = await mundo()
  valor(await replica.abrirTurnoDeCaja(50_000))
  const [conTicket, sabida] = ['01900000-0000-7000-8000-00000000bbb1', '01900000-0000-7000-8000-00000000bbb2'] as const
  const reembolso = { transaccionId: conTicket, montoCentavos: 10_000, ...de, id: '01900000-0000-7000-8000-0000000b0001' }
  valor(await replica.registrarReembolso({ ...reembolso, metodoPago: 'efectivo' }))
  const cajon = async (cual = replica) => {
    const turno = valor(await cual.turnoDeCaja())
    return [turno?.esperadoCentavos, turno?.resumen.reembolsadoCentavos, turno?.resumen.reembolsadoEfectivoCentavos]
  }
  assert.equal(await cajon(), [40_000, 10_000, 10_000])
  servidor.sinRed = false
  for (const id of [conTicket, sabida]) {
    const doc = { metodoPago: 'tarjeta', montoCentavos: 10_000, reembolsadoCentavos: 0, estado: 'completada', effAt: reloj.wall }
    servidor.poner('transacciones', { id, ...doc })
  }
  valor(await replica.sincronizarAhora())
  assert.equal(await cajon(), [40_000, 10_000, 10_000], 'the sale was paid by card; what was handed over was cash')
  assert.is(codigo(await replica.registrarReembolso({ ...reembolso, metodoPago: 'tarjeta' })), 'ID_EN_USO id')
  assert.is(codigo(await replica.registrarReembolso({ ...reembolso, metodoPago: 'oro' as 'efectivo' })), 'METODO_INVALIDO metodoPago')
  valor(await replica.registrarReembolso({ transaccionId: sabida, montoCentavos: 3_000, ...de, metodoPago: 'tarjeta' }))
  assert.equal(await cajon(), [40_000, 13_000, 10_000])
  await replica.cerrar()
  const otra = abrir()
  assert.equal(await cajon(otra), [40_000, 13_000, 10_000], 'also after a restart')
  valor(await otra.cerrarTurnoDeCaja(40_000, null))
  const [cerrado] = valor(await otra.turnosCerrados(1))
  assert.is(cerrado?.esperadoCentavos, 40_000)
})

test('SCAN-40: how the money of a refund goes back is written down first, or the refund is not made', async () => {
  const { replica, disco } = await mundo()
  const reembolso = { transaccionId: '01900000-0000-7000-8000-00000000bbb1', montoCentavos: 100, ...de, metodoPago: 'efectivo' as const }
  const poner = disco.notas.set.bind(disco.notas)
  disco.notas.set = (llave, nota) => {
    if (llave === 'devoluciones') throw Object.assign(new Error('quota'), { name: 'QuotaExceededError' })
    return poner(llave, nota)
  }
  assert.is(codigo(await replica.registrarReembolso(reembolso)), 'DISCO_LLENO')
  assert.is(valor(await replica.pendientes()).filter(({ tipo }) => tipo === 'reembolso').length, 0)
})

test('two presses at once open one shift, and close it once', async () => {
  const { replica, vender } = await mundo()
  const dos = await Promise.all([replica.abrirTurnoDeCaja(50_000), replica.abrirTurnoDeCaja(50_000)])
  assert.equal(dos.map(codigo).sort(), ['TURNO_ABIERTO', null].sort())
  await vender(30_000)
  const cierres = await Promise.all([replica.cerrarTurnoDeCaja(80_000, null), replica.cerrarTurnoDeCaja(0, null)])
  assert.equal(cierres.map(codigo), [null, 'TURNO_CERRADO'])
  assert.is(valor(await replica.turnoDeCaja()), null)
  assert.equal(
    valor(await replica.turnosCerrados(10)).map((t) => [t.contadoCentavos, t.resumen.ventas]),
    [[80_000, 1]],
  )
})

test.run()
