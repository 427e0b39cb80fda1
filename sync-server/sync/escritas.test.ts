import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { deBase64 } from '../../schema/core/ids.ts'
import { DIA, HORA, MINUTO } from '../../schema/core/tiempo.ts'
import { claveDeAhora, importarSecreto, pasoDe } from '../../schema/domain/tarjetas/totp.ts'
import { emitirTarjeta, type TarjetaEmitida } from '../domain/tarjetas/emitir.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { altaDeCaja, crearNegocioDePrueba, crearShopper, createTestServer, type NegocioDePrueba } from '../testing/servidor.ts'

const servidor = await createTestServer()
const sql = servidor.db.superusuario
const { reloj } = servidor
test.after(() => servidor.cerrar())

async function unDiario(negocio: NegocioDePrueba): Promise<DiarioDePrueba> {
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
  await diario.abrir()
  return diario
}
/** What stands below the card's QR at an instant. */
async function escrita({ numero, claveTotp }: TarjetaEmitida, at = reloj.ahora()) {
  return { numero, clave: (await claveDeAhora(await importarSecreto(deBase64(claveTotp)), at)).clave }
}
const veredictoDe = async (hechoId: string) => {
  const [v] = await sql`select estado, motivos, puntos from veredictos where hecho_id = ${hechoId}`
  return v && [v.estado, v.puntos, ...v.motivos.map((m: { codigo: string }) => m.codigo)]
}
const filaDe = async (negocio: NegocioDePrueba, seq: number) =>
  (await sql`select * from evidencias_escritas where negocio_id = ${negocio.negocioId} and seq = ${seq}`)[0]

test('[CA3] SCAN-10: typed offline and sent hours later, the digits are proved by the hour of the sale', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const ana = await crearShopper(servidor)
  const diario = await unDiario(negocio)
  const vendidaAt = reloj.ahora()
  const venta = await diario.vender({ tarjeta: await escrita(ana.tarjeta) })
  reloj.avanzar(9 * HORA)
  await diario.subir()
  assert.equal(await veredictoDe(venta.id), ['aceptado', 50])
  const [saldo] = await sql`select * from puntos_por_negocio where negocio_id = ${negocio.negocioId} and usuario_id = ${ana.usuarioId}`
  assert.equal([saldo?.puntosDisponibles, saldo?.puntosRetenidos], [50, 0])
  const fila = await filaDe(negocio, 1)
  assert.equal(
    [fila?.equipo, fila?.cardId, fila?.deUsuario, fila?.alias, fila?.nivel, fila?.paso],
    [diario.caja.dispositivoId, ana.tarjeta.cardId, ana.usuarioId, 'Ana L.', 'bronce', pasoDe(vendidaAt)],
  )
})

test('two minutes to each side are forgiven; more, other digits, or another number are not', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const ana = await crearShopper(servidor)
  const diario = await unDiario(negocio)
  const casos: [object, unknown[]][] = [
    [await escrita(ana.tarjeta, reloj.ahora() - 2 * MINUTO), ['aceptado', 50]],
    [await escrita(ana.tarjeta, reloj.ahora() + 2 * MINUTO), ['aceptado', 50]],
    [await escrita(ana.tarjeta, reloj.ahora() - 3 * MINUTO), ['en_revision', 0, 'TARJETA_CLAVE']],
    [{ ...(await escrita(ana.tarjeta)), numero: '00000000' }, ['en_revision', 0, 'TARJETA_CLAVE']],
  ]
  for (const [tarjeta, esperado] of casos) {
    const venta = await diario.vender({ tarjeta: tarjeta as { numero: string; clave: string } })
    await diario.subir()
    assert.equal(await veredictoDe(venta.id), esperado)
  }
  assert.equal([(await filaDe(negocio, 3))?.cardId, (await filaDe(negocio, 4))?.cardId], [ana.tarjeta.cardId, null])
})

test('R2: one minute of a card counts once, at whatever till, in whatever upload', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const ana = await crearShopper(servidor)
  const [uno, dos] = [await unDiario(negocio), await unDiario(negocio)]
  const tarjeta = await escrita(ana.tarjeta)
  const primera = await uno.vender({ tarjeta })
  const enElMismo = await uno.vender({ tarjeta })
  await uno.subir()
  const segunda = await dos.vender({ tarjeta })
  await dos.subir()
  assert.equal(await veredictoDe(primera.id), ['aceptado', 50])
  for (const repetida of [enElMismo, segunda]) assert.equal(await veredictoDe(repetida.id), ['retenido', 50, 'qr_repetido'])
})

test('[CA4] the wrong digits of a day are remembered from one upload to the next', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const ana = await crearShopper(servidor)
  const [uno, dos] = [await unDiario(negocio), await unDiario(negocio)]
  for (const diario of [uno, uno, dos]) {
    await diario.vender({ tarjeta: { numero: ana.tarjeta.numero, clave: '000000' } })
    await diario.subir()
  }
  const venta = await dos.vender({ tarjeta: await escrita(ana.tarjeta) })
  await dos.subir()
  assert.equal(await veredictoDe(venta.id), ['en_revision', 0, 'TARJETA_CLAVE'])
  const otroNegocio = await crearNegocioDePrueba(servidor)
  const alla = await unDiario(otroNegocio)
  const buena = await alla.vender({ tarjeta: await escrita(ana.tarjeta) })
  await alla.subir()
  assert.equal(await veredictoDe(buena.id), ['aceptado', 50], 'what a negocio counts is its own')
  reloj.avanzar(DIA)
  const manana = await dos.vender({ tarjeta: await escrita(ana.tarjeta) })
  await dos.subir()
  assert.equal(await veredictoDe(manana.id), ['aceptado', 50])
})

test('[CA4] R16: the 11th typed card of a till in a day is held, however its sales were uploaded', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const personas = await Promise.all([1, 2, 3].map(() => crearShopper(servidor)))
  const diario = await unDiario(negocio)
  let ultima = ''
  for (let i = 0; i < 11; i++) {
    ultima = (await diario.vender({ tarjeta: await escrita(personas[i % 3]!.tarjeta) })).id
    if (i % 4 === 3) await diario.subir()
    reloj.avanzar(MINUTO)
  }
  await diario.subir()
  assert.equal(await veredictoDe(ultima), ['retenido', 50, 'manual'])
  const antes = await sql`select estado from veredictos where negocio_id = ${negocio.negocioId} and tipo = 'venta' order by seq limit 10`
  assert.ok(antes.every((v) => v.estado === 'aceptado'))
})

test('any phone of the card counts, with the nivel of its last certificate; one that was taken away does not', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const ana = await crearShopper(servidor)
  const otroTelefono = await exportarPublica((await generarParDeLlaves()).publicKey)
  await sql`update usuarios set nivel_cardya = 'oro' where id = ${ana.usuarioId}`
  const nuevo = await emitirTarjeta(servidor.deps, ana.usuarioId, otroTelefono)
  assert.is(nuevo.numero, ana.tarjeta.numero)
  assert.is.not(nuevo.claveTotp, ana.tarjeta.claveTotp)
  const diario = await unDiario(negocio)
  const vender = async (tarjeta: TarjetaEmitida) => {
    reloj.avanzar(5 * MINUTO)
    const venta = await diario.vender({ tarjeta: await escrita(tarjeta) })
    await diario.subir()
    return veredictoDe(venta.id)
  }
  assert.equal(await vender(nuevo), ['aceptado', 75])
  assert.equal(await vender(ana.tarjeta), ['aceptado', 50], 'its certificate still says bronce')
  assert.is(
    (await emitirTarjeta(servidor.deps, ana.usuarioId, ana.clavePublica)).claveTotp,
    ana.tarjeta.claveTotp,
    'a renewal keeps the secret',
  )
  assert.equal(await vender(ana.tarjeta), ['aceptado', 75])
  reloj.avanzar(5 * MINUTO)
  const tarde = await diario.vender({ tarjeta: await escrita(nuevo) })
  reloj.avanzar(HORA)
  await sql`update tarjetas_emitidas set baja_at = ${new Date(reloj.ahora())} where llave = ${nuevo.llave}`
  reloj.avanzar(HORA)
  await diario.subir()
  assert.is((await veredictoDe(tarde.id))?.[0], 'aceptado', 'sold before the phone was taken away')
  assert.equal(await vender(nuevo), ['en_revision', 0, 'TARJETA_CLAVE'])
})

test('what a card was when its sale was accepted stays, whatever becomes of the card', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const ana = await crearShopper(servidor)
  const diario = await unDiario(negocio)
  await diario.vender({ tarjeta: await escrita(ana.tarjeta) })
  await diario.subir()
  const antes = await filaDe(negocio, 1)
  await sql`update usuarios set nivel_cardya = 'oro' where id = ${ana.usuarioId}`
  await emitirTarjeta(servidor.deps, ana.usuarioId, ana.clavePublica)
  await diario.subir()
  assert.equal(await filaDe(negocio, 1), antes)
})

test.run()
