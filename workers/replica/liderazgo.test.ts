import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { crearLiderazgo } from './liderazgo.ts'
import { puertosDePrueba, unDisco } from './testing/puertos-de-prueba.ts'

const turno = () => new Promise<void>((resolver) => setTimeout(resolver, 5))
function dosPestanas() {
  const puertos = puertosDePrueba(unDisco(), () => Promise.reject(new Error('no network')))
  const historia: string[] = []
  const una = crearLiderazgo(puertos, (lidera) => historia.push(`una ${lidera}`))
  const otra = crearLiderazgo(puertos, (lidera) => historia.push(`otra ${lidera}`))
  return { una, otra, historia }
}

test('one of two tabs leads; when it closes the other takes its place', async () => {
  const { una, otra } = dosPestanas()
  una.pedir()
  assert.is(await una.esperar(100), true)
  otra.pedir()
  await turno()
  assert.equal([una.es(), otra.es()], [true, false])
  una.soltar()
  assert.is(await otra.esperar(100), true)
  otra.soltar()
})

test('a tab that becomes visible steals it, and the one robbed waits in line again', async () => {
  const { una, otra, historia } = dosPestanas()
  una.pedir()
  await una.esperar(100)
  otra.pedir()
  await turno()
  otra.robar()
  assert.is(await otra.esperar(100), true)
  await turno()
  assert.equal([una.es(), otra.es()], [false, true])
  otra.soltar()
  assert.is(await una.esperar(100), true)
  assert.equal(
    historia.filter((h) => h.startsWith('una')),
    ['una true', 'una false', 'una true'],
  )
  una.soltar()
})

test('waiting for what another holds ends in time', async () => {
  const { una, otra } = dosPestanas()
  una.pedir()
  await una.esperar(100)
  otra.pedir()
  assert.is(await otra.esperar(5), false)
  una.soltar()
  otra.soltar()
})

test.run()
