/** How the values and the people of a conflict are read. */
import { DIA, diaLocal } from '../../../schema/core/tiempo.ts'
import { diaYHora, hora, pesos } from '../../lib/formato.ts'
import type { Opcion } from './caso.ts'
import { t } from './textos.ts'
import { esCampoConocido, tipoDe } from './valor.ts'

/** Names of sucursales by id. */
export type Nombres = ReadonlyMap<string, string>

export const nombreDelCampo = (campo: string): string => (campo === 'borrado' ? t.borrado : esCampoConocido(campo) ? t[campo] : campo)

/** `$239.00`, `Sí`, `Centro y Norte`, `2 imágenes`. */
export function valorEnPalabras(campo: string, valor: unknown, sucursales: Nombres): string {
  switch (tipoDe(campo)) {
    case 'dinero':
      return typeof valor === 'number' ? pesos(valor) : t.vacio
    case 'interruptor':
      return valor === true ? t.si : t.no
    case 'eleccion':
      return valor === 'servicio' ? t.servicio : t.producto
    case 'sucursales':
      return Array.isArray(valor) && valor.length > 0
        ? lista(valor.map((id) => sucursales.get(String(id)) ?? t.unaSucursal))
        : t.todasLasSucursales
    case 'imagenes':
      return t.cuantasImagenes(Array.isArray(valor) ? valor.length : 0)
    default:
      return valor === '' || valor === null || valor === undefined ? t.vacio : String(valor)
  }
}

/** The same in the middle of a sentence. */
export const dondeSeVende = (valor: unknown, sucursales: Nombres): string =>
  Array.isArray(valor) && valor.length > 0 ? valorEnPalabras('sucursales', valor, sucursales) : t.enTodas

export const lista = (nombres: string[]): string =>
  nombres.length < 2 ? (nombres[0] ?? '') : t.yAlguien(nombres.slice(0, -1).join(', '), nombres.at(-1) ?? '')

/** `Tú`, `Sofía`, or somebody whose name is not known. */
export const quienEs = (opcion: Pick<Opcion, 'mio' | 'quien'>): string => (opcion.mio ? t.tu : primerNombre(opcion.quien) || t.alguien)
export const primerNombre = (nombre: string): string => nombre.trim().split(/\s+/)[0] ?? ''

/** `hoy 13:48`, `ayer 18:40`, `18 nov, 10:12`. */
export function cuando(at: number, ahora: number, zona: string): string {
  const dia = diaLocal(at, zona)
  if (dia === diaLocal(ahora, zona)) return t.hoyA(hora(at, zona))
  if (dia === diaLocal(ahora - DIA, zona)) return t.ayerA(hora(at, zona))
  return diaYHora(at, zona)
}

/** `Hoy 13:48, iPad de Roberto`, `Sofía, hoy 13:31, Laptop Norte`: what stands under a column. */
export function procedencia(opcion: Opcion, ahora: number, zona: string): string {
  const partes = [opcion.mio ? '' : opcion.quien, opcion.effAt > 0 ? cuando(opcion.effAt, ahora, zona) : '', opcion.equipo]
  return conMayuscula(partes.filter(Boolean).join(', '))
}
export const conMayuscula = (texto: string): string => texto.charAt(0).toLocaleUpperCase() + texto.slice(1)

/** What the document will be, in a sentence. `precio` apart: it is what people look for. `conNombre`: when the name is in doubt too. */
export function asiQueda(doc: Record<string, unknown>, sucursales: Nombres, conNombre: boolean): { precio: string; resto: string } {
  const precio = valorEnPalabras('precioCentavos', doc.precioCentavos, sucursales)
  const descripcion = typeof doc.descripcion === 'string' && doc.descripcion !== '' ? `“${doc.descripcion}”` : ''
  const categoria = typeof doc.categoria === 'string' && doc.categoria !== '' ? t.enCategoria(doc.categoria) : t.sinCategoria
  const rasgos = [
    doc.destacado === true && t.esDestacado,
    doc.visible === false && t.esOculto,
    doc.agotado === true && t.esAgotado,
    Array.isArray(doc.sucursales) && doc.sucursales.length > 0 && valorEnPalabras('sucursales', doc.sucursales, sucursales),
  ].filter((rasgo) => typeof rasgo === 'string')
  return {
    precio: doc.desde === true ? t.desdePrecio(precio) : precio,
    resto: [conNombre ? `${String(doc.nombre ?? '')}.` : '', descripcion, `${[categoria, ...rasgos].join(', ')}.`]
      .filter(Boolean)
      .join(' '),
  }
}
