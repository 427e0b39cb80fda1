import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { type Revision, revision } from '../../../schema/protocol/revision.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import { darCuentaDeGerente } from '../../testing/gerente.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearEmpleado } from '../empleados/crear.ts'

const servidor = await createTestServer()
const { reloj, deps } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())

const negocio = await crearNegocioDePrueba(servidor, { nombre: 'Pizzería Roma', sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
const norte = negocio.sucursales[1]!.id
const ana = await crearShopper(servidor)
const carlos = await crearEmpleado(deps, negocio.negocioId, {
  ...{ nombre: 'Carlos', nick: 'carlos', pin: '739154', sucursalId: negocio.sucursalId, plantilla: 'Supervisor' },
})
const operador = { tipo: 'empleado' as const, id: carlos.id }
const centro = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio, { nombre: 'Caja 1 Centro' }))
const lejos = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio, { nombre: 'Caja 1 Norte', sucursalId: norte }))
await centro.abrir()
await lejos.abrir()

const de = (id: string) => `/api/negocios/${negocio.negocioId}/revision/${id}`
/** As the dueño sees it; what the Panel gives for the same place must be the same. */
async function evidencia(hechoId: string): Promise<Revision> {
  const dueno = await pedir<Revision>(servidor, de(hechoId), { token: await tokenDeCuenta(servidor, negocio.dueno.usuarioId) })
  assert.is(dueno.estado, 200, dueno.cuerpo.code)
  const r = revision.parse(dueno.cuerpo.data)
  const id = encodeURIComponent(`${negocio.negocioId}|${r.este.cadenaId}|${r.este.seq}`)
  const panel = await pedir<Revision>(servidor, `/api/admin/veredictos/${id}`, { token: await tokenDeCuenta(servidor, admin) })
  assert.equal(panel.cuerpo.data, r)
  return r
}
const { usuarioId: admin } = await crearCuentaDePrueba(servidor)
await sql`update usuarios set es_superadmin = true where id = ${admin}`

test('R2, EMP-38: both sales with one QR, side by side: who, where, by which clock, until when the second waits; less of it for a gerente', async () => {
  const qr = await ana.qr()
  const primera = await centro.vender({ qr }, { operador })
  await centro.subir()
  reloj.avanzar(3 * MINUTO)
  const hora = reloj.ahora()
  const tiempo = { wall: hora - 150_000, offset: 400, offsetAt: hora - HORA, mono: 1, arranque: crypto.randomUUID() }
  const segunda = await lejos.vender({ qr, montoCentavos: 72_000 }, { tiempo })
  await lejos.subir()
  const r = await evidencia(segunda.id)
  assert.equal([r.regla, r.codigo, r.datos.contador, r.datos.escrita], ['R2', 'qr_repetido', r.este.qrContador, false])
  assert.equal(
    [r.este.hechoId, r.este.sucursal, r.este.dispositivo, r.este.montoCentavos, r.este.puntos, r.este.estado, r.este.cliente],
    [segunda.id, 'Norte', 'Caja 1 Norte', 72_000, 72, 'retenido', 'Ana L.'],
  )
  assert.equal([r.este.wallAt, r.este.effAt, r.este.recibidoAt, r.este.offsetMs], [hora - 150_000, hora - 149_600, hora, 400])
  assert.equal(
    [r.otro?.hechoId, r.otro?.sucursal, r.otro?.operador, r.otro?.estado, r.otro?.qrContador],
    [primera.id, 'Centro', '@carlos', 'aceptado', r.este.qrContador],
  )
  assert.equal(r.retenciones, [{ regla: 'R2', codigo: 'qr_repetido', estado: 'activa', alVencer: 'caducar', venceAt: hora + 14 * DIA }])
  assert.is((await evidencia(primera.id)).regla, '', 'the one that was credited has nothing to explain')
  const gerente = await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, norte))
  const suya = revision.parse((await pedir(servidor, de(segunda.id), { token: gerente })).cuerpo.data)
  assert.equal(suya, {
    ...r,
    otro: {
      ...{ ...r.otro!, ajeno: true, puntos: 0, dispositivo: '', operador: '', cliente: '' },
      ...{ transaccionId: null, montoCentavos: null, dispositivoId: null, offsetMs: null, qrAt: null, qrContador: null },
    },
  })
})

test('EMP-38: of two sales with one QR in the own sucursal a gerente sees both sides whole', async () => {
  const qr = await ana.qr()
  await lejos.vender({ qr })
  const segunda = await lejos.vender({ qr })
  await lejos.subir()
  const gerente = await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, norte))
  const suya = (await pedir<Revision>(servidor, de(segunda.id), { token: gerente })).cuerpo.data
  assert.equal(suya, await evidencia(segunda.id))
  assert.equal([suya.otro?.ajeno, suya.otro?.dispositivo], [false, 'Caja 1 Norte'])
})

test('R6: the refund before, what was already given back and the excess; of an anulación too', async () => {
  const venta = await centro.vender({ montoCentavos: 10_000 })
  const devolver = (folio: string, montoCentavos: number) =>
    centro.escribir('reembolso', { folio, transaccionId: venta.id, montoCentavos, motivo: 'frío' })
  const primero = await devolver('C1-000801', 7_000)
  const segundo = await devolver('C1-000802', 5_000)
  // What a till adds beside what we know is kept as it came, also what the database reads no JSON with.
  await centro.escribir('anulacion', { transaccionId: (await centro.vender()).id, motivo: 'x', nota: `a\0b ${venta.id}` })
  await centro.escribir('anulacion', { transaccionId: venta.id, motivo: 'error' })
  const tercero = await devolver('C1-000803', 100)
  await centro.subir()
  const r = await evidencia(segundo.id)
  assert.equal([r.regla, r.otro?.hechoId, r.otro?.montoCentavos, r.este.transaccionId], ['R6', primero.id, 7_000, venta.id])
  assert.equal(
    [r.datos.ventaCentavos, r.datos.reembolsosAntes, r.datos.reembolsadoAntesCentavos, r.datos.excesoCentavos],
    [10_000, 1, 7_000, 2_000],
  )
  const fin = await evidencia(tercero.id)
  assert.equal([fin.otro?.tipo, fin.datos.excesoCentavos, fin.datos.ventaEstado], ['anulacion', 100, 'anulada'])
})

test('R10: since when the cashier is out, or the device; R15: the lease, or that there is none', async () => {
  const bajaAt = reloj.ahora() - HORA
  await sql`update empleados set baja_at = ${new Date(bajaAt)} where id = ${carlos.id}`
  const deBaja = await centro.vender({ qr: await ana.qr() }, { operador })
  const sinLicencia = await centro.vender({ qr: await ana.qr() }, { licenciaId: null })
  await centro.subir()
  const r10 = await evidencia(deBaja.id)
  assert.equal([r10.regla, r10.datos.bajaDe, r10.datos.quien, r10.datos.bajaAt, r10.otro], ['R10', 'cajero', '@carlos', bajaAt, null])
  const r15 = await evidencia(sinLicencia.id)
  assert.equal([r15.regla, r15.datos.licenciaVenceAt, r15.retenciones[0]?.alVencer], ['R15', null, 'acreditar'])
  reloj.avanzar(73 * HORA)
  const vencida = await centro.vender({ qr: await ana.qr() })
  await centro.subir()
  const { datos } = await evidencia(vencida.id)
  assert.equal([datos.licenciaVencida, datos.licenciaMaxVentas, typeof datos.licenciaVenceAt], [true, 1_500, 'number'])
})

test('R11: both clocks and the age of the card by them', async () => {
  const caja = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio, { nombre: 'Caja atrasada' }))
  await caja.abrir()
  const hora = reloj.ahora()
  const tiempo = { wall: hora - 20 * MINUTO, offset: 0, offsetAt: 0, mono: 1, arranque: crypto.randomUUID() }
  const venta = await caja.vender({ qr: await ana.qr() }, { tiempo })
  await caja.subir()
  const r = await evidencia(venta.id)
  assert.equal([r.regla, r.este.offsetMs, r.datos.cajaAt, r.datos.tarjetaAt], ['R11', null, hora - 20 * MINUTO, r.este.qrAt])
  assert.ok((r.datos.edadMs as number) < (r.datos.edadMinimaMs as number))
})

test('R16: the median of the sales before it, and how many times that is', async () => {
  const otro = await crearNegocioDePrueba(servidor)
  const caja = new DiarioDePrueba(servidor, await altaDeCaja(servidor, otro))
  await caja.abrir()
  for (let i = 0; i < 21; i++) await caja.vender({ montoCentavos: 900 + 10 * i })
  const grande = await caja.vender({ montoCentavos: 50_000, qr: await ana.qr() })
  await caja.subir()
  const token = await tokenDeCuenta(servidor, otro.dueno.usuarioId)
  const { data } = (await pedir<Revision>(servidor, `/api/negocios/${otro.negocioId}/revision/${grande.id}`, { token })).cuerpo
  assert.equal(
    [
      data.regla,
      data.datos.medianaCentavos,
      data.datos.muestra,
      data.datos.vecesLaMediana,
      data.datos.vecesPermitidas,
      data.datos.ventasDelDia,
    ],
    ['R16', 1_000, 21, 50, 20, 0],
  )
  const ajena = await pedir(servidor, de(grande.id), { token: await tokenDeCuenta(servidor, negocio.dueno.usuarioId) })
  assert.is(ajena.cuerpo.code, 'NO_ENCONTRADO')
})

test('a gerente sees the own sucursal alone; a Studio what is its own; a till, a shopper and another dueño nothing', async () => {
  const [deNorte] = await sql`select id from transacciones where negocio_id = ${negocio.negocioId} and sucursal_id = ${norte}`
  const [deCentro] =
    await sql`select id from transacciones where negocio_id = ${negocio.negocioId} and sucursal_id = ${negocio.sucursalId} limit 1`
  const gerente = await tokenDeCuenta(servidor, await darCuentaDeGerente(servidor, negocio.negocioId, norte))
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  const codigo = async (id: string, token: string) => {
    const { estado, cuerpo } = await pedir(servidor, de(id), { token })
    return cuerpo.code ?? estado
  }
  assert.equal([await codigo(deNorte.id, gerente), await codigo(deCentro.id, gerente)], [200, 'NO_ENCONTRADO'])
  assert.is(await codigo(deCentro.id, (await sesionDeDispositivo(servidor, studio)).token), 200)
  assert.is(await codigo(deNorte.id, (await sesionDeDispositivo(servidor, lejos.caja)).token), 'SIN_PERMISO')
  assert.is(await codigo(deNorte.id, await tokenDeCuenta(servidor, ana.usuarioId)), 'NO_ENCONTRADO')
  assert.is(await codigo(crypto.randomUUID(), gerente), 'NO_ENCONTRADO')
})

test.run()
