/** R15. What a till may do without contact, apart from its schemas: a screen tells of it before it ends. */
import { HORA } from '../../core/tiempo.ts'

/** How long a till works without contact, and how many sales it may make meanwhile. */
export const DURACION_DE_LICENCIA_MS = 72 * HORA
export const VENTAS_POR_LICENCIA = 1_500
/** Past its lease a till goes on selling (points held) this long, then it stops. */
export const GRACIA_SIN_LICENCIA_MS = 7 * 24 * HORA
