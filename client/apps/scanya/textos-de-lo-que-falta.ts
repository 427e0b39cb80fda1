import { catalogo } from '../../lib/idioma.ts'

const n = (idioma: string) => (cuantos: number) => cuantos.toLocaleString(idioma)
const mx = n('es-MX')
const us = n('en-US')

/** The sheet behind the status chip. */
export const falta = catalogo({
  es: {
    titulo: 'Lo que falta',
    atencion: 'Necesita tu atención',
    porEnviar: 'Por enviar',
    cuantos: (cuantos: number, hace: string) => `${mx(cuantos)}, la más antigua ${hace}`,
    nada: 'Todo está en orden: el servidor ya tiene lo de este equipo.',
    verVenta: 'Ver venta',
    entendido: 'Entendido',
    entendidoHecho: 'Ya no te lo recordamos aquí',
    compartir: 'Guardar este registro en un archivo',
    exportar: 'Exportar',
    intentar: 'Intentar ahora',
    listo: 'Listo: el servidor ya tiene todo.',
    seguimos: 'Seguimos intentando.',
    aNombre: 'Puedes cerrar sesión: salen a nombre de quien los hizo.',
    venta: 'venta',
    reembolso: 'Reembolso',
    anulacion: 'Anulación',
    ajuste: 'Ajuste de puntos',
    alta: 'Alta de esta caja',
    registro: 'Registro',
    ultimo: (hora: string) => `Último intercambio con el servidor: ${hora}.`,
    nunca: 'Este equipo todavía no habla con el servidor.',
  },
  en: {
    titulo: 'What is left',
    atencion: 'Needs your attention',
    porEnviar: 'To send',
    cuantos: (cuantos, hace) => `${us(cuantos)}, the oldest ${hace}`,
    nada: 'All is in order: the server has what is on this device.',
    verVenta: 'See the sale',
    entendido: 'Got it',
    entendidoHecho: 'No longer listed here',
    compartir: 'Save this record to a file',
    exportar: 'Export',
    intentar: 'Try now',
    listo: 'Done: the server has everything.',
    seguimos: 'Still trying.',
    aNombre: 'You may sign out: they leave under the name of who made them.',
    venta: 'sale',
    reembolso: 'Refund',
    anulacion: 'Cancellation',
    ajuste: 'Points adjustment',
    alta: 'Enrolment of this till',
    registro: 'Record',
    ultimo: (hora) => `Last exchange with the server: ${hora}.`,
    nunca: 'This device has not talked to the server yet.',
  },
})
