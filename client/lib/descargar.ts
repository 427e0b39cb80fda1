const TIPOS = { json: 'application/json', csv: 'text/csv;charset=utf-8' }

/** Gives the person a file named `<nombre>-<day>.<extension>`; says that name. */
export function descargar(nombre: string, texto: string, extension: keyof typeof TIPOS = 'json'): string {
  const archivo = `${nombre}-${new Date().toISOString().slice(0, 10)}.${extension}`
  const url = URL.createObjectURL(new Blob([texto], { type: TIPOS[extension] }))
  const enlace = document.createElement('a')
  enlace.href = url
  enlace.download = archivo
  enlace.click()
  URL.revokeObjectURL(url)
  return archivo
}
