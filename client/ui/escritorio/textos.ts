import { catalogo } from '../../lib/idioma.ts'

export const t = catalogo({
  es: {
    saltar: 'Saltar al contenido',
    secciones: 'Secciones',
    mas: 'Más',
    cerrar: 'Cerrar',
    cerrarEsc: 'Cerrar (Esc)',
    deshacer: 'Deshacer',
    avisos: 'Avisos',
    cargando: 'Cargando…',
    otraVez: 'Reintentar',
    noSePudo: 'No pudimos leer esta lista',
    datosEnElEquipo: 'Tus datos siguen en el equipo.',
    porAtender: (n: number) => `${n} por atender`,
  },
  en: {
    saltar: 'Skip to the content',
    secciones: 'Sections',
    mas: 'More',
    cerrar: 'Close',
    cerrarEsc: 'Close (Esc)',
    deshacer: 'Undo',
    avisos: 'Notices',
    cargando: 'Loading…',
    otraVez: 'Try again',
    noSePudo: 'We could not read this list',
    datosEnElEquipo: 'Your data is still on this device.',
    porAtender: (n) => `${n} to attend to`,
  },
})
