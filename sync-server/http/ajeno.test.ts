/** What somebody without rights is told, where it takes more than a request: keys, chains, replicas. Every route by itself: rutas.test.ts. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { firmarTexto } from '../../schema/core/firma.ts'
import { uuidv7 } from '../../schema/core/ids.ts'
import { crearEmpleado } from '../domain/empleados/crear.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { darCuentaDeGerente } from '../testing/gerente.ts'
import {
  altaDeCaja,
  crearNegocioDePrueba,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from '../testing/servidor.ts'

let servidor: ServidorDePrueba
let propio: NegocioDePrueba
let ajeno: NegocioDePrueba
let tokens: Record<'nadie' | 'dueno' | 'gerente' | 'caja' | 'studio', string>
let empleadoAjeno: string
const NADA = uuidv7(1)

test.before(async () => {
  servidor = await createTestServer()
  propio = await crearNegocioDePrueba(servidor, { cajas: 1, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  ajeno = await crearNegocioDePrueba(servidor, { cajas: 1 })
  empleadoAjeno = (await crearEmpleado(servidor.deps, ajeno.negocioId, { nombre: 'Otro', nick: 'otro' })).id
  const studio = await altaDeCaja(servidor, propio, { tipo: 'studio', sucursalId: null })
  const gerente = await darCuentaDeGerente(servidor, propio.negocioId, propio.sucursales[1]!.id)
  tokens = {
    nadie: '',
    dueno: await tokenDeCuenta(servidor, propio.dueno.usuarioId),
    gerente: await tokenDeCuenta(servidor, gerente),
    caja: (await sesionDeDispositivo(servidor, propio.cajas[0]!)).token,
    studio: (await sesionDeDispositivo(servidor, studio)).token,
  }
})
test.after(() => servidor.cerrar())

type Pedido = Parameters<typeof pedir>[2]
/** Status, code and sentence: all that an answer says apart from its request id. */
async function respuesta(camino: string, pedido: Pedido): Promise<string> {
  const { estado, cuerpo } = await pedir(servidor, camino, pedido)
  return [estado, cuerpo.code, cuerpo.message, cuerpo.campo, JSON.stringify(cuerpo.data)].join(' | ')
}

const enlace = (sucursalId: string) => ({ tipo: 'caja', nombre: 'X', sucursalId })
test('an employee may have the id that one of another negocio has: ids are of their negocio', async () => {
  const cuerpo = { id: empleadoAjeno, nombre: 'Mío', nick: 'otro' }
  const r = await pedir<{ id: string }>(servidor, `/api/negocios/${propio.negocioId}/empleados`, { token: tokens.dueno, cuerpo })
  assert.equal([r.estado, r.cuerpo.data.id], [200, empleadoAjeno])
})

test('a gerente is told the same of the other sucursal as of none, and cannot change the rules', async () => {
  const token = tokens.gerente
  const base = `/api/negocios/${propio.negocioId}`
  const baja = (id: string) => respuesta(`${base}/dispositivos/${id}/baja`, { token, cuerpo: { motivo: 'x' } })
  assert.is(await baja(propio.cajas[0]!.dispositivoId), await baja(NADA))
  const alta = (sucursalId: string | null) => respuesta(`${base}/dispositivos/enlaces`, { token, cuerpo: { ...enlace(''), sucursalId } })
  assert.is(await alta(propio.sucursalId), await alta(NADA))
  assert.is(await alta(propio.sucursalId), await alta(null))
  assert.match(await respuesta(`${base}/configuracion`, { token, cuerpo: { valorPuntoCentavos: 500 } }), '403')
})

test('a device that exists, one of another and none give one answer to whoever has not its key', async () => {
  const caja = ajeno.cajas[0]!
  const otra = propio.cajas[0]!
  const sesion = async (dispositivoId: string) => {
    const { cuerpo } = await pedir<{ reto: string }>(servidor, '/api/dispositivos/reto', { cuerpo: { dispositivoId } })
    const { reto } = cuerpo.data
    const firma = await firmarTexto(otra.par.privateKey, 'CYA1|sesion', `${dispositivoId}|${reto}`)
    return respuesta('/api/dispositivos/sesion', { cuerpo: { dispositivoId, reto, firma } })
  }
  assert.is(await sesion(caja.dispositivoId), await sesion(NADA))
  const subir = async (dispositivoId: string) => {
    const diario = new DiarioDePrueba(servidor, { ...otra, dispositivoId })
    await diario.abrir()
    return respuesta('/sync/diario', { cuerpo: await diario.pedido() })
  }
  assert.is(await subir(caja.dispositivoId), await subir(NADA))
  const archivo = (dispositivoId: string) =>
    respuesta('/sync/diario/archivo', {
      token: tokens.dueno,
      cuerpo: { formato: 'anunciaya-pendientes', v: 1, dispositivoId, pedidos: [], firma: 'AAAA' },
    })
  assert.is(await archivo(caja.dispositivoId), await archivo(NADA))
})

test('a chain of another negocio is nothing: the same id is a new chain here, and theirs stays theirs', async () => {
  const suyo = new DiarioDePrueba(servidor, ajeno.cajas[0]!)
  await suyo.abrir()
  await suyo.subir()
  const mio = new DiarioDePrueba(servidor, propio.cajas[0]!, suyo.cadenaId)
  await mio.abrir()
  assert.is((await mio.enviar(await mio.pedido(0, 0))).cuerpo.data.esperado, 0)
  assert.is((await mio.subir()).esperado, 1)
})

test('what a till or a Studio pulls has no phone, correo, PIN or password in it, from the snapshot or from the log', async () => {
  const cuerpo = { nombre: 'Con datos', nick: 'condatos', pin: '482913', telefono: '4151234567' }
  const datos = await Promise.all(['caja', 'studio'].map((quien) => checkpoints(quien as 'caja' | 'studio')))
  await pedir(servidor, `/api/negocios/${propio.negocioId}/empleados`, {
    token: tokens.dueno,
    cuerpo: { ...cuerpo, sucursalId: propio.sucursalId },
  })
  for (const { quien, colecciones } of datos)
    for (const [coleccion, checkpoint] of Object.entries(colecciones))
      for (const desde of ['', `?checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}`]) {
        const r = await pedir(servidor, `/sync/pull/${coleccion}${desde}`, { token: tokens[quien] })
        const texto = JSON.stringify(r.cuerpo.data)
        if (coleccion === 'config') assert.match(texto, 'condatos')
        for (const personal of ['4151234567', '482913', 'telefono', 'correo', '@example.mx', 'pin', 'hash', 'argon2', 'contrasena'])
          assert.not.ok(texto.toLowerCase().includes(personal.toLowerCase()), `${quien} ${coleccion} ${personal}`)
      }
})

async function checkpoints(quien: 'caja' | 'studio') {
  const colecciones: Record<string, unknown> = {}
  for (const coleccion of ['veredictos', 'articulos', 'clientes', 'transacciones', 'config', ...(quien === 'studio' ? ['avisos'] : [])])
    colecciones[coleccion] = (
      await pedir<{ checkpoint: unknown }>(servidor, `/sync/pull/${coleccion}`, { token: tokens[quien] })
    ).cuerpo.data.checkpoint
  return { quien, colecciones }
}

test.run()
