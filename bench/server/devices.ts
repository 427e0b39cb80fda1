/** Devices and their sessions by the hundred, written as enrolment and login leave them, without asking for each over HTTP. */
import { exportarPublica, generarParDeLlaves } from '../../schema/core/firma.ts'
import { uuidv7 } from '../../schema/core/ids.ts'
import { abrirSesion } from '../../sync-server/auth/sesiones.ts'
import { altaDeCaja, type NegocioDePrueba, type ServidorDePrueba } from '../../sync-server/testing/servidor.ts'

/** Tills of a negocio; gives a session token for each. */
export async function makeSessions(server: ServidorDePrueba, { negocioId, sucursalId }: NegocioDePrueba, many: number): Promise<string[]> {
  const ids = Array.from({ length: many }, () => uuidv7(Date.now()))
  const key = await exportarPublica((await generarParDeLlaves()).publicKey)
  return server.db.plataforma(async (sql) => {
    await sql`
      insert into dispositivos (negocio_id, id, sucursal_id, tipo, nombre, clave_publica, serie)
      select ${negocioId}, d, ${sucursalId}, 'caja', 'Caja ' || i, ${key}, 'B' || i from unnest(${ids}::uuid[]) with ordinality t(d, i)`
    const tokens: string[] = []
    for (const dispositivoId of ids)
      tokens.push((await abrirSesion(sql, server.deps, { clase: 'dispositivo', dispositivoId, negocioId, tipo: 'caja' })).token)
    return tokens
  })
}

export interface Studio {
  id: string
  token: string
}

export async function makeStudio(server: ServidorDePrueba, negocio: NegocioDePrueba): Promise<Studio> {
  const { dispositivoId: id } = await altaDeCaja(server, negocio, { tipo: 'studio', sucursalId: null })
  const quien = { clase: 'dispositivo', dispositivoId: id, negocioId: negocio.negocioId, tipo: 'studio' } as const
  return { id, token: (await server.db.plataforma((sql) => abrirSesion(sql, server.deps, quien))).token }
}
