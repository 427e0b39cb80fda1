/** What goes wrong with the server: it dies, it is two, a bad release goes out, its database goes back. */
import { aceptados, ignorarMuerte, levantarServidor, sinJuzgar } from './en-pie.ts'
import type { Mundo } from './mundo.ts'
import type { Operacion } from './operaciones.ts'
import { restaurar, tomarRespaldo } from './respaldo.ts'

export const fallosDelServidor: [number, [string, Operacion]][] = [
  [4, ['muere el servidor', matarServidor]],
  [6, ['vuelve el servidor', levantarServidor]],
  [1, ['veneno', envenenar]],
  [1, ['correccion', corregir]],
  [1.5, ['otra epoca', otraEpoca]],
  [1.5, ['otro nodo', otroNodo]],
  [1, ['respaldo', respaldar]],
  [0.7, ['restauracion', volverAlRespaldo]],
]

function matarServidor(mundo: Mundo): void {
  if (mundo.nodo.vivo) mundo.nodo.programarMuerte(mundo.azar)
}

/** A second node on the same database: requests go to one and to the other, until one of them dies. */
async function otroNodo(mundo: Mundo): Promise<void> {
  if (mundo.nodo.cuantos !== 1) return
  mundo.cuentas.mas('two server nodes by turns')
  const { servicios } = await mundo.nodo.levantarOtro()
  await servicios.alArrancar().catch(ignorarMuerte(mundo))
}

async function envenenar(mundo: Mundo): Promise<void> {
  if (mundo.veneno.activo) return
  await mundo.tiempo.quieto()
  if (!(await sinJuzgar(mundo))) return
  mundo.cuentas.mas('poison release')
  mundo.veneno.soltar(await aceptados(mundo))
}

export async function corregir(mundo: Mundo): Promise<void> {
  if (!mundo.veneno.activo || !mundo.nodo.vivo) return
  await mundo.tiempo.quieto()
  if (!mundo.nodo.vivo || !(await sinJuzgar(mundo))) return
  mundo.veneno.corregir(await aceptados(mundo))
  for (const { negocioId } of mundo.negocios) {
    await mundo.servicios.reprocesar(negocioId).catch(ignorarMuerte(mundo))
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

async function respaldar(mundo: Mundo): Promise<void> {
  mundo.respaldo = (await tomarRespaldo(mundo)) ?? mundo.respaldo
}

async function volverAlRespaldo(mundo: Mundo): Promise<void> {
  if (!mundo.respaldo) return
  mundo.cuentas.mas('server restored from a backup')
  await restaurar(mundo, mundo.respaldo)
}
