import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import { codigoDeCanje, idDeCanje } from '../../schema/domain/canjes/codigo.ts'
import { firmarQrDeCanje, type QrDeCanje } from '../../schema/domain/canjes/qr-canje.ts'
import { CAJERO_AVANZADO, CAJERO_BASICO } from '../../schema/domain/empleados/permisos.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import { numeroDeRecompensa } from '../../schema/domain/recompensas/recompensa.ts'
import { ataduraDeEquipo, hechoDeLlave, llaveDeEntrega } from '../../schema/protocol/repetible.ts'
import type { ReplicaApi, Respuesta } from './api.ts'
import { hmacDeCodigo } from './canjes.ts'
import { crearReplica } from './replica.ts'
import { valor } from './testing/estudio-guion.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { DISPOSITIVO, NEGOCIO, unServidor } from './testing/servidor-guion.ts'

const KID = 3
const SUCURSAL = '01900000-0000-7000-8000-000000000003'
const RECOMPENSA = '01900000-0000-7000-8000-00000000c0fe'
const OTRA_CAJA = '01900000-0000-7000-8000-0000000000c2'
const CARD = '00000000deadbeef'
const emisora = await generarParDeLlaves()
const publica = await exportarPublica(emisora.publicKey)

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : [respuesta.codigo, respuesta.campo].filter(Boolean).join(' '))

/** A till with its sucursal, its lease of canjes and a recompensa. `arriendo` null: nobody has one. */
async function mundo(arriendo: { dispositivoId?: string; venceEnMs?: number; pedidoPor?: string | null } | null = {}) {
  const reloj = unReloj()
  const servidor = unServidor(() => reloj.wall)
  servidor.paginaDe = 100
  servidor.llaves = [{ kid: KID, publica }]
  servidor.turnos.personas.set('carlos', unaPersona('carlos', CAJERO_AVANZADO))
  servidor.turnos.personas.set('beto', unaPersona('beto', CAJERO_BASICO))
  servidor.poner('config', { id: 'negocio', nombre: 'Pizzería Roma', numero: 4_071, codigoCaja: 'roma' })
  servidor.poner('config', {
    id: `sucursal:${SUCURSAL}`,
    sucursalId: SUCURSAL,
    nombre: 'Centro',
    numero: 2,
    zonaHoraria: 'America/Mexico_City',
  })
  servidor.poner('recompensas', { id: RECOMPENSA, nombre: 'Café gratis', puntos: 80 })
  const ponerArriendo = ({ dispositivoId = DISPOSITIVO, venceEnMs = 24 * HORA, pedidoPor = null }: NonNullable<typeof arriendo>) =>
    servidor.poner('config', {
      ...{ id: `arriendo:${SUCURSAL}`, sucursalId: SUCURSAL },
      dispositivoId,
      venceAt: reloj.wall + venceEnMs,
      pedidoPor,
    })
  if (arriendo) ponerArriendo(arriendo)
  servidor.poner('clientes', {
    ...{ id: 'c1', usuarioId: 'c1', cardId: CARD, alias: 'Ana L.', nivelUltimaVisita: 'plata' },
    ultimaVisitaAt: reloj.wall,
  })
  const puertos = puertosDePrueba(unDisco(), servidor.fetch, reloj)
  const abrir = () => {
    const replica = crearReplica(puertos) as Required<ReplicaApi>
    abiertas.push(replica)
    return replica
  }
  const replica = abrir()
  /** The worker dies and is started again over the same disk. */
  const reiniciar = async () => {
    await abiertas.pop()?.cerrar()
    return abrir()
  }
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  valor(await replica.sincronizarAhora())
  valor(await replica.entrarEmpleado('carlos', '482913'))
  return { reloj, servidor, replica, puertos, ponerArriendo, reiniciar }
}
const unaPersona = (nick: string, permisos: typeof CAJERO_BASICO) => ({
  ...{ id: `01900000-0000-7000-8000-0000000e0${nick.length}00`, nombre: nick, pin: '482913', puesto: 'Cajero', permisos },
})

let numero = 700_000
/** A canje as the server makes it, 80 points, 15 minutes from now. */
async function unCanje(ahora: number, cambios: Partial<QrDeCanje> = {}, ca = emisora.privateKey) {
  const canje: QrDeCanje = {
    ...{
      kid: KID,
      negocioNumero: 4_071,
      cardId: CARD,
      canjeNumero: ++numero,
      recompensaNumero: numeroDeRecompensa(RECOMPENSA),
      puntos: 80,
    },
    ...{ valorCentavos: 3_500, sucursalNumero: 2, venceAt: ahora + 15 * MINUTO, ...cambios },
  }
  const id = await idDeCanje(NEGOCIO, canje.canjeNumero)
  const letras = codigoDeCanje(canje.canjeNumero % 2 ** 30)
  const doc = async (estado = 'pendiente', sucursalId: string | null = SUCURSAL) => ({
    ...{ id, usuarioId: 'c1', cardId: CARD, recompensaId: RECOMPENSA, nombre: 'Café gratis', puntos: 80, valorCentavos: 3_500, sucursalId },
    ...{
      venceAt: canje.venceAt,
      estado,
      apartado: estado !== 'confirmado',
      creadoAt: ahora,
      cerradoAt: null,
      codigoHmac: await hmacDeCodigo(id, letras),
    },
  })
  return { id, letras, numero: canje.canjeNumero, qr: await firmarQrDeCanje(ca, canje), doc }
}
const ultimo = async (replica: ReplicaApi) => {
  const pendientes = valor(await replica.pendientes())
  return JSON.parse(pendientes.at(-1)?.cuerpo ?? '{}') as Sobre & { datos: Record<string, unknown> }
}
const deCanjes = async (replica: ReplicaApi) => valor(await replica.pendientes()).filter(({ tipo }) => tipo === 'canje_confirmado').length

test('SCAN-30, 31, 33: the till with the lease reads the QR and gives it with no network, once', async () => {
  const { replica, reloj, servidor } = await mundo()
  const canje = await unCanje(reloj.wall)
  servidor.sinRed = true
  const leido = valor(await replica.validarCanje(canje.qr))
  assert.equal([leido.nombre, leido.cliente, leido.nivel, leido.puntos], ['Café gratis', 'Ana L.', 'plata', 80])
  assert.equal([leido.codigo, leido.restanMs, leido.medio], [canje.letras, 15 * MINUTO, 'aqui'])
  assert.is(valor(await replica.confirmarCanje(canje.qr)).medio, 'aqui')
  const { tipo, datos, operador } = await ultimo(replica)
  assert.equal([tipo, datos, operador?.tipo], ['canje_confirmado', { canjeId: canje.id, numero: canje.numero, qr: canje.qr }, 'empleado'])
  assert.equal(
    [codigo(await replica.validarCanje(canje.qr)), codigo(await replica.confirmarCanje(canje.qr))],
    ['CANJE_YA_ENTREGADO', 'CANJE_YA_ENTREGADO'],
  )
  assert.is(await deCanjes(replica), 1)
})

test('[R4] two presses at once, or its code after its QR, are one delivery', async () => {
  const { replica, reloj, servidor } = await mundo()
  const canje = await unCanje(reloj.wall)
  servidor.poner('canjes', await canje.doc())
  valor(await replica.sincronizarAhora())
  const dos = await Promise.all([replica.confirmarCanje(canje.qr), replica.confirmarCanje(canje.letras)])
  assert.equal(dos.map(codigo).sort(), ['CANJE_YA_ENTREGADO', null].sort())
  assert.is(await deCanjes(replica), 1)
})

test('SCAN-30: a typed code works with no network where its canje is held, however it is written; else it needs the QR or the network', async () => {
  const { replica, reloj, servidor } = await mundo()
  const [sabido, nuevo] = [await unCanje(reloj.wall), await unCanje(reloj.wall)]
  servidor.poner('canjes', await sabido.doc())
  valor(await replica.sincronizarAhora())
  servidor.sinRed = true
  const leido = valor(await replica.validarCanje(` ${sabido.letras.toLowerCase().replace('-', ' ')} `))
  assert.equal([leido.canjeId, leido.nombre, leido.medio], [sabido.id, 'Café gratis', 'aqui'])
  assert.is(codigo(await replica.validarCanje(nuevo.letras)), 'SIN_CONEXION codigo')
  assert.is(codigo(await replica.validarCanje('hola')), 'CANJE_INVALIDO qr')
  valor(await replica.confirmarCanje(sabido.letras))
  assert.equal([(await ultimo(replica)).datos.canjeId, (await ultimo(replica)).datos.qr], [sabido.id, null])
})

test('[R5] up to 30 s past its end it is given, then not; cancelled, given elsewhere or of another sucursal it never is', async () => {
  const { replica, reloj, servidor } = await mundo()
  const todos: Awaited<ReturnType<typeof unCanje>>[] = []
  for (let i = 0; i < 4; i++) todos.push(await unCanje(reloj.wall))
  servidor.poner('canjes', await todos[1]!.doc('cancelado'))
  servidor.poner('canjes', await todos[2]!.doc('confirmado'))
  servidor.poner('canjes', await todos[3]!.doc('pendiente', OTRA_CAJA))
  valor(await replica.sincronizarAhora())
  servidor.sinRed = true
  const respuestas = await Promise.all([1, 2, 3].map(async (i) => codigo(await replica.validarCanje(todos[i]!.letras))))
  assert.equal(respuestas, ['CANJE_CANCELADO', 'CANJE_YA_ENTREGADO', 'CANJE_OTRA_SUCURSAL'])
  assert.is(codigo(await replica.validarCanje((await unCanje(reloj.wall, { sucursalNumero: 9 })).qr)), 'CANJE_OTRA_SUCURSAL')
  assert.is(codigo(await replica.validarCanje((await unCanje(reloj.wall, { sucursalNumero: 0 })).qr)), null)
  reloj.avanzar(15 * MINUTO + 30 * SEGUNDO)
  assert.is(valor(await replica.validarCanje(todos[0]!.qr)).restanMs, 0)
  reloj.avanzar(1_000)
  assert.is(codigo(await replica.confirmarCanje(todos[0]!.qr)), 'CANJE_VENCIDO')
  assert.is(await deCanjes(replica), 0)
})

test('a QR that the platform did not sign, or of another negocio, is no canje', async () => {
  const { replica, reloj } = await mundo()
  const falsa = await generarParDeLlaves()
  assert.is(codigo(await replica.validarCanje((await unCanje(reloj.wall, {}, falsa.privateKey)).qr)), 'CANJE_INVALIDO qr')
  assert.is(codigo(await replica.validarCanje((await unCanje(reloj.wall, { negocioNumero: 5 })).qr)), 'CANJE_INVALIDO negocio')
})

test('[R5] without the lease it is given online, by one request however often it is pressed; offline another till does', async () => {
  const { replica, reloj, servidor, ponerArriendo } = await mundo(null)
  for (const arriendo of [null, { dispositivoId: OTRA_CAJA }, { venceEnMs: -1 }, { pedidoPor: OTRA_CAJA }]) {
    servidor.sinRed = false
    if (arriendo) ponerArriendo(arriendo)
    servidor.contestar.set('/api/scanya/arriendo-canjes', () => ({ status: 500, code: 'INTERNAL' }))
    valor(await replica.sincronizarAhora())
    const canje = await unCanje(reloj.wall)
    const { id: canjeId, letras } = canje
    const enMostrador = {
      ...{ canjeId, codigo: letras, estado: 'pendiente', cliente: { clienteId: OTRA_CAJA, nombre: 'Ana López', nivel: 'oro' } },
      ...{ recompensa: { id: RECOMPENSA, nombre: 'Café', valor: 35 }, puntos: 80, sucursalId: null },
      ...{ venceAt: reloj.wall + 60_000, restanteMs: 60_000, entregadoAt: null },
    }
    servidor.contestar.set('/api/scanya/validar-canje', () => enMostrador)
    const confirmados: unknown[] = []
    servidor.contestar.set('/api/scanya/confirmar-canje', (cuerpo) => {
      confirmados.push(cuerpo)
      return { ...enMostrador, estado: 'confirmado', entregadoAt: reloj.wall }
    })
    const leido = valor(await replica.validarCanje(canje.qr))
    assert.equal([leido.medio, leido.cliente, leido.restanMs], ['red', 'Ana López', 60_000])
    assert.equal(valor(await replica.confirmarCanje(canje.qr)), { canjeId, entregadoAt: reloj.wall, medio: 'red' })
    assert.equal(confirmados, [{ canjeId, qr: canje.qr, operador: valor(await replica.turno())?.operador }])
    assert.is(codigo(await replica.confirmarCanje(canje.qr)), 'CANJE_YA_ENTREGADO', 'whatever was pulled by then')
    servidor.sinRed = true
    assert.is(codigo(await replica.confirmarCanje((await unCanje(reloj.wall)).qr)), 'CANJE_OTRA_CAJA')
    assert.is(confirmados.length, 1)
    assert.is(await deCanjes(replica), 0)
  }
})

/** As the server answers for a canje that was given. */
const entregado = (canje: { id: string; letras: string }, ahora: number) => ({
  ...{ canjeId: canje.id, codigo: canje.letras, estado: 'confirmado', cliente: { clienteId: OTRA_CAJA, nombre: 'Ana', nivel: 'oro' } },
  ...{ recompensa: { id: RECOMPENSA, nombre: 'Café', valor: 35 }, puntos: 80, sucursalId: null },
  ...{ venceAt: ahora + 60_000, restanteMs: 0, entregadoAt: ahora },
})

test('[R4] given by a request whose answer was lost, it is told again to the till that asked, and to no other', async () => {
  const { replica, reloj, servidor } = await mundo({ dispositivoId: OTRA_CAJA })
  const [suyo, ajeno] = [await unCanje(reloj.wall), await unCanje(reloj.wall)]
  let contesta = false
  servidor.contestar.set('/api/scanya/confirmar-canje', () => (contesta ? entregado(suyo, reloj.wall) : { status: 500, code: 'INTERNAL' }))
  assert.is(codigo(await replica.confirmarCanje(suyo.qr)), 'INTERNAL')
  for (const canje of [suyo, ajeno]) servidor.poner('canjes', await canje.doc('confirmado'))
  valor(await replica.sincronizarAhora())
  contesta = true
  assert.is(codigo(await replica.confirmarCanje(ajeno.qr)), 'CANJE_YA_ENTREGADO')
  assert.is(valor(await replica.validarCanje(suyo.qr)).medio, 'red')
  assert.is(valor(await replica.confirmarCanje(suyo.qr)).medio, 'red')
  assert.is(codigo(await replica.confirmarCanje(suyo.qr)), 'CANJE_YA_ENTREGADO')
})

test('[R4] an answer lost with the worker that waited for it is told again after a restart, to whoever is at the till, by the same request', async () => {
  const { replica, reloj, servidor, reiniciar } = await mundo({ dispositivoId: OTRA_CAJA })
  const [suyo, tecleado] = [await unCanje(reloj.wall), await unCanje(reloj.wall)]
  const pedidos: unknown[] = []
  let contesta = false
  const alPedir = (cuerpo: unknown) => {
    pedidos.push(cuerpo)
    const cual = (cuerpo as { canjeId: string }).canjeId === suyo.id ? suyo : tecleado
    return contesta ? entregado(cual, reloj.wall) : { status: 500, code: 'INTERNAL' }
  }
  servidor.contestar.set('/api/scanya/confirmar-canje', alPedir)
  servidor.contestar.set('/api/scanya/validar-canje', () => ({
    ...entregado(tecleado, reloj.wall),
    estado: 'pendiente',
    entregadoAt: null,
  }))
  assert.is(codigo(await replica.confirmarCanje(suyo.qr)), 'INTERNAL')
  assert.is(codigo(await replica.confirmarCanje(tecleado.letras)), 'INTERNAL')
  servidor.contestar.set('/api/scanya/validar-canje', () => ({ status: 409, code: 'CANJE_YA_ENTREGADO' }))
  servidor.poner('canjes', await suyo.doc('confirmado'))
  const otra = await reiniciar()
  valor(await otra.sincronizarAhora())
  await otra.salirDelTurno()
  servidor.turnos.personas.set('carla', unaPersona('carla', CAJERO_AVANZADO))
  valor(await otra.entrarEmpleado('carla', '482913'))
  servidor.sinRed = true
  assert.is(codigo(await otra.confirmarCanje(suyo.qr)), 'SIN_CONEXION')
  servidor.sinRed = false
  contesta = true
  for (const [canje, texto] of [
    [suyo, suyo.letras],
    [tecleado, tecleado.letras],
  ] as const) {
    assert.equal([valor(await otra.validarCanje(texto)).canjeId, valor(await otra.confirmarCanje(texto)).medio], [canje.id, 'red'])
    assert.is(codigo(await otra.confirmarCanje(texto)), 'CANJE_YA_ENTREGADO')
  }
  assert.equal(pedidos.slice(2), pedidos.slice(0, 2), 'word for word, or the server would call it another one')
})

test('[R4] what the server was asked and did not answer is, once this till has the lease, entered as that same hecho', async () => {
  const { replica, reloj, servidor, ponerArriendo, reiniciar } = await mundo({ dispositivoId: OTRA_CAJA })
  const canje = await unCanje(reloj.wall)
  servidor.contestar.set('/api/scanya/confirmar-canje', () => ({ status: 500, code: 'INTERNAL' }))
  assert.is(codigo(await replica.confirmarCanje(canje.qr)), 'INTERNAL')
  ponerArriendo({})
  valor(await replica.sincronizarAhora())
  const otra = await reiniciar()
  servidor.sinRed = true
  assert.is(valor(await otra.confirmarCanje(canje.qr)).medio, 'aqui')
  const { id, tipo } = await ultimo(otra)
  const llave = llaveDeEntrega(canje.id)
  assert.equal([tipo, id], ['canje_confirmado', await hechoDeLlave(NEGOCIO, ataduraDeEquipo(DISPOSITIVO), llave)])
  assert.is(codigo(await otra.confirmarCanje(canje.qr)), 'CANJE_YA_ENTREGADO')
})

test('SCAN-33: a shift counts each canje given in it once, by its journal or by the server; this till remembers those of the server', async () => {
  const { replica, reloj, servidor, puertos, ponerArriendo, reiniciar } = await mundo({ dispositivoId: OTRA_CAJA })
  const [antes, dado, perdido, propio] = [
    await unCanje(reloj.wall),
    await unCanje(reloj.wall),
    await unCanje(reloj.wall),
    await unCanje(reloj.wall),
  ]
  const todos = [antes, dado, perdido, propio]
  let contesta = true
  servidor.contestar.set('/api/scanya/confirmar-canje', (cuerpo) => {
    const cual = todos.find(({ id }) => id === (cuerpo as { canjeId: string }).canjeId)!
    return contesta ? entregado(cual, reloj.wall) : { status: 500, code: 'INTERNAL' }
  })
  const canjes = async (cual = replica) => valor(await cual.turnoDeCaja())?.resumen.canjes
  valor(await replica.confirmarCanje(antes.qr))
  reloj.avanzar(1_000)
  valor(await replica.abrirTurnoDeCaja(0))
  assert.is(await canjes(), 0, 'before the shift')
  reloj.avanzar(1_000)
  valor(await replica.confirmarCanje(dado.qr))
  assert.is(await canjes(), 1)
  contesta = false
  assert.is(codigo(await replica.confirmarCanje(perdido.qr)), 'INTERNAL')
  assert.is(await canjes(), 1, 'nobody was told that it may be handed over')
  ponerArriendo({})
  valor(await replica.sincronizarAhora())
  valor(await replica.confirmarCanje(propio.qr))
  valor(await replica.confirmarCanje(perdido.qr))
  assert.is(await canjes(), 3)
  const otra = await reiniciar()
  assert.is(await canjes(otra), 3)
  const operadorId = valor(await otra.turno())?.operador.id
  assert.equal(
    valor(await otra.canjesDados()).map((d) => [d.canjeId, d.nombre, d.puntos, d.entregadoAt, d.operadorId]),
    [
      [antes.id, 'Café gratis', 80, reloj.wall - 2_000, operadorId],
      [dado.id, 'Café gratis', 80, reloj.wall, operadorId],
    ],
  )
  reloj.avanzar(3 * 24 * HORA)
  servidor.licencia.venceAt = reloj.wall + 72 * HORA
  valor(await otra.sincronizarAhora())
  valor(await otra.entrarEmpleado('carlos', '482913'))
  ponerArriendo({ dispositivoId: OTRA_CAJA })
  contesta = true
  valor(await otra.sincronizarAhora())
  const tarde = await unCanje(reloj.wall)
  todos.push(tarde)
  valor(await otra.confirmarCanje(tarde.qr))
  assert.is(await canjes(otra), 4, 'a shift that was left open for days')
  // The answer to a request came after another press, with the lease, had entered it in the journal.
  const pedidos = await puertos.notas.leer<Record<string, object>>('canjesPedidos')
  const alFin = { ...pedidos?.[tarde.id], canje: { canjeId: propio.id } }
  await puertos.notas.escribir('canjesPedidos', { ...pedidos, [propio.id]: alFin })
  assert.is(await canjes(otra), 4, 'one delivery')
  valor(await otra.cerrarTurnoDeCaja(null, null))
  assert.is(valor(await otra.turnosCerrados(1))[0]?.resumen.canjes, 4)
  valor(await otra.abrirTurnoDeCaja(0))
  assert.is(await canjes(otra), 0)
})

test('SCAN-33: a canje whose answer comes in a later shift is of the shift in which it was handed over', async () => {
  const { replica, reloj, servidor } = await mundo({ dispositivoId: OTRA_CAJA })
  const canje = await unCanje(reloj.wall)
  const deAntes = reloj.wall
  let contesta = false
  servidor.contestar.set('/api/scanya/confirmar-canje', () => (contesta ? entregado(canje, deAntes) : { status: 500, code: 'INTERNAL' }))
  valor(await replica.abrirTurnoDeCaja(0))
  reloj.avanzar(1_000)
  assert.is(codigo(await replica.confirmarCanje(canje.qr)), 'INTERNAL')
  valor(await replica.cerrarTurnoDeCaja(null, null))
  reloj.avanzar(1_000)
  valor(await replica.abrirTurnoDeCaja(0))
  reloj.avanzar(1_000)
  contesta = true
  valor(await replica.confirmarCanje(canje.qr))
  assert.is(valor(await replica.turnoDeCaja())?.resumen.canjes, 1)
  assert.is(valor(await replica.turnosCerrados(1))[0]?.resumen.canjes, 0)
})

test('[R4] what cannot be written down is not asked of the server', async () => {
  const { replica, reloj, servidor, puertos } = await mundo({ dispositivoId: OTRA_CAJA })
  servidor.contestar.set('/api/scanya/confirmar-canje', () => ({ status: 500, code: 'INTERNAL' }))
  const { escribir } = puertos.notas
  puertos.notas.escribir = async () => {
    throw Object.assign(new Error('quota'), { name: 'QuotaExceededError' })
  }
  assert.is(codigo(await replica.confirmarCanje((await unCanje(reloj.wall)).qr)), 'DISCO_LLENO')
  puertos.notas.escribir = escribir
  assert.is(servidor.rutas.includes('/api/scanya/confirmar-canje'), false)
})

test('[R15] SCAN-49: an ended lease of the till, or a person who may not, gives no canje', async () => {
  const { replica, reloj } = await mundo({ venceEnMs: 1_000 * HORA })
  const canje = await unCanje(reloj.wall, { venceAt: reloj.wall + 1_000 * HORA })
  await replica.salirDelTurno()
  valor(await replica.entrarEmpleado('beto', '482913'))
  assert.is(codigo(await replica.validarCanje(canje.qr)), 'SIN_PERMISO')
  reloj.avanzar(73 * HORA)
  assert.is(codigo(await replica.validarCanje(canje.qr)), 'LICENCIA_VENCIDA')
})

test('[R5] the holder says so once nothing is unsent and a canje ended, not before; asked for, it hands the lease over and says it again', async () => {
  const { replica, reloj, servidor, ponerArriendo } = await mundo()
  const dichos = () => servidor.pedidos.filter(({ estado }) => estado?.alDia).length
  const canje = await unCanje(reloj.wall)
  servidor.poner('canjes', await canje.doc())
  valor(await replica.sincronizarAhora())
  const antes = dichos()
  valor(await replica.sincronizarAhora())
  assert.is(dichos(), antes)
  valor(await replica.confirmarCanje(canje.qr))
  valor(await replica.sincronizarAhora())
  assert.is(dichos(), antes + 1) // with the entry itself
  reloj.avanzar(16 * MINUTO)
  valor(await replica.sincronizarAhora())
  assert.is(dichos(), antes + 2)
  valor(await replica.sincronizarAhora())
  assert.is(dichos(), antes + 2)
  const acciones: unknown[] = []
  servidor.contestar.set('/api/scanya/arriendo-canjes', (cuerpo) => {
    acciones.push(cuerpo)
    return { arriendo: null, hora: reloj.wall }
  })
  ponerArriendo({ pedidoPor: OTRA_CAJA })
  reloj.avanzar(1_000)
  valor(await replica.sincronizarAhora())
  assert.equal(acciones, [{ accion: 'ceder' }])
  ponerArriendo({ dispositivoId: OTRA_CAJA })
  valor(await replica.sincronizarAhora())
  assert.is(dichos(), antes + 3)
  valor(await replica.arriendoDeCanjes('pedir'))
  assert.equal(acciones.at(-1), { accion: 'pedir' })
})

test.run()
