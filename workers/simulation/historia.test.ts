// @timeout 600
/**
 * The story a town may live: three tills without network for 72 hours, clocks three hours off, one that dies in the middle of a sale, one whose journal
 * is erased, and five who buy more often than the limits allow. FULL=1: 400 shoppers and 2,000 sales; else a sixth of them.
 */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { uuidv7 } from '../../schema/core/ids.ts'
import { HORA, MINUTO } from '../../schema/core/tiempo.ts'
import { tokenDeCuenta } from '../../sync-server/testing/servidor.ts'
import type { HechoGuardado, NuevaVenta, Respuesta } from '../replica/api.ts'
import { cerrarCuentas } from './cierre.ts'
import { BASE } from './equipo.ts'
import { abrirDbDelMundo, createWorld, type EquipoDeNegocio, type Mundo, type NegocioDelMundo } from './mundo.ts'
import type { Telefono } from './telefono.ts'

const [CLIENTES, VENTAS] = process.env.FULL ? [400, 2_000] : [60, 300]
const ABUSADORES = 5
const COMPRAS_DE_ABUSADOR = 10
const SIN_RED_MS = 72 * HORA
/** Sunday 9:00 in Mexico City: the abusers' purchases all fall on one day of both sucursales. */
const DOMINGO_MS = 21 * HORA

const db = await abrirDbDelMundo()
test.after(() => db.close())

interface Vendida {
  id: string
  montoCentavos: number
  quien: Telefono
}

test(`${CLIENTES} shoppers, ${VENTAS} sales on three tills 72 h away: none lost, none doubled, only the abusers' excess is held (R1, R11, R15, R16)`, async () => {
  const mundo = await createWorld({ seed: 72, db, cajas: 3, studios: 1, shoppers: 0 })
  const [negocio] = mundo.negocios as [NegocioDelMundo]
  const cajas = negocio.equipos.filter((e) => e.tipo === 'caja') as [EquipoDeNegocio, EquipoDeNegocio, EquipoDeNegocio]
  for (let i = 0; i < CLIENTES; i++) await mundo.nuevoShopper(`Cliente ${i}`)
  await desajustar(mundo, cajas[1], 3 * HORA)
  await desajustar(mundo, cajas[2], -3 * HORA)
  for (const { equipo } of cajas) equipo.linea.cortar()

  const inicio = mundo.tiempo.ahora
  const paso = (SIN_RED_MS - 10 * MINUTO) / VENTAS
  const compradores = turnosDeCompra(mundo.telefonos, Math.ceil(DOMINGO_MS / paso))
  const vendidas: Vendida[] = []
  let archivo = ''
  for (let i = 0; i < VENTAS; i++) {
    await mundo.tiempo.dormir(inicio + Math.floor(i * paso) - mundo.tiempo.ahora)
    const caja = cajas[i % 3] as EquipoDeNegocio
    const venta = await unaVenta(mundo, negocio, compradores(i))
    if (i === Math.floor(VENTAS / 4)) await morirAMediaVenta(mundo, cajas[0], venta)
    else if (i === Math.floor(VENTAS / 3)) await morirAntesDeGuardar(mundo, cajas[0], venta)
    else valor(await vender(mundo, caja, venta))
    vendidas.push({ id: venta.id, montoCentavos: venta.montoCentavos, quien: compradores(i) })
    if (i === Math.floor((VENTAS * 2) / 3)) archivo = await borrarElDiario(mundo, cajas[2])
  }
  await mundo.tiempo.dormir(inicio + SIN_RED_MS - mundo.tiempo.ahora)
  for (const [i, { id, montoCentavos }] of vendidas.entries())
    mundo.confirmados.push({ hechoId: id, tipo: 'venta', ...donde(negocio, cajas[i % 3]), montoCentavos, perdido: false })

  await llevarArchivo(mundo, negocio, archivo)
  assert.equal(await cerrarCuentas(mundo, 0), [])
  await revisarVentas(mundo, negocio, vendidas)
  await revisarRetenidas(mundo, negocio, vendidas)
  mundo.cerrar()
})

const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
const donde = ({ negocioId }: NegocioDelMundo, caja: EquipoDeNegocio | undefined) => ({ negocioId, equipo: caja?.equipo.nombre ?? '' })

/** Its clock was wrong all along: the last exchange before the network goes tells it by how much. */
async function desajustar(mundo: Mundo, { equipo }: EquipoDeNegocio, desfase: number): Promise<void> {
  equipo.matar()
  equipo.moverReloj(desfase)
  await equipo.encender()
  valor(await mundo.logrado(equipo.pedir((api) => api.sincronizarAhora())))
}

/** Everybody in turn; from `desde` on only the abusers, until each has bought too often. */
function turnosDeCompra(telefonos: Telefono[], desde: number): (i: number) => Telefono {
  const normales = telefonos.slice(ABUSADORES)
  return (i) => {
    const abusos = i - desde
    const abusa = abusos >= 0 && abusos < ABUSADORES * COMPRAS_DE_ABUSADOR
    return (abusa ? telefonos[abusos % ABUSADORES] : normales[i % normales.length]) as Telefono
  }
}

async function unaVenta(mundo: Mundo, { empleados }: NegocioDelMundo, quien: Telefono): Promise<NuevaVenta & { id: string }> {
  const { azar, tiempo } = mundo
  await quien.conectar() // the phones have a network
  return {
    id: uuidv7(tiempo.ahora, (n) => azar.bytes(n)),
    montoCentavos: azar.entre(2_000, 30_000),
    metodoPago: azar.elegir(['efectivo', 'tarjeta', 'transferencia']),
    descripcion: null,
    lineas: [],
    qr: await quien.mostrar(azar.entre(0, 30) * 1_000),
    operador: { tipo: 'empleado', id: azar.elegir(empleados) },
  }
}

const vender = (mundo: Mundo, { equipo }: EquipoDeNegocio, venta: NuevaVenta): Promise<Respuesta<HechoGuardado>> =>
  mundo.logrado(equipo.pedir((api) => api.registrarVenta(venta)))

async function debeMorir(mundo: Mundo, caja: EquipoDeNegocio, venta: NuevaVenta): Promise<void> {
  const murio = await vender(mundo, caja, venta).then(
    () => false,
    () => true,
  )
  assert.ok(murio, 'the till dies')
  await caja.equipo.encender()
  await mundo.tiempo.quieto()
}
/** It was on disk, and nobody was told: the same sale again is refused, and counts once. */
async function morirAMediaVenta(mundo: Mundo, caja: EquipoDeNegocio, venta: NuevaVenta): Promise<void> {
  caja.equipo.disco.preparar('muerte_despues', 1)
  await debeMorir(mundo, caja, venta)
  const otraVez = await vender(mundo, caja, { ...venta, qr: null })
  assert.is(otraVez.ok ? 'sold twice' : otraVez.codigo, 'ID_EN_USO')
}
async function morirAntesDeGuardar(mundo: Mundo, caja: EquipoDeNegocio, venta: NuevaVenta): Promise<void> {
  caja.equipo.disco.preparar('muerte_antes', 1)
  await debeMorir(mundo, caja, venta)
  valor(await vender(mundo, caja, venta))
}

/** Somebody had saved the pending entries as a file; then the browser erases the store, and the till goes on with another chain. */
async function borrarElDiario(mundo: Mundo, { equipo }: EquipoDeNegocio): Promise<string> {
  const archivo = valor(await mundo.logrado(equipo.pedir((api) => api.exportarPendientes())))
  equipo.matar()
  equipo.disco.perderAlmacen()
  await equipo.encender()
  await mundo.tiempo.quieto()
  return archivo
}
async function llevarArchivo(mundo: Mundo, { duenoId }: NegocioDelMundo, archivo: string): Promise<void> {
  const authorization = `Bearer ${await tokenDeCuenta(mundo, duenoId)}`
  const headers = { 'content-type': 'application/json', authorization }
  const respuesta = await mundo.nodo.fetch(new Request(`${BASE}/sync/diario/archivo`, { method: 'POST', headers, body: archivo }))
  const { data } = (await respuesta.json()) as { data: { nuevos: number; cadenas: { completa: boolean }[] } }
  assert.ok(data.nuevos > 0 && data.cadenas.every(({ completa }) => completa), 'the file arrives whole')
}

async function revisarVentas(mundo: Mundo, { negocioId }: NegocioDelMundo, vendidas: Vendida[]): Promise<void> {
  const [suma] = await mundo.db.superusuario`
    select count(*)::int as cuantas, sum(monto_centavos)::float8 as centavos, count(distinct folio)::int as folios
    from transacciones where negocio_id = ${negocioId}`
  const centavos = vendidas.reduce((total, v) => total + v.montoCentavos, 0)
  assert.equal({ ...suma }, { cuantas: VENTAS, centavos, folios: VENTAS })
}

/** Six a day are credited; what an abuser bought beyond them waits, and nothing of anybody else does. */
async function revisarRetenidas(mundo: Mundo, { negocioId }: NegocioDelMundo, vendidas: Vendida[]): Promise<void> {
  const retenidas = await mundo.db.superusuario`
    select t.cliente_id, r.codigo, count(*)::int as veces from retenciones r join transacciones t on t.negocio_id = r.negocio_id and t.id = r.transaccion_id
    where r.negocio_id = ${negocioId} and r.estado = 'activa' group by 1, 2 order by 1`
  const abusadores = mundo.telefonos.slice(0, ABUSADORES).map(({ usuarioId }) => usuarioId)
  assert.equal(
    retenidas.map((r) => ({ ...r })),
    abusadores.sort().map((clienteId) => ({ clienteId, codigo: 'limite', veces: COMPRAS_DE_ABUSADOR - 6 })),
  )
  const [{ acreditadas }] = (await mundo.db.superusuario`
    select count(*)::int as acreditadas from transacciones where negocio_id = ${negocioId} and acreditada and cliente_id is not null`) as [
    { acreditadas: number },
  ]
  assert.is(acreditadas, vendidas.length - ABUSADORES * (COMPRAS_DE_ABUSADOR - 6))
}

test.run()
