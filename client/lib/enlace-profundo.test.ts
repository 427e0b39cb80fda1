import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { ESPERA_MS, irALaApp, type Ventana } from './enlace-profundo.ts'

function unaVentana(conEsquemas = true) {
  const idas: string[] = []
  const alarmas: [number, () => void][] = []
  let irse = () => {}
  const ventana: Ventana = {
    conEsquemas,
    ir: (direccion) => void idas.push(direccion),
    esperar: (ms, fn) => void alarmas.push([ms, fn]),
    alIrse(fn) {
      irse = fn
    },
  }
  return { ventana, idas, alarmas, irse: () => irse() }
}

test('[PWA-23] the app by its scheme, and after 500 ms the web when nobody answered', () => {
  const v = unaVentana()
  irALaApp(undefined, v.ventana)
  assert.equal(v.idas, ['anunciaya://home'])
  assert.equal(
    v.alarmas.map(([ms]) => ms),
    [ESPERA_MS],
  )
  assert.is(ESPERA_MS, 500)
  v.alarmas[0]?.[1]()
  assert.equal(v.idas, ['anunciaya://home', '/app'])
})

test('[PWA-23] an app that took the screen is not followed by the web', () => {
  const v = unaVentana()
  irALaApp('cupones', v.ventana)
  v.irse()
  v.alarmas[0]?.[1]()
  assert.equal(v.idas, ['anunciaya://cupones'])
})

test('[PWA-23] where an unknown scheme is an alert, the web at once', () => {
  const v = unaVentana(false)
  irALaApp('home', v.ventana)
  assert.equal([v.idas, v.alarmas.length], [['/app'], 0])
})

test.run()
