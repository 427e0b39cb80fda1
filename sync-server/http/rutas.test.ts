/**
 * Every route of the OpenAPI document, tried by everybody. A new route is tried by itself: what it must do is say who it is for (`paraQuien`), and
 * what its `:id` is of when that is something new (testing/rutas.ts).
 */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ACTORES, type Actor, crearDosMundos, DE_NADIE, type DosMundos } from '../testing/dos-mundos.ts'
import { hacer, type Ids, loQueDice, type Operacion, operacionesDe, pedidoDe, type Respuesta, type Variante } from '../testing/rutas.ts'
import { createTestServer, type ServidorDePrueba } from '../testing/servidor.ts'

let servidor: ServidorDePrueba
let mundos: DosMundos
let operaciones: Operacion[]
test.before(async () => {
  const propio = await createTestServer()
  servidor = propio
  mundos = await crearDosMundos(propio)
  operaciones = await operacionesDe(servidor)
})
test.after(() => servidor?.cerrar())

/** What a route is about besides the ids of its path: each is tried. */
const VARIANTES: Record<string, (ids: Ids) => Variante[]> = {
  'get /sync/pull/{coleccion}': () =>
    [
      ...['veredictos', 'articulos', 'clientes', 'transacciones', 'canjes', 'cupones', 'cuponUsuarios', 'recompensas'],
      ...['avisos', 'config', 'mias', 'nada'],
    ].map((coleccion) => ({ camino: { coleccion } })),
  'post /sync/push/{coleccion}': (ids) => [
    { camino: { coleccion: 'articulos' } },
    { camino: { coleccion: 'avisos' }, cuerpo: { filas: [{ nuevo: { id: ids.aviso }, asumido: null }] } },
  ],
  'post /api/scanya/validar-cupon': (ids) => [{ cuerpo: { cuponId: ids.cupon } }, { cuerpo: { codigo: ids.codigoDeCupon } }],
  'get /v1/shape': (ids) =>
    ['articulos', 'transacciones', 'avisos', 'dispositivos', 'negocios', 'veredictos', 'nodos', 'pulso', 'nada'].flatMap((table) => [
      { consulta: { table, offset: '-1' } },
      { consulta: { table, offset: '-1', negocio: ids.negocio } as Record<string, string> },
    ]),
}
const variantesDe = (op: Operacion, ids: Ids): Variante[] => VARIANTES[op.nombre]?.(ids) ?? [{}]

/** These show what is public to anybody: that it exists is no secret, what is beside it is. */
const PUBLICAS = new Set([
  ...['get /imagenes/{negocioId}/{hash}', 'get /api/negocios/publico/{codigo}', 'post /api/articulos/{id}/vista'],
  // A shopper may buy anywhere.
  ...['get /api/cardya/recompensas/{negocioId}', 'post /api/cardya/canjear'],
])
const PUBLICOS = ['Zapatería Victoria', 'Centro', 'Norte']

/** Whom a session does not change: the rest of them would be the same request. */
const quienesPrueban = (op: Operacion): readonly Actor[] => (op.paraQuien.includes('nadie') ? ['nadie', 'dueno'] : ACTORES)
const puede = (op: Operacion, quien: Actor): boolean =>
  op.paraQuien.includes(quien) || (op.paraQuien.includes('cuenta') && ['superadmin', 'dueno', 'gerente'].includes(quien))
/** The platform's own people look into every negocio, on the routes that are theirs. */
const veTodo = (op: Operacion, quien: Actor) => quien === 'superadmin' && op.paraQuien.includes('superadmin')

async function cadaRuta(fn: (op: Operacion, quien: Actor, token: string) => Promise<void>): Promise<void> {
  for (const quien of ACTORES) {
    let token = await mundos.token(quien)
    for (const op of operaciones) {
      if (!quienesPrueban(op).includes(quien)) continue
      await fn(op, quien, token)
      // It ends the session that asks.
      if (op.camino === '/api/auth/logout') token = await mundos.token(quien)
    }
  }
}

function exigirSinSecretos(op: Operacion, quien: Actor, { texto, cabeceras }: Respuesta, enviados: Ids): void {
  const dicho = [texto, ...[...cabeceras].flat()].join('\n')
  const suyos = new Set([...Object.values(enviados), ...(PUBLICAS.has(op.nombre) ? PUBLICOS : [])])
  for (const secreto of mundos.secretos)
    if (!suyos.has(secreto)) assert.not.ok(dicho.includes(secreto), `${op.nombre} tells ${quien} of another negocio: ${secreto}`)
}

/** The same answer about a thing of another as about nothing. What was made in between may change it: then it is what nothing is told now. */
async function igualQueNada(op: Operacion, quien: Actor, token: string, ajenos: Ids, deNadie: Ids): Promise<void> {
  const deReales = variantesDe(op, ajenos)
  for (const [i, variante] of variantesDe(op, deNadie).entries()) {
    const sobreNada = async () => loQueDice(await hacer(servidor, pedidoDe(op, deNadie, variante), token), deNadie)
    const antes = await sobreNada()
    const real = await hacer(servidor, pedidoDe(op, ajenos, deReales[i]), token)
    exigirSinSecretos(op, quien, real, ajenos)
    if (PUBLICAS.has(op.nombre)) continue
    const dice = loQueDice(real, ajenos)
    if (dice === antes) continue
    assert.is(dice, await sobreNada(), `${op.nombre} lets ${quien} know that something of another exists`)
  }
}

test('whoever a route is not for is refused, by everything that is the own negocio’s too', async () => {
  await cadaRuta(async (op, quien, token) => {
    if (puede(op, quien) || op.paraQuien.includes('nadie')) return
    for (const variante of variantesDe(op, mundos.propio.ids)) {
      const { estado, code } = await hacer(servidor, pedidoDe(op, mundos.propio.ids, variante), token)
      const bien = quien === 'nadie' ? estado === 401 && code === 'SESION_REQUERIDA' : [401, 403, 404].includes(estado)
      assert.ok(bien, `${op.nombre} is not for ${quien} (see its paraQuien) and answered ${estado} ${code}`)
    }
  })
})

test('to everybody, what is of another negocio is what does not exist: same status, headers and body, and no word of it', async () => {
  await cadaRuta(async (op, quien, token) => {
    if (!veTodo(op, quien)) await igualQueNada(op, quien, token, mundos.ajeno.ids, DE_NADIE)
  })
})

test('inside the own negocio too: an id of another there is an id of nobody', async () => {
  const dePropio = ({ negocio }: Ids, resto: Ids): Ids => ({ ...resto, negocio })
  const { ids } = mundos.propio
  await cadaRuta(async (op, quien, token) => {
    if (veTodo(op, quien) || quien === 'nadie' || op.paraQuien.includes('nadie')) return
    await igualQueNada(op, quien, token, dePropio(ids, mundos.ajeno.ids), dePropio(ids, DE_NADIE))
  })
})

test('to a gerente, what is of the other sucursal is what does not exist', async () => {
  const { ids } = mundos.propio
  const token = await mundos.token('gerente')
  // The catálogo and its pictures are of the whole negocio; the rest of these are of a sucursal.
  const [deCentro, deNadie] = [DE_NADIE, DE_NADIE].map((resto, i): Ids => {
    const { sucursal, dispositivo, empleado, transaccion, aviso, cadena, licencia } = i === 0 ? ids : resto
    return { ...DE_NADIE, negocio: ids.negocio, sucursal, dispositivo, empleado, transaccion, aviso, cadena, licencia }
  }) as [Ids, Ids]
  for (const op of operaciones) if (!op.paraQuien.includes('nadie')) await igualQueNada(op, 'gerente', token, deCentro, deNadie)
})

const PUERTA = new Set(['SESION_REQUERIDA', 'SESION_VENCIDA', 'SIN_PERMISO', 'DISPOSITIVO_REQUERIDO', 'DISPOSITIVO_REVOCADO'])

test('whoever a route is for passes its door: the table tells the truth', async () => {
  const { ids, negocio } = mundos.propio
  await cadaRuta(async (op, quien, token) => {
    if (!op.paraQuien.includes(quien) || quien === 'nadie') return
    const sucursal = quien === 'gerente' ? negocio.sucursales[1]!.id : ids.sucursal
    const suyos = { ...DE_NADIE, negocio: ids.negocio, sucursal }
    const codigos: (string | undefined)[] = []
    for (const variante of variantesDe(op, suyos)) codigos.push((await hacer(servidor, pedidoDe(op, suyos, variante), token)).code)
    assert.ok(
      codigos.some((code) => !code || !PUERTA.has(code)),
      `${op.nombre} says it is for ${quien} and answers ${codigos.join()}`,
    )
    assert.not.ok(codigos.includes('INTERNAL'), `${op.nombre} breaks for ${quien}`)
  })
})

test.run()
