import { firmarTexto } from '../schema/core/firma.ts'
import type { RespuestaPull } from '../schema/protocol/pull.ts'
import { CABECERA_VERSION, VERSION } from '../schema/protocol/version.ts'
import type { Db } from '../sync-server/db/db.ts'
import { altaDeEscritor, type Escritor, enviar, subir, vender } from '../sync-server/testing/kill-escritor.ts'
import {
  crearNegocioDePrueba,
  createTestServer,
  enlaceDePrueba,
  type NegocioDePrueba,
  type ServidorDePrueba,
} from '../sync-server/testing/servidor.ts'
import type { Measure } from './measure.ts'
import type { Ask } from './row.ts'
import { onEachEngine } from './store.ts'

const BASE = 'http://localhost:8080'
const CLIENTES = 5_000

export const measures = ({ engines }: Ask): Promise<Measure[]> => onEachEngine(engines, medidasDe)

async function medidasDe(_motor: string, db: Db, alFinal: () => unknown): Promise<Measure[]> {
  const servidor = await createTestServer({ db, reloj: { ahora: Date.now, avanzar: () => {} } })
  const negocio = await crearNegocioDePrueba(servidor)
  const [una, cien] = [await conCaja(servidor, negocio), await conCaja(servidor, negocio)]
  await sembrarClientes(db, negocio.negocioId)
  const token = await sesion(una, servidor)
  const end = async () => {
    await db.close()
    await alFinal()
  }
  return [
    { name: 'upload, 1 entry a request', unit: 'hechos', unitsPerTurn: 1, turn: () => venderYSubir(una, 1, servidor) },
    { name: 'upload, 100 entries a request', unit: 'hechos', unitsPerTurn: 100, turn: () => venderYSubir(cien, 100, servidor) },
    { name: `pull of ${CLIENTES} clientes`, unit: 'documents', unitsPerTurn: CLIENTES, turn: () => bajarClientes(servidor, token), end },
  ]
}

async function conCaja(servidor: ServidorDePrueba, negocio: NegocioDePrueba): Promise<Escritor> {
  const escritor = await altaDeEscritor(BASE, await enlaceDePrueba(servidor, negocio), servidor.fetch)
  await subir(escritor, BASE, 0, 1, servidor.fetch)
  return escritor
}

async function venderYSubir(escritor: Escritor, cuantos: number, { fetch }: ServidorDePrueba): Promise<void> {
  const desde = escritor.cuerpos.length
  for (let i = 0; i < cuantos; i++) await vender(escritor, 1_000 + i)
  await subir(escritor, BASE, desde, desde + cuantos, fetch)
}

/** Clientes as five thousand first sales would have left them. */
async function sembrarClientes(db: Db, negocioId: string): Promise<void> {
  const ids = Array.from({ length: CLIENTES }, (_, i) => `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`)
  const tarjetas = ids.map((_, i) => i.toString(16).padStart(16, '0'))
  await db.plataforma(
    (sql) => sql`
      insert into usuarios (id, correo, contrasena_hash, nombre)
      select u, u::text || '@example.mx', 'x', 'Cliente' from unnest(${ids}::uuid[]) u`,
  )
  await db.negocio(negocioId, async (sql) => {
    await sql`
      insert into clientes
        (negocio_id, usuario_id, card_id, alias, nivel_ultima_visita, visitas, gastado_centavos, primera_visita_at, ultima_visita_at)
      select ${negocioId}, u, c, 'Cliente', 'bronce', 1, 100, now(), now() from unnest(${ids}::uuid[], ${tarjetas}::text[]) t(u, c)`
    await sql`insert into puntos_por_negocio (negocio_id, usuario_id) select ${negocioId}, u from unnest(${ids}::uuid[]) u`
  })
}

async function sesion({ alta: { dispositivoId }, llave }: Escritor, { fetch }: ServidorDePrueba): Promise<string> {
  const { reto } = await enviar<{ reto: string }>(fetch, `${BASE}/api/dispositivos/reto`, { dispositivoId })
  const firma = await firmarTexto(llave, 'CYA1|sesion', `${dispositivoId}|${reto}`)
  return (await enviar<{ token: string }>(fetch, `${BASE}/api/dispositivos/sesion`, { dispositivoId, reto, firma })).token
}

async function bajarClientes({ fetch }: ServidorDePrueba, token: string): Promise<void> {
  let checkpoint = ''
  for (let hayMas = true; hayMas; ) {
    const respuesta = await fetch(`${BASE}/sync/pull/clientes?limite=1000${checkpoint}`, {
      headers: { authorization: `Bearer ${token}`, [CABECERA_VERSION]: String(VERSION) },
    })
    const { data } = (await respuesta.json()) as { data: RespuestaPull }
    hayMas = data.hayMas
    checkpoint = `&checkpoint=${encodeURIComponent(JSON.stringify(data.checkpoint))}`
  }
}
