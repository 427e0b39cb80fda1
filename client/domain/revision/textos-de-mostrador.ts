import { puntosEnPalabras } from '../../../schema/domain/puntos/palabras.ts'
import { catalogo } from '../../lib/i18n.ts'

const n = (puntos: number) => puntos.toLocaleString('es-MX')

export const t = catalogo({
  es: {
    elCupon: 'El cupón',
    elCanje: 'La recompensa',
    repetido: (que: string) =>
      `${que} se usó más veces de las que permite: dos cajas sin red no se ven. La venta cuenta; el descuento de más lo pones tú.`,
    excedido: (que: string) => `Con ${que} se descontó más de lo que da. La venta cuenta; la diferencia la pones tú.`,
    noValia: (que: string) => `${que} no valía en esta venta. La venta cuenta; el descuento lo pones tú.`,
    doble: (que: string) => `${que} se entregó en dos cajas. El cliente pagó sus puntos una sola vez; la segunda la pones tú.`,
    vencido: (que: string) => `${que} se entregó con el código ya vencido. Los puntos son del cliente; la recompensa la pones tú.`,
    tardio: (que: string) => `${que} se entregó a tiempo sin red, y lo supimos después de devolver los puntos. Ya se los volvimos a tomar.`,
    tardioApartado: (que: string) =>
      `${que} se entregó a tiempo sin red, y lo supimos cuando su código ya no valía. Sus puntos seguían apartados y se cobraron: no falta nada.`,
    tardioEnDeuda: (que: string, puntos: number) =>
      `${que} se entregó a tiempo sin red, pero el cliente ya había gastado esos puntos: quedó a deber ${n(puntos)}, que paga con los que gane.`,
    sobregiro: (puntos: number) =>
      `El cliente quedó a deber ${puntosEnPalabras(puntos, 'es')}: ${puntos === 1 ? 'lo' : 'los'} paga con los que gane.`,
    costo: (monto: string) => `Costo: ${monto}`,
    sinCosto: 'Sin costo para ti',
  },
  en: {
    elCupon: 'The coupon',
    elCanje: 'The reward',
    repetido: (que) =>
      `${que} was used more often than it allows: two tills offline do not see each other. The sale counts; the extra discount is yours to bear.`,
    excedido: (que) => `More was taken off with ${que} than it gives. The sale counts; the difference is yours to bear.`,
    noValia: (que) => `${que} was not valid in this sale. The sale counts; the discount is yours to bear.`,
    doble: (que) => `${que} was given at two tills. The customer paid their points once; the second one is yours to bear.`,
    vencido: (que) => `${que} was given after its code had ended. The points are the customer's; the reward is yours to bear.`,
    tardio: (que) => `${que} was given in time offline, and we knew after the points went back. They were taken again.`,
    tardioApartado: (que) =>
      `${que} was given in time offline, and we knew when its code had ended. Its points were still set apart and were taken: nothing is missing.`,
    tardioEnDeuda: (que, puntos) =>
      `${que} was given in time offline, but those points were spent by then: the customer owes ${n(puntos)}, paid by what they earn.`,
    sobregiro: (puntos) => `The customer owes ${puntosEnPalabras(puntos, 'en')}, paid by what they earn.`,
    costo: (monto) => `Cost: ${monto}`,
    sinCosto: 'No cost to you',
  },
})
