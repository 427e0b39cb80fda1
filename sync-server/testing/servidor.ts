/** A whole server in this process: database in memory, clock in hand, requests without a port. */
import { webcrypto } from 'node:crypto'
import type { DestinationStream } from 'pino'
import { exportarPublica, firmarTexto, generarParDeLlaves } from '../../schema/core/firma.ts'
import { azarDelSistema, deBase64 } from '../../schema/core/ids.ts'
import { assert } from '../../schema/core/rechazo.ts'
import type { Configuracion } from '../../schema/domain/configuracion/configuracion.ts'
import type { RegistroDeJueces } from '../../schema/domain/hechos/libro.ts'
import { firmarQr } from '../../schema/domain/tarjetas/qr.ts'
import type { RespuestaAlta, RespuestaSesion } from '../../schema/protocol/dispositivos.ts'
import { createApp } from '../app.ts'
import { abrirFamilia } from '../auth/entrar.ts'
import { exigirMismaClave } from '../auth/huella.ts'
import { cargarLlaves } from '../auth/llaves.ts'
import type { Deps } from '../context.ts'
import type { Db } from '../db/db.ts'
import { crearEnlace } from '../domain/dispositivos/enlazar.ts'
import { EN_MEMORIA } from '../domain/imagenes/almacen.ts'
import { crearNegocio, type NegocioCreado } from '../domain/negocios/crear.ts'
import { emitirTarjeta, type TarjetaEmitida } from '../domain/tarjetas/emitir.ts'
import { crearUsuario } from '../domain/usuarios/crear.ts'
import { CARPETA_DEL_CLIENTE, type Env } from '../env.ts'
import type { App } from '../http/entorno.ts'
import { crearLog, type NivelDeLog } from '../log.ts'
import { jueces as JUECES } from '../registry.ts'
import { crearHub } from '../sync/hub.ts'
import { abrirDbDePrueba, CLAVE_DE_PRUEBA, type DbDePrueba } from './db.ts'

/** Saturday 2026-11-21, 12:00 in Mexico City. */
export const AHORA_DE_PRUEBA = Date.UTC(2026, 10, 21, 18)

export interface RelojDePrueba {
  ahora(): number
  avanzar(ms: number): void
}

export interface OpcionesDeServidor {
  /** Where the server's clock starts, ms. It stands still until moved. */
  ahora?: number
  /** A clock somebody else moves, instead of one of its own. */
  reloj?: RelojDePrueba
  jueces?: RegistroDeJueces
  /** Another database than a fresh one in memory. It is closed with the server. */
  db?: Db
  env?: Partial<Env>
  /** Deterministic randomness for ids and tokens. */
  azar?: (n: number) => Uint8Array
  /** Where its log is written; silent without LOG_LEVEL. */
  log?: DestinationStream
  /** More routes, as main mounts the demo world's. */
  montar?: (app: App, deps: Deps) => void
}

export interface ServidorDePrueba<D extends Db = Db> {
  deps: Deps
  app: App
  db: D
  /** app.request as a fetch: any origin, no network. */
  fetch: typeof globalThis.fetch
  reloj: RelojDePrueba
  cerrar(): Promise<void>
}

const ENV_DE_PRUEBA: Env = {
  port: 0,
  host: '127.0.0.1',
  dataDir: '/nonexistent',
  imagenesDir: EN_MEMORIA,
  databaseUrl: undefined,
  secretKey: CLAVE_DE_PRUEBA,
  demo: false,
  demoDias: 0,
  https: false,
  publicUrl: 'http://localhost:8080',
  cardyaUrl: 'http://localhost:8080',
  scanyaUrl: 'http://localhost:8080',
  panelUrl: 'http://localhost:8080',
  clientDir: CARPETA_DEL_CLIENTE,
  backupDir: undefined,
  drainMs: 0,
  pushSubject: 'mailto:equipo@example.mx',
  pushExtra: [],
  logLevel: 'silent',
  limites: {
    diarioPorMinuto: 1e6,
    accesoPorMinuto: 1e6,
    altasFallidasPorHora: 1e6,
    llavesPorDia: 1e6,
    pinPorHora: 1e6,
    pinPorHoraIp: 1e6,
    imagenesPorMinuto: 1e6,
    publicoPorMinuto: 1e6,
    avisosPorMinuto: 1e6,
    canjesPorHora: 1e6,
    canjesTecleadosPorMinuto: 1e6,
    cuponesEnVanoPorMinuto: 1e6,
    reclamosPorDia: 1e6,
  },
}

/** A server of its own for a test. Without `db`, on PGlite in memory, with `superusuario` for assertions. */
export function createTestServer(opciones?: OpcionesDeServidor & { db?: undefined }): Promise<ServidorDePrueba<DbDePrueba>>
export function createTestServer<D extends Db>(opciones: OpcionesDeServidor & { db: D }): Promise<ServidorDePrueba<D>>
export async function createTestServer(opciones: OpcionesDeServidor = {}): Promise<ServidorDePrueba> {
  const db = opciones.db ?? (await abrirDbDePrueba())
  const reloj = opciones.reloj ?? relojDePrueba(opciones.ahora ?? AHORA_DE_PRUEBA)
  const env = { ...ENV_DE_PRUEBA, ...opciones.env }
  await exigirMismaClave(db, env.secretKey)
  const deps: Deps = {
    db,
    env,
    log: crearLog((process.env.LOG_LEVEL as NivelDeLog | undefined) ?? (opciones.log ? 'trace' : 'silent'), opciones.log),
    now: reloj.ahora,
    azar: opciones.azar ?? azarDelSistema,
    jueces: opciones.jueces ?? JUECES,
    hub: crearHub(),
    llaves: await cargarLlaves(db, env.secretKey, reloj.ahora()),
  }
  const app = createApp(deps, { montar: (app) => opciones.montar?.(app, deps) })
  const fetch: typeof globalThis.fetch = async (entrada, opcionesDeFetch) => app.fetch(new Request(entrada, opcionesDeFetch))
  return { deps, app, db, fetch, reloj, cerrar: () => db.close() }
}

function relojDePrueba(inicio: number): RelojDePrueba {
  let ahora = inicio
  return {
    ahora: () => ahora,
    avanzar: (ms) => {
      ahora += ms
    },
  }
}

const BASE = 'http://localhost:8080'

/** A JSON request as a client makes it; gives status and body. */
export async function pedir<T = unknown>(
  servidor: Pick<ServidorDePrueba, 'fetch'>,
  camino: string,
  opciones: { cuerpo?: unknown; token?: string; metodo?: string; cabeceras?: Record<string, string> } = {},
): Promise<{ estado: number; cuerpo: { success: boolean; data: T; message: string; code?: string; campo?: string }; cabeceras: Headers }> {
  const conCuerpo = opciones.cuerpo !== undefined
  const respuesta = await servidor.fetch(`${BASE}${camino}`, {
    method: opciones.metodo ?? (conCuerpo ? 'POST' : 'GET'),
    headers: {
      ...(conCuerpo ? { 'content-type': 'application/json' } : {}),
      ...(opciones.token ? { authorization: `Bearer ${opciones.token}` } : {}),
      ...opciones.cabeceras,
    },
    ...(conCuerpo ? { body: JSON.stringify(opciones.cuerpo) } : {}),
  })
  const texto = await respuesta.text()
  return { estado: respuesta.status, cuerpo: JSON.parse(texto), cabeceras: respuesta.headers }
}

async function pedirDatos<T>(servidor: Pick<ServidorDePrueba, 'fetch'>, camino: string, cuerpo: unknown): Promise<T> {
  const respuesta = await pedir<T>(servidor, camino, { cuerpo })
  assert(respuesta.cuerpo.success, `${camino} answered ${respuesta.estado} ${respuesta.cuerpo.code}`)
  return respuesta.cuerpo.data
}

export interface CuentaDePrueba {
  usuarioId: string
  correo: string
  contrasena: string
}

let cuentas = 0
/** An account. Hashing takes tens of milliseconds: make few. */
export async function crearCuentaDePrueba(
  servidor: Pick<ServidorDePrueba, 'deps'>,
  datos: { nombre?: string; apellidos?: string; id?: string } = {},
): Promise<CuentaDePrueba> {
  cuentas++
  const correo = `persona${cuentas}-${Buffer.from(azarDelSistema(6)).toString('hex')}@example.mx`
  const contrasena = 'contrasena de prueba'
  const nueva = { correo, contrasena, nombre: datos.nombre ?? 'Persona', apellidos: datos.apellidos ?? String(cuentas) }
  const usuarioId = await crearUsuario(servidor.deps, datos.id ? { ...nueva, id: datos.id } : nueva)
  return { usuarioId, correo, contrasena }
}

/** A Bearer token of an account, without asking for its password. Ten minutes, by the server's clock. */
export async function tokenDeCuenta(servidor: Pick<ServidorDePrueba, 'deps'>, usuarioId: string): Promise<string> {
  return (await abrirFamilia(servidor.deps, usuarioId, 'tienda')).token
}

export interface NegocioDePrueba extends NegocioCreado {
  dueno: CuentaDePrueba
  /** The first one. */
  sucursalId: string
  /** Enrolled tills, as many as asked for, in the first sucursal. */
  cajas: CajaDePrueba[]
}

/** A tenant with its dueño. Defaults: one sucursal, $10 a point, no tills. */
export async function crearNegocioDePrueba(
  servidor: ServidorDePrueba,
  opciones: {
    nombre?: string
    sucursales?: { id?: string; nombre: string; zonaHoraria?: string }[]
    configuracion?: Partial<Omit<Configuracion, 'version'>>
    cajas?: number
    dueno?: CuentaDePrueba
    id?: string
  } = {},
): Promise<NegocioDePrueba> {
  const dueno = opciones.dueno ?? (await crearCuentaDePrueba(servidor, { nombre: 'Dueño' }))
  const creado = await crearNegocio(servidor.deps, {
    ...(opciones.id ? { id: opciones.id } : {}),
    nombre: opciones.nombre ?? 'Negocio de prueba',
    codigoCaja: `prueba-${Buffer.from(azarDelSistema(6)).toString('hex')}`,
    duenoId: dueno.usuarioId,
    sucursales: opciones.sucursales ?? [{ nombre: 'Centro' }],
    ...(opciones.configuracion ? { configuracion: opciones.configuracion } : {}),
  })
  const sucursalId = creado.sucursales[0]!.id
  const negocio: NegocioDePrueba = { ...creado, dueno, sucursalId, cajas: [] }
  for (let i = 0; i < (opciones.cajas ?? 0); i++) negocio.cajas.push(await altaDeCaja(servidor, negocio))
  return negocio
}

/** A one-use link, as the dueño would make it. */
export async function enlaceDePrueba(
  servidor: Pick<ServidorDePrueba, 'deps'>,
  negocio: Pick<NegocioDePrueba, 'negocioId' | 'sucursalId' | 'dueno'>,
  opciones: { tipo?: 'caja' | 'studio'; nombre?: string; sucursalId?: string | null } = {},
): Promise<string> {
  const { tipo = 'caja', nombre = 'Equipo de prueba', sucursalId = negocio.sucursalId } = opciones
  const enlace = await crearEnlace(servidor.deps, negocio.negocioId, negocio.dueno.usuarioId, { tipo, nombre, sucursalId })
  return enlace.token
}

export interface CajaDePrueba extends RespuestaAlta {
  llaves: RespuestaAlta['llaves']
  par: CryptoKeyPair
  clavePublica: string
}

/** Enrols a till (or a Studio) by HTTP with a key of its own. */
export async function altaDeCaja(
  servidor: ServidorDePrueba,
  negocio: Pick<NegocioDePrueba, 'negocioId' | 'sucursalId' | 'dueno'>,
  opciones: { tipo?: 'caja' | 'studio'; nombre?: string; sucursalId?: string | null } = {},
): Promise<CajaDePrueba> {
  const token = await enlaceDePrueba(servidor, negocio, opciones)
  const par = await generarParDeLlaves()
  const clavePublica = await exportarPublica(par.publicKey)
  const firma = await firmarTexto(par.privateKey, 'CYA1|alta', `${token}|${clavePublica}`)
  const alta = await pedirDatos<RespuestaAlta>(servidor, '/api/dispositivos/alta', { token, clavePublica, modelo: 'prueba', firma })
  return { ...alta, par, clavePublica }
}

/** A session of the device, by HTTP: challenge, signature, token. */
export async function sesionDeDispositivo(
  servidor: ServidorDePrueba,
  { dispositivoId, par }: Pick<CajaDePrueba, 'dispositivoId' | 'par'>,
): Promise<RespuestaSesion> {
  const { reto } = await pedirDatos<{ reto: string }>(servidor, '/api/dispositivos/reto', { dispositivoId })
  const firma = await firmarTexto(par.privateKey, 'CYA1|sesion', `${dispositivoId}|${reto}`)
  return pedirDatos<RespuestaSesion>(servidor, '/api/dispositivos/sesion', { dispositivoId, reto, firma })
}

export interface ShopperDePrueba extends CuentaDePrueba {
  tarjeta: TarjetaEmitida
  privada: CryptoKey
  clavePublica: string
  /** A fresh QR, with the next counter, at the server's time or the one given (ms). */
  qr(at?: number, ctr?: number): Promise<string>
}

/** A person with a card, a phone key and its certificate. */
export async function crearShopper(
  servidor: ServidorDePrueba,
  datos: { nombre?: string; apellidos?: string; id?: string } = {},
): Promise<ShopperDePrueba> {
  const cuenta = await crearCuentaDePrueba(servidor, { nombre: 'Ana', apellidos: 'López', ...datos })
  const par = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])) as CryptoKeyPair
  const clavePublica = await exportarPublica(par.publicKey)
  const tarjeta = await emitirTarjeta(servidor.deps, cuenta.usuarioId, clavePublica)
  let siguiente = 1
  const qr = (at = servidor.reloj.ahora(), ctr = siguiente++) =>
    firmarQr(par.privateKey, deBase64(tarjeta.certificado), { tsSegundos: Math.floor(at / 1_000), ctr, flags: 0 })
  return { ...cuenta, tarjeta, privada: par.privateKey, clavePublica, qr }
}
