import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, diaLocal, MINUTO } from '../../../schema/core/tiempo.ts'
import { reprocesarTrasLiberacion } from '../../jobs/reprocess.ts'
import { jueces as JUECES } from '../../registry.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { loginEmpleado } from '../../testing/empleado.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import type { TransaccionRest } from './documento.ts'
import type { ClienteIdentificado } from './identificar.ts'
import { limpiarMostrador } from './repetible.ts'

let servidor: ServidorDePrueba<DbDePrueba>
test.before(async () => {
  servidor = await createTestServer()
})
test.after(() => servidor.cerrar())

async function mostrador(opciones: Parameters<typeof crearNegocioDePrueba>[1] = {}) {
  const negocio = await crearNegocioDePrueba(servidor, opciones)
  const token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const post = <T>(camino: string, cuerpo: unknown, llave?: string, otro = token) =>
    pedir<T>(servidor, camino, { token: otro, cuerpo, ...(llave ? { cabeceras: { 'idempotency-key': llave } } : {}) })
  const identificar = (qrPayload: string, otro = token) =>
    post<ClienteIdentificado>('/api/scanya/identificar-cliente', { qrPayload }, undefined, otro)
  const vender = (cuerpo: object, llave?: string, otro = token) =>
    post<TransaccionRest>('/api/scanya/venta', { metodoPago: 'efectivo', ...cuerpo }, llave, otro)
  return { negocio, token, post, identificar, vender }
}

test('SCAN-38, 45: a scanned card is identified once, sold to once, and credited by the same judge', async () => {
  const { negocio, identificar, vender } = await mostrador()
  const ana = await crearShopper(servidor)
  const qr = await ana.qr()
  const { cuerpo: quien } = await identificar(qr)
  assert.equal(quien.data.cliente, {
    clienteId: ana.usuarioId,
    nombre: 'Ana L.',
    nivel: 'bronce',
    multiplicador: 1,
    conocido: false,
    puntosDisponibles: 0,
    visitas: 0,
    ultimaVisitaAt: null,
  })
  const { identificacionId } = quien.data
  const { cuerpo } = await vender({ identificacionId, monto: 500.5, descripcion: '2 pizzas' }, 'venta-0001')
  assert.is(cuerpo.data.puntosOtorgados, 50)
  assert.ok(cuerpo.data.acreditada)
  assert.equal([cuerpo.data.monto, cuerpo.data.clienteId, cuerpo.data.sucursalId], [500.5, ana.usuarioId, negocio.sucursalId])
  assert.match(cuerpo.data.folio, /^SRV-\d{6}$/)
  assert.is(cuerpo.data.empleadoId, null, 'SCAN-07')

  assert.is((await vender({ identificacionId, monto: 10 }, 'venta-0002')).cuerpo.code, 'IDENTIFICACION_INVALIDA', 'one use')
  assert.is((await identificar(qr)).cuerpo.code, 'QR_USADO')
  const otra = (await identificar(await ana.qr())).cuerpo.data.cliente
  assert.equal([otra.conocido, otra.puntosDisponibles, otra.visitas], [true, 50, 1])
})

test('SCAN-38: the evidence photo that a sale names over HTTP is kept with it, by the hash of its bytes', async () => {
  const { vender } = await mostrador()
  const foto = 'ab'.repeat(32)
  const { cuerpo } = await vender({ monto: 80, fotoEvidencia: foto }, 'venta-foto-1')
  const [fila] = await servidor.db.superusuario`
    select t.foto, h.cuerpo::jsonb -> 'datos' ->> 'foto' as dicha from transacciones t join hechos_recibidos h on h.hecho_id = t.id where t.id = ${cuerpo.data.id}`
  assert.equal({ ...fila }, { foto, dicha: foto })
  const otra = await vender({ monto: 80 })
  assert.is((await servidor.db.superusuario`select foto from transacciones where id = ${otra.cuerpo.data.id}`)[0].foto, null)
  const mala = await vender({ monto: 80, fotoEvidencia: 'foto.jpg' })
  assert.equal([mala.estado, mala.cuerpo.code], [400, 'DATO_INVALIDO'])
})

test('SCAN-23, 24, CARD-26: an old, a future, a forged and a revoked QR are refused by name', async () => {
  const { identificar } = await mostrador()
  const ana = await crearShopper(servidor)
  const ahora = servidor.reloj.ahora()
  assert.is((await identificar(await ana.qr(ahora - 3 * MINUTO))).cuerpo.code, 'QR_EXPIRADO')
  assert.is((await identificar(await ana.qr(ahora + MINUTO))).cuerpo.code, 'QR_EXPIRADO')
  assert.is((await identificar((await ana.qr()).slice(0, -4))).cuerpo.code, 'qr_invalido')
  await servidor.db.superusuario`update tarjetas_emitidas set baja_at = now() - interval '1 year' where card_id = ${ana.tarjeta.cardId}`
  assert.is((await identificar(await ana.qr())).cuerpo.code, 'TARJETA_REVOCADA')
})

test('an identification ends after 10 minutes and belongs to whoever asked', async () => {
  const { negocio, identificar, vender, token } = await mostrador({ cajas: 1 })
  const ana = await crearShopper(servidor)
  const caja = await sesionDeDispositivo(servidor, negocio.cajas[0]!)
  const deLaCaja = (await identificar(await ana.qr(), caja.token)).cuerpo.data.identificacionId
  assert.is((await vender({ identificacionId: deLaCaja, monto: 10 }, undefined, token)).cuerpo.code, 'IDENTIFICACION_INVALIDA')
  const propia = (await identificar(await ana.qr())).cuerpo.data.identificacionId
  servidor.reloj.avanzar(11 * MINUTO)
  assert.is((await vender({ identificacionId: propia, monto: 10 })).cuerpo.code, 'SESION_VENCIDA')
  const fresco = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const tarde = await vender({ identificacionId: propia, monto: 10 }, undefined, fresco)
  assert.equal([tarde.estado, tarde.cuerpo.code], [409, 'IDENTIFICACION_INVALIDA'])
})

test('Idempotency-Key: the same request is one sale, also ten at once; another body under the same key is refused', async () => {
  const { vender } = await mostrador()
  const diez = await Promise.all(Array.from({ length: 10 }, () => vender({ monto: 80 }, 'misma-llave')))
  assert.is(new Set(diez.map((r) => r.cuerpo.data.id)).size, 1)
  assert.is((await vender({ monto: 80 }, 'misma-llave')).cuerpo.data.id, diez[0]!.cuerpo.data.id)
  const otra = await vender({ monto: 81 }, 'misma-llave')
  assert.equal([otra.estado, otra.cuerpo.code], [409, 'IDEMPOTENCIA_DISTINTA'])
  const dos = await Promise.all([vender({ monto: 1 }, 'a-la-vez-1'), vender({ monto: 2 }, 'a-la-vez-1')])
  assert.equal(dos.map((r) => r.cuerpo.code ?? 'ok').sort(), ['IDEMPOTENCIA_DISTINTA', 'ok'])
  assert.is((await vender({ monto: 80 }, 'corta')).cuerpo.campo, 'Idempotency-Key')
})

test('the key is kept 30 days, an identification a day after its end', async () => {
  const { vender, negocio } = await mostrador()
  await vender({ monto: 80 }, 'para-siempre')
  const cuantas = async () => (await servidor.db.superusuario`select 1 from idempotencias where negocio_id = ${negocio.negocioId}`).length
  servidor.reloj.avanzar(29 * DIA)
  await limpiarMostrador(servidor.deps)
  assert.is(await cuantas(), 1)
  servidor.reloj.avanzar(2 * DIA)
  assert.ok((await limpiarMostrador(servidor.deps)) > 0)
  assert.is(await cuantas(), 0)
})

test('a key that was forgotten is refused, never answered with the old sale: the new one would be lost in silence', async () => {
  const { vender, negocio } = await mostrador()
  const vieja = (await vender({ monto: 80 }, 'reutilizada')).cuerpo.data
  servidor.reloj.avanzar(31 * DIA)
  await limpiarMostrador(servidor.deps)
  const fresco = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const nueva = await vender({ monto: 95 }, 'reutilizada', fresco)
  assert.equal([nueva.estado, nueva.cuerpo.code], [409, 'IDEMPOTENCIA_DISTINTA'], `not ${vieja.id}`)
})

test('a key names one request in one sucursal', async () => {
  const { negocio, post } = await mostrador({ sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const en = (indice: number) =>
    post<TransaccionRest>(
      `/api/scanya/venta?sucursalId=${negocio.sucursales[indice]!.id}`,
      { monto: 80, metodoPago: 'efectivo' },
      'misma-en-dos',
    )
  assert.is((await en(0)).estado, 200)
  assert.is((await en(1)).cuerpo.code, 'IDEMPOTENCIA_DISTINTA')
})

test('SCAN-38: a bare clienteId is refused by name, not sold without its client', async () => {
  const { vender, identificar, negocio } = await mostrador()
  const ana = await crearShopper(servidor)
  const nadie = await vender({ clienteId: ana.usuarioId, monto: 80 })
  assert.equal([nadie.estado, nadie.cuerpo.code, nadie.cuerpo.campo], [400, 'CLIENTE_NO_ENCONTRADO', 'clienteId'], 'nobody of this negocio')
  const { identificacionId } = (await identificar(await ana.qr())).cuerpo.data
  const dos = await vender({ clienteId: ana.usuarioId, identificacionId, monto: 80 })
  assert.equal([dos.cuerpo.code, dos.cuerpo.campo], ['DATO_INVALIDO', 'clienteId'], 'one client, said once')
  const plantilla = { nombre: 'Eva', nick: 'eva', pin: '739154', sucursalId: negocio.sucursalId, plantilla: 'Supervisor' } as const
  await crearEmpleado(servidor.deps, negocio.negocioId, plantilla)
  const { token } = (await loginEmpleado(servidor, await altaDeCaja(servidor, negocio), 'eva', '739154')).cuerpo.data
  const r = await vender({ clienteId: ana.usuarioId, monto: 80 }, 'de-empleado', token)
  assert.equal([r.estado, r.cuerpo.code, r.cuerpo.campo], [400, 'DATO_INVALIDO', 'clienteId'])
})

test('SCAN-38: a dueño names a client without a QR, 20 times a day; each is credited, marked and noted', async () => {
  const { vender, identificar, negocio } = await mostrador()
  const ana = await crearShopper(servidor)
  await vender({ identificacionId: (await identificar(await ana.qr())).cuerpo.data.identificacionId, monto: 10 })
  const { cuerpo } = await vender({ clienteId: ana.usuarioId, monto: 500 }, 'sin-qr-0001')
  assert.equal(
    [cuerpo.data.clienteId, cuerpo.data.puntosOtorgados, cuerpo.data.acreditada, cuerpo.data.origen],
    [ana.usuarioId, 50, true, 'sin_qr'],
  )
  assert.is((await vender({ clienteId: ana.usuarioId, monto: 500 }, 'sin-qr-0001')).cuerpo.data.id, cuerpo.data.id)
  const sql = servidor.db.superusuario
  const hoy = diaLocal(servidor.reloj.ahora(), 'America/Mexico_City')
  const [nota] = await sql`select * from ventas_sin_qr where negocio_id = ${negocio.negocioId}`
  assert.equal([nota.deUsuario, nota.cuentaId, nota.dia], [ana.usuarioId, negocio.dueno.usuarioId, hoy])
  await sql`insert into ventas_sin_qr (negocio_id, transaccion_id, dia, de_usuario, cuenta_id)
    select ${negocio.negocioId}, gen_random_uuid(), ${hoy}, ${ana.usuarioId}, ${negocio.dueno.usuarioId} from generate_series(1, 19)`
  const harta = await vender({ clienteId: ana.usuarioId, monto: 500 })
  assert.equal([harta.estado, harta.cuerpo.code], [429, 'DEMASIADAS_PETICIONES'])
  assert.is((await sql`select 1 from transacciones where negocio_id = ${negocio.negocioId}`).length, 2, 'nothing was sold')
})

test('R6: of refunds that come at once no more is given back than was paid', async () => {
  const { vender, post } = await mostrador()
  const venta = (await vender({ monto: 100 })).cuerpo.data
  const pedidos = ['60', '60', '60'].map((monto, i) =>
    post<TransaccionRest>(`/api/scanya/reembolso/${venta.id}`, { motivo: 'x', monto }, `a-la-vez-r${i}`),
  )
  const codigos = (await Promise.all(pedidos)).map((r) => r.cuerpo.code ?? 'ok')
  assert.equal(codigos.sort(), ['ok', 'reembolso_excedido', 'reembolso_excedido'])
})

test('SCAN-40, 50: a refund takes back its points; more than remains is refused and changes nothing', async () => {
  const { identificar, vender, post } = await mostrador()
  const ana = await crearShopper(servidor)
  const { identificacionId } = (await identificar(await ana.qr())).cuerpo.data
  const venta = (await vender({ identificacionId, monto: 100 })).cuerpo.data
  const camino = `/api/scanya/reembolso/${venta.id}`
  const parte = await post<TransaccionRest>(camino, { motivo: 'Un refresco', monto: '30' }, 'devolver-1')
  assert.equal([parte.cuerpo.data.reembolsado, parte.cuerpo.data.puntosDevueltos, parte.cuerpo.data.estado], [30, 3, 'completada'])
  assert.is((await post<TransaccionRest>(camino, { motivo: 'Un refresco', monto: '30' }, 'devolver-1')).cuerpo.data.reembolsado, 30)
  assert.is((await post(camino, { motivo: 'Todo', monto: 71 })).cuerpo.code, 'reembolso_excedido')
  const todo = await post<TransaccionRest>(camino, { motivo: 'Todo' })
  assert.equal([todo.cuerpo.data.reembolsado, todo.cuerpo.data.puntosDevueltos, todo.cuerpo.data.estado], [100, 10, 'reembolsada'])
  assert.is((await post(camino, { motivo: 'Otra vez' })).cuerpo.code, 'reembolso_excedido')
  assert.is((await post(camino, { motivo: '' })).cuerpo.campo, 'motivo')
})

test('DI7: what was received and not judged yet is answered 503, and the same key asks again', async () => {
  let roto = true
  const jueces = {
    ...JUECES,
    reembolso: (...de: Parameters<NonNullable<typeof JUECES.reembolso>>) => {
      if (roto) throw new Error('a bug of this release')
      JUECES.reembolso?.(...de)
    },
  }
  const enfermo = await createTestServer({ jueces })
  const negocio = await crearNegocioDePrueba(enfermo)
  const token = await tokenDeCuenta(enfermo, negocio.dueno.usuarioId)
  const post = (camino: string, cuerpo: object) =>
    pedir<TransaccionRest>(enfermo, camino, { token, cuerpo, cabeceras: { 'idempotency-key': `${camino.slice(-8)}-1` } })
  const venta = (await post('/api/scanya/venta', { monto: 100, metodoPago: 'efectivo' })).cuerpo.data
  const camino = `/api/scanya/reembolso/${venta.id}`
  const r = await post(camino, { motivo: 'x' })
  assert.equal([r.estado, r.cuerpo.code, r.cabeceras.get('retry-after')], [503, 'HECHO_EN_PROCESO', '2'])
  roto = false
  await reprocesarTrasLiberacion(enfermo.deps, 'otra')
  assert.is((await post(camino, { motivo: 'x' })).cuerpo.data.reembolsado, 100)
  await enfermo.cerrar()
})

test('montos are refused with their own code, in the body’s own field', async () => {
  const { vender } = await mostrador()
  const casos: [unknown, string][] = [
    [0, 'MONTO_CERO'],
    [-5, 'MONTO_NEGATIVO'],
    ['1.005', 'MONTO_DECIMALES'],
    [100_000_000, 'MONTO_EXCEDIDO'],
    ['mil', 'MONTO_INVALIDO'],
  ]
  for (const [monto, codigo] of casos) {
    const { cuerpo } = await vender({ monto })
    assert.equal([cuerpo.code, cuerpo.campo], [codigo, 'monto'])
  }
})

test('SCAN-39, 47, EMP-38: the history by page; another negocio sees and refunds nothing of it', async () => {
  const { vender, token, negocio } = await mostrador()
  for (const monto of [10, 20, 30]) {
    await vender({ monto })
    servidor.reloj.avanzar(1_000)
  }
  type Historial = { transacciones: TransaccionRest[]; total: number }
  const leer = (consulta: string, otro = token) => pedir<Historial>(servidor, `/api/scanya/historial${consulta}`, { token: otro })
  const pagina = (await leer('?page=2&limit=2')).cuerpo.data
  assert.equal([pagina.total, pagina.transacciones.map((t) => t.monto)], [3, [10]])
  assert.is((await leer('?fecha=2020-01-01')).cuerpo.data.total, 0)
  assert.is((await leer('?limit=1000')).cuerpo.campo, 'limit')
  const resumen = await pedir(servidor, '/api/scanya/mi-resumen', { token })
  assert.equal(resumen.cuerpo.data, { ventas: 3, total: 60, puntosOtorgados: 0, cupones: 0, descuento: 0 })

  const ajeno = await mostrador()
  assert.is((await leer('', ajeno.token)).cuerpo.data.total, 0)
  assert.is((await leer(`?sucursalId=${negocio.sucursalId}`, ajeno.token)).cuerpo.code, 'NO_ENCONTRADO')
  const suya = pagina.transacciones[0]!.id
  assert.is((await ajeno.post(`/api/scanya/reembolso/${suya}`, { motivo: 'Ajeno' })).cuerpo.code, 'NO_ENCONTRADO')
})

test('EMP-24: a dueño sees the sucursal that was asked for', async () => {
  const { negocio, post, token } = await mostrador({ sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  for (const [i, monto] of [10, 25].entries())
    await post(`/api/scanya/venta?sucursalId=${negocio.sucursales[i]!.id}`, { monto, metodoPago: 'efectivo' })
  const en = `?sucursalId=${negocio.sucursales[1]!.id}`
  const { transacciones, total } = (
    await pedir<{ transacciones: TransaccionRest[]; total: number }>(servidor, `/api/scanya/historial${en}`, { token })
  ).cuerpo.data
  assert.equal([total, transacciones.map((t) => t.monto)], [1, [25]])
  const resumen = await pedir<{ ventas: number; total: number }>(servidor, `/api/scanya/mi-resumen${en}`, { token })
  assert.equal([resumen.cuerpo.data.ventas, resumen.cuerpo.data.total], [1, 25])
})

test('today is the day of the sucursal, on both sides of its midnight', async () => {
  const tijuana = await createTestServer({ ahora: Date.UTC(2026, 10, 22, 7, 30) }) // 23:30 of the 21st there, 01:30 of the 22nd in Mexico City
  const negocio = await crearNegocioDePrueba(tijuana, { sucursales: [{ nombre: 'Playas', zonaHoraria: 'America/Tijuana' }] })
  const leer = async () => {
    const token = await tokenDeCuenta(tijuana, negocio.dueno.usuarioId)
    const [dia, resumen] = await Promise.all([
      pedir<{ total: number }>(tijuana, '/api/scanya/historial', { token }),
      pedir<{ ventas: number }>(tijuana, '/api/scanya/mi-resumen', { token }),
    ])
    return [dia.cuerpo.data.total, resumen.cuerpo.data.ventas]
  }
  const token = await tokenDeCuenta(tijuana, negocio.dueno.usuarioId)
  await pedir(tijuana, '/api/scanya/venta', { token, cuerpo: { monto: 10, metodoPago: 'efectivo' } })
  assert.equal(await leer(), [1, 1])
  tijuana.reloj.avanzar(31 * MINUTO)
  assert.equal(await leer(), [0, 0])
  await tijuana.cerrar()
})

test('a dueño of two sucursales says in which; nobody sells without being somebody there', async () => {
  const { vender, negocio } = await mostrador({ sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }], cajas: 1 })
  assert.is((await vender({ monto: 10 })).cuerpo.campo, 'sucursalId')
  const shopper = await crearShopper(servidor)
  const suyo = await tokenDeCuenta(servidor, shopper.usuarioId)
  assert.is((await vender({ monto: 10 }, undefined, suyo)).cuerpo.code, 'SIN_PERMISO')
  const caja = await sesionDeDispositivo(servidor, negocio.cajas[0]!)
  assert.is((await vender({ monto: 10 }, 'llave-de-caja', caja.token)).cuerpo.code, 'SIN_PERMISO', 'a till sells by its journal')
})

test('R2: a QR that a till sold to offline does not earn again over HTTP', async () => {
  const { negocio, identificar, vender } = await mostrador({ cajas: 1 })
  const ana = await crearShopper(servidor)
  const qr = await ana.qr()
  const { identificacionId } = (await identificar(qr)).cuerpo.data
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  await diario.vender({ montoCentavos: 10_000, qr, puntosPrometidos: 10 })
  await pedir(servidor, '/sync/diario', { cuerpo: await diario.pedido() })
  const { cuerpo } = await vender({ identificacionId, monto: 100 })
  assert.equal([cuerpo.data.puntosOtorgados, cuerpo.data.acreditada], [10, false], 'the sale stands, its points wait')
})

test.run()
