/** @jsxImportSource preact */
/** Line icons, 24 px grid, drawn with the colour of the text. Decoration only: the words beside them say it. */
const TRAZOS = {
  tarjeta: 'M5 5h14a2.5 2.5 0 0 1 2.5 2.5v9A2.5 2.5 0 0 1 19 19H5a2.5 2.5 0 0 1-2.5-2.5v-9A2.5 2.5 0 0 1 5 5zM2.5 10h19M6.5 15h3',
  alDia: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8 12.3l2.8 2.8L16 9.8',
  sinRed:
    'M3 3l18 18M8.5 16.5a5 5 0 0 1 6.8-.2M5 12.6a10 10 0 0 1 4.2-2.4M19 12.6a10 10 0 0 0-5.3-2.7M2 8.8a15 15 0 0 1 4.2-2.6M22 8.8A15 15 0 0 0 10.6 5M12 20h.01',
  enviando: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 16V8M8.5 11.5L12 8l3.5 3.5',
  atencion: 'M12 4L2.5 20h19zM12 10v4.5M12 17.3h.01',
  candado: 'M6 11h12a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 18 21H6a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 6 11zM8 11V7.5a4 4 0 0 1 8 0V11',
  lista: 'M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.01M4 12h.01M4 18h.01',
  siguiente: 'M9 5l7 7-7 7',
  volver: 'M15 5l-7 7 7 7',
  reloj: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5.3l3.3 2',
  mas: 'M12 5v14M5 12h14',
  palomita: 'M5 12.5l4.5 4.5L19 7.5',
  regresa: 'M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  campana: 'M6 10a6 6 0 0 1 12 0c0 5 2 6.500 2 6.500H4S6 15 6 10zM10 19.5a2.200 2.200 0 0 0 4 0',
  cerrar: 'M6 6l12 12M18 6L6 18',
  app: 'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z',
  escanear:
    'M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M4 12h16',
  salir: 'M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h11M17.5 8.5L21 12l-3.5 3.5',
  telefono: 'M8.5 2.5h7A1.5 1.5 0 0 1 17 4v16a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 20V4a1.5 1.5 0 0 1 1.5-1.5zM11 18.5h2',
  tienda: 'M4 10v9.5h16V10M3 10l1.800-5.5h14.400L21 10a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM9.5 19.5V14.5h5v5',
  regalo:
    'M4 11.5V20h16v-8.5M2.500 7.500h19v4h-19zM12 7.500V20M12 7.500S10.500 3 8 3a2.250 2.250 0 0 0 0 4.500zM12 7.500S13.500 3 16 3a2.250 2.250 0 0 1 0 4.500z',
  cupon: 'M3 9V6.500h18V9a3 3 0 0 0 0 6v2.500H3V15a3 3 0 0 0 0-6zM14.500 9l-5 6M9.700 9.500h.01M14.300 14.500h.01',
  sol: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
} as const
export type NombreDeIcono = keyof typeof TRAZOS

export const Icono = ({ de, clase = '' }: { de: NombreDeIcono; clase?: string }) => (
  <svg class={`i ${clase}`} viewBox="0 0 24 24" aria-hidden="true">
    <path d={TRAZOS[de]} />
  </svg>
)
