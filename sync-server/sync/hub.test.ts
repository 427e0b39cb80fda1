import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { comoHubDeProceso, crearHub } from './hub.ts'

test('[LI1] a publication reaches the subscribers of its stream and nobody else', () => {
  const hub = crearHub()
  const oidos: unknown[] = []
  const quitar = hub.suscribir('negocio:a', (x) => oidos.push(x))
  hub.suscribir('negocio:b', () => oidos.push('b'))
  hub.publicar('negocio:a', 4, ['articulos'])
  assert.equal(oidos, [{ seq: 4, colecciones: ['articulos'] }])
  assert.equal(hub.streamsOidos().sort(), ['negocio:a', 'negocio:b'])
  quitar()
  hub.publicar('negocio:a', 5, [])
  assert.is(oidos.length, 1)
  assert.equal(hub.streamsOidos(), ['negocio:b'])
})

test('a listener that throws does not keep the others from hearing', () => {
  const hub = crearHub()
  let oido = 0
  hub.alRevocar(() => {
    throw new Error('mine')
  })
  hub.alRevocar(() => oido++)
  hub.revocar('d')
  assert.is(oido, 1)
})

test('what comes from another node is delivered and not sent on', () => {
  const hub = crearHub()
  let salidas = 0
  let entregas = 0
  hub.alPublicar(() => salidas++)
  hub.alRevocarAqui(() => salidas++)
  hub.suscribir('s', () => entregas++)
  hub.alRevocar(() => entregas++)
  hub.publicarAjeno({ stream: 's', seq: 1, colecciones: [] })
  hub.revocarAjeno('d')
  assert.equal([entregas, salidas], [2, 0])
  assert.ok(comoHubDeProceso(hub))
})

test.run()
