/** Makes the demo world through the same verbs merchants use. Every step looks first, so a start killed halfway is finished by the next. */

import { uuidDeTexto } from '../../schema/core/ids.ts'
import { assert } from '../../schema/core/rechazo.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import type { Deps } from '../context.ts'
import { crearArticulos } from '../domain/articulos/crear.ts'
import { crearEmpleado } from '../domain/empleados/crear.ts'
import { listarEmpleados } from '../domain/empleados/listar.ts'
import { crearNegocio } from '../domain/negocios/crear.ts'
import { crearRecompensas } from '../domain/recompensas/crear.ts'
import { crearUsuario } from '../domain/usuarios/crear.ts'
import { RECOMPENSAS } from './catalogo/recompensas.ts'
import { subirDibujos } from './catalogo/subir-dibujos.ts'
import { asegurarCupones, guardarCuponesDemo } from './cupones.ts'
import { contarHistoria } from './historia/contar.ts'
import { contarStudios } from './historia/studios.ts'
import { CUENTAS, NEGOCIOS, type NegocioDemo } from './mundo.ts'

/** Ids are the same on every machine: documentation and journeys may name them. */
const idDe = (que: string): Promise<string> => uuidDeTexto(`demo|${que}`)

/**
 * Whether this server shows the demo world: when asked (DEMO), else on an embedded database that is empty or already holds it. A real
 * database never gets one unasked.
 */
export async function esDemo(deps: Pick<Deps, 'db' | 'env'>): Promise<boolean> {
  if (deps.env.demo !== undefined) return deps.env.demo
  if (deps.env.databaseUrl !== undefined) return false
  const primero = await idDe(`negocio|${NEGOCIOS[0]!.codigoCaja}`)
  const [fila] = await deps.db.plataforma(
    (sql) => sql<{ cuantos: number; tiene: boolean }[]>`
      select count(*)::int as cuantos, coalesce(bool_or(negocio_id = ${primero}), false) as tiene from negocios`,
  )
  return fila!.cuantos === 0 || fila!.tiene
}

/** Two nodes that start together on one database meet in some of the steps; the one that lost looks again. */
const INTENTOS = 5
const ESPERA_MS = 200

/**
 * Creates what is missing, and brings the story of its tills up to now (historia/contar.ts). Quick when nothing is missing. A new world begins
 * `env.demoDias` ago. `decir`: as contarHistoria.
 */
export async function crearMundoDemo(deps: Deps, decir?: (entradas: number) => void): Promise<void> {
  const desde = (await inicioDelMundo(deps)) ?? deps.now() - deps.env.demoDias * DIA
  const alPrincipio: Deps = { ...deps, now: () => desde }
  for (let intento = 1; ; intento++) {
    try {
      await crearLoQueFalte(alPrincipio)
      const cupones = await asegurarCupones(deps, alPrincipio)
      if (deps.env.demoDias === 0) return
      await contarHistoria(deps, desde, decir)
      await guardarCuponesDemo(deps, cupones)
      await contarStudios(deps)
      return
    } catch (error) {
      if (intento === INTENTOS) throw error
      await new Promise((listo) => setTimeout(listo, ESPERA_MS * intento))
    }
  }
}

/** The first rules of the first negocio are in force since the world began. */
async function inicioDelMundo(deps: Pick<Deps, 'db'>): Promise<number | undefined> {
  const negocioId = await idDe(`negocio|${NEGOCIOS[0]!.codigoCaja}`)
  const [fila] = await deps.db.negocio(
    negocioId,
    (sql) => sql<{ vigenteAt: number }[]>`select vigente_at from configuraciones where negocio_id = ${negocioId} and version = 1`,
  )
  return fila?.vigenteAt
}

async function crearLoQueFalte(deps: Deps): Promise<void> {
  await Promise.all(CUENTAS.map((cuenta) => asegurarCuenta(deps, cuenta.clave)))
  for (const negocio of NEGOCIOS) await asegurarNegocio(deps, negocio)
}

async function asegurarCuenta(deps: Deps, clave: string): Promise<void> {
  const cuenta = CUENTAS.find((c) => c.clave === clave)!
  const [existe] = await deps.db.plataforma((sql) => sql`select 1 from usuarios where correo = ${cuenta.correo}`)
  if (existe) return
  const puntosLifetime = deps.env.demoDias > 0 ? 0 : (cuenta.puntosLifetime ?? 0)
  await crearUsuario(deps, { ...cuenta, puntosLifetime, id: await idDe(`usuario|${clave}`) })
}

async function asegurarNegocio(deps: Deps, demo: NegocioDemo): Promise<void> {
  const negocioId = await idDe(`negocio|${demo.codigoCaja}`)
  const [existe] = await deps.db.negocio(negocioId, (sql) => sql`select 1 from negocios where negocio_id = ${negocioId}`)
  if (!existe) {
    const sucursales = await Promise.all(
      demo.sucursales.map(async (nombre) => ({ nombre, id: await idDe(`sucursal|${demo.codigoCaja}|${nombre}`) })),
    )
    const { nombre, codigoCaja, ciudad, valorPuntoCentavos } = demo
    const duenoId = await idDe(`usuario|${demo.dueno}`)
    await crearNegocio(deps, { id: negocioId, nombre, codigoCaja, ciudad, duenoId, sucursales, configuracion: { valorPuntoCentavos } })
  }
  await asegurarGerente(deps, negocioId, demo)
  await asegurarArticulos(deps, negocioId, demo)
  await asegurarRecompensas(deps, negocioId, demo)
  await asegurarEmpleados(deps, negocioId, demo)
}

async function asegurarGerente(deps: Deps, negocioId: string, { gerente, codigoCaja }: NegocioDemo): Promise<void> {
  if (!gerente) return
  const fila = {
    negocio_id: negocioId,
    usuario_id: await idDe(`usuario|${gerente.clave}`),
    papel: 'gerente',
    sucursal_id: await idDe(`sucursal|${codigoCaja}|${gerente.sucursal}`),
  }
  await deps.db.negocio(negocioId, (sql) => sql`insert into negocio_cuentas ${sql(fila)} on conflict do nothing`)
}

/** Also what a later release added to the menu. One its dueño deleted is still there, deleted. */
async function asegurarArticulos(deps: Deps, negocioId: string, demo: NegocioDemo): Promise<void> {
  const filas = await deps.db.negocio(negocioId, (sql) => sql<{ id: string }[]>`select id from articulos where negocio_id = ${negocioId}`)
  const hechos = new Set(filas.map((fila) => fila.id))
  const conId = await Promise.all(demo.articulos.map(async (a) => ({ ...a, id: await idDe(`articulo|${demo.codigoCaja}|${a.nombre}`) })))
  const faltan = conId.filter((a) => !hechos.has(a.id))
  if (faltan.length === 0) return
  // A world without history is for trying things quickly: nothing is drawn for it.
  const fotos = deps.env.demoDias > 0 ? await subirDibujos(deps, negocioId, faltan) : new Map<string, string>()
  const nuevos = await Promise.all(
    faltan.map(async ({ dibujo: _, soloEn = [], ...articulo }) => ({
      ...articulo,
      imagenes: [fotos.get(articulo.nombre)].filter((hash) => hash !== undefined),
      sucursales: await Promise.all(soloEn.map((nombre) => idDe(`sucursal|${demo.codigoCaja}|${nombre}`))),
    })),
  )
  const dueno = CUENTAS.find((c) => c.clave === demo.dueno)!
  await crearArticulos(deps, negocioId, await idDe(`usuario|${demo.dueno}`), nuevos, `${dueno.nombre} ${dueno.apellidos}`)
}

/** As the articulos, whose pictures they show. */
async function asegurarRecompensas(deps: Deps, negocioId: string, { codigoCaja, dueno }: NegocioDemo): Promise<void> {
  const [hechas, fotos] = await deps.db.negocio(negocioId, async (sql) => [
    await sql<{ id: string }[]>`select id from recompensas where negocio_id = ${negocioId}`,
    await sql<{ id: string; imagen: string | null }[]>`select id, imagenes ->> 0 as imagen from articulos where negocio_id = ${negocioId}`,
  ])
  const imagenes = new Map(fotos.map(({ id, imagen }) => [id, imagen]))
  const nuevas = await Promise.all(
    (RECOMPENSAS[codigoCaja] ?? []).map(async ({ articulo, soloEn = [], ...resto }) => ({
      ...resto,
      id: await recompensaDemo(codigoCaja, resto.nombre),
      imagen: articulo ? (imagenes.get(await articuloDemo(codigoCaja, articulo)) ?? null) : null,
      sucursales: await Promise.all(soloEn.map((nombre) => idDe(`sucursal|${codigoCaja}|${nombre}`))),
    })),
  )
  const faltan = nuevas.filter(({ id }) => !hechas.some((hecha) => hecha.id === id))
  const suyo = CUENTAS.find((c) => c.clave === dueno)!
  await crearRecompensas(deps, negocioId, await idDe(`usuario|${dueno}`), faltan, `${suyo.nombre} ${suyo.apellidos}`)
}

async function asegurarEmpleados(deps: Deps, negocioId: string, demo: NegocioDemo): Promise<void> {
  const hechos = new Set((await listarEmpleados(deps, negocioId, null)).map((e) => e.nick))
  for (const { sucursal, ...empleado } of demo.empleados) {
    if (hechos.has(empleado.nick)) continue
    const [id, sucursalId] = await Promise.all([
      idDe(`empleado|${demo.codigoCaja}|${empleado.nick}`),
      idDe(`sucursal|${demo.codigoCaja}|${sucursal}`),
    ])
    await crearEmpleado(deps, negocioId, { ...empleado, id, sucursalId })
  }
}

/** The ids of a negocio of the demo world by the code typed on tills; undefined when it is not of it. */
export async function negocioDemo(
  codigoCaja: string,
): Promise<{ negocioId: string; duenoId: string; sucursales: Map<string, string> } | undefined> {
  const demo = NEGOCIOS.find((n) => n.codigoCaja === codigoCaja)
  if (!demo) return undefined
  const sucursales = new Map<string, string>()
  for (const nombre of demo.sucursales) sucursales.set(nombre, await idDe(`sucursal|${codigoCaja}|${nombre}`))
  return { negocioId: await idDe(`negocio|${codigoCaja}`), duenoId: await idDe(`usuario|${demo.dueno}`), sucursales }
}

/** The id of an account of the demo world by its key. */
export const cuentaDemo = (clave: string): Promise<string> => idDe(`usuario|${clave}`)
export const articuloDemo = (codigoCaja: string, nombre: string): Promise<string> => idDe(`articulo|${codigoCaja}|${nombre}`)
export const cuponDemo = (codigoCaja: string, codigo: string): Promise<string> => idDe(`cupon|${codigoCaja}|${codigo}`)
export const recompensaDemo = (codigoCaja: string, nombre: string): Promise<string> => idDe(`recompensa|${codigoCaja}|${nombre}`)

/** @throws when the key is not one of the demo's shoppers: callers check their input first */
export async function shopperDemo(clave: string): Promise<string> {
  assert(SHOPPERS.includes(clave), 'a shopper of the demo world')
  return idDe(`usuario|${clave}`)
}

export const SHOPPERS: readonly string[] = CUENTAS.filter((c) => c.puntosLifetime !== undefined).map((c) => c.clave)
