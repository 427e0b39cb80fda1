import { catalogo } from '../lib/idioma.ts'

export const t = catalogo({
  es: {
    cerrar: 'Cerrar',
    borrar: 'Borrar',
    bronce: 'Bronce',
    plata: 'Plata',
    oro: 'Oro',
    deshacer: 'Deshacer',
    noLlego: 'Esta parte no llegó. Conéctate e intenta otra vez.',
    otraVez: 'Intentar otra vez',
  },
  en: {
    cerrar: 'Close',
    borrar: 'Delete',
    bronce: 'Bronze',
    plata: 'Silver',
    oro: 'Gold',
    deshacer: 'Undo',
    noLlego: 'This part did not arrive. Connect and try again.',
    otraVez: 'Try again',
  },
})
