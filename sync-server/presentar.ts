/** What a person reads in the terminal once the server listens. */
import type { Deps } from './context.ts'
import { credenciales } from './demo/rutas.ts'

export async function presentar({ env, db }: Pick<Deps, 'env' | 'db'>, puerto: number, demo: boolean): Promise<void> {
  const donde = env.publicUrl.replace(/:0$/, `:${puerto}`)
  const base = db.motor === 'pglite' ? `embedded, in ${env.dataDir}` : 'PostgreSQL'
  const renglones = ['', `AnunciaYA   ${donde}`, `database    ${base}`, `API         ${donde}/api/docs`]
  if (env.https) renglones.push(...(await renglonesDeHttps(donde)))
  if (demo) renglones.push('', 'Demo world:', ...renglonesDeDemo())
  console.log([...renglones, ''].join('\n'))
}

/** How a phone of the same network gets in: a browser believes this certificate only after its owner does. */
async function renglonesDeHttps(donde: string): Promise<string[]> {
  const { default: qrcode } = await import('qrcode')
  // With its own colours: drawn with the terminal's, it would be white on black, which some cameras do not read.
  const codigo = await qrcode.toString(donde, { type: 'terminal', small: true, errorCorrectionLevel: 'L' })
  return [`certificate ${donde}/certificado.crt   (install it once on each phone; README, "Phones on the LAN")`, '', codigo.trimEnd()]
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
