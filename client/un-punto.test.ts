/** One point is said as one, in every catalogue of texts that counts them. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { falta } from './apps/scanya/textos-de-lo-que-falta.ts'
import { venta } from './apps/scanya/textos-de-venta.ts'
import { t as cobro } from './apps/scanya/venta/textos.ts'
import { t as revision } from './apps/studio/por-revisar/textos.ts'
import { t as recompensas } from './apps/studio/recompensas/textos.ts'
import { t as cardya } from './cardya-widget/textos.ts'
import { t as canjes } from './cardya-widget/textos-de-canjes.ts'
import { t as ticket } from './cardya-widget/textos-de-ticket.ts'
import { t as clientes } from './domain/clientes/textos.ts'
import { t as conflictos } from './domain/conflictos/textos.ts'
import { t as retenidas } from './domain/revision/textos.ts'
import { t as mostrador } from './domain/revision/textos-de-mostrador.ts'

const CATALOGOS = { falta, venta, cobro, revision, recompensas, cardya, canjes, ticket, clientes, conflictos, retenidas, mostrador }
const MAL = /\b1 (puntos|apartados|vencen)|[Tt]us 1 |son 1 |quedan 1 |apartan 1 /

const dicho = (texto: unknown, uno: number | string): string => {
  try {
    return String((texto as (...partes: unknown[]) => string)(uno, uno, uno))
  } catch {
    return '' // it takes something else
  }
}

test('one point is said as one, on every screen', () => {
  let contados = 0
  for (const [nombre, catalogo] of Object.entries(CATALOGOS))
    for (const [clave, texto] of Object.entries(catalogo)) {
      if (typeof texto !== 'function') continue
      // Some take the number, some how it is written.
      const dichos = [1, '1'].map((uno) => dicho(texto, uno))
      if (dichos.some((dicho) => /\b1 punto\b/.test(dicho))) contados++
      assert.ok(
        dichos.some((dicho) => !MAL.test(dicho)),
        `${nombre}.${clave}: ${dichos[0]}`,
      )
    }
  assert.ok(contados >= 20, `${contados} texts count points`)
})

test.run()
