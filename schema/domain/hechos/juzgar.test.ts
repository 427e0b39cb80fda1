import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../core/canonico.ts'
import { DIA } from '../../core/tiempo.ts'
import { JUECES } from '../../registry.ts'
import { AHORA, CADENA, CADENA_SERVIDOR, CAJA, CLIENTE, darCaja, Mesa, unaVenta, unId, unLibro, unQr } from '../../testing/constructores.ts'
import { contarHistoria } from '../../testing/historia.ts'
import { juzgar, nuevosCambios } from './juzgar.ts'
import type { Libro, Veredicto } from './libro.ts'

const motivo = (v: Veredicto) => `${v.estado} ${v.motivos[0]?.regla} ${v.motivos[0]?.codigo}`
const foto = (mesa: Mesa) =>
  textoCanonico(
    [mesa.libro, mesa.cambios].map((parte) =>
      Object.entries(parte).map(([k, v]) => [k, v instanceof Map || v instanceof Set ? [...v] : v]),
    ),
  )

test('[R1] the same entry again changes nothing', () => {
  const mesa = new Mesa()
  const entrada = mesa.entrada('venta', unaVenta({ qr: unQr(mesa.libro) }))
  mesa.repetir(entrada)
  const antes = foto(mesa)
  for (let i = 0; i < 3; i++) mesa.repetir(entrada)
  assert.is(foto(mesa), antes)
})

test('[R1] an entry judged in an earlier batch changes nothing in a later one', () => {
  const mesa = new Mesa()
  const entrada = mesa.entrada('venta', unaVenta({ qr: unQr(mesa.libro) }))
  mesa.repetir(entrada)
  const despues = new Mesa(mesa.libro)
  juzgar(despues.libro, despues.cambios, entrada)
  assert.equal(despues.cambios, nuevosCambios())
  assert.is(mesa.libro.saldos.get(CLIENTE)?.puntosDisponibles, 50)
})

test('[R1] the same hecho at another place is a duplicate without effect, whatever it says', () => {
  const mesa = new Mesa()
  const primera = mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro) }), { id: unId(50) })
  const segunda = mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { ctr: 2 }), montoCentavos: 99_999 }), {
    id: unId(50),
    cadenaId: CADENA_SERVIDOR,
  })
  assert.is(primera.estado, 'aceptado')
  assert.is(motivo(segunda), 'duplicado R1 duplicado')
  assert.is(mesa.libro.transacciones.get(unId(50))?.montoCentavos, 50_000)
  assert.is(mesa.cambios.historial.length, 1)
  assert.is(mesa.libro.usosQr.size, 1)
})

test('[R1] a duplicate of the sale does not wake those who wait, nor settle twice', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta(), { id: unId(50) })
  mesa.juzgar('venta', unaVenta(), { id: unId(50), seq: 90 })
  assert.is(mesa.libro.transacciones.size, 1)
})

test('an unknown kind stays visible, also one named like a part of every object', () => {
  const mesa = new Mesa()
  for (const tipo of ['turno.abierto', 'toString', 'constructor', '__proto__'])
    assert.is(motivo(mesa.juzgar(tipo, {})), 'sin_procesar null HECHO_DESCONOCIDO', tipo)
})

test('a venta that does not parse has the code of its monto, or of its método, else HECHO_INVALIDO', () => {
  const mesa = new Mesa()
  const casos: [unknown, string][] = [
    [0, 'MONTO_CERO'],
    [-1, 'MONTO_NEGATIVO'],
    [1.5, 'MONTO_DECIMALES'],
    [10_000_000_000, 'MONTO_EXCEDIDO'],
    ['5', 'HECHO_INVALIDO'],
    [undefined, 'HECHO_INVALIDO'],
  ]
  for (const [montoCentavos, codigo] of casos)
    assert.is(motivo(mesa.juzgar('venta', { ...unaVenta(), montoCentavos })), `sin_procesar null ${codigo}`)
  for (const metodoPago of ['cheque', '', null, undefined, 7])
    assert.is(motivo(mesa.juzgar('venta', { ...unaVenta(), metodoPago })), 'sin_procesar null METODO_INVALIDO')
  assert.is(motivo(mesa.juzgar('venta', { ...unaVenta(), metodoPago: 'cheque', montoCentavos: 0 })), 'sin_procesar null MONTO_CERO')
  assert.is(motivo(mesa.juzgar('venta', { ...unaVenta(), folio: '' })), 'sin_procesar null HECHO_INVALIDO')
  for (const datos of [null, 7, 'x', []]) assert.is(motivo(mesa.juzgar('venta', datos)), 'sin_procesar null HECHO_INVALIDO')
  assert.is(
    motivo(mesa.juzgar('reembolso', { folio: 'C1-000001', transaccionId: unId(1), montoCentavos: 0, motivo: 'x' })),
    'sin_procesar null MONTO_CERO',
  )
  assert.is(mesa.libro.transacciones.size, 0)
})

test('an entry of another negocio has no effect', () => {
  const mesa = new Mesa()
  assert.is(motivo(mesa.juzgar('venta', unaVenta(), { sobre: { negocioId: unId(99) } })), 'sin_procesar null NEGOCIO_AJENO')
  assert.is(mesa.libro.transacciones.size, 0)
})

test('what only the server may say is not taken from a device', () => {
  const mesa = new Mesa()
  for (const tipo of ['retencion.vencida', 'espera.vencida', 'reproceso']) {
    const datos = { transaccionId: unId(1), regla: 'R2', cadenaId: CADENA, seq: 1 }
    assert.is(motivo(mesa.juzgar(tipo, datos)), 'sin_procesar null SIN_PERMISO', tipo)
    assert.is(mesa.servidor(tipo, datos).estado, 'aceptado', tipo)
  }
})

test('the device of a verdict and of a sale is that of the chain, not what the body claims', () => {
  const mesa = new Mesa()
  const veredicto = mesa.juzgar('venta', unaVenta(), { id: unId(50), sobre: { dispositivoId: null } })
  assert.is(veredicto.dispositivoId, CAJA)
  assert.is(mesa.libro.transacciones.get(unId(50))?.dispositivoId, CAJA)
})

test('[R11] the clock of a chain never goes back; another chain is not moved', () => {
  const mesa = new Mesa()
  darCaja(mesa.libro, unId(71), unId(51), unId(61))
  assert.is(mesa.juzgar('venta', unaVenta(), { wall: AHORA - 10 }).effAt, AHORA - 10)
  assert.is(mesa.juzgar('venta', unaVenta(), { wall: AHORA - DIA }).effAt, AHORA - 10)
  assert.is(mesa.juzgar('venta', unaVenta(), { wall: AHORA + DIA }).effAt, AHORA)
  assert.is(mesa.juzgar('venta', unaVenta(), { wall: AHORA - DIA, cadenaId: unId(71) }).effAt, AHORA - DIA)
  assert.is(mesa.libro.cadenas.get(CADENA)?.ultimoEffAt, AHORA)
})

test('[DI5] entries after a lost stretch are judged, marked hueco', () => {
  const mesa = new Mesa()
  const cadena = mesa.libro.cadenas.get(CADENA)
  if (cadena) cadena.hueco = true
  const veredicto = mesa.juzgar('venta', unaVenta())
  assert.equal([veredicto.estado, veredicto.hueco], ['aceptado', true])
})

test('[DI11] a journal made anew is announced to the dueño; the first one is not', () => {
  const mesa = new Mesa()
  assert.equal(mesa.juzgar('cadena.abierta', { motivo: 'alta', serie: 'C1' }, { seq: 0 }).motivos, [])
  const veredicto = mesa.juzgar(
    'cadena.abierta',
    { motivo: 'diario_perdido', serie: 'C1ABCD' },
    { cadenaId: unId(70), seq: 0, id: unId(60) },
  )
  assert.equal([veredicto.estado, veredicto.motivos], ['aceptado', [{ regla: null, codigo: 'cadena_nueva' }]])
  assert.equal(
    mesa.cambios.avisos.map((a) => [a.id, a.tipo]),
    [[`${unId(60)}:cadena_nueva`, 'alerta']],
  )
})

test('the registry is open: a new kind is judged by its own judge, with its own data', () => {
  const vistos: unknown[] = []
  const registro = {
    ...JUECES,
    'turno.abierto': (_l: unknown, _c: unknown, e: { sobre: { datos: unknown } }) => void vistos.push(e.sobre.datos),
  }
  const mesa = new Mesa(unLibro(), registro)
  assert.is(mesa.juzgar('turno.abierto', { fondo: 500 }).estado, 'aceptado')
  assert.equal(vistos, [{ fondo: 500 }])
})

/** Every row of the book by table and key, as text. */
const filasDe = (libro: Libro): Map<string, string> => {
  const filas = new Map<string, string>()
  for (const tabla of ESCRITAS) for (const [llave, fila] of libro[tabla]) filas.set(`${tabla} ${llave}`, textoCanonico(fila))
  for (const [id, suyas] of libro.retenciones) for (const r of suyas) filas.set(`retenciones ${id}|${r.regla}`, textoCanonico(r))
  return filas
}
const ESCRITAS = [
  ...([
    'transacciones',
    'clientes',
    'saldos',
    'cadenas',
    'licencias',
    'cupones',
    'cuponUsuarios',
    'cuponUsos',
    'canjes',
    'turnos',
  ] as const),
  ...(['usosQr', 'ventasDelDia'] as const),
]

test('[R1] whatever a hecho changed in the book is marked to be written, and a day in batches of one is the same day', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { mesa, entradas } = contarHistoria(seed, 60)
    const { libro } = contarHistoria(seed, 0).mesa
    libro.evidencias = mesa.libro.evidencias
    let antes = filasDe(libro)
    for (const entrada of entradas) {
      const cambios = nuevosCambios()
      juzgar(libro, cambios, entrada)
      const despues = filasDe(libro)
      for (const [cual, fila] of despues) {
        if (antes.get(cual) === fila) continue
        const [tabla = '', llave = ''] = cual.split(' ')
        assert.ok(cambios[tabla as 'saldos'].has(llave), `${entrada.sobre.tipo} left ${cual} unmarked, seed ${seed}`)
      }
      antes = despues
    }
    assert.equal(antes, filasDe(mesa.libro))
  }
})

test.run()
