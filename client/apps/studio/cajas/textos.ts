import { catalogo } from '../../../lib/i18n.ts'

const n = (cuantos: number) => cuantos.toLocaleString('es-MX')

export const t = catalogo({
  es: {
    subir: 'Subir archivo de una caja',
    subirTexto:
      'Si una caja ya no puede conectarse, guarda sus pendientes en un archivo (en la caja: Lo que falta › Exportar) y súbelo aquí. Va firmado por ella: nadie puede cambiarle una venta.',
    elegir: 'Elegir archivo',
    sueltalo: 'Suéltalo aquí',
    leyendo: 'Leyendo el archivo…',
    enviando: (cuantos: number) => `Enviando ${n(cuantos)} renglones…`,
    noCierres: 'No cierres esta página.',
    ilegible: 'Este archivo no es de pendientes de una caja.',
    grande: 'Es más grande que lo que guarda una caja (32 MB).',
    vacio: 'El archivo no trae nada pendiente.',
    deCaja: (nombre: string) => `De ${nombre}`,
    listo: 'Archivo recibido',
    nuevos: (cuantos: number) => (cuantos === 1 ? '1 renglón nuevo' : `${n(cuantos)} renglones nuevos`),
    yaEstaban: (cuantos: number) => (cuantos === 1 ? '1 ya estaba' : `${n(cuantos)} ya estaban`),
    incompletas: (cuantos: number) =>
      `${n(cuantos)} no entraron: faltan los anteriores. Están en la caja, o en un archivo más viejo: súbelo primero.`,
    rechazado: 'El servidor no lo recibió',
    otroArchivo: 'Subir otro',
    cerrar: 'Cerrar',

    canjes: 'Canjes sin red',
    canjesTexto: 'En cada sucursal una sola caja entrega canjes sin red; así nadie los recibe dos veces.',
    nadie: 'Ninguna caja por ahora: la toma la primera que se conecte.',
    laTiene: (caja: string, hasta: string) => `${caja}, hasta el ${hasta}`,
    laPide: (caja: string) => `${caja} la pidió: pasa en cuanto la otra la suelte o venza.`,
    sePide: 'Se cambia desde la caja que la quiere: Validar canje › Entregarlos aquí.',
    otraCaja: 'Una caja',
  },
  en: {
    subir: 'Upload a till’s file',
    subirTexto:
      'When a till can no longer connect, save what it has pending as a file (at the till: What is left › Export) and upload it here. The till signs it: nobody can change a sale in it.',
    elegir: 'Choose file',
    sueltalo: 'Drop it here',
    leyendo: 'Reading the file…',
    enviando: (cuantos) => `Sending ${n(cuantos)} entries…`,
    noCierres: 'Do not close this page.',
    ilegible: 'This is not a file of a till’s pending entries.',
    grande: 'It is larger than what a till saves (32 MB).',
    vacio: 'There is nothing pending in this file.',
    deCaja: (nombre) => `From ${nombre}`,
    listo: 'File received',
    nuevos: (cuantos) => (cuantos === 1 ? '1 new entry' : `${n(cuantos)} new entries`),
    yaEstaban: (cuantos) => (cuantos === 1 ? '1 was there already' : `${n(cuantos)} were there already`),
    incompletas: (cuantos) =>
      `${n(cuantos)} did not get in: those before them are missing. They are at the till, or in an older file: upload that one first.`,
    rechazado: 'The server did not take it',
    otroArchivo: 'Upload another',
    cerrar: 'Close',

    canjes: 'Rewards offline',
    canjesTexto: 'At each branch one till alone gives rewards offline, so nobody gets one twice.',
    nadie: 'No till for now: the first one to connect takes it.',
    laTiene: (caja, hasta) => `${caja}, until ${hasta}`,
    laPide: (caja) => `${caja} asked for it: it passes as soon as the other lets go or its time ends.`,
    sePide: 'It is changed at the till that wants it: Check a reward › Give them here.',
    otraCaja: 'A till',
  },
})
