import { catalogo } from '../../lib/idioma.ts'

export const t = catalogo({
  es: {
    otraPersona: 'Otra persona',
    conSuNick: 'Con su nick',
    porEnviar: (n: number) => `${n.toLocaleString('es-MX')} por enviar`,
    pinDigitos: (n: number) => (n === 1 ? 'PIN: 1 dígito' : `PIN: ${n} dígitos`),
  },
  en: {
    otraPersona: 'Someone else',
    conSuNick: 'With their nick',
    porEnviar: (n) => `${n.toLocaleString('en-US')} to send`,
    pinDigitos: (n) => (n === 1 ? 'PIN: 1 digit' : `PIN: ${n} digits`),
  },
})
