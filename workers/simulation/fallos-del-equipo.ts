/** What goes wrong with a device: its clock, its disk, its tabs, its release. */
import { VERSION, VERSION_MINIMA } from '../../schema/protocol/version.ts'
import type { EquipoDeNegocio, Mundo } from './mundo.ts'
import type { Operacion } from './operaciones.ts'

const HORA = 3_600_000

export const unEquipo = (mundo: Mundo): EquipoDeNegocio => mundo.azar.elegir(mundo.equipos())

export const fallosDelEquipo: [number, [string, Operacion]][] = [
  [3, ['reloj', moverReloj]],
  [1, ['reloj atrasado antes de reiniciar', atrasarYReiniciar]],
  [0.7, ['licencia terminada', terminarLicencia]],
  [2, ['muere el trabajador', matar]],
  [4, ['muere el trabajador a media escritura', matarEscribiendo]],
  [10, ['encender', encender]],
  [1.5, ['disco lleno', llenar]],
  [3, ['disco con lugar', (m) => unEquipo(m).equipo.disco.sanar()]],
  [0.8, ['se pierde el almacen', perderAlmacen]],
  [2, ['otra pestana', abrirPestana]],
  [1.5, ['se cierra una pestana', cerrarPestana]],
  [2, ['se congela la pestana', congelar]],
  [2, ['se descongela', (m) => unEquipo(m).equipo.descongelar()]],
  [1, ['una version atras', quedarseAtras]],
  [1.5, ['se actualiza', (m) => actualizar(unEquipo(m))]],
]

/** A day ahead, a day behind, a few minutes off, right again. */
function moverReloj(mundo: Mundo): void {
  const desfase = mundo.azar.elegir([24 * HORA, -24 * HORA, 4 * 60_000, -4 * 60_000, 0, 0])
  mundo.cuentas.mas(Math.abs(desfase) === 24 * HORA ? 'clock ±24 h' : 'clock moved')
  unEquipo(mundo).equipo.moverReloj(desfase)
}

async function atrasarYReiniciar(mundo: Mundo): Promise<void> {
  const { equipo } = unEquipo(mundo)
  mundo.cuentas.mas('clock set back before a restart')
  equipo.matar()
  equipo.moverReloj(equipo.desfase - mundo.azar.entre(1, 30) * HORA)
  await equipo.encender()
}

/** Out of reach, and by its own clock past the lease (R15), or past the week a till goes on selling without one. */
function terminarLicencia(mundo: Mundo): void {
  const { equipo } = unEquipo(mundo)
  mundo.cuentas.mas('lease ended')
  equipo.linea.cortar()
  equipo.moverReloj(mundo.azar.elegir([75, 90, 11 * 24]) * HORA)
}

function matar(mundo: Mundo): void {
  const { equipo } = unEquipo(mundo)
  if (equipo.encendido) mundo.cuentas.mas('worker killed')
  equipo.matar()
}

function matarEscribiendo(mundo: Mundo): void {
  const tipo = mundo.azar.elegir(['muerte_antes', 'muerte_despues'] as const)
  mundo.cuentas.mas(tipo === 'muerte_antes' ? 'worker killed before a commit' : 'worker killed after a commit, before its answer')
  unEquipo(mundo).equipo.disco.preparar(tipo, mundo.azar.entre(1, 6))
}

async function encender(mundo: Mundo): Promise<void> {
  const apagados = mundo.equipos().filter((e) => !e.equipo.encendido)
  if (apagados.length > 0) await mundo.azar.elegir(apagados).equipo.encender()
}

function llenar(mundo: Mundo): void {
  mundo.cuentas.mas('quota error')
  unEquipo(mundo).equipo.disco.preparar('cuota', 1)
}

/** The browser evicted the journal; the key lives. What the server did not have is gone, and nobody promises it any more. */
async function perderAlmacen(mundo: Mundo): Promise<void> {
  const { equipo } = unEquipo(mundo)
  if (equipo.disco.todos('diario').length === 0) return
  mundo.cuentas.mas('journal lost with a living key')
  equipo.matar()
  equipo.disco.perderAlmacen()
  for (const c of [...mundo.confirmados, ...mundo.entregas]) if (c.equipo === equipo.nombre) c.perdido = true
  mundo.ediciones = mundo.ediciones.filter((edicion) => edicion.equipo !== equipo.nombre)
  await equipo.encender()
}

async function abrirPestana(mundo: Mundo): Promise<void> {
  const { equipo } = unEquipo(mundo)
  if (!equipo.encendido || equipo.pestanas > 1) return
  mundo.cuentas.mas('two tabs of one device')
  await equipo.abrirPestana()
}

function cerrarPestana(mundo: Mundo): void {
  const varias = mundo.equipos().filter(({ equipo }) => equipo.pestanas > 1)
  if (varias.length > 0) mundo.azar.elegir(varias).equipo.cerrarPestana()
}

function congelar(mundo: Mundo): void {
  const varias = mundo.equipos().filter(({ equipo }) => equipo.pestanas > 1)
  const { equipo } = varias.length > 0 && mundo.azar.probable(0.7) ? mundo.azar.elegir(varias) : unEquipo(mundo)
  if (!equipo.congelar()) return
  mundo.cuentas.mas('tab frozen')
  if (equipo.pestanas > 1) mundo.cuentas.mas('frozen leader robbed by another tab')
}

/** Mostly the release before this one; now and then one so old that the server takes its journal and nothing else. */
function quedarseAtras(mundo: Mundo): void {
  const { linea } = unEquipo(mundo).equipo
  linea.protocolo = mundo.azar.probable(0.7) ? VERSION - 1 : VERSION_MINIMA - 1
  mundo.cuentas.mas(linea.protocolo < VERSION_MINIMA ? 'client below the minimum protocol' : 'client one release behind')
}

/** An update is another run of the worker. */
export async function actualizar({ equipo }: EquipoDeNegocio): Promise<void> {
  if (equipo.linea.protocolo === null) return
  equipo.linea.protocolo = null
  if (!equipo.encendido) return
  equipo.matar()
  await equipo.encender()
}
