import { catalogo } from '../../lib/idioma.ts'

/** The sheets of the dueño's account and of what one sets once: neither is needed to sell. */
export const hojas = catalogo({
  es: {
    duenoTitulo: 'Entrar como dueño o gerente',
    duenoTexto: 'Con tu cuenta de Business Studio. Necesita conexión.',
    correo: 'Correo',
    contrasena: 'Contraseña',
    irAStudio: 'Ir a Business Studio',
    cambiarPin: 'Cambiar mi PIN',
    temaClaro: 'Pantalla clara',
    temaOscuro: 'Pantalla oscura',
    sonidoSi: 'Activar sonido y vibración',
    sonidoNo: 'Quitar sonido y vibración',
  },
  en: {
    duenoTitulo: 'Enter as owner or manager',
    duenoTexto: 'With your Business Studio account. It needs a connection.',
    correo: 'E-mail',
    contrasena: 'Password',
    irAStudio: 'Go to Business Studio',
    cambiarPin: 'Change my PIN',
    temaClaro: 'Light screen',
    temaOscuro: 'Dark screen',
    sonidoSi: 'Turn sound and vibration on',
    sonidoNo: 'Turn sound and vibration off',
  },
})
