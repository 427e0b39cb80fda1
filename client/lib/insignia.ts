/** The number on the installed app's icon: what waits to be sent, or needs a person. A browser without badges shows none. */
export async function ponerInsignia(cuantos: number): Promise<void> {
  try {
    if (cuantos > 0) await navigator.setAppBadge?.(cuantos)
    else await navigator.clearAppBadge?.()
  } catch {
    // Not installed, or not allowed: the chip says the same.
  }
}
