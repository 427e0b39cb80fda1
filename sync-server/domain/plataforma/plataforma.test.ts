import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { MINUTO } from '../../../schema/core/tiempo.ts'
import { flusherDe } from '../../sync/flusher.ts'
import { DiarioDePrueba } from '../../testing/diario.ts'
import {
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  createTestServer,
  pedir,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../../testing/servidor.ts'
import type { EstadoDePlataforma } from './equipos.ts'

const servidor = await createTestServer()
test.after(() => servidor.cerrar())
const RUTA = '/api/admin/dispositivos'

async function tokenDeSuperadmin(): Promise<string> {
  const { usuarioId } = await crearCuentaDePrueba(servidor)
  await servidor.db.superusuario`update usuarios set es_superadmin = true where id = ${usuarioId}`
  return tokenDeCuenta(servidor, usuarioId)
}

test('only a superadmin sees every tenant: a dueño, a shopper, a till and nobody do not', async () => {
  const negocio = await crearNegocioDePrueba(servidor, { cajas: 1 })
  const codigo = async (token?: string) => {
    const r = await pedir(servidor, RUTA, token ? { token } : {})
    return [r.estado, r.cuerpo.code]
  }
  assert.equal(await codigo(await tokenDeCuenta(servidor, negocio.dueno.usuarioId)), [403, 'SIN_PERMISO'])
  const shopper = await crearCuentaDePrueba(servidor)
  assert.equal(await codigo(await tokenDeCuenta(servidor, shopper.usuarioId)), [403, 'SIN_PERMISO'])
  assert.equal(await codigo((await sesionDeDispositivo(servidor, negocio.cajas[0]!)).token), [403, 'SIN_PERMISO'])
  assert.equal(await codigo(), [401, 'SESION_REQUERIDA'])
})

test('what each till last said of itself, those with the oldest sale first; one that never spoke is there too', async () => {
  const token = await tokenDeSuperadmin()
  const [a, b] = [await crearNegocioDePrueba(servidor), await crearNegocioDePrueba(servidor)]
  const ahora = servidor.reloj.ahora()
  const decir = async (negocio: typeof a, masAntiguoAt: number | null, pendientes: number) => {
    const diario = new DiarioDePrueba(servidor, await altaDeCaja(servidor, negocio))
    await diario.abrir()
    // A till counts before it sends: the entry it hands in now is among those that wait.
    const estado = { pendientes: pendientes + 1, masAntiguoAt, offset: -1_500, almacenBytes: 2_000, versionApp: '0.1.0' }
    await diario.enviar(await diario.pedido(0, 1, { estado }))
    return diario.caja.dispositivoId
  }
  const reciente = await decir(a, ahora - MINUTO, 1)
  const vieja = await decir(b, ahora - 60 * MINUTO, 14)
  const callada = (await altaDeCaja(servidor, b)).dispositivoId
  await flusherDe(servidor.deps).vaciar()
  const { data } = (await pedir<EstadoDePlataforma>(servidor, RUTA, { token })).cuerpo
  const ids = data.equipos.map((e) => e.id)
  assert.equal(ids.slice(0, 2), [vieja, reciente])
  const primera = data.equipos[0]!
  assert.equal(
    [primera.negocioId, primera.pendientes, primera.offsetMs, primera.versionApp, primera.recibidos, primera.ultimoContactoAt],
    [b.negocioId, 14, -1_500, '0.1.0', 1, ahora],
  )
  const muda = data.equipos.find((e) => e.id === callada)!
  assert.equal([muda.ultimoContactoAt, muda.pendientes, muda.recibidos], [null, null, 0])
  assert.is(data.nodos.length, 1)
  servidor.reloj.avanzar(2 * MINUTO)
  assert.equal((await pedir<EstadoDePlataforma>(servidor, RUTA, { token })).cuerpo.data.nodos, [], 'a node that is silent is not alive')
})

test.run()
