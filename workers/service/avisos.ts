/**
 * What the card's service worker does with a push: shows it, and opens the right screen when it is tapped. The words come ready from the server, in the
 * shopper's language: nothing is asked of the network for it.
 */

export interface MensajeDeAviso {
  /** The same message again takes the place of itself. */
  id: string
  titulo: string
  cuerpo: string
  /** Fragment of the card's address. */
  ir: string
}

/** A browser takes the subscription away from whoever gets a push and shows nothing: a message nobody understands is shown too. */
const SIN_LETRAS: MensajeDeAviso = { id: 'aviso', titulo: 'CardYA', cuerpo: 'Tienes un aviso nuevo.', ir: '#avisos' }
const FRAGMENTO = /^#[a-z]+(=[0-9a-f-]{36})?$/

/** Pure. Text of the push, or null for an empty one. */
export function leerMensaje(texto: string | null): MensajeDeAviso {
  try {
    const { id, titulo, cuerpo, ir } = JSON.parse(texto ?? '') as Record<string, unknown>
    if (![id, titulo, cuerpo].every((parte) => typeof parte === 'string' && parte !== '')) return SIN_LETRAS
    const lugar = typeof ir === 'string' && FRAGMENTO.test(ir) ? ir : SIN_LETRAS.ir
    return { id: id as string, titulo: titulo as string, cuerpo: cuerpo as string, ir: lugar }
  } catch {
    return SIN_LETRAS
  }
}

/** Listens, in the service worker of the card. `pagina`: path of the app. */
export function oirAvisos(sw: ServiceWorkerGlobalScope, pagina: string): void {
  sw.addEventListener('push', (evento) => evento.waitUntil(mostrar(sw, leerMensaje(evento.data?.text() ?? null))))
  sw.addEventListener('notificationclick', (evento) => {
    evento.notification.close()
    const { ir = SIN_LETRAS.ir } = (evento.notification.data ?? {}) as { ir?: string }
    evento.waitUntil(abrir(sw, pagina, ir))
  })
}

async function mostrar(sw: ServiceWorkerGlobalScope, { id, titulo, cuerpo, ir }: MensajeDeAviso): Promise<void> {
  const paginas = await sw.clients.matchAll({ type: 'window' })
  // Whoever is looking at the card sees it there: no sound over it.
  const silent = paginas.some(({ visibilityState }) => visibilityState === 'visible')
  const icon = '/icons/cardya-192.png'
  await sw.registration.showNotification(titulo, { body: cuerpo, tag: id, icon, badge: icon, data: { ir }, silent })
  // How many there are the page says once it opens; until then, that there is something.
  await (sw.navigator as Navigator).setAppBadge?.().catch(() => {})
}

/** A card that is open comes to the front at that screen; otherwise it opens. */
async function abrir(sw: ServiceWorkerGlobalScope, pagina: string, ir: string): Promise<void> {
  const direccion = new URL(`${pagina}${ir}`, sw.location.origin).href
  const ventanas = (await sw.clients.matchAll({ type: 'window', includeUncontrolled: true })) as WindowClient[]
  const abierta = ventanas.find(({ url }) => new URL(url).pathname.startsWith(pagina))
  if (!abierta) {
    await sw.clients.openWindow(direccion)
    return
  }
  const alli = await abierta.navigate(direccion).catch(() => null)
  await (alli ?? abierta).focus()
}
