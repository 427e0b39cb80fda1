/**
 * The end of a subscription across the port, on both sides. A function that crossed keeps a port of its own open until somebody closes it or a collector
 * comes by, and with it all that the function holds: on a page, the list it was told last. Twelve copies of a day's sales stayed that way.
 */
import { proxy, type Remote, releaseProxy } from 'comlink'

/** The worker's: gives what ends it to the page, as a proxy, since functions cannot be cloned. `alCambiar`: the page's function, not called again. */
export const conFin = (alCambiar: unknown, dejar: () => void): (() => void) =>
  proxy(() => {
    dejar()
    soltar(alCambiar)
  })

/** The page's, of what conFin gave. Nobody waits for it, and a worker that died has none. */
export const alTerminar = (dejar: () => void) => (): void =>
  void Promise.resolve(dejar())
    .then(() => soltar(dejar))
    .catch(() => {})

const soltar = (remota: unknown): void => (remota as Partial<Remote<() => void>>)[releaseProxy]?.()
