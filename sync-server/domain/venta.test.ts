import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { firmarBytes } from '../../schema/core/firma.ts'
import { DIA, MINUTO } from '../../schema/core/tiempo.ts'
import { firmarTicket, type Ticket } from '../../schema/domain/tickets/ticket.ts'
import type { DbDePrueba } from '../testing/db.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../testing/servidor.ts'
import { crearCupones } from './cupones/crear.ts'
import { guardarCupon } from './cupones/guardar.ts'
import { crearEmpleado } from './empleados/crear.ts'
import type { RenglonDeVenta, ResumenDelDia } from './transacciones/consultar.ts'

let servidor: ServidorDePrueba<DbDePrueba>
test.before(async () => {
  servidor = await createTestServer()
})
test.after(() => servidor.cerrar())

test('SCAN-20: a sale handed in by a till is in the day of its dueño, with its client and its points', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const ana = await crearShopper(servidor, { nombre: 'Ana', apellidos: 'López' })
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  await diario.vender({ montoCentavos: 32_550, qr: await ana.qr(), puntosPrometidos: 32 })
  await diario.vender({ montoCentavos: 10_000 })
  const subida = await pedir<{ recibidoHasta: number }>(servidor, '/sync/diario', { cuerpo: await diario.pedido() })
  assert.is(subida.cuerpo.data.recibidoHasta, 2)
  const token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const resumen = await pedir<ResumenDelDia>(servidor, `/api/negocios/${negocio.negocioId}/resumen`, { token })
  assert.equal(resumen.cuerpo.data, { dia: '2026-11-21', ventas: 2, anuladas: 0, bruto: 425.5, reembolsado: 0, total: 425.5, puntos: 32 })
  const lista = await pedir<RenglonDeVenta[]>(servidor, `/api/negocios/${negocio.negocioId}/transacciones`, { token })
  assert.equal(
    lista.cuerpo.data.map((v) => [v.cliente, v.monto, v.puntosOtorgados, v.acreditada]),
    [
      ['Ana L.', 325.5, 32, true],
      [null, 100, 0, false],
    ],
  )
})

test('what verbs write is what tills pull: config and articulos, from the log as from the snapshot', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const caja = negocio.cajas[0]!
  const token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const { token: deLaCaja } = await sesionDeDispositivo(servidor, caja)
  type Respuesta = { documents: { id: string }[]; checkpoint: object; hayMas: boolean }
  const bajar = async (checkpoint?: object) => {
    const consulta = checkpoint ? `?checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}` : ''
    return (await pedir<Respuesta>(servidor, `/sync/pull/config${consulta}`, { token: deLaCaja })).cuerpo.data
  }
  let antes = await bajar()
  while (antes.hayMas) antes = await bajar(antes.checkpoint)
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/configuracion`, { token, cuerpo: { valorPuntoCentavos: 700 } })
  await pedir(servidor, `/api/negocios/${negocio.negocioId}/empleados`, {
    token,
    cuerpo: { nombre: 'Carlos', nick: 'carlos', sucursalId: negocio.sucursalId },
  })
  const porBitacora = (await bajar(antes.checkpoint)).documents
  assert.is(porBitacora.length, 2)
  const deCero = new Map((await bajar()).documents.map((d) => [d.id, d]))
  for (const doc of porBitacora) assert.equal(doc, deCero.get(doc.id))
})

test('PTS-23, SCAN-37: points of two sucursales are one balance; each sale keeps its sucursal', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const [centro, norte] = negocio.sucursales.map(({ id }) => id)
  const ana = await crearShopper(servidor)
  for (const caja of [negocio.cajas[0]!, await altaDeCaja(servidor, negocio, { sucursalId: norte! })]) {
    const diario = new DiarioDePrueba(servidor, caja)
    await diario.abrir()
    await diario.vender({ qr: await ana.qr() })
    await diario.subir()
  }
  const sql = servidor.db.superusuario
  const ventas =
    await sql`select sucursal_id, puntos_otorgados from transacciones where negocio_id = ${negocio.negocioId} order by eff_at, folio`
  assert.equal(new Set(ventas.map((v) => `${v.sucursalId} ${v.puntosOtorgados}`)), new Set([`${centro} 50`, `${norte} 50`]))
  const saldos = await sql`select puntos_disponibles, sucursal_id from puntos_por_negocio where negocio_id = ${negocio.negocioId}`
  assert.equal(
    saldos.map((s) => [s.puntosDisponibles, s.sucursalId]),
    [[100, norte]],
  )
})

test('SCAN-35: the ledger of sales is found by negocio, sucursal, client and date', async () => {
  const filas = await servidor.db.superusuario`select indexname as nombre, indexdef as es from pg_indexes where tablename = 'transacciones'`
  const por = Object.fromEntries(filas.map((f) => [f.nombre, /\((.*)\)/.exec(f.es as string)?.[1]]))
  assert.is(por.idx_transacciones_negocio, 'negocio_id, eff_at')
  assert.is(por.idx_transacciones_sucursal, 'negocio_id, sucursal_id, eff_at')
  assert.is(por.idx_transacciones_cliente, 'negocio_id, cliente_id, eff_at')
  assert.is(por.idx_transacciones_fecha, 'negocio_id, created_at')
})

interface Reclamo {
  estado: string
  puntos: number | null
  folio: string
}

/** The ticket of the first sale of a till, of $250. */
const ticketDe = ({ negocioId, cajas }: NegocioDePrueba, hechoId: string) => {
  const caja = cajas[0]!
  return async (cambios: Partial<Ticket> = {}, llave = caja.par.privateKey) => {
    const [casa] = await servidor.db.superusuario`select numero from negocios where negocio_id = ${negocioId}`
    const base = { hechoId, negocioNumero: casa.numero, negocioNombre: 'Negocio de prueba', folio: `${caja.serie}-000001` }
    const ticket = { ...base, montoCentavos: 25_000, puntos: 25, effAt: servidor.reloj.ahora(), cardId: null, ...cambios }
    return firmarTicket(ticket, async (cuerpo) => firmarBytes(llave, 'CYA1|ticket', cuerpo))
  }
}

const carlosDe = ({ negocioId, sucursalId }: NegocioDePrueba) =>
  crearEmpleado(servidor.deps, negocioId, { nombre: 'Carlos', nick: 'carlos', pin: '739154', sucursalId, plantilla: 'Supervisor' })

/** A till, a sale without a client and its ticket, signed by that till. */
async function conTicket({ sinSubir = false, porEmpleado = false } = {}) {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const caja = negocio.cajas[0]!
  const diario = new DiarioDePrueba(servidor, caja)
  await diario.abrir()
  const operador = porEmpleado ? { operador: { tipo: 'empleado' as const, id: (await carlosDe(negocio)).id } } : {}
  const venta = await diario.vender({ montoCentavos: 25_000 }, operador)
  if (!sinSubir) await diario.subir()
  const firmar = ticketDe(negocio, venta.id)
  return { negocio, caja, diario, venta, firmar, ticket: await firmar() }
}

const reclamar = async (quien: { usuarioId: string }, ticket: string) => {
  const { cuerpo } = await pedir<Reclamo>(servidor, '/api/cardya/reclamar-ticket', {
    token: await tokenDeCuenta(servidor, quien.usuarioId),
    cuerpo: { ticket },
  })
  return cuerpo.success ? [cuerpo.data.estado, cuerpo.data.puntos] : cuerpo.code
}

test('a sale without a client is claimed once, by its ticket; the second who tries is told whose it is not', async () => {
  const { ticket, venta } = await conTicket()
  const [ana, eva] = [await crearShopper(servidor), await crearShopper(servidor, { nombre: 'Eva' })]
  assert.equal(await reclamar(ana, ticket), ['abonada', 25])
  assert.equal(await reclamar(ana, ticket), ['abonada', 25], 'twice is once')
  assert.is(await reclamar(eva, ticket), 'RECLAMO_AJENO')
  const [fila] = await servidor.db.superusuario`select cliente_id, puntos_otorgados from transacciones where id = ${venta.id}`
  assert.equal([fila.clienteId, fila.puntosOtorgados], [ana.usuarioId, 25])
})

test('CUP-24: a sale whose cupón says whose it is cannot be claimed by another, who would leave it without a claim', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const { negocioId } = negocio
  const ahora = servidor.reloj.ahora()
  const [ana, eva] = [await crearShopper(servidor), await crearShopper(servidor, { nombre: 'Eva' })]
  const [cupon] = await crearCupones(servidor.deps, negocioId, negocio.dueno.usuarioId, [
    { titulo: '$50', tipo: 'monto', valor: 5_000, desdeAt: ahora - DIA, venceAt: ahora + DIA, codigo: 'CINCUENTA' },
  ])
  const { codigoUnico } = await guardarCupon(servidor.deps, ana.usuarioId, negocioId, cupon!.id)
  const diario = new DiarioDePrueba(servidor, negocio.cajas[0]!)
  await diario.abrir()
  const uso = {
    cuponId: cupon!.id,
    totalCentavos: 30_000,
    descuentoCentavos: 5_000,
    regaladoCentavos: 0,
    medio: 'codigo',
    conConexion: true,
  } as const
  const venta = await diario.vender({ montoCentavos: 25_000, cupon: { ...uso, codigoUnico } })
  await diario.subir()
  const ticket = await ticketDe(negocio, venta.id)()
  assert.is(await reclamar(eva, ticket), 'RECLAMO_AJENO')
  assert.equal(await reclamar(ana, ticket), ['abonada', 25])
})

test('[R14] a ticket whose sale has not arrived is accepted and waits; when the till uploads, its points are the shopper’s', async () => {
  const { ticket, diario, venta } = await conTicket({ sinSubir: true })
  const [ana, eva] = [await crearShopper(servidor), await crearShopper(servidor, { nombre: 'Eva' })]
  assert.equal(await reclamar(ana, ticket), ['en_espera', null])
  assert.is(await reclamar(eva, ticket), 'RECLAMO_AJENO', 'the first who claims it waits for it')
  await diario.subir()
  assert.equal(await reclamar(ana, ticket), ['abonada', 25])
  const [saldo] = await servidor.db.superusuario`select puntos_disponibles from puntos_por_negocio where usuario_id = ${ana.usuarioId}`
  assert.is(saldo.puntosDisponibles, 25)
  assert.ok(venta.id)
})

test('[R10] a claim is held for who made its sale: a cashier out before it, a till dismissed before it was handed in', async () => {
  const { superusuario } = servidor.db
  const deBaja = await conTicket({ porEmpleado: true })
  await superusuario`update empleados set baja_at = ${new Date(servidor.reloj.ahora() - MINUTO)} where negocio_id = ${deBaja.negocio.negocioId}`
  const ana = await crearShopper(servidor)
  assert.equal(await reclamar(ana, deBaja.ticket), ['retenida', 25])
  const tardia = await conTicket({ sinSubir: true })
  const { negocioId } = tardia.negocio
  servidor.reloj.avanzar(2 * MINUTO)
  await superusuario`update dispositivos set baja_at = ${new Date(servidor.reloj.ahora() - MINUTO)} where negocio_id = ${negocioId}`
  await tardia.diario.subir()
  assert.equal(await reclamar(ana, tardia.ticket), ['retenida', 25])
  const motivos =
    await superusuario`select codigo from retenciones where negocio_id in (${negocioId}, ${deBaja.negocio.negocioId}) order by 1`
  assert.equal(
    motivos.map((m) => m.codigo),
    ['cajero_baja', 'dispositivo_revocado'],
  )
})

test('a ticket of another till’s key, of a till that was dismissed, of nobody, of the future, late, or of a sale with a card is refused by name', async () => {
  const { firmar, caja, negocio } = await conTicket()
  const otra = await conTicket()
  const ana = await crearShopper(servidor)
  const ahora = servidor.reloj.ahora()
  const refused = async (ticket: string | Promise<string>) => reclamar(ana, await ticket)
  assert.is(await refused(firmar({}, otra.caja.par.privateKey)), 'TICKET_INVALIDO')
  assert.is(await refused(firmar({ negocioNumero: 2 ** 24 - 1 })), 'TICKET_INVALIDO')
  assert.is(await refused(firmar({ folio: 'ZZ-000001' })), 'TICKET_INVALIDO')
  assert.is(await refused('HOLA'), 'TICKET_INVALIDO')
  assert.is(await refused(firmar({ effAt: ahora + 11 * MINUTO })), 'TICKET_INVALIDO')
  assert.is(await refused(firmar({ effAt: ahora - DIA - MINUTO })), 'RECLAMO_TARDIO')
  assert.is(await refused(firmar({ cardId: '00000000deadbeef' })), 'RECLAMO_AJENO')
  await servidor.db.superusuario`
    update dispositivos set baja_at = ${new Date(ahora + MINUTO)} where negocio_id = ${negocio.negocioId} and id = ${caja.dispositivoId}`
  assert.is(await refused(firmar({ effAt: ahora + 2 * MINUTO })), 'TICKET_INVALIDO')
  assert.equal(await refused(firmar()), ['abonada', 25], 'sold while the till was ours, and handed in')
  const { usuarioId } = await crearCuentaDePrueba(servidor)
  assert.is(await reclamar({ usuarioId }, otra.ticket), 'NO_ENCONTRADO', 'no card to give the points to')
})

test('twenty tickets a day and shopper, good or bad', async () => {
  const limites = { ...servidor.deps.env.limites, reclamosPorDia: 20 }
  const estricto = await createTestServer({ db: servidor.db, env: { limites } })
  const ana = await crearShopper(servidor)
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const codigos: (string | undefined)[] = []
  for (let i = 0; i < 21; i++)
    codigos.push((await pedir(estricto, '/api/cardya/reclamar-ticket', { token, cuerpo: { ticket: 'HOLA' } })).cuerpo.code)
  assert.equal([codigos[19], codigos[20]], ['TICKET_INVALIDO', 'DEMASIADAS_PETICIONES'])
})

test.run()
