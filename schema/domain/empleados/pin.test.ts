import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { esPinCorto, esPinTrivial } from './pin.ts'

test('EMP-05: PINs that everybody tries first are refused', () => {
  for (const pin of ['1234', '4321', '0000', '111111', '123456', '654321', '7890', '1212', '787878', '123123', '2468', '9999'])
    assert.ok(esPinTrivial(pin), pin)
})

test('ordinary PINs are not', () => {
  for (const pin of ['482913', '739154', '1243', '9071', '20261', '112233']) assert.not.ok(esPinTrivial(pin), pin)
})

test('fewer than six digits is short', () => {
  assert.equal(['4829', '48291', '482913'].map(esPinCorto), [true, true, false])
})

test.run()
