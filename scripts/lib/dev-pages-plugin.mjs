// Vite plugin of `npm run dev`: a screen of a widget opens that widget's page, as the server does it once built; vite alone would open the shell.
import { abreLaPagina } from '../../schema/core/caminos.ts'

/** @returns {import('vite').Plugin} */
export function devPagesPlugin() {
  return {
    name: 'anunciaya-dev-pages',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = /** @type {const} */ (['scanya', 'cardya']).find((app) => isScreen(app, request))
        if (page) request.url = `/${page}-widget/index.html`
        next()
      })
    },
  }
}

const isScreen = (app, { url = '', headers }) => String(headers.accept).includes('text/html') && abreLaPagina(app, url)
