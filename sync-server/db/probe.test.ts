/** The boot probe on the embedded engine: every way of breaking it, one at a time. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Abierta, abrirEnMemoria } from './open-pglite.ts'
import { revisarAislamiento } from './probe.ts'
import { FILAS, ROTURAS } from './probe-casos.ts'

let base: Abierta
test.before(async () => {
  base = await abrirEnMemoria()
  await comoSuperusuario(FILAS)
})
test.after(() => base?.db.close())

async function comoSuperusuario(texto: string): Promise<void> {
  await base.sql.unsafe('set session authorization postgres')
  await base.sql.unsafe(texto)
  await base.sql.unsafe('set session authorization anunciaya_app')
}

/** The refusal's text, or '' when the server would start. */
const negativa = () =>
  revisarAislamiento(base.sql).then(
    () => '',
    (e) => `${e.code}: ${e.message}`,
  )

test('an untouched database is accepted', async () => {
  assert.is(await negativa(), '')
})

for (const { que, romper, componer, nombra } of ROTURAS)
  test(`refuses ${que}`, async () => {
    await comoSuperusuario(romper)
    const dicho = await negativa()
    await comoSuperusuario(componer)
    assert.match(dicho, /^BASE_INSEGURA/)
    assert.match(dicho, nombra)
    assert.is(await negativa(), '', 'and accepts it again once undone')
  })

test('refuses a session that stayed the superuser', async () => {
  await base.sql.unsafe('set session authorization postgres')
  const dicho = await negativa()
  await base.sql.unsafe('set session authorization anunciaya_app')
  assert.match(dicho, /BASE_INSEGURA.*postgres/)
})

test.run()
