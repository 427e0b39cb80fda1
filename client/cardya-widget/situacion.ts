/** What the card says of itself: the status chip's five states and the sentence behind it (design 05). Pure. */
import type { EstadoSync } from '../../workers/replica/api.ts'
import { fechaCorta, hora } from './cuando.ts'
import type { NombreDeIcono } from './iconos.tsx'
import { t } from './textos.ts'

/** `abriendo`: the replica is not loaded yet; `caida`: it could not be. The card itself needs neither. */
export type FaseDeCardya = 'abriendo' | 'al_dia' | 'actualizando' | 'sin_conexion' | 'sin_sesion' | 'caida'

export interface Situacion {
  fase: FaseDeCardya
  /** Server time of what is shown, ms; 0: nothing came yet. */
  datosAt: number
  /** A person must act: the clock is wrong, the certificate is about to end or did. */
  porAtender: boolean
}
export interface ChipDeCardya {
  forma: 'aldia' | 'enviando' | 'sinred' | 'atencion' | 'sesion'
  icono: NombreDeIcono
  texto: string
  detalle: string | null
}

export function faseDeReplica({ fase }: EstadoSync): FaseDeCardya {
  if (fase === 'al_dia' || fase === 'sin_conexion' || fase === 'sin_sesion') return fase
  if (fase === 'revocado') return 'sin_sesion'
  return fase === 'caida' || fase === 'atencion' ? 'caida' : 'actualizando'
}

export function chipDe({ fase, datosAt, porAtender }: Situacion): ChipDeCardya {
  if (fase === 'sin_sesion') return { forma: 'sesion', icono: 'candado', texto: t.vuelveAEntrar, detalle: null }
  if (porAtender || fase === 'caida') return { forma: 'atencion', icono: 'atencion', texto: t.atencion, detalle: null }
  if (fase === 'sin_conexion') return { forma: 'sinred', icono: 'sinRed', texto: t.sinConexion, detalle: null }
  if (fase === 'al_dia') return { forma: 'aldia', icono: 'alDia', texto: t.alDia, detalle: datosAt ? hora(datosAt) : null }
  return { forma: 'enviando', icono: 'enviando', texto: t.poniendoseAlDia, detalle: null }
}

export function fraseDe({ fase, datosAt }: Situacion, ahora: number): string {
  if (fase === 'sin_sesion') return t.estadoSesion
  if (fase === 'caida') return t.estadoCaida
  if (fase === 'al_dia') return t.estadoAlDia(hora(datosAt))
  if (fase === 'sin_conexion') return datosAt ? t.estadoSinRed(fechaCorta(datosAt, ahora)) : t.estadoSinRedNunca
  return t.estadoActualizando
}
