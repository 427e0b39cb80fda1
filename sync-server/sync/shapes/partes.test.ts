import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { crearHub } from '../hub.ts'
import type { Imagen } from '../rebanadas.ts'
import { columna, esquemaDe, leerImagen, lista, valoresDe } from './columnas.ts'
import type { Forma } from './forma.ts'
import { comoCambio } from './mensajes.ts'
import { escribirOffset, leerOffset } from './offset.ts'
import { Sala } from './sala.ts'

test('[SH2] an offset is written and read: the beginning, from now on, the log, and a page by any key', () => {
  assert.equal(leerOffset('-1'), { en: 'inicio' })
  assert.equal(leerOffset('now'), { en: 'ahora' })
  assert.equal(leerOffset(escribirOffset(7)), { en: 'camino', seq: 7, pagina: undefined })
  for (const pagina of ['a', '\u0001', '1795284000000|01a1ff43-dd00-70aa-ba56-c25ae54e1b15', 'ñandú|0', '0'])
    assert.equal(leerOffset(escribirOffset(9, pagina)), { en: 'camino', seq: 9, pagina })
  assert.match(escribirOffset(9, 'a'), /^9_\d+$/)
})

test('[SH2] an offset that is none of ours is refused with its field', () => {
  const malos = [
    '',
    '0',
    '_0',
    '0_',
    '-2',
    '0_-1',
    '1e3_0',
    '9999999999999999_0',
    `1_${'9'.repeat(501)}`,
    '1_5',
    '0_0; drop',
    '0_0\n',
    'NOW',
  ]
  for (const malo of [...malos, `1_${BigInt('0x01ff')}`, `1_${BigInt('0x0100')}`])
    assert.throws(
      () => leerOffset(malo),
      (e: { codigo?: string; campo?: string }) => e.codigo === 'DATO_INVALIDO' && e.campo === 'offset',
      malo,
    )
})

test('[SH3] values are the text PostgreSQL writes, and the schema says their type under the names the client reads', () => {
  const columnas = {
    id: columna('uuid'),
    n: columna('int8'),
    si: columna('bool'),
    a: columna('instante', 'nula'),
    l: lista('text'),
    j: columna('jsonb'),
  }
  const valores = valoresDe(columnas, {
    id: 'x',
    n: 9_007_199_254_740_991,
    si: false,
    a: null,
    l: ['a', 'b c', 'd"e', '', 'null', '{}'],
    j: { a: [1] },
  })
  assert.equal(valores, { id: 'x', n: '9007199254740991', si: 'false', a: null, l: '{a,"b c","d\\"e","","null","{}"}', j: '{"a":[1]}' })
  assert.equal(JSON.parse(esquemaDe(columnas, 'id')), {
    id: { type: 'uuid', not_null: true, pk_index: 0 },
    n: { type: 'int8', not_null: true },
    si: { type: 'bool', not_null: true },
    a: { type: 'int8' },
    l: { type: 'text', dims: 1, not_null: true },
    j: { type: 'jsonb', not_null: true },
  })
})

test('[SH3] an image of a table and a document of the wire are the same row', () => {
  const columnas = { id: columna('uuid'), bajaAt: columna('instante', 'nula'), enLinea: columna('bool') }
  const deTabla = leerImagen(columnas, { id: 'x', baja_at: '2026-11-21T18:00:00.123456+00:00', en_linea: true })
  const deCable = leerImagen(columnas, { id: 'x', bajaAt: Date.UTC(2026, 10, 21, 18, 0, 0, 123), enLinea: true })
  assert.equal(valoresDe(columnas, deTabla), valoresDe(columnas, deCable))
})

const FORMA: Forma = {
  tabla: 'cosas',
  coleccion: 'cosas',
  negocioId: null,
  columnas: { id: columna('text'), a: columna('int4'), b: columna('int4') },
  llave: 'id',
  filtros: {},
  incluye: (fila) => fila.a === 1,
  pagina: async () => ({ filas: [], ultima: undefined }),
}
const fila = (a: number, b = 0) => ({ id: 'x', a, b, secreto: 'no' }) as unknown as Imagen
const mover = (antes: Imagen | null, despues: Imagen | null, replica: 'cambios' | 'completa' = 'cambios') => {
  const mensaje = comoCambio(FORMA, { seq: 3, pk: 'x', antes, despues }, replica)
  return mensaje && [mensaje.headers.operation, mensaje.value, ...(mensaje.old_value ? [mensaje.old_value] : [])]
}

test('[SH3] moves: in is an insert of the whole row, out a delete, within an update of what changed; the rest is silence', () => {
  assert.equal(mover(null, fila(1)), ['insert', { id: 'x', a: '1', b: '0' }])
  assert.equal(mover(fila(2), fila(1)), ['insert', { id: 'x', a: '1', b: '0' }])
  assert.equal(mover(fila(1), fila(2)), ['delete', { id: 'x' }])
  assert.equal(mover(fila(1), null), ['delete', { id: 'x' }])
  assert.equal(mover(fila(1), fila(1, 5)), ['update', { id: 'x', b: '5' }])
  assert.equal(mover(fila(1), fila(1, 5), 'completa'), ['update', { id: 'x', a: '1', b: '5' }, { b: '0' }])
  for (const [antes, despues] of [
    [fila(2), fila(3)],
    [null, fila(2)],
    [fila(2), null],
    [fila(1), fila(1)],
  ] as const)
    assert.is(mover(antes, despues), undefined)
  assert.equal(mover(null, null), ['delete', { id: 'x' }], 'what it was is not kept: whoever has it lets it go')
})

test('[SH3] a key cannot be mistaken for another one', () => {
  const llave = (pk: string) => comoCambio(FORMA, { seq: 1, pk, antes: null, despues: null }, 'cambios')?.key
  assert.is(llave('a"/b'), '"public"."cosas"/"a""//b"')
})

test('[SH7] the room has its places by session and by node, gives them back once, and sends everybody home', async () => {
  const hub = crearHub()
  const sala = new Sala({ hub }, { porSesion: 2, porNodo: 3 })
  const entrar = (sesion: string) => sala.entrar(sesion, 'plataforma', 'pulso')
  const uno = entrar('s1')
  entrar('s1')
  const lleno = (e: { codigo?: string; esperaMs?: number }) => e.codigo === 'DEMASIADAS_EN_VIVO' && (e.esperaMs ?? 0) > 0
  assert.throws(() => entrar('s1'), lleno)
  const otro = entrar('s2')
  assert.throws(() => entrar('s3'), lleno)
  uno.salir()
  uno.salir()
  entrar('s3')
  assert.throws(() => entrar('s4'), lleno)
  const { signal } = new AbortController()
  const esperando = otro.cambio(0, 60_000, signal)
  hub.publicar('plataforma', 5, ['nodos'])
  hub.publicar('plataforma', 6, ['pulso', 'nodos'])
  await esperando
  assert.is(otro.oido, 6, 'of its own collection only')
  const otra = otro.cambio(6, 60_000, signal)
  sala.despedir()
  await otra
  otro.salir()
  await entrar('s1').cambio(0, 60_000, signal)
})

test('[SH4] who waits at one place for one change reads the log once', async () => {
  const sala = new Sala({ hub: crearHub() })
  let lecturas = 0
  const leer = async () => ++lecturas
  assert.equal(await Promise.all([sala.compartir('a|1', leer), sala.compartir('a|1', leer), sala.compartir('a|2', leer)]), [1, 1, 2])
  assert.is(await sala.compartir('a|1', leer), 3)
})

test.run()
