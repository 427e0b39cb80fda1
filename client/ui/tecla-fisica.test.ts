import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { teclaDe } from './tecla-fisica.ts'

/** What is asked of a page, and no more: which tags an element lies in, and which sheets are open. */
class Elemento {
  readonly dentroDe: readonly unknown[]
  constructor(...dentroDe: unknown[]) {
    this.dentroDe = dentroDe
  }
  closest(etiquetas: string) {
    return this.dentroDe.some((etiqueta) => etiquetas.split(', ').includes(String(etiqueta))) ? this : null
  }
  contains(otro: Elemento) {
    return otro.dentroDe.includes(this)
  }
}
let abiertas: Elemento[] = []
Object.assign(globalThis, { Element: Elemento, document: { querySelectorAll: () => abiertas } })
test.before.each(() => {
  abiertas = []
})

const enLaPantalla = new Elemento()
const pulsar = (key: string, pad = enLaPantalla, mas: object = {}) =>
  teclaDe({ key, target: new Elemento('body'), ...mas } as unknown as KeyboardEvent, pad as unknown as Element)

test('a digit, Backspace and Enter are keys of the pad; what is written in a field, pressed on a button or with Ctrl is not', () => {
  assert.equal(
    ['7', 'Backspace', 'Delete', 'Enter', 'x'].map((key) => pulsar(key)),
    ['7', 'borrar', 'borrar', 'ir', null],
  )
  assert.equal([pulsar('7', enLaPantalla, { target: new Elemento('input') }), pulsar('7', enLaPantalla, { ctrlKey: true })], [null, null])
  const enBoton = { target: new Elemento('button') }
  assert.equal([pulsar('7', enLaPantalla, enBoton), pulsar('Enter', enLaPantalla, enBoton)], ['7', null])
})

test('keys typed over an open sheet are for its own pad: none reaches the one behind the veil', () => {
  const [hoja, otra] = [new Elemento(), new Elemento()]
  const enLaHoja = new Elemento(hoja)
  abiertas = [hoja]
  assert.equal([pulsar('7'), pulsar('Enter'), pulsar('7', enLaHoja), pulsar('Enter', enLaHoja)], [null, null, '7', 'ir'])
  abiertas = [hoja, otra]
  assert.equal([pulsar('7'), pulsar('7', enLaHoja), pulsar('7', new Elemento(otra))], [null, null, '7'])
})

test.run()
