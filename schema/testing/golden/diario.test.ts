/**
 * Journals of released versions are read for ever: same texts, same hashes, same verdicts, same ledger. When this fails, tills in shops can no longer
 * hand in what they sold, or would be paid differently; the code is wrong, not the files. `GOLDEN=escribir` makes files that do not exist yet.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../core/canonico.ts'
import { importarPublica } from '../../core/firma.ts'
import { aBase64, sha256 } from '../../core/ids.ts'
import { juzgar, nuevosCambios } from '../../domain/hechos/juzgar.ts'
import type { EvidenciaQr, Libro } from '../../domain/hechos/libro.ts'
import { type Entrada, sobre } from '../../domain/hechos/sobre.ts'
import { DATOS_POR_TIPO } from '../../domain/hechos/tipos.ts'
import { verificarQr } from '../../domain/tarjetas/qr.ts'
import { CADENA, CAJA, CLIENTE, unLibro } from '../constructores.ts'
import { CADENA_NUEVA, CARD_ID, componerDiario, KID } from './guion.ts'

const DIARIO = new URL('./diario-v1.jsonl', import.meta.url)
const ESPERADO = new URL('./diario-v1.json', import.meta.url)

if (process.env.GOLDEN === 'escribir' && !existsSync(DIARIO)) await escribir()
const cuerpos = readFileSync(DIARIO, 'utf8').trimEnd().split('\n')
const esperado = JSON.parse(readFileSync(ESPERADO, 'utf8')) as Awaited<ReturnType<typeof leer>> & Preparacion

interface Preparacion {
  /** The platform's public key when these cards were issued, base64. */
  emisora: string
  recibidoAt: number[]
}

/** Everything that reading a journal gives. */
async function leer(lineas: string[], { emisora, recibidoAt }: Preparacion) {
  const libro = unLibro()
  libro.cadenas.set(CADENA_NUEVA, { cadenaId: CADENA_NUEVA, dispositivoId: CAJA, ultimoEffAt: 0, hueco: false })
  const cambios = nuevosCambios()
  const llaves = new Map([[KID, await importarPublica(emisora)]])
  const hashes: string[] = []
  for (const [n, cuerpo] of lineas.entries()) {
    const leido = sobre.parse(JSON.parse(cuerpo))
    const hash = await sha256(cuerpo)
    hashes.push(hash)
    const entrada: Entrada = { n, cadenaId: leido.cadenaId, seq: leido.seq, hash, recibidoAt: recibidoAt[n] ?? 0, sobre: leido }
    await reunirEvidencia(libro, entrada, llaves)
    juzgar(libro, cambios, entrada)
    const veredicto = cambios.veredictos.get(`${leido.cadenaId}|${leido.seq}`)
    if (veredicto?.estado === 'sin_procesar') libro.nombradas.set(`${leido.cadenaId}|${leido.seq}`, { ...entrada, effAt: veredicto.effAt })
  }
  const { transacciones, clientes, saldos, retenciones } = libro
  return {
    hashes,
    veredictos: [...cambios.veredictos.values()],
    ledger: { transacciones: [...transacciones.values()], clientes: [...clientes.values()], saldos: [...saldos.values()], retenciones: [...retenciones.values()].flat() },
    historial: cambios.historial,
    avisos: cambios.avisos,
    eventos: cambios.eventos,
  }
}

async function reunirEvidencia(libro: Libro, entrada: Entrada, llaves: Map<number, CryptoKey>): Promise<void> {
  const qr = (entrada.sobre.datos as { qr?: string | null }).qr
  if (!qr) return
  const verificado = await verificarQr(qr, llaves)
  const persona = { usuarioId: CLIENTE, alias: 'Ana L.' }
  const evidencia: EvidenciaQr = verificado && verificado.cardId === CARD_ID ? { ...verificado, ...persona, valida: true } : { valida: false }
  libro.evidencias.set(qr, evidencia)
}

async function escribir(): Promise<void> {
  const { renglones, emisora } = await componerDiario()
  const preparacion = {
    emisora: aBase64(new Uint8Array(await globalThis.crypto.subtle.exportKey('raw', emisora))),
    recibidoAt: renglones.map((r) => r.recibidoAt),
  }
  const lineas = renglones.map((r) => r.cuerpo)
  writeFileSync(DIARIO, `${lineas.join('\n')}\n`)
  writeFileSync(ESPERADO, `${JSON.stringify({ ...preparacion, ...(await leer(lineas, preparacion)) }, null, 1)}\n`)
}

test('the golden journal holds every kind of hecho', () => {
  const tipos = new Set(cuerpos.map((cuerpo) => sobre.parse(JSON.parse(cuerpo)).tipo))
  for (const tipo of Object.keys(DATOS_POR_TIPO)) assert.ok(tipos.has(tipo), tipo)
})

test('its texts are canonical, and today the same text is written', () => {
  for (const cuerpo of cuerpos) assert.is(textoCanonico(sobre.parse(JSON.parse(cuerpo))), cuerpo)
})

test('its chains are unbroken: seq from 0, each entry naming the hash of the one before', async () => {
  const cabezas = new Map<string, { seq: number; hash: string }>()
  for (const cuerpo of cuerpos) {
    const { cadenaId, seq, prevHash } = sobre.parse(JSON.parse(cuerpo))
    assert.equal([seq, prevHash], [(cabezas.get(cadenaId)?.seq ?? -1) + 1, cabezas.get(cadenaId)?.hash ?? ''])
    cabezas.set(cadenaId, { seq, hash: await sha256(cuerpo) })
  }
  assert.ok((cabezas.get(CADENA)?.seq ?? 0) > 10)
})

test('hashes, verdicts and ledger are what they were', async () => {
  const { emisora, recibidoAt, ...pinned } = esperado
  const hoy = JSON.parse(JSON.stringify(await leer(cuerpos, { emisora, recibidoAt })))
  assert.equal(hoy.hashes, pinned.hashes)
  assert.equal(soloLoFijado(hoy, pinned), pinned)
})

/** What is compared: later releases may add fields to a row, never change or drop one. */
function soloLoFijado(hoy: unknown, fijado: unknown): unknown {
  if (Array.isArray(hoy)) return Array.isArray(fijado) ? hoy.map((uno, i) => soloLoFijado(uno, fijado[i])) : hoy
  if (typeof hoy !== 'object' || hoy === null || typeof fijado !== 'object' || fijado === null) return hoy
  const campos = Object.entries(hoy).filter(([campo]) => Object.hasOwn(fijado, campo))
  return Object.fromEntries(campos.map(([campo, valor]) => [campo, soloLoFijado(valor, (fijado as Record<string, unknown>)[campo])]))
}

test('the script of the journal still composes it, signatures of QRs apart', async () => {
  const sinQr = (cuerpo: string) => cuerpo.replace(/"qr":"[^"]*"/, '"qr":"-"').replace(/"prevHash":"[^"]*"/, '')
  const { renglones } = await componerDiario()
  assert.equal(renglones.map((r) => sinQr(r.cuerpo)), cuerpos.map(sinQr))
})

test.run()
