import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { montarDemo } from '../demo/rutas.ts'
import { MODULOS } from '../registry.ts'
import { createTestServer, type ServidorDePrueba } from '../testing/servidor.ts'
import { esDeDocs } from './docs.ts'
import type { App } from './entorno.ts'

let servidor: ServidorDePrueba
const carpeta = fs.mkdtempSync(path.join(os.tmpdir(), 'openapi-'))
type Objeto = Record<string, unknown>
let documento: { openapi: string; paths: Record<string, Record<string, Objeto>>; components: Record<string, Objeto> }

test.before(async () => {
  // A client as it is built: a page each, and a file with a hash in its name.
  for (const pagina of ['index.html', 'scanya-widget/index.html', 'cardya-widget/index.html', 'assets/app-1a2b3c.js']) {
    fs.mkdirSync(path.dirname(path.join(carpeta, pagina)), { recursive: true })
    fs.writeFileSync(path.join(carpeta, pagina), pagina)
  }
  servidor = await createTestServer({
    env: { clientDir: carpeta },
    montar: (app, deps) => {
      montarDemo(app, deps)
      app.get('/api/prueba/bug', () => {
        throw new Error('a bug')
      })
    },
  })
  documento = (await (await servidor.fetch('http://localhost:8080/api/openapi.json')).json()) as typeof documento
})
test.after(async () => {
  await servidor.cerrar()
  fs.rmSync(carpeta, { recursive: true })
})

const operaciones = () =>
  Object.entries(documento.paths).flatMap(([camino, metodos]) => Object.entries(metodos).map(([metodo, op]) => ({ camino, metodo, op })))

test('it is an OpenAPI 3.1 document that names what this release serves', () => {
  assert.is(documento.openapi, '3.1.0')
  for (const camino of [
    '/api/auth/login',
    '/api/auth/yo',
    '/api/dispositivos/alta',
    '/api/negocios/{negocioId}/dispositivos/enlaces',
    '/api/negocios/{negocioId}/configuracion',
    '/api/negocios/{negocioId}/empleados/{id}/baja',
    '/api/negocios/{negocioId}/resumen',
    '/api/cardya/llaves',
    '/sync/diario',
    '/sync/pull/{coleccion}',
    '/v1/shape',
    '/health',
  ])
    assert.ok(documento.paths[camino], camino)
})

test('every operation has a summary, a 200, an error shape, and declares each parameter of its path', () => {
  assert.ok(operaciones().length >= 15)
  for (const { camino, metodo, op } of operaciones()) {
    const donde = `${metodo} ${camino}`
    const respuestas = op.responses as Record<string, { description: string; content?: Objeto }>
    assert.ok(op.summary, donde)
    assert.ok(respuestas['200'] && respuestas['500'], donde)
    for (const [estado, r] of Object.entries(respuestas))
      assert.ok(r.description && Object.keys(r.content ?? {}).length === 1, `${donde} ${estado}`)
    const parametros = ((op.parameters ?? []) as { name: string; in: string }[]).filter((p) => p.in === 'path').map((p) => p.name)
    assert.equal(
      parametros,
      [...camino.matchAll(/\{(\w+)\}/g)].map((m) => m[1]),
      donde,
    )
  }
})

test('it says where a repeated request has its key, in which sucursal it happens, and when to come back', () => {
  for (const camino of ['/api/scanya/venta', '/api/scanya/reembolso/{transaccionId}']) {
    const op = documento.paths[camino]!.post!
    const parametros = (op.parameters as { name: string; in: string }[]).map((p) => `${p.in} ${p.name}`)
    assert.ok(parametros.includes('header idempotency-key') && parametros.includes('query sucursalId'), parametros.join())
    const { '503': enProceso } = op.responses as Record<string, { description: string; headers?: Objeto }>
    assert.match(enProceso?.description ?? '', 'HECHO_EN_PROCESO')
    assert.ok(enProceso?.headers?.['Retry-After'])
  }
})

/** The pages of the apps and what leads to them: for people. */
const DEL_CLIENTE = /^\/(\*|i|(app|(scanya|cardya)(-widget)?)(\/\*)?)?$/
/** This test's own, and the files of the page that shows the document. */
const FUERA = new Set([
  '/api/prueba/bug',
  ...['page.js', 'page.css', 'swagger-ui.css', 'swagger-ui-bundle.js'].map((n) => `/api/docs/${n}`),
])

test('every route of the server is in it, with an example of what it takes and of what it gives', () => {
  const descritas = new Set(operaciones().map(({ metodo, camino }) => `${metodo.toUpperCase()} ${camino}`))
  const servidas = servidor.app.routes
    .filter((r) => r.method !== 'ALL' && !DEL_CLIENTE.test(r.path) && !FUERA.has(r.path))
    .map((r) => `${r.method} ${r.path.replace(/:(\w+)/g, '{$1}')}`)
  assert.ok(servidas.length >= 25)
  for (const una of servidas) assert.ok(descritas.has(una), `${una} is served and not described: declare it by ruta() or documentar()`)
  for (const { camino, metodo, op } of operaciones()) {
    const cuerpo = (op.requestBody as { content: Objeto } | undefined)?.content
    for (const contenido of [cuerpo, (op.responses as Record<string, { content: Objeto }>)['200']?.content])
      for (const medio of Object.values(contenido ?? {})) assert.ok((medio as Objeto).example !== undefined, `${metodo} ${camino}`)
  }
})

const esPara = (op: Objeto) => (op['x-para-quien'] ?? []) as string[]

test('every route says who it is for', () => {
  for (const { camino, metodo, op } of operaciones()) {
    const quienes = esPara(op)
    assert.ok(quienes.length, `${metodo} ${camino}: say who it is for, with paraQuien in its ruta() or documentar()`)
    assert.is(Boolean(op.security), !quienes.includes('nadie'), `${metodo} ${camino}: sesion and paraQuien disagree`)
  }
})

const DE_TODAS = {
  'content-security-policy': /^default-src 'none'; script-src 'self'.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /^camera=\(self\)/,
  'strict-transport-security': /^max-age=63072000; includeSubDomains; preload$/,
  'cache-control': /./,
  'x-request-id': /^[\w-]{8,}$/,
}

test('every answer carries the security headers: routes, pages, files, redirects, errors', async () => {
  const deRutas = operaciones().map(({ metodo, camino, op }) => {
    const conCuerpo = op.requestBody ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}
    return {
      que: camino.replaceAll(/\{\w+\}/g, '018f0000-0000-7000-8000-000000000000'),
      init: { method: metodo.toUpperCase(), ...conCuerpo },
      deTodos: esPara(op).includes('nadie'),
    }
  })
  const sueltas = [
    '/',
    '/studio/catalogo',
    '/assets/app-1a2b3c.js',
    '/assets/nada.js',
    '/scanya',
    '/i',
    '/nada.txt',
    '/api/nada',
    '/api/prueba/bug',
  ]
  const demasiado = { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024 + 1), headers: { 'content-type': 'application/json' } }
  const casos: { que: string; init: RequestInit; deTodos?: boolean }[] = [
    ...deRutas,
    ...[...sueltas, ...FUERA].map((que) => ({ que, init: {}, deTodos: true })),
    ...['GET', 'HEAD', 'OPTIONS', 'PUT', 'TRACE-NOT'].map((method) => ({ que: '/api/auth/login', init: { method } })),
    { que: '/api/auth/login', init: demasiado },
    { que: '/api/auth/login', init: { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } } },
    { que: '/api/auth/logout', init: { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } } },
  ]
  const estados = new Set<number>()
  for (const { que, init, deTodos } of casos) {
    const { headers, status, body } = await servidor.fetch(`http://localhost:8080${que}`, { redirect: 'manual', ...init })
    await body?.cancel()
    estados.add(status)
    for (const [nombre, forma] of Object.entries(DE_TODAS))
      assert.match(headers.get(nombre) ?? '', forma, `${init.method} ${que} ${status} ${nombre}`)
    const csp = headers.get('content-security-policy') ?? ''
    assert.is(
      csp.includes("require-trusted-types-for 'script'"),
      !esDeDocs(que),
      `${que}: only the API's page may do without Trusted Types`,
    )
    assert.not.match(csp, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|https?:/, que)
    if (!deTodos && /^\/(api|sync|v1)\//.test(que)) assert.is(headers.get('cache-control'), 'no-store', que)
  }
  for (const uno of [200, 302, 400, 401, 403, 404, 413, 415, 500]) assert.ok(estados.has(uno), `no answer was a ${uno}`)
})

test('/api/docs shows the document with our own files and asks nobody else', async () => {
  const pedir = async (camino: string) => {
    const r = await servidor.fetch(`http://localhost:8080${camino}`)
    assert.is(r.status, 200, camino)
    return { texto: await r.text(), tipo: r.headers.get('content-type') ?? '' }
  }
  const { texto } = await pedir('/api/docs')
  assert.not.match(texto, /https?:|<script>|<style|style=|\son\w+=/, 'no address of others, nothing inline')
  for (const [, camino] of texto.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)) {
    const { tipo, texto: cuerpo } = await pedir(camino!)
    assert.match(tipo, camino!.endsWith('.css') ? 'text/css' : 'text/javascript')
    assert.ok(cuerpo.length > 300, camino)
  }
  assert.match((await pedir('/api/docs/page.js')).texto, "url: '/api/openapi.json'")
})

test('references resolve, and none is left dangling', () => {
  const referencias = JSON.stringify(documento).matchAll(/"\$ref":"#\/([^"]+)"/g)
  for (const [, ruta] of referencias) {
    const destino = ruta!.split('/').reduce<unknown>((nodo, parte) => (nodo as Objeto | undefined)?.[parte], documento)
    assert.ok(destino, ruta)
  }
})

test('operations with a session say so', () => {
  const yo = documento.paths['/api/auth/yo']!.get as { security?: unknown[] }
  assert.equal(yo.security, [{ portador: [] }])
  assert.ok(documento.components.securitySchemes?.portador)
  assert.is((documento.paths['/api/auth/login']!.post as { security?: unknown }).security, undefined)
})

test('every example parses by the schema it illustrates', () => {
  let comprobados = 0
  const registerPath = (op: { request: { body?: Contenedor }; responses: Record<number, Contenedor> }) => {
    for (const contenedor of [op.request.body, op.responses[200]]) comprobados += comprobar(contenedor)
  }
  // An app that mounts nothing and only takes note.
  const nada = () => {}
  const espia = { on: nada, get: nada, post: nada, put: nada, use: nada, openAPIRegistry: { registerPath } } as unknown as App
  for (const montar of [...MODULOS, montarDemo]) montar(espia, servidor.deps)
  assert.ok(comprobados >= 20, `${comprobados} examples`)
})

interface Contenedor {
  content: { 'application/json': { schema: { safeParse(v: unknown): { success: boolean; error?: unknown } }; example?: unknown } }
}
/** 1 when there was an example. */
function comprobar(contenedor: Contenedor | undefined): number {
  const dentro = contenedor?.content['application/json']
  if (!dentro || dentro.example === undefined) return 0
  const leido = dentro.schema.safeParse(dentro.example)
  assert.ok(leido.success, `${JSON.stringify(dentro.example)}: ${String(leido.error)}`)
  return 1
}

test.run()
