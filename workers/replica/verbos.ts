/** What a screen may ask of an enrolled device, and of none else. */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Almacen } from './almacen.ts'
import type { HechoGuardado, ReplicaApi, Respuesta } from './api.ts'
import type { Diario } from './diario.ts'
import type { Edits } from './edits.ts'
import type { Entendidos } from './entendidos.ts'
import type { Entrada } from './entrada.ts'
import { rechazoDeGuardado } from './guardar.ts'
import type { Identidad } from './identidad.ts'
import type { Mostrador } from './mostrador.ts'
import type { Registro } from './registro.ts'
import type { RelojLocal } from './reloj-local.ts'
import { renglonDe } from './renglon.ts'
import type { Responder } from './respuesta.ts'
import type { Tarjetas } from './tarjetas.ts'
import type { Turnos } from './turno.ts'
import { type VerbosDeMostrador, verbosDeMostrador } from './verbos-de-mostrador.ts'

export type Verbos = Pick<
  ReplicaApi,
  | 'darDeAlta'
  | 'registrarVenta'
  | 'registrarReembolso'
  | 'registrarAnulacion'
  | 'registrarCambioDeMonto'
  | 'registrarAjuste'
  | 'editar'
  | 'pendientes'
  | 'enviarApartados'
  | 'exportarPendientes'
  | 'exportarEdicionesSinEntregar'
  | 'descartarEdicionesSinEntregar'
  | 'personas'
  | 'turno'
  | 'observarTurno'
  | 'finDeTurno'
  | 'entrarEmpleado'
  | 'entrarCuenta'
  | 'cotejoDeAlta'
  | 'cambiarMiPin'
  | 'salirDelTurno'
  | 'leerTarjeta'
  | keyof VerbosDeMostrador
  | 'ticket'
  | 'marcarEntendido'
  | 'editarVarios'
  | 'edicionesPendientes'
  | 'descartarEdicion'
  | 'observarCatalogo'
  | 'buscar'
  | 'prepararImportacion'
  | 'importar'
  | 'cancelarImportacion'
  | 'exportarCatalogo'
  | 'exportarMalos'
  | 'guardarImagen'
  | 'imagenLocal'
>
export interface Ayuda {
  /** Opens the databases first. */
  abierta: Responder
  /** @throws Rechazo REPLICA_NO_ABRE */
  abrir: () => Promise<void>
  /** The status may have changed. */
  avisar: () => void
  /** Something to exchange: now, if this tab leads. */
  intercambiar: () => void
}
interface Partes {
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
  diario: Diario
  registro: Registro
  edits: Edits
  entrada: Entrada
  turnos: Turnos
  tarjetas: Tarjetas
  entendidos: Entendidos
  exportar: () => Promise<string>
  /** Cupones and canjes, in a file of their own. */
  mostrador: () => Promise<Mostrador>
}

export function verbosDelAparato(ayuda: Ayuda, partes: Partes): Verbos {
  const { abierta, abrir, avisar, intercambiar } = ayuda
  const { almacen, identidad, reloj, diario, registro, edits, entrada, turnos, tarjetas, entendidos } = partes
  const guardado = (registrar: () => Promise<HechoGuardado>): Promise<Respuesta<HechoGuardado>> => abierta(registrar, rechazoDeGuardado)
  const exigirAlta = () => {
    if (!identidad.alta()) throw new Rechazo('REPLICA_SIN_ALTA')
  }

  return {
    darDeAlta: (token, modelo) =>
      abierta(async () => {
        // Of another link: its person must not find themselves in the session of whoever this device is of.
        if (identidad.alta() && !(await identidad.dadaCon(token)))
          throw new Rechazo(identidad.revocadoAt() === null ? 'EQUIPO_CON_ALTA' : 'DISPOSITIVO_REVOCADO')
        if (!identidad.alta()) {
          const antes = reloj.leer()
          const dada = await identidad.darDeAlta(token, modelo)
          reloj.aprender(dada.hora, antes)
          if (dada.empleado) await entrada.empezarPorEnlace(dada.empleado)
        }
        await diario.asegurar()
        intercambiar()
        return identidad.alta()!
      }, rechazoDeGuardado),
    registrarVenta: (venta) =>
      guardado(async () => {
        const hecho = await registro.venta(venta)
        // The sale is safe by now; a photo that is not named here is found by the journal.
        const { foto } = venta
        if (foto)
          await partes
            .mostrador()
            .then(({ fotos }) => fotos.nombrar(foto))
            .catch(() => {})
        return hecho
      }),
    registrarReembolso: (r) => guardado(() => registro.reembolso(r)),
    registrarAnulacion: (a) => guardado(() => registro.anulacion(a)),
    registrarCambioDeMonto: (c) => guardado(() => registro.cambioDeMonto(c)),
    registrarAjuste: (a) => guardado(() => registro.ajuste(a)),
    editar: (coleccion, id, cambios) =>
      abierta(async () => {
        if (coleccion === 'diario') throw new Rechazo('COLECCION_DESCONOCIDA', 'coleccion')
        return edits.editar(coleccion, id, cambios)
      }, rechazoDeGuardado),
    pendientes: () =>
      abierta(async () => {
        const filas = await almacen().buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'])
        const apartadas = await almacen().buscar('diario', { estado: 'apartado' }, ['estado', 'cadenaId', 'seq'])
        return [...filas, ...apartadas].map(renglonDe).map(({ cadenaId, seq, tipo, wall, cuerpo, estado }) => ({
          ...{ cadenaId, seq, tipo, wall, cuerpo },
          ...(estado === 'apartado' ? { apartado: true as const } : {}),
        }))
      }),
    enviarApartados: () =>
      abierta(async () => {
        await diario.reponer()
        intercambiar()
        return null
      }, rechazoDeGuardado),
    exportarPendientes: () => abierta(() => partes.exportar()),
    exportarEdicionesSinEntregar: () =>
      abierta(async () => JSON.stringify({ formato: 'anunciaya-ediciones', v: 1, ediciones: await edits.apartadas.leer() }, null, 2)),
    descartarEdicionesSinEntregar: () =>
      abierta(async () => {
        await edits.apartadas.descartar()
        avisar()
        return null
      }),
    personas: () => abierta(() => entrada.personas()),
    turno: () => abierta(async () => (await turnos.leer())?.turno ?? null),
    async observarTurno(alCambiar) {
      await abrir()
      return turnos.observar(alCambiar)
    },
    finDeTurno: () => abierta(() => entrada.fin()),
    entrarEmpleado: (nick, pin) => abierta(() => entrada.entrarEmpleado(nick, pin)),
    entrarCuenta: (correo, contrasena) => abierta(() => entrada.entrarCuenta(correo, contrasena)),
    cotejoDeAlta: (token) => abierta(() => identidad.cotejo(token)),
    cambiarMiPin: (pinActual, pin) => abierta(() => entrada.cambiarPin(pinActual, pin).then(() => null)),
    salirDelTurno: () =>
      abierta(async () => {
        await entrada.salir()
        intercambiar() // that they left is told now, where there is a network (EMP-08)
        return null
      }),
    leerTarjeta: (texto) =>
      abierta(async () => {
        exigirAlta()
        await turnos.autor(null, 'tarjeta')
        try {
          return await tarjetas.leer(texto)
        } finally {
          avisar() // what the card says of the clock
        }
      }),
    ...verbosDeMostrador(ayuda, partes),
    marcarEntendido: (hechoId, si) =>
      abierta(async () => {
        await entendidos.marcar(almacen(), hechoId, si, reloj.ahora())
        avisar()
        return null
      }),
    ticket: (hechoId) =>
      abierta(async () => {
        exigirAlta()
        return tarjetas.ticket(hechoId)
      }),
  }
}
