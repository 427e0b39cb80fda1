/** Cupones and canjes of a till (R3, R4, R5), its shifts, its photos, and what is seldom done: apart from what every sale needs. */
import type { Almacen } from './almacen.ts'
import { type ArriendoPropio, type Cesion, crearArriendo } from './arriendo.ts'
import { type Canjes, crearCanjes } from './canjes.ts'
import { canjesEnRed } from './canjes-en-red.ts'
import { type Cupones, crearCupones } from './cupones.ts'
import { cuponesEnRed } from './cupones-en-red.ts'
import { crearDevoluciones, type Devoluciones } from './devoluciones.ts'
import type { Diario } from './diario.ts'
import { exportarPendientes } from './exportar.ts'
import { fotoEnRed } from './foto-en-red.ts'
import { crearFotos, type Fotos } from './fotos.ts'
import type { Identidad } from './identidad.ts'
import { cambiarMiPin } from './mi-pin.ts'
import { podarDiario } from './poda.ts'
import type { Puertos } from './puertos.ts'
import { purgarPorFecha } from './purga.ts'
import type { Registro } from './registro.ts'
import type { RelojLocal } from './reloj-local.ts'
import type { Sesion } from './sesion.ts'
import type { Turnos } from './turno.ts'
import { crearTurnosDeCaja, type TurnosDeCaja } from './turnos-de-caja.ts'

export interface Mostrador {
  canjes: Canjes
  arriendo: ArriendoPropio
  cupones: Cupones
  turnosDeCaja: TurnosDeCaja
  devoluciones: Devoluciones
  fotos: Fotos
  /** From the server. @throws FalloDeRed */
  fotoEnRed(hash: string): Promise<Blob | null>
  /** Once a run: the journal is read whole only where a photo waits for its sale. */
  asentarFotos(): Promise<void>
  exportarPendientes(): Promise<string>
  podarDiario(ahora: number): Promise<void>
  purgarPorFecha(tipo: 'caja' | 'studio' | null, ahora: number | null): Promise<void>
  cambiarMiPin: typeof cambiarMiPin
}
interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
  sesion: Sesion
  diario: Diario
  registro: Registro
  turnos: Turnos
  cesion: Cesion
}

export function crearMostrador({ puertos, sesion, ...partes }: Partes): Mostrador {
  const red = canjesEnRed(puertos, sesion)
  const fotos = crearFotos({ ...partes, puertos })
  const devoluciones = crearDevoluciones({ ...partes, puertos })
  let fotosAsentadas = false
  const canjes = crearCanjes({ ...partes, puertos, red })
  return {
    canjes,
    arriendo: crearArriendo({ ...partes, red }),
    cupones: crearCupones({ ...partes, red: cuponesEnRed(puertos, sesion) }),
    turnosDeCaja: crearTurnosDeCaja({ ...partes, puertos, devoluciones, canjes }),
    devoluciones,
    fotos,
    fotoEnRed: (hash) => fotoEnRed(puertos, sesion, hash),
    async asentarFotos() {
      if (fotosAsentadas) return
      await fotos.asentar(async () => {
        const filas = await partes.almacen().buscar('diario', { tipo: 'venta' }, ['estado', 'cadenaId', 'seq'])
        return new Set(filas.flatMap(({ cuerpo }) => /"foto":"([0-9a-f]{64})"/.exec(String(cuerpo))?.[1] ?? []))
      })
      fotosAsentadas = true
    },
    exportarPendientes: () => exportarPendientes(puertos, partes.almacen(), partes.identidad),
    podarDiario: (ahora) => podarDiario(partes.almacen(), ahora),
    purgarPorFecha: (tipo, ahora) => purgarPorFecha({ almacen: partes.almacen(), tipo, ahora }),
    cambiarMiPin,
  }
}
