/**
 * Periodic work. Everything here may run on any number of nodes and any number of times: a hecho has its id from what it says, an event is marked
 * in the transaction that applies it, a row is settled once. What needs to be soon is woken by the hub; the rest is polled.
 */
import { DIA, HORA, MINUTO, SEGUNDO } from '../../schema/core/tiempo.ts'
import { limpiarAccesos } from '../auth/limpiar.ts'
import type { Deps } from '../context.ts'
import { limpiarEvidencias } from '../domain/evidencias/limpiar.ts'
import { limpiarImagenes } from '../domain/imagenes/limpiar.ts'
import { limpiarMostrador } from '../domain/scanya/repetible.ts'
import { enviarPendientes } from '../push/enviar.ts'
import { CADA_MS as FLUSH_MS, flusherDe } from '../sync/flusher.ts'
import { iniciarProyector, proyectarTodo } from '../sync/projector.ts'
import { iniciarRelevo } from '../sync/relay.ts'
import { VERSION_DEL_SERVIDOR } from '../version.ts'
import { aplicarConfiguracion } from './aplicar-configuracion.ts'
import { asignarCupones } from './asignar-cupones.ts'
import { avisarDeCupones } from './avisar-cupones.ts'
import { avisarQrRepetidos, limpiarUsos } from './avisar-qr.ts'
import { respaldoDelDia } from './backup.ts'
import { compactar, compactarPlataforma } from './compact.ts'
import { difundirCupones } from './difundir-cupones.ts'
import { juzgarPendientes, reprocesarTrasLiberacion } from './reprocess.ts'
import { asentarLifetime } from './settlement.ts'
import { barrerVencidos } from './sweep.ts'
import { avisarDePuntos, vencerPuntos } from './vencer-puntos.ts'

type Trabajo = { nombre: string; cadaMs: number; correr: (deps: Deps) => Promise<unknown> }

/** Everything that runs by itself, and how often. */
export const TRABAJOS: readonly Trabajo[] = [
  { nombre: 'pending entries', cadaMs: 10 * SEGUNDO, correr: juzgarPendientes },
  { nombre: 'projector poll', cadaMs: 5 * SEGUNDO, correr: proyectarTodo },
  { nombre: 'sweep', cadaMs: MINUTO, correr: barrerVencidos },
  { nombre: 'points that expire', cadaMs: MINUTO, correr: (deps) => vencerPuntos(deps) },
  { nombre: 'notices of points', cadaMs: 10 * MINUTO, correr: (deps) => avisarDePuntos(deps) },
  { nombre: 'settlement', cadaMs: MINUTO, correr: asentarLifetime },
  { nombre: 'configuration of the platform', cadaMs: 2 * SEGUNDO, correr: (deps) => aplicarConfiguracion(deps) },
  { nombre: 'sending of cupones', cadaMs: 5 * SEGUNDO, correr: (deps) => asignarCupones(deps) },
  { nombre: 'edits of cupones', cadaMs: 10 * SEGUNDO, correr: difundirCupones },
  { nombre: 'notices of cupones', cadaMs: 10 * SEGUNDO, correr: (deps) => avisarDeCupones(deps) },
  { nombre: 'QRs taken by two negocios', cadaMs: MINUTO, correr: avisarQrRepetidos },
  { nombre: 'notifications', cadaMs: 5 * SEGUNDO, correr: enviarPendientes },
  { nombre: 'flusher', cadaMs: FLUSH_MS, correr: (deps) => flusherDe(deps).vaciar() },
  { nombre: 'access clean-up', cadaMs: 6 * HORA, correr: limpiarAccesos },
  { nombre: 'counter clean-up', cadaMs: 6 * HORA, correr: limpiarMostrador },
  { nombre: 'uses of cards clean-up', cadaMs: 6 * HORA, correr: limpiarUsos },
  { nombre: 'evidence photos clean-up', cadaMs: 6 * HORA, correr: limpiarEvidencias },
  { nombre: 'pictures clean-up', cadaMs: 6 * HORA, correr: limpiarImagenes },
  { nombre: 'compaction', cadaMs: 6 * HORA, correr: compactar },
  { nombre: "compaction of the platform's log", cadaMs: 10 * MINUTO, correr: compactarPlataforma },
  { nombre: 'maintenance', cadaMs: 6 * HORA, correr: (deps) => deps.db.mantener() },
  { nombre: 'daily backup', cadaMs: HORA, correr: respaldoDelDia },
]

/** Runs every job once, in order, until nothing is left: for tests, simulations and the replay of a day. @throws what a job throws */
export async function darUnaVuelta(deps: Deps): Promise<void> {
  await juzgarPendientes(deps)
  await barrerVencidos(deps)
  await vencerPuntos(deps)
  await avisarDePuntos(deps)
  await aplicarConfiguracion(deps)
  await asignarCupones(deps)
  await difundirCupones(deps)
  await avisarDeCupones(deps)
  await proyectarTodo(deps)
  await avisarQrRepetidos(deps)
  await asentarLifetime(deps)
  await flusherDe(deps).vaciar()
  await compactar(deps)
  await compactarPlataforma(deps)
}

/** Starts all of it. The entries left between receiving and judging by a crash are judged before anything else. Gives the stop. */
export async function iniciarTrabajos(deps: Deps): Promise<() => Promise<void>> {
  await juzgarPendientes(deps)
  await reprocesarTrasLiberacion(deps, VERSION_DEL_SERVIDOR)
  const pararRelevo = await iniciarRelevo(deps)
  const pararProyector = iniciarProyector(deps)
  const parar = TRABAJOS.map((trabajo) => repetir(deps, trabajo))
  return async () => {
    await Promise.all(parar.map((fin) => fin()))
    await pararProyector()
    await pararRelevo()
  }
}

/** One run at a time, the next `cadaMs` after the end of the last. */
function repetir(deps: Deps, { nombre, cadaMs, correr }: Trabajo): () => Promise<void> {
  let parado = false
  let enCurso: Promise<void> = Promise.resolve()
  let reloj: ReturnType<typeof setTimeout>
  const programar = () => {
    if (parado) return
    reloj = setTimeout(
      () => {
        enCurso = correr(deps)
          .then(
            () => {},
            (err) => deps.log.error({ err, trabajo: nombre }, 'a job failed; it runs again'),
          )
          .then(programar)
      },
      Math.min(cadaMs, DIA),
    )
  }
  programar()
  return async () => {
    parado = true
    clearTimeout(reloj)
    await enCurso
  }
}
