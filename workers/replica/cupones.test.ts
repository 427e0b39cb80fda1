import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { DIA, HORA, SEGUNDO } from '../../schema/core/tiempo.ts'
import type { Nivel } from '../../schema/domain/configuracion/configuracion.ts'
import { CAJERO_AVANZADO, type PermisosScanYA } from '../../schema/domain/empleados/permisos.ts'
import type { Venta } from '../../schema/domain/hechos/tipos.ts'
import { comprimir } from '../../schema/domain/tarjetas/punto.ts'
import { emitirCertificado, firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import { firmarQrDeCupon } from '../../schema/domain/tarjetas/qr-cupon.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { CuponDeVenta, NuevaVenta, ReplicaApi, Respuesta } from './api.ts'
import { crearReplica } from './replica.ts'
import { valor } from './testing/estudio-guion.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { unServidor } from './testing/servidor-guion.ts'

const KID = 3
const CARD = '00000000deadbeef'
const NUEVA = '1111111111111111'
const CLIENTE = '01900000-0000-7000-8000-000000000201'
const OTRA_SUCURSAL = '01900000-0000-7000-8000-0000000000b2'
const emisora = await generarParDeLlaves()
const publica = await exportarPublica(emisora.publicKey)
const idDe = (n: number) => `01900000-0000-7000-8000-0000000c0${String(n).padStart(3, '0')}`

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : [respuesta.codigo, respuesta.campo].filter(Boolean).join(' '))
const unaPersona = (nick: string, permisos: PermisosScanYA) => ({
  ...{ id: `01900000-0000-7000-8000-0000000e0${nick.length}00`, nombre: nick, pin: '482913', puesto: 'Cajero', permisos },
})

async function mundo() {
  const reloj = unReloj()
  const servidor = unServidor(() => reloj.wall)
  servidor.paginaDe = 100
  servidor.llaves = [{ kid: KID, publica }]
  servidor.turnos.personas.set('carlos', unaPersona('carlos', CAJERO_AVANZADO))
  const sinCupones = { ...CAJERO_AVANZADO, cupones: { validarCupones: false, validarCanjes: true } }
  servidor.turnos.personas.set('beto', unaPersona('beto', sinCupones))
  const multiplicadoresPct = { bronce: 100, plata: 125, oro: 150 }
  const umbrales = { plata: 5_000, oro: 15_000 }
  servidor.poner('config', {
    ...{ id: 'version:1', version: 1, participa: true, valorPuntoCentavos: 1_000 },
    ...{ multiplicadoresPct, umbrales, vigenteAt: 0 },
  })
  servidor.poner('clientes', { ...{ id: CLIENTE, usuarioId: CLIENTE, cardId: CARD, alias: 'Ana L.' }, ultimaVisitaAt: reloj.wall })
  const ponerCupon = (n: number, cambios: object = {}) =>
    servidor.poner('cupones', {
      ...{ id: idDe(n), titulo: `Cupón ${n}`, descripcion: '', tipo: 'porcentaje', valor: 20, compraMinimaCentavos: 20_000 },
      ...{ desdeAt: reloj.wall - DIA, venceAt: reloj.wall + DIA, limitePorCliente: 1, limiteTotal: null, codigo: `PROMO-${n}` },
      ...{ imagen: null, nivelRequerido: null, soloConConexion: false, activo: true, publico: true, sucursales: [], articulos: [] },
      ...{ borrado: false, sellos: {}, ...cambios },
    })
  const darCupon = (n: number, cambios: object = {}) =>
    servidor.poner('cuponUsuarios', {
      ...{ id: `${idDe(n)}|${CLIENTE}`, cuponId: idDe(n), usuarioId: CLIENTE, origen: 'asignado', guardadoAt: 1 },
      ...{ usados: 0, usadoAt: null, ...cambios },
    })
  const disco = unDisco()
  const replica = crearReplica(puertosDePrueba(disco, servidor.fetch, reloj)) as Required<ReplicaApi>
  abiertas.push(replica)
  const bajar = async () => valor(await replica.sincronizarAhora())
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  await bajar()
  valor(await replica.entrarEmpleado('carlos', '482913'))
  return { reloj, servidor, disco, replica, ponerCupon, darCupon, bajar }
}

let ctr = 0
/** A phone of a card; shows the card, or a cupón of it. */
async function unTelefono(ahora: () => number, cardId = CARD, nivel: Nivel = 'plata') {
  const par = await generarParDeLlaves()
  const devPub = comprimir(new Uint8Array(await globalThis.crypto.subtle.exportKey('raw', par.publicKey)))
  const certificado = await emitirCertificado(emisora.privateKey, { kid: KID, cardId, notAfter: ahora() + 14 * DIA, nivel, devPub })
  const uso = () => ({ tsSegundos: Math.floor(ahora() / SEGUNDO), ctr: ++ctr, flags: 0 })
  return (cuponId?: string) =>
    cuponId ? firmarQrDeCupon(par.privateKey, certificado, uso(), cuponId) : firmarQr(par.privateKey, certificado, uso())
}
const unUso = (n: number, cambios: Partial<CuponDeVenta> = {}): CuponDeVenta => ({
  ...{ cuponId: idDe(n), totalCentavos: 50_000, regaladoCentavos: 0, medio: 'lista', codigoUnico: null, conConexion: false },
  ...cambios,
})
const unaVenta = (cupon: CuponDeVenta, montoCentavos: number, mas: Partial<NuevaVenta> = {}): NuevaVenta => ({
  ...{ montoCentavos, metodoPago: 'efectivo', descripcion: null, lineas: [], qr: null, operador: null, cupon },
  ...mas,
})
const ultima = async (replica: ReplicaApi) =>
  JSON.parse(valor(await replica.pendientes()).at(-1)?.cuerpo ?? '{}') as { datos: Venta; cadenaId: string; seq: number }
const DE_ANA = { cardId: CARD, nivel: 'plata' } as const

test('SCAN-16: a client sees the cupones that count, then those of theirs that do not yet; never another’s, ended or used up', async () => {
  const { replica, ponerCupon, darCupon, bajar, reloj } = await mundo()
  ponerCupon(1, { venceAt: reloj.wall + 5 * DIA })
  ponerCupon(2, { publico: false })
  darCupon(2)
  ponerCupon(3, { publico: false }) // somebody else's
  ponerCupon(4, { nivelRequerido: 'oro' }) // public, out of reach
  ponerCupon(5, { nivelRequerido: 'oro', publico: false })
  darCupon(5)
  ponerCupon(6, { venceAt: reloj.wall - 1 })
  ponerCupon(7)
  darCupon(7, { usados: 1, origen: 'usado' })
  ponerCupon(8, { soloConConexion: true, venceAt: reloj.wall + 9 * DIA })
  ponerCupon(9, { sucursales: [OTRA_SUCURSAL] })
  ponerCupon(10, { activo: false })
  await bajar()
  const vistos = valor(await replica.cupones(DE_ANA))
  assert.equal(
    vistos.map(({ cuponId, motivo, propio }) => [cuponId, motivo, propio]),
    [
      [idDe(2), null, true],
      [idDe(1), null, false],
      [idDe(8), 'cupon_con_conexion', false],
      [idDe(5), 'cupon_nivel', true],
    ],
  )
  const { titulo, compraMinimaCentavos, quedan } = vistos[1]!
  assert.equal([titulo, compraMinimaCentavos, quedan], ['Cupón 1', 20_000, 1])
  assert.equal(
    valor(await replica.cupones({ cardId: NUEVA, nivel: 'oro' })).map((c) => c.cuponId),
    [idDe(4), idDe(7), idDe(1), idDe(8)],
    'a card nobody knows here has the public ones',
  )
})

test('[R3] SCAN-28: one entry holds sale and cupón; with no network a second use is refused, also once the first was received', async () => {
  const { replica, reloj, servidor, ponerCupon, darCupon, bajar } = await mundo()
  ponerCupon(1)
  darCupon(1)
  await bajar()
  servidor.sinRed = true
  const mostrar = await unTelefono(() => reloj.wall)
  const guardada = valor(await replica.registrarVenta(unaVenta(unUso(1), 40_000, { qr: await mostrar() })))
  const { datos, cadenaId, seq } = await ultima(replica)
  const { conConexion, ...resto } = unUso(1)
  assert.equal(datos.cupon, { ...resto, descuentoCentavos: 10_000, conConexion })
  assert.equal([datos.montoCentavos, datos.puntosPrometidos, guardada.puntosPrometidos], [40_000, 50, 50])
  const otraVez = async () => replica.registrarVenta(unaVenta(unUso(1), 40_000, { qr: await mostrar() }))
  assert.is(codigo(await otraVez()), 'cupon_repetido cupon')
  assert.equal(valor(await replica.cupones(DE_ANA)), [])
  servidor.sinRed = false
  await bajar()
  assert.is(codigo(await otraVez()), 'cupon_repetido cupon', 'received, and no verdict yet')
  // The verdict before the count, then both: never twice, never not at all.
  const veredicto = { cadenaId, seq, hechoId: guardada.hechoId, tipo: 'venta', estado: 'aceptado', motivos: [], puntos: 50 }
  ponerCupon(1, { limitePorCliente: 2 })
  servidor.poner('veredictos', { id: llaveDeRenglon(cadenaId, seq), ...veredicto, effAt: reloj.wall, seqStream: servidor.seq() + 2 })
  darCupon(1, { usados: 1 })
  await bajar()
  assert.is(valor(await replica.cupones(DE_ANA))[0]?.quedan, 1)
})

test('SCAN-28: a till started anew with no network, which nobody told the hour, sells with a cupón', async () => {
  const { reloj, disco, replica, ponerCupon, bajar } = await mundo()
  ponerCupon(1)
  await bajar()
  await replica.cerrar()
  const otra = crearReplica(puertosDePrueba(disco, () => Promise.reject(new TypeError('no network')), reloj)) as Required<ReplicaApi>
  abiertas.splice(0, 1, otra)
  valor(await otra.abrir())
  valor(await otra.registrarVenta(unaVenta(unUso(1), 40_000)))
  assert.is((await ultima(otra)).datos.cupon?.descuentoCentavos, 10_000)
})

test('SCAN-29: below its minimum, of a higher nivel, of another client, unknown, online only, or with another sum: refused before there is a sale', async () => {
  const { replica, reloj, servidor, ponerCupon, bajar } = await mundo()
  ponerCupon(1)
  ponerCupon(2, { nivelRequerido: 'oro' })
  ponerCupon(3, { publico: false })
  ponerCupon(4, { soloConConexion: true })
  await bajar()
  servidor.sinRed = true
  const mostrar = await unTelefono(() => reloj.wall)
  const vender = async (uso: CuponDeVenta, monto: number) =>
    codigo(await replica.registrarVenta(unaVenta(uso, monto, { qr: await mostrar() })))
  assert.is(await vender(unUso(1, { totalCentavos: 19_999 }), 15_999), 'cupon_minimo cupon')
  assert.is(await vender(unUso(2), 40_000), 'cupon_nivel cupon')
  assert.is(await vender(unUso(3), 40_000), 'CUPON_AJENO cupon')
  assert.is(await vender(unUso(99), 40_000), 'cupon_desconocido cupon')
  assert.is(await vender(unUso(4), 40_000), 'cupon_con_conexion cupon')
  assert.is(await vender(unUso(1), 39_999), 'DATO_INVALIDO montoCentavos')
  assert.equal(valor(await replica.pendientes()).filter(({ tipo }) => tipo === 'venta').length, 0)
  assert.is(await vender(unUso(4, { conConexion: true }), 40_000), null, 'the server said yes to this one')
})

test('SCAN-28: a cupón that pays it all leaves a sale of 0; of a 2x1 without lines the cashier says what is free', async () => {
  const { replica, reloj, ponerCupon, bajar } = await mundo()
  ponerCupon(1, { tipo: 'monto', valor: 50_000, compraMinimaCentavos: 0 })
  ponerCupon(2, { tipo: 'dos_por_uno', valor: 0, compraMinimaCentavos: 0 })
  await bajar()
  const mostrar = await unTelefono(() => reloj.wall)
  valor(await replica.registrarVenta(unaVenta(unUso(1), 0, { qr: await mostrar() })))
  assert.equal([(await ultima(replica)).datos.montoCentavos, (await ultima(replica)).datos.puntosPrometidos], [0, 0])
  assert.is(valor(await replica.leerTarjeta(await mostrar())).porConfirmar, 0, 'and the card is read again')
  valor(await replica.registrarVenta(unaVenta(unUso(2, { regaladoCentavos: 18_000 }), 32_000, { qr: await mostrar() })))
  assert.is((await ultima(replica)).datos.cupon?.descuentoCentavos, 18_000)
  assert.is(codigo(await replica.registrarVenta({ ...unaVenta(unUso(2), 0), cupon: undefined as never })), 'MONTO_CERO montoCentavos')
})

test('SCAN-26: the QR of a cupón says client and cupón at once, with no network; one this till does not know is the card alone', async () => {
  const { replica, reloj, servidor, ponerCupon, bajar } = await mundo()
  ponerCupon(1, { publico: false })
  await bajar()
  servidor.sinRed = true
  const mostrar = await unTelefono(() => reloj.wall)
  const qr = await mostrar(idDe(1))
  const leida = valor(await replica.leerTarjeta(qr))
  assert.equal([leida.cliente?.alias, leida.cupon?.cuponId, leida.cupon?.motivo], ['Ana L.', idDe(1), null])
  assert.is(valor(await replica.leerTarjeta(await mostrar(idDe(77)))).cupon, null)
  assert.not('cupon' in valor(await replica.leerTarjeta(await mostrar())))
  valor(await replica.registrarVenta(unaVenta(unUso(1, { medio: 'qr' }), 40_000, { qr })))
  assert.equal([(await ultima(replica)).datos.qr, (await ultima(replica)).datos.cupon?.medio], [qr, 'qr'])
  assert.is(codigo(await replica.leerTarjeta(qr)), 'QR_USADO qr')
})

test('SCAN-26, CUP-24: a public code is known here however it is typed; a client’s own code is the server’s to tell', async () => {
  const { replica, servidor, ponerCupon, bajar } = await mundo()
  ponerCupon(1)
  ponerCupon(2, { publico: false })
  await bajar()
  const preguntas: unknown[] = []
  servidor.contestar.set('/api/scanya/validar-cupon', (cuerpo) => {
    preguntas.push(cuerpo)
    return { cuponId: idDe(2), codigoUnico: 'PROMO-2-ABC123', cliente: { nombre: 'Ana L.' } }
  })
  const nadie = { cardId: null, nivel: null }
  const general = valor(await replica.cuponPorCodigo(' promo-1 ', nadie))
  assert.equal([general.cupon.cuponId, general.cupon.motivo, general.codigoUnico, preguntas.length], [idDe(1), null, null, 0])
  const suyo = valor(await replica.cuponPorCodigo('PROMO-2-ABC123', nadie))
  assert.equal([suyo.cupon.cuponId, suyo.cupon.motivo, suyo.codigoUnico, suyo.cliente], [idDe(2), null, 'PROMO-2-ABC123', 'Ana L.'])
  servidor.sinRed = true
  // Said once, it is looked at again for the card that is read, without asking anybody.
  const [ajeno, dicho] = [
    await replica.cuponPorCodigo('PROMO-2', DE_ANA),
    await replica.cuponPorCodigo('PROMO-2', { ...DE_ANA, loTiene: true }),
  ]
  assert.equal([valor(ajeno).cupon.motivo, valor(dicho).cupon.motivo], ['CUPON_AJENO', null])
  assert.is(codigo(await replica.cuponPorCodigo('OTRO-CODIGO', nadie)), 'SIN_CONEXION codigo')
  const uso = unUso(2, { medio: 'codigo', codigoUnico: 'PROMO-2-ABC123', conConexion: true })
  valor(await replica.registrarVenta(unaVenta(uso, 40_000)))
  assert.is(codigo(await replica.registrarVenta(unaVenta(uso, 40_000))), 'cupon_repetido cupon')
})

test('SCAN-41, CUP-27: the server is asked about one use, of whoever is at the counter, and its reason is the answer', async () => {
  const { replica, reloj, servidor, ponerCupon, bajar } = await mundo()
  ponerCupon(1, { soloConConexion: true })
  await bajar()
  const preguntas: unknown[] = []
  let motivo: string | null = null
  servidor.contestar.set('/api/scanya/identificar-cliente', () => ({ identificacionId: CLIENTE }))
  servidor.contestar.set('/api/scanya/validar-cupon', (cuerpo) => {
    preguntas.push(cuerpo)
    return motivo ? { status: 409, code: motivo } : { cuponId: idDe(1), codigoUnico: null, cliente: null }
  })
  const mostrar = await unTelefono(() => reloj.wall)
  const uso = { cuponId: idDe(1), codigo: 'PROMO-1', totalCentavos: 50_050 }
  const deCupon = await mostrar(idDe(1))
  valor(await replica.consultarCupon({ ...uso, qr: await mostrar() }))
  valor(await replica.consultarCupon({ ...uso, qr: deCupon }))
  valor(await replica.consultarCupon({ ...uso, qr: null }))
  const total = '500.50'
  assert.equal(preguntas, [
    { cuponId: idDe(1), identificacionId: CLIENTE, total },
    { qr: deCupon, total },
    { codigo: 'PROMO-1', total },
  ])
  motivo = 'cupon_repetido'
  assert.is(codigo(await replica.consultarCupon({ ...uso, qr: null })), 'cupon_repetido')
  servidor.sinRed = true
  assert.is(codigo(await replica.consultarCupon({ ...uso, qr: null })), 'SIN_CONEXION')
})

test('[R15] SCAN-49: with the lease of the till ended a sale goes on and a cupón does not; nor for a person who may not', async () => {
  const { replica, reloj, ponerCupon, bajar } = await mundo()
  ponerCupon(1, { venceAt: reloj.wall + 30 * DIA })
  await bajar()
  await replica.salirDelTurno()
  valor(await replica.entrarEmpleado('beto', '482913'))
  assert.is(codigo(await replica.cupones(DE_ANA)), 'SIN_PERMISO')
  assert.is(codigo(await replica.registrarVenta(unaVenta(unUso(1), 40_000))), 'SIN_PERMISO')
  await replica.salirDelTurno()
  valor(await replica.entrarEmpleado('carlos', '482913'))
  reloj.avanzar(71 * HORA)
  valor(await replica.registrarVenta(unaVenta(unUso(1), 40_000)))
  reloj.avanzar(2 * HORA)
  valor(await replica.entrarEmpleado('carlos', '482913'))
  assert.is(codigo(await replica.registrarVenta(unaVenta(unUso(1), 40_000))), 'LICENCIA_VENCIDA')
  const { cupon: _sin, ...sola } = unaVenta(unUso(1), 40_000)
  valor(await replica.registrarVenta(sola))
})

test.run()
