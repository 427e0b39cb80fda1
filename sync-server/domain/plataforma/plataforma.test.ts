import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, HORA, MINUTO, SEGUNDO } from '../../../schema/core/tiempo.ts'
import { CONFIGURACION_POR_DEFECTO, type ContenidoDeConfiguracionApp } from '../../../schema/domain/configuracion-app/configuracion-app.ts'
import { type Doc, sellar } from '../../../schema/merge/campos.ts'
import type { RespuestaConfiguracionApp, RespuestaDeEfecto } from '../../../schema/protocol/configuracion-app.ts'
import type { PedidoDiario } from '../../../schema/protocol/diario.ts'
import {
  type DetalleDeEquipo,
  detalleDeEquipo,
  diarioExportado,
  type RespuestaEquipos,
  type RespuestaNegocios,
  type RespuestaPulso,
  type RespuestaReglas,
  type RespuestaVeredictos,
  type ResumenDePlataforma,
  respuestaDiarioRecibido,
  respuestaEquipos,
  respuestaNegocios,
  resumenDePlataforma,
} from '../../../schema/protocol/plataforma.ts'
import { CABECERA_VERSION, VERSION } from '../../../schema/protocol/version.ts'
import { aplicarConfiguracion } from '../../jobs/aplicar-configuracion.ts'
import { compactarPlataforma } from '../../jobs/compact.ts'
import { flusherDe } from '../../sync/flusher.ts'
import { COLECCIONES_DE_PLATAFORMA, leerFilas } from '../../sync/plataforma/leer.sql.ts'
import { libretaDe } from '../../sync/plataforma/notas.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import { crearArticulos } from '../articulos/crear.ts'
import { crearCupones } from '../cupones/crear.ts'
import { guardarCupon } from '../cupones/guardar.ts'
import { crearEmpleado } from '../empleados/crear.ts'
import { crearSucursal } from '../sucursales/crear.ts'
import type { MiTarjeta } from '../tarjetas/consultar.ts'

const servidor = await createTestServer()
const { deps, reloj } = servidor
const sql = servidor.db.superusuario
test.after(() => servidor.cerrar())
const vaciar = () => flusherDe(deps).vaciar()

const admin = await crearCuentaDePrueba(servidor)
await sql`update usuarios set es_superadmin = true where id = ${admin.usuarioId}`
let sesion = { token: await tokenDeCuenta(servidor, admin.usuarioId), at: reloj.ahora() }
/** What a superadmin is answered; the token is renewed when the clock went on. */
async function ver<T>(camino: string): Promise<T> {
  if (reloj.ahora() - sesion.at > 5 * MINUTO) sesion = { token: await tokenDeCuenta(servidor, admin.usuarioId), at: reloj.ahora() }
  const { cuerpo, estado } = await pedir<T>(servidor, camino, { token: sesion.token })
  assert.is(estado, 200, `${camino}: ${cuerpo.code}`)
  return cuerpo.data
}

type Estado = NonNullable<PedidoDiario['estado']>
const dicho = (cambios: Partial<Estado> = {}): Estado => ({
  pendientes: 0,
  masAntiguoAt: null,
  offset: -1_500,
  almacenBytes: 2_000,
  cuotaBytes: 1_000_000,
  persistente: true,
  versionApp: '0.1.0',
  ...cambios,
})
async function caja(negocio: NegocioDePrueba, nombre = 'Caja 1'): Promise<DiarioDePrueba> {
  const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio, { nombre }))
  await diario.abrir()
  return diario
}
/** Hands in what it has, and says this of what remains. */
async function entregar(diario: DiarioDePrueba, estado: Partial<Estado> = {}): Promise<void> {
  const { esperado } = (await diario.enviar(await diario.pedido(0, 0))).cuerpo.data
  const cuantos = diario.renglones.length - esperado
  const pedido = await diario.pedido(esperado, diario.renglones.length, {
    estado: dicho({ ...estado, pendientes: (estado.pendientes ?? 0) + cuantos }),
  })
  await servidor.fetch('http://localhost:8080/sync/diario', {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CABECERA_VERSION]: String(VERSION) },
    body: JSON.stringify(pedido),
  })
}

test('only a superadmin sees every tenant: a dueño, a shopper, a till and nobody do not, on any route', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const id = negocio.cajas[0]!.dispositivoId
  const tokens = [
    await tokenDeCuenta(servidor, negocio.dueno.usuarioId),
    await tokenDeCuenta(servidor, (await crearCuentaDePrueba(servidor)).usuarioId),
    (await sesionDeDispositivo(servidor, negocio.cajas[0]!)).token,
  ]
  const rutas = ['resumen', 'negocios', 'dispositivos', `dispositivos/${id}`, `dispositivos/${id}/diario`, `dispositivos/${id}/diario.json`]
  for (const ruta of [...rutas, 'pulso', 'reglas', 'veredictos', `veredictos/${negocio.negocioId}|${id}|0`]) {
    const camino = `/api/admin/${encodeURI(ruta)}`
    for (const token of tokens) assert.equal((await pedir(servidor, camino, { token })).cuerpo.code, 'SIN_PERMISO', ruta)
    assert.equal((await pedir(servidor, camino)).cuerpo.code, 'SESION_REQUERIDA', ruta)
  }
  const baja = { cuerpo: { motivo: 'no' }, token: tokens[0]! }
  assert.is((await pedir(servidor, `/api/admin/dispositivos/${id}/baja`, baja)).cuerpo.code, 'SIN_PERMISO')
  assert.is((await sql`select from log_admin`).length, 0)
})

test('what each till last said of itself, those with the oldest sale first; one that never spoke is there too', async () => {
  const [a, b] = [await crearNegocioDePrueba(servidor, { nombre: 'Café Órbita' }), await crearNegocioDePrueba(servidor, { nombre: 'Zeta' })]
  const ahora = reloj.ahora()
  const [reciente, vieja] = [await caja(a, 'Mostrador'), await caja(b)]
  await entregar(reciente, { masAntiguoAt: ahora - MINUTO, pendientes: 1 })
  await entregar(vieja, { masAntiguoAt: ahora - 60 * MINUTO, pendientes: 14 })
  const callada = (await altaDeCaja(servidor, b, { nombre: 'Caja muda' })).dispositivoId
  await vaciar()
  const lista = await ver<RespuestaEquipos>('/api/admin/dispositivos')
  respuestaEquipos.parse(lista)
  assert.equal(
    lista.filas.slice(0, 2).map((e) => e.id),
    [vieja.caja.dispositivoId, reciente.caja.dispositivoId],
  )
  const primera = lista.filas[0]!
  assert.equal(
    [
      primera.negocio,
      primera.pendientes,
      primera.offsetMs,
      primera.versionApp,
      primera.protocolo,
      primera.recibidos,
      primera.ultimoContactoAt,
    ],
    ['Zeta', 14, -1_500, '0.1.0', VERSION, 1, ahora],
  )
  assert.equal([primera.cuotaBytes, primera.persistente, primera.enLinea, primera.sucursal], [1_000_000, true, true, 'Centro'])
  const muda = lista.filas.find((e) => e.id === callada)!
  assert.equal([muda.ultimoContactoAt, muda.pendientes, muda.recibidos, muda.enLinea], [null, null, 0, false])
  const negocios = await ver<RespuestaNegocios>('/api/admin/negocios')
  respuestaNegocios.parse(negocios)
  assert.equal(
    negocios.filas.slice(0, 2).map((n) => [n.nombre, n.equipos, n.enLinea, n.pendientes, n.masAntiguoAt]),
    [
      ['Zeta', 2, 1, 14, ahora - 60 * MINUTO],
      ['Café Órbita', 1, 1, 1, ahora - MINUTO],
    ],
  )
  const buscadas = async (texto: string) =>
    (await ver<RespuestaEquipos>(`/api/admin/dispositivos?buscar=${encodeURIComponent(texto)}`)).filas.map((e) => e.nombre)
  assert.equal([await buscadas('ORBITA mostr'), await buscadas('zeta muda'), await buscadas("%' or 1")], [['Mostrador'], ['Caja muda'], []])
  assert.equal(
    (await ver<RespuestaNegocios>('/api/admin/negocios?buscar=mostrador')).filas.map((n) => n.nombre),
    ['Café Órbita'],
  )
  const deUno = await ver<RespuestaEquipos>(`/api/admin/dispositivos?negocioId=${b.negocioId}&filtro=sin_conexion`)
  assert.equal(
    [deUno.filas.map((e) => e.nombre), deUno.total, deUno.cuentas],
    [['Caja muda'], 1, { todos: 2, atencion: 0, sin_conexion: 1 }],
  )
})

test('a till that falls silent needs somebody when its hour is over, and not before, without a reader asking; its return is seen too', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = await caja(negocio)
  const id = diario.caja.dispositivoId
  const como = async () => {
    await vaciar()
    const { equipo } = await ver<DetalleDeEquipo>(`/api/admin/dispositivos/${id}`)
    return [equipo.enLinea, equipo.atencion.join()]
  }
  await entregar(diario, { pendientes: 3, masAntiguoAt: reloj.ahora() })
  assert.equal(await como(), [true, ''])
  reloj.avanzar(3 * MINUTO)
  assert.equal(await como(), [false, ''])
  reloj.avanzar(58 * MINUTO)
  assert.equal(await como(), [false, 'sin_contacto'])
  const conAtencion = await ver<RespuestaEquipos>(`/api/admin/dispositivos?negocioId=${negocio.negocioId}&filtro=atencion`)
  assert.equal([conAtencion.total, conAtencion.filas[0]?.id], [1, id])
  const [negocios] = (await ver<RespuestaNegocios>('/api/admin/negocios?filtro=atencion')).filas.filter(
    (n) => n.negocioId === negocio.negocioId,
  )
  assert.is(negocios?.conAtencion, 1)
  await entregar(diario, { offset: 11 * MINUTO })
  assert.equal(await como(), [true, 'reloj'])
  await entregar(diario)
  assert.equal(await como(), [true, ''])
})

test('pages by cursor: while rows move, each that stays is seen exactly once, in order', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { nombre: 'Cadena grande' })
  const base = reloj.ahora() - DIA
  await sql`insert into dispositivos (negocio_id, id, sucursal_id, tipo, nombre, clave_publica, serie)
    select ${negocio.negocioId}, gen_random_uuid(), ${negocio.sucursalId}, 'caja', 'Caja ' || i, 'x', 'C' || i from generate_series(1, 120) i`
  await sql`update estado_negocios set nombre = '' where id = ${negocio.negocioId}`
  reloj.avanzar(HORA + MINUTO)
  await vaciar()
  await sql`update estado_dispositivos set mas_antiguo_at = ${new Date(base)}::timestamptz + (substr(serie, 2)::int || ' min')::interval
    where de_negocio = ${negocio.negocioId} and substr(serie, 2)::int <= 100`
  const visto: string[] = []
  let cursor: string | null = null
  for (let i = 0; i === 0 || cursor; i++) {
    const consulta = `negocioId=${negocio.negocioId}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`
    const pagina: RespuestaEquipos = await ver<RespuestaEquipos>(`/api/admin/dispositivos?${consulta}`)
    visto.push(...pagina.filas.map((e) => e.serie))
    cursor = pagina.cursor
    // One that was seen goes to the end of what waits, one of the last comes to the front.
    await sql`update estado_dispositivos set mas_antiguo_at = ${new Date(base + (1000 + i) * MINUTO)} where serie = ${`C${1 + i}`} and de_negocio = ${negocio.negocioId}`
    await sql`update estado_dispositivos set mas_antiguo_at = ${new Date(base - i * MINUTO)} where serie = ${`C${99 - i}`} and de_negocio = ${negocio.negocioId}`
  }
  const quietas = visto.filter((s) => !['C1', 'C2', 'C3', 'C97', 'C98', 'C99'].includes(s))
  assert.is(new Set(quietas).size, 114)
  assert.is(quietas.length, 114)
  assert.equal(
    quietas.slice(0, 93).map((s) => Number(s.slice(1))),
    Array.from({ length: 93 }, (_, i) => (i < 93 ? i + 4 : 0)),
  )
  const malo = await pedir(servidor, '/api/admin/dispositivos?cursor=abc', { token: sesion.token })
  assert.equal([malo.estado, malo.cuerpo.code, malo.cuerpo.campo], [400, 'DATO_INVALIDO', 'cursor'])
})

test('one device: stretches of contact, hechos by hour, clock, gap and fork; its journal as received', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = await caja(negocio)
  const id = diario.caja.dispositivoId
  const inicio = reloj.ahora()
  await entregar(diario)
  await vaciar()
  reloj.avanzar(4 * MINUTO)
  await diario.vender({ montoCentavos: 8_600 })
  await entregar(diario)
  await vaciar()
  reloj.avanzar(2 * HORA)
  for (let i = 0; i < 4; i++) await diario.vender()
  // Seqs 2 and 3 are lost; 4 and 5 arrive.
  const [cuerpos, ultimo] = [diario.renglones.slice(4).map((r) => r.cuerpo), diario.renglones.at(-1)!]
  const perdidos = [{ desde: 2, hasta: 3 }]
  const cabeza = { seq: ultimo.seq, hash: ultimo.hash }
  const recibo = await diario.enviar(await diario.pedido(0, 0, { desde: 2, cuerpos, perdidos, cabeza, estado: dicho({ offset: 90_000 }) }))
  assert.is(recibo.cuerpo.data?.esperado, 6, recibo.cuerpo.code)
  await vaciar()
  const detalle = await ver<DetalleDeEquipo>(`/api/admin/dispositivos/${id}`)
  detalleDeEquipo.parse(detalle)
  assert.equal(detalle.equipo.atencion, ['hueco'])
  assert.equal(detalle.linea.contactos, [
    { desdeAt: inicio, hastaAt: inicio + 4 * MINUTO },
    { desdeAt: reloj.ahora(), hastaAt: reloj.ahora() },
  ])
  assert.equal(detalle.linea.huecos, [{ desdeSeq: 2, hastaSeq: 3, at: reloj.ahora() }])
  assert.is(detalle.linea.reloj.at(-1)?.offsetMs, 90_000)
  assert.is(
    detalle.linea.hechos.reduce((suma, h) => suma + h.cuantos, 0),
    4,
  )
  assert.equal(
    detalle.cadenas.map((c) => [c.esperado, c.hueco, c.bifurcada, c.entradas]),
    [[6, true, false, 4]],
  )
  // Another body for seq 1: somebody else has the key.
  const copia = new DiarioDePrueba(servidor, diario.caja, diario.cadenaId)
  copia.renglones.push(diario.renglones[0]!)
  await copia.vender({ montoCentavos: 99_900 })
  await copia.enviar(await copia.pedido(1, 2))
  await vaciar()
  const bifurcado = await ver<DetalleDeEquipo>(`/api/admin/dispositivos/${id}`)
  assert.equal([bifurcado.equipo.atencion, bifurcado.bajaMotivo, bifurcado.equipo.bajaAt !== null], [['bifurcada'], 'bifurcacion', true])
  const renglones = respuestaDiarioRecibido.parse(await ver(`/api/admin/dispositivos/${id}/diario`))
  assert.equal(
    renglones.filas.map((r) => [r.seq, r.variante, r.estado, r.montoCentavos, r.anteriorFalta]),
    [
      [5, 0, 'aceptado', 50_000, 0],
      [4, 0, 'aceptado', 50_000, 2],
      [1, 1, 'bifurcado', 99_900, 0],
      [1, 0, 'aceptado', 8_600, 0],
      [0, 0, 'aceptado', null, 0],
    ],
  )
  assert.is(renglones.total, 5)
  const archivo = await servidor.fetch(`http://localhost:8080/api/admin/dispositivos/${id}/diario.json`, {
    headers: { authorization: `Bearer ${sesion.token}`, 'accept-encoding': 'gzip' },
  })
  assert.is(archivo.headers.get('content-encoding'), 'gzip')
  const exportado = diarioExportado.parse(JSON.parse(gunzipSync(Buffer.from(await archivo.arrayBuffer())).toString()))
  assert.equal(
    exportado.entradas.map((e) => [e.seq, e.variante, e.cuerpo === null]),
    [
      [0, 0, false],
      [1, 0, false],
      [2, 0, true],
      [3, 0, true],
      [4, 0, false],
      [5, 0, false],
      [1, 1, false],
    ],
  )
  assert.equal(
    (await sql`select accion, admin_id from log_admin`).map((f) => [f.accion, f.adminId]),
    [['exportar_diario', admin.usuarioId]],
  )
})

test('an entry that no column takes keeps nothing else from the Panel: not its neighbours, not the sweep of the next hour', async () => {
  const [malo, bueno] = [await caja(await crearNegocioDePrueba(servidor)), await caja(await crearNegocioDePrueba(servidor))]
  const folios = ['C1\0', `${'x'.repeat(39)}😀`]
  for (const folio of folios) await malo.escribir('venta', { folio })
  await entregar(malo)
  await bueno.vender()
  await entregar(bueno)
  await vaciar()
  const recibidos = async (d: DiarioDePrueba) =>
    (await sql`select recibidos from estado_dispositivos where id = ${d.caja.dispositivoId}`)[0]?.recibidos
  const hasta = await recibidos(bueno)
  assert.ok(hasta > 0)
  const notas = await sql`select folio from veredictos_de_nota where dispositivo_id = ${malo.caja.dispositivoId}`
  assert.equal(
    notas.map((n) => n.folio),
    [null, null],
  )
  reloj.avanzar(HORA)
  await sql`delete from veredictos_de_nota where dispositivo_id = ${malo.caja.dispositivoId}`
  await bueno.vender()
  await entregar(bueno)
  await vaciar()
  assert.is(await recibidos(bueno), hasta + 1)
})

test('a device whose entries hold what the database cannot read as JSON is seen like any other; a search or a cursor with a NUL is refused', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = await caja(negocio)
  const operador = { tipo: 'usuario' as const, id: negocio.dueno.usuarioId }
  await diario.escribir('venta', { nota: 'a\0b' }, { operador })
  await diario.vender({}, { operador })
  await entregar(diario)
  await vaciar()
  const detalle = await ver<DetalleDeEquipo>(`/api/admin/dispositivos/${diario.caja.dispositivoId}`)
  assert.is(detalle.linea.turnos.length, 1)
  const cursor = Buffer.from('[1,"\\u0000"]').toString('base64url')
  for (const [camino, campo] of [
    ['/api/admin/dispositivos?buscar=%00', 'buscar'],
    ['/api/admin/veredictos?buscar=a%00', 'buscar'],
    [`/api/admin/veredictos?cursor=${cursor}`, 'cursor'],
    ['/v1/shape?table=veredictos&offset=-1&regla=%00', 'regla'],
  ]) {
    const r = await pedir(servidor, camino as string, { token: sesion.token })
    assert.equal([r.estado, r.cuerpo.code, r.cuerpo.campo], [400, 'DATO_INVALIDO', campo])
  }
})

test('the pulse: a point a minute with its percentiles, longer stretches from their histograms, and the sums of today', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  reloj.avanzar(MINUTO - (reloj.ahora() % MINUTO))
  const minuto = reloj.ahora()
  const antes = (await ver<ResumenDePlataforma>('/api/admin/resumen')).recibidosHoy
  const diario = await caja(negocio)
  for (let i = 0; i < 9; i++) await diario.vender()
  reloj.avanzar(2 * SEGUNDO)
  await entregar(diario)
  await vaciar()
  await diario.vender()
  reloj.avanzar(40 * SEGUNDO)
  await entregar(diario)
  await vaciar()
  const { puntos, cadaMs } = await ver<RespuestaPulso>('/api/admin/pulso?rango=15m')
  const punto = puntos.at(-1)!
  assert.equal([cadaMs, punto.at, punto.hechos], [MINUTO, minuto, 11])
  assert.ok(punto.p50! > 1_400 && punto.p50! < 2_900, `p50 ${punto.p50}`)
  assert.ok(punto.p95! > 28_000 && punto.p95! < 57_000, `p95 ${punto.p95}`)
  const largo = (await ver<RespuestaPulso>('/api/admin/pulso?rango=7d')).puntos
  assert.is(largo.at(-1)!.at % (2 * HORA), 0)
  const resumen = resumenDePlataforma.parse(await ver('/api/admin/resumen'))
  assert.is(resumen.recibidosHoy - antes, 11)
  assert.equal(
    [resumen.nodos.length, resumen.motor, resumen.nodos[0]!.memoriaBytes! > 0, resumen.nodos[0]!.streams],
    [1, 'pglite', true, 0],
  )
  reloj.avanzar(9 * DIA)
  await vaciar()
  assert.equal((await ver<RespuestaPulso>('/api/admin/pulso?rango=7d')).puntos, [])
  assert.equal((await sql`select count(*) from pulso`)[0].count, 0)
  reloj.avanzar(2 * MINUTO)
  assert.equal((await ver<ResumenDePlataforma>('/api/admin/resumen')).nodos, [], 'a node that is silent is not alive')
})

test('verdicts of note: by rule, what became of them, and the hold that ends is closed; a node that lost its notes finds them again', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { nombre: 'Doble Uso' })
  const ana = await crearShopper(servidor)
  const diario = await caja(negocio)
  const qr = await ana.qr()
  await diario.vender({ qr })
  const repetida = await diario.vender({ qr, montoCentavos: 48_000 })
  await diario.escribir('reembolso', { folio: 'C9-000001', transaccionId: crypto.randomUUID(), montoCentavos: 100, motivo: 'sin venta' })
  await entregar(diario)
  await vaciar()
  const de = (consulta: string) => ver<RespuestaVeredictos>(`/api/admin/veredictos?negocioId=${negocio.negocioId}${consulta}`)
  const { filas, total } = await de('')
  assert.equal(filas.map((v) => [v.regla, v.codigo, v.estado, v.resultado, v.negocio, v.sucursal, v.dispositivo]).sort(), [
    ['R14', 'en_espera', 'en_espera', 'pendiente', 'Doble Uso', 'Centro', 'Caja 1'],
    ['R2', 'qr_repetido', 'retenido', 'pendiente', 'Doble Uso', 'Centro', 'Caja 1'],
  ])
  assert.is(total, 2)
  const [r2] = (await de('&regla=R2')).filas
  assert.equal([r2?.montoCentavos, r2?.puntos, r2?.hechoId, r2?.folio], [48_000, 48, repetida.id, 'C1-000002'])
  assert.equal((await de('&regla=R11')).filas, [])
  assert.is((await de('&buscar=c1-000002')).filas.length, 1)
  const { enRevision, reglas } = await ver<ResumenDePlataforma>('/api/admin/resumen')
  assert.ok(enRevision >= 2)
  assert.ok(reglas.some((r) => r.regla === 'R2'))
  const deR2 = async () => (await ver<RespuestaReglas>('/api/admin/reglas?dias=7')).reglas.find((r) => r.regla === 'R2')?.veces ?? 0
  const alVender = await deR2()
  await diario.escribir(
    'ajuste_puntos',
    { transaccionId: repetida.id, regla: 'R2', decision: 'aprobar', motivo: 'sí era ella' },
    { operador: { tipo: 'usuario', id: negocio.dueno.usuarioId } },
  )
  const studio = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null }))
  await studio.abrir()
  await studio.escribir(
    'ajuste_puntos',
    { transaccionId: repetida.id, regla: 'R2', decision: 'aprobar', motivo: 'sí era ella' },
    { operador: { tipo: 'usuario', id: negocio.dueno.usuarioId } },
  )
  await studio.subir()
  await vaciar()
  assert.equal(
    (await de('&regla=R2')).filas.map((v) => [v.estado, v.resultado]),
    [['retenido', 'acreditado']],
  )
  const contadas = await deR2()
  assert.is(contadas, alVender, 'who decides on a sale does not make its rule speak again')
  const [nota] = filas.filter((v) => v.regla === 'R2')
  const [veredicto] = await sql`select * from veredictos where hecho_id = ${repetida.id}`
  reloj.avanzar(DIA)
  const otraVez = { coleccion: 'veredictos', pk: '', antes: null, despues: { ...veredicto, id: '' } }
  libretaDe(deps).cambios(negocio.negocioId, [otraVez], reloj.ahora())
  await vaciar()
  assert.is(await deR2(), contadas, 'nor a verdict that is written again')
  assert.is((await de('&regla=R2')).filas[0]?.juzgadoAt, nota?.juzgadoAt, 'it stays on the day it was counted')
  assert.equal([(await de('&dias=1')).total, (await de('&dias=1')).filas, (await de('&dias=7')).total], [0, [], 2])
  const hoy = (await ver<RespuestaReglas>('/api/admin/reglas?dias=1')).reglas
  assert.is(hoy.find((r) => r.regla === 'R14')?.veces ?? 0, 0, 'the list and the counts speak of the same days')
  await sql`delete from veredictos_de_nota where de_negocio = ${negocio.negocioId}`
  reloj.avanzar(HORA + MINUTO)
  libretaDe(deps).cambios(negocio.negocioId, [otraVez], reloj.ahora())
  await vaciar()
  assert.is(await deR2(), contadas + 1, 'what a lost note would have counted is counted, and once, though a late note tells it too')
  assert.equal((await de('')).filas.map((v) => [v.regla, v.resultado]).sort(), [
    ['R14', 'pendiente'],
    ['R2', 'acreditado'],
  ])
})

test('rules of edits are counted too: R8 for fields that met and were both kept, R7 for a value that was lost, each once however often it is resent', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const [base] = await crearArticulos(deps, negocio.negocioId, negocio.dueno.usuarioId, [{ nombre: 'Pizza', precioCentavos: 10_000 }])
  const studios: { id: string; token: string }[] = []
  for (let i = 0; i < 2; i++) {
    const alta = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
    studios.push({ id: alta.dispositivoId, token: (await sesionDeDispositivo(servidor, alta)).token })
  }
  reloj.avanzar(SEGUNDO)
  const veces = async () => {
    await vaciar()
    const { reglas } = await ver<RespuestaReglas>('/api/admin/reglas?dias=1')
    return ['R7', 'R8'].map((regla) => reglas.find((r) => r.regla === regla)?.veces ?? 0)
  }
  const editar = (quien: number, cambios: object) => {
    const nuevo = sellar(base as unknown as Doc, cambios as never, reloj.ahora() - quien, studios[quien]!.id)
    return pedir(servidor, '/sync/push/articulos', { token: studios[quien]!.token, cuerpo: { filas: [{ nuevo, asumido: base }] } })
  }
  const [r7, r8] = await veces()
  await editar(0, { precioCentavos: 12_000 })
  await editar(1, { descripcion: 'Al horno' })
  await editar(1, { descripcion: 'Al horno' })
  assert.equal(await veces(), [r7, r8! + 1])
  await editar(1, { precioCentavos: 9_000 })
  await editar(1, { precioCentavos: 9_000 })
  assert.equal(await veces(), [r7! + 1, r8! + 1])
})

test('revoking from the Panel: sessions end, the row says it, the log says who; the sums leave it out', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const diario = await caja(negocio)
  await entregar(diario, { pendientes: 2, masAntiguoAt: reloj.ahora() })
  await vaciar()
  await ver('/api/admin/resumen')
  const id = diario.caja.dispositivoId
  const deCaja = await sesionDeDispositivo(servidor, diario.caja)
  const baja = await pedir<{ bajaAt: number }>(servidor, `/api/admin/dispositivos/${id}/baja`, {
    cuerpo: { motivo: ' robada ' },
    token: sesion.token,
  })
  assert.is(baja.estado, 200)
  await vaciar()
  assert.is((await pedir(servidor, '/sync/pull/articulos', { token: deCaja.token })).cuerpo.code, 'DISPOSITIVO_REVOCADO')
  const detalle = await ver<DetalleDeEquipo>(`/api/admin/dispositivos/${id}`)
  assert.equal([detalle.equipo.bajaAt, detalle.bajaMotivo, detalle.equipo.enLinea], [baja.cuerpo.data.bajaAt, 'robada', false])
  const [suma] = (await ver<RespuestaNegocios>('/api/admin/negocios')).filas.filter((n) => n.negocioId === negocio.negocioId)
  assert.equal([suma?.equipos, suma?.pendientes], [0, 0])
  const [fila] = await sql`select * from log_admin where accion = 'revocar_dispositivo'`
  assert.equal(
    [fila.adminId, fila.modulo, fila.detalles],
    [admin.usuarioId, 'dispositivos', { negocioId: negocio.negocioId, dispositivoId: id, motivo: 'robada' }],
  )
  const nadie = `/api/admin/dispositivos/${crypto.randomUUID()}/baja`
  assert.is((await pedir(servidor, nadie, { cuerpo: { motivo: 'x' }, token: sesion.token })).cuerpo.code, 'NO_ENCONTRADO')
})

test('the log of the platform replays to its rows: both images of every change, seqs without holes, what is pruned is told', async () => {
  await vaciar()
  const log = await sql`select seq, coleccion, pk, antes, despues from cambios_plataforma order by seq`
  assert.equal(
    log.map((c) => c.seq),
    log.map((_, i) => i + 1),
  )
  const filas = new Map<string, object>()
  for (const { coleccion, pk, antes, despues } of log) {
    const llave = `${coleccion} ${pk}`
    // Two tests wrote rows by hand: what they wrote is in no log.
    if (coleccion !== 'estado_dispositivos' && coleccion !== 'veredictos') assert.equal(antes, filas.get(llave) ?? null, llave)
    if (despues === null) filas.delete(llave)
    else filas.set(llave, despues)
  }
  for (const coleccion of COLECCIONES_DE_PLATAFORMA) {
    const leidas = await servidor.db.plataforma((tx) => leerFilas(tx, coleccion, null, 1_000))
    const repetidas = [...filas].filter(([llave]) => llave.startsWith(`${coleccion} `))
    if (coleccion === 'estado_negocios' || coleccion === 'nodos' || coleccion === 'pulso')
      assert.equal(leidas.map((f) => [`${coleccion} ${f.pk}`, f.fila]).sort(), repetidas.sort(), coleccion)
    assert.is(leidas.length, repetidas.length, coleccion)
  }
  reloj.avanzar(2 * HORA)
  assert.ok((await compactarPlataforma(deps)) >= log.length)
  const [contador] = await sql`select seq, horizonte from contador_plataforma`
  assert.is(contador.horizonte, contador.seq)
  assert.is(await compactarPlataforma(deps), 0)
})

const CONFIGURACION = '/api/admin/configuracion'
const contenido = (cambios: Partial<ContenidoDeConfiguracionApp> = {}) => ({ ...CONFIGURACION_POR_DEFECTO, ...cambios })
const publicar = (version: number, cambios: Partial<ContenidoDeConfiguracionApp>, motivo = 'Temporada') =>
  pedir<RespuestaConfiguracionApp>(servidor, CONFIGURACION, {
    ...{ metodo: 'PUT', token: sesion.token, cuerpo: { version, contenido: contenido(cambios), motivo } },
  })
const reglasDe = (negocioId: string) => sql`
  select version, valor_punto_centavos, multiplicadores_pct, umbrales, vida_qr_segundos, vigente_at from configuraciones
  where negocio_id = ${negocioId} order by version desc`

test('CARD-19: ConfiguracionApp is published in versions, with a reason, in the log of who did it; of two at once one is told', async () => {
  const antes = await ver<RespuestaConfiguracionApp>(CONFIGURACION)
  assert.equal([antes.version, antes.historial, antes.alDia], [0, [], antes.negocios], 'until then, the numbers it comes with')
  assert.equal(antes.contenido, CONFIGURACION_POR_DEFECTO)
  const malo = await publicar(0, { umbrales: { plata: 9_000, oro: 9_000 } })
  assert.equal([malo.cuerpo.code, malo.cuerpo.campo], ['DATO_INVALIDO', 'contenido.umbrales.oro'])
  assert.is((await publicar(0, {}, '  ')).cuerpo.campo, 'motivo')
  const [una, otra] = await Promise.all([publicar(0, { vidaQrSegundos: 180 }), publicar(0, { vidaQrSegundos: 60 })])
  assert.equal([una.estado, otra.estado].sort(), [200, 409])
  assert.is((una.estado === 409 ? una : otra).cuerpo.code, 'CONFIGURACION_CAMBIO')
  const { version, historial } = await ver<RespuestaConfiguracionApp>(CONFIGURACION)
  assert.equal([version, historial.length, historial[0]?.motivo], [1, 1, 'Temporada'])
  assert.ok(historial[0]?.publicadaPor)
  const filas = await sql`select admin_id, modulo, detalles from log_admin where accion = 'publicar_configuracion'`
  assert.equal([...filas], [{ adminId: admin.usuarioId, modulo: 'configuracion', detalles: { version: 1, motivo: 'Temporada' } }])
  const dueno = await tokenDeCuenta(servidor, (await crearNegocioDePrueba(servidor)).dueno.usuarioId)
  assert.is((await pedir(servidor, CONFIGURACION, { token: dueno })).cuerpo.code, 'SIN_PERMISO')
})

test('[R12] CARD-15, 19: a version of ConfiguracionApp is a version of the rules of each negocio, after what it accepted, once, also when the job is cut', async () => {
  await aplicarConfiguracion(deps)
  const [a, b] = [await crearNegocioDePrueba(servidor), await crearNegocioDePrueba(servidor)]
  const recibidoAt = reloj.ahora() + MINUTO
  await sql`update contadores_negocio set ultimo_recibido_at = ${new Date(recibidoAt)} where negocio_id = ${a.negocioId}`
  const { plata, oro } = CONFIGURACION_POR_DEFECTO.beneficios
  const { version } = (
    await publicar(1, {
      ...{ umbrales: { plata: 4_000, oro: 12_000 }, multiplicadoresPct: { bronce: 100, plata: 130, oro: 200 }, vidaQrSegundos: 90 },
      beneficios: { plata: { ...plata, multiplicador: false }, oro },
    })
  ).cuerpo.data
  // The first chunk is all it does before it is killed.
  const muerto = { ...deps, db: { ...deps.db, negocio: trasUno(deps.db.negocio) } }
  await aplicarConfiguracion({ ...muerto, log: { ...deps.log, error: () => {} } } as never, 1)
  const { alDia, negocios } = await ver<RespuestaConfiguracionApp>(CONFIGURACION)
  assert.equal([alDia, negocios > 1], [1, true])
  await aplicarConfiguracion(deps, 2)
  await aplicarConfiguracion(deps)
  const [deA, ...anteriores] = await reglasDe(a.negocioId)
  assert.equal([deA.version, anteriores.length, deA.valorPuntoCentavos, deA.vidaQrSegundos], [2, 1, 1_000, 90])
  assert.equal(
    [deA.umbrales, deA.multiplicadoresPct],
    [
      { plata: 4_000, oro: 12_000 },
      { bronce: 100, plata: 100, oro: 200 },
    ],
  )
  assert.is(deA.vigenteAt, recibidoAt + 1)
  const [cambio] = await sql`select despues from cambios_negocio where negocio_id = ${a.negocioId} and pk = 'version:2'`
  assert.equal([cambio.despues.vidaQrSegundos, cambio.despues.umbrales], [90, deA.umbrales], 'tills read it as any other version')
  assert.is((await reglasDe(b.negocioId)).length, 2)
  const nuevo = await crearNegocioDePrueba(servidor)
  const [suya, ...ninguna] = await reglasDe(nuevo.negocioId)
  assert.equal([suya.umbrales, suya.vidaQrSegundos, ninguna.length], [{ plata: 4_000, oro: 12_000 }, 90, 0], 'one that is born takes it')
  await publicar(version, { limites: { maxSucursales: 9, maxEmpleados: 9 }, ...reglasSinCambio })
  await aplicarConfiguracion(deps)
  assert.is((await reglasDe(nuevo.negocioId)).length, 1, 'what is no rule of a negocio makes no version of its rules')
  const hoy = await ver<RespuestaConfiguracionApp>(CONFIGURACION)
  assert.is(hoy.alDia, hoy.negocios)
})
/** What the test above published. */
const reglasSinCambio = {
  ...{ umbrales: { plata: 4_000, oro: 12_000 }, multiplicadoresPct: { bronce: 100, plata: 100, oro: 200 }, vidaQrSegundos: 90 },
}
/** The database as a process finds it that is killed after one negocio. */
function trasUno(negocio: typeof deps.db.negocio): typeof deps.db.negocio {
  let hechos = 0
  return (id, fn, opciones) => (hechos++ === 0 ? negocio(id, fn, opciones) : Promise.reject(new Error('killed')))
}

test('CARD-16, CARD-20: lower thresholds lift who has the points, once and with a notice; higher ones take nothing; the card shows by them', async () => {
  const [ana, beto] = [await crearShopper(servidor), await crearShopper(servidor)]
  await sql`update usuarios set puntos_lifetime = 3000 where id = ${ana.usuarioId}`
  await sql`update usuarios set puntos_lifetime = 13000, nivel_cardya = 'oro' where id = ${beto.usuarioId}`
  const { suben } = await ver<RespuestaDeEfecto>(`${CONFIGURACION}/efecto?plata=2500&oro=20000`)
  assert.equal(suben, { plata: 1, oro: 0 })
  const { version } = await ver<RespuestaConfiguracionApp>(CONFIGURACION)
  await publicar(version, { umbrales: { plata: 2_500, oro: 20_000 }, vidaQrSegundos: 60 })
  await aplicarConfiguracion(deps)
  await aplicarConfiguracion(deps)
  const niveles = await sql`select nivel_cardya from usuarios where id in (${ana.usuarioId}, ${beto.usuarioId}) order by puntos_lifetime`
  assert.equal(
    niveles.map((f) => f.nivelCardya),
    ['plata', 'oro'],
  )
  const suyos =
    await sql`select id, doc from mias where usuario_id = ${ana.usuarioId} and id like any (array['aviso:%', 'perfil']) order by id`
  assert.equal(
    suyos.map((f) => [f.id, f.doc.nivel]),
    [
      ['aviso:nivel:plata', 'plata'],
      ['perfil', 'plata'],
    ],
  )
  const deAna = await tokenDeCuenta(servidor, ana.usuarioId)
  const mia = (await pedir<MiTarjeta>(servidor, '/api/cardya/mi-tarjeta', { token: deAna })).cuerpo.data
  assert.equal([mia.nivelCardya, mia.progreso.siguiente, mia.progreso.faltantes], ['plata', 'oro', 17_000])
  const qr = (await pedir<{ reglas: { umbrales: object; vidaQrSegundos: number } }>(servidor, '/api/cardya/qr', { token: deAna })).cuerpo
    .data
  assert.equal([qr.reglas.umbrales, qr.reglas.vidaQrSegundos], [{ plata: 2_500, oro: 20_000 }, 60])
  const deBeto = await tokenDeCuenta(servidor, beto.usuarioId)
  const suya = (await pedir<MiTarjeta>(servidor, '/api/cardya/mi-tarjeta', { token: deBeto })).cuerpo.data
  assert.equal([suya.nivelCardya, suya.progreso], ['oro', { progreso: 100, siguiente: null, faltantes: 0 }])
})

test('EMP-37: a negocio has as many sucursales and empleados as ConfiguracionApp allows; who was deleted makes room', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const emplear = (nick: string) => crearEmpleado(deps, negocio.negocioId, { nombre: nick, nick }).catch((e) => e)
  await emplear('uno')
  const { version } = await ver<RespuestaConfiguracionApp>(CONFIGURACION)
  await publicar(version, { limites: { maxSucursales: 2, maxEmpleados: 2 } })
  const dos = await emplear('dos')
  assert.is((await emplear('tres')).codigo, 'LIMITE_DE_EMPLEADOS')
  await sql`update empleados set borrado_at = now() where id = ${dos.id}`
  assert.is((await emplear('tres')).nick, 'tres')
  const token = await tokenDeCuenta(servidor, negocio.dueno.usuarioId)
  const cuerpo = { nombre: 'Cuatro', nick: 'cuatro' }
  assert.is((await pedir(servidor, `/api/negocios/${negocio.negocioId}/empleados`, { token, cuerpo })).estado, 409)
  const abrir = (nombre: string) => crearSucursal(deps, negocio.negocioId, { nombre }).catch((e) => e.codigo)
  assert.not.match(await abrir('Norte'), 'LIMITE')
  assert.is(await abrir('Sur'), 'LIMITE_DE_SUCURSALES')
})

test('CARD-15: a benefit that is switched off is given to nobody: no cupón of that nivel, no days early', async () => {
  const negocio = await crearNegocioDePrueba(servidor)
  const ana = await crearShopper(servidor)
  await sql`update usuarios set nivel_cardya = 'oro' where id = ${ana.usuarioId}`
  const cupon = { titulo: 'Pizza', tipo: 'porcentaje' as const, valor: 10, venceAt: reloj.ahora() + 90 * DIA }
  await crearCupones(deps, negocio.negocioId, negocio.dueno.usuarioId, [
    { ...cupon, codigo: 'DEORO', desdeAt: reloj.ahora() - DIA, nivelRequerido: 'oro' },
    { ...cupon, codigo: 'PRONTO', desdeAt: reloj.ahora() + 2 * DIA },
  ])
  const token = await tokenDeCuenta(servidor, ana.usuarioId)
  const ofrecidos = async () =>
    (
      await pedir<{ cupones: { cuponId: string; codigo: string }[] }>(servidor, `/api/cardya/cupones/disponibles/${negocio.negocioId}`, {
        token,
      })
    ).cuerpo.data.cupones
  const antes = await ofrecidos()
  assert.equal(antes.map((c) => c.codigo).sort(), ['DEORO', 'PRONTO'])
  const { version } = await ver<RespuestaConfiguracionApp>(CONFIGURACION)
  const { plata, oro } = CONFIGURACION_POR_DEFECTO.beneficios
  await publicar(version, { beneficios: { plata, oro: { ...oro, cuponesExclusivos: false, adelantoDias: 0 } } })
  assert.equal(await ofrecidos(), [])
  const codigos: (string | undefined)[] = []
  for (const { cuponId } of antes)
    codigos.push((await guardarCupon(deps, ana.usuarioId, negocio.negocioId, cuponId).catch((e) => e)).codigo)
  assert.equal(codigos.sort(), ['cupon_nivel', 'cupon_no_empieza'])
})

test.run()
