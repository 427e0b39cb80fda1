/**
 * The end of a world: everything heals, everything is sent, every outbox is sent again twice, and the ledger must be what the oracle says.
 */
import { firmarTexto } from '../../schema/core/firma.ts'
import { sha256 } from '../../schema/core/ids.ts'
import { mensajeDeCabeza } from '../../schema/protocol/diario.ts'
import { levantarServidor } from './en-pie.ts'
import { BASE } from './equipo.ts'
import { actualizar } from './fallos-del-equipo.ts'
import { corregir } from './fallos-del-servidor.ts'
import { type Hallazgo, revisarInvariantes } from './invariantes.ts'
import type { EquipoDeNegocio, Mundo } from './mundo.ts'
import { compararLibro, contarDiferencia } from './oraculo/comparar.ts'
import { plegar } from './oraculo/fold.ts'
import { type Bitacora, leerBitacora, leerInsumos } from './oraculo/insumos.ts'
import type { LibroDelOraculo } from './oraculo/libro.ts'
import { puntosDeVida, vidaDeVentas } from './oraculo/vida.ts'
import { compararMias, compararReplicas, nacerReferencias } from './replicas.ts'

const MINUTO = 60_000
const VUELTAS = 60

/** Lines, disks and server are whole again, and everything pending goes out. @throws when it does not get quiet */
export async function reconectarTodo(mundo: Mundo): Promise<void> {
  await levantarServidor(mundo)
  mundo.nodo.perdonar()
  for (const e of mundo.equipos()) {
    const { equipo } = e
    equipo.disco.sanar()
    equipo.linea.sanar()
    equipo.descongelar()
    await actualizar(e)
    if (!equipo.encendido) await equipo.encender()
  }
  await mundo.tiempo.quieto()
  for (const { equipo } of mundo.equipos()) {
    // One that opened while its disk was full: whoever uses it closes the app and opens it again.
    const abierta = await mundo.logrado(equipo.pedir((api) => api.abrir()))
    if (abierta.ok) continue
    equipo.matar()
    await equipo.encender()
    await mundo.tiempo.quieto()
  }
  await corregir(mundo)
  await vaciarBuzones(mundo)
}

/** Until nobody has anything to send for so many rounds: one more than one lets everybody pull what the last sending changed. */
export async function vaciarBuzones(mundo: Mundo, rondas = 1): Promise<void> {
  for (let vuelta = 0, calladas = 0; calladas < rondas; vuelta++) {
    if (vuelta > VUELTAS) throw new Error(`still pending after ${VUELTAS} rounds: ${await quienFalta(mundo)}`)
    await mundo.servicios.trabajos()
    for (const { equipo } of mundo.equipos()) equipo.pedir((api) => api.sincronizarAhora()).catch(() => {})
    await mundo.tiempo.avanzar(MINUTO)
    calladas = (await quienFalta(mundo)) === '' ? calladas + 1 : 0
  }
}

async function quienFalta(mundo: Mundo): Promise<string> {
  const faltan: string[] = []
  for (const { equipo } of mundo.equipos()) {
    const estado = await equipo.pedir((api) => api.estado())
    const ediciones = equipo.disco.todos('ediciones').filter((e) => e.estado === 'pendiente').length
    const lista = (estado.pendientes === 0 && ediciones === 0 && ['al_dia', 'atencion'].includes(estado.fase)) || estado.fase === 'revocado'
    if (!lista) faltan.push(`${equipo.nombre} (${estado.fase}, ${estado.pendientes} hechos, ${ediciones} edits)`)
  }
  return faltan.join(', ')
}

/** Every journal on every disk, and every edit that was pushed, sent again from the start. Nothing may change. */
export async function reenviarTodo(mundo: Mundo): Promise<Hallazgo[]> {
  const sesiones = new Map<EquipoDeNegocio, string>()
  for (const e of mundo.equipos()) if (!e.deBaja && e.tipo === 'studio') sesiones.set(e, await abrirSesion(mundo, e))
  // What is due by now happens now: the jobs below are of the same instant.
  await mundo.servicios.trabajos()
  await mundo.tiempo.quieto()
  const antes = await fotografiar(mundo)
  for (let vez = 0; vez < 2; vez++) {
    for (const e of mundo.equipos()) if (e.llave) await reenviarDiario(mundo, e)
    for (const [e, token] of sesiones)
      for (const cuerpo of e.equipo.linea.empujados) await enviar(mundo, '/sync/push/articulos', cuerpo, token)
  }
  await mundo.servicios.trabajos()
  await mundo.tiempo.quieto()
  return comparar(antes, await fotografiar(mundo))
}

async function reenviarDiario(mundo: Mundo, e: EquipoDeNegocio): Promise<void> {
  const renglones = e.equipo.disco.todos('diario').filter((r) => r.estado === 'recibido') as {
    cadenaId: string
    seq: number
    cuerpo: string
  }[]
  for (const tramo of tramosSeguidos(renglones)) {
    const [primero, ultimo] = [tramo[0], tramo.at(-1)]
    if (!primero || !ultimo || !e.llave || !e.dispositivoId) continue
    const cabeza = { seq: ultimo.seq, hash: await sha256(ultimo.cuerpo) }
    const pedido = {
      dispositivoId: e.dispositivoId,
      cadenaId: primero.cadenaId,
      desde: primero.seq,
      perdidos: [],
      cabeza,
      enviadoAt: mundo.tiempo.ahora,
    }
    const firma = await firmarTexto(e.llave, 'CYA1|diario', mensajeDeCabeza(pedido))
    await enviar(mundo, '/sync/diario', { ...pedido, cuerpos: tramo.map((r) => r.cuerpo), estado: null, firma })
  }
}

function tramosSeguidos<T extends { cadenaId: string; seq: number }>(renglones: T[]): T[][] {
  const tramos: T[][] = []
  for (const r of renglones) {
    const tramo = tramos.at(-1)
    const anterior = tramo?.at(-1)
    if (tramo && anterior?.cadenaId === r.cadenaId && r.seq === anterior.seq + 1 && tramo.length < 100) tramo.push(r)
    else tramos.push([r])
  }
  return tramos
}

async function enviar<T>(mundo: Mundo, ruta: string, cuerpo: unknown, token?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const respuesta = await mundo.nodo.fetch(
    new Request(`${BASE}${ruta}`, { method: 'POST', headers, body: typeof cuerpo === 'string' ? cuerpo : JSON.stringify(cuerpo) }),
  )
  const sobre = (await respuesta.json()) as { success: boolean; data: T; code?: string }
  if (!sobre.success) throw new Error(`${ruta} answered ${respuesta.status} ${sobre.code} to a repeated request`)
  return sobre.data
}

async function abrirSesion(mundo: Mundo, e: EquipoDeNegocio): Promise<string> {
  if (!e.llave) throw new Error(`${e.equipo.nombre} has no key`)
  const { reto } = await enviar<{ reto: string }>(mundo, '/api/dispositivos/reto', { dispositivoId: e.dispositivoId })
  const firma = await firmarTexto(e.llave, 'CYA1|sesion', `${e.dispositivoId}|${reto}`)
  return (await enviar<{ token: string }>(mundo, '/api/dispositivos/sesion', { dispositivoId: e.dispositivoId, reto, firma })).token
}

const LEDGER = [
  'hechos_recibidos',
  'veredictos',
  'transacciones',
  'retenciones',
  'clientes',
  'puntos_por_negocio',
  'historial_puntos',
  'usos_qr',
  'usos_de_tarjeta',
  'ventas_por_tarjeta',
  'evidencias_escritas',
  'licencias',
  'cadenas',
  'avisos',
  'canjes',
  'cupones',
  'cupon_usuarios',
  'cupon_usos',
  'recompensas',
  'turnos_caja',
  'articulos',
  'ediciones',
  'cambios_negocio',
  'contadores_negocio',
  'usuario_eventos',
  'mias',
  'lifetime_pendiente',
  'cambios_usuario',
]

/** Every row of the ledger, as text. */
async function fotografiar(mundo: Mundo): Promise<Map<string, string[]>> {
  const fotos = new Map<string, string[]>()
  for (const tabla of LEDGER) {
    const filas = await mundo.db.superusuario.begin((tx) => tx.unsafe(`select to_jsonb(t)::text as fila from ${tabla} t order by 1`))
    fotos.set(
      tabla,
      filas.map((f) => (f as unknown as { fila: string }).fila),
    )
  }
  return fotos
}

function comparar(antes: Map<string, string[]>, despues: Map<string, string[]>): Hallazgo[] {
  const hallazgos: Hallazgo[] = []
  for (const [tabla, filas] of antes) {
    const viejas = new Set(filas)
    const nueva = (despues.get(tabla) ?? []).find((fila) => !viejas.has(fila))
    if (nueva) hallazgos.push({ clase: 'doubled', que: `replaying every outbox changed ${tabla}: ${nueva}` })
    else if (despues.get(tabla)?.length !== filas.length)
      hallazgos.push({ clase: 'doubled', que: `replaying every outbox took rows from ${tabla}` })
  }
  return hallazgos
}

/** The oracle over every negocio: ledger, lifetime, shoppers' streams. `previas`: logs of before they were compacted. */
export async function consultarOraculo(mundo: Mundo, previas = new Map<string, Bitacora>()): Promise<Hallazgo[]> {
  const hallazgos: Hallazgo[] = []
  const libros = new Map<string, LibroDelOraculo>()
  for (const { negocioId } of mundo.negocios) {
    const insumos = await leerInsumos(mundo.db.superusuario, negocioId, previas.get(negocioId))
    const libro = plegar(insumos, (recibido, sobre) => mundo.veneno.alcanzo(negocioId, recibido.n, sobre))
    libros.set(negocioId, libro)
    const diferencias = await compararLibro(mundo.db.superusuario, negocioId, libro)
    hallazgos.push(...diferencias.map((d) => ({ clase: 'divergent' as const, que: contarDiferencia(d) })))
  }
  const ventas = vidaDeVentas([...libros.values()])
  for (const { usuarioId } of mundo.telefonos) {
    const [fila] = await mundo.db.superusuario`select puntos_lifetime from usuarios where id = ${usuarioId}`
    const debe = puntosDeVida(ventas, usuarioId, mundo.tiempo.ahora)
    if (fila?.puntosLifetime !== debe)
      hallazgos.push({ clase: 'divergent', que: `lifetime of ${usuarioId}: ${fila?.puntosLifetime} against ${debe} settled` })
  }
  return [...hallazgos, ...(await compararMias(mundo, libros))]
}

/** The whole ending. `dias`: so many go by first; in fifteen every hold and wait runs out, in forty-five points expire. */
export async function cerrarCuentas(mundo: Mundo, dias: number): Promise<Hallazgo[]> {
  await reconectarTodo(mundo)
  const previas = new Map<string, Bitacora>()
  for (const { negocioId } of mundo.negocios) previas.set(negocioId, await leerBitacora(mundo.db.superusuario, negocioId))
  if (dias > 0) {
    await mundo.tiempo.dormir(dias * 24 * 60 * MINUTO)
    await vaciarBuzones(mundo)
  }
  await nacerReferencias(mundo)
  await vaciarBuzones(mundo, 2)
  const hallazgos = [...(await consultarOraculo(mundo, previas)), ...(await revisarInvariantes(mundo)), ...(await compararReplicas(mundo))]
  hallazgos.push(...(await reenviarTodo(mundo)))
  hallazgos.push(
    ...mundo.errores.map((e) => ({ clase: 'divergent' as const, que: `a replica threw: ${e instanceof Error ? e.stack : String(e)}` })),
  )
  return hallazgos
}
