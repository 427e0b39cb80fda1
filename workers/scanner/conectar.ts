/** Starts the scanner's worker from a page. A worker that does not load says nothing for ever, so its start and each of its answers have a time limit. */
import type { Escaner } from './api.ts'
import type { Contestacion, Pedido } from './mensajes.ts'
import { crearTurnos } from './turnos.ts'
import direccionDelWorker from './worker.ts?worker&url'

/** Long enough to fetch a megabyte over a poor line the first time; afterwards it comes from the device. */
const PLAZO_DE_INICIO_MS = 20_000
const PLAZO_DE_LECTURA_MS = 10_000

/**
 * `direccion` passes the worker's address through the page's Trusted Types policy.
 * @throws Error 'ESCANER_NO_ABRE: …' when the worker does not load, finds no engine, or says nothing within 20 s
 */
export async function conectarEscaner({ direccion = (d: string) => d } = {}): Promise<Escaner> {
  const worker = new Worker(direccion(direccionDelWorker), { type: 'module', name: 'escaner' })
  const decir = (pedido: Pedido, dados: Transferable[] = []) => worker.postMessage(pedido, dados)
  try {
    const lista = esperarLista(worker)
    decir({ escaner: 'iniciar' })
    await lista
  } catch (error) {
    worker.terminate()
    throw error
  }
  return escanerDe(worker, decir)
}

function esperarLista(worker: Worker): Promise<void> {
  return new Promise((resolver, fallar) => {
    const noAbre = (detalle: string) => fallar(new Error(`ESCANER_NO_ABRE: ${detalle}`))
    const alarma = setTimeout(() => noAbre('the worker did not answer in time'), PLAZO_DE_INICIO_MS)
    worker.addEventListener('error', (evento) => noAbre(evento.message || 'the worker did not load'))
    worker.addEventListener('message', ({ data }: MessageEvent<Contestacion>) => {
      clearTimeout(alarma)
      if (data?.escaner === 'lista') resolver()
      if (data?.escaner === 'fallo') noAbre(data.detalle)
    })
  })
}

function escanerDe(worker: Worker, decir: (pedido: Pedido, dados?: Transferable[]) => void): Escaner {
  let alarma: ReturnType<typeof setTimeout> | undefined
  const turnos = crearTurnos<ImageBitmap | ImageData>(
    (n, cuadro) => {
      alarma = setTimeout(caer, PLAZO_DE_LECTURA_MS)
      decir({ escaner: 'leer', n, cuadro }, [cuadro instanceof ImageData ? cuadro.data.buffer : cuadro])
    },
    (cuadro) => {
      if (!(cuadro instanceof ImageData)) cuadro.close()
    },
  )
  function caer(): void {
    clearTimeout(alarma)
    worker.terminate()
    turnos.caer()
  }
  worker.addEventListener('error', caer)
  worker.addEventListener('messageerror', caer)
  worker.addEventListener('message', ({ data }: MessageEvent<Contestacion>) => {
    if (data?.escaner === 'fallo') caer()
    if (data?.escaner === 'leido') turnos.leido(data.n, data.valor)
    if (data?.escaner !== 'terminado') return
    clearTimeout(alarma)
    turnos.terminado(data.n)
  })
  return { leer: (cuadro) => turnos.pedir(cuadro), empezar: () => decir({ escaner: 'empezar' }), cerrar: caer }
}
