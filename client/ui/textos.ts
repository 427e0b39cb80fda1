import { catalogo } from '../lib/i18n.ts'

export const t = catalogo({ es: { cerrar: 'Cerrar' }, en: { cerrar: 'Close' } })
