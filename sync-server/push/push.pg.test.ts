/** Notifications from two nodes at once, on a real PostgreSQL: each is sent once, and no node sends what the other has in hand. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openDb } from '../db/open.ts'
import { notificar } from '../domain/notificaciones/notificar.ts'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA } from '../testing/db.ts'
import { ServicioPushLocal } from '../testing/push-local.ts'
import { crearShopper, createTestServer, pedir, type ServidorDePrueba, tokenDeCuenta } from '../testing/servidor.ts'
import { enviarPendientes } from './enviar.ts'
import { llavePushDe } from './vapid.ts'

const servicio = await new ServicioPushLocal().abrir()
let nodos: ServidorDePrueba[] = []
test.before(async () => {
  const db = await abrirDbPgDePrueba()
  const env = { pushExtra: [servicio.origen] }
  nodos = [await createTestServer({ db, env })]
  nodos.push(await createTestServer({ db: await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA }), env }))
})
test.after(async () => {
  for (const nodo of nodos.reverse()) await nodo.cerrar()
  await servicio.cerrar()
})

test('two nodes that start at once have one key', async () => {
  const llaves = await Promise.all(nodos.map(({ deps }) => llavePushDe(deps)))
  assert.is(llaves[0]?.publica, llaves[1]?.publica)
})

test('twelve shoppers told by two nodes at once: each once', async () => {
  const [uno, otro] = nodos as [ServidorDePrueba, ServidorDePrueba]
  for (let i = 0; i < 12; i++) {
    const { usuarioId } = await crearShopper(uno)
    const token = await tokenDeCuenta(uno, usuarioId)
    assert.is((await pedir(uno, '/api/push/suscripciones', { token, cuerpo: servicio.navegador() })).estado, 200)
    // Both are asked to tell it: one does.
    const avisos = nodos.map(({ deps }) =>
      notificar(deps, usuarioId, { tipo: 'cupon_nuevo', clave: 'c', nombre: `Cupón ${i}`, negocioNombre: 'Roma' }),
    )
    assert.equal((await Promise.all(avisos)).sort(), [false, true])
  }
  const vueltas = [uno, otro, uno, otro].map(({ deps }) => enviarPendientes(deps))
  assert.is(
    (await Promise.all(vueltas)).reduce((suma, dados) => suma + dados, 0),
    12,
  )
  assert.equal(servicio.quejas, [])
  assert.is(new Set(servicio.recibidos.map(({ navegador }) => navegador)).size, 12)
  assert.is(servicio.recibidos.length, 12)
})

test.run()
