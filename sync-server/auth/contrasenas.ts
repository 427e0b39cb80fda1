/** Passwords and PINs: argon2id with a pepper that is not in the database (OWASP's minimum: 19 MiB, 2 passes). */
import { hash, verify } from '@node-rs/argon2'
import { derivar } from '../secreto.ts'

/** Algorithm.Argon2id: a const enum, which isolated modules cannot read. */
const ARGON2ID = 2
const PARAMETROS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const pimientas = new Map<string, Buffer>()
function pimienta(secretKey: string): Buffer {
  let valor = pimientas.get(secretKey)
  if (!valor) {
    valor = derivar(secretKey, 'pimienta de contrasenas')
    pimientas.set(secretKey, valor)
  }
  return valor
}

export const hashDeContrasena = (secretKey: string, contrasena: string): Promise<string> =>
  hash(contrasena.normalize('NFKC'), { ...PARAMETROS, secret: pimienta(secretKey) })

/** What is checked when there is no such account, so that the answer takes as long as when there is. */
const senuelos = new Map<string, Promise<string>>()
function senuelo(secretKey: string): Promise<string> {
  let valor = senuelos.get(secretKey)
  if (!valor) {
    valor = hashDeContrasena(secretKey, 'nobody has this password')
    senuelos.set(secretKey, valor)
  }
  return valor
}

/** False also for an unknown account (`hashGuardado` undefined), after the same work. */
export async function contrasenaCorrecta(secretKey: string, hashGuardado: string | undefined, contrasena: string): Promise<boolean> {
  const contra = hashGuardado ?? (await senuelo(secretKey))
  const coincide = await verify(contra, contrasena.normalize('NFKC'), { secret: pimienta(secretKey) })
  return coincide && hashGuardado !== undefined
}
