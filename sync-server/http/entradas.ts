/**
 * One home for each app (decisions/0009). A till's journal and a card's key live in the browser's storage of ONE origin and scope, so every
 * address people know leads to the same page, and an app with a hostname of its own is opened nowhere else.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Context } from 'hono'
import { PAGINA } from '../../schema/core/caminos.ts'
import type { Env } from '../env.ts'
import type { App } from './entorno.ts'

type Direcciones = Pick<Env, 'clientDir' | 'publicUrl' | 'cardyaUrl' | 'scanyaUrl' | 'panelUrl'>

const host = (url: string) => new URL(url).host
/** What follows, as it was sent: a line break decoded from it would not fit in a header. */
const resto = (c: Context, desde: string) => {
  const { pathname, search } = new URL(c.req.url)
  return pathname.slice(desde.length) + search
}

/** Redirects of the widgets whose page is built; nothing else changes. */
export function montarEntradas(app: App, env: Direcciones): void {
  for (const [widget, url] of [['scanya', env.scanyaUrl] as const, ['cardya', env.cardyaUrl] as const]) {
    const pagina = PAGINA[widget]
    if (!fs.existsSync(path.join(env.clientDir, pagina, 'index.html'))) continue
    const suya = host(url) !== host(env.publicUrl)
    const casa = suya ? url : ''
    if (suya) soloEnSuCasa(app, env, pagina, url)
    // Without the final slash the scope would swallow its neighbours.
    app.get(pagina.slice(0, -1), (c) => c.redirect(pagina + resto(c, pagina.slice(0, -1)), 308))
    for (const camino of [`/${widget}`, `/${widget}/*`])
      app.get(camino, (c) => c.redirect(casa + pagina + resto(c, `/${widget}`).replace(/^\//, '')))
    // The enrolment link: its token is in the fragment, which the browser carries along and never sends.
    if (widget === 'scanya') app.get('/i', (c) => c.redirect(`${casa}${pagina}alta${resto(c, '/i')}`))
  }
  montarSalida(app, env)
  if (host(env.panelUrl) !== host(env.publicUrl)) abreEn(app, env.panelUrl, '/admin')
}

/** PWA-23. From a widget to the whole app: at the root of its own address, or at the public one when the widget has a hostname of its own. */
function montarSalida(app: App, env: Direcciones): void {
  const ajenos = [env.cardyaUrl, env.scanyaUrl, env.panelUrl].map(host).filter((uno) => uno !== host(env.publicUrl))
  for (const camino of ['/app', '/app/*'])
    app.get(camino, (c) => {
      const casa = ajenos.includes(c.req.header('host') ?? '') ? env.publicUrl.replace(/\/$/, '') : ''
      // One slash: two would lead to another site.
      return c.redirect(`${casa}/${resto(c, '/app').replace(/^[/\\]+/, '')}`)
    })
}

/** On its own hostname `/` opens the app; on any other of ours its page is sent home. A host we do not know (a proxy's) is left alone. */
function soloEnSuCasa(app: App, env: Direcciones, pagina: string, url: string): void {
  const ajenos = [env.publicUrl, env.cardyaUrl, env.scanyaUrl, env.panelUrl].map(host).filter((uno) => uno !== host(url))
  for (const camino of [pagina.slice(0, -1), `${pagina}*`])
    app.get(camino, async (c, next) =>
      ajenos.includes(c.req.header('host') ?? '') ? c.redirect(url + pagina + resto(c, pagina.slice(0, -1)).replace(/^\//, '')) : next(),
    )
  abreEn(app, url, pagina)
}

const abreEn = (app: App, url: string, pagina: string) =>
  app.get('/', async (c, next) => (c.req.header('host') === host(url) ? c.redirect(pagina + new URL(c.req.url).search) : next()))
