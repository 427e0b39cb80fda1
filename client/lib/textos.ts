import { catalogo } from './idioma.ts'

export const t = catalogo({
  es: {
    hayVersion: 'Hay una versión nueva',
    actualizar: 'Actualizar',
    otraOcupada: 'Hay algo abierto en otra pestaña. Ciérralo y actualiza.',
    instalar: 'Instalar',
    ahoraNo: 'Ahora no',
    entendido: 'Entendido',
    instalaScanYA: 'Ten ScanYA en tu pantalla de inicio: abre al instante, con red o sin red.',
    instalaCardYA: 'Ten CardYA en tu pantalla de inicio: tu código al instante, con red o sin red.',
    instalaAnunciaYA: 'Ten AnunciaYA en tu pantalla de inicio.',
    comoEnIphone: 'Toca Compartir y luego «Agregar a inicio».',
    seBorraEnIphone: 'En iPhone y iPad, lo que guarda una pestaña sin instalar puede borrarse si no la usas en una semana.',
    contextoInseguro:
      'Abriste esta página por http desde otro equipo: así el navegador no da cámara, ni llaves, ni modo sin red. Ábrela por https o en localhost.',
    navegadorViejo: 'Este navegador no puede guardar llaves ni abrir sin red. Actualízalo o usa otro.',
  },
  en: {
    hayVersion: 'There is a new version',
    actualizar: 'Update',
    otraOcupada: 'Something is open in another tab. Close it and update.',
    instalar: 'Install',
    ahoraNo: 'Not now',
    entendido: 'Got it',
    instalaScanYA: 'Keep ScanYA on your home screen: it opens at once, with or without a network.',
    instalaCardYA: 'Keep CardYA on your home screen: your code at once, with or without a network.',
    instalaAnunciaYA: 'Keep AnunciaYA on your home screen.',
    comoEnIphone: 'Tap Share, then “Add to Home Screen”.',
    seBorraEnIphone: 'On iPhone and iPad, what a tab that is not installed keeps may be erased if you do not use it for a week.',
    contextoInseguro:
      'You opened this page over http from another machine: the browser gives it no camera, no keys and no offline mode. Open it over https or on localhost.',
    navegadorViejo: 'This browser cannot keep keys nor open without a network. Update it or use another one.',
  },
})
