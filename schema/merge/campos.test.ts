import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  camposDe,
  compararSellos,
  type Doc,
  estaBorrado,
  fusionar,
  loEsperado,
  mismoDoc,
  mismoValor,
  recortar,
  type Sello,
  sellar,
  selloDe,
  textoDe,
} from './campos.ts'

const base: Doc = { id: 'a1', nombre: 'Pizza', precioCentavos: 100, visible: true, borrado: false, sellos: {} }
const CAMPOS = ['nombre', 'precioCentavos', 'visible', 'borrado'] as const
const unSello = fc.tuple(fc.nat(6), fc.constantFrom('c1', 'c2', 's1')) as fc.Arbitrary<Sello>
/** Any document: the value is not derived from the stamp, so that even ties with different values must meet. */
const unDoc: fc.Arbitrary<Doc> = fc
  .record({
    nombre: fc.constantFrom('x', 'y', 'z'),
    precioCentavos: fc.nat(3),
    visible: fc.boolean(),
    borrado: fc.boolean(),
    sellos: fc.dictionary(fc.constantFrom(...CAMPOS), unSello),
  })
  .map((doc) => ({ id: 'a1', ...doc }))
const unaEdicion = fc.record({
  cambios: fc.record(
    { nombre: fc.constantFrom('x', 'y', 'z'), precioCentavos: fc.nat(3), visible: fc.boolean(), borrado: fc.boolean() },
    { requiredKeys: [] },
  ),
  ahora: fc.nat(9),
  quien: fc.constantFrom('c1', 'c2', 's1'),
})

test('[R8] fields edited apart are both kept', () => {
  const [uno, otro] = [sellar(base, { nombre: 'Calzone' }, 10, 'c1'), sellar(base, { precioCentavos: 150 }, 5, 'c2')]
  const unido = fusionar(uno, otro)
  assert.equal([unido.nombre, unido.precioCentavos, unido.visible], ['Calzone', 150, true])
  assert.equal(unido.sellos, { nombre: [10, 'c1'], precioCentavos: [5, 'c2'] })
})

test('[R7] of one field the larger stamp stays: later, then the larger device', () => {
  const precio = (valor: number, ahora: number, quien: string) => sellar(base, { precioCentavos: valor }, ahora, quien)
  assert.is(fusionar(precio(150, 10, 'c1'), precio(170, 11, 'c0')).precioCentavos, 170)
  assert.is(fusionar(precio(150, 10, 'c1'), precio(170, 10, 'c2')).precioCentavos, 170)
  assert.is(fusionar(precio(150, 10, 'c2'), precio(170, 10, 'c1')).precioCentavos, 150)
  assert.ok(compararSellos([10, 'b'], [10, 'a']) > 0 && compararSellos([10, 'a'], [10, 'a']) === 0)
})

test('[PS1] [R8] the merge is commutative, associative and idempotent, for any documents', () => {
  fc.assert(
    fc.property(unDoc, unDoc, unDoc, (a, b, c) => {
      assert.equal(fusionar(a, b), fusionar(b, a))
      assert.equal(fusionar(fusionar(a, b), c), fusionar(a, fusionar(b, c)))
      assert.equal(fusionar(fusionar(a, b), b), fusionar(a, b))
    }),
    { numRuns: 2_000 },
  )
})

test('[PS1] [R7] any order and any repetition of a set of edits end in one document', () => {
  fc.assert(
    fc.property(fc.array(unaEdicion, { maxLength: 8 }), fc.infiniteStream(fc.nat(999)), (ediciones, azares) => {
      const ramas = ediciones.map((e) => sellar(base, e.cambios, e.ahora, e.quien))
      const barajadas = [...ramas, ...ramas].map((rama) => ({ rama, orden: azares.next().value ?? 0 })).sort((a, b) => a.orden - b.orden)
      const derecho = ramas.reduce((doc, rama) => fusionar(doc, rama), base)
      assert.equal(
        barajadas.reduce((doc, { rama }) => fusionar(rama, doc), fusionar(base, base)),
        fusionar(derecho, derecho),
      )
    }),
    { numRuns: 500 },
  )
})

test('[R7] a one-sided change is always kept', () => {
  fc.assert(
    fc.property(unDoc, unaEdicion, (doc, { cambios, ahora, quien }) => {
      const editado = sellar(doc, cambios, ahora, quien)
      assert.equal(fusionar(doc, editado), fusionar(editado, editado))
    }),
  )
})

test('neither document is changed by merging, and what a storage engine hangs on them is left out', () => {
  const [a, b] = [{ ...base, _rev: '1-x', _deleted: false }, sellar(base, { nombre: 'z' }, 3, 'c1')]
  const antes = JSON.stringify([a, b])
  assert.not(Object.keys(fusionar(a, b)).some((campo) => campo.startsWith('_')))
  assert.is(JSON.stringify([a, b]), antes)
})

test('a stamp is now, but always after the last one of its field: a clock set back does not lose an edit', () => {
  const uno = sellar(base, { nombre: 'x' }, 100, 'c1')
  assert.equal(sellar(uno, { nombre: 'y' }, 50, 'c2').sellos.nombre, [101, 'c2'])
  assert.equal(sellar(uno, { nombre: 'y' }, 500, 'c2').sellos.nombre, [500, 'c2'])
  assert.equal(uno.sellos.nombre, [100, 'c1'])
})

test('a deletion beats every stamp of its document, and a later edit beats the deletion, whatever the clock says', () => {
  const futuro = sellar(base, { nombre: 'x' }, 1_000, 'c2')
  const borrado = sellar(futuro, { borrado: true }, 5, 'c1')
  assert.equal([borrado.sellos.borrado, estaBorrado(borrado)], [[1_001, 'c1'], true])
  assert.not(estaBorrado(sellar(borrado, { precioCentavos: 9 }, 5, 'c1')))
})

test('a form saved whole stamps only what changed', () => {
  assert.equal(sellar(base, { nombre: 'Pizza', precioCentavos: 101, visible: true }, 9, 'c1').sellos, { precioCentavos: [9, 'c1'] })
})

test('[PS2] a stamp is never later than its receipt', () => {
  const doc = sellar(sellar(base, { nombre: 'x' }, 1_000, 'c1'), { visible: false }, 10, 'c1')
  assert.equal(recortar(doc, 50).sellos, { nombre: [50, 'c1'], visible: [10, 'c1'] })
  assert.equal(doc.sellos.nombre, [1_000, 'c1'])
})

test('[R9] a newer edit keeps a deleted document alive; deleting again deletes it', () => {
  const borrado = sellar(base, { borrado: true }, 10, 'c1')
  assert.ok(estaBorrado(borrado))
  assert.ok(estaBorrado(fusionar(borrado, sellar(base, { nombre: 'x' }, 9, 'c2'))))
  const vivo = fusionar(borrado, sellar(base, { nombre: 'x' }, 11, 'c2'))
  assert.not(estaBorrado(vivo))
  assert.ok(estaBorrado(sellar(vivo, { borrado: true }, 12, 'c1')))
  assert.not(estaBorrado(sellar(borrado, { borrado: false }, 11, 'c2')))
  assert.not(estaBorrado(base))
})

test('[R7] a field without a stamp is as old as can be, and so is one that only looks like a stamp', () => {
  assert.equal(selloDe(base, 'nombre'), [0, ''])
  assert.equal(selloDe(base, 'toString'), [0, ''])
  assert.ok(compararSellos([9, 'a'], [10, 'a']) < 0 && compararSellos([10, 'a'], [10, 'b']) < 0 && compararSellos([10, 'b'], [9, 'z']) > 0)
})

test('[R8] a field that one side never had is kept, with its stamp and its value', () => {
  const { visible, ...sinVisible } = base
  const viejo = sinVisible as unknown as Doc
  const nuevo = sellar(viejo, { visible: false }, 4, 'c1')
  assert.equal(nuevo.sellos, { visible: [4, 'c1'] })
  assert.equal([textoDe(viejo, 'visible'), textoDe(nuevo, 'visible')], ['', 'false'])
  for (const unido of [fusionar(viejo, nuevo), fusionar(nuevo, viejo)]) assert.equal([unido.visible, unido.sellos], [false, nuevo.sellos])
  // Born with it on one side only, and nobody stamped it.
  for (const unido of [fusionar(viejo, base), fusionar(base, viejo)]) assert.is(unido.visible, visible)
})

test('[PS1] one device, one instant, two values: both sides take the one whose text is larger', () => {
  const conNombre = (nombre: string): Doc => ({ ...base, nombre, sellos: { nombre: [5, 'c1'] } })
  assert.is(fusionar(conNombre('b'), conNombre('a')).nombre, 'b')
  assert.is(fusionar(conNombre('a'), conNombre('b')).nombre, 'b')
})

test('values are the same when they are written the same: lists and objects too, never null and an empty object', () => {
  const con = (valor: unknown): Doc => ({ ...base, valor })
  const iguales = (uno: unknown, otro: unknown) => mismoValor(con(uno), con(otro), 'valor')
  assert.ok(iguales(1, 1) && iguales(null, null) && iguales([1, { b: 2, a: 1 }], [1, { a: 1, b: 2 }]))
  for (const [uno, otro] of [
    [1, '1'],
    [[1], [1, 2]],
    [[1], 1],
    [1, [1]],
    [null, {}],
    [{}, null],
    [{ a: 1 }, { a: 2 }],
  ])
    assert.not(iguales(uno, otro), JSON.stringify([uno, otro]))
})

test('[PS7] an answer that says "as expected" is believed only of one and the same document', () => {
  const uno: Doc = { ...base, sellos: { nombre: [5, 'c1'] } }
  assert.ok(mismoDoc(uno, { ...uno, sellos: { ...uno.sellos }, _rev: '2-x' } as Doc))
  const { visible, ...sinVisible } = uno
  for (const [otro, que] of [
    [{ ...uno, color: 'rojo' }, 'a field more'],
    [{ ...sinVisible, color: visible }, 'another field'],
    [{ ...sinVisible, color: undefined, visible: undefined }, 'another value'],
    [{ ...uno, nombre: 'x' }, 'another name'],
    [{ ...uno, sellos: {} }, 'a stamp less'],
    [{ ...uno, sellos: { visible: [5, 'c1'] } }, 'a stamp of another field'],
    [{ ...uno, sellos: { nombre: [6, 'c1'] } }, 'a later stamp'],
    [{ ...uno, sellos: { nombre: [5, 'c2'] } }, 'a stamp of another device'],
  ] as [Doc, string][]) {
    assert.not(mismoDoc(uno, otro), que)
    assert.not(mismoDoc(otro, uno), que)
  }
  const dos: Doc = { ...base, sellos: { nombre: [5, 'c1'], visible: [6, 'c1'] } }
  assert.not(mismoDoc(dos, { ...dos, sellos: { ...dos.sellos, visible: [7, 'c1'] } }), 'one of two stamps')
  const editado = sellar(base, { nombre: 'z' }, 9, 'c1')
  assert.is(loEsperado(null, editado), editado)
  assert.equal(loEsperado(sellar(base, { visible: false }, 7, 'c2'), editado), {
    ...base,
    nombre: 'z',
    visible: false,
    sellos: { nombre: [9, 'c1'], visible: [7, 'c2'] },
  })
})

test('[PS1] whichever document came first, the merge is written the same', () => {
  const [uno, otro] = [sellar<Doc>({ ...base, zona: 'a' }, { nombre: 'z' }, 9, 'c1'), sellar(base, { precioCentavos: 3 }, 7, 'c2')]
  assert.is(JSON.stringify(fusionar<Doc>(uno, otro)), JSON.stringify(fusionar<Doc>(otro, uno)))
})

test('a document has its fields and no stamps among them', () => {
  assert.equal(camposDe({ ...base, _rev: '1-x' } as Doc), ['id', 'nombre', 'precioCentavos', 'visible', 'borrado'])
})

test('[R9] an edit of a deleted document is stamped after the deletion it knew of, and undoing a deletion after everything', () => {
  const borrado = sellar(base, { borrado: true }, 100, 'c1')
  assert.equal(borrado.sellos, { borrado: [100, 'c1'] })
  assert.equal(sellar(borrado, { nombre: 'x' }, 5, 'c2').sellos.nombre, [101, 'c2'])
  assert.equal(sellar(base, { nombre: 'x' }, 5, 'c2').sellos.nombre, [5, 'c2'])
  assert.equal(sellar(borrado, { borrado: false }, 5, 'c2').sellos.borrado, [101, 'c2'])
  const deVuelta = sellar(borrado, { borrado: false }, 200, 'c2')
  assert.not(estaBorrado(deVuelta))
  assert.equal(sellar(deVuelta, { nombre: 'x' }, 5, 'c1').sellos.nombre, [5, 'c1'], 'a deletion that was undone is beaten by nobody')
  // Its stamp is the largest, and it says that it lives.
  assert.not(estaBorrado({ ...base, sellos: { borrado: [9, 'c1'] } }))
  assert.ok(estaBorrado({ ...base, borrado: true, sellos: { borrado: [9, 'c1'], nombre: [9, 'c1'] } }))
})

test.run()
