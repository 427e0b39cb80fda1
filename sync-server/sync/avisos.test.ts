import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Doc, sellar } from '../../schema/merge/campos.ts'
import type { ArticuloDoc, AvisoDoc, TransaccionDoc } from '../../schema/protocol/documentos.ts'
import type { Documento, RespuestaPull } from '../../schema/protocol/pull.ts'
import type { RespuestaPush } from '../../schema/protocol/push.ts'
import { type ArticuloNuevo, crearArticulos } from '../domain/articulos/crear.ts'
import type { DbDePrueba } from '../testing/db.ts'
import { DiarioDePrueba } from '../testing/diario.ts'
import { darCuentaDeGerente } from '../testing/gerente.ts'
import {
  altaDeCaja,
  type CajaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  createTestServer,
  type NegocioDePrueba,
  pedir,
  type ServidorDePrueba,
  sesionDeDispositivo,
} from '../testing/servidor.ts'

let servidor: ServidorDePrueba<DbDePrueba>
let roma: NegocioDePrueba
let centro: string
let norte: string

test.before(async () => {
  servidor = await createTestServer()
})
test.before.each(async () => {
  roma = await crearNegocioDePrueba(servidor, { sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  ;[centro, norte] = roma.sucursales.map((s) => s.id) as [string, string]
})
test.after(() => servidor.cerrar())

type Equipo = CajaDePrueba & { token: string }
async function enrolar(tipo: 'caja' | 'studio', nombre: string, sucursalId: string | null, cuenta?: string): Promise<Equipo> {
  const dueno = { ...roma.dueno, ...(cuenta ? { usuarioId: cuenta } : {}) }
  const alta = await altaDeCaja(servidor, { ...roma, dueno }, { tipo, nombre, sucursalId })
  return { ...alta, token: (await sesionDeDispositivo(servidor, alta)).token }
}

/** A replica in one line: what it holds after pulling, and where it stands. */
class Copia {
  docs = new Map<string, Documento>()
  #checkpoint: unknown = null
  readonly #de: Equipo
  readonly #coleccion: string
  constructor(de: Equipo, coleccion: string) {
    this.#de = de
    this.#coleccion = coleccion
  }
  async bajar<T = ArticuloDoc>(): Promise<T[]> {
    for (let hayMas = true; hayMas; ) {
      const consulta = `checkpoint=${encodeURIComponent(JSON.stringify(this.#checkpoint))}`
      const { cuerpo } = await pedir<RespuestaPull>(servidor, `/sync/pull/${this.#coleccion}?${consulta}`, { token: this.#de.token })
      if (!cuerpo.data) throw new Error(String(cuerpo.code))
      if (cuerpo.data.reiniciar) this.docs.clear()
      this.#checkpoint = cuerpo.data.reiniciar ? null : cuerpo.data.checkpoint
      for (const doc of cuerpo.data.documents) doc._deleted ? this.docs.delete(doc.id) : this.docs.set(doc.id, doc)
      hayMas = cuerpo.data.hayMas
    }
    return [...this.docs.values()] as unknown as T[]
  }
}

async function empujar(de: Equipo, coleccion: string, nuevo: unknown, asumido: unknown) {
  const { cuerpo, estado } = await pedir<RespuestaPush>(servidor, `/sync/push/${coleccion}`, {
    token: de.token,
    cuerpo: { filas: [{ nuevo, asumido }] },
  })
  return { estado, codigo: cuerpo.code, doc: cuerpo.data?.documentos[0] as unknown as Doc, rechazadas: cuerpo.data?.rechazadas }
}
const editar = (de: Equipo, doc: object, cambios: object, coleccion = 'articulos') =>
  empujar(de, coleccion, sellar(doc as Doc, cambios, servidor.reloj.ahora(), de.dispositivoId), doc)

const nuevo = async (cambios: Partial<ArticuloNuevo> = {}) => {
  const [doc] = await crearArticulos(
    servidor.deps,
    roma.negocioId,
    roma.dueno.usuarioId,
    [{ nombre: 'Pizza', precioCentavos: 100, ...cambios }],
    'Rosa',
  )
  servidor.reloj.avanzar(1_000)
  return doc as unknown as Doc & ArticuloDoc
}
const nombres = (docs: ArticuloDoc[]) => docs.map((d) => d.nombre).sort()

test('CAT-13: a till holds what is sold where it stands; what moves away leaves it by the log, what comes back returns', async () => {
  const caja = await enrolar('caja', 'Caja', centro)
  const studio = await enrolar('studio', 'Laptop', null)
  await nuevo({ nombre: 'Sin sucursal' })
  await nuevo({ nombre: 'Norte', sucursales: [norte] })
  let pizza: Doc = await nuevo({ nombre: 'Centro', sucursales: [centro] })
  const [enCaja, enStudio] = [new Copia(caja, 'articulos'), new Copia(studio, 'articulos')]
  assert.equal(nombres(await enCaja.bajar()), ['Centro', 'Sin sucursal'])
  assert.is((await enStudio.bajar()).length, 3)
  const mudar = async (cambios: object) => {
    servidor.reloj.avanzar(1_000)
    pizza = (await editar(studio, pizza, cambios)).doc
  }
  await mudar({ sucursales: [norte] })
  await mudar({ descripcion: 'al horno' }) // after it left, in the same pull
  assert.equal(nombres(await enCaja.bajar()), ['Sin sucursal'])
  await mudar({ sucursales: [norte, centro] })
  assert.equal(nombres(await enCaja.bajar()), ['Centro', 'Sin sucursal'])
  await mudar({ sucursales: [] })
  assert.equal(nombres(await enCaja.bajar()), ['Centro', 'Sin sucursal'])
  await mudar({ borrado: true })
  assert.equal(nombres(await enCaja.bajar()), ['Sin sucursal'])
  assert.is((await enStudio.bajar()).length, 3, 'a Studio keeps deletions, to undo them')
  assert.equal(nombres(await new Copia(caja, 'articulos').bajar()), ['Sin sucursal'])
})

test('CAT-13: the N:N table follows the field, and a sucursal of nobody gets no row', async () => {
  const studio = await enrolar('studio', 'Laptop', null)
  const pizza = await nuevo({ sucursales: [centro] })
  const filas = async () =>
    (await servidor.db.superusuario`select sucursal_id from articulo_sucursales where articulo_id = ${pizza.id} order by 1`).map(
      (f) => f.sucursalId,
    )
  assert.equal(await filas(), [centro])
  const otra = '018f0000-0000-7000-8000-00000000dead'
  const { doc } = await editar(studio, pizza, { sucursales: [norte, otra] })
  assert.equal([doc.sucursales, await filas()], [[norte, otra], [norte]])
  servidor.reloj.avanzar(1_000)
  await editar(studio, doc, { sucursales: [] })
  assert.equal(await filas(), [])
})

test('an articulo of a Studio of the first release has no sucursales or imagenes: nothing of theirs is lost by it', async () => {
  const studio = await enrolar('studio', 'Vieja', null)
  const pizza = await nuevo({ sucursales: [centro], imagenes: ['ab'.repeat(32)] })
  const { sucursales: _s, imagenes: _i, ...viejo } = pizza
  const sellos = Object.fromEntries(Object.entries(pizza.sellos).filter(([campo]) => !['sucursales', 'imagenes'].includes(campo)))
  const { doc } = await editar(studio, { ...viejo, sellos } as unknown as Doc, { precioCentavos: 200 })
  assert.equal([doc.precioCentavos, doc.sucursales, doc.imagenes], [200, [centro], ['ab'.repeat(32)]])
  assert.is((await new Copia(studio, 'avisos').bajar<AvisoDoc>()).length, 0)
})

/** Two Studios write one price without knowing of each other: the inbox row of it. */
async function unConflicto(a: Equipo, b: Equipo) {
  const pizza = await nuevo({ precioCentavos: 100 })
  await editar(a, pizza, { precioCentavos: 120 })
  servidor.reloj.avanzar(1_000)
  const { doc } = await editar(b, pizza, { precioCentavos: 150 })
  const [aviso] = await new Copia(a, 'avisos').bajar<AvisoDoc>()
  return { pizza: doc, aviso: aviso! }
}

test('[PS3] an inbox row tells base, mine and theirs, with who wrote each and where, as they were called then', async () => {
  const socia = await darCuentaDeGerente(servidor, roma.negocioId, norte)
  const [a, b] = [await enrolar('studio', 'Laptop Centro', null), await enrolar('studio', 'Laptop Norte', norte, socia)]
  const { aviso } = await unConflicto(a, b)
  const { datos } = aviso
  assert.equal([aviso.tipo, aviso.regla, datos.campo, datos.nombre], ['conflicto', 'R7', 'precioCentavos', 'Pizza'])
  assert.equal([datos.base, datos.valor, datos.valorGanador], [100, 120, 150])
  assert.match(String(datos.quien), /^Dueño/)
  assert.match(String(datos.quienGanador), /^Gerente/)
  assert.equal([datos.equipo, datos.equipoGanador], ['Laptop Centro', 'Laptop Norte'])
  assert.equal([aviso.resolucion, aviso.resueltoAt, aviso.resueltoPor, aviso.borrado, aviso.sellos], [null, null, null, false, {}])
})

test('[PS3] a list that lost travels as its text, and a base nobody told is null', async () => {
  const [a, b] = [await enrolar('studio', 'A', null), await enrolar('studio', 'B', null)]
  const pizza = await nuevo({ imagenes: [] })
  await editar(a, pizza, { imagenes: ['ab'.repeat(32)] })
  servidor.reloj.avanzar(1_000)
  const deB = sellar(pizza as Doc, { imagenes: ['cd'.repeat(32)] }, servidor.reloj.ahora(), b.dispositivoId)
  await empujar(b, 'articulos', deB, null)
  const [aviso] = await new Copia(a, 'avisos').bajar<AvisoDoc>()
  assert.equal([aviso?.datos.base, aviso?.datos.valor], [null, `["${'ab'.repeat(32)}"]`])
})

test('an inbox row is decided offline like any edit: the later decision stays, undoing is another one, and no row is made of it', async () => {
  const [a, b] = [await enrolar('studio', 'A', null), await enrolar('studio', 'B', null)]
  const { aviso } = await unConflicto(a, b)
  const enA = await editar(a, aviso, { resolucion: 'restaurada' }, 'avisos')
  assert.equal([enA.doc.resolucion, enA.doc.resueltoAt], ['restaurada', servidor.reloj.ahora()])
  assert.match(String(enA.doc.resueltoPor), /^Dueño/)
  assert.equal([enA.doc.id, enA.doc.codigo, enA.doc.datos], [aviso.id, aviso.codigo, aviso.datos], 'the answer is the whole aviso')
  servidor.reloj.avanzar(1_000)
  const enB = await editar(b, aviso, { resolucion: 'queda' }, 'avisos')
  assert.is(enB.doc.resolucion, 'queda')
  servidor.reloj.avanzar(1_000)
  const deshecho = await editar(b, enB.doc, { resolucion: null }, 'avisos')
  assert.equal([deshecho.doc.resolucion, deshecho.doc.resueltoAt, deshecho.doc.resueltoPor], [null, null, null])
  const repetido = await empujar(
    a,
    'avisos',
    sellar(aviso as unknown as Doc, { resolucion: 'restaurada' }, servidor.reloj.ahora() - 2_000, a.dispositivoId),
    null,
  )
  assert.is(repetido.doc.resolucion, null, 'an old one sent again changes nothing')
  const todos = await new Copia(b, 'avisos').bajar<AvisoDoc>()
  assert.equal(
    todos.map((uno) => [uno.id, uno.resolucion]),
    [[aviso.id, null]],
  )
})

test('only rows that exist are decided, and nothing of them but the decision', async () => {
  const [a, b] = [await enrolar('studio', 'A', null), await enrolar('studio', 'B', null)]
  const { aviso } = await unConflicto(a, b)
  const inventado = await editar(a, { ...aviso, id: 'inventado' }, { resolucion: 'queda' }, 'avisos')
  assert.equal(inventado.rechazadas, [{ id: 'inventado', code: 'NO_ENCONTRADO' }])
  const malo = await editar(a, aviso, { resolucion: 'quien sabe' }, 'avisos')
  assert.equal(malo.rechazadas, [{ id: aviso.id, code: 'EDICION_INVALIDA', campo: 'resolucion' }])
  const astuto = { ...aviso, datos: { valor: 1 }, codigo: 'duplicado', borrado: true, sellos: { borrado: [1, a.dispositivoId] } }
  const { doc } = await editar(a, astuto, { resolucion: 'queda' }, 'avisos')
  assert.equal([doc.datos, doc.codigo, doc.borrado, doc.resolucion], [aviso.datos, aviso.codigo, false, 'queda'])
})

test('what happened in a sucursal is seen and decided there; a lost edit concerns everybody', async () => {
  const gerente = await darCuentaDeGerente(servidor, roma.negocioId, norte)
  const [dueno, deNorte] = [await enrolar('studio', 'Dueño', null), await enrolar('studio', 'Norte', norte, gerente)]
  await unConflicto(dueno, deNorte)
  for (const sucursalId of [centro, norte]) {
    const diario = new DiarioDePrueba(servidor, await enrolar('caja', 'Caja', sucursalId))
    await diario.abrir()
    const { id } = await diario.vender()
    await diario.escribir('reembolso', { folio: 'C1-000002', transaccionId: id, montoCentavos: 60_000, motivo: 'x' })
    await diario.subir()
  }
  const deTodos = await new Copia(dueno, 'avisos').bajar<AvisoDoc>()
  const suyos = await new Copia(deNorte, 'avisos').bajar<AvisoDoc>()
  assert.equal(deTodos.map((uno) => uno.datos.sucursalId ?? '').sort(), ['', centro, norte].sort())
  assert.equal(suyos.map((uno) => uno.datos.sucursalId ?? '').sort(), ['', norte].sort())
  const ajeno = deTodos.find((uno) => uno.datos.sucursalId === centro)!
  const propio = deTodos.find((uno) => uno.datos.sucursalId === norte)!
  assert.equal((await editar(deNorte, ajeno, { resolucion: 'atendida' }, 'avisos')).rechazadas, [{ id: ajeno.id, code: 'NO_ENCONTRADO' }])
  assert.is((await editar(deNorte, propio, { resolucion: 'atendida' }, 'avisos')).doc.resolucion, 'atendida')
})

test('SCAN-05: a Studio ends with the place of its account, at its next push or session, with a reason; a till does not', async () => {
  const gerente = await darCuentaDeGerente(servidor, roma.negocioId, norte)
  const [uno, otro, caja] = [
    await enrolar('studio', 'Uno', norte, gerente),
    await enrolar('studio', 'Otro', norte, gerente),
    await enrolar('caja', 'Caja', norte, gerente),
  ]
  const pizza = await nuevo()
  assert.is((await editar(uno, pizza, { precioCentavos: 5 })).estado, 200)
  await servidor.db.plataforma((sql) => sql`update negocio_cuentas set sucursal_id = ${centro} where usuario_id = ${gerente}`)
  assert.is((await editar(uno, pizza, { precioCentavos: 6 })).codigo, 'DISPOSITIVO_REVOCADO')
  assert.is((await pedir(servidor, '/sync/pull/config', { token: uno.token })).cuerpo.code, 'DISPOSITIVO_REVOCADO')
  await sesionDeDispositivo(servidor, otro).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, 'DISPOSITIVO_REVOCADO'),
  )
  await sesionDeDispositivo(servidor, caja)
  const filas = await servidor.db
    .superusuario`select baja_motivo from dispositivos where negocio_id = ${roma.negocioId} and baja_at is not null`
  assert.equal(
    filas.map((f) => f.bajaMotivo),
    ['cuenta_sin_acceso', 'cuenta_sin_acceso'],
  )
})

test('a sale carries its holds, each with its end, the same by the log as in a snapshot', async () => {
  const ana = await crearShopper(servidor)
  const [caja, otra, studio] = [
    await enrolar('caja', 'C1', centro),
    await enrolar('caja', 'C2', centro),
    await enrolar('studio', 'S', null),
  ]
  const [enCaja, enStudio] = [new Copia(otra, 'transacciones'), new Copia(studio, 'transacciones')]
  await Promise.all([enCaja.bajar(), enStudio.bajar()])
  const qr = await ana.qr()
  for (const una of [caja, otra]) {
    const diario = new DiarioDePrueba(servidor, una)
    await diario.abrir()
    await diario.vender({ qr }, una === otra ? { licenciaId: null } : {})
    await diario.subir()
  }
  const repetida = (docs: TransaccionDoc[]) => docs.find((t) => t.retenida)
  const porBitacora = repetida(await enStudio.bajar<TransaccionDoc>())
  const venceAt = servidor.reloj.ahora() + 14 * 86_400_000
  assert.equal(porBitacora?.retenciones, [
    { regla: 'R2', codigo: 'qr_repetido', alVencer: 'caducar', venceAt, estado: 'activa' },
    { regla: 'R15', codigo: 'sin_licencia', alVencer: 'acreditar', venceAt, estado: 'activa' },
  ])
  assert.equal(repetida(await new Copia(studio, 'transacciones').bajar<TransaccionDoc>()), porBitacora)
  assert.equal(repetida(await enCaja.bajar<TransaccionDoc>()), porBitacora)
})

test.run()
