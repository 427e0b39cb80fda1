import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, firmarTexto, generarParDeLlaves } from '../../../schema/core/firma.ts'
import { deBase64, uuidv7 } from '../../../schema/core/ids.ts'
import { DIA } from '../../../schema/core/tiempo.ts'
import { firmarQr, verificarQr } from '../../../schema/domain/tarjetas/qr.ts'
import type { RespuestaDeBajas } from '../../../schema/protocol/bajas-de-tarjetas.ts'
import { abrirFamilia } from '../../auth/entrar.ts'
import { asentarLifetime } from '../../jobs/settlement.ts'
import { proyectarTodo } from '../../sync/projector.ts'
import type { DbDePrueba } from '../../testing/db.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import {
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  type ShopperDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import type { HistorialDeMovimientos, MiTarjeta, PuntosEnNegocio } from './consultar.ts'
import type { TarjetaEmitida } from './emitir.ts'
import type { Telefono } from './telefonos.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let roma: NegocioDePrueba
let cafe: NegocioDePrueba
let ana: ShopperDePrueba
let beto: ShopperDePrueba
let deAna: string
let deBeto: string

const leer = <T>(camino: string, token: string) => pedir<T>(servidor, `/api/cardya/${camino}`, { token })

/** One sale of $500 at each negocio, with a QR that Ana's phone signs with the certificate it was given last. */
async function comprarEnAmbos(certificado: string): Promise<void> {
  let ctr = 100
  for (const [negocio, puntosPrometidos] of [
    [roma, 62],
    [cafe, 125],
  ] as const) {
    const uso = { tsSegundos: Math.floor(servidor.reloj.ahora() / 1_000), ctr: ctr++, flags: 0 }
    const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
    await diario.abrir()
    await diario.vender({ qr: await firmarQr(ana.privada, deBase64(certificado), uso), puntosPrometidos })
    await diario.subir()
    servidor.reloj.avanzar(60_000)
  }
  await proyectarTodo(servidor.deps)
}

test.before(async () => {
  servidor = await createTestServer()
  roma = await crearNegocioDePrueba(servidor, { nombre: 'Pizzería Roma', cajas: 1 })
  cafe = await crearNegocioDePrueba(servidor, { nombre: 'Café Central', cajas: 1, configuracion: { valorPuntoCentavos: 500 } })
  ana = await crearShopper(servidor, { nombre: 'Ana', apellidos: 'López' })
  beto = await crearShopper(servidor, { nombre: 'Beto', apellidos: 'Ruiz' })
  await servidor.db.superusuario`update usuarios set puntos_lifetime = 12500, nivel_cardya = 'plata' where id = ${ana.usuarioId}`
  deAna = await tokenDeCuenta(servidor, ana.usuarioId)
  deBeto = await tokenDeCuenta(servidor, beto.usuarioId)
})
test.after(() => servidor.cerrar())

test('CARD-33: the phone gets a fresh certificate with its nivel, and the hour to sign with', async () => {
  const { cuerpo } = await leer<TarjetaEmitida>(`qr?llave=${ana.tarjeta.llave}`, deAna)
  const { cardId, numero, nivel, hora, venceAt, certificado } = cuerpo.data
  assert.equal([cardId, numero, nivel], [ana.tarjeta.cardId, ana.tarjeta.numero, 'plata'])
  assert.equal([hora, venceAt], [servidor.reloj.ahora(), servidor.reloj.ahora() + 14 * DIA])
  const texto = await firmarQr(ana.privada, deBase64(certificado), { tsSegundos: 1_800_000_000, ctr: 7, flags: 0 })
  const qr = await verificarQr(texto, servidor.deps.llaves.porKid)
  assert.equal([qr?.cardId, qr?.llave, qr?.nivel, qr?.ctr], [cardId, ana.tarjeta.llave, 'plata', 7])
})

test('without a name it is the newest key; one of another shopper, and none at all, are not found', async () => {
  assert.is((await leer<TarjetaEmitida>('qr', deAna)).cuerpo.data.llave, ana.tarjeta.llave)
  for (const [camino, token] of [
    [`qr?llave=${ana.tarjeta.llave}`, deBeto],
    ['qr', await tokenDeCuenta(servidor, roma.dueno.usuarioId)],
  ] as const) {
    const r = await leer(camino, token)
    assert.equal([r.estado, r.cuerpo.code], [404, 'NO_ENCONTRADO'])
  }
  assert.is((await leer('qr?llave=nada', deAna)).cuerpo.code, 'DATO_INVALIDO')
})

test('a key that was taken away gets no certificate', async () => {
  await servidor.db.superusuario`update tarjeta_llaves set baja_at = now() where usuario_id = ${beto.usuarioId}`
  assert.is((await leer(`qr?llave=${beto.tarjeta.llave}`, deBeto)).cuerpo.code, 'DISPOSITIVO_REVOCADO')
  assert.is((await leer('qr', deBeto)).cuerpo.code, 'NO_ENCONTRADO')
})

test('CARD-08, CARD-32: plata buys $500 twice: 62 points at $10 a point, 125 at $5; each stays in its negocio', async () => {
  const { certificado } = (await leer<TarjetaEmitida>('qr', deAna)).cuerpo.data
  await comprarEnAmbos(certificado)
  const { data } = (await leer<MiTarjeta>('mi-tarjeta', deAna)).cuerpo
  assert.equal(data.usuario, { id: ana.usuarioId, nombre: 'Ana', apellidos: 'López' })
  assert.equal([data.nivelCardya, data.multiplicador, data.puntosLifetime, data.puntosDisponibles], ['plata', 1.25, 12_500, 187])
  assert.equal(data.progreso, { progreso: 75, siguiente: 'oro', faltantes: 2_500 })
  assert.equal(
    data.negocios.map((n) => [n.nombre, n.puntosDisponibles, n.puntosRetenidos]),
    [
      ['Café Central', 125, 0],
      ['Pizzería Roma', 62, 0],
    ],
  )
})

test('[R12] the shopper is told by which version of the rules a sale gave its points', async () => {
  const docs = await servidor.db.superusuario`
    select doc from mias where usuario_id = ${ana.usuarioId} and tipo = 'historial' order by doc->>'negocioNombre'`
  assert.equal(
    docs.map(({ doc }) => [doc.negocioNombre, doc.puntos, doc.version, doc.valorPuntoCentavos]),
    [
      ['Café Central', 125, 1, 500],
      ['Pizzería Roma', 62, 1, 1_000],
    ],
  )
})

test('CARD-34: points in one negocio; where one never bought looks like what does not exist', async () => {
  const { data } = (await leer<PuntosEnNegocio>(`puntos/${roma.negocioId}`, deAna)).cuerpo
  assert.equal([data.nombre, data.puntosDisponibles, data.puntosAcumulados], ['Pizzería Roma', 62, 62])
  const ajeno = await leer(`puntos/${roma.negocioId}`, deBeto)
  const inexistente = await leer(`puntos/${uuidv7(servidor.reloj.ahora())}`, deBeto)
  assert.equal([ajeno.estado, ajeno.cuerpo.code], [inexistente.estado, inexistente.cuerpo.code])
  assert.is(ajeno.cuerpo.code, 'NO_ENCONTRADO')
})

test('CARD-35: movements newest first, by page and by negocio; another shopper sees none of them', async () => {
  const todo = (await leer<HistorialDeMovimientos>('historial', deAna)).cuerpo.data
  assert.equal([todo.page, todo.limit, todo.total], [1, 20, 2])
  assert.equal(
    todo.movimientos.map((m) => [m.negocioId, m.tipo, m.puntos, m.montoCompra, m.multiplicador, m.nivelAlMomento]),
    [
      [cafe.negocioId, 'ganado', 125, 500, 1.25, 'plata'],
      [roma.negocioId, 'ganado', 62, 500, 1.25, 'plata'],
    ],
  )
  const segunda = (await leer<HistorialDeMovimientos>('historial?page=2&limit=1', deAna)).cuerpo.data
  assert.equal([segunda.movimientos.map((m) => m.negocioId), segunda.total], [[roma.negocioId], 2])
  const deRoma = (await leer<HistorialDeMovimientos>(`historial?negocioId=${roma.negocioId}`, deAna)).cuerpo.data
  assert.equal([deRoma.movimientos.length, deRoma.total], [1, 1])
  assert.equal((await leer<HistorialDeMovimientos>('historial', deBeto)).cuerpo.data.movimientos, [])
  for (const mala of ['page=0', 'limit=101', 'limit=x', 'negocioId=no'])
    assert.is((await leer(`historial?${mala}`, deAna)).cuerpo.code, 'DATO_INVALIDO')
})

test('a till is no shopper; nobody is refused', async () => {
  const { token } = await sesionDeDispositivo(servidor, roma.cajas[0]!)
  for (const camino of ['mi-tarjeta', 'qr', `puntos/${roma.negocioId}`, 'historial']) {
    assert.is((await leer(camino, token)).cuerpo.code, 'SIN_PERMISO', camino)
    assert.is((await leer(camino, '')).cuerpo.code, 'SESION_REQUERIDA', camino)
  }
})

test('CARD-08: a day later those 187 are in lifetime too; what can be spent is what it was', async () => {
  servidor.reloj.avanzar(DIA)
  await asentarLifetime(servidor.deps)
  const { data } = (await leer<MiTarjeta>('mi-tarjeta', await tokenDeCuenta(servidor, ana.usuarioId))).cuerpo
  assert.equal([data.puntosLifetime, data.puntosDisponibles, data.nivelCardya], [12_687, 187, 'plata'])
})

/** A phone of its own for a person, entered and enrolled by HTTP as the app does. */
async function telefonoDe(usuarioId: string, telefono: string) {
  const { token, refresh } = await abrirFamilia(servidor.deps, usuarioId, 'tarjeta')
  const par = await generarParDeLlaves()
  const clavePublica = await exportarPublica(par.publicKey)
  const firma = await firmarTexto(par.privateKey, 'CYA1|llave', `${usuarioId}|${clavePublica}`)
  const { cuerpo } = await pedir<TarjetaEmitida>(servidor, '/api/cardya/llaves', { token, cuerpo: { clavePublica, firma, telefono } })
  let ctr = 1
  const qr = () =>
    firmarQr(par.privateKey, deBase64(cuerpo.data.certificado), {
      tsSegundos: Math.floor(servidor.reloj.ahora() / 1_000),
      ctr: ctr++,
      flags: 0,
    })
  const refrescar = () =>
    pedir(servidor, '/api/auth/refresh', { cuerpo: { app: 'tarjeta' }, cabeceras: { cookie: `__Host-rt-tarjeta=${refresh}` } })
  const lista = async () => (await leer<Telefono[]>('telefonos', token)).cuerpo.data
  const quitar = (llave: string, como = token) =>
    pedir<{ bajaAt: number }>(servidor, `/api/cardya/telefonos/${llave}`, { token: como, metodo: 'DELETE' })
  return { token, tarjeta: cuerpo.data, qr, refrescar, lista, quitar }
}

test('two phones of one card: each with a key and a login of its own, and both earn', async () => {
  const { usuarioId } = await crearCuentaDePrueba(servidor, { nombre: 'Celia' })
  const viejo = await telefonoDe(usuarioId, 'Android · Chrome 150')
  servidor.reloj.avanzar(60_000)
  const nuevo = await telefonoDe(usuarioId, 'iPhone · Safari 19')
  assert.is(nuevo.tarjeta.cardId, viejo.tarjeta.cardId)
  assert.equal(
    (await nuevo.lista()).map((t) => [t.nombre, t.este, t.llave]),
    [
      ['iPhone · Safari 19', true, nuevo.tarjeta.llave],
      ['Android · Chrome 150', false, viejo.tarjeta.llave],
    ],
  )
  servidor.reloj.avanzar(60_000)
  await leer(`qr?llave=${viejo.tarjeta.llave}`, viejo.token)
  const suya = (await nuevo.lista()).find((t) => t.llave === viejo.tarjeta.llave)
  assert.is(suya!.vistoAt - suya!.altaAt, 120_000, 'seen when it renewed its certificate')
  const diario = new DiarioDePrueba(servidor, roma.cajas[0]!)
  await diario.abrir()
  for (const telefono of [viejo, nuevo]) await diario.vender({ qr: await telefono.qr() })
  await diario.subir()
  assert.is(
    (await leer<PuntosEnNegocio>(`puntos/${roma.negocioId}`, nuevo.token)).cuerpo.data?.puntosDisponibles ?? 0,
    0,
    'not projected yet',
  )
  await proyectarTodo(servidor.deps)
  assert.is((await leer<PuntosEnNegocio>(`puntos/${roma.negocioId}`, nuevo.token)).cuerpo.data.puntosDisponibles, 100)
})

test('a lost phone: taken away by the other one, its QR earns nothing and its login ends at once; the points are the person’s', async () => {
  const { usuarioId } = await crearCuentaDePrueba(servidor, { nombre: 'Delia' })
  const [perdido, nuevo] = [await telefonoDe(usuarioId, 'Perdido'), await telefonoDe(usuarioId, 'Nuevo')]
  const ajeno = await nuevo.quitar(ana.tarjeta.llave)
  assert.equal([ajeno.estado, ajeno.cuerpo.code], [404, 'NO_ENCONTRADO'], 'nobody takes away the phone of another')
  assert.is((await nuevo.quitar('nada')).cuerpo.code, 'NO_ENCONTRADO')
  const antesDePerderse = await perdido.qr()
  servidor.reloj.avanzar(60_000)

  const cortadas: string[] = []
  const dejar = servidor.deps.hub.alRevocar((id) => cortadas.push(id))
  const { bajaAt } = (await nuevo.quitar(perdido.tarjeta.llave)).cuerpo.data
  dejar()
  assert.is(bajaAt, servidor.reloj.ahora())
  assert.is(cortadas.length, 1, 'its streams close')
  servidor.reloj.avanzar(1_000)
  assert.is((await nuevo.quitar(perdido.tarjeta.llave)).cuerpo.data.bajaAt, bajaAt, 'twice is once')

  assert.is((await leer('mi-tarjeta', perdido.token)).cuerpo.code, 'SESION_VENCIDA')
  assert.is((await perdido.refrescar()).cuerpo.code, 'DISPOSITIVO_REVOCADO', 'the phone is told why')
  assert.is((await leer(`qr?llave=${perdido.tarjeta.llave}`, nuevo.token)).cuerpo.code, 'DISPOSITIVO_REVOCADO')
  assert.equal(
    (await nuevo.lista()).map((t) => t.nombre),
    ['Nuevo'],
  )
  const dueno = await tokenDeCuenta(servidor, roma.dueno.usuarioId)
  const identificar = async (qrPayload: string) =>
    (await pedir(servidor, '/api/scanya/identificar-cliente', { token: dueno, cuerpo: { qrPayload } })).cuerpo.code
  assert.is(await identificar(await perdido.qr()), 'TARJETA_REVOCADA')
  assert.is(await identificar(await nuevo.qr()), undefined)

  const diario = new DiarioDePrueba(servidor, roma.cajas[0]!)
  await diario.abrir()
  await diario.vender({ qr: antesDePerderse })
  await diario.vender({ qr: await perdido.qr() })
  await diario.vender({ qr: await nuevo.qr() })
  await diario.subir()
  await proyectarTodo(servidor.deps)
  const { puntosDisponibles } = (await leer<PuntosEnNegocio>(`puntos/${roma.negocioId}`, nuevo.token)).cuerpo.data
  assert.is(puntosDisponibles, 100, 'what it showed before it was lost, and what the new one shows')
})

test('a phone enrolled before its login was noted takes with it the logins no phone is known of, never the one that asks', async () => {
  const { usuarioId } = await crearCuentaDePrueba(servidor, { nombre: 'Elisa' })
  const [perdido, otro, nuevo] = [
    await telefonoDe(usuarioId, 'Perdido'),
    await telefonoDe(usuarioId, 'Otro'),
    await telefonoDe(usuarioId, 'Nuevo'),
  ]
  await servidor.db.superusuario`update tarjeta_llaves set familia = null where usuario_id = ${usuarioId} and nombre <> 'Otro'`
  assert.ok((await nuevo.quitar(perdido.tarjeta.llave)).cuerpo.success)
  assert.is((await leer('mi-tarjeta', perdido.token)).cuerpo.code, 'SESION_VENCIDA')
  for (const vivo of [otro, nuevo]) assert.ok((await leer('mi-tarjeta', vivo.token)).cuerpo.success)
})

test('tills are told which keys were taken away, from where they left off, and not those whose certificate ended', async () => {
  const { usuarioId } = await crearCuentaDePrueba(servidor, { nombre: 'Flor' })
  const [perdido, nuevo] = [await telefonoDe(usuarioId, 'Perdido'), await telefonoDe(usuarioId, 'Nuevo')]
  const { bajaAt } = (await nuevo.quitar(perdido.tarjeta.llave)).cuerpo.data
  const { cardId, llave } = perdido.tarjeta
  const bajas = async (desde: number) => {
    const { token } = await sesionDeDispositivo(servidor, cafe.cajas[0]!)
    return (await pedir<RespuestaDeBajas>(servidor, `/sync/tarjetas/bajas?desde=${desde}`, { token })).cuerpo.data
  }
  const todas = await bajas(0)
  assert.equal(
    todas.bajas.filter((b) => b.llave === llave),
    [{ cardId, llave, bajaAt }],
  )
  assert.is(todas.mas, false)
  servidor.reloj.avanzar(3_600_000)
  const { hasta } = await bajas(0)
  assert.equal((await bajas(hasta)).bajas, [])
  servidor.reloj.avanzar(16 * DIA)
  assert.equal((await bajas(0)).bajas, [])
  assert.is((await pedir(servidor, '/sync/tarjetas/bajas', { token: nuevo.token })).cuerpo.success, false, 'a shopper is no till')
})

test.run()
