/** Line icons, 24 px grid, drawn with the colour of the text. Decoration only: the words beside them say it. */
const TRAZOS = {
  guardado: 'M8 3.5h8a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5Zm3 14h2',
  palomita: 'm5 12.5 4.5 4.5L19 7.5',
  circulo: 'm8 12.3 2.8 2.8L16.2 9.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  subir: 'M12 19V5.5m0 0L6 11.5m6-6 6 6',
  sinRed:
    'M3 3l18 18M5 12.5a10 10 0 0 1 4-2.4m4.4-.2a10 10 0 0 1 5.6 2.6M8.5 16a5 5 0 0 1 5.6-1M2 9a15 15 0 0 1 4-2.6m5-1.2A15 15 0 0 1 22 9M12 19.5h.01',
  atencion: 'M12 4 3 19.5h18L12 4Zm0 6v4.5m0 2.7h.01',
  candado: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z',
  volver: 'M9 7 4.5 11.5 9 16m-4-4.5h9a5 5 0 0 1 0 10h-2',
  cerrar: 'm6 6 12 12M18 6 6 18',
  tarjeta: 'M3.5 6.5h17v11h-17zM3.5 10.5h17M7 14.5h4',
  enviar: 'M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6',
} as const

export type Icono = keyof typeof TRAZOS

export function Icono({ de }: { de: Icono }) {
  return (
    <svg className="icono" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={TRAZOS[de]} />
    </svg>
  )
}
