import { expose, proxy, type Remote, wrap } from 'comlink'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Cambio, deCambios, enCambios } from './lista-viva.ts'
import { alTerminar, conFin } from './suscripcion.ts'

interface Fila {
  id: string
}
const filas: Fila[] = Array.from({ length: 12 }, (_, i) => ({ id: `fila ${i}` }))

/** As a port does: what crosses is a copy. */
const cruzar = <T>(cosa: T): T => structuredClone(cosa)

test('PWA-21: a live list is on the page what it is in the worker, whatever came, went, changed or moved', () => {
  const listas = fc.array(fc.shuffledSubarray(filas), { maxLength: 8 })
  fc.assert(
    fc.property(listas, (vueltas) => {
      const vistas: Fila[][] = []
      const alCruzar = deCambios<Fila>((lista) => vistas.push(lista))
      const decir = enCambios<Fila>((cambio) => alCruzar(cruzar(cambio)))
      for (const lista of vueltas) decir(lista)
      assert.equal(vistas, vueltas)
    }),
  )
})

test('one more sale crosses alone, and the others stay the same objects on the page', () => {
  const cruzados: Cambio<Fila>[] = []
  const vistas: Fila[][] = []
  const alCruzar = deCambios<Fila>((lista) => vistas.push(lista))
  const decir = enCambios<Fila>((cambio) => {
    cruzados.push(cambio)
    alCruzar(cruzar(cambio))
  })
  const [una, otra, tercera] = filas as [Fila, Fila, Fila]
  decir([una, otra])
  decir([una, otra, tercera])
  assert.equal(cruzados[1], { antes: 2, despues: 0, entre: [tercera] })
  assert.is(vistas[1]?.[0], vistas[0]?.[0])
  const cambiada = { id: una.id }
  decir([cambiada, otra, tercera])
  assert.equal(cruzados[2], { antes: 0, despues: 2, entre: [cambiada] })
  assert.is(vistas[2]?.[2], vistas[1]?.[2])
  decir([otra, cambiada, tercera])
  assert.equal(cruzados[3], { antes: 0, despues: 1, entre: [1, 0] })
  decir([])
  assert.equal(vistas.at(-1), [])
})

test('a subscription that ended holds nothing of the page: the port of its function is closed', async () => {
  const { port1, port2 } = new MessageChannel()
  let decir: ((que: string) => unknown) | null = null
  let viva = true
  const deLaReplica = {
    observar: async (alCambiar: (que: string) => void) => {
      decir = alCambiar
      return conFin(alCambiar, () => {
        viva = false
      })
    },
  }
  expose(deLaReplica, port1 as never)
  const deLaPagina: Remote<typeof deLaReplica> = wrap(port2 as never)
  const oidos: string[] = []
  const terminar = await deLaPagina.observar(proxy((que: string) => void oidos.push(que))).then(alTerminar)
  await decir!('una')
  terminar()
  while (viva) await new Promise((seguir) => setImmediate(seguir))
  assert.equal(oidos, ['una'])
  assert.throws(() => decir!('otra'), /released/)
  port1.close()
  port2.close()
})

test.run()
