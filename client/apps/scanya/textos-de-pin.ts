import { catalogo } from '../../lib/idioma.ts'

/** The own PIN (EMP-15), and the four digits of an installation (PWA-14). */
export const pin = catalogo({
  es: {
    titulo: 'Cambiar mi PIN',
    texto: 'Necesita red. En las demás cajas entrarás con el nuevo.',
    actual: 'PIN de ahora',
    nuevo: 'PIN nuevo',
    ayuda: 'De 4 a 6 dígitos; mejor 6. No 123456 ni repetidos.',
    otraVez: 'PIN nuevo, otra vez',
    distinto: 'Los dos PIN nuevos no son iguales.',
    guardar: 'Cambiar PIN',
    guardando: 'Cambiando…',
    hecho: 'Tu PIN ya cambió. Con él entras también sin conexión.',
    noEs: 'Ese no es tu PIN de ahora.',
    sinRed: 'Para cambiar tu PIN hace falta red. Tu PIN de ahora sigue igual.',
    esperas: (cuanto: string) => `Prueba en ${cuanto}.`,

    cotejoTitulo: 'Dile este número al dueño',
    cotejoTexto: 'En Business Studio le aparece el mismo. Cuando lo apruebe, entras solo.',
    cotejoEspera: 'Esperando al dueño…',
    cotejoDejar: 'Dejarlo para después',
  },
  en: {
    titulo: 'Change my PIN',
    texto: 'It needs a network. At the other tills you will enter with the new one.',
    actual: 'PIN of now',
    nuevo: 'New PIN',
    ayuda: '4 to 6 digits; better 6. Not 123456, nor repeated ones.',
    otraVez: 'New PIN, again',
    distinto: 'The two new PINs are not the same.',
    guardar: 'Change PIN',
    guardando: 'Changing…',
    hecho: 'Your PIN has changed. It lets you in offline too.',
    noEs: 'That is not your PIN of now.',
    sinRed: 'Changing your PIN needs a network. Your PIN stays as it is.',
    esperas: (cuanto) => `Try in ${cuanto}.`,

    cotejoTitulo: 'Tell this number to the owner',
    cotejoTexto: 'Business Studio shows them the same one. Once approved, you are in.',
    cotejoEspera: 'Waiting for the owner…',
    cotejoDejar: 'Leave it for later',
  },
})
