import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { tokenDe } from './token.ts'

const TOKEN = 'aB3_dE5-gH7jK9mN1pQ3sT'

test('an enrolment token comes alone, in a fragment, or in the whole link', () => {
  for (const texto of [TOKEN, ` ${TOKEN}\n`, `#${TOKEN}`, `https://anunciaya.mx/i#${TOKEN}`]) assert.is(tokenDe(texto), TOKEN, texto)
})

test('what is no token is none', () => {
  for (const texto of ['', '#', 'https://anunciaya.mx/i', 'dos palabras', '#corto', `${TOKEN}?x`]) assert.is(tokenDe(texto), null, texto)
})

test.run()
