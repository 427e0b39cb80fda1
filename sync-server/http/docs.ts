/**
 * The API described for people, at `/api/docs`: Swagger UI over our own document, every byte of it served by us (decisions/0022). It has a policy
 * of its own, for it writes markup from a document that is ours; no other page is loosened by it.
 */
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { App } from './entorno.ts'
import { documentar } from './ruta.ts'

export const RUTA_DE_DOCS = '/api/docs'

/** Of the page and its files, instead of the product's: no Trusted Types, which Swagger UI does not know, and nothing from elsewhere either. */
export const CSP_DE_DOCS = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const PROPIOS = fileURLToPath(new URL('./docs', import.meta.url))
const DE_SWAGGER = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const ARCHIVOS: Record<string, { carpeta: string; tipo: string }> = {
  'page.js': { carpeta: PROPIOS, tipo: 'text/javascript; charset=utf-8' },
  'page.css': { carpeta: PROPIOS, tipo: 'text/css; charset=utf-8' },
  'swagger-ui.css': { carpeta: DE_SWAGGER, tipo: 'text/css; charset=utf-8' },
  'swagger-ui-bundle.js': { carpeta: DE_SWAGGER, tipo: 'text/javascript; charset=utf-8' },
}

const SUYOS = new Set([RUTA_DE_DOCS, ...Object.keys(ARCHIVOS).map((nombre) => `${RUTA_DE_DOCS}/${nombre}`)])
/** Whether a path is of this page or of a file of it. */
export const esDeDocs = (camino: string): boolean => SUYOS.has(camino)

export function montarDocs(app: App): void {
  documentar(app, {
    metodo: 'get',
    camino: RUTA_DE_DOCS,
    resumen: 'This document as a page',
    grupo: 'salud',
    sesion: false,
    paraQuien: ['nadie'],
    datos: z.string(),
    medio: 'text/html',
    ejemplo: { datos: '<!doctype html>' },
  })
  const pagina = fs.readFileSync(path.join(PROPIOS, 'page.html'), 'utf8')
  app.get(RUTA_DE_DOCS, (c) => c.html(pagina, 200, { 'cache-control': 'no-cache' }))
  for (const [nombre, { carpeta, tipo }] of Object.entries(ARCHIVOS))
    app.get(`${RUTA_DE_DOCS}/${nombre}`, async (c) =>
      c.body(await fs.promises.readFile(path.join(carpeta, nombre), 'utf8'), 200, { 'content-type': tipo, 'cache-control': 'no-cache' }),
    )
}
