import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { articulos } from '../domain/articulos/articulo.ts'
import { type Doc, estaBorrado, fusionar, sellar, textoDe } from './campos.ts'
import { combinados, perdidas } from './perdidas.ts'

const base: Doc = { id: 'a1', nombre: 'Pizza', precioCentavos: 100, borrado: false, sellos: { nombre: [1, 's1'] } }
const resumen = (lista: ReturnType<typeof perdidas>) => lista.map((p) => [p.campo, p.codigo, p.valor, p.valorGanador])

test('[R7] two edits of one field: the value that does not stay goes to the inbox', () => {
  const [uno, otro] = [sellar(base, { precioCentavos: 150 }, 10, 'c1'), sellar(base, { precioCentavos: 170 }, 11, 'c2')]
  const esperado = [['precioCentavos', 'edicion_perdida', 150, 170]]
  assert.equal(resumen(perdidas(base, uno, otro)), esperado)
  assert.equal(resumen(perdidas(base, otro, uno)), esperado, 'whichever arrives first')
  assert.equal(resumen(perdidas(undefined, uno, otro)), esperado, 'and without an assumed state')
  assert.is(perdidas(base, uno, otro)[0]?.id, 'a1|precioCentavos|10|c1')
})

test('[R7] [R8] a change of one side only, the same value, or another field, is no loss', () => {
  const uno = sellar(base, { precioCentavos: 150 }, 10, 'c1')
  assert.equal(perdidas(base, uno, base), [])
  assert.equal(perdidas(base, base, uno), [])
  assert.equal(perdidas(base, uno, sellar(base, { precioCentavos: 150 }, 11, 'c2')), [])
  assert.equal(perdidas(base, uno, sellar(base, { nombre: 'Calzone' }, 11, 'c2')), [])
})

test('[R8] beside a loss, what each side changed alone is told with what was there before', () => {
  const uno = sellar(base, { precioCentavos: 150, nombre: 'Calzone' }, 10, 'c1')
  const otro = sellar(base, { precioCentavos: 170 }, 11, 'c2')
  const unido = fusionar(uno, otro)
  const juntos = combinados(base, unido, perdidas(base, uno, otro, unido))
  assert.equal(juntos, [{ campo: 'nombre', base: 'Pizza', valor: 'Calzone', sello: [10, 'c1'] }])
  assert.equal(combinados(undefined, unido, []), [])
})

test('[PS3] an edit made knowing the other, a resent row, and two edits of one device, are no loss', () => {
  const uno = sellar(base, { precioCentavos: 150 }, 10, 'c1')
  const despues = sellar(uno, { precioCentavos: 170 }, 11, 'c2')
  assert.equal(perdidas(uno, uno, despues), [])
  assert.equal(perdidas(base, fusionar(base, uno), uno), [])
  assert.equal(perdidas(undefined, uno, uno), [])
  assert.equal(perdidas(undefined, uno, sellar(uno, { precioCentavos: 190 }, 12, 'c1')), [])
})

test('[R9] deleted here, edited there: the newer edit keeps it alive and the inbox says that a deletion was lost', () => {
  const [borrado, editado] = [sellar(base, { borrado: true }, 10, 'c1'), sellar(base, { nombre: 'Calzone' }, 11, 'c2')]
  for (const orden of [perdidas(base, borrado, editado), perdidas(base, editado, borrado)])
    assert.equal(resumen(orden), [['borrado', 'borrado_con_edicion', true, 'Calzone']])
})

test('[R9] a newer deletion stands, and the edits that vanish with it go to the inbox', () => {
  const [borrado, editado] = [sellar(base, { borrado: true }, 12, 'c1'), sellar(base, { nombre: 'Calzone', precioCentavos: 9 }, 11, 'c2')]
  for (const orden of [perdidas(base, borrado, editado), perdidas(base, editado, borrado)])
    assert.equal(resumen(orden), [
      ['nombre', 'borrado_con_edicion', 'Calzone', true],
      ['precioCentavos', 'borrado_con_edicion', 9, true],
    ])
})

test('[R9] deleting what one just edited, or knew about, is no loss', () => {
  const editado = sellar(base, { nombre: 'Calzone' }, 11, 'c2')
  assert.equal(perdidas(editado, editado, sellar(editado, { borrado: true }, 12, 'c1')), [])
  assert.equal(perdidas(undefined, editado, sellar(editado, { borrado: true }, 12, 'c2')), [])
})

test('[R9] nothing vanishes without an inbox row: every value that either side wrote stays, or has one', () => {
  const campo = fc.constantFrom('nombre', 'precioCentavos')
  const edicion = fc.record({ campo, valor: fc.nat(4), ahora: fc.integer({ min: 2, max: 9 }), borra: fc.boolean() })
  const rama = (lista: { campo: string; valor: number; ahora: number; borra: boolean }[], quien: string) =>
    lista.reduce((doc, e) => sellar(doc, e.borra ? { borrado: true } : { [e.campo]: e.valor }, e.ahora, quien), base)
  fc.assert(
    fc.property(fc.array(edicion, { maxLength: 3 }), fc.array(edicion, { maxLength: 3 }), (unas, otras) => {
      const [a, b] = [rama(unas, 'c1'), rama(otras, 'c2')]
      const fin = fusionar(a, b)
      const lista = perdidas(base, a, b)
      for (const lado of [a, b]) {
        if (estaBorrado(lado)) continue
        for (const campo of ['nombre', 'precioCentavos']) {
          const escribio = lado.sellos[campo]?.[1] !== base.sellos[campo]?.[1] && lado.sellos[campo] !== undefined
          const sigue = !estaBorrado(fin) && textoDe(fin, campo) === textoDe(lado, campo)
          if (escribio && !sigue)
            assert.ok(
              lista.some((p) => p.campo === campo),
              `${campo} of ${JSON.stringify(lado)}`,
            )
        }
      }
      if ((estaBorrado(a) || estaBorrado(b)) && !estaBorrado(fin)) assert.ok(lista.some((p) => p.campo === 'borrado'))
    }),
    { numRuns: 2_000 },
  )
})

test('[R9] without an assumed state: an edit later than what the deleter had seen is not lost in silence, an earlier one was known', () => {
  const borrado = sellar(base, { borrado: true }, 10, 'c1')
  assert.equal(resumen(perdidas(undefined, borrado, sellar(base, { precioCentavos: 7 }, 11, 'c2'))), [
    ['borrado', 'borrado_con_edicion', true, 7],
  ])
  const editado = sellar(base, { visible: false }, 6, 'c1')
  assert.equal(perdidas(undefined, borrado, editado), [], 'its own edit, and one that both know')
})

test('[R9] a deletion that is undone by nobody who edited without knowing leaves no row', () => {
  const borrado = sellar(base, { borrado: true }, 10, 'c1')
  // The same hand went on editing: it knew.
  const sigue = sellar(borrado, { nombre: 'Calzone' }, 11, 'c1')
  assert.equal(perdidas(base, borrado, sigue), [])
})

test('[R9] of several edits that keep a deleted document alive, the latest is named', () => {
  const borrado = sellar(base, { borrado: true }, 10, 'c1')
  const editado = sellar(sellar(base, { nombre: 'Calzone' }, 12, 'c2'), { precioCentavos: 7 }, 15, 'c2')
  const [una, ...mas] = perdidas(base, borrado, editado)
  assert.equal(mas, [])
  assert.equal([una?.campo, una?.valorGanador, una?.selloGanador, una?.sello], ['borrado', 7, [15, 'c2'], [10, 'c1']])
})

test('[R9] deleted here and put back there is no loss of an edit: nobody wrote another field', () => {
  const borrado = sellar(base, { borrado: true }, 10, 'c1')
  const devuelto = sellar(sellar(base, { borrado: true }, 5, 'c2'), { borrado: false }, 11, 'c2')
  assert.equal(perdidas(base, borrado, devuelto), [])
  assert.equal(combinados(base, borrado, []), [], 'and a deletion is not told as a field')
})

test('[R9] an edit that vanishes with a deletion has one row, and putting back is no edit', () => {
  const borrado = sellar(base, { borrado: true }, 20, 'c1')
  const editado = sellar(sellar(base, { precioCentavos: 7 }, 15, 'c2'), { borrado: false }, 16, 'c2')
  assert.equal(resumen(perdidas(base, borrado, editado)), [['precioCentavos', 'borrado_con_edicion', 7, true]])
  const otro = sellar(sellar(base, { precioCentavos: 3 }, 12, 'c1'), { borrado: true }, 13, 'c1')
  assert.equal(resumen(perdidas(base, otro, sellar(base, { precioCentavos: 4 }, 11, 'c2'))), [['precioCentavos', 'edicion_perdida', 4, 3]])
})

test('[R9] deleted by both is no loss, and neither is an edit that the deleter had', () => {
  const borrado = sellar(base, { borrado: true }, 10, 'c1')
  const editadoYBorrado = sellar(sellar(base, { precioCentavos: 7 }, 9, 'c2'), { borrado: true }, 11, 'c2')
  assert.equal(perdidas(base, borrado, editadoYBorrado), [])
  const editado = sellar(base, { precioCentavos: 7 }, 11, 'c2')
  assert.equal(perdidas(base, sellar(editado, { borrado: true }, 12, 'c1'), editado), [])
  // Without an assumed state: its own later stamp says that it had seen the other.
  const despues = sellar(sellar(base, { precioCentavos: 7 }, 12, 'c1'), { borrado: true }, 13, 'c1')
  assert.equal(perdidas(undefined, despues, editado), [])
})

test('a loss of a document without an id is still one', () => {
  const sinId: Doc = { nombre: 'Pizza', borrado: false, sellos: {} }
  const [una] = perdidas(sinId, sellar(sinId, { nombre: 'a' }, 5, 'c1'), sellar(sinId, { nombre: 'b' }, 6, 'c2'))
  assert.is(una?.id, '|nombre|5|c1')
})

test('[PS4] an articulo of the wire is whole, and carries no foreign stamp', () => {
  const articulo = {
    ...{
      id: '00000000-0000-7000-8000-000000000001',
      nombre: 'Pizza',
      descripcion: '',
      precioCentavos: 12_000,
      categoria: 'Comida',
      tipo: 'producto',
    },
    ...{ visible: true, destacado: false, desde: false, agotado: false, borrado: false, sellos: { nombre: [5, 'c1'] } },
  }
  const limites = { nombre: [0, 'c'], precioCentavos: [8_640_000_000_000_000, 'c'.repeat(80)], borrado: [1, 's1'] }
  assert.ok(articulos.schema.safeParse({ ...articulo, sellos: limites }).success)
  assert.equal(articulos.schema.parse(articulo), { ...articulo, sucursales: [], imagenes: [] }, 'one of the first release too')
  for (const malo of [
    { sellos: { id: [5, 'c1'] } },
    { sellos: { nombre: [-1, 'c1'] } },
    { sellos: { nombre: [1.5, 'c1'] } },
    { sellos: { nombre: [8_640_000_000_000_001, 'c1'] } },
    { sellos: { nombre: [5, ''] } },
    { sellos: { nombre: [5, 'c'.repeat(81)] } },
    { sellos: { nombre: [5, 7] } },
    { sellos: { nombre: [5, ['c1']] } },
    { sellos: { nombre: [5] } },
    { sellos: { nombre: [5, 'c1', 'c2'] } },
    { sellos: { nombre: '5c' } },
    { sellos: [[5, 'c1']] },
    { sellos: null },
    { sellos: 'nombre' },
    { sellos: '' },
    { sellos: 7 },
    { precioCentavos: 1.5 },
    { nombre: '' },
    { tipo: 'otro' },
    { borrado: undefined },
  ])
    assert.not(articulos.schema.safeParse({ ...articulo, ...malo }).success, JSON.stringify(malo))
})

test.run()
