/** Files in and out. */
import { descargar } from '../../../lib/descargar.ts'

/** Twenty thousand rows of long descriptions take less. */
export const ARCHIVO_MAXIMO_BYTES = 40 * 1024 * 1024

/** The text of a CSV: UTF-8, or as spreadsheets on Windows still write it. */
export async function leerTexto(archivo: Blob): Promise<string> {
  const bytes = await archivo.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Hands a CSV to the person; gives the name of the file. */
export const bajarCsv = (nombre: string, csv: string): string => descargar(nombre, csv, 'csv')

/** Headings and two artículos to write over. The form is that of an export. */
export const PLANTILLA = [
  'nombre,descripcion,precio,categoria,tipo,visible,destacado,desde,agotado,sucursales',
  'Pizza de ejemplo,"Pepperoni, aceituna y champiñón",225.00,Pizzas,producto,sí,no,no,no,',
  'Clase de ejemplo,Una hora,150.00,Clases,servicio,sí,no,sí,no,',
  '',
].join('\r\n')
