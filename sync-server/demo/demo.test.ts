import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MINUTO } from '../../schema/core/tiempo.ts'
import { verificarQr } from '../../schema/domain/tarjetas/qr.ts'
import type { DbDePrueba } from '../testing/db.ts'
import { createTestServer, pedir, type ServidorDePrueba } from '../testing/servidor.ts'
import { crearMundoDemo, esDemo } from './crear.ts'
import { montarDemo } from './rutas.ts'
import { crearTelefonos } from './telefonos.ts'

let servidor: ServidorDePrueba<DbDePrueba>

test.before(async () => {
  servidor = await createTestServer({ montar: montarDemo, env: { demo: undefined } })
})
test.after(() => servidor.cerrar())

const con = (env: Partial<typeof servidor.deps.env>) => ({ ...servidor.deps, env: { ...servidor.deps.env, ...env } })

test('an empty embedded database is a demo; a real one only when asked', async () => {
  assert.ok(await esDemo(servidor.deps))
  assert.not.ok(await esDemo(con({ databaseUrl: 'postgres://h/db' })))
  assert.ok(await esDemo(con({ databaseUrl: 'postgres://h/db', demo: true })))
  assert.not.ok(await esDemo(con({ demo: false })))
})

const contar = async () => {
  const [fila] = await servidor.db.superusuario`
    select (select count(*) from usuarios)::int as usuarios, (select count(*) from negocios)::int as negocios,
      (select count(*) from negocio_sucursales)::int as sucursales, (select count(*) from articulos)::int as articulos,
      (select count(*) from empleados)::int as empleados, (select count(*) from configuraciones)::int as versiones`
  return fila
}

test('the world of design 01 is made, and finished by the next start when one was killed halfway', async () => {
  await crearMundoDemo(servidor.deps)
  const completo = await contar()
  assert.equal(completo, { usuarios: 8, negocios: 3, sucursales: 4, articulos: 51, empleados: 2, versiones: 3 })
  await servidor.db.superusuario.begin(async (sql) => {
    await sql`delete from empleados where nick = 'lucia'`
    await sql`delete from articulos where negocio_id = (select negocio_id from negocios where codigo_caja = 'gym-fitness')`
    await sql`delete from negocio_cuentas where papel = 'gerente'`
  })
  await crearMundoDemo(servidor.deps)
  assert.equal(await contar(), completo)
  await crearMundoDemo(servidor.deps)
  assert.equal(await contar(), completo)
  assert.ok(await esDemo(servidor.deps), 'it is still a demo at the next start')
})

test('what a point costs is each negocio’s own', async () => {
  const filas = await servidor.db.superusuario`
    select n.codigo_caja, c.valor_punto_centavos from configuraciones c join negocios n using (negocio_id) order by n.numero`
  assert.equal(
    filas.map((f) => [f.codigoCaja, f.valorPuntoCentavos]),
    [
      ['pizzeria-roma', 1_000],
      ['cafe-central', 500],
      ['gym-fitness', 2_000],
    ],
  )
})

test('the printed credentials log in, each as who it says', async () => {
  type Cuenta = { correo: string; contrasena: string; papel: string }
  const { cuentas } = (await pedir<{ cuentas: Cuenta[] }>(servidor, '/api/demo')).cuerpo.data
  assert.is(cuentas.length, 8)
  for (const { correo, contrasena } of cuentas) {
    const r = await pedir<{ token: string }>(servidor, '/api/auth/login', { cuerpo: { correo, contrasena } })
    assert.is(r.estado, 200, correo)
    const yo = await pedir<{ negocios: { papel: string; nombre: string }[]; nivelCardya: string; esSuperadmin: boolean }>(
      servidor,
      '/api/auth/yo',
      {
        token: r.cuerpo.data.token,
      },
    )
    if (correo === 'dueno@pizzeriaroma.mx')
      assert.equal(
        yo.cuerpo.data.negocios.map((n) => [n.papel, n.nombre]),
        [['dueno', 'Pizzería Roma']],
      )
    if (correo === 'gerente@pizzeriaroma.mx') assert.is(yo.cuerpo.data.negocios[0]?.papel, 'gerente')
    if (correo === 'juan@example.mx') assert.is(yo.cuerpo.data.nivelCardya, 'oro')
    assert.is(yo.cuerpo.data.esSuperadmin, correo === 'admin@anunciaya.mx')
  }
})

test('the demo tells the key of each account, for the one tap', async () => {
  const { cuentas } = (await pedir<{ cuentas: { clave: string }[] }>(servidor, '/api/demo')).cuerpo.data
  assert.equal(
    cuentas.map((c) => c.clave),
    ['roma', 'norte', 'cafe', 'gym', 'juan', 'ana', 'maria', 'admin'],
  )
})

test('a demo link is a real one; an unknown sucursal is not found', async () => {
  const r = await pedir<{ token: string }>(servidor, '/api/demo/enlace', { cuerpo: { negocio: 'pizzeria-roma', sucursal: 'Centro' } })
  assert.is(r.cuerpo.data.token.length, 22)
  const [fila] = await servidor.db.superusuario`select count(*)::int as cuantos from enlaces_alta`
  assert.is(fila.cuantos, 1)
  assert.is((await pedir(servidor, '/api/demo/enlace', { cuerpo: { sucursal: 'Sur' } })).estado, 404)
})

test('a demo QR is fresh and valid, its counter never repeats, also over a restart', async () => {
  const pedirQr = async () => (await pedir<{ qr: string }>(servidor, '/api/demo/qr', { cuerpo: { shopper: 'ana' } })).cuerpo.data.qr
  const leer = async (qr: string) => (await verificarQr(qr, servidor.deps.llaves.porKid))!
  const [a, b] = [await leer(await pedirQr()), await leer(await pedirQr())]
  assert.is(a.nivel, 'plata')
  assert.is(a.tsMs, servidor.reloj.ahora())
  assert.ok(b.ctr > a.ctr)
  servidor.reloj.avanzar(MINUTO)
  const reiniciado = await leer(await crearTelefonos(servidor.deps).qr('ana'))
  assert.is(reiniciado.llave, a.llave, 'the same phone')
  assert.ok(reiniciado.ctr > b.ctr)
  assert.is((await pedir(servidor, '/api/demo/qr', { cuerpo: { shopper: 'nadie' } })).cuerpo.campo, 'shopper')
})

test('outside the demo these paths do not exist', async () => {
  const serio = await createTestServer()
  assert.is((await pedir(serio, '/api/demo')).cuerpo.code, 'NO_ENCONTRADO')
  assert.is((await pedir(serio, '/api/demo/enlace', { cuerpo: {} })).cuerpo.code, 'NO_ENCONTRADO')
  await serio.cerrar()
})

test.run()
