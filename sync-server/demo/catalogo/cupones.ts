/** Cupones of the demo world (CUP-03, 06), by the code of its negocio: of each one kind that regulars use all the time, one for a while, one for few. */
import type { CuponNuevo } from '../../domain/cupones/crear.ts'

export interface CuponDemo extends Omit<CuponNuevo, 'id' | 'desdeAt' | 'venceAt' | 'articulos' | 'imagen'> {
  /** Names of what it pairs or gives; the first one's picture is its own. */
  de?: readonly string[]
  /** From the start of the server that makes it. */
  venceEnDias: number
  /** Shoppers who keep it. */
  guardan?: readonly string[]
}

/** Regulars come for as long as the story goes on. */
const SIEMPRE = { venceEnDias: 3_650, limitePorCliente: 1_000 }
/** Today it is the last day but one. */
const POCO = { venceEnDias: 2 }
const MES = { venceEnDias: 30 }

export const CUPONES: Record<string, readonly CuponDemo[]> = {
  'pizzeria-roma': [
    {
      ...{
        codigo: 'ROMA10',
        titulo: '10 % para quien regresa',
        descripcion: 'En tu cuenta, de lunes a domingo.',
        tipo: 'porcentaje',
        valor: 10,
      },
      ...{ compraMinimaCentavos: 15_000, de: ['Pizza margarita'], ...SIEMPRE },
    },
    {
      ...{
        codigo: 'PIZZA2X1',
        titulo: '2x1 en pizzas',
        descripcion: 'Lleva dos y paga la de mayor precio.',
        tipo: 'dos_por_uno',
        valor: 0,
      },
      ...{ de: ['Pizza pepperoni', 'Pizza margarita', 'Pizza hawaiana'], guardan: ['juan', 'ana'], ...POCO },
    },
    {
      ...{ codigo: 'PLATA100', titulo: '$100 en tu cena', descripcion: 'Para clientes plata y oro.', tipo: 'monto', valor: 10_000 },
      ...{ compraMinimaCentavos: 50_000, nivelRequerido: 'plata', soloConConexion: true, limiteTotal: 50, de: ['Lasaña boloñesa'], ...MES },
    },
  ],
  'cafe-central': [
    {
      ...{ codigo: 'CAPU2X1', titulo: '2x1 en capuchino', descripcion: 'El segundo va por la casa.', tipo: 'dos_por_uno', valor: 0 },
      ...{ de: ['Capuchino'], ...SIEMPRE },
    },
    {
      ...{ codigo: 'CONCHA', titulo: 'Una concha de regalo', descripcion: 'Con tu desayuno, desde $120.', tipo: 'regalo', valor: 0 },
      ...{ compraMinimaCentavos: 12_000, de: ['Concha de vainilla'], guardan: ['maria', 'ana'], ...MES },
    },
    {
      ...{ codigo: 'ORO-CAFE', titulo: '15 % para clientes oro', descripcion: 'En toda la carta.', tipo: 'porcentaje', valor: 15 },
      ...{ nivelRequerido: 'oro', limitePorCliente: 4, de: ['Café americano'], ...MES },
    },
  ],
  'gym-fitness': [
    {
      ...{ codigo: 'MES20', titulo: '20 % en tu mensualidad', descripcion: 'Una vez por persona.', tipo: 'porcentaje', valor: 20 },
      ...{ compraMinimaCentavos: 30_000, de: ['Mensualidad'], guardan: ['juan'], ...MES },
    },
    {
      ...{ codigo: 'TRAE-AMIGO', titulo: 'La visita de tu amigo, gratis', descripcion: 'Vengan juntos.', tipo: 'regalo', valor: 0 },
      ...{ limitePorCliente: 2, de: ['Visita'], ...MES },
    },
    {
      ...{ codigo: 'GYM50', titulo: '$50 de bienvenida', descripcion: 'Solo con conexión en recepción.', tipo: 'monto', valor: 5_000 },
      ...{ compraMinimaCentavos: 20_000, soloConConexion: true, de: ['Agua 600 ml'], ...MES },
    },
  ],
}
