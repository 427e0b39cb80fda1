/** What a journey asks of the server without a screen. */
import { randomUUID } from 'node:crypto'
import * as assert from 'uvu/assert'

/**
 * A GET, or with a body a POST (or `metodo`) of a fresh key. Gives the data.
 * @throws an assertion that names path, status and code of a refusal
 */
export async function pedir<T>(url: string, token?: string | null, cuerpo?: unknown, metodo?: string): Promise<T> {
  const respuesta = await fetch(url, {
    method: metodo ?? (cuerpo === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cuerpo === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(cuerpo === undefined ? {} : { body: JSON.stringify(cuerpo) }),
  })
  const { success, data, code } = (await respuesta.json()) as { success: boolean; data: T; code?: string }
  assert.ok(success, `${new URL(url).pathname}: ${respuesta.status} ${code}`)
  return data
}

/** A session of ten minutes. */
export async function entrar(origen: string, correo: string, contrasena: string): Promise<string> {
  return (await pedir<{ token: string }>(`${origen}/api/auth/login`, null, { correo, contrasena })).token
}
