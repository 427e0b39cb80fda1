/** The accidents, by weight. Each is counted by kind, so that a run can say what it went through. */
import { fallosDelEquipo, unEquipo as uno } from './fallos-del-equipo.ts'
import { fallosDelServidor } from './fallos-del-servidor.ts'
import type { Mundo } from './mundo.ts'
import type { Operacion } from './operaciones.ts'

const deLaRed: [number, [string, Operacion]][] = [
  [6, ['corte de red', cortar]],
  [8, ['vuelve la red', reconectar]],
  [3, ['red con ruido', ruido]],
  [2, ['corte de flujos', (m) => uno(m).equipo.linea.cortarFlujos()]],
  [1, ['proxy estrecho', estrechar]],
  [1, ['servidor que raciona', racionar]],
  [1.5, ['flujo mudo', enmudecer]],
]
export const fallos: [number, [string, Operacion]][] = [...deLaRed, ...fallosDelEquipo, ...fallosDelServidor]

function cortar(mundo: Mundo): void {
  mundo.cuentas.mas('line cut')
  uno(mundo).equipo.linea.cortar()
}

/** The network is back, and what stood in its way is gone; noise stays. */
function reconectar(mundo: Mundo): void {
  const { linea } = uno(mundo).equipo
  const { ruido } = linea
  linea.sanar()
  linea.ruido = ruido
}

function ruido(mundo: Mundo): void {
  uno(mundo).equipo.linea.ruido = mundo.azar.elegir([0, 0.1, 0.3, 0.6])
}

/** A proxy with small buffers: greetings pass, what carries sales may not. */
function estrechar(mundo: Mundo): void {
  mundo.cuentas.mas('proxy that refuses large bodies')
  uno(mundo).equipo.linea.topeBytes = mundo.azar.elegir([200, 900, 2_000, 6_000])
}

function racionar(mundo: Mundo): void {
  mundo.cuentas.mas('server that rations requests')
  uno(mundo).equipo.linea.porMinuto = mundo.azar.elegir([1, 3, 8])
}

function enmudecer(mundo: Mundo): void {
  if (uno(mundo).equipo.linea.enmudecerFlujos() > 0) mundo.cuentas.mas('stream gone silent')
}
