import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openDb } from '../db/open.ts'
import { crearMundoDemo } from '../demo/crear.ts'
import { abrirDbPgDePrueba, CLAVE_DE_PRUEBA, type DbPgDePrueba } from '../testing/db.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../testing/servidor.ts'

let db: DbPgDePrueba
let uno: ServidorDePrueba
let dos: ServidorDePrueba

test.before(async () => {
  db = await abrirDbPgDePrueba()
  const otra = await openDb({ databaseUrl: db.databaseUrl, secretKey: CLAVE_DE_PRUEBA })
  ;[uno, dos] = await Promise.all([createTestServer({ db }), createTestServer({ db: otra })])
})
test.after(async () => {
  await dos.cerrar()
  await uno.cerrar()
})

test('two nodes that start at once have one issuing key', async () => {
  assert.is(uno.deps.llaves.actual.publicaBase64, dos.deps.llaves.actual.publicaBase64)
  assert.is((await db.superusuario`select * from llaves_plataforma`).length, 1)
})

test('two nodes make one demo world', async () => {
  await Promise.all([crearMundoDemo(uno.deps), crearMundoDemo(dos.deps)])
  const [fila] = await db.superusuario`
    select (select count(*) from usuarios)::int as usuarios, (select count(*) from negocios)::int as negocios,
      (select count(*) from articulos)::int as articulos, (select count(*) from empleados)::int as empleados`
  assert.equal(fila, { usuarios: 8, negocios: 3, articulos: 51, empleados: 2 })
})

test('forty tills enrolled through both nodes at once get forty series', async () => {
  const negocio = await crearNegocioDePrueba(uno)
  const altas = await Promise.all(Array.from({ length: 40 }, (_, i) => altaDeCaja(i % 2 ? uno : dos, negocio)))
  assert.equal(
    altas.map((a) => Number(a.serie.slice(1))).sort((a, b) => a - b),
    Array.from({ length: 40 }, (_, i) => i + 1),
  )
})

test('negocios created at once get numbers of their own', async () => {
  const dueno = await crearCuentaDePrueba(uno)
  const creados = await Promise.all([uno, dos, uno, dos, uno].map((nodo) => crearNegocioDePrueba(nodo, { dueno })))
  assert.is(new Set(creados.map((n) => n.numero)).size, 5)
})

test('a device revoked on one node is out on the other', async () => {
  const negocio = await crearNegocioDePrueba(uno, { cajas: 1 })
  const caja = negocio.cajas[0]!
  const { token } = await sesionDeDispositivo(dos, caja)
  const baja = await pedir(uno, `/api/negocios/${negocio.negocioId}/dispositivos/${caja.dispositivoId}/baja`, {
    token: await tokenDeCuenta(uno, negocio.dueno.usuarioId),
    cuerpo: { motivo: 'robada' },
  })
  assert.is(baja.estado, 200)
  assert.is((await pedir(dos, '/api/auth/yo', { token })).cuerpo.code, 'DISPOSITIVO_REVOCADO')
})

test('guesses at one password through both nodes are counted together', async () => {
  const { correo } = await crearCuentaDePrueba(uno)
  const intentos = Array.from({ length: 10 }, (_, i) =>
    pedir(i % 2 ? uno : dos, '/api/auth/login', { cuerpo: { correo, contrasena: 'equivocada!' } }).then((r) => r.cuerpo.code),
  )
  assert.is((await Promise.all(intentos)).filter((c) => c === 'CREDENCIALES').length, 5)
})

test('changes of the rules at once are versions in order, without a hole', async () => {
  const negocio = await crearNegocioDePrueba(uno)
  const token = await tokenDeCuenta(uno, negocio.dueno.usuarioId)
  const cambios = Array.from({ length: 8 }, (_, i) =>
    pedir(i % 2 ? uno : dos, `/api/negocios/${negocio.negocioId}/configuracion`, { token, cuerpo: { valorPuntoCentavos: 500 + i } }),
  )
  assert.equal(new Set((await Promise.all(cambios)).map((r) => r.estado)), new Set([200]))
  const filas =
    await db.superusuario`select version, vigente_at from configuraciones where negocio_id = ${negocio.negocioId} order by version`
  assert.equal(
    filas.map((f) => f.version),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
  assert.ok(filas.every((f, i) => i === 0 || f.vigenteAt > filas[i - 1].vigenteAt))
})

test.run()
