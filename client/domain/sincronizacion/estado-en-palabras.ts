/** The status chip in words and shape (design 05): five states, never by colour alone. Pure. */
import type { EstadoSync } from '../../../workers/replica/api.ts'
import { hace, hora, plural } from '../../lib/formato.ts'
import type { Icono } from '../../ui/iconos.tsx'

export interface Chip {
  texto: string
  forma: 'aldia' | 'enviando' | 'sinred' | 'atencion' | 'sesion'
  icono: Icono
}

/** `zona` is the sucursal's. */
export function chipDe(estado: EstadoSync | null, zona: string): Chip {
  if (!estado) return { texto: 'Abriendo…', forma: 'enviando', icono: 'enviar' }
  switch (estado.fase) {
    case 'al_dia':
      return {
        texto: estado.ultimoIntercambioAt ? `Al día (${hora(estado.ultimoIntercambioAt, zona)})` : 'Al día',
        forma: 'aldia',
        icono: 'circulo',
      }
    case 'enviando':
      return { texto: estado.pendientes > 0 ? `Enviando ${estado.pendientes}` : 'Poniéndose al día', forma: 'enviando', icono: 'enviar' }
    case 'sin_conexion':
      return {
        texto: estado.pendientes > 0 ? `Sin conexión, ${estado.pendientes} por enviar` : 'Sin conexión',
        forma: 'sinred',
        icono: 'sinRed',
      }
    case 'atencion':
      return { texto: `Necesita tu atención ${estado.atencion}`, forma: 'atencion', icono: 'atencion' }
    case 'sin_sesion':
      return { texto: 'Vuelve a entrar', forma: 'sesion', icono: 'candado' }
    case 'revocado':
      return { texto: 'Equipo dado de baja', forma: 'sesion', icono: 'candado' }
  }
}

/** The sentence under the chip's list: what is here and since when. */
export function resumenDePendientes(estado: EstadoSync, ahora: number): string {
  if (estado.pendientes === 0) return 'Todo lo de este equipo ya lo tiene el servidor.'
  const antiguedad = estado.masAntiguoAt === null ? '' : ` El más antiguo, ${hace(ahora - estado.masAntiguoAt)}.`
  return `${plural(estado.pendientes, 'registro guardado', 'registros guardados')} en este equipo.${antiguedad} Saldrán solos y en orden.`
}
