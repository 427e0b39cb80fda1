import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA } from '../../core/tiempo.ts'
import { JUECES } from '../../registry.ts'
import {
  AHORA,
  CADENA,
  CAJERO,
  CLIENTE,
  DUENO,
  darCaja,
  Mesa,
  SUCURSAL,
  unaVenta,
  unId,
  unLibro,
  unQr,
} from '../../testing/constructores.ts'
import type { Veredicto } from './libro.ts'
import type { Entrada } from './sobre.ts'

const reglas = (v: Veredicto) => `${v.estado} ${v.motivos.map((m) => `${m.regla}:${m.codigo}`).join(' ')}`.trim()
const saldo = (mesa: Mesa) => {
  const s = mesa.libro.saldos.get(CLIENTE)
  return s && [s.puntosDisponibles, s.puntosAcumulados, s.puntosRetenidos]
}
const estados = (mesa: Mesa) =>
  mesa.libro.retenciones
    .get(VENTA)
    ?.map((r) => `${r.regla} ${r.estado}`)
    .join(', ')
const vencer = (mesa: Mesa, regla: string) =>
  mesa.servidor('retencion.vencida', { transaccionId: VENTA, regla }, { recibidoAt: AHORA + 14 * DIA })
const VENTA = unId(50)

/** 50 points held by R11 (credited at the end) and R15, and by R2 (lapses) when `repetido`. */
function mesaRetenida(repetido = false): Mesa {
  const mesa = new Mesa()
  const qr = unQr(mesa.libro, { tsMs: AHORA - DIA })
  if (repetido) mesa.libro.usosQr.set(`c0ffee0000000001|${'a'.repeat(32)}|1`, unId(40))
  mesa.juzgar('venta', unaVenta({ qr }), { id: VENTA, sobre: { licenciaId: null } })
  return mesa
}

test('an approval lifts only the rule it names; the last one credits, with the hour of the sale for lifetime', () => {
  const mesa = mesaRetenida()
  assert.equal(
    [reglas(mesa.decidir(VENTA, 'R11', 'aprobar')), estados(mesa), saldo(mesa)],
    ['aceptado', 'R11 levantada, R15 activa', [0, 0, 50]],
  )
  assert.equal([mesa.cambios.historial, mesa.cambios.eventos.at(-1)?.cuerpo.venta?.motivo], [[], 'sin_licencia'])
  const entrada = mesa.decidir(VENTA, 'R15', 'aprobar', { recibidoAt: AHORA + DIA })
  assert.equal([entrada.puntos, saldo(mesa)], [50, [50, 50, 0]])
  assert.equal(
    mesa.cambios.historial.map((h) => [h.id, h.tipo, h.puntos, h.effAt]),
    [[entrada.hechoId, 'ganado', 50, AHORA + DIA]],
  )
  assert.equal(mesa.cambios.eventos.at(-1)?.cuerpo.lifetime, { tipo: 'ganado', puntos: 50, effAt: AHORA })
  assert.ok(mesa.libro.transacciones.get(VENTA)?.acreditada)
})

test('a refusal drops the points for good, whatever is approved later', () => {
  const mesa = mesaRetenida()
  assert.equal([mesa.decidir(VENTA, 'R11', 'rechazar').estado, saldo(mesa)], ['aceptado', [0, 0, 0]])
  assert.equal([mesa.cambios.eventos.at(-1)?.cuerpo.venta?.puntos, mesa.cambios.eventos.at(-1)?.cuerpo.venta?.motivo], [0, 'reloj'])
  assert.equal([mesa.decidir(VENTA, 'R15', 'aprobar').puntos, saldo(mesa)], [0, [0, 0, 0]])
  assert.not(mesa.libro.transacciones.get(VENTA)?.acreditada)
  const reembolso = mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: VENTA, montoCentavos: 50_000, motivo: 'x' })
  assert.equal([reembolso.puntos, saldo(mesa), mesa.cambios.historial], [0, [0, 0, 0], []], 'nothing to take back')
})

test('a rule that holds nothing, or is decided twice, goes to review', () => {
  const mesa = mesaRetenida()
  assert.is(reglas(mesa.decidir(VENTA, 'R16', 'aprobar')), 'en_revision R16:regla_no_retenida')
  mesa.decidir(VENTA, 'R11', 'aprobar')
  assert.is(reglas(mesa.decidir(VENTA, 'R11', 'rechazar')), 'en_revision R11:regla_no_retenida')
  assert.equal(saldo(mesa), [0, 0, 50])
})

test('only a dueño decides: not a cashier, not another person, not an empleado with the id of the dueño', () => {
  const mesa = mesaRetenida()
  const datos = { transaccionId: VENTA, regla: 'R11', decision: 'aprobar', motivo: '' }
  for (const operador of [
    null,
    { tipo: 'usuario' as const, id: unId(98) },
    { tipo: 'empleado' as const, id: DUENO },
    { tipo: 'empleado' as const, id: CAJERO },
  ])
    assert.is(reglas(mesa.juzgar('ajuste_puntos', datos, { sobre: { operador } })), 'sin_procesar null:SIN_PERMISO')
  assert.is(estados(mesa), 'R11 activa, R15 activa')
})

test('a till that says that the dueño pressed the button is not believed; a Studio and the server are', () => {
  const mesa = mesaRetenida()
  darCaja(mesa.libro, unId(70), unId(71), unId(72), 'studio')
  const operador = { tipo: 'usuario' as const, id: DUENO }
  const decir = (regla: string, cadenaId: string) =>
    reglas(
      mesa.juzgar('ajuste_puntos', { transaccionId: VENTA, regla, decision: 'aprobar', motivo: '' }, { cadenaId, sobre: { operador } }),
    )
  assert.is(decir('R11', CADENA), 'sin_procesar null:SIN_PERMISO')
  assert.equal([mesa.cambios.avisos.at(-1)?.tipo, mesa.cambios.avisos.at(-1)?.codigo], ['alerta', 'SIN_PERMISO'], 'the dueño hears of it')
  assert.is(estados(mesa), 'R11 activa, R15 activa')
  assert.is(decir('R11', unId(70)), 'aceptado')
  assert.is(reglas(mesa.decidir(VENTA, 'R15', 'aprobar')), 'aceptado')
  assert.equal(saldo(mesa), [50, 50, 0])
})

test('a Studio speaks for the account that enrolled it, and for no other dueño; one of before accounts were noted, for any', () => {
  const mesa = mesaRetenida()
  const socia = unId(97)
  mesa.libro.duenos.add(socia)
  darCaja(mesa.libro, unId(70), unId(71), unId(72), 'studio')
  const decir = (regla: string, id: string) =>
    reglas(
      mesa.juzgar(
        'ajuste_puntos',
        { transaccionId: VENTA, regla, decision: 'aprobar', motivo: '' },
        { cadenaId: unId(70), sobre: { operador: { tipo: 'usuario', id } } },
      ),
    )
  assert.is(decir('R11', socia), 'sin_procesar null:SIN_PERMISO')
  assert.is(decir('R11', DUENO), 'aceptado')
  const equipo = mesa.libro.dispositivos.get(unId(71))
  if (equipo) equipo.usuarioId = null
  assert.is(decir('R15', socia), 'aceptado')
})

test('what the dueño is told says in which sucursal it happened', () => {
  const mesa = mesaRetenida()
  mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: VENTA, montoCentavos: 60_000, motivo: 'x' })
  assert.is(mesa.cambios.avisos.at(-1)?.datos.sucursalId, SUCURSAL)
})

test('[R14] a decision on a sale that is not here yet waits for it', () => {
  const mesa = new Mesa()
  assert.is(mesa.decidir(VENTA, 'R11', 'aprobar').estado, 'en_espera')
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { tsMs: AHORA - DIA }) }), { id: VENTA })
  assert.equal([estados(mesa), saldo(mesa)], ['R11 levantada', [50, 50, 0]])
})

test('[R11] [R15] at their end these holds are credited, once both ended', () => {
  const mesa = mesaRetenida()
  assert.equal([vencer(mesa, 'R11').puntos, vencer(mesa, 'R15').puntos, vencer(mesa, 'R15').puntos], [0, 50, 0])
  assert.equal([estados(mesa), saldo(mesa), mesa.cambios.historial.length], ['R11 levantada, R15 levantada', [50, 50, 0], 1])
})

test('[R2] lapses at its end, and nothing that is lifted later brings the points back', () => {
  const mesa = mesaRetenida(true)
  vencer(mesa, 'R2')
  assert.equal([estados(mesa), saldo(mesa)], ['R2 caducada, R11 activa, R15 activa', [0, 0, 0]])
  vencer(mesa, 'R11')
  vencer(mesa, 'R15')
  assert.equal([estados(mesa), saldo(mesa), mesa.cambios.historial], ['R2 caducada, R11 levantada, R15 levantada', [0, 0, 0], []])
})

test('[DI7] an entry that a faulty release could not judge is judged by the corrected one, once, at its own hour', () => {
  let roto = true
  const mesa = new Mesa(unLibro(), {
    ...JUECES,
    venta: (libro, cambios, entrada) => {
      if (!roto) JUECES.venta?.(libro, cambios, entrada)
    },
  })
  const entrada: Entrada = mesa.entrada('venta', unaVenta({ qr: unQr(mesa.libro) }), { id: VENTA, seq: 5 })
  mesa.repetir(entrada)
  mesa.juzgar('reembolso', { folio: 'C1-000002', transaccionId: VENTA, montoCentavos: 25_000, motivo: 'x' }, { seq: 6 })
  roto = false
  mesa.libro.nombradas.set(`${CADENA}|5`, { ...entrada, effAt: AHORA - 77 })
  const otraVez = () => mesa.servidor('reproceso', { cadenaId: CADENA, seq: 5 }, { recibidoAt: AHORA + DIA })
  otraVez()
  assert.equal([mesa.libro.transacciones.get(VENTA)?.effAt, mesa.cambios.veredictos.get(`${CADENA}|5`)?.puntos], [AHORA - 77, 50])
  assert.is(mesa.cambios.veredictos.get(`${CADENA}|6`)?.puntos, -25, 'what waited for it is settled')
  otraVez()
  assert.equal(saldo(mesa), [25, 50, 0])
})

test('a reproceso of what nobody loaded, or of itself, does nothing', () => {
  const mesa = new Mesa()
  assert.is(mesa.servidor('reproceso', { cadenaId: CADENA, seq: 5 }).estado, 'aceptado')
  const circular = mesa.entrada('reproceso', { cadenaId: unId(8), seq: 9 }, { cadenaId: unId(8), seq: 9 })
  mesa.libro.nombradas.set(`${unId(8)}|9`, circular)
  assert.is(mesa.repetir(circular).estado, 'aceptado')
})

test('the shopper is told until when points wait and what then: they lapse while one active hold lapses them, and no more once they are refused', () => {
  const dicho = (mesa: Mesa) => {
    const venta = mesa.cambios.eventos.at(-1)?.cuerpo.venta
    return [venta?.retenidaHasta, venta?.alVencer, venta?.motivo]
  }
  const fin = AHORA + 14 * DIA
  const mesa = mesaRetenida(true)
  assert.equal(dicho(mesa), [fin, 'caducar', 'qr_repetido'])
  mesa.decidir(VENTA, 'R2', 'aprobar')
  assert.equal(dicho(mesa), [fin, 'acreditar', 'reloj'])
  mesa.decidir(VENTA, 'R15', 'rechazar')
  assert.equal(dicho(mesa), [null, null, 'sin_licencia'])
})

test.run()
