/** The suite of the replay, run on both engines by replay.test.ts and replay.pg.test.ts. */
import { readFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import type { Db } from '../../../sync-server/db/db.ts'
import { leerDia } from './archivo.ts'
import { VALOR_PUNTO_CENTAVOS, vivirDia } from './dia.ts'
import { sumar } from './sumas.ts'
import { cuadrar } from './tabla.ts'

export const PIZZERIA = readFileSync(new URL('../../../examples/dia-pizzeria.csv', import.meta.url), 'utf8')
const CABEZA = 'hora,caja,cajero,cliente,monto,metodo,tipo,referencia,descripcion'

/** Lives a file and gives what was refused and how the books compare. */
export async function repetir(db: Db, texto: string, offline: boolean) {
  const { lineas, rechazadas } = leerDia(texto)
  const dia = await vivirDia({ db, lineas, offline })
  const cuadro = cuadrar(dia.libro, sumar(dia.registradas, BigInt(VALOR_PUNTO_CENTAVOS)))
  return { ...dia, cuadro, rechazadas: [...rechazadas, ...dia.rechazadas].sort((a, b) => a.numero - b.numero) }
}

/** A Saturday of 220 sales without a network comes out equal. */
export async function elSabadoCuadra(db: Db): Promise<void> {
  const { registradas, rechazadas, libro, cuadro, pendientes } = await repetir(db, PIZZERIA, true)
  assert.equal(rechazadas, [])
  assert.is(pendientes, 0)
  assert.is(libro.ventas, 220)
  assert.ok(registradas.length > 220, 'the day has refunds')
  assert.ok(cuadro.iguales, cuadro.texto)
}

/** So does its beginning with the network on, each sale sent as it is made. */
export async function laManianaEnLineaCuadra(db: Db): Promise<void> {
  const { rechazadas, libro, cuadro } = await repetir(db, PIZZERIA.split('\n').slice(0, 51).join('\n'), false)
  assert.equal(rechazadas, [])
  assert.is(libro.ventas, 50)
  assert.ok(cuadro.iguales, cuadro.texto)
}

/** A line that makes no sense is refused with its number, code and reason; the lines around it go on. */
export async function loMaloSeRechaza(db: Db): Promise<void> {
  const lineas = [
    '12:00:00,C1,lucia,Ana López,100.00,efectivo,venta,T1,1 pizza',
    '12:01:00,C1,lucia,,0,efectivo,venta,T2,monto cero',
    '12:02:00,C1,lucia,,-50.00,efectivo,venta,T3,negativo',
    '12:03:00,C1,lucia,,12.345,efectivo,venta,T4,tres decimales',
    '12:04:00,C1,lucia,,100000000.00,efectivo,venta,T5,demasiado',
    '12:05:00,C1,lucia,,80.00,vales,venta,T6,método desconocido',
    '12:06:00,C9,lucia,,80.00,efectivo,venta,T7,caja desconocida',
    '12:07:00,C1,lucia,,10.00,efectivo,reembolso,T999,de una venta que no existe',
    '25:99,C1,lucia,,80.00,efectivo,venta,T8,hora imposible',
    '12:08:00,C1,lucia,,mucho,efectivo,venta,T9,monto que no es número',
    '12:09:00,C1,lucia,,80.00,efectivo',
    '12:10:00,C2,mateo,Ana López,250.50,tarjeta,venta,T10,2 pizzas',
    '12:11:00,C2,mateo,Ana López,25.05,tarjeta,reembolso,T10,una bebida',
    '12:12:00,C2,mateo,,80.00,efectivo,venta,T10,ticket repetido',
  ]
  const { rechazadas, registradas, libro, cuadro } = await repetir(db, [CABEZA, ...lineas].join('\n'), true)
  assert.equal(
    rechazadas.map(({ numero, codigo }) => [numero, codigo]),
    [
      [3, 'MONTO_CERO'],
      [4, 'MONTO_NEGATIVO'],
      [5, 'MONTO_DECIMALES'],
      [6, 'MONTO_EXCEDIDO'],
      [7, 'METODO_INVALIDO'],
      [8, 'DATO_INVALIDO'],
      [9, 'NO_ENCONTRADO'],
      [10, 'DATO_INVALIDO'],
      [11, 'MONTO_INVALIDO'],
      [12, 'DATO_INVALIDO'],
      [15, 'DATO_INVALIDO'],
    ],
  )
  for (const { razon } of rechazadas) assert.match(razon, /[a-záéíóúñ]{3}/)
  assert.is(registradas.length, 3)
  assert.is(libro.ventas, 2)
  assert.is(libro.totalCentavos, 35_050)
  // 10 points of the first sale; of the second 25, less floor(25 × 25.05 / 250.50) = 2.
  assert.equal(libro.clientes.get('Ana López'), { ventas: 2, puntos: 33 })
  assert.ok(cuadro.iguales, cuadro.texto)
}
