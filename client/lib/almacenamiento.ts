/** What the browser lends: asked at enrolment, because a store that is thrown away takes the journal or the card's key with it. */

/** Asks the browser not to evict this origin's storage. What it answers is its own business: nothing depends on it. */
export async function pedirAlmacenPersistente(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false
  } catch {
    return false
  }
}

/** Bytes used and lent to this origin, and whether they may be thrown away; null where the browser does not say. */
export async function espacio(): Promise<{ usado: number; total: number; persistente: boolean } | null> {
  try {
    const [{ usage, quota }, persistente] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
    return usage === undefined || !quota ? null : { usado: usage, total: quota, persistente }
  } catch {
    return null
  }
}
