/** The accidents, by weight. Each is counted by kind, so that a run can say what it went through. */
import type { EquipoDeNegocio, Mundo } from './mundo.ts'
import type { Operacion } from './operaciones.ts'

const HORA = 3_600_000

const uno = (mundo: Mundo): EquipoDeNegocio => mundo.azar.elegir(mundo.equipos())

export const fallos: [number, [string, Operacion]][] = [
  [6, ['corte de red', cortar]],
  [8, ['vuelve la red', reconectar]],
  [3, ['red con ruido', ruido]],
  [2, ['corte de flujos', (m) => uno(m).equipo.linea.cortarFlujos()]],
  [3, ['reloj', moverReloj]],
  [1, ['reloj atrasado antes de reiniciar', atrasarYReiniciar]],
  [2, ['muere el trabajador', matar]],
  [4, ['muere el trabajador a media escritura', matarEscribiendo]],
  [10, ['encender', encender]],
  [1.5, ['disco lleno', llenar]],
  [3, ['disco con lugar', (m) => uno(m).equipo.disco.sanar()]],
  [0.8, ['se pierde el almacen', perderAlmacen]],
  [4, ['muere el servidor', matarServidor]],
  [6, ['vuelve el servidor', levantarServidor]],
  [1, ['veneno', envenenar]],
  [1, ['correccion', corregir]],
  [1.5, ['otra epoca', otraEpoca]],
]

function cortar(mundo: Mundo): void {
  mundo.cuentas.mas('line cut')
  uno(mundo).equipo.linea.cortar()
}
function reconectar(mundo: Mundo): void {
  uno(mundo).equipo.linea.conectar()
}
function ruido(mundo: Mundo): void {
  uno(mundo).equipo.linea.ruido = mundo.azar.elegir([0, 0.1, 0.3, 0.6])
}

/** A day ahead, a day behind, a few minutes off, right again. */
function moverReloj(mundo: Mundo): void {
  const desfase = mundo.azar.elegir([24 * HORA, -24 * HORA, 4 * 60_000, -4 * 60_000, 0, 0])
  mundo.cuentas.mas(Math.abs(desfase) === 24 * HORA ? 'clock ±24 h' : 'clock moved')
  uno(mundo).equipo.moverReloj(desfase)
}

async function atrasarYReiniciar(mundo: Mundo): Promise<void> {
  const { equipo } = uno(mundo)
  mundo.cuentas.mas('clock set back before a restart')
  equipo.matar()
  equipo.moverReloj(equipo.desfase - mundo.azar.entre(1, 30) * HORA)
  await equipo.encender()
}

function matar(mundo: Mundo): void {
  const { equipo } = uno(mundo)
  if (equipo.encendido) mundo.cuentas.mas('worker killed')
  equipo.matar()
}

function matarEscribiendo(mundo: Mundo): void {
  const tipo = mundo.azar.elegir(['muerte_antes', 'muerte_despues'] as const)
  mundo.cuentas.mas(tipo === 'muerte_antes' ? 'worker killed before a commit' : 'worker killed after a commit, before its answer')
  uno(mundo).equipo.disco.preparar(tipo, mundo.azar.entre(1, 6))
}

async function encender(mundo: Mundo): Promise<void> {
  const apagados = mundo.equipos().filter((e) => !e.equipo.encendido)
  if (apagados.length > 0) await mundo.azar.elegir(apagados).equipo.encender()
}

function llenar(mundo: Mundo): void {
  mundo.cuentas.mas('quota error')
  uno(mundo).equipo.disco.preparar('cuota', 1)
}

/** The browser evicted the journal; the key lives. What the server did not have is gone, and nobody promises it any more. */
async function perderAlmacen(mundo: Mundo): Promise<void> {
  const { equipo } = uno(mundo)
  if (equipo.disco.todos('diario').length === 0) return
  mundo.cuentas.mas('journal lost with a living key')
  equipo.matar()
  equipo.disco.perderAlmacen()
  for (const c of mundo.confirmados) if (c.equipo === equipo.nombre) c.perdido = true
  mundo.ediciones = mundo.ediciones.filter((edicion) => edicion.equipo !== equipo.nombre)
  await equipo.encender()
}

function matarServidor(mundo: Mundo): void {
  if (mundo.nodo.vivo) mundo.nodo.programarMuerte(mundo.azar)
}

export async function levantarServidor(mundo: Mundo): Promise<void> {
  if (mundo.nodo.vivo) return
  await mundo.nodo.levantar()
  await mundo.servicios.alArrancar().catch((error: unknown) => {
    if (mundo.nodo.vivo) throw error
  })
}

const aceptados = async (mundo: Mundo) =>
  new Map(
    (await mundo.db.superusuario`select negocio_id, aceptados from contadores_negocio`).map((f) => [
      f.negocioId as string,
      f.aceptados as number,
    ]),
  )

async function envenenar(mundo: Mundo): Promise<void> {
  if (mundo.veneno.activo) return
  await mundo.tiempo.quieto()
  if (!(await sinJuzgar(mundo))) return
  mundo.cuentas.mas('poison release')
  mundo.veneno.soltar(await aceptados(mundo))
}

/** Nothing may be received and not yet judged when the release changes: which release judged it would be anybody's guess. */
async function sinJuzgar(mundo: Mundo): Promise<boolean> {
  const [fila] = await mundo.db.superusuario`select count(*)::int as n from hechos_recibidos where estado = 'recibido'`
  return fila?.n === 0
}

export async function corregir(mundo: Mundo): Promise<void> {
  if (!mundo.veneno.activo || !mundo.nodo.vivo) return
  await mundo.tiempo.quieto()
  if (!mundo.nodo.vivo || !(await sinJuzgar(mundo))) return
  mundo.veneno.corregir(await aceptados(mundo))
  for (const { negocioId } of mundo.negocios) {
    await mundo.servicios.reprocesar(negocioId).catch((error: unknown) => {
      if (mundo.nodo.vivo) throw error
    })
  }
}

/**
 * As after a tenant was restored (another epoch) or a log compacted (the horizon rises): whoever was behind starts again and sweeps what is gone
 * (PU4).
 */
async function otraEpoca(mundo: Mundo): Promise<void> {
  const { negocioId } = mundo.azar.elegir(mundo.negocios)
  const compactado = mundo.azar.probable(0.5)
  mundo.cuentas.mas(compactado ? 'horizon raised' : 'epoca changed')
  await mundo.tiempo.quieto()
  if (compactado) await mundo.db.superusuario`update contadores_negocio set horizonte = seq where negocio_id = ${negocioId}`
  else await mundo.db.superusuario`update contadores_negocio set epoca = ${mundo.azar.uuid()} where negocio_id = ${negocioId}`
}
