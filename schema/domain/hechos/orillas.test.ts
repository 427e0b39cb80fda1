import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MINUTO } from '../../core/tiempo.ts'
import { AHORA, CADENA_SERVIDOR, CLIENTE, Mesa, unaVenta, unId, unLibro, unQr } from '../../testing/constructores.ts'
import { lugar } from './dictamen.ts'
import { horasDe } from './dictaminar.ts'
import { umbralesEn } from './retener.ts'

test('[R12] a sale of before the first version of the rules gives no points, and says that no rules gave them', () => {
  const mesa = new Mesa(unLibro({ configuraciones: [] }))
  const veredicto = mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro), configVersion: 0 }), { id: unId(50) })
  assert.equal([veredicto.estado, veredicto.puntos], ['aceptado', 0])
  const t = mesa.libro.transacciones.get(unId(50))
  assert.equal([t?.configVersion, t?.puntosBase, t?.clienteId], [0, 0, CLIENTE])
  assert.equal(
    umbralesEn(mesa.libro, AHORA),
    { plata: Number.POSITIVE_INFINITY, oro: Number.POSITIVE_INFINITY },
    'and no sale is a whole nivel',
  )
  const [evento] = mesa.cambios.eventos
  assert.equal([evento?.usuarioId, evento && 'reglas' in evento.cuerpo], [CLIENTE, false])
})

test('[R12] the event of a sale names the rules that gave its points', () => {
  const mesa = new Mesa()
  mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro) }))
  assert.equal(mesa.cambios.eventos[0]?.cuerpo.reglas, { version: 1, valorPuntoCentavos: 1_000 })
})

test('[R11] hours before the fold: of a chain that is not known yet, of several in a row, and of one that was judged', () => {
  const mesa = new Mesa()
  const nueva = unId(70)
  const [una, otra, juzgada, despues] = [AHORA - MINUTO, AHORA - 2 * MINUTO, AHORA, AHORA - MINUTO].map((wall) =>
    mesa.entrada('venta', unaVenta(), { cadenaId: nueva, wall }),
  )
  if (!una || !otra || !juzgada || !despues) throw new Error('four were made')
  const horas = horasDe(mesa.libro, [una, otra, { ...juzgada, effAt: AHORA - 5 }, despues])
  assert.equal(
    [una, otra, juzgada, despues].map((e) => horas.get(lugar(e))),
    [AHORA - MINUTO, AHORA - MINUTO, AHORA - 5, AHORA - MINUTO],
    'an hour never falls within a chain, and a verdict that stands moves nobody else',
  )
})

test('SCAN-10: typed cards of a chain without a device are counted by their chain', () => {
  const mesa = new Mesa()
  const entrada = mesa.entrada('venta', unaVenta({ tarjeta: { numero: '40718826', clave: '193402' } }), { cadenaId: CADENA_SERVIDOR })
  mesa.libro.escritas.set(lugar(entrada), { valida: false, cardId: null })
  mesa.repetir(entrada)
  assert.equal(
    mesa.cambios.escritas.map(({ equipo, cardId }) => [equipo, cardId]),
    [[CADENA_SERVIDOR, null]],
  )
})

test.run()
