/**
 * A file's day lived again: two tills with the clock of that Saturday, real replicas, the real server. Offline, the line of both is cut after
 * the morning's opening and comes back at closing time.
 */

import type { Deps } from '../../../sync-server/context.ts'
import type { Db } from '../../../sync-server/db/db.ts'
import { crearEnlace } from '../../../sync-server/domain/dispositivos/enlazar.ts'
import { crearEmpleado } from '../../../sync-server/domain/empleados/crear.ts'
import { crearNegocio } from '../../../sync-server/domain/negocios/crear.ts'
import { emitirTarjeta } from '../../../sync-server/domain/tarjetas/emitir.ts'
import { crearUsuario } from '../../../sync-server/domain/usuarios/crear.ts'
import { darUnaVuelta } from '../../../sync-server/jobs/index.ts'
import { createTestServer } from '../../../sync-server/testing/servidor.ts'
import type { NuevaVenta, Operador } from '../../replica/api.ts'
import { crearAzar } from '../azar.ts'
import { Equipo } from '../equipo.ts'
import { Linea } from '../red.ts'
import { Telefono } from '../telefono.ts'
import { Tiempo } from '../tiempo.ts'
import { CAJAS, type LineaDelDia, type LineaRechazada, rechazar } from './archivo.ts'

/** Saturday 2026-11-14, 00:00 in Mexico City (UTC−6). */
const MEDIANOCHE = Date.UTC(2026, 10, 14, 6)
const HORA = 3_600_000
const APERTURA = 11 * HORA
const CIERRE = 23 * HORA
export const VALOR_PUNTO_CENTAVOS = 1_000

export interface OpcionesDelDia {
  db: Db
  secretKey?: string
  lineas: LineaDelDia[]
  offline: boolean
  /** After each line. */
  alAvanzar?: (hechas: number) => void
}

export interface LibroDelDia {
  ventas: number
  totalCentavos: number
  reembolsadoCentavos: number
  clientes: Map<string, { ventas: number; puntos: number }>
}

export interface ResultadoDelDia {
  /** Lines the tills took, as they were. */
  registradas: LineaDelDia[]
  rechazadas: LineaRechazada[]
  libro: LibroDelDia
  /** Entries still on a till that the server does not have. */
  pendientes: number
}

interface Local {
  deps: Deps
  tiempo: Tiempo
  negocioId: string
  cajas: Map<string, Equipo>
  cajeros: Map<string, Operador>
  clientes: Map<string, Telefono>
  /** usuarioId -> name in the file. */
  nombres: Map<string, string>
}

export async function vivirDia({ db, secretKey, lineas, offline, alAvanzar }: OpcionesDelDia): Promise<ResultadoDelDia> {
  const local = await abrirLocal(db, secretKey, lineas)
  const resultado: Pick<ResultadoDelDia, 'registradas' | 'rechazadas'> = { registradas: [], rechazadas: [] }
  const tickets = new Map<string, string>()
  try {
    if (offline) for (const caja of local.cajas.values()) caja.linea.cortar()
    for (const [i, linea] of [...lineas].sort((a, b) => a.horaMs - b.horaMs || a.numero - b.numero).entries()) {
      await local.tiempo.avanzar(Math.max(0, MEDIANOCHE + linea.horaMs - local.tiempo.ahora))
      const rechazo = await registrar(local, linea, tickets)
      if (rechazo) resultado.rechazadas.push(rechazo)
      else resultado.registradas.push(linea)
      alAvanzar?.(i + 1)
    }
    await cerrarCaja(local)
    await darUnaVuelta(local.deps)
    return { ...resultado, libro: await leerLibro(local), pendientes: await contarPendientes(local) }
  } finally {
    for (const caja of local.cajas.values()) caja.matar()
  }
}

/** The tenant, its cashiers and cards, and two enrolled tills that have pulled everything. */
async function abrirLocal(db: Db, secretKey: string | undefined, lineas: LineaDelDia[]): Promise<Local> {
  const tiempo = new Tiempo(MEDIANOCHE + APERTURA)
  const reloj = { ahora: () => tiempo.ahora, avanzar: () => {} }
  const { deps, app } = await createTestServer({ db, reloj, ...(secretKey ? { env: { secretKey } } : {}) })
  const sello = crypto.randomUUID().slice(0, 8)
  const persona = (nombre: string, i: number) =>
    crearUsuario(deps, {
      correo: `dia-${sello}-${i}@example.mx`,
      contrasena: crypto.randomUUID(),
      nombre: nombre.split(' ')[0] ?? nombre,
      apellidos: nombre.split(' ').slice(1).join(' '),
    })
  const duenoId = await persona('Roma Dueño', 0)
  const { negocioId, sucursales } = await crearNegocio(deps, {
    nombre: 'Pizzería Roma',
    codigoCaja: `pizzeria-${sello}`,
    duenoId,
    sucursales: [{ nombre: 'Centro', zonaHoraria: 'America/Mexico_City' }],
    configuracion: { valorPuntoCentavos: VALOR_PUNTO_CENTAVOS },
  })
  const local: Local = { deps, tiempo, negocioId, cajas: new Map(), cajeros: new Map(), clientes: new Map(), nombres: new Map() }
  for (const nombre of new Set(lineas.map((l) => l.cajero).filter(Boolean))) {
    const nick = nombre
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]/g, '')
      .padEnd(3, '_')
      .slice(0, 20)
    const { id } = await crearEmpleado(deps, negocioId, { nombre, nick, sucursalId: sucursales[0]?.id ?? null })
    local.cajeros.set(nombre, { tipo: 'empleado', id })
  }
  const certificar = (usuarioId: string, clave: string) => emitirTarjeta(deps, usuarioId, clave)
  for (const [i, nombre] of [...new Set(lineas.map((l) => l.cliente).filter(Boolean))].entries()) {
    const telefono = new Telefono(await persona(nombre, i + 1), tiempo, certificar)
    await telefono.conectar()
    local.clientes.set(nombre, telefono)
    local.nombres.set(telefono.usuarioId, nombre)
  }
  for (const [i, nombre] of CAJAS.entries()) {
    const linea = new Linea(tiempo, crearAzar(i), { fetch: async (pedido) => app.fetch(pedido) }, () => {})
    const caja = new Equipo(nombre, 'scanya', tiempo, crearAzar(100 + i), linea)
    await caja.encender()
    await tiempo.quieto()
    const { token } = await crearEnlace(deps, negocioId, duenoId, { tipo: 'caja', nombre, sucursalId: sucursales[0]?.id ?? null })
    await alRitmo(
      tiempo,
      caja.lograr('alta', (api) => api.darDeAlta(token, 'repetición')),
    )
    await tiempo.avanzar(5_000)
    local.cajas.set(nombre, caja)
  }
  return local
}

/** Moves the clock while something waits for it. */
async function alRitmo<T>(tiempo: Tiempo, promesa: Promise<T>): Promise<T> {
  let lista = false
  const marcada = promesa.finally(() => {
    lista = true
  })
  marcada.catch(() => {})
  for (let i = 0; i < 300 && !lista; i++) {
    await tiempo.quieto()
    if (!lista) await tiempo.avanzar(200)
  }
  return marcada
}

async function registrar(local: Local, linea: LineaDelDia, tickets: Map<string, string>): Promise<LineaRechazada | null> {
  const caja = local.cajas.get(linea.caja) as Equipo
  const operador = local.cajeros.get(linea.cajero) ?? null
  const { montoCentavos, metodo, descripcion, referencia, numero } = linea
  if (linea.tipo === 'reembolso') {
    const transaccionId = tickets.get(referencia)
    if (!transaccionId) return rechazar(numero, 'NO_ENCONTRADO', 'referencia')
    const r = await alRitmo(
      local.tiempo,
      caja.pedir((api) => api.registrarReembolso({ transaccionId, montoCentavos, motivo: descripcion || 'reembolso', operador })),
    )
    return r.ok ? null : rechazar(numero, r.codigo, r.campo)
  }
  if (tickets.has(referencia)) return rechazar(numero, 'DATO_INVALIDO', 'referencia')
  // The shopper opened the card a moment ago.
  const qr = (await local.clientes.get(linea.cliente)?.mostrar(12_000)) ?? null
  const venta: NuevaVenta = {
    montoCentavos,
    metodoPago: metodo as NuevaVenta['metodoPago'],
    descripcion: descripcion || null,
    lineas: [],
    qr,
    operador,
  }
  const r = await alRitmo(
    local.tiempo,
    caja.pedir((api) => api.registrarVenta(venta)),
  )
  if (!r.ok) return rechazar(numero, r.codigo, r.campo)
  tickets.set(referencia, r.valor.hechoId)
  return null
}

/** Closing time: the line is back, and both tills hand in what they have. */
async function cerrarCaja(local: Local): Promise<void> {
  const { tiempo, cajas } = local
  await tiempo.avanzar(Math.max(60_000, MEDIANOCHE + CIERRE - tiempo.ahora))
  for (const caja of cajas.values()) caja.linea.conectar()
  for (let vuelta = 0; vuelta < 30; vuelta++) {
    for (const caja of cajas.values()) caja.pedir((api) => api.sincronizarAhora()).catch(() => {})
    await tiempo.avanzar(60_000)
    if ((await contarPendientes(local)) === 0) return
  }
}

async function contarPendientes({ tiempo, cajas }: Local): Promise<number> {
  let pendientes = 0
  for (const caja of cajas.values())
    pendientes += (
      await alRitmo(
        tiempo,
        caja.pedir((api) => api.estado()),
      )
    ).pendientes
  return pendientes
}

/** The ledger as the server keeps it. Held points count: they are the shopper's unless a rule refuses them later. */
async function leerLibro({ deps, negocioId, nombres }: Local): Promise<LibroDelDia> {
  return deps.db.negocio(negocioId, async (sql) => {
    const [totales] = await sql<{ ventas: number; total: number; reembolsado: number }[]>`
      select count(*)::int as ventas, coalesce(sum(monto_centavos), 0)::bigint as total, coalesce(sum(reembolsado_centavos), 0)::bigint as reembolsado
      from transacciones where negocio_id = ${negocioId}`
    const filas = await sql<{ usuarioId: string; visitas: number; puntos: number }[]>`
      select c.usuario_id, c.visitas, p.puntos_disponibles - p.sobregiro + p.puntos_retenidos as puntos
      from clientes c join puntos_por_negocio p on p.negocio_id = c.negocio_id and p.usuario_id = c.usuario_id
      where c.negocio_id = ${negocioId}`
    const clientes = new Map(filas.map((f) => [nombres.get(f.usuarioId) ?? f.usuarioId, { ventas: f.visitas, puntos: f.puntos }]))
    return { ventas: totales?.ventas ?? 0, totalCentavos: totales?.total ?? 0, reembolsadoCentavos: totales?.reembolsado ?? 0, clientes }
  })
}
