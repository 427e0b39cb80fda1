/** Runs asynchronous work one at a time, in order; a failure does not stop those behind it. */
export function crearCola(): <T>(trabajo: () => Promise<T>) => Promise<T> {
  let ultimo: Promise<unknown> = Promise.resolve()
  return (trabajo) => {
    const turno = ultimo.then(trabajo, trabajo)
    ultimo = turno.catch(() => {})
    return turno
  }
}
