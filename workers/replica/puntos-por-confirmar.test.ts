/** A client's balance on a till while a sale finds its way: pulled plus pending never dips and never doubles, whatever is pulled first. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import { comprimir } from '../../schema/domain/tarjetas/punto.ts'
import { emitirCertificado, firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import type { HechoGuardado, ReplicaApi, Respuesta } from './api.ts'
import { crearReplica } from './replica.ts'
import { puertosDePrueba, unDisco, unReloj } from './testing/puertos-de-prueba.ts'
import { type Servidor, unServidor } from './testing/servidor-guion.ts'

const CARD = '00000000deadbeef'
const CLIENTE = '01900000-0000-7000-8000-000000000201'
const KID = 3
const emisora = await generarParDeLlaves()
const publica = await exportarPublica(emisora.publicKey)
const version = {
  ...{ id: 'version:1', version: 1, participa: true, valorPuntoCentavos: 1_000, vigenteAt: 0 },
  ...{ multiplicadoresPct: { bronce: 100, plata: 125, oro: 150 }, umbrales: { plata: 5_000, oro: 15_000 } },
}

const abiertas: ReplicaApi[] = []
test.after.each(async () => {
  for (const replica of abiertas.splice(0)) await replica.cerrar()
})
const valor = <T>(respuesta: Respuesta<T>): T => {
  if (!respuesta.ok) throw new Error(`refused: ${respuesta.codigo} ${respuesta.campo ?? ''}`)
  return respuesta.valor
}

interface Mundo {
  servidor: Servidor
  replica: Required<ReplicaApi>
  reloj: ReturnType<typeof unReloj>
  /** Called before the server looks at a request, and once its answer is on its way. */
  espiar: { antes: (ruta: string) => void; despues: (ruta: string) => Promise<void> }
  /** Points the shop thinks of as the client's, and of them those to be confirmed. */
  saldo: () => Promise<[total: number, porConfirmar: number]>
  vender: (mas?: { montoCentavos: number }) => Promise<HechoGuardado>
}
/** A client with 340 points. A sale of $500 to a card of nivel oro promises 75. */
async function mundo(): Promise<Mundo> {
  const reloj = unReloj()
  const servidor = unServidor(() => reloj.wall)
  servidor.llaves = [{ kid: KID, publica }]
  servidor.paginaDe = 50
  const espiar: Mundo['espiar'] = { antes: () => {}, despues: async () => {} }
  const fetch = (async (ruta: string, init?: RequestInit) => {
    espiar.antes(new URL(ruta).pathname)
    const respuesta = await servidor.fetch(ruta, init)
    await espiar.despues(new URL(ruta).pathname)
    return respuesta
  }) as typeof globalThis.fetch
  const replica = crearReplica(puertosDePrueba(unDisco(), fetch, reloj)) as Required<ReplicaApi>
  abiertas.push(replica)
  const par = await generarParDeLlaves()
  const devPub = comprimir(new Uint8Array(await globalThis.crypto.subtle.exportKey('raw', par.publicKey)))
  const certificado = await emitirCertificado(emisora.privateKey, {
    kid: KID,
    cardId: CARD,
    notAfter: reloj.wall + 60 * DIA,
    nivel: 'oro',
    devPub,
  })
  let ctr = 0
  const mostrar = () => firmarQr(par.privateKey, certificado, { tsSegundos: Math.round(reloj.wall / 1_000), ctr: ++ctr, flags: 0 })
  servidor.poner('config', version)
  ponerSaldo(servidor, 340)
  valor(await replica.darDeAlta('0123456789abcdef0123456789', 'Tableta'))
  valor(await replica.sincronizarAhora())
  return {
    servidor,
    replica,
    reloj,
    espiar,
    async saldo() {
      const { cliente, porConfirmar } = valor(await replica.leerTarjeta(await mostrar()))
      return [(cliente?.puntosDisponibles ?? 0) + porConfirmar, porConfirmar]
    },
    async vender({ montoCentavos } = { montoCentavos: 50_000 }) {
      const comun = { metodoPago: 'efectivo' as const, descripcion: null, lineas: [], operador: null }
      return valor(await replica.registrarVenta({ ...comun, montoCentavos, qr: await mostrar() }))
    },
  }
}
function ponerSaldo(servidor: Servidor, puntosDisponibles: number): void {
  const comun = { usuarioId: CLIENTE, cardId: CARD, alias: 'Ana L.', nivelUltimaVisita: 'oro', visitas: 7, gastadoCentavos: 0 }
  const puntos = { puntosDisponibles, puntosRetenidos: 0, puntosAcumulados: 900 }
  servidor.poner('clientes', { id: CLIENTE, ...comun, primeraVisitaAt: 1, ultimaVisitaAt: Date.UTC(2026, 10, 20), ...puntos })
}
/** As the server does: the balance and then the verdict, in one transaction of its log. */
function juzgar(m: Mundo, { cadenaId, seq, hechoId }: HechoGuardado, saldo: number, mas: object = {}): void {
  ponerSaldo(m.servidor, saldo)
  const seqStream = m.servidor.seq() + 1
  const veredicto = {
    id: llaveDeRenglon(cadenaId, seq),
    cadenaId,
    seq,
    hechoId,
    tipo: 'venta',
    estado: 'aceptado',
    motivos: [],
    puntos: 75,
  }
  m.servidor.poner('veredictos', { ...veredicto, effAt: m.reloj.wall, hueco: false, seqStream, ...mas })
}
const cortar = (m: Mundo) => m.servidor.fallar('/sync/diario', ...Array<'sin-red'>(99).fill('sin-red'))

test('what was sold here counts at once, as to be confirmed; several sales add up', async () => {
  const m = await mundo()
  assert.equal(await m.saldo(), [340, 0])
  cortar(m)
  await m.vender()
  assert.equal(await m.saldo(), [415, 75])
  await m.vender({ montoCentavos: 10_000 })
  assert.equal(await m.saldo(), [430, 90])
})

for (const cuando of ['antes de bajar', 'entre los veredictos y los clientes'] as const)
  test(`judged ${cuando === 'antes de bajar' ? 'before the pull' : 'between the pull of verdicts and that of clients'}: the sum is the same at every step`, async () => {
    const m = await mundo()
    const hecho = await m.vender()
    const vistos = new Set<number>()
    let juzgado = false
    const juzgarYa = () => {
      if (!juzgado) juzgar(m, hecho, 415)
      juzgado = true
    }
    if (cuando === 'antes de bajar') juzgarYa()
    else m.servidor.conHermanas = false // or clientes, where nothing changed yet, would not be asked for
    m.espiar.antes = (ruta) => ruta === '/sync/pull/clientes' && juzgarYa()
    m.espiar.despues = async (ruta) => {
      if (ruta.startsWith('/sync/')) vistos.add((await m.saldo())[0])
    }
    for (let vez = 0; vez < 3; vez++) {
      valor(await m.replica.sincronizarAhora())
      vistos.add((await m.saldo())[0])
    }
    assert.equal([...vistos], [415])
    assert.equal(await m.saldo(), [415, 0])
  })

test('a page of clients waits for the verdicts up to its seq, and asks for them only when they are behind', async () => {
  const m = await mundo()
  const hecho = await m.vender()
  valor(await m.replica.sincronizarAhora())
  m.servidor.conHermanas = false
  let juzgado = false
  m.espiar.antes = (ruta) => {
    if (ruta === '/sync/pull/clientes' && !juzgado) juzgar(m, hecho, 415)
    if (ruta === '/sync/pull/clientes') juzgado = true
  }
  m.servidor.rutas.length = 0
  valor(await m.replica.sincronizarAhora())
  assert.is(m.servidor.rutas.filter((ruta) => ruta === '/sync/pull/veredictos').length, 2)
  m.servidor.rutas.length = 0
  valor(await m.replica.sincronizarAhora())
  assert.is(m.servidor.rutas.filter((ruta) => ruta === '/sync/pull/veredictos').length, 1)
})

test('the verdict is here and the balance is not yet: what was granted counts, not what was promised', async () => {
  const m = await mundo()
  const hecho = await m.vender()
  juzgar(m, hecho, 410, { puntos: 70 })
  m.servidor.fallar('/sync/pull/clientes', 'sin-red', 'sin-red', 'sin-red', 'sin-red')
  await m.replica.sincronizarAhora()
  for (let i = 0; i < 100 && (await m.saldo())[1] !== 70; i++) await new Promise((listo) => setTimeout(listo, 10))
  assert.equal(await m.saldo(), [410, 70])
})

test('held points are in nobody’s balance', async () => {
  const m = await mundo()
  const hecho = await m.vender()
  juzgar(m, hecho, 340, { estado: 'retenido', motivos: [{ regla: 'R16', codigo: 'limite' }] })
  valor(await m.replica.sincronizarAhora())
  assert.equal(await m.saldo(), [340, 0])
})

test('R6: a refund and a cancellation that wait here take their points off, of what is pending and of what is settled', async () => {
  const m = await mundo()
  const asentada = await m.vender()
  juzgar(m, asentada, 415)
  valor(await m.replica.sincronizarAhora())
  cortar(m)
  const pendiente = await m.vender()
  assert.equal(await m.saldo(), [490, 75])
  const comun = { motivo: 'Cambio', operador: null }
  valor(await m.replica.registrarReembolso({ transaccionId: asentada.hechoId, montoCentavos: 25_000, ...comun }))
  assert.equal(await m.saldo(), [453, 38])
  valor(await m.replica.registrarAnulacion({ transaccionId: pendiente.hechoId, ...comun }))
  assert.equal(await m.saldo(), [378, -37])
})

test('a client this till knows nothing of yet has what was sold here', async () => {
  const m = await mundo()
  m.servidor.quitar('clientes', CLIENTE)
  valor(await m.replica.sincronizarAhora())
  cortar(m)
  await m.vender()
  assert.equal(await m.saldo(), [75, 75])
})

test('a sale of long ago whose verdict went by date is not promised anew', async () => {
  const m = await mundo()
  const hecho = await m.vender()
  valor(await m.replica.sincronizarAhora())
  m.reloj.avanzar(29 * DIA)
  assert.is((await m.saldo())[1], 75)
  m.reloj.avanzar(2 * DIA)
  assert.is((await m.saldo())[1], 0)
  assert.ok(hecho)
})

test.run()
