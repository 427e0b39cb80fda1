import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { montarDemo } from '../demo/rutas.ts'
import { MODULOS } from '../registry.ts'
import { createTestServer, type ServidorDePrueba } from '../testing/servidor.ts'
import type { App } from './entorno.ts'

let servidor: ServidorDePrueba
type Objeto = Record<string, unknown>
let documento: { openapi: string; paths: Record<string, Record<string, Objeto>>; components: Record<string, Objeto> }

test.before(async () => {
  servidor = await createTestServer({ montar: montarDemo })
  documento = (await (await servidor.fetch('http://localhost:8080/api/openapi.json')).json()) as typeof documento
})
test.after(() => servidor.cerrar())

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

test('every route of the server is in it, with an example of what it takes and of what it gives', () => {
  const descritas = new Set(operaciones().map(({ metodo, camino }) => `${metodo.toUpperCase()} ${camino}`))
  const servidas = servidor.app.routes
    .filter((r) => r.method !== 'ALL' && /^\/(api|sync|v1|health|ready|metrics)/.test(r.path) && r.path !== '/api/openapi.json')
    .map((r) => `${r.method} ${r.path.replace(/:(\w+)/g, '{$1}')}`)
  assert.ok(servidas.length >= 25)
  for (const una of servidas) assert.ok(descritas.has(una), una)
  for (const { camino, metodo, op } of operaciones()) {
    const cuerpo = (op.requestBody as { content: Objeto } | undefined)?.content
    for (const contenido of [cuerpo, (op.responses as Record<string, { content: Objeto }>)['200']?.content])
      for (const medio of Object.values(contenido ?? {})) assert.ok((medio as Objeto).example !== undefined, `${metodo} ${camino}`)
  }
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
  const espia = { on: nada, get: nada, post: nada, use: nada, openAPIRegistry: { registerPath } } as unknown as App
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
