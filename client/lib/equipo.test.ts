import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { describirEquipo } from './equipo.ts'

const CASOS: [string, string][] = [
  [
    'Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
    'Android · Chrome 156',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0',
    'Windows · Edge 156',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'iPhone · Safari 18',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0', 'Mac · Firefox 150'],
  ['algo', ''],
]

for (const [userAgent, dicho] of CASOS)
  test(`a till is recognised as "${dicho}"`, () => {
    assert.is(describirEquipo(userAgent), dicho)
  })

test.run()
