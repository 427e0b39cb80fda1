import { catalogo } from '../lib/idioma.ts'

export const t = catalogo({
  es: {
    yaEres: (nivel: string) => `¡Ya eres ${nivel}!`,
    ganas: (veces: string) => `Desde hoy ganas ${veces} en cada compra, en todos los negocios.`,
    gracias: '¡Gracias!',
  },
  en: {
    yaEres: (nivel) => `You are ${nivel} now!`,
    ganas: (veces) => `From today you earn ${veces} on every purchase, in every shop.`,
    gracias: 'Thanks!',
  },
})
