/** Entry of the scanner's worker. A page that hears neither 'lista' nor 'fallo' in time gives up (conectar.ts). */
import direccionWasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { crearLector, type Lector } from './lector.ts'
import type { Contestacion, Pedido } from './mensajes.ts'
import { abrirNativo, abrirZxing, type Cuadro } from './motores.ts'

const ambito = self as unknown as DedicatedWorkerGlobalScope
const contestar = (contestacion: Contestacion) => ambito.postMessage(contestacion)
let lector: Lector<Cuadro> | undefined

async function iniciar(): Promise<void> {
  const [zxing, nativo] = await Promise.allSettled([abrirZxing(direccionWasm), abrirNativo()])
  lector = crearLector(
    {
      ...(zxing.status === 'fulfilled' && { zxing: zxing.value }),
      ...(nativo.status === 'fulfilled' && nativo.value && { nativo: nativo.value }),
    },
    () => performance.now(),
  )
  // A browser with an engine of its own goes on without ours: its file may not be on this device yet.
  if (lector.carrera.fase === 'nadie') throw zxing.status === 'rejected' ? zxing.reason : new Error('no engine')
}

async function leer(n: number, cuadro: Cuadro): Promise<void> {
  try {
    await lector?.mirar(cuadro, (valor) => contestar({ escaner: 'leido', n, valor }))
  } finally {
    if (!(cuadro instanceof ImageData)) cuadro.close()
  }
  contestar({ escaner: 'terminado', n })
}

const fallar = (error: unknown) => contestar({ escaner: 'fallo', detalle: String(error) })

ambito.addEventListener('message', ({ data }: MessageEvent<Pedido>) => {
  if (data?.escaner === 'iniciar') iniciar().then(() => contestar({ escaner: 'lista' }), fallar)
  if (data?.escaner === 'empezar') lector?.empezar()
  if (data?.escaner === 'leer') leer(data.n, data.cuadro).catch(fallar)
})
