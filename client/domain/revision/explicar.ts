/** What the counter gave that it should not have (R3, R4, R5), in words: what happened, what it cost, and what to do about it (none is charged to a client). Pure. */
import type { AvisoDoc } from '../../../schema/protocol/documentos.ts'
import { pesos } from '../../lib/formato.ts'
import { t } from './textos-de-mostrador.ts'

type Aviso = Pick<AvisoDoc, 'regla' | 'costoCentavos' | 'puntos'> & { codigo: string; datos: Readonly<Record<string, unknown>> }

/** A sentence or two; null: its code says it all. */
export function explicar(aviso: Aviso): string | null {
  const { regla, codigo, puntos, datos } = aviso
  if (regla === 'R3') {
    const que = typeof datos.titulo === 'string' ? datos.titulo : t.elCupon
    return codigo === 'cupon_repetido' ? t.repetido(que) : codigo === 'cupon_excedido' ? t.excedido(que) : t.noValia(que)
  }
  const que = typeof datos.nombre === 'string' ? datos.nombre : t.elCanje
  if (codigo === 'canje_doble') return t.doble(que)
  if (codigo === 'canje_vencido') return t.vencido(que)
  if (codigo === 'canje_tardio') return tardio(que, datos)
  return codigo === 'sobregiro' && puntos !== null ? t.sobregiro(puntos) : null
}

/** `devueltos`: its points had gone back by then; avisos of the first release do not say. */
function tardio(que: string, { sobregiro, devueltos }: Aviso['datos']): string {
  if (typeof sobregiro === 'number') return t.tardioEnDeuda(que, sobregiro)
  return devueltos === false ? t.tardioApartado(que) : t.tardio(que)
}

/** `Costo: $45.00`; without a cost, that it had none; null: it is not about money. */
export function costoDe({ regla, costoCentavos }: Aviso): string | null {
  if (costoCentavos !== null) return t.costo(pesos(costoCentavos))
  return regla === 'R5' ? t.sinCosto : null
}
