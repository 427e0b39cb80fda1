import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { cambiosDeOrden, conservar } from './orden.ts'

test('what is shown keeps its place; what is new comes last', () => {
  assert.equal(conservar(['a', 'b', 'c'], ['c', 'n', 'a']), ['a', 'b', 'c', 'n'])
  assert.equal(conservar([], ['b', 'a']), ['b', 'a'])
})

test('changes of order are the fewest rows that would move', () => {
  assert.is(cambiosDeOrden(['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd']), 0)
  assert.is(cambiosDeOrden(['a', 'b', 'c', 'd'], ['d', 'a', 'b', 'c']), 1, 'one row went to the top')
  assert.is(cambiosDeOrden(['a', 'b', 'c'], ['c', 'b', 'a']), 2)
  assert.is(cambiosDeOrden(['a', 'b', 'c'], ['a', 'c']), 1, 'one left the page')
})

test.run()
