/** Which node is meant, apart from how it is drawn. */
import type { NodoDePlataforma } from '../../../../schema/protocol/plataforma.ts'

/** A node's id is its host, its process and what tells two starts apart: the last is for machines. */
export const nombreDeNodo = (id: string): string => id.replace(/-[0-9a-z]+$/, '')

/** The one that started last: after a restart the one before is listed for a while, and answers nobody. Undefined: none is alive. */
export const nodoQueSirve = (nodos: readonly NodoDePlataforma[]): NodoDePlataforma | undefined =>
  nodos.reduce<NodoDePlataforma | undefined>((ultimo, nodo) => (ultimo && ultimo.iniciadoAt >= nodo.iniciadoAt ? ultimo : nodo), undefined)
