import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Articulo } from './articulo.ts'
import { type Casada, crearCasador, type FilaPorCasar } from './casar.ts'
import { COLUMNAS, celdasDe, columnasDe, columnasQueCambian, desproteger, leerFila, proteger, sucursalesDe } from './csv.ts'

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const SUCURSALES = sucursalesDe([
  { id: id(1), nombre: 'Centro' },
  { id: id(2), nombre: 'Norte ' },
  { id: id(3), nombre: 'Sur|Este' },
  { id: id(4), nombre: 'Plaza' },
  { id: id(5), nombre: 'PLAZA' },
])
const TODAS = columnasDe(COLUMNAS)
const base: Articulo = {
  ...{ id: id(100), nombre: 'Pizza', descripcion: '', precioCentavos: 12_500, categoria: 'Horno', tipo: 'producto', visible: true },
  ...{ destacado: false, desde: false, agotado: false, sucursales: [], imagenes: [], borrado: false, sellos: {} },
}
const leer = (titulos: string[], celdas: string[]) => leerFila(celdas, columnasDe(titulos), SUCURSALES)
const campos = (titulos: string[], celdas: string[]) => {
  const leida = leer(titulos, celdas)
  return leida.ok ? leida.campos : `${leida.codigo} ${leida.columna} ${leida.valor}`
}

test('[CAT-11] any articulo written as cells and read again is the same one, and its cells too', () => {
  const texto = (largo: number) =>
    fc
      .oneof(
        fc.string({ maxLength: 12, unit: 'grapheme' }),
        fc.constantFrom('=SUMA(A1)', "'=1", "''-2", '@x', '+52', '-', '\tpestaña', 'a\r\nb', ' orilla ', 'ñandú "rico", dulce'),
      )
      .filter((t) => t.length <= largo && !t.includes('\ufffd') && !t.includes('\0'))
  const articulos = fc.record({
    nombre: texto(200).filter((t) => t.trim().length > 0 && t.replace(/^'/, '').trim().length > 0),
    descripcion: texto(2_000),
    precioCentavos: fc.oneof(fc.constantFrom(0, 1, 100, 9_999_999_999), fc.nat(10_000_000)),
    categoria: texto(100),
    tipo: fc.constantFrom('producto' as const, 'servicio' as const),
    visible: fc.boolean(),
    destacado: fc.boolean(),
    desde: fc.boolean(),
    agotado: fc.boolean(),
    sucursales: fc.uniqueArray(fc.constantFrom(id(1), id(2), id(3), id(4), id(9))),
  })
  fc.assert(
    fc.property(articulos, (parte) => {
      const articulo: Articulo = { ...base, ...parte }
      const celdas = celdasDe(articulo, SUCURSALES)
      const leida = leerFila(celdas, TODAS, SUCURSALES)
      if (!leida.ok) throw new Error(`${leida.codigo} ${leida.columna} ${JSON.stringify(leida.valor)}`)
      assert.equal(columnasQueCambian(articulo, leida.campos), [])
      assert.is(leida.id, articulo.id)
      assert.equal(celdasDe({ ...base, ...leida.campos }, SUCURSALES), celdas)
    }),
    { numRuns: 1_000 },
  )
})

test('no cell begins like a formula, and every text comes back', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^['=+@\-\t\ra]{0,6}$/), (texto) => {
      assert.not(/^[=+\-@\t\r]/.test(proteger(texto)))
      assert.is(desproteger(proteger(texto)), texto)
    }),
  )
})

test('headings in any order and case, in Spanish or English; the first of two of one name counts', () => {
  const encabezado = columnasDe(['PRICE', ' Descripción ', 'existencias', 'Name', 'sold_out', 'nombre'])
  assert.equal([...encabezado].sort(), [
    ['agotado', 4],
    ['descripcion', 1],
    ['nombre', 3],
    ['precio', 0],
  ])
})

test('prices as people write them, in exact centavos', () => {
  for (const [texto, esperado] of [
    ['$1,250.00', 125_000],
    ['$ 1250', 125_000],
    ['1,250.5 MXN', 125_050],
    ['1.15', 115],
    ['0', 0],
    ['0.00', 0],
  ] as const)
    assert.equal(campos(['precio'], [texto]), { precioCentavos: esperado }, texto)
  for (const [texto, codigo] of [
    ['', 'MONTO_INVALIDO'],
    ['12,50', 'MONTO_INVALIDO'],
    ['doce', 'MONTO_INVALIDO'],
    ["'-5", 'MONTO_NEGATIVO'],
    ['1.005', 'MONTO_DECIMALES'],
    ['100000000', 'MONTO_EXCEDIDO'],
  ] as const)
    assert.equal(campos(['precio'], [texto]), `${codigo} precio ${texto.replace("'", '')}`, texto)
})

test('sí and no in both languages; an empty one says nothing; a missing column is not touched', () => {
  const titulos = ['visible', 'destacado', 'desde', 'agotado', 'tipo']
  assert.equal(campos(titulos, ['SÍ', 'no', 'Yes', '0', 'Service']), {
    ...{ visible: true, destacado: false, desde: true, agotado: false, tipo: 'servicio' },
  })
  assert.equal(campos(titulos, ['', '', '', '', '']), {})
  assert.equal(campos(['visible'], ['quizá']), 'DATO_INVALIDO visible quizá')
  assert.equal(campos(['descripcion'], ['']), { descripcion: '' })
})

test('sucursales by name, one that has none of its own by its id, none: everywhere', () => {
  assert.equal(campos(['sucursales'], [` norte |CENTRO|${id(4)}`]), { sucursales: [id(2), id(1), id(4)] })
  assert.equal(campos(['sucursales'], ['']), { sucursales: [] })
  assert.equal(campos(['sucursales'], ['Centro|Luna']), 'DATO_INVALIDO sucursales Centro|Luna')
  assert.equal(campos(['sucursales'], ['Plaza']), 'DATO_INVALIDO sucursales Plaza', 'two have that name')
})

test('what an articulo cannot hold is refused at its cell; so is a text read in another alphabet', () => {
  assert.equal(campos(['nombre'], ['']), 'DATO_INVALIDO nombre ')
  assert.equal(campos(['categoria'], ['x'.repeat(101)]), `DATO_INVALIDO categoria ${'x'.repeat(101)}`)
  assert.equal(campos(['nombre'], ['Pi\ufffda']), 'DATO_INVALIDO nombre Pi\ufffda')
})

test('rows find their articulo by id, then by name, then by name and categoría; twice is once too many', () => {
  const existentes = new Map(
    [
      { id: id(1), nombre: 'Agua', categoria: 'Bebidas' },
      { id: id(2), nombre: 'Café', categoria: 'Bebidas' },
      { id: id(3), nombre: 'cafe', categoria: 'Granos' },
      { id: id(4), nombre: 'Té', categoria: 'A' },
      { id: id(5), nombre: 'té', categoria: 'A' },
    ].map((uno) => [uno.id, uno]),
  )
  const fila = (nombre: string, categoria?: string, suId: string | null = null): FilaPorCasar => ({
    id: suId,
    campos: { nombre, ...(categoria === undefined ? {} : { categoria }) },
  })
  const casar = (...filas: FilaPorCasar[]) => filas.map(crearCasador(existentes, filas)).map(dicho)
  const dicho = (c: Casada) =>
    c.clase === 'conocida' ? c.id.slice(-1) : c.clase === 'nueva' ? `nueva ${c.conId?.slice(-2) ?? ''}` : c.clase
  assert.equal(casar(fila('otro nombre', '', id(1)), fila('AGUA')), ['1', 'repetida'])
  assert.equal(casar(fila('agua', 'Extras')), ['1'], 'the name tells: the categoría is what changes')
  assert.equal(casar(fila('agua', 'Bebidas'), fila('Agua', 'Extras')), ['1', 'nueva '], 'the file has both')
  assert.equal(casar(fila('CAFÉ', 'granos'), fila('café')), ['3', 'nueva '])
  assert.equal(casar(fila('café'), fila('té', 'A')), ['ambigua', 'ambigua'])
  assert.equal(casar(fila('Mate'), fila('mate', ''), fila('Mate', '', id(77))), ['nueva ', 'repetida', 'nueva 77'])
  assert.equal(casar(fila('Agua', 'Bebidas', id(1)), fila('Agua', 'Bebidas', id(88))), ['1', 'nueva 88'], 'two of one name')
})

test.run()
