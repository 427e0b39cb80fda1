/**
 * A day as a file: one line per sale or refund, in the order of the day. What a line says is checked here as a till's screen would; what the
 * journal refuses (monto, método) is left to the replica.
 */
import Papa from 'papaparse'
import type { Codigo } from '../../../schema/core/codigos.ts'
import { centavosDesdePesos } from '../../../schema/core/dinero.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { textoDeCodigo } from '../../../schema/core/textos-de-codigo.ts'

export const COLUMNAS = ['hora', 'caja', 'cajero', 'cliente', 'monto', 'metodo', 'tipo', 'referencia', 'descripcion'] as const
export const CAJAS = ['C1', 'C2'] as const

export interface LineaDelDia {
  /** Of the file, the heading is line 1. */
  numero: number
  /** ms after midnight. */
  horaMs: number
  caja: string
  cajero: string
  /** '' for a sale without a client. */
  cliente: string
  montoCentavos: number
  metodo: string
  tipo: 'venta' | 'reembolso'
  /** Ticket of the sale; a refund names the ticket it refunds. */
  referencia: string
  descripcion: string
}

export interface LineaRechazada {
  numero: number
  codigo: Codigo
  /** In Spanish, with the field at fault. */
  razon: string
}

export function rechazar(numero: number, codigo: Codigo, campo?: string): LineaRechazada {
  return { numero, codigo, razon: campo ? `${textoDeCodigo(codigo)} (${campo})` : textoDeCodigo(codigo) }
}

/** Lines that make sense, and those that do not with their reason. @throws Error when the heading is not the expected one */
export function leerDia(texto: string): { lineas: LineaDelDia[]; rechazadas: LineaRechazada[] } {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(texto, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (h) => h.trim(),
  })
  if (COLUMNAS.some((columna) => !meta.fields?.includes(columna))) throw new Error(`the heading must be: ${COLUMNAS.join(',')}`)
  const rotas = new Set(errors.map((e) => e.row))
  const lineas: LineaDelDia[] = []
  const rechazadas: LineaRechazada[] = []
  data.forEach((fila, i) => {
    const numero = i + 2
    try {
      if (rotas.has(i)) throw new Rechazo('DATO_INVALIDO', 'columnas')
      lineas.push(leerLinea(fila, numero))
    } catch (error) {
      if (!(error instanceof Rechazo)) throw error
      rechazadas.push(rechazar(numero, error.codigo, error.campo))
    }
  })
  return { lineas, rechazadas }
}

function leerLinea(fila: Record<string, string>, numero: number): LineaDelDia {
  const campo = (nombre: (typeof COLUMNAS)[number]) => (fila[nombre] ?? '').trim()
  const [caja, tipo] = [campo('caja'), campo('tipo')]
  if (!(CAJAS as readonly string[]).includes(caja)) throw new Rechazo('DATO_INVALIDO', 'caja')
  if (tipo !== 'venta' && tipo !== 'reembolso') throw new Rechazo('DATO_INVALIDO', 'tipo')
  if (!campo('referencia')) throw new Rechazo('DATO_INVALIDO', 'referencia')
  return {
    numero,
    horaMs: leerHora(campo('hora')),
    caja,
    cajero: campo('cajero'),
    cliente: campo('cliente'),
    montoCentavos: centavosDesdePesos(campo('monto')),
    metodo: campo('metodo'),
    tipo,
    referencia: campo('referencia'),
    descripcion: campo('descripcion'),
  }
}

function leerHora(texto: string): number {
  const [, h, m, s = '00'] = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(texto) ?? []
  if (!h || !m) throw new Rechazo('DATO_INVALIDO', 'hora')
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000
}
