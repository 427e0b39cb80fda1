import { catalogo } from '../lib/idioma.ts'

export const t = catalogo({
  es: {
    guardando: 'Guardando tu cupón…',
    sinRed: 'Sin conexión. Se guarda en cuanto la haya: no cierres esta pantalla.',
    sinSesion: 'Tu sesión terminó. Entra otra vez y lo guardamos.',
    entrar: 'Entrar',
    listo: '¡Cupón guardado!',
    cual: (titulo: string, negocio: string) => `${titulo}, en ${negocio}. Ya está en tus cupones.`,
    ver: 'Ver mi cupón',
    noSePudo: 'No se guardó',
    misCupones: 'Ver mis cupones',
  },
  en: {
    guardando: 'Keeping your coupon…',
    sinRed: 'Offline. It is kept as soon as there is a connection: leave this screen open.',
    sinSesion: 'Your session ended. Sign in again and we keep it.',
    entrar: 'Sign in',
    listo: 'Coupon kept!',
    cual: (titulo, negocio) => `${titulo}, at ${negocio}. It is among your coupons now.`,
    ver: 'See my coupon',
    noSePudo: 'It was not kept',
    misCupones: 'See my coupons',
  },
})
