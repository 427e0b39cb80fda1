/**
 * A world: one real server on one database, tenants with tills and Studios that are real replicas, shoppers with phones, and everything between
 * them that may fail. All choices come from the seed. The database is reused from seed to seed and emptied between them.
 */

import type { RegistroDeJueces } from '../../schema/domain/hechos/libro.ts'
import { JUECES } from '../../schema/registry.ts'
import type { Deps } from '../../sync-server/context.ts'
import { crearArticulos } from '../../sync-server/domain/articulos/crear.ts'
import { crearEnlace } from '../../sync-server/domain/dispositivos/enlazar.ts'
import { crearNegocio } from '../../sync-server/domain/negocios/crear.ts'
import { emitirTarjeta } from '../../sync-server/domain/tarjetas/emitir.ts'
import { abrirDbDePrueba, type DbDePrueba } from '../../sync-server/testing/db.ts'
import { createTestServer } from '../../sync-server/testing/servidor.ts'
import { type Azar, crearAzar } from './azar.ts'
import { Cuentas } from './cuentas.ts'
import { Equipo } from './equipo.ts'
import { Nodo } from './nodo.ts'
import { Linea } from './red.ts'
import { crearServicios, type Servicios } from './servicios.ts'
import { Telefono } from './telefono.ts'
import { Tiempo } from './tiempo.ts'
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
  equipos: EquipoDeNegocio[]
}

/** What a screen said was saved. */
export interface Confirmado {
  hechoId: string
  tipo: string
  negocioId: string
  equipo: string
  montoCentavos: number
  /** Its journal was destroyed before the server had it: nobody can promise it any more. */
  perdido: boolean
}

export class Mundo {
  readonly azar: Azar
  /** Of the cards typed by hand; in some worlds there are many. A stream of its own: what older seeds found still happens. */
  readonly escritas: { azar: Azar; cuantas: number }
  /** Of what Studios write several at once: apart for the same reason. */
  readonly estudio: Azar
  readonly tiempo: Tiempo
  readonly db: DbDePrueba
  readonly nodo: Nodo
  readonly cuentas = new Cuentas()
  readonly negocios: NegocioDelMundo[] = []
  readonly telefonos: Telefono[] = []
  readonly confirmados: Confirmado[] = []
  /** Edits a Studio said were saved. */
  ediciones: { negocioId: string; equipo: string; id: string; documento: Record<string, unknown> }[] = []
  readonly veneno = new Veneno()
  /** What nothing in the product should ever throw. */
  readonly errores: unknown[] = []
  /** Of the living incarnation; of the last one while the server is down. */
  deps!: Deps
  servicios!: Servicios
  #equipos = 0

  constructor(seed: number, db: DbDePrueba) {
    this.azar = crearAzar(seed)
    const deEscritas = this.azar.rama('tarjetas escritas')
    this.escritas = { azar: deEscritas, cuantas: deEscritas.elegir([0, 0.08, 0.15, 0.6]) }
    this.estudio = this.azar.rama('estudio')
    this.tiempo = new Tiempo(INICIO)
    this.db = db
    const azarDelServidor = this.azar.rama('servidor')
    this.nodo = new Nodo(db, this.tiempo, async (mortal) => {
      const reloj = { ahora: () => this.tiempo.ahora, avanzar: () => {} }
      const servidor = await createTestServer({ db: mortal, reloj, azar: (n) => azarDelServidor.bytes(n), jueces: this.#jueces() })
      this.deps = servidor.deps
      this.servicios = crearServicios(servidor.deps, (orden) => this.nodo.ordenar(orden))
      return servidor.app
    })
    this.nodo.alMorir = () => {
      this.cuentas.mas('server killed mid-transaction')
      for (const { equipo } of this.equipos()) equipo.linea.cortarFlujos()
    }
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

  async nuevoNegocio(nombre: string, sucursales: number): Promise<NegocioDelMundo> {
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
      configuracion: { valorPuntoCentavos: this.azar.elegir([500, 1_000, 2_000]) },
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
    const negocio = { negocioId, duenoId, sucursales: ids, empleados, articulos: articulos.map((a) => a.id), equipos: [] }
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
    const telefono = new Telefono(usuarioId, this.tiempo, (id, clave) => this.nodo.ordenar(() => emitirTarjeta(this.deps, id, clave)))
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

  anotarError(error: unknown): void {
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
  const primero = await mundo.nuevoNegocio('Pizzeria', 2)
  const segundo = await mundo.nuevoNegocio('Cafe', 1)
  for (let i = 0; i < cajas; i++) mundo.nuevoEquipo(primero, 'caja', primero.sucursales[i < 2 ? 0 : 1] ?? null)
  for (let i = 0; i < studios; i++) mundo.nuevoEquipo(primero, 'studio', null)
  mundo.nuevoEquipo(segundo, 'caja', segundo.sucursales[0] ?? null)
  for (const negocio of mundo.negocios) for (const e of negocio.equipos) await mundo.darDeAlta(negocio, e)
  for (let i = 0; i < shoppers; i++)
    await mundo.nuevoShopper(['Ana López', 'Juan Pérez', 'María Ruiz', 'Luis Gil', 'Eva Sol'][i % 5] as string)
  return mundo
}

let tablas: string | undefined

/** Empties every table but the platform's own. */
async function vaciar(db: DbDePrueba): Promise<void> {
  if (!tablas) {
    const filas = await db.superusuario`select tablename from pg_tables where schemaname = 'public'`
    const propias = new Set(['migraciones', 'llaves_plataforma', 'secretos', 'contador_plataforma'])
    tablas = filas
      .map((f) => f.tablename as string)
      .filter((t) => !propias.has(t))
      .join(', ')
  }
  const todas = tablas
  await db.superusuario.begin((tx) => tx.unsafe(`truncate ${todas} cascade`))
}

export const abrirDbDelMundo = (): Promise<DbDePrueba> => abrirDbDePrueba()
