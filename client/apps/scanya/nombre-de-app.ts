/**
 * PWA-14. The icon of a phone that is one person's says whose: its manifest is asked for by their nick (sync-server/http/manifiesto.ts), before the browser
 * offers to install it.
 */
export function nombrarApp(nick: string | null | undefined): void {
  if (!nick) return
  const manifiesto = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
  const titulo = document.querySelector<HTMLMetaElement>('meta[name=apple-mobile-web-app-title]')
  if (manifiesto) manifiesto.href = `/manifest.scanya.json?de=${encodeURIComponent(nick)}`
  if (titulo) titulo.content = `ScanYA @${nick}`
}
