import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MINUTO } from '../../core/tiempo.ts'
import {
  AHORA,
  CADENA,
  CADENA_SERVIDOR,
  CAJA,
  CAJERO,
  CLIENTE,
  Mesa,
  unaVenta,
  unId,
  unLibro,
  unQr,
  unUso,
} from '../../testing/constructores.ts'
import { lugar } from './dictamen.ts'
import { horasDe } from './dictaminar.ts'
import { licenciaValida, motivoDeBaja, umbralesEn } from './retener.ts'
import { CUERPO_MAXIMO_BYTES } from './sobre.ts'
import { ajustePuntos, canjeConfirmado, REGLAS, tarjetaEscrita, usoDeCupon, venta } from './tipos.ts'

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

test('[R15] a lease counts from its first to its last instant, on its own till, and no further', () => {
  const libro = unLibro()
  const [licencia] = libro.licencias.values()
  const cadena = libro.cadenas.get(CADENA)
  if (!licencia || !cadena) throw new Error('a libro has a till')
  const vale = (effAt: number, id: string | null = licencia.id) => licenciaValida(libro, cadena, id, effAt)
  assert.equal([vale(licencia.emitidaAt), vale(licencia.venceAt)], [true, true])
  assert.equal([vale(licencia.emitidaAt - 1), vale(licencia.venceAt + 1)], [false, false])
  assert.equal([vale(AHORA, null), vale(AHORA, unId(999))], [false, false])
  licencia.ventas = licencia.maxVentas
  assert.ok(vale(AHORA))
  licencia.ventas++
  assert.not(vale(AHORA))
})

test('[R15] who was let go or taken away before, not at that instant', () => {
  const libro = unLibro()
  const de = { empleadoId: CAJERO, dispositivoId: CAJA, effAt: AHORA, recibidoAt: AHORA + 5 }
  const conBajas = (empleadoAt: number | null, dispositivoAt: number | null) => {
    Object.assign(libro.empleados.get(CAJERO) ?? {}, { bajaAt: empleadoAt })
    Object.assign(libro.dispositivos.get(CAJA) ?? {}, { bajaAt: dispositivoAt })
    return motivoDeBaja(libro, de)
  }
  assert.equal([conBajas(null, null), conBajas(AHORA, null), conBajas(null, AHORA + 5)], [null, null, null])
  assert.equal([conBajas(AHORA - 1, null), conBajas(null, AHORA + 4)], ['cajero_baja', 'dispositivo_revocado'])
  assert.is(motivoDeBaja(libro, { ...de, empleadoId: null, dispositivoId: null }), null)
})

test('[R11] only a sale shows a card: a code that looks like one in another hecho says nothing of its hour', () => {
  const mesa = new Mesa()
  const qr = unQr(mesa.libro, { tsMs: AHORA + 90 * MINUTO })
  const otra = mesa.entrada('anulacion', { transaccionId: unId(50), motivo: 'x', qr }, { recibidoAt: AHORA + 3 * 60 * MINUTO, wall: AHORA })
  const deVenta = mesa.entrada('venta', unaVenta({ qr }), { recibidoAt: AHORA + 3 * 60 * MINUTO, wall: AHORA })
  const [horaDeOtra, horaDeVenta] = [otra, deVenta].map((entrada) => horasDe(mesa.libro, [entrada]).get(lugar(entrada)))
  assert.is(horaDeOtra, AHORA)
  assert.ok(Number(horaDeVenta) > AHORA, 'a sale cannot be before the card it was shown')
})

test('a client is known since the first sale and seen in the last one, in whatever order they arrive', () => {
  const mesa = new Mesa()
  const vender = (wall: number, nivel: 'bronce' | 'oro', ctr: number, n: number) =>
    mesa.juzgar('venta', unaVenta({ qr: unQr(mesa.libro, { ctr, nivel, tsMs: wall }) }), {
      id: unId(n),
      wall,
      cadenaId: n === 50 ? CADENA : CADENA_SERVIDOR,
    })
  vender(AHORA - MINUTO, 'bronce', 1, 50)
  vender(AHORA, 'oro', 2, 51)
  const cliente = mesa.libro.clientes.get(CLIENTE)
  assert.equal([cliente?.visitas, cliente?.ultimaVisitaAt, cliente?.nivelUltimaVisita], [2, AHORA, 'oro'])
})

test('the datos of each kind: rules by name, cards of eight and six digits, numbers of 48 bits, a text of 64 KB', () => {
  const ajuste = (regla: string) => ajustePuntos.safeParse({ transaccionId: unId(50), regla, decision: 'aprobar', motivo: '' }).success
  assert.equal(
    [...REGLAS],
    Array.from({ length: 16 }, (_, i) => `R${i + 1}`),
  )
  assert.equal([ajuste('R1'), ajuste('R16'), ajuste('R17'), ajuste('')], [true, true, false, false])
  const tarjeta = (numero: string, clave: string) => tarjetaEscrita.safeParse({ numero, clave }).success
  assert.equal(
    [tarjeta('12345678', '123456'), tarjeta('1234567', '123456'), tarjeta('12345678', '12345'), tarjeta('1234567a', '123456')],
    [true, false, false, false],
  )
  const canje = (numero: number) => canjeConfirmado.safeParse({ canjeId: unId(50), numero, qr: null }).success
  assert.equal([canje(2 ** 48 - 1), canje(2 ** 48), canje(0), canje(-1)], [true, false, true, false])
  for (const medio of ['qr', 'codigo', 'lista', '']) assert.is(usoDeCupon.safeParse(unUso({ medio } as never)).success, medio !== '', medio)
  assert.is(CUERPO_MAXIMO_BYTES, 65_536)
})

test('SCAN-28: a sale of nothing needs a cupón that paid it, and its three amounts agree; each is told of its own field', () => {
  const faltas = (cambios: Parameters<typeof unaVenta>[0]) =>
    venta.safeParse(unaVenta(cambios)).error?.issues.map(({ path }) => path.join('.')) ?? []
  assert.equal(faltas({}), [])
  assert.equal(faltas({ montoCentavos: 0 }), ['montoCentavos'])
  assert.equal(faltas({ montoCentavos: 45_000, cupon: unUso() }), [])
  assert.equal(faltas({ montoCentavos: 44_999, cupon: unUso() }), ['cupon'])
  assert.equal(faltas({ montoCentavos: 0, cupon: unUso({ descuentoCentavos: 50_000 }) }), [])
})

test.run()
