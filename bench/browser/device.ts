/**
 * One device on a profile that is on disk, with every app of the product installed and somebody in it, and a shop of 10,000 artículos behind the real
 * server. What is opened here is what the journeys open (client/e2e/lib): the same browser, the same build, the same screens.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { ESCRITORIO, TELEFONO } from '../../client/e2e/lib/aparato.ts'
import { CajaEnPantalla } from '../../client/e2e/lib/caja.ts'
import { Mundo } from '../../client/e2e/lib/mundo.ts'
import { StudioEnPantalla } from '../../client/e2e/lib/studio.ts'
import { buildClient } from '../../scripts/lib/build-client.mjs'
import { crearArticulos } from '../../sync-server/domain/articulos/crear.ts'
import { CLAVE_DE_PRUEBA } from '../../sync-server/testing/db.ts'
import { createTestServer } from '../../sync-server/testing/servidor.ts'
import { article } from '../engine/article.ts'
import { openDbOf } from '../store.ts'

/** Of the catálogo, besides what the demo's shop sells. */
export const ARTICLES = 10_000
/** A browser that was closed wrote what it had. */
const SETTLE_MS = 300

export type AppName = 'ScanYA' | 'CardYA' | 'Studio' | 'Panel'

export interface App {
  name: AppName
  path: string
  /** On the screen once somebody can work with it. */
  usable: string
  size: { width: number; height: number }
  /** Whether it opens with the server away. */
  offline: boolean
}

export const APPS: readonly App[] = [
  { name: 'ScanYA', path: '/scanya-widget/?source=pwa', usable: '.app--inicio .quick button', size: TELEFONO, offline: true },
  { name: 'CardYA', path: '/cardya-widget/?source=pwa', usable: '.codigo', size: TELEFONO, offline: true },
  { name: 'Studio', path: '/business-studio/catalogo', usable: '[data-articulo]', size: ESCRITORIO, offline: true },
  { name: 'Panel', path: '/admin', usable: '[data-frescura="viva"]', size: ESCRITORIO, offline: false },
]

/** The demo's world with a large catálogo, its server up; the browser is closed. Ends with `cerrar()`. */
export async function openDevice(say: (doing: string) => void): Promise<Mundo> {
  say('building the client, if it is not')
  if (!process.env.CLIENT_DIR) buildClient()
  const mundo = new Mundo()
  mundo.entorno = { SECRET_KEY: CLAVE_DE_PRUEBA, LOG_LEVEL: 'error' }
  try {
    say('a shop of 10,000 artículos')
    await mundo.levantarServidor()
    await mundo.servidor?.terminate()
    await stock(mundo)
    await mundo.levantarServidor()
    say('installing the four apps')
    await install(mundo)
  } catch (error) {
    await mundo.cerrar()
    throw error
  }
  return mundo
}

/** Nobody serves meanwhile. */
async function stock(mundo: Mundo): Promise<void> {
  const db = await openDbOf({
    engine: 'PGlite',
    dataDir: join(mundo.carpeta, 'data'),
    databaseUrl: undefined,
    pids: [],
    close: async () => {},
  })
  const server = await createTestServer({ db, reloj: { ahora: Date.now, avanzar: () => {} } })
  try {
    const [shop] = await db.plataforma(
      (sql) => sql<{ negocioId: string; duenoId: string }[]>`
        select n.negocio_id, u.id as dueno_id from negocios n, usuarios u
        where n.codigo_caja = 'pizzeria-roma' and u.correo = 'dueno@pizzeriaroma.mx'`,
    )
    if (!shop) throw new Error('the demo has its first shop')
    for (let i = 0; i < ARTICLES; i += 1_000) {
      const some = Array.from({ length: 1_000 }, (_, n) => article(i + n) as never)
      await crearArticulos(server.deps, shop.negocioId, shop.duenoId, some)
    }
  } finally {
    await server.cerrar()
  }
}

async function install(mundo: Mundo): Promise<void> {
  const page = await mundo.abrirNavegador()
  const till = new CajaEnPantalla(page)
  await till.darDeAlta(mundo.origen)
  await till.hastaLaFase('al_dia')
  await page.goto(`${mundo.origen}/cardya-widget/?demo=juan`)
  await page.locator('.codigo').waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.setViewportSize(ESCRITORIO)
  const studio = new StudioEnPantalla(page)
  await studio.entrar(mundo.origen, 'dueno')
  await studio.hastaLaFase('al_dia')
  await page.goto(`${mundo.origen}/admin?demo=admin`)
  await page.locator('[data-frescura="viva"]').waitFor()
  await closeBrowser(mundo)
}

export async function closeBrowser(mundo: Mundo): Promise<void> {
  await mundo.cerrarNavegador()
  await sleep(SETTLE_MS)
}

export async function openPage(mundo: Mundo, size: App['size']): Promise<Page> {
  const page = await mundo.otraPestana()
  await page.setViewportSize(size)
  return page
}
