/** The log tells an operator what happened, and nothing that a person said or a key opens. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { crearEmpleado } from './domain/empleados/crear.ts'
import { sinDatos } from './log.ts'
import type { DbDePrueba } from './testing/db.ts'
import { DiarioDePrueba } from './testing/diario.ts'
import { loginEmpleado } from './testing/empleado.ts'
import {
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
} from './testing/servidor.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let lineas: Record<string, unknown>[] = []

test.before(async () => {
  servidor = await createTestServer({
    log: { write: (linea: string) => void lineas.push(JSON.parse(linea)) },
    montar: (app, deps) => {
      const repetir = () =>
        deps.db.plataforma((sql) => sql`insert into secretos (nombre, huella) values ('zutano@example.mx', '4151234567')`)
      app.post('/api/prueba/doble', async (c) => c.json([await repetir(), await repetir()]))
      app.post('/api/prueba/valor', async (c) => c.json(await deps.db.plataforma((sql) => sql`select ${'zutano@example.mx'}::text::uuid`)))
    },
  })
})
test.after(() => servidor.cerrar())
test.before.each(() => {
  lineas = []
})

test('one line a request: its id, what was asked, what was answered and how long it took; none for who only looks whether it lives', async () => {
  const { cabeceras } = await pedir(servidor, '/api/auth/yo?token=secreto')
  for (const camino of ['/health', '/ready']) await pedir(servidor, camino)
  assert.is(lineas.length, 1)
  const [{ time, pid, ms, ...linea }] = lineas as [Record<string, unknown>]
  const requestId = cabeceras.get('x-request-id')
  assert.equal(linea, { level: 30, requestId, metodo: 'GET', ruta: '/api/auth/yo', estado: 401, msg: 'request' })
  assert.match(String(time), /^\d{4}-\d\d-\d\dT.*Z$/)
  assert.equal([typeof pid, typeof ms], ['number', 'number'])
})

test('no name, correo, phone, password, PIN, token, key or body, whatever was done and whatever failed', async () => {
  const secretos: string[] = []
  const persona = { correo: 'zutano@example.mx', contrasena: 'una frase muy larga', nombre: 'Zutano', apellidos: 'Mengano' }
  const entrada = await pedir<{ token: string }>(servidor, '/api/auth/registro', { cuerpo: persona })
  await pedir(servidor, '/api/auth/registro', { cuerpo: persona })
  await pedir(servidor, '/api/auth/login', { cuerpo: { ...persona, contrasena: 'otra que no es' } })
  await pedir(servidor, '/api/auth/yo', { token: entrada.cuerpo.data.token })
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const caja = negocio.cajas[0]!
  const sesion = await sesionDeDispositivo(servidor, caja)
  const empleado = { nombre: 'Perengano', nick: 'perengano', pin: '739154', telefono: '4151234567', sucursalId: negocio.sucursalId }
  await crearEmpleado(servidor.deps, negocio.negocioId, empleado)
  const turno = await loginEmpleado(servidor, caja, 'perengano', '739154')
  await loginEmpleado(servidor, caja, 'perengano', '111222')
  const cliente = await crearShopper(servidor, { nombre: 'Fulano' })
  const qr = await cliente.qr()
  const diario = new DiarioDePrueba(servidor, caja)
  await diario.abrir()
  await diario.vender({ qr, montoCentavos: 1_234_567, descripcion: 'pastel de bodas' })
  // No judge can read this one: it is marked, and an error is written.
  await diario.escribir('venta', { folio: 'x', contrasena: 'en un lugar equivocado' })
  await diario.subir()
  for (const camino of ['doble', 'valor']) assert.is((await pedir(servidor, `/api/prueba/${camino}`, { cuerpo: persona })).estado, 500)
  await servidor.fetch('http://localhost:8080/api/auth/login', {
    method: 'POST',
    body: '{"correo":"zutano',
    headers: { 'content-type': 'application/json' },
  })
  secretos.push(entrada.cuerpo.data.token, sesion.token, turno.cuerpo.data.token, qr, caja.clavePublica, negocio.dueno.contrasena)
  const escrito = lineas.map((linea) => JSON.stringify(linea)).join('\n')
  assert.ok(lineas.filter((linea) => linea.err).length >= 2 && escrito.includes('"code":"23505"'), 'what failed is there')
  for (const uno of [
    ...secretos,
    ...Object.values(persona),
    ...['739154', '111222', '4151234567', 'perengano', 'pastel', '1234567', 'lugar equivocado'],
  ])
    assert.not.ok(escrito.toLowerCase().includes(uno.toLowerCase()), `the log says ${uno}`)
})

test('of an error: what it is, where, and why it came; not the row it complains of', () => {
  const pg = Object.assign(new Error('invalid input syntax for type uuid: "zutano@example.mx"'), {
    name: 'PostgresError',
    code: '22P02',
    detail: 'Key (correo)=(zutano)',
  })
  const escrito = sinDatos(new Error('the sale could not be stored', { cause: pg })) as {
    message: string
    causa: { code: string; message: string }
  }
  assert.is(escrito.message, 'the sale could not be stored')
  assert.equal([escrito.causa.code, escrito.causa.message], ['22P02', 'invalid input syntax for type uuid: "…"'])
  assert.not.match(JSON.stringify(escrito), 'zutano')
  assert.is(sinDatos({ correo: 'zutano' }), 'object')
})

test.run()
