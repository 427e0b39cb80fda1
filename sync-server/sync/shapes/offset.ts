/**
 * Where a reader of a shape is (SH2, SH4). Official clients carry it from one answer to the next request and never look inside.
 *
 *   -1        the beginning: every row of the shape          `<seq>_0`      everything up to seq of the stream is known
 *   now       no rows, only what changes from here on        `<seq>_<key>`  in the middle of the rows, whose log begins at seq
 *
 * The key of a page is a text that only its reader understands; its bytes are written as one decimal number, because the wire wants a number there.
 */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { esTextoGuardable } from '../../../schema/core/textos.ts'

export type Posicion =
  | { en: 'inicio' }
  | { en: 'ahora' }
  /** `pagina` undefined: in the log. */
  | { en: 'camino'; seq: number; pagina: string | undefined }

const CAMINO = /^(\d{1,16})_(\d{1,500})$/
/** Keeps zeros at the front of the bytes, and tells a page from the log's 0. */
const MARCA = 0x01

/** @throws Rechazo DATO_INVALIDO with the field `offset` */
export function leerOffset(texto: string): Posicion {
  if (texto === '-1') return { en: 'inicio' }
  if (texto === 'now') return { en: 'ahora' }
  const partes = CAMINO.exec(texto)
  const seq = Number(partes?.[1] ?? Number.NaN)
  if (!partes || !Number.isSafeInteger(seq)) throw new Rechazo('DATO_INVALIDO', 'offset')
  return { en: 'camino', seq, pagina: paginaDe(partes[2] as string) }
}

function paginaDe(numero: string): string | undefined {
  if (/^0+$/.test(numero)) return undefined
  const hex = BigInt(numero).toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  const texto = bytes.subarray(1).toString('utf8')
  if (bytes[0] !== MARCA || !Buffer.from(texto, 'utf8').equals(bytes.subarray(1)) || !esTextoGuardable(texto))
    throw new Rechazo('DATO_INVALIDO', 'offset')
  return texto
}

export function escribirOffset(seq: number, pagina?: string): string {
  if (pagina === undefined) return `${seq}_0`
  return `${seq}_${BigInt(`0x${Buffer.concat([Buffer.from([MARCA]), Buffer.from(pagina, 'utf8')]).toString('hex')}`)}`
}
