import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sha256 } from '../../schema/core/ids.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import { PERDIDOS_POR_ENVIO } from '../../schema/protocol/diario.ts'
import type { NuevaVenta, ReplicaApi, Respuesta } from './api.ts'
import { armarLote, siguienteDe } from './envio.ts'
import type { Renglon } from './renglon.ts'
import { crearReplica } from './replica.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { unServidor } from './testing/servidor-guion.ts'

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})

const venta = (montoCentavos: number, mas: Partial<NuevaVenta> = {}): NuevaVenta => ({
  montoCentavos,
  metodoPago: 'efectivo',
  descripcion: null,
  lineas: [],
  qr: null,
  operador: null,
  ...mas,
})
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}
const codigo = (respuesta: Respuesta<unknown>) => (respuesta.ok ? null : respuesta.codigo)

function mundo() {
  const reloj = unReloj()
  const disco = unDisco()
  const servidor = unServidor(() => reloj.wall)
  const abrir = () => {
    const replica = crearReplica(puertosDePrueba(disco, (ruta, init) => servidor.fetch(ruta, init), reloj))
    abiertas.push(replica)
    return replica
  }
  return { reloj, disco, servidor, abrir }
}
async function conAlta() {
  const m = mundo()
  const replica = m.abrir()
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  return { ...m, replica }
}
const sobres = (textos: (string | null)[] | undefined) => (textos ?? []).map((texto) => JSON.parse(texto ?? 'null') as Sobre | null)

test('a device that was not enrolled sells nothing', async () => {
  const { abrir } = mundo()
  const replica = abrir()
  assert.equal(valor(await replica.abrir()), { app: 'scanya', alta: null, cadenaId: null })
  assert.is(codigo(await replica.registrarVenta(venta(100))), 'REPLICA_SIN_ALTA')
  assert.is((await replica.estado()).fase, 'sin_sesion')
})

test('a sale made offline is on disk, keeps its folio, and reaches the server in order', async () => {
  const { replica, servidor } = await conAlta()
  servidor.fallar('/sync/diario', ...Array<'sin-red'>(50).fill('sin-red'))
  const primera = valor(await replica.registrarVenta(venta(12_550)))
  const segunda = valor(await replica.registrarVenta(venta(7_000, { metodoPago: 'tarjeta', descripcion: 'Sin cebolla' })))
  assert.equal([primera.folio, segunda.folio, primera.seq, segunda.seq], ['C1-000001', 'C1-000002', 1, 2])
  assert.is(valor(await replica.pendientes()).length, 3)
  assert.is(codigo(await replica.sincronizarAhora()), 'SIN_CONEXION')
  servidor.fallar('/sync/diario')
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 60; i++);
  assert.equal(
    sobres(servidor.cadenas.get(primera.cadenaId)).map((s) => s?.tipo),
    ['cadena.abierta', 'venta', 'venta'],
  )
  assert.is(valor(await replica.pendientes()).length, 0)
  assert.is((await replica.estado()).fase, 'al_dia')
})

test('[DI3] what was acknowledged survives a restart, and the chain goes on', async () => {
  const { replica, abrir, servidor } = await conAlta()
  const antes = valor(await replica.registrarVenta(venta(100)))
  valor(await replica.sincronizarAhora())
  await replica.cerrar()
  const otra = abrir()
  assert.is(valor(await otra.abrir()).cadenaId, antes.cadenaId)
  const despues = valor(await otra.registrarVenta(venta(200)))
  assert.is(despues.folio, 'C1-000002')
  valor(await otra.sincronizarAhora())
  const cadena = sobres(servidor.cadenas.get(antes.cadenaId))
  assert.equal(
    cadena.map((s) => s?.seq),
    [0, 1, 2],
  )
  assert.is(servidor.cadenas.size, 1)
})

test('[DI1] a lost answer: the server is asked what it has, nothing is sent as if it were new', async () => {
  const { replica, servidor } = await conAlta()
  valor(await replica.sincronizarAhora())
  const hecho = valor(await replica.registrarVenta(venta(100)))
  servidor.fallar('/sync/diario', 'respuesta-perdida', 'respuesta-perdida', 'respuesta-perdida')
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 10; i++);
  assert.is(servidor.cadenas.get(hecho.cadenaId)?.length, 2)
  assert.is(valor(await replica.pendientes()).length, 0)
})

test('[DI1] a server restored from a backup gets again what it lost, though this device had its acknowledgement', async () => {
  const { replica, servidor } = await conAlta()
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  valor(await replica.registrarVenta(venta(200)))
  valor(await replica.sincronizarAhora())
  servidor.cadenas.get(cadenaId)!.length = 1
  valor(await replica.sincronizarAhora())
  assert.equal(
    sobres(servidor.cadenas.get(cadenaId)).map((s) => s?.seq),
    [0, 1, 2],
  )
})

test('[DI1] the same after a sale that could not be written: the chain is still asked about', async () => {
  const { replica, servidor, disco } = await conAlta()
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  valor(await replica.sincronizarAhora())
  const sanar = romperEscritura(disco, async () => {
    throw new Error('transaction aborted')
  })
  assert.is(codigo(await replica.registrarVenta(venta(200))), 'GUARDADO_FALLIDO')
  sanar()
  servidor.cadenas.get(cadenaId)!.length = 1
  valor(await replica.sincronizarAhora())
  assert.is(servidor.cadenas.get(cadenaId)?.length, 2)
})

test('[DI1] at most 100 entries at a time', async () => {
  const { replica, servidor } = await conAlta()
  servidor.fallar('/sync/diario', ...Array<'sin-red'>(3).fill('sin-red'))
  for (let i = 1; i <= 130; i++) valor(await replica.registrarVenta(venta(i)))
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 10; i++);
  const llenos = servidor.pedidos.map((p) => p.cuerpos.length)
  assert.is(Math.max(...llenos), 100)
  assert.is([...servidor.cadenas.values()][0]?.length, 131)
})

/** From now on requests whose body is longer are answered with a 413: a proxy's page, or the server's own word. */
function estrechar(servidor: ReturnType<typeof unServidor>, maximo: number, codigoDelServidor?: string): { rechazadas: number } {
  const { fetch } = servidor
  const visto = { rechazadas: 0 }
  servidor.fetch = (async (ruta: string, init?: RequestInit) => {
    if (String(init?.body ?? '').length <= maximo) return fetch(ruta, init)
    visto.rechazadas++
    const page = codigoDelServidor ? JSON.stringify({ success: false, data: null, code: codigoDelServidor }) : '<html>413</html>'
    return new Response(page, { status: 413 })
  }) as typeof fetch
  return visto
}

test('[DI1] a request too large for what stands before the server goes in smaller ones; one entry alone waits for another line', async () => {
  const { replica, servidor } = await conAlta()
  valor(await replica.sincronizarAhora())
  servidor.sinRed = true
  for (let i = 0; i < 30; i++) await replica.registrarVenta(venta(100 + i))
  servidor.sinRed = false
  const normal = servidor.fetch
  const visto = estrechar(servidor, 6_000)
  valor(await replica.sincronizarAhora())
  const [cadenaId] = servidor.cadenas.keys()
  assert.equal([servidor.cadenas.get(cadenaId!)?.length, valor(await replica.pendientes()).length], [31, 0])
  assert.ok(visto.rechazadas >= 3 && visto.rechazadas < 12, `${visto.rechazadas} refused`)
  servidor.sinRed = true
  const grande = valor(await replica.registrarVenta(venta(500, { descripcion: 'x'.repeat(200), lineas: unasLineas(60) })))
  await replica.registrarVenta(venta(600))
  servidor.sinRed = false
  servidor.poner('config', { id: 'negocio', nombre: 'Pizzería' })
  assert.is(codigo(await replica.sincronizarAhora()), 'CUERPO_EXCEDIDO')
  assert.equal([valor(await replica.pendientes()).length, (await replica.estado()).atencion], [2, 0])
  assert.is(valor(await replica.consultar({ coleccion: 'config' })).length, 1, 'what is pulled does not wait for it')
  servidor.fetch = normal
  valor(await replica.sincronizarAhora())
  assert.is(sobres(servidor.cadenas.get(cadenaId!))[31]?.id, grande.hechoId)
})

test('[DI5] one entry that the server will not have for its size is set aside where a person sees it, and the rest goes on; sent again, it is the same hecho', async () => {
  const { replica, servidor } = await conAlta()
  valor(await replica.sincronizarAhora())
  servidor.sinRed = true
  await replica.registrarVenta(venta(100))
  const grande = valor(await replica.registrarVenta(venta(500, { descripcion: 'x'.repeat(200), lineas: unasLineas(60) })))
  await replica.registrarVenta(venta(600))
  servidor.sinRed = false
  const normal = servidor.fetch
  estrechar(servidor, 6_000, 'RENGLON_EXCEDIDO')
  const { atencion, pendientes } = valor(await replica.sincronizarAhora())
  assert.equal([atencion, pendientes], [1, 0])
  const guardada = valor(await replica.pendientes())
  assert.equal(
    guardada.map(({ seq, apartado }) => [seq, apartado]),
    [[grande.seq, true]],
  )
  const enServidor = () =>
    sobres(servidor.cadenas.get(grande.cadenaId)).map((s) => (s?.datos as { montoCentavos?: number } | undefined)?.montoCentavos)
  assert.equal(enServidor().slice(1), [100, undefined, 600])
  assert.is(servidor.pedidos.at(-1)?.estado?.alDia, undefined, 'not all that this till did has arrived')
  servidor.fetch = normal
  valor(await replica.sincronizarAhora())
  assert.is(valor(await replica.pendientes()).length, 1, 'nothing is tried again by itself')
  valor(await (replica as Required<ReplicaApi>).enviarApartados())
  valor(await replica.sincronizarAhora())
  assert.equal([enServidor().slice(1), (await replica.estado()).atencion], [[100, undefined, 600, 500], 0])
  const [antes, despues] = [JSON.parse(guardada[0]!.cuerpo) as Sobre, sobres(servidor.cadenas.get(grande.cadenaId)).at(-1)!]
  assert.equal([despues.id, despues.datos, despues.tiempo], [antes.id, antes.datos, antes.tiempo])
  assert.is(valor(await replica.registrarVenta(venta(700))).folio, 'C1-000004')
})
const unasLineas = (n: number): NuevaVenta['lineas'] =>
  Array.from({ length: n }, (_, i) => ({
    ...{ articuloId: `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`, nombre: `Pizza ${i}`, cantidad: 1, precioCentavos: 100 },
  }))

test('[DI5] entries this disk lost are declared, the rest arrives', async () => {
  const { replica, disco, servidor, abrir } = await conAlta()
  servidor.fallar('/sync/diario', ...Array<'sin-red'>(3).fill('sin-red'))
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  for (const monto of [200, 300, 400]) valor(await replica.registrarVenta(venta(monto)))
  await replica.cerrar()
  borrarDeDisco(disco, `${cadenaId}|0000000002`)
  romperEnDisco(disco, `${cadenaId}|0000000003`)
  const otra = abrir()
  for (let i = 0; codigo(await otra.sincronizarAhora()) !== null && i < 10; i++);
  assert.equal(
    sobres(servidor.cadenas.get(cadenaId)).map((s) => s?.seq ?? null),
    [0, 1, null, null, 4],
  )
  assert.equal(servidor.pedidos.at(-1)?.perdidos, [{ desde: 2, hasta: 3 }])
})

test('[DI5] a torn last entry is declared at the next exchange, and is not called received', async () => {
  const { replica, disco, servidor, abrir } = await conAlta()
  valor(await replica.sincronizarAhora())
  servidor.fallar('/sync/diario', ...Array<'sin-red'>(3).fill('sin-red'))
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  valor(await replica.registrarVenta(venta(200)))
  await replica.cerrar()
  romperEnDisco(disco, `${cadenaId}|0000000002`)
  const otra = abrir()
  for (let i = 0; codigo(await otra.sincronizarAhora()) !== null && i < 10; i++);
  assert.equal(
    sobres(servidor.cadenas.get(cadenaId)).map((s) => s?.seq ?? null),
    [0, 1, null],
  )
  assert.is((await otra.estado()).pendientes, 0)
  const filas = valor(await otra.consultar({ coleccion: 'diario' })) as unknown as { seq: number; estado: string }[]
  assert.is(filas.find(({ seq }) => seq === 2)?.estado, 'perdido')
  assert.is(valor(await otra.registrarVenta(venta(300))).folio, 'C1-000003')
  valor(await otra.sincronizarAhora())
  assert.is(servidor.cadenas.get(cadenaId)?.length, 4)
})

test('[DI5] a loss of more than 10,000 entries is declared over several requests', async () => {
  const perdidas = 25_000
  const renglon = { seq: perdidas + 1, cuerpo: '{}', hash: await sha256('{}') } as Renglon
  const enviados: number[] = []
  for (let desde = 1; desde <= renglon.seq; ) {
    const lote = await armarLote(desde, [renglon])
    enviados.push(lote.perdidos.reduce((suma, p) => suma + p.hasta - p.desde + 1, 0))
    assert.is(lote.cuerpos.length, enviados.length === 3 ? 1 : 0)
    desde = siguienteDe(lote, desde)
  }
  assert.equal(enviados, [PERDIDOS_POR_ENVIO, PERDIDOS_POR_ENVIO, 5_000])
})

test('[DI11] a journal lost under a living key begins a new chain with its own series', async () => {
  const { replica, disco, servidor, abrir } = await conAlta()
  const vieja = valor(await replica.registrarVenta(venta(100)))
  valor(await replica.sincronizarAhora())
  await replica.cerrar()
  disco.storage.collectionStates.delete(`${disco.nombre}--memory--diario--memory--0`)
  const otra = abrir()
  const nueva = valor(await otra.registrarVenta(venta(200)))
  assert.is.not(nueva.cadenaId, vieja.cadenaId)
  assert.match(nueva.folio ?? '', /^C1[0-9A-HJKMNP-TV-Z]{4}-000001$/)
  valor(await otra.sincronizarAhora())
  const [genesis] = sobres(servidor.cadenas.get(nueva.cadenaId))
  assert.is((genesis?.datos as { motivo: string } | undefined)?.motivo, 'diario_perdido')
})

test('a disk that went back behind the server: what was sold since is entered again in a new chain, same hecho ids', async () => {
  const { replica, servidor } = await conAlta()
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  valor(await replica.sincronizarAhora())
  servidor.fallar('/sync/diario', 'sin-red', 'sin-red')
  const perdible = valor(await replica.registrarVenta(venta(999)))
  const cadena = servidor.cadenas.get(cadenaId)!
  cadena.push('{"otra":1}', '{"otra":2}', '{"otra":3}')
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 10; i++);
  valor(await replica.sincronizarAhora())
  const otras = [...servidor.cadenas.entries()].filter(([id]) => id !== cadenaId)
  assert.is(otras.length, 1)
  assert.ok(sobres(otras[0]?.[1]).some((s) => s?.id === perdible.hechoId))
  assert.is(valor(await replica.pendientes()).length, 0)
})

test('Bad input: every amount has its own code and no hecho is made', async () => {
  const { replica } = await conAlta()
  for (const [monto, esperado] of [
    [0, 'MONTO_CERO'],
    [-100, 'MONTO_NEGATIVO'],
    [100.5, 'MONTO_DECIMALES'],
    [10_000_000_000, 'MONTO_EXCEDIDO'],
    [Number.NaN, 'MONTO_INVALIDO'],
  ] as const) {
    assert.is(codigo(await replica.registrarVenta(venta(monto))), esperado)
  }
  assert.is(codigo(await replica.registrarVenta(venta(1, { metodoPago: 'bitcoin' as never }))), 'METODO_INVALIDO')
  assert.is(codigo(await replica.registrarVenta(venta(1, { descripcion: 'x'.repeat(501) }))), 'DATO_INVALIDO')
  assert.is(codigo(await replica.registrarVenta(venta(1, { qr: 'NO ES UN QR' }))), 'qr_invalido')
  assert.is(valor(await replica.pendientes()).length, 1)
})

test('R15: past the lease refunds stop and sales go on; seven days later sales stop too', async () => {
  const { replica, reloj, servidor } = await conAlta()
  const { hechoId } = valor(await replica.registrarVenta(venta(1_000)))
  servidor.fallar('/sync/diario', ...Array<'sin-red'>(20).fill('sin-red'))
  const devolucion = { transaccionId: hechoId, montoCentavos: 500, motivo: 'Frío', operador: null }
  assert.is(valor(await replica.registrarReembolso(devolucion)).folio, 'C1-000002')
  reloj.avanzar(73 * 3_600_000)
  assert.is(codigo(await replica.registrarReembolso(devolucion)), 'LICENCIA_VENCIDA')
  assert.is(valor(await replica.registrarVenta(venta(1_000))).folio, 'C1-000003')
  reloj.avanzar(7 * 24 * 3_600_000)
  assert.is(codigo(await replica.registrarVenta(venta(1_000))), 'LICENCIA_AGOTADA')
})

test('[DI9] a revoked device hands in its journal, erases itself and says so', async () => {
  const { replica, servidor, disco } = await conAlta()
  valor(await replica.sincronizarAhora())
  servidor.fallar('/sync/diario', 'sin-red', 'sin-red')
  const ultima = valor(await replica.registrarVenta(venta(100)))
  servidor.revocado = true
  for (let i = 0; i < 10 && (await replica.estado()).fase !== 'revocado'; i++) await replica.sincronizarAhora()
  await replica.sincronizarAhora()
  assert.ok(sobres(servidor.cadenas.get(ultima.cadenaId)).some((s) => s?.id === ultima.hechoId))
  assert.is((await replica.estado()).fase, 'revocado')
  assert.is(codigo(await replica.registrarVenta(venta(100))), 'DISPOSITIVO_REVOCADO')
  assert.equal(
    [...disco.notas.keys()].filter((nota) => ['alta', 'llave', 'licencia'].includes(nota)),
    [],
  )
  assert.is(valor(await replica.consultar({ coleccion: 'diario' })).length, 0)
})

test('[DI9] nothing is erased while something sold is not handed in', async () => {
  const { replica, servidor, disco } = await conAlta()
  valor(await replica.sincronizarAhora())
  servidor.fallar('/sync/diario', 'sin-red')
  const { hechoId } = valor(await replica.registrarVenta(venta(100)))
  const normal = servidor.fetch
  // A server gone wrong: of every chain it claims more than there is, so each try moves the sale to another chain and nothing arrives.
  servidor.fetch = (async (ruta: string, init?: RequestInit) => {
    if (!ruta.endsWith('/sync/diario')) return normal(ruta, init)
    if ((JSON.parse(String(init?.body)) as { cuerpos: unknown[] }).cuerpos.length > 0) throw new TypeError('fetch failed')
    return Response.json({
      success: true,
      data: { recibidoHasta: 999, esperado: 1_000, hora: servidor.hora(), revocado: true },
      message: '',
    })
  }) as typeof globalThis.fetch
  for (let i = 0; i < 3; i++) assert.is.not(codigo(await replica.sincronizarAhora()), null)
  assert.ok(disco.notas.has('alta'))
  assert.is(valor(await replica.pendientes()).filter(({ tipo }) => tipo === 'venta').length, 1)
  servidor.fetch = normal
  servidor.revocado = true
  for (let i = 0; i < 5 && disco.notas.has('alta'); i++) await replica.sincronizarAhora()
  assert.is(disco.notas.has('alta'), false)
  assert.ok([...servidor.cadenas.values()].flatMap(sobres).some((s) => s?.id === hechoId))
})

test('a tab that did not hear of the revocation sells nothing once another one did', async () => {
  const { replica, disco } = await conAlta()
  disco.notas.set('revocadoAt', 1) // as the other tab notes it
  assert.is(codigo(await replica.registrarVenta(venta(100))), 'DISPOSITIVO_REVOCADO')
  assert.is((await replica.estado()).fase, 'revocado')
})

test('a 401 asks for a new session and never touches what is pending', async () => {
  const { replica, servidor } = await conAlta()
  valor(await replica.registrarVenta(venta(100)))
  servidor.fallar('/sync/diario', { status: 500 }, { status: 500 }, { status: 500 })
  servidor.fallar('/sync/pull/articulos', { status: 401, code: 'SESION_VENCIDA' })
  for (let i = 0; codigo(await replica.sincronizarAhora()) !== null && i < 10; i++);
  assert.is(valor(await replica.pendientes()).length, 0)
  assert.ok(servidor.rutas.filter((ruta) => ruta === '/api/dispositivos/sesion').length >= 2)
})

test('[LI2] the event `revocado` also ends a session that ran out: nothing is erased on its word', async () => {
  const { replica, servidor, disco } = await conAlta()
  const normal = servidor.fetch
  let streams = 0
  servidor.fetch = (async (ruta: string, init?: RequestInit) => {
    if (!ruta.endsWith('/sync/stream') || ++streams > 1) return normal(ruta, init)
    return new Response('event: revocado\ndata: {}\n\n')
  }) as typeof globalThis.fetch
  valor(await replica.sincronizarAhora())
  for (let i = 0; i < 200 && streams < 1; i++) await new Promise((resolver) => setTimeout(resolver, 5))
  valor(await replica.sincronizarAhora())
  assert.ok(disco.notas.has('alta'))
  assert.ok(valor(await replica.registrarVenta(venta(100))).folio)
})

test('a full disk: DISCO_LLENO, nothing confirmed is lost, and the next sale takes the folio that was not used', async () => {
  const { replica, disco } = await conAlta()
  valor(await replica.registrarVenta(venta(100)))
  const sanar = romperEscritura(disco, async () => {
    throw Object.assign(new Error('transaction aborted'), { name: 'AbortError', inner: { name: 'QuotaExceededError' } })
  })
  assert.is(codigo(await replica.registrarVenta(venta(200))), 'DISCO_LLENO')
  sanar()
  assert.is(valor(await replica.registrarVenta(venta(300))).folio, 'C1-000002')
})

test('a platform that says "written" and wrote nothing: GUARDADO_FALLIDO', async () => {
  const { replica, disco } = await conAlta()
  const sanar = romperEscritura(disco, async () => ({ error: [] }))
  assert.is(codigo(await replica.registrarVenta(venta(200))), 'GUARDADO_FALLIDO')
  sanar()
  assert.is(valor(await replica.registrarVenta(venta(300))).folio, 'C1-000001')
})

test('a platform that commits and then fails: the sale is there, so it is confirmed', async () => {
  const { replica, disco } = await conAlta()
  const sanar = romperEscritura(disco, async (escribir) => {
    await escribir()
    throw new Error('the answer was lost')
  })
  const hecho = valor(await replica.registrarVenta(venta(200)))
  sanar()
  assert.is(hecho.folio, 'C1-000001')
  assert.is(valor(await replica.registrarVenta(venta(300))).folio, 'C1-000002')
})

test('two tabs on one journal: every sale has its own number, folios without gaps', async () => {
  const { replica, disco } = await conAlta()
  // A second database of the same name in one realm is refused by RxDB; the other tab is played by what it would have left on disk.
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  const [ultimo] = (await disco.instancias.get('diario')!.findDocumentsById([`${cadenaId}|0000000001`], false)) as unknown as Record<
    string,
    unknown
  >[]
  const ajeno = { ...ultimo, id: `${cadenaId}|0000000002`, seq: 2, folioNumero: 2, cuerpo: '{}', hash: 'f'.repeat(64), _rev: '1-otra' }
  await disco.instancias.get('diario')!.bulkWrite([{ document: ajeno as never }], 'otra pestaña')
  const hecho = valor(await replica.registrarVenta(venta(200)))
  assert.equal([hecho.seq, hecho.folio], [3, 'C1-000003'])
  const [renglon] = (await disco.instancias.get('diario')!.findDocumentsById([`${cadenaId}|0000000003`], false)) as unknown as {
    prevHash: string
  }[]
  assert.is(renglon?.prevHash, 'f'.repeat(64))
})

test('a second tab does not sync: REPLICA_EN_OTRA_PESTANA, until it takes over', async () => {
  const { replica, disco } = await conAlta()
  let soltar = () => {}
  void disco.candados
    .pedir(`${disco.nombre}-lider`, { robar: true }, () => new Promise<void>((resolver) => (soltar = resolver)))
    .catch(() => {}) // robbed in turn
  await new Promise((resolver) => setTimeout(resolver, 5))
  assert.is(codigo(await replica.sincronizarAhora()), 'REPLICA_EN_OTRA_PESTANA')
  assert.is((await replica.estado()).lider, false)
  await replica.alHacerseVisible()
  assert.is(codigo(await replica.sincronizarAhora()), null)
  soltar()
})

test('exported pending entries are signed requests the server takes as they are', async () => {
  const { replica, servidor } = await conAlta()
  servidor.fallar('/sync/diario', ...Array<'sin-red'>(20).fill('sin-red'))
  const { cadenaId } = valor(await replica.registrarVenta(venta(100)))
  const archivo = JSON.parse(valor(await replica.exportarPendientes())) as { pedidos: unknown[] }
  await replica.cerrar()
  servidor.fallar('/sync/diario')
  const llega = unServidorQueRecibe(servidor)
  for (const pedido of archivo.pedidos) await llega(pedido)
  assert.is(servidor.cadenas.get(cadenaId)?.length, 2)
})

test('a lost enrolment answer: the same link and key are asked again', async () => {
  const { abrir, servidor } = mundo()
  servidor.fallar('/api/dispositivos/alta', 'respuesta-perdida')
  const replica = abrir()
  assert.is(codigo(await replica.darDeAlta('0123456789abcdef0123456789', 'T')), 'SIN_CONEXION')
  assert.is(valor(await replica.darDeAlta('0123456789abcdef0123456789', 'T')).serie, 'C1')
  assert.is(valor(await replica.registrarVenta(venta(100))).folio, 'C1-000001')
  valor(await replica.sincronizarAhora())
})

test('[PU6] a protocol too old to pull still hands in its journal', async () => {
  const { replica, servidor } = await conAlta()
  servidor.fallar('/sync/pull/veredictos', ...Array<{ status: number; code: string }>(9).fill({ status: 426, code: 'PROTOCOLO_ANTERIOR' }))
  assert.is(codigo(await replica.sincronizarAhora()), 'PROTOCOLO_ANTERIOR')
  const hecho = valor(await replica.registrarVenta(venta(100)))
  assert.is(codigo(await replica.sincronizarAhora()), 'PROTOCOLO_ANTERIOR')
  assert.is(servidor.cadenas.get(hecho.cadenaId)?.length, 2)
  assert.is((await replica.estado()).fase, 'atencion')
})

test('acknowledged entries older than 35 days go, the last of the chain stays, and the folio goes on', async () => {
  const { replica, reloj, servidor, abrir } = await conAlta()
  for (const monto of [100, 200, 300]) valor(await replica.registrarVenta(venta(monto)))
  valor(await replica.sincronizarAhora())
  await replica.cerrar()
  reloj.avanzar(36 * 24 * 3_600_000)
  servidor.licencia.venceAt = reloj.wall + 72 * 3_600_000
  const otra = abrir()
  valor(await otra.sincronizarAhora())
  assert.equal(
    valor(await otra.consultar({ coleccion: 'diario' })).map((d) => d.seq),
    [3],
  )
  assert.is(valor(await otra.registrarVenta(venta(400))).folio, 'C1-000004')
  valor(await otra.sincronizarAhora())
  assert.is([...servidor.cadenas.values()][0]?.length, 5)
  // [DI5] A server restored from an old backup asks for them back: what is gone is declared, what is left arrives.
  servidor.cadenas.clear()
  valor(await otra.sincronizarAhora())
  assert.equal(
    [...servidor.cadenas.values()][0]?.map((cuerpo) => cuerpo !== null),
    [false, false, false, true, true],
  )
})

test('a platform that cannot keep a private key gets a JWK, and signs with it after a restart', async () => {
  const { reloj, disco, servidor } = mundo()
  const puertos = puertosDePrueba(disco, (ruta, init) => servidor.fetch(ruta, init), reloj)
  const notas = { ...puertos.notas }
  notas.escribir = async (llave, nota) => {
    if (llave === 'llave' && (nota as { privada?: unknown }).privada) throw Object.assign(new Error('no'), { name: 'DataCloneError' })
    return puertos.notas.escribir(llave, nota)
  }
  for (let vez = 0; vez < 2; vez++) {
    const replica = crearReplica({ ...puertos, notas })
    abiertas.push(replica)
    valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Teléfono'))
    valor(await replica.registrarVenta(venta(100)))
    valor(await replica.sincronizarAhora())
    await replica.cerrar()
  }
  assert.is((disco.notas.get('llave') as { jwk?: { kty?: string } }).jwk?.kty, 'EC')
  assert.is([...servidor.cadenas.values()][0]?.length, 3)
})

function unServidorQueRecibe(servidor: ReturnType<typeof unServidor>) {
  return async (pedido: unknown) => {
    for (let i = 0; i < 40; i++) {
      const respuesta = await servidor
        .fetch('https://servidor.prueba/sync/diario', { method: 'POST', body: JSON.stringify(pedido) })
        .catch(() => null)
      if (respuesta?.ok) return
    }
    throw new Error('never received')
  }
}
/** The next writes of the journal go through `con`, until the returned function heals the disk. */
function romperEscritura(disco: ReturnType<typeof unDisco>, con: (escribir: () => Promise<unknown>) => Promise<unknown>): () => void {
  const instancia = disco.instancias.get('diario')!
  const real = instancia.bulkWrite
  instancia.bulkWrite = ((...argumentos: Parameters<typeof real>) => con(() => real.apply(instancia, argumentos))) as never
  return () => {
    instancia.bulkWrite = real
  }
}
function borrarDeDisco(disco: ReturnType<typeof unDisco>, id: string): void {
  const estado = disco.storage.collectionStates.get(`${disco.nombre}--memory--diario--memory--0`)!
  estado.documents.delete(id)
  for (const indice of estado.byIndexArray) indice.docsWithIndex = indice.docsWithIndex.filter(([, fila]) => fila.id !== id)
}
function romperEnDisco(disco: ReturnType<typeof unDisco>, id: string): void {
  const fila = disco.storage.collectionStates.get(`${disco.nombre}--memory--diario--memory--0`)!.documents.get(id) as { cuerpo: string }
  fila.cuerpo = fila.cuerpo.slice(0, 40)
}

test.run()
