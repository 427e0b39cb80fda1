/** The OpenAPI document: what `ruta` declared, from the schemas that validate. */
import { z } from 'zod'
import { VERSION_DEL_SERVIDOR } from '../version.ts'
import type { App } from './entorno.ts'
import { documentar } from './ruta.ts'

const DESCRIPCION = `Answers are \`{ success, data, message }\`; an error adds \`code\` and \`requestId\`, and \`campo\` when one field is to blame.

A session: \`POST /api/auth/login\`, then its \`token\` as \`Authorization: Bearer\` (ten minutes; the refresh cookie gives the next one). Money is in
pesos, instants are milliseconds since 1970. What is somebody else's is answered like what does not exist. The rules of \`/sync\` and \`/v1/shape\` are numbered
in schema/protocol/SPEC.md.`

export function montarOpenapi(app: App): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'portador', {
    type: 'http',
    scheme: 'bearer',
    description: 'Opaque token of POST /api/auth/login or POST /api/dispositivos/sesion. 10 minutes.',
  })
  documentar(app, {
    metodo: 'get',
    camino: '/api/openapi.json',
    resumen: 'This document',
    grupo: 'salud',
    sesion: false,
    paraQuien: ['nadie'],
    datos: z.looseObject({ openapi: z.string() }),
    medio: 'application/json',
    ejemplo: { datos: { openapi: '3.1.0' } },
  })
  let documento: unknown
  app.get('/api/openapi.json', (c) => {
    documento ??= app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'AnunciaYA', version: VERSION_DEL_SERVIDOR, description: DESCRIPCION },
      servers: [{ url: '/' }],
    })
    return c.json(documento as object)
  })
}
