/** Vibrates, once somebody has touched the page: before that a browser refuses, and says so in its console. Does nothing where there is no such thing. */
export function vibrar(patron: number | number[]): void {
  const { navigator } = globalThis
  if (navigator?.userActivation?.hasBeenActive !== false) navigator?.vibrate?.(patron)
}
