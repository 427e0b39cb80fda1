/** The maker of modules alone (8 KB): no canvas, no files. It ships without types. */
declare module 'qrcode/lib/core/qrcode.js' {
  interface Simbolo {
    modules: { size: number; get(fila: number, columna: number): number }
    version: number
  }
  interface Opciones {
    errorCorrectionLevel?: 'L' | 'M' | 'Q' | 'H'
    version?: number
  }
  export function create(datos: string | { data: string; mode: 'alphanumeric' }[], opciones?: Opciones): Simbolo
  const qrcode: { create: typeof create }
  export default qrcode
}
