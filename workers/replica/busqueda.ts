/** The quick search among clients and sales of this device. Pure: catalogo.ts keeps what is looked through. */
import { contieneTodas, palabrasDe, plegar } from '../../schema/core/plegar.ts'
import type { ClienteDoc } from '../../schema/protocol/documentos.ts'
import { type Guardada, limpia } from './almacen.ts'

export interface FichaDeCliente {
  cliente: ClienteDoc
  alias: string
}
export interface FichaDeVenta {
  id: string
  /** `C1-000123`: the series and the number. */
  serie: string
  numero: string
  montoCentavos: number
  effAt: number
}

export function fichaDeCliente(fila: Guardada): FichaDeCliente {
  const { inverso, ...propia } = limpia(fila)
  const cliente = propia as unknown as ClienteDoc
  return { cliente, alias: plegar(cliente.alias ?? '') }
}
export function fichaDeVenta(fila: Guardada): FichaDeVenta {
  const { id, folio, montoCentavos, effAt } = limpia(fila) as unknown as { id: string; folio: string; montoCentavos: number; effAt: number }
  const [, serie = '', numero = ''] = /^(.*?)-?0*(\d*)$/.exec(plegar(String(folio ?? ''))) ?? []
  return { id, serie, numero, montoCentavos, effAt }
}

/** By alias, every word of it; or by the card: 4 or more of its characters, its beginning or its end. Who came last, first. */
export function buscarClientes(fichas: ReadonlyMap<string, FichaDeCliente>, texto: string, limite: number): ClienteDoc[] {
  const palabras = palabrasDe(texto)
  if (palabras.length === 0) return []
  const tarjeta = palabras.join('').replaceAll('•', '').replaceAll('-', '')
  const deTarjeta = (cardId: string) => tarjeta.length >= 4 && (cardId.startsWith(tarjeta) || cardId.endsWith(tarjeta))
  return [...fichas.values()]
    .filter(({ cliente, alias }) => contieneTodas(alias, palabras) || deTarjeta(String(cliente.cardId).toLowerCase()))
    .sort((a, b) => b.cliente.ultimaVisitaAt - a.cliente.ultimaVisitaAt)
    .slice(0, limite)
    .map(({ cliente }) => cliente)
}

/** Ids of sales by folio (`C1-000123`, `c1-123`, `123`) or by monto (`$1,250.50`, `250`), newest first, those of that very folio before all. */
export function buscarVentas(fichas: ReadonlyMap<string, FichaDeVenta>, texto: string, limite: number): string[] {
  const limpio = plegar(texto).replaceAll(' ', '')
  const folio = /^([a-z]*\d*)-0*(\d+)$/.exec(limpio) ?? /^()0*(\d+)$/.exec(limpio)
  const centavos = centavosDe(limpio)
  if (!folio && centavos === null) return []
  const rango = (ficha: FichaDeVenta): number => {
    const deSerie = folio && (folio[1] === '' || ficha.serie === folio[1])
    if (deSerie && ficha.numero === folio[2]) return 0
    if (centavos !== null && ficha.montoCentavos === centavos) return 1
    return deSerie && ficha.numero.startsWith(folio[2] ?? '') ? 2 : 3
  }
  return [...fichas.values()]
    .map((ficha) => ({ ficha, n: rango(ficha) }))
    .filter(({ n }) => n < 3)
    .sort((a, b) => a.n - b.n || b.ficha.effAt - a.ficha.effAt)
    .slice(0, limite)
    .map(({ ficha }) => ficha.id)
}

/** Of `$1,250.50`, `1250.5` or `250`; null: no monto. */
function centavosDe(texto: string): number | null {
  const partes = /^\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(texto)
  return partes ? Number(partes[1]?.replaceAll(',', '')) * 100 + Number((partes[2] ?? '').padEnd(2, '0')) : null
}
