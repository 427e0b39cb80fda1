import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO } from '../../core/tiempo.ts'
import { AHORA, CLIENTE, darCaja, Mesa, type OpcionesDeEntrada, unaVenta, unId } from '../../testing/constructores.ts'
import { contarHistoria } from '../../testing/historia.ts'
import { pasoDe } from '../tarjetas/totp.ts'
import { lugar } from './dictamen.ts'
import { horasDe } from './dictaminar.ts'
import type { EvidenciaEscrita, Veredicto } from './libro.ts'

const CARD = 'c0ffee0000000001'
const TARJETA = { numero: '40718826', clave: '193402' }
const reglas = (v: Veredicto) => `${v.estado} ${v.motivos.map((m) => `${m.regla}:${m.codigo}`).join(' ')}`.trim()
const saldo = (mesa: Mesa) => {
  const s = mesa.libro.saldos.get(CLIENTE)
  return s && [s.puntosDisponibles, s.puntosRetenidos]
}
const buena = (paso: number, cambios = {}): EvidenciaEscrita => ({
  ...{ valida: true, usuarioId: CLIENTE, alias: 'Ana L.', cardId: CARD, paso, nivel: 'oro' },
  ...cambios,
})
const mala = (cardId: string | null = CARD): EvidenciaEscrita => ({ valida: false, cardId })

/** Judges a sale with a typed card that was found to be this. */
function vender(mesa: Mesa, evidencia: EvidenciaEscrita, opciones: OpcionesDeEntrada = {}, datos = {}): Veredicto {
  const entrada = mesa.entrada('venta', unaVenta({ tarjeta: TARJETA, ...datos }), opciones)
  mesa.libro.escritas.set(lugar(entrada), evidencia)
  return mesa.repetir(entrada)
}

test('SCAN-10: digits that match credit the sale at once, by the nivel of the card', () => {
  const mesa = new Mesa()
  const veredicto = vender(mesa, buena(pasoDe(AHORA)), { id: unId(50), seq: 4 })
  assert.equal([reglas(veredicto), veredicto.puntos, saldo(mesa)], ['aceptado', 75, [75, 0]])
  const t = mesa.libro.transacciones.get(unId(50))
  assert.equal([t?.clienteId, t?.cardId, t?.nivelCliente, t?.acreditada], [CLIENTE, CARD, 'oro', true])
  assert.is(mesa.cambios.usosQr.get(`${CARD}|manual|${pasoDe(AHORA)}`), unId(50))
  const [fila] = mesa.cambios.escritas
  assert.equal(
    [fila?.seq, fila?.equipo, fila?.dia, fila?.cardId, fila?.deUsuario, fila?.alias, fila?.nivel, fila?.paso],
    [4, t?.dispositivoId, '2026-11-21', CARD, CLIENTE, 'Ana L.', 'oro', pasoDe(AHORA)],
  )
})

test('digits that do not match: the sale stands without a client, and the dueño sees it', () => {
  for (const evidencia of [mala(), mala(null)]) {
    const mesa = new Mesa()
    const veredicto = vender(mesa, evidencia, { id: unId(50) })
    assert.equal([reglas(veredicto), veredicto.puntos], ['en_revision null:TARJETA_CLAVE', 0])
    assert.equal([mesa.libro.transacciones.get(unId(50))?.clienteId, mesa.libro.clientes.size], [null, 0])
    assert.equal(
      mesa.cambios.avisos.map((a) => [a.tipo, a.codigo, a.datos.folio]),
      [['revision', 'TARJETA_CLAVE', 'C1-000001']],
    )
    const [fila] = mesa.cambios.escritas
    assert.equal([fila?.cardId, fila?.deUsuario, fila?.paso], [evidencia.cardId, null, null])
  }
})

test('R2: the digits of one minute credit once; a scan in that minute is another use', () => {
  const mesa = new Mesa()
  darCaja(mesa.libro, unId(71), unId(51), unId(61))
  assert.is(vender(mesa, buena(9)).estado, 'aceptado')
  assert.is(reglas(vender(mesa, buena(9), { cadenaId: unId(71), seq: 1 })), 'retenido R2:qr_repetido')
  assert.is(vender(mesa, buena(10)).estado, 'aceptado')
  assert.equal(saldo(mesa), [150, 75])
})

test('R11 does not speak of typed cards: their digits were looked for around the hour of the sale', () => {
  const mesa = new Mesa()
  assert.is(vender(mesa, buena(pasoDe(AHORA)), { wall: AHORA - 3 * HORA }).estado, 'aceptado')
})

test('three wrong tries on a card in a day: right digits are not believed either, until tomorrow', () => {
  const mesa = new Mesa()
  assert.is(vender(mesa, buena(1)).estado, 'aceptado')
  for (let i = 0; i < 3; i++) assert.is(vender(mesa, mala()).estado, 'en_revision')
  assert.is(reglas(vender(mesa, buena(2))), 'en_revision null:TARJETA_CLAVE')
  assert.is(mesa.cambios.escritas.at(-1)?.paso, 2, 'what was found out is kept')
  assert.is(vender(mesa, buena(3, { cardId: 'c0ffee0000000002' })).estado, 'aceptado', 'another card is not concerned')
  assert.is(vender(mesa, buena(4), { recibidoAt: AHORA + DIA }).estado, 'aceptado')
})

test('a number that is of nobody counts against no card', () => {
  const mesa = new Mesa()
  for (let i = 0; i < 5; i++) vender(mesa, mala(null))
  assert.is(vender(mesa, buena(1)).estado, 'aceptado')
})

test('R16: from the 11th typed card of a till in a day points wait; another till, and another day, count anew', () => {
  const mesa = new Mesa()
  darCaja(mesa.libro, unId(71), unId(51), unId(61))
  const otra = (i: number) => buena(1, { cardId: `c0ffee00000001${String(i).padStart(2, '0')}`, usuarioId: unId(200 + i) })
  for (let i = 1; i <= 9; i++) assert.is(vender(mesa, otra(i)).estado, 'aceptado', String(i))
  vender(mesa, mala(null)) // wrong ones count too
  assert.is(reglas(vender(mesa, otra(11))), 'retenido R16:manual')
  assert.is(vender(mesa, otra(12), { cadenaId: unId(71), seq: 1 }).estado, 'aceptado')
  assert.is(mesa.juzgar('venta', unaVenta()).estado, 'aceptado')
  assert.is(vender(mesa, otra(13), { recibidoAt: AHORA + DIA }).estado, 'aceptado')
  const retencion = [...mesa.libro.retenciones.values()].flat()[0]
  assert.equal([retencion?.regla, retencion?.codigo, retencion?.alVencer], ['R16', 'manual', 'caducar'])
})

test('a QR beside a typed card counts, and the typed card is not looked at', () => {
  const mesa = new Mesa()
  mesa.libro.evidencias.set('malo', { valida: false })
  assert.is(reglas(mesa.juzgar('venta', unaVenta({ qr: 'malo', tarjeta: TARJETA }))), 'en_revision null:qr_invalido')
  assert.equal(mesa.cambios.escritas, [])
})

test('the hour a typed card is looked for is the hour its sale gets, in any history', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { mesa, entradas } = contarHistoria(seed, 60)
    const { mesa: vacia } = contarHistoria(seed, 0)
    vacia.libro.evidencias = mesa.libro.evidencias
    // As the server receives them: each place once.
    const nuevas = entradas.filter((e, i) => entradas.findIndex((otra) => lugar(otra) === lugar(e)) === i)
    const horas = horasDe(vacia.libro, nuevas)
    for (const e of nuevas) assert.is(horas.get(lugar(e)), mesa.cambios.veredictos.get(lugar(e))?.effAt, `seed ${seed}, n ${e.n}`)
  }
})

test('a clock set back: the digits are looked for near the last sale, not in the past', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta())
  const entrada = mesa.entrada('venta', unaVenta({ tarjeta: TARJETA }), { wall: AHORA - 5 * HORA, recibidoAt: AHORA + MINUTO })
  assert.is(horasDe(mesa.libro, [entrada]).get(lugar(entrada)), AHORA)
})

test.run()
