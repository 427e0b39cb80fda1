import { catalogo } from '../../lib/i18n.ts'

export const t = catalogo({
  es: {
    correo: 'Correo',
    contrasena: 'Contraseña',
    entrar: 'Entrar',
    entrando: 'Entrando',
    sinRed: 'El servidor no responde. Tu sesión sigue guardada.',
    otraVez: 'Intentar otra vez',
    abriendo: 'Abriendo…',
    inicio: 'Volver al inicio',
    espera: (minutos: number) => `Vuelve a intentar en ${minutos} min.`,
  },
  en: {
    correo: 'E-mail',
    contrasena: 'Password',
    entrar: 'Enter',
    entrando: 'Entering',
    sinRed: 'The server does not answer. Your session is still kept.',
    otraVez: 'Try again',
    abriendo: 'Opening…',
    inicio: 'Back to the start',
    espera: (minutos) => `Try again in ${minutos} min.`,
  },
})
