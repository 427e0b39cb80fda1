import { catalogo } from '../lib/i18n.ts'

export const t = catalogo({
  es: { cerrar: 'Cerrar', borrar: 'Borrar', bronce: 'Bronce', plata: 'Plata', oro: 'Oro', deshacer: 'Deshacer' },
  en: { cerrar: 'Close', borrar: 'Delete', bronce: 'Bronze', plata: 'Silver', oro: 'Gold', deshacer: 'Undo' },
})
