/** What a person reads in the terminal once the server listens. */
import type { Deps } from './context.ts'
import { credenciales } from './demo/rutas.ts'

export function presentar({ env, db }: Pick<Deps, 'env' | 'db'>, puerto: number, demo: boolean): void {
  const donde = env.publicUrl.replace(/:0$/, `:${puerto}`)
  const base = db.motor === 'pglite' ? `embedded, in ${env.dataDir}` : 'PostgreSQL'
  const renglones = ['', `AnunciaYA   ${donde}`, `database    ${base}`, `API         ${donde}/api/openapi.json`]
  if (demo) renglones.push('', 'Demo world:', ...renglonesDeDemo())
  console.log([...renglones, ''].join('\n'))
}

function renglonesDeDemo(): string[] {
  const { cuentas, negocios } = credenciales()
  return [
    ...cuentas.map((c) => `  ${c.papel.padEnd(34)} ${c.correo.padEnd(28)} ${c.contrasena}`),
    ...negocios.flatMap((n) =>
      n.empleados.map((e) => `  ${`@${e.nick} (${e.sucursal})`.padEnd(34)} ${n.codigoCaja.padEnd(28)} PIN ${e.pin}`),
    ),
  ]
}
