import { catalogo } from '../../lib/idioma.ts'

export const t = catalogo({
  es: {
    regalo: 'Regalo',
    compraMinima: (monto: string) => `Compra mínima ${monto}`,
    pideNivel: (nivel: string) => `Nivel ${nivel} o más`,
    soloConConexion: 'Solo con conexión',
    usosN: (n: number) => `Le quedan ${n} usos`,
    venceHoy: 'Vence hoy',
    venceManana: 'Vence mañana',
  },
  en: {
    regalo: 'Gift',
    compraMinima: (monto) => `Minimum purchase ${monto}`,
    pideNivel: (nivel) => `${nivel} level or above`,
    soloConConexion: 'Online only',
    usosN: (n) => `${n} uses left`,
    venceHoy: 'Ends today',
    venceManana: 'Ends tomorrow',
  },
})
