import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { datosEnPalabras } from './datos.ts'

test('what a rule looked at is written by its unit; what is not known is not shown; an unknown name is kept', () => {
  const bajaAt = Date.UTC(2026, 10, 20, 17, 2)
  assert.equal(
    datosEnPalabras(
      {
        medianaCentavos: 12_500,
        bajaAt,
        edadMs: -680_000,
        muestra: 1_200,
        cajaOffsetMs: 680_000,
        bajaDe: 'cajero',
        tarjetaAt: null,
        otraCosa: 'x',
      },
      'America/Mexico_City',
    ),
    [
      { nombre: 'Mediana del negocio', valor: '$125.00' },
      { nombre: 'De baja desde', valor: '20 nov 2026, 11:02' },
      { nombre: 'Edad del QR al leerlo', valor: '−11 min' },
      { nombre: 'Ventas comparadas', valor: '1,200' },
      { nombre: 'Desfase de la caja', valor: '−11 min 20 s' },
      { nombre: 'Quién estaba de baja', valor: 'Cajero' },
      { nombre: 'otraCosa', valor: 'x' },
    ],
  )
})

test.run()
