/**
 * Journals of released versions are read for ever: same texts, same hashes, same verdicts, same ledger. When this fails, tills in shops can no longer
 * hand in what they sold, or would be paid differently; the code is wrong, not the files. `GOLDEN=escribir` makes files that do not exist yet. Two figures of a
 * client that pay nobody, `visitas` and `gastadoCentavos`, were put right in them once (decision 0042).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { textoCanonico } from '../../core/canonico.ts'
import { aBase64, sha256 } from '../../core/ids.ts'
import { sobre } from '../../domain/hechos/sobre.ts'
import { DATOS_POR_TIPO, type TipoDeHecho } from '../../domain/hechos/tipos.ts'
import { CADENA } from '../constructores.ts'
import { componerDiario, type DiarioCompuesto } from './guion.ts'
import { componerDiarioV2 } from './guion-v2.ts'
import { componerDiarioV3 } from './guion-v3.ts'
import { componerDiarioV4 } from './guion-v4.ts'
import { leer, type Preparacion } from './lectura.ts'

const GUIONES: (() => Promise<DiarioCompuesto>)[] = [componerDiario, componerDiarioV2, componerDiarioV3, componerDiarioV4]
const DORADOS = await Promise.all(GUIONES.map((componer, i) => abrir(i + 1, componer)))

async function abrir(version: number, componer: () => Promise<DiarioCompuesto>) {
  const [diario, pinned] = ['jsonl', 'json'].map((tipo) => new URL(`./diario-v${version}.${tipo}`, import.meta.url)) as [URL, URL]
  if (process.env.GOLDEN === 'escribir' && !existsSync(diario)) await escribir(diario, pinned, await componer())
  const cuerpos = readFileSync(diario, 'utf8').trimEnd().split('\n')
  const esperado = JSON.parse(readFileSync(pinned, 'utf8')) as Awaited<ReturnType<typeof leer>> & Preparacion
  return { version, componer, cuerpos, esperado }
}

async function escribir(diario: URL, pinned: URL, { renglones, emisora, ...reglas }: DiarioCompuesto): Promise<void> {
  const preparacion = {
    emisora: aBase64(new Uint8Array(await globalThis.crypto.subtle.exportKey('raw', emisora))),
    recibidoAt: renglones.map((r) => r.recibidoAt),
    ...reglas,
  }
  const lineas = renglones.map((r) => r.cuerpo)
  writeFileSync(diario, `${lineas.join('\n')}\n`)
  writeFileSync(pinned, `${JSON.stringify({ ...preparacion, ...(await leer(lineas, preparacion)) }, null, 1)}\n`)
}

/** Of an object, or of one of several (`turno`). */
interface Forma {
  shape?: object
  options?: { shape?: object }[]
}

test('the golden journals hold every kind of hecho, and every field of each', () => {
  const sobres = DORADOS.flatMap(({ cuerpos }) => cuerpos.map((cuerpo) => sobre.parse(JSON.parse(cuerpo))))
  for (const [tipo, forma] of Object.entries(DATOS_POR_TIPO) as [TipoDeHecho, Forma][]) {
    const campos = new Set(sobres.filter((s) => s.tipo === tipo).flatMap((s) => Object.keys(s.datos as object)))
    for (const { shape } of forma.options ?? [forma])
      for (const campo of Object.keys(shape ?? {})) assert.ok(campos.has(campo), `${tipo}.${campo}`)
  }
})

for (const { version, componer, cuerpos, esperado } of DORADOS) {
  test(`v${version}: its texts are canonical, and today the same text is written`, () => {
    for (const cuerpo of cuerpos) assert.is(textoCanonico(sobre.parse(JSON.parse(cuerpo))), cuerpo)
  })

  test(`v${version}: its chains are unbroken: seq from 0, each entry naming the hash of the one before`, async () => {
    const cabezas = new Map<string, { seq: number; hash: string }>()
    for (const cuerpo of cuerpos) {
      const { cadenaId, seq, prevHash } = sobre.parse(JSON.parse(cuerpo))
      assert.equal([seq, prevHash], [(cabezas.get(cadenaId)?.seq ?? -1) + 1, cabezas.get(cadenaId)?.hash ?? ''])
      cabezas.set(cadenaId, { seq, hash: await sha256(cuerpo) })
    }
    assert.ok((cabezas.get(CADENA)?.seq ?? 0) > 10)
  })

  test(`v${version}: hashes, verdicts and ledger are what they were`, async () => {
    const { emisora, recibidoAt, configuraciones = [], ...pinned } = esperado
    const hoy = JSON.parse(JSON.stringify(await leer(cuerpos, { emisora, recibidoAt, configuraciones })))
    assert.equal(hoy.hashes, pinned.hashes)
    assert.equal(soloLoFijado(hoy, pinned), pinned)
  })

  test(`v${version}: the script of the journal still composes it, signatures of QRs apart`, async () => {
    const sinQr = (cuerpo: string) => cuerpo.replace(/"qr":"[^"]*"/, '"qr":"-"').replace(/"prevHash":"[^"]*"/, '')
    const { renglones } = await componer()
    assert.equal(
      renglones.map((r) => sinQr(r.cuerpo)),
      cuerpos.map(sinQr),
    )
  })
}

/** What is compared: later releases may add fields to a row, never change or drop one. */
function soloLoFijado(hoy: unknown, fijado: unknown): unknown {
  if (Array.isArray(hoy)) return Array.isArray(fijado) ? hoy.map((uno, i) => soloLoFijado(uno, fijado[i])) : hoy
  if (typeof hoy !== 'object' || hoy === null || typeof fijado !== 'object' || fijado === null) return hoy
  const campos = Object.entries(hoy).filter(([campo]) => Object.hasOwn(fijado, campo))
  return Object.fromEntries(campos.map(([campo, valor]) => [campo, soloLoFijado(valor, (fijado as Record<string, unknown>)[campo])]))
}

test.run()
