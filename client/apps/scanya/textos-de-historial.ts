import { catalogo } from '../../lib/idioma.ts'

const n = (idioma: string) => (cuantos: number) => cuantos.toLocaleString(idioma)
const mx = n('es-MX')
const us = n('en-US')

export const historial = catalogo({
  es: {
    elegirDia: 'Día',
    misVentas: 'Mis ventas',
    todas: 'Todas',
    deQuien: 'De quién',
    buscar: 'Buscar',
    buscarPista: 'Cliente, folio o monto',
    cerrarBusqueda: 'Cerrar la búsqueda',
    leerTicket: 'Reembolsar con el ticket',
    total: 'total',
    ventasMin: 'ventas',
    totalDelDia: 'Total del día',
    vacioHoy: 'Aquí aparece cada venta de hoy, con o sin conexión.',
    vacioDia: 'Ese día no hay ventas en este equipo.',
    verMas: (quedan: number) => `Ver más: faltan ${mx(quedan)}`,
    vacioBusqueda: 'Ninguna venta coincide.',
    noHistorial: 'Tu cuenta no tiene permiso para ver el historial.',
  },
  en: {
    elegirDia: 'Day',
    misVentas: 'My sales',
    todas: 'All',
    deQuien: 'Whose',
    buscar: 'Search',
    buscarPista: 'Customer, number or amount',
    cerrarBusqueda: 'Close the search',
    leerTicket: 'Refund by ticket',
    total: 'total',
    ventasMin: 'sales',
    totalDelDia: 'Total of the day',
    vacioHoy: 'Every sale of today appears here, online or not.',
    vacioDia: 'There are no sales of that day on this device.',
    verMas: (quedan) => `See more: ${us(quedan)} left`,
    vacioBusqueda: 'No sale matches.',
    noHistorial: 'Your account may not see the history.',
  },
})
