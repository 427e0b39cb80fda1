/** "Ir a app completa" (PWA-23): a real link, so that it also opens in another tab; a plain tap tries the installed app first. Loaded with that tap. */
export const APP = '/app'

export function alIrALaApp(evento: MouseEvent): void {
  if (evento.button !== 0 || evento.metaKey || evento.ctrlKey || evento.shiftKey || evento.altKey) return
  evento.preventDefault()
  void import('../lib/enlace-profundo.ts').then(
    ({ irALaApp }) => irALaApp(),
    () => location.assign(APP),
  )
}
