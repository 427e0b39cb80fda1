const TIPOS = { json: 'application/json', csv: 'text/csv;charset=utf-8' }

/** Gives the person a file named `<nombre>-<day>.<extension>`; says that name. */
export function descargar(nombre: string, texto: string, extension: keyof typeof TIPOS = 'json'): string {
  const archivo = `${nombre}-${new Date().toISOString().slice(0, 10)}.${extension}`
  descargarBlob(archivo, new Blob([texto], { type: TIPOS[extension] }))
  return archivo
}

/** As it is, under that name. */
export function descargarBlob(archivo: string, contenido: Blob): void {
  const url = URL.createObjectURL(contenido)
  const enlace = document.createElement('a')
  enlace.href = url
  enlace.download = archivo
  enlace.click()
  URL.revokeObjectURL(url)
}
