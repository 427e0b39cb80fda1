/** The rules of the ledger (R1–R16) in words first, their code second: what happened, what was done, who is told, what must hold. */
import type { Regla } from '../../../schema/domain/hechos/tipos.ts'
import { IDIOMA } from '../../lib/idioma.ts'

export interface ReglaEnPalabras {
  /** For a list. */
  corto: string
  titulo: string
  frase: string
  avisa: string
  invariante: string
}

const es: Record<Regla, ReglaEnPalabras> = {
  R1: {
    corto: 'Hecho repetido',
    titulo: 'El mismo hecho llegó otra vez',
    frase: 'Cuenta una sola vez: vale el primer resultado. Pasa cuando una respuesta se pierde y el equipo vuelve a enviar.',
    avisa: 'A nadie',
    invariante: 'Aplicarlo n veces es aplicarlo una',
  },
  R2: {
    corto: 'QR repetido',
    titulo: 'Mismo QR de tarjeta en dos cajas',
    frase: 'Gana la venta que llegó primero: suma puntos. La otra venta vale, y sus puntos esperan al dueño.',
    avisa: 'Segunda caja y dueño',
    invariante: 'Un crédito automático por código de tarjeta',
  },
  R3: {
    corto: 'Cupón usado de más',
    titulo: 'Un cupón usado más veces de las que permite',
    frase: 'El descuento ya se dio: lo paga el negocio, y nunca se le cobra al cliente.',
    avisa: 'Dueño y caja',
    invariante: 'Usos hasta el máximo; lo demás, a revisión',
  },
  R4: {
    corto: 'Canje confirmado dos veces',
    titulo: 'El mismo canje confirmado dos veces',
    frase: 'Se descuenta una vez. Si fue en otra caja, alguien lo entregó de más.',
    avisa: 'Dueño y cliente',
    invariante: 'A lo más un cargo por canje',
  },
  R5: {
    corto: 'Canje sincronizado tarde',
    titulo: 'Un canje confirmado a tiempo que llegó tarde',
    frase: 'Se respeta: vale la hora en que se confirmó, no la hora en que llegó.',
    avisa: 'Dueño',
    invariante: 'Saldo negativo solo con un sobregiro con nombre',
  },
  R6: {
    corto: 'Reembolso excedido',
    titulo: 'Se devolvió más de lo que quedaba de la venta',
    frase:
      'Los reembolsos quedan como pasaron; lo que pasa del total lo absorbe el negocio. Los puntos se devuelven una sola vez por peso.',
    avisa: 'Caja y dueño',
    invariante: 'Los puntos se mueven una vez por peso',
  },
  R7: {
    corto: 'Mismo campo',
    titulo: 'El mismo campo editado en dos equipos',
    frase: 'Queda el cambio más reciente; el otro valor espera en Conflictos y se recupera con un toque.',
    avisa: 'Los dos',
    invariante: 'Lo que cambió uno solo siempre queda',
  },
  R8: {
    corto: 'Campos distintos',
    titulo: 'Campos distintos del mismo documento',
    frase: 'Quedan los dos cambios.',
    avisa: 'A nadie',
    invariante: 'Da igual el orden en que lleguen',
  },
  R9: {
    corto: 'Editado y borrado',
    titulo: 'Editado en un equipo y borrado en otro',
    frase: 'Si la edición es más nueva, espera en Conflictos; si no, queda borrado.',
    avisa: 'Los dos',
    invariante: 'Nada desaparece sin aviso',
  },
  R10: {
    corto: 'Cajero o caja de baja',
    titulo: 'Se vendió después de una baja',
    frase: 'La venta vale; sus puntos esperan al dueño y se acreditan a los 14 días si no dice que no.',
    avisa: 'Dueño',
    invariante: 'Ningún crédito automático después de la baja',
  },
  R11: {
    corto: 'Reloj',
    titulo: 'Los relojes de la caja y del cliente no coinciden',
    frase: 'La venta vale con la hora corregida; sus puntos esperan al dueño y se acreditan a los 14 días si no dice que no.',
    avisa: 'Dueño y caja',
    invariante: 'La hora efectiva nunca retrocede en un diario',
  },
  R12: {
    corto: 'Cambió el valor del punto',
    titulo: 'Las reglas de puntos cambiaron mientras la caja no tenía red',
    frase: 'El cliente recibe lo que más le conviene entre lo vigente y lo prometido en pantalla.',
    avisa: 'El cliente ve por qué',
    invariante: 'Igual que la fórmula',
  },
  R13: {
    corto: 'Artículo no disponible',
    titulo: 'Se vendió un artículo oculto, agotado o borrado',
    frase: 'La venta vale: lo que ya se entregó no se deshace.',
    avisa: 'Dueño',
    invariante: 'Una venta real nunca se bloquea',
  },
  R14: {
    corto: 'Falta el hecho anterior',
    titulo: 'Depende de un hecho que no ha llegado',
    frase: 'Se guarda y espera hasta 14 días. Si la venta nunca llega, pasa a revisión.',
    avisa: 'Caja y dueño',
    invariante: 'Se resuelve en cuanto llega el anterior',
  },
  R15: {
    corto: 'Sin licencia vigente',
    titulo: 'Se vendió sin licencia local vigente',
    frase: 'La venta vale; sus puntos esperan al dueño y se acreditan a los 14 días si no dice que no.',
    avisa: 'Caja y dueño',
    invariante: 'Ningún crédito automático fuera de la licencia',
  },
  R16: {
    corto: 'Fuera de lo normal',
    titulo: 'Una venta fuera de lo normal',
    frase: 'Monto o frecuencia que no se parecen a lo de siempre. La venta vale; sus puntos esperan al dueño 14 días.',
    avisa: 'Dueño',
    invariante: 'Nadie sube de nivel con una sola venta sin revisar',
  },
}

const en: Record<Regla, ReglaEnPalabras> = {
  R1: {
    corto: 'Repeated fact',
    titulo: 'The same fact arrived again',
    frase: 'It counts once: the first result stands. It happens when an answer is lost and the device sends again.',
    avisa: 'Nobody',
    invariante: 'Applying it n times is applying it once',
  },
  R2: {
    corto: 'Repeated QR',
    titulo: 'The same card QR at two tills',
    frase: 'The sale that arrived first wins: it gives points. The other sale stands, and its points wait for the owner.',
    avisa: 'Second till and owner',
    invariante: 'One automatic credit per card code',
  },
  R3: {
    corto: 'Coupon overused',
    titulo: 'A coupon used more often than it allows',
    frase: 'The discount was given: the business pays it, and the customer is never charged.',
    avisa: 'Owner and till',
    invariante: 'Uses up to the maximum; the rest is reviewed',
  },
  R4: {
    corto: 'Reward confirmed twice',
    titulo: 'The same reward confirmed twice',
    frase: 'It is taken off once. If it was at another till, somebody handed over one too many.',
    avisa: 'Owner and customer',
    invariante: 'At most one debit per reward',
  },
  R5: {
    corto: 'Reward synced late',
    titulo: 'A reward confirmed in time that arrived late',
    frase: 'It is honoured: the hour it was confirmed counts, not the hour it arrived.',
    avisa: 'Owner',
    invariante: 'A negative balance only with a named overdraft',
  },
  R6: {
    corto: 'Refund exceeded',
    titulo: 'More was refunded than remained of the sale',
    frase: 'The refunds stay as they happened; the excess is the merchant’s cost. Points are taken back once per peso.',
    avisa: 'Till and owner',
    invariante: 'Points move once per peso',
  },
  R7: {
    corto: 'Same field',
    titulo: 'The same field edited on two devices',
    frase: 'The newer change stays; the other value waits in Conflicts and is restored with one tap.',
    avisa: 'Both',
    invariante: 'What only one changed always stays',
  },
  R8: {
    corto: 'Different fields',
    titulo: 'Different fields of the same document',
    frase: 'Both changes stay.',
    avisa: 'Nobody',
    invariante: 'The order of arrival does not matter',
  },
  R9: {
    corto: 'Edited and deleted',
    titulo: 'Edited on one device and deleted on another',
    frase: 'If the edit is newer it waits in Conflicts; otherwise it stays deleted.',
    avisa: 'Both',
    invariante: 'Nothing vanishes without a notice',
  },
  R10: {
    corto: 'Revoked cashier or till',
    titulo: 'Sold after being deactivated',
    frase: 'The sale stands; its points wait for the owner and are credited after 14 days unless refused.',
    avisa: 'Owner',
    invariante: 'No automatic credit after the deactivation',
  },
  R11: {
    corto: 'Clock',
    titulo: 'The clocks of the till and the customer disagree',
    frase: 'The sale stands at its corrected hour; its points wait for the owner and are credited after 14 days unless refused.',
    avisa: 'Owner and till',
    invariante: 'The effective hour never falls within a journal',
  },
  R12: {
    corto: 'Point value changed',
    titulo: 'The rules of points changed while the till was offline',
    frase: 'The customer gets the better of what is in force and what the screen promised.',
    avisa: 'The customer sees why',
    invariante: 'Equal to the formula',
  },
  R13: {
    corto: 'Item not available',
    titulo: 'A hidden, sold-out or deleted item was sold',
    frase: 'The sale stands: what was handed over is not undone.',
    avisa: 'Owner',
    invariante: 'A real sale is never blocked',
  },
  R14: {
    corto: 'Parent missing',
    titulo: 'It depends on a fact that has not arrived',
    frase: 'It is kept and waits up to 14 days. If the sale never comes, it goes to review.',
    avisa: 'Till and owner',
    invariante: 'Settled as soon as the parent arrives',
  },
  R15: {
    corto: 'No valid lease',
    titulo: 'Sold without a valid local lease',
    frase: 'The sale stands; its points wait for the owner and are credited after 14 days unless refused.',
    avisa: 'Till and owner',
    invariante: 'No automatic credit beyond the lease',
  },
  R16: {
    corto: 'Unusual',
    titulo: 'An unusual sale',
    frase: 'An amount or a frequency unlike the usual. The sale stands; its points wait for the owner for 14 days.',
    avisa: 'Owner',
    invariante: 'Nobody rises a level by one unreviewed sale',
  },
}

const palabras = { es, en }[IDIOMA]
const SIN_REGLA: ReglaEnPalabras = {
  es: {
    corto: 'Sin procesar',
    titulo: 'Ningún juez pudo leerlo',
    frase: 'Se guarda tal como llegó y no detiene a los demás. Se juzga otra vez cuando una versión nueva sabe leerlo.',
    avisa: 'Dueño y plataforma',
    invariante: 'Nada de lo recibido se pierde',
  },
  en: {
    corto: 'Not processed',
    titulo: 'No judge could read it',
    frase: 'It is kept as it came and stops nobody else. It is judged again once a new release can read it.',
    avisa: 'Owner and platform',
    invariante: 'Nothing received is lost',
  },
}[IDIOMA]

/** Of edits: they are counted, and no hecho has their verdict. */
const DE_EDICIONES: ReadonlySet<string> = new Set(['R7', 'R8', 'R9'] satisfies Regla[])
export const esDeEdiciones = (regla: string): boolean => DE_EDICIONES.has(regla)
/** Counted without a row for each: what was sent again (R1) leaves one only when it is another hecho of the same sale. */
export const sinRenglones = (regla: string): boolean => regla === 'R1' || esDeEdiciones(regla)

export const REGLAS_EN_ORDEN = Object.keys(es) as Regla[]
const esRegla = (regla: string): regla is Regla => Object.hasOwn(es, regla)

/** A rule in words; null, or one this release does not know: no judge could process it. */
export const reglaEnPalabras = (regla: string | null): ReglaEnPalabras => (regla !== null && esRegla(regla) ? palabras[regla] : SIN_REGLA)
