/** Lockouts with real concurrency: a right try deletes the row that a wrong one is about to count in. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { abrirDbPgDePrueba, type DbPgDePrueba } from '../testing/db.ts'
import { anotarIntento, olvidarIntentos } from './bloqueos.ts'
import { anotarIntentoDePin, olvidarIntentosDePin } from './bloqueos-pin.ts'

const NEGOCIO = '018f0000-0000-7000-8000-000000000001'
let db: DbPgDePrueba
test.before(async () => {
  db = await abrirDbPgDePrueba()
})
test.after(() => db.close())

const esRechazo = (error: unknown) => {
  if (!(error instanceof Rechazo)) throw error
}

test('[TU3] tries and right PINs of one nick at once: counted or refused, never a fault of ours', async () => {
  const deps = { db, now: () => Date.UTC(2026, 10, 21) }
  for (let ronda = 0; ronda < 30; ronda++) {
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        i % 2
          ? olvidarIntentosDePin(deps, NEGOCIO, 'carlos').then(() => olvidarIntentos(deps, 'a@example.mx'))
          : anotarIntentoDePin(deps, NEGOCIO, 'carlos').catch(esRechazo),
      ).concat(Array.from({ length: 4 }, () => anotarIntento(deps, 'a@example.mx').catch(esRechazo))),
    )
  }
})

test('[TU3] twenty wrong PINs at once through many connections: five are looked at', async () => {
  const deps = { db, now: () => Date.UTC(2026, 10, 21) }
  const intentos = await Promise.allSettled(Array.from({ length: 20 }, () => anotarIntentoDePin(deps, NEGOCIO, 'maria')))
  assert.is(intentos.filter((i) => i.status === 'fulfilled').length, 5)
})

test.run()
