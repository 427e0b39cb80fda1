/** The OpenAPI document: what `ruta` declared, from the schemas that validate. */
import type { App } from './entorno.ts'

export function montarOpenapi(app: App): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'portador', {
    type: 'http',
    scheme: 'bearer',
    description: 'Opaque token of POST /api/auth/login or POST /api/dispositivos/sesion. 10 minutes.',
  })
  let documento: unknown
  app.get('/api/openapi.json', (c) => {
    documento ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'AnunciaYA', version: '1', description: 'Answers are { success, data, message }; an error adds code and requestId.' },
      servers: [{ url: '/' }],
    })
    return c.json(documento as object)
  })
}
