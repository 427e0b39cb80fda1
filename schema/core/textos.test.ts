import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { esTextoGuardable } from './textos.ts'

test('any text that is Unicode without NUL can be kept', () => {
  for (const bueno of ['', 'ñandú', '😀', '👩‍👩‍👧', '\u0001\ufffd', String.raw`\u0000 \ud800`]) assert.ok(esTextoGuardable(bueno), bueno)
  for (const malo of ['\u0000', 'a\u0000b', '\ud83d', 'a\ude00', '\ude00\ud83d', '😀\ud83d']) assert.not.ok(esTextoGuardable(malo))
})

test.run()
