/**
 * A world: one real server on one database, tenants with tills and Studios that are real replicas, shoppers with phones, and everything between
 * them that may fail. All choices come from the seed. The database is reused from seed to seed and emptied between them.
 */

import type { Cupon } from '../../schema/domain/cupones/cupon.ts'
import type { RegistroDeJueces } from '../../schema/domain/hechos/libro.ts'
import { JUECES } from '../../schema/registry.ts'
import type { Deps } from '../../sync-server/context.ts'
import { crearArticulos } from '../../sync-server/domain/articulos/crear.ts'
import { crearEnlace } from '../../sync-server/domain/dispositivos/enlazar.ts'
import { crearNegocio } from '../../sync-server/domain/negocios/crear.ts'
import { comoHubDeProceso } from '../../sync-server/sync/hub.ts'
import { abrirDbDePrueba, type DbDePrueba } from '../../sync-server/testing/db.ts'
import { createTestServer } from '../../sync-server/testing/servidor.ts'
import { type Azar, crearAzar } from './azar.ts'
import { Cuentas } from './cuentas.ts'
import { Equipo } from './equipo.ts'
import { type Encarnacion, Nodo } from './nodo.ts'
import { Linea } from './red.ts'
import type { Respaldo } from './respaldo.ts'
import { crearServicios, type Servicios } from './servicios.ts'
import { Telefono } from './telefono.ts'
import { Tiempo } from './tiempo.ts'
import { vaciar } from './vaciar.ts'
import { estaEnvenenado, Veneno } from './veneno.ts'

export interface OpcionesDeMundo {
  seed: number
  db: DbDePrueba
  /** Tills of the first negocio; the second has one. */
  cajas?: number
  studios?: number
  shoppers?: number
}

export interface EquipoDeNegocio {
  equipo: Equipo
  tipo: 'caja' | 'studio'
  sucursalId: string | null
  /** Known once enrolled. */
  dispositivoId: string | null
  /** Its private key, kept apart so that a revoked device's journal can be replayed. */
  llave: CryptoKey | null
  deBaja: boolean
}

export interface NegocioDelMundo {
  negocioId: string
  duenoId: string
  sucursales: string[]
  empleados: string[]
  articulos: string[]
  recompensas: { id: string; puntos: number }[]
  cupones: CuponDelMundo[]
  equipos: EquipoDeNegocio[]
}
export type CuponDelMundo = Pick<Cupon, 'id' | 'tipo' | 'valor' | 'codigo' | 'soloConConexion'>

/** A canje a shopper holds: its QR and its letters. */
export interface CanjeDelMundo {
  negocioId: string
  usuarioId: string
  canjeId: string
  /** Where it is given; null: anywhere. */
  sucursalId: string | null
  textos: [qr: string, codigo: string]
}

/** What a screen said was saved. */
export interface Confirmado {
  hechoId: string
  tipo: string
  negocioId: string
  equipo: string
  montoCentavos: number
  /** A sale to nobody: whoever has its ticket may claim it. */
  sinCliente?: boolean
  /** Its journal was destroyed before the server had it: nobody can promise it any more. */
  perdido: boolean
}

/** A server that runs: its app, and the doors of its console. */
interface Servidor extends Encarnacion {
  deps: Deps
  servicios: Servicios
}
/** A hint reaches another node so much later. */
const RELEVO_MS = 30

export class Mundo {
  readonly azar: Azar
  /** Of the cards typed by hand; in some worlds there are many. A stream of its own: what older seeds found still happens. */
  readonly escritas: { azar: Azar; cuantas: number }
  /** Of what Studios write several at once: apart for the same reason. */
  readonly estudio: Azar
  /** Of what happens with points and cupones: apart too. */
  readonly mostrador: Azar
  readonly tiempo: Tiempo
  readonly db: DbDePrueba
  readonly nodo: Nodo<Servidor>
  readonly cuentas = new Cuentas()
  readonly negocios: NegocioDelMundo[] = []
  readonly telefonos: Telefono[] = []
  readonly confirmados: Confirmado[] = []
  readonly canjes: CanjeDelMundo[] = []
  /** Canjes that a till said it gave, with no network: its journal has them. `perdido`: as of `Confirmado`. */
  readonly entregas: { negocioId: string; equipo: string; canjeId: string; perdido: boolean }[] = []
  /** Edits a Studio said were saved. */
  ediciones: { negocioId: string; equipo: string; id: string; documento: Record<string, unknown> }[] = []
  readonly veneno = new Veneno()
  respaldo: Respaldo | null = null
  /** The server was put back at least once. */
  restaurado = false
  /** What nothing in the product should ever throw. */
  readonly errores: unknown[] = []
  #equipos = 0

  constructor(seed: number, db: DbDePrueba) {
    this.azar = crearAzar(seed)
    const deEscritas = this.azar.rama('tarjetas escritas')
    this.escritas = { azar: deEscritas, cuantas: deEscritas.elegir([0, 0.08, 0.15, 0.6]) }
    this.estudio = this.azar.rama('estudio')
    this.mostrador = this.azar.rama('mostrador')
    this.tiempo = new Tiempo(INICIO)
    this.db = db
    const azarDelServidor = this.azar.rama('servidor')
    this.nodo = new Nodo(db, this.tiempo, async (mortal, ordenar) => {
      const reloj = { ahora: () => this.tiempo.ahora, avanzar: () => {} }
      const { deps, app } = await createTestServer({ db: mortal, reloj, azar: (n) => azarDelServidor.bytes(n), jueces: this.#jueces() })
      const servicios = crearServicios(deps, ordenar)
      return { deps, servicios, fetch: (pedido) => app.fetch(pedido), avisarA: (otra, vivas) => this.#relevar(deps, otra.deps, vivas) }
    })
    this.nodo.alMorir = (aMedias) => {
      if (aMedias) this.cuentas.mas('server killed mid-transaction')
      for (const { equipo } of this.equipos()) equipo.linea.cortarFlujos()
    }
  }

  /** Of a living server; of the last one while there is none. */
  get deps(): Deps {
    return this.nodo.encarnacion.deps
  }
  get servicios(): Servicios {
    return this.nodo.encarnacion.servicios
  }

  /** What one node publishes the other hears a little later, as through the database's notifications. */
  #relevar(de: Deps, a: Deps, vivas: () => boolean): void {
    const [origen, destino] = [comoHubDeProceso(de.hub), comoHubDeProceso(a.hub)]
    if (!origen || !destino) return
    const luego = (decir: () => void) => void this.tiempo.poner(() => vivas() && decir(), RELEVO_MS, destino)
    origen.alPublicar((aviso) => vivas() && luego(() => destino.publicarAjeno(aviso)))
    origen.alRevocarAqui((id) => vivas() && luego(() => destino.revocarAjeno(id)))
  }

  equipos(): EquipoDeNegocio[] {
    return this.negocios.flatMap((n) => n.equipos)
  }

  /** The product's judges, except that the venta's throws on a poisoned one until a release corrects it. */
  #jueces(): RegistroDeJueces {
    return {
      ...JUECES,
      venta: (libro, cambios, entrada) => {
        if (this.veneno.activo && estaEnvenenado(entrada.sobre)) throw new Error('poison')
        JUECES.venta?.(libro, cambios, entrada)
      },
    }
  }

  /** `expiranEnMeses`: of its points (PTS-24); null: never. */
  async nuevoNegocio(nombre: string, sucursales: number, expiranEnMeses: number | null = null): Promise<NegocioDelMundo> {
    const duenoId = await this.#nuevaPersona(`Dueño ${nombre}`)
    const creado = await crearNegocio(this.deps, {
      id: this.azar.uuid(),
      nombre,
      codigoCaja: nombre.toLowerCase().replaceAll(' ', '-'),
      duenoId,
      sucursales: Array.from({ length: sucursales }, (_, i) => ({
        id: this.azar.uuid(),
        nombre: `Sucursal ${i + 1}`,
        zonaHoraria: i === 0 ? 'America/Mexico_City' : 'America/Tijuana',
      })),
      configuracion: { valorPuntoCentavos: this.azar.elegir([500, 1_000, 2_000]), expiranEnMeses },
    })
    const negocioId = creado.negocioId
    const articulos = await crearArticulos(
      this.deps,
      negocioId,
      duenoId,
      ['Pizza', 'Refresco', 'Café', 'Postre'].map((articulo, i) => ({
        id: this.azar.uuid(),
        nombre: articulo,
        precioCentavos: 2_500 * (i + 1),
      })),
    )
    const ids = creado.sucursales.map((s) => s.id)
    const empleados = await this.servicios.crearEmpleados(negocioId, ids[0] ?? null, [this.azar.uuid(), this.azar.uuid()])
    const recompensas = await this.servicios.crearRecompensas(negocioId, duenoId)
    const cupones = await this.servicios.crearCupones(negocioId, duenoId)
    const deSuCatalogo = { articulos: articulos.map((a) => a.id), recompensas, cupones }
    const negocio = { negocioId, duenoId, sucursales: ids, empleados, ...deSuCatalogo, equipos: [] }
    this.negocios.push(negocio)
    return negocio
  }

  /** A device, off and not enrolled. */
  nuevoEquipo(negocio: NegocioDelMundo, tipo: 'caja' | 'studio', sucursalId: string | null): EquipoDeNegocio {
    const nombre = `${tipo}-${++this.#equipos}`
    const linea = new Linea(this.tiempo, this.azar.rama(`linea ${nombre}`), this.nodo, (fallo) => this.cuentas.mas(`network: ${fallo}`))
    const equipo = new Equipo(nombre, tipo === 'caja' ? 'scanya' : 'studio', this.tiempo, this.azar.rama(nombre), linea)
    const nuevo = { equipo, tipo, sucursalId, dispositivoId: null, llave: null, deBaja: false }
    negocio.equipos.push(nuevo)
    return nuevo
  }

  /** Turns a device on and enrols it, with everything in order. */
  async darDeAlta(negocio: NegocioDelMundo, e: EquipoDeNegocio): Promise<void> {
    await e.equipo.encender()
    await this.tiempo.quieto()
    const pedido = { tipo: e.tipo, nombre: e.equipo.nombre, sucursalId: e.sucursalId }
    const { token } = await crearEnlace(this.deps, negocio.negocioId, negocio.duenoId, pedido)
    e.dispositivoId = (await this.logrado(e.equipo.lograr('alta', (api) => api.darDeAlta(token, 'simulación')))).dispositivoId
    e.llave = (e.equipo.disco.notas.get('llave') as { privada: CryptoKey }).privada
    await this.tiempo.quieto()
  }

  async nuevoShopper(nombre: string): Promise<Telefono> {
    const usuarioId = await this.#nuevaPersona(nombre)
    const telefono = new Telefono(usuarioId, this.tiempo, (id, clave) => this.servicios.emitirTarjeta(id, clave))
    await telefono.conectar()
    this.telefonos.push(telefono)
    return telefono
  }

  /** Waits for something that needs the world's clock to move. */
  async logrado<T>(promesa: Promise<T>, paciencia = 200): Promise<T> {
    let lista = false
    const marcada = promesa.finally(() => {
      lista = true
    })
    marcada.catch(() => {})
    for (let i = 0; i < paciencia && !lista; i++) {
      await this.tiempo.quieto()
      if (!lista) await this.tiempo.avanzar(1_000)
    }
    if (!lista) throw new Error('the world waited 200 s for an answer')
    return marcada
  }

  readonly anotarError = (error: unknown): void => {
    this.errores.push(error)
  }

  cerrar(): void {
    for (const { equipo } of this.equipos()) equipo.matar()
  }

  async #nuevaPersona(nombre: string): Promise<string> {
    const id = this.azar.uuid()
    const [primero = '', apellidos = ''] = nombre.split(' ')
    await this.db
      .superusuario`insert into usuarios (id, correo, contrasena_hash, nombre, apellidos) values (${id}, ${`${id}@prueba.mx`}, 'nobody logs in', ${primero}, ${apellidos})`
    return id
  }
}

/** Saturday 2026-11-21, 12:00 in Mexico City. */
export const INICIO = Date.UTC(2026, 10, 21, 18)

/** Two negocios that share shoppers: the first with two sucursales, tills and Studios; the second with one till. */
export async function createWorld({ seed, db, cajas = 3, studios = 2, shoppers = 4 }: OpcionesDeMundo): Promise<Mundo> {
  await vaciar(db)
  const mundo = new Mundo(seed, db)
  await mundo.nodo.levantar()
  await mundo.servicios.alArrancar()
  const primero = await mundo.nuevoNegocio('Pizzeria', 2, seed % 3 === 0 ? 1 : null)
  const segundo = await mundo.nuevoNegocio('Cafe', 1, 1)
  for (let i = 0; i < cajas; i++) mundo.nuevoEquipo(primero, 'caja', primero.sucursales[i < 2 ? 0 : 1] ?? null)
  for (let i = 0; i < studios; i++) mundo.nuevoEquipo(primero, 'studio', null)
  mundo.nuevoEquipo(segundo, 'caja', segundo.sucursales[0] ?? null)
  for (const negocio of mundo.negocios) for (const e of negocio.equipos) await mundo.darDeAlta(negocio, e)
  for (let i = 0; i < shoppers; i++)
    await mundo.nuevoShopper(['Ana López', 'Juan Pérez', 'María Ruiz', 'Luis Gil', 'Eva Sol'][i % 5] as string)
  return mundo
}

export const abrirDbDelMundo = (): Promise<DbDePrueba> => abrirDbDePrueba()
