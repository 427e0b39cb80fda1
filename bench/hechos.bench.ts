/** What a device does to write a hecho, and what the server does to receive and judge it, without disk or network. */
import { textoCanonico } from '../schema/core/canonico.ts'
import { exportarPublica, firmarTexto, generarParDeLlaves, importarPublica, verificarTexto } from '../schema/core/firma.ts'
import { sha256 } from '../schema/core/ids.ts'
import { Mesa, unaVenta } from '../schema/testing/constructores.ts'
import type { Measure } from './measure.ts'

const LOTE = 100

export async function measures(): Promise<Measure[]> {
  const sobre = new Mesa().entrada('venta', unaVenta()).sobre
  const texto = textoCanonico(sobre)
  const par = await generarParDeLlaves()
  const publica = await exportarPublica(par.publicKey)
  const llave = await importarPublica(publica)
  const firma = await firmarTexto(par.privateKey, 'CYA1|diario', texto)
  return [
    { name: 'canonical text of a venta', unit: 'hechos', unitsPerTurn: LOTE, turn: () => repeat(() => textoCanonico(sobre)) },
    { name: 'hash of its text', unit: 'hechos', unitsPerTurn: 1, turn: () => sha256(texto) },
    { name: 'sign a head', unit: 'heads', unitsPerTurn: 1, turn: () => firmarTexto(par.privateKey, 'CYA1|diario', texto) },
    { name: 'verify a head, key at hand', unit: 'heads', unitsPerTurn: 1, turn: () => verificarTexto(llave, 'CYA1|diario', texto, firma) },
    {
      name: 'verify a head, key imported',
      unit: 'heads',
      unitsPerTurn: 1,
      turn: async () => verificarTexto(await importarPublica(publica), 'CYA1|diario', texto, firma),
    },
    { name: `judge ${LOTE} ventas on an empty ledger`, unit: 'hechos', unitsPerTurn: LOTE, turn: judgeBatch },
  ]
}

function judgeBatch(): void {
  const mesa = new Mesa()
  for (let n = 1; n <= LOTE; n++) mesa.juzgar('venta', unaVenta({ folio: `C1-${String(n).padStart(6, '0')}` }))
}

function repeat(once: () => unknown): void {
  for (let n = 0; n < LOTE; n++) once()
}
