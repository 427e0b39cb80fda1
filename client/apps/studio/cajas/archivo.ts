/** A till's pending entries as the file it exported (design 03): read before it is sent, so that another file is told at once. Pure. */
import {
  type ArchivoDePendientes,
  archivoDePendientes,
  BYTES_POR_ARCHIVO,
  type RespuestaArchivo,
} from '../../../../schema/protocol/archivo.ts'

export type ArchivoLeido = { archivo: ArchivoDePendientes; renglones: number } | { falla: 'ilegible' | 'grande' | 'vacio' }

/** `bytes`: of the file; at most 32,000,000 are read. */
export function leerArchivo(texto: string, bytes: number): ArchivoLeido {
  if (bytes > BYTES_POR_ARCHIVO) return { falla: 'grande' }
  try {
    const leido = archivoDePendientes.safeParse(JSON.parse(texto))
    if (!leido.success) return { falla: 'ilegible' }
    const renglones = leido.data.pedidos.reduce((suma, pedido) => suma + pedido.cuerpos.length, 0)
    return renglones === 0 ? { falla: 'vacio' } : { archivo: leido.data, renglones }
  } catch {
    return { falla: 'ilegible' }
  }
}

export interface Resultado {
  nuevos: number
  /** The server had them already. */
  yaEstaban: number
  /** Entries before those of the file are missing: it took none of what follows them. */
  incompletas: number
}

/** What became of the entries of a file. */
export function resultadoDe({ archivo, renglones }: { archivo: ArchivoDePendientes; renglones: number }, r: RespuestaArchivo): Resultado {
  const rotas = new Set(r.cadenas.filter((c) => !c.completa).map((c) => c.cadenaId))
  const fuera = archivo.pedidos
    .filter((p) => rotas.has(p.cadenaId))
    .reduce((suma, p) => suma + p.cuerpos.filter((cuerpo) => seqDe(cuerpo) > hastaDe(r, p.cadenaId)).length, 0)
  return { nuevos: r.nuevos, yaEstaban: Math.max(0, renglones - r.nuevos - fuera), incompletas: fuera }
}

/** Of an entry; those that its till lost are skipped in the file, so it is not told by its place. */
function seqDe(cuerpo: string): number {
  try {
    return Number((JSON.parse(cuerpo) as { seq?: unknown }).seq)
  } catch {
    return Number.NaN
  }
}
const hastaDe = (r: RespuestaArchivo, cadenaId: string): number => r.cadenas.find((c) => c.cadenaId === cadenaId)?.recibidoHasta ?? -1
