import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { DIA, diaLocal, HORA } from '../../../schema/core/tiempo.ts'
import { NEGOCIOS } from '../mundo.ts'
import { CAJAS, diaDe, ventasDelDia } from './guion.ts'

const HOY = diaDe(Date.UTC(2026, 10, 21, 18))
const dias = (cuantos: number) => Array.from({ length: cuantos }, (_, i) => HOY - i)

test('every machine tells the same story, day by day, in order of time', () => {
  for (const { clave } of CAJAS)
    for (const dia of dias(40)) {
      const ventas = ventasDelDia(clave, dia)
      assert.equal(ventas, ventasDelDia(clave, dia))
      for (const [i, venta] of ventas.entries()) {
        assert.is(diaDe(venta.at), dia)
        assert.ok(i === 0 || venta.at >= ventas[i - 1]!.at)
      }
    }
  assert.not.equal(ventasDelDia('roma-centro', HOY), ventasDelDia('roma-centro', HOY - 7))
})

test('a day is the calendar day of central Mexico', () => {
  for (const hora of [0, 5, 6, 7, 23]) {
    const at = Date.UTC(2026, 10, 21, hora)
    assert.is(diaLocal(at, 'America/Mexico_City'), new Date(diaDe(at) * DIA).toISOString().slice(0, 10))
  }
})

test('tills, articulos and cashiers are those of the world', () => {
  for (const caja of CAJAS) {
    const negocio = NEGOCIOS.find((n) => n.codigoCaja === caja.negocio)!
    assert.ok(negocio.sucursales.includes(caja.sucursal))
    assert.ok(caja.nick === null || negocio.empleados.some((e) => e.nick === caja.nick))
    const nombres = new Set(negocio.articulos.map((a) => a.nombre))
    for (const dia of dias(60))
      for (const { lineas } of ventasDelDia(caja.clave, dia)) assert.ok(lineas.every(([nombre]) => nombres.has(nombre)))
  }
})

test('the first till has sold something an hour after midnight, whatever the day: today is never empty', () => {
  for (const dia of dias(60)) {
    const temprano = ventasDelDia('roma-centro', dia).filter(({ at }) => at < dia * DIA + 7 * HORA)
    assert.ok(temprano.length >= 2)
  }
})

test('an unknown till sells nothing', () => assert.equal(ventasDelDia('otra', HOY), []))

test.run()
