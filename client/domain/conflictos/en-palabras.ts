/** How the values and the people of a conflict are read. */
import { DIA, diaLocal } from '../../../schema/core/tiempo.ts'
import { diaYHora, fechaYHora, hora, pesos } from '../../lib/formato.ts'
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
      return typeof valor === 'string' && esTipo(valor) ? t[valor] : String(valor ?? t.vacio)
    case 'fijo':
      return fijoEnPalabras(campo, valor)
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

const TIPOS = ['producto', 'servicio', 'porcentaje', 'monto', 'dos_por_uno', 'regalo', 'bronce', 'plata', 'oro'] as const
type Tipo = (typeof TIPOS)[number]
const esTipo = (texto: string): texto is Tipo => (TIPOS as readonly string[]).includes(texto)
const ZONA = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Of a cupón or a recompensa. `valor` is a percentage or centavos, as its kind says; more than a hundred is never a percentage. */
function fijoEnPalabras(campo: string, valor: unknown): string {
  if (campo === 'imagen') return t.cuantasImagenes(valor === null ? 0 : 1)
  if (campo === 'articulos') return t.cuantosArticulos(Array.isArray(valor) ? valor.length : 0)
  if (campo === 'nivelRequerido') return typeof valor === 'string' && esTipo(valor) ? t[valor] : t.cualquierNivel
  if (campo === 'limiteTotal' && valor === null) return t.sinLimite
  if (typeof valor !== 'number') return t.vacio
  if (campo === 'desdeAt' || campo === 'venceAt') return fechaYHora(valor, ZONA)
  if (campo === 'valor') return valor > 100 ? pesos(valor) : `${valor}%`
  return valor.toLocaleString('es-MX')
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
  if (doc.precioCentavos === undefined) return asiQuedaLoQueSeDa(doc, sucursales)
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

/** A cupón by what it takes off, a recompensa by its points. */
function asiQuedaLoQueSeDa(doc: Record<string, unknown>, sucursales: Nombres): { precio: string; resto: string } {
  const esCupon = typeof doc.titulo === 'string'
  const tipo = String(doc.tipo)
  const quita = tipo === 'porcentaje' || tipo === 'monto' ? fijoEnPalabras('valor', doc.valor) : esTipo(tipo) ? t[tipo] : ''
  const precio = esCupon ? quita : t.cuantosPuntos(fijoEnPalabras('puntos', doc.puntos))
  const resto = [
    doc.titulo ?? doc.nombre,
    esCupon && `${t.venceAt}: ${fijoEnPalabras('venceAt', doc.venceAt)}`,
    dondeSeVende(doc.sucursales, sucursales),
  ]
  return { precio, resto: `${resto.filter((parte) => typeof parte === 'string' && parte !== '').join(', ')}.` }
}
