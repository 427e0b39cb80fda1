/** A worker process of the simulation: takes seeds one by one from its parent, on a database of its own. */
import { correr } from './correr.ts'
import { abrirDbDelMundo } from './mundo.ts'

const db = await abrirDbDelMundo()
process.on('message', (pedido: { seed: number; ops: number; traza: boolean }) => {
  correr(pedido.seed, pedido.ops, db, pedido.traza).then((corrida) => process.send?.(corrida))
})
process.on('disconnect', () => process.exit(0))
process.send?.('listo')
