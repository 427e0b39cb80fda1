/** The status chip in words and shape (design 05): five states, never by colour alone. Pure. */
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { hace, hora } from '../../lib/formato.ts'
import type { FormaDeChip } from '../../ui/chip.tsx'
import type { Icono } from '../../ui/iconos.tsx'
import { t } from './textos.ts'

export interface Chip {
  texto: string
  /** Set softer after the words: the hour of the last exchange. */
  detalle?: string
  forma: FormaDeChip
  icono: Icono
}

/** `zona` is the sucursal's. */
export function chipDe(estado: EstadoSync | null, zona: string): Chip {
  if (!estado) return { texto: t.abriendo, forma: 'enviando', icono: 'enviar' }
  switch (estado.fase) {
    case 'al_dia': {
      const alDia = { texto: t.alDia, forma: 'aldia', icono: 'circulo' } as const
      return estado.ultimoIntercambioAt ? { ...alDia, detalle: hora(estado.ultimoIntercambioAt, zona) } : alDia
    }
    case 'enviando':
      return { texto: estado.pendientes > 0 ? t.enviando(estado.pendientes) : t.poniendoseAlDia, forma: 'enviando', icono: 'enviar' }
    case 'sin_conexion':
      return {
        texto: estado.pendientes > 0 ? t.sinConexionCon(estado.pendientes) : t.sinConexion,
        forma: 'sinred',
        icono: 'sinRed',
      }
    case 'atencion':
      return { texto: t.atencion(estado.atencion), forma: 'atencion', icono: 'atencion' }
    case 'sin_sesion':
      return { texto: t.vuelveAEntrar, forma: 'sesion', icono: 'candado' }
    case 'revocado':
      return { texto: t.revocado, forma: 'sesion', icono: 'candado' }
    case 'reiniciando':
      return { texto: t.reiniciando, forma: 'enviando', icono: 'enviar' }
    case 'caida':
      return { texto: t.caida, forma: 'atencion', icono: 'atencion' }
  }
}

/** The sentence under the chip's list: what is here and since when. */
export function resumenDePendientes(estado: EstadoSync, ahora: number): string {
  if (estado.pendientes === 0) return t.todoRecibido
  const antiguedad = estado.masAntiguoAt === null ? [] : [t.elMasAntiguo(hace(ahora - estado.masAntiguoAt))]
  return [t.guardados(estado.pendientes), ...antiguedad, t.saldranSolos].join(' ')
}

/** Under this share of free room the person is told before a sale is refused. */
const ALMACEN_LLENO = 0.9

/** True when the device is nearly out of room for the journal (design 05: show quota). */
export const almacenCasiLleno = ({ almacen }: EstadoSync): boolean =>
  almacen !== null && almacen.cuotaBytes > 0 && almacen.usadoBytes > almacen.cuotaBytes * ALMACEN_LLENO
