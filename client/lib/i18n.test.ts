import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogo, elegirIdioma } from './i18n.ts'

test('Spanish first; English for whoever asks for it before Spanish', () => {
  assert.is(elegirIdioma(['es-MX', 'en']), 'es')
  assert.is(elegirIdioma(['en-US', 'es']), 'en')
  assert.is(elegirIdioma(['fr', 'en']), 'en')
  assert.is(elegirIdioma(['fr']), 'es')
  assert.is(elegirIdioma([]), 'es')
})

test('a text that one side lacks, or says with other parts, does not compile', () => {
  // @ts-expect-error English lacks `dos`
  catalogo({ es: { uno: 'a', dos: 'b' }, en: { uno: 'a' } })
  // @ts-expect-error English takes a text where Spanish takes a number
  catalogo({ es: { n: (n: number) => `${n}` }, en: { n: (n: string) => n } })
  assert.is(catalogo({ es: { uno: 'a' }, en: { uno: 'b' } }).uno, 'a')
})

test('no screen says a Spanish sentence of its own', () => {
  const raiz = new URL('..', import.meta.url)
  const pantallas = readdirSync(raiz, { recursive: true })
    .map(String)
    .filter((ruta) => ruta.endsWith('.tsx'))
  assert.ok(pantallas.length > 5)
  for (const ruta of pantallas) {
    const sinComentarios = readFileSync(new URL(ruta, raiz), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    // Text between tags (code may follow one too), text in attributes that are read aloud, and anything with a letter only Spanish has.
    assert.not.match(
      sinComentarios,
      /<\/?\w[^>{}]*>\s*(?!(?:return|function|const|export|if|interface|type)\b)[A-Za-z][a-z]+[^<{}=>]*[<{]|(?:aria-label|titulo|placeholder|title)="[A-Za-z]|[áéíóúñ¿¡]/,
      ruta,
    )
  }
})

test.run()
