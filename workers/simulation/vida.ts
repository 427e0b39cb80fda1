/** One run of a worker on a device. Dead, nothing it does reaches anything; frozen, nothing it does goes on until it is thawed. */
export const NUNCA: Promise<never> = new Promise(() => {})

export interface Vida {
  viva: boolean
  /** Settles when the tab is thawed; undefined: it is not frozen. */
  hielo?: Promise<void> | undefined
  /** Told when a planned failure kills it. */
  alMorir: () => void
}

/** Goes on when the tab is not frozen; of a dead one, never. */
export async function despierta(vida: Vida): Promise<void> {
  while (vida.hielo) await vida.hielo
  if (!vida.viva) return NUNCA
}
