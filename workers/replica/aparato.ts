/**
 * What only an enrolled device has (a till, a Studio): the journal, who is at it, the cards it reads, the edits. nucleo.ts is what every app has; a
 * shopper's card loads nothing of this (PWA-04).
 */
import type { ColeccionPull } from '../../schema/protocol/pull.ts'
import { crearActividad } from './actividad.ts'
import type { Almacen } from './almacen.ts'
import type { Consulta } from './api.ts'
import { type Cesion, debeDecirAlDia } from './arriendo.ts'
import type { EdicionesDe } from './bajada.ts'
import { crearBajasDeTarjetas } from './bajas-de-tarjetas.ts'
import { crearBovedas } from './boveda.ts'
import { crearDiario } from './diario.ts'
import { type CrearEdits, crearEdits } from './edits.ts'
import { crearEntendidos } from './entendidos.ts'
import { crearEntrada } from './entrada.ts'
import type { Fotos } from './fotos.ts'
import { FalloDeRed } from './http.ts'
import type { Identidad } from './identidad.ts'
import type { Imagenes } from './imagenes.ts'
import { acotarDiario } from './inicio-del-diario.ts'
import type { Mostrador } from './mostrador.ts'
import { contarApartados, contarPendientes, masAntiguo } from './por-enviar.ts'
import type { Puertos } from './puertos.ts'
import { crearRegistro } from './registro.ts'
import type { RelojLocal } from './reloj-local.ts'
import type { Sesion } from './sesion.ts'
import { crearTarjetas } from './tarjetas.ts'
import { crearTestigosDeReloj } from './testigos-de-reloj.ts'
import { crearTurnos } from './turno.ts'
import { cadenasPendientes, crearUploader } from './uploader.ts'
import { type Ayuda, type Verbos, verbosDelAparato } from './verbos.ts'

/** Each upload may move entries to a new chain once; more rounds than this means nothing is getting through. */
const RONDAS_AL_RETIRAR = 3

/** What every app has, for the parts of a device to stand on. */
export interface Nucleo {
  puertos: Puertos
  /** @throws Rechazo REPLICA_NO_ABRE */
  almacen: () => Almacen
  /** How much the origin stores; null: the browser does not tell. */
  medir: () => Promise<{ usadoBytes: number; cuotaBytes: number; persistente?: boolean | null } | null>
  identidad: Identidad
  reloj: RelojLocal
  sesion: Sesion
  /** This collection is pulled whole again, soon. */
  rebajar: (coleccion: ColeccionPull) => Promise<void>
}
/** What the status says of this device. */
export interface Cuentas {
  pendientes: number
  atencion: number
  /** ms; null: nothing pending. */
  masAntiguoAt: number | null
  relojSospechoso: boolean
  edicionesSinEntregar: number
  entendidos: string[]
}
/** Those that send. */
export interface Envios {
  uploader: ReturnType<typeof crearUploader>
  edits: ReturnType<typeof crearEdits>
  /** Pictures leave before the edits that name them. */
  imagenes?: Imagenes
  /** Photos of sales, after everything else. */
  fotos?: Pick<Fotos, 'subir'>
}
export interface Aparato {
  envios: Envios
  edicionesDe: EdicionesDe
  /** Reads its notes. */
  cargar(): Promise<void>
  /** The databases are open. Never throws. */
  alAbrirBase(almacen: Almacen): Promise<void>
  /** Makes sure there is a chain to write to, if this device is enrolled. Never throws: a full disk must not keep the app closed. */
  asegurarCadena(): Promise<void>
  cadenaId(): string | null
  /** The same question, asked of less. */
  acotar(consulta: Consulta): Promise<Consulta>
  /** `almacen` null: not open. */
  cuentas(almacen: Almacen | null): Promise<Cuentas>
  /** After an exchange: what left the slice by date goes, and whoever works here is asked about. */
  alIntercambiar(): Promise<void>
  /** This device was revoked: hands in everything, keeps aside the edits nobody took. @throws FalloDeRed while something sold is still here only */
  entregar(): Promise<void>
  alHacerseVisible(): void
  verbos(ayuda: Ayuda): Verbos
  cerrar(): void
}
export type CrearAparato = (nucleo: Nucleo) => Aparato

/** A device that edits, if it is a Studio: any device in Node; caja.ts says what a till's build takes. */
export const crearAparato: CrearAparato = (nucleo) => crearAparatoCon(nucleo, crearEdits)

export function crearAparatoCon({ puertos, almacen, medir, identidad, reloj, sesion }: Nucleo, conEdits: CrearEdits): Aparato {
  const diario = crearDiario({ puertos, almacen, identidad, reloj })
  const actividad = crearActividad({ puertos, reloj, sesion })
  const turnos = crearTurnos({ puertos, reloj, actividad })
  const cupones = async () => (await mostrador()).cupones
  const devoluciones = async () => (await mostrador()).devoluciones
  const registro = crearRegistro({ almacen, identidad, diario, reloj, turnos, cupones, devoluciones })
  const testigos = crearTestigosDeReloj(puertos.notas, reloj.offset)
  const bajas = crearBajasDeTarjetas({ puertos, sesion, reloj })
  const tarjetas = crearTarjetas({
    ...{ almacen, identidad, diario, reloj, testigos, bajas },
    cuponDe: async (corto, de) => (await cupones()).porCorto(corto, de),
  })
  const entendidos = crearEntendidos(puertos.notas)
  const edits = conEdits({ puertos, almacen, identidad, reloj })
  const bovedas = crearBovedas({ puertos, identidad, reloj })
  const entrada = crearEntrada({ puertos, almacen, identidad, reloj, sesion, turnos, bovedas, actividad, mostrador: () => mostrador() })
  // What a morning may never need, in a file of its own; asked for once the first exchange is over, so that it is here when the network is not.
  let pedido: Promise<Mostrador> | null = null
  const cesion: Cesion = { at: 0 }
  const mostrador = (): Promise<Mostrador> => {
    pedido ??= import('./mostrador.ts').then(
      ({ crearMostrador }) => crearMostrador({ puertos, almacen, identidad, reloj, sesion, diario, registro, turnos, cesion }),
      (error) => {
        pedido = null // the next one asks again
        throw error
      },
    )
    return pedido
  }
  const uploader = crearUploader({
    ...{ puertos, almacen, identidad, reloj, diario, estadoDelEquipo },
    // A file that does not come now is asked for with the next upload.
    podar: async (ahora) => {
      const listo = await mostrador().catch(() => null)
      await listo?.podarDiario(ahora)
      return listo !== null
    },
    // A Studio holds no lease.
    debeDecirlo: async (dichoAt) =>
      identidad.alta()?.tipo === 'caja' && debeDecirAlDia({ almacen: almacen(), identidad, cesion }, reloj.ahora(), dichoAt),
  })

  async function estadoDelEquipo() {
    const [pendientes, masAntiguoAt, medida] = [await contarPendientes(almacen()), await masAntiguo(almacen()), await medir()]
    const espacio = {
      almacenBytes: medida?.usadoBytes ?? null,
      cuotaBytes: medida?.cuotaBytes ?? null,
      persistente: medida?.persistente ?? null,
    }
    return { pendientes, masAntiguoAt, offset: reloj.offset(), versionApp: puertos.versionApp, ...espacio }
  }

  return {
    envios: {
      uploader,
      edits,
      ...(puertos.app === 'scanya' ? { fotos: { subir: async (token) => (await mostrador()).fotos.subir(token) } } : {}),
    },
    edicionesDe: edits.edicionesDe,
    async cargar() {
      await Promise.all([testigos.cargar(), bajas.cargar()])
    },
    async alAbrirBase(base) {
      await edits.reponer().catch((error: unknown) => puertos.anotarFallo?.('showing edits', error)) // the push shows them
      if (puertos.app === 'scanya') base.coleccion('config').$.subscribe(() => void entrada.alCambiarConfig())
    },
    async asegurarCadena() {
      if (identidad.alta()) await diario.asegurar().catch((error: unknown) => puertos.anotarFallo?.('opening the chain', error)) // the next sale says so
    },
    cadenaId: () => diario.cadenaId(),
    acotar: (consulta) => acotarDiario(almacen(), consulta),
    async cuentas(base) {
      const visto = base ? await entendidos.contar(base, reloj.ahora()) : { faltan: 0, entendidos: [] }
      return {
        pendientes: base ? (await contarPendientes(base)) + (await edits.contar('pendiente')) : 0,
        atencion: base ? visto.faltan + (await edits.contar('rechazada')) + (await contarApartados(base)) : 0,
        masAntiguoAt: base ? await masAntiguo(base) : null,
        relojSospechoso: testigos.sospechoso(),
        edicionesSinEntregar: (await edits.apartadas.leer()).length,
        entendidos: visto.entendidos,
      }
    },
    async alIntercambiar() {
      const tipo = identidad.alta()?.tipo ?? null
      // A file that does not come now is asked for with the next exchange.
      const listo = await mostrador().catch(() => null)
      await listo?.purgarPorFecha(tipo, reloj.horaCierta())
      if (tipo !== 'caja') return
      await entrada.alIntercambiar()
      await bajas.traer()
      if (!listo) return
      await listo.arriendo.alIntercambiar()
      // The exchange went well whatever comes of this.
      await listo.asentarFotos().catch((error: unknown) => puertos.anotarFallo?.('settling photos', error))
    },
    async entregar() {
      await diario.soltar()
      for (let ronda = 0; ronda < RONDAS_AL_RETIRAR; ronda++) {
        await uploader.subir(true)
        if ((await cadenasPendientes(almacen())).length === 0) break
      }
      if ((await contarApartados(almacen())) > 0) throw new FalloDeRed('RENGLON_EXCEDIDO', 413)
      // Sold facts are never erased: what still waits is tried again with the next exchange.
      if ((await cadenasPendientes(almacen())).length > 0) throw new FalloDeRed('DIARIO_HUECO', 409)
      await edits.apartadas.apartar()
      if (puertos.app === 'scanya') {
        const { fotos, canjes, devoluciones } = await mostrador()
        await Promise.all([fotos.olvidar(), canjes.olvidar(), devoluciones.olvidar()])
      }
      await entrada.olvidar()
    },
    // The device may have slept through the end of a shift, or another tab ended it.
    alHacerseVisible: () => void turnos.leer().catch(() => {}),
    verbos: (ayuda) =>
      verbosDelAparato(ayuda, {
        almacen,
        identidad,
        reloj,
        diario,
        registro,
        edits,
        entrada,
        turnos,
        tarjetas,
        entendidos,
        mostrador,
        exportar: async () => (await mostrador()).exportarPendientes(),
      }),
    cerrar: () => turnos.cerrar(),
  }
}
